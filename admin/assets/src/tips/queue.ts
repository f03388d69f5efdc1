import { ownsKeys } from "../shell/keys";

/** The queue by keyboard: J and K move, Enter opens, X selects; the sealed preview follows the focus. */
export function startQueue(queue: HTMLElement): void {
  const rows = [...queue.querySelectorAll<HTMLTableRowElement>("tr[data-row]")];
  const boxes = rows.map((row) => row.querySelector<HTMLInputElement>("input[type=checkbox]"));
  const all = queue.querySelector<HTMLInputElement>("[data-all]");
  let at = -1;

  const focus = (index: number, scroll = true): void => {
    const row = rows[index];
    if (!row) return;
    rows[at]?.classList.remove("is-focus");
    rows[at]?.removeAttribute("aria-selected");
    at = index;
    row.classList.add("is-focus");
    if (scroll) row.scrollIntoView({ block: "nearest" });
    peek(row);
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || ownsKeys(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "arrowdown") focus(Math.min(at + 1, rows.length - 1));
    else if (key === "k" || key === "arrowup") focus(Math.max(at - 1, 0));
    else if (key === "x") boxes[at]?.click();
    else if (key === "enter" && isOnPage(event.target)) rows[at]?.querySelector<HTMLAnchorElement>("a[data-open-tip]")?.click();
    else if (key === "a") acknowledge(queue, boxes[at] ?? null);
    else return;
    event.preventDefault();
  });

  rows.forEach((row, index) => {
    row.addEventListener("click", (event) => {
      focus(index, false);
      if (!(event.target as Element).closest("a, input, label")) row.querySelector<HTMLElement>("a[data-open-tip]")?.focus();
    });
    row.addEventListener("dblclick", () => row.querySelector<HTMLAnchorElement>("a[data-open-tip]")?.click());
    row.addEventListener("focusin", () => focus(index, false));
  });
  all?.addEventListener("change", () => {
    for (const box of boxes) if (box) box.checked = all.checked;
    showSelection(queue, boxes, all);
  });
  queue.addEventListener("change", () => showSelection(queue, boxes, all));
  queue.querySelector("[data-none]")?.addEventListener("click", () => {
    for (const box of boxes) if (box) box.checked = false;
    showSelection(queue, boxes, all);
  });
  if (rows.length) focus(0, false);
}

/** Whether Enter has no owner. A button that has just been hidden keeps the focus until the next frame and owns nothing. */
function isOnPage(target: EventTarget | null): boolean {
  return !(target as Element | null)?.closest("a, button, summary")?.checkVisibility();
}

function peek(row: HTMLTableRowElement): void {
  const sheet = document.querySelector<HTMLTemplateElement>(`#peek-${row.dataset["row"] ?? ""}`);
  const place = document.querySelector("[data-peek]");
  if (sheet && place) place.replaceChildren(sheet.content.cloneNode(true));
}

function acknowledge(queue: HTMLElement, focused: HTMLInputElement | null): void {
  const form = queue.querySelector<HTMLFormElement>("form[data-bulk]");
  if (!form) return;
  if (!form.querySelector("input:checked") && focused) focused.checked = true;
  if (form.querySelector("tr[data-can-acknowledge] input:checked")) form.requestSubmit();
}

function showSelection(queue: HTMLElement, boxes: (HTMLInputElement | null)[], all: HTMLInputElement | null): void {
  const chosen = boxes.filter((box) => box?.checked).length;
  const bar = queue.querySelector<HTMLElement>("[data-bar]");
  if (bar) {
    bar.hidden = chosen === 0;
    const text = bar.querySelector<HTMLElement>("[data-text]");
    if (text) text.textContent = (text.dataset["text"] ?? "{n}").replace("{n}", String(chosen));
  }
  if (all) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
}
