/**
 * A list of inputs, one for each sentence: `data-add-line` adds an empty one (at most `data-most`), `data-drop-line`
 * takes its own away. The list tells its form of every change by an `input` event.
 */
export function startLines(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button");
    if (button?.dataset["addLine"] !== undefined) addLine(button);
    if (button?.dataset["dropLine"] !== undefined) dropLine(button);
  });
}

/** One more line in the list that the button stands under. */
export function addLine(button: HTMLButtonElement): void {
  const list = button.closest(".field")?.querySelector(".lines");
  const last = list?.lastElementChild;
  if (!list || !last || list.children.length >= Number(button.dataset["most"] ?? 8)) return;
  const fresh = last.cloneNode(true) as HTMLElement;
  const input = fresh.querySelector("input");
  if (input) input.value = "";
  list.append(fresh);
  renumber(list);
  input?.focus();
}

function dropLine(button: HTMLButtonElement): void {
  const list = button.closest(".lines");
  const line = button.closest("li");
  if (!list || !line) return;
  if (list.children.length > 1) line.remove();
  else for (const input of line.querySelectorAll("input")) input.value = "";
  renumber(list);
}

function renumber(list: Element): void {
  [...list.children].forEach((line, index) => {
    const number = line.querySelector("b");
    if (number) number.textContent = String(index + 1);
    const label = list.getAttribute("data-label") ?? "";
    line.querySelector("input")?.setAttribute("aria-label", `${label} ${index + 1}`);
  });
  list.dispatchEvent(new Event("input", { bubbles: true }));
}
