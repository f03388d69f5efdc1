/** What every form wants: the CSRF token on htmx requests, Ctrl+Enter, no second sending, counters, a word before leaving. */
export function startForms(): void {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = (event as CustomEvent<{ ctx: { request: { headers: Record<string, string> } } }>).detail;
    ctx.request.headers["X-CSRFToken"] = token;
  });
  document.addEventListener("keydown", sendWithKeys);
  document.addEventListener("submit", sendOnce);
  for (const field of document.querySelectorAll<HTMLInputElement>("[data-left]")) countLeft(field);
  for (const box of document.querySelectorAll<HTMLInputElement>("[data-enables]")) holdBack(box);
  document.querySelector<HTMLElement>(".is-invalid input, input.is-invalid, textarea.is-invalid")?.focus();
}

function sendWithKeys(event: KeyboardEvent): void {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = (event.target as Element).closest("form") ?? document.querySelector<HTMLFormElement>("form[data-main]");
  // the button may stand outside its form
  const button = form ? ([...form.elements].find((part) => part.matches("[data-ctrl-enter]")) as HTMLButtonElement | undefined) ?? null : null;
  if (!form || (form.method !== "post" && !button)) return;
  event.preventDefault();
  form.requestSubmit(button);
}

function sendOnce(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (form.method !== "post") return;
  if (form.dataset["sent"]) event.preventDefault();
  form.dataset["sent"] = "1";
  form.setAttribute("aria-busy", "true");
}

/** `data-left="id"`: how many letters are left of `data-most` stands in that element (`data-text`), or how many are too much (`data-over`). */
function countLeft(field: HTMLInputElement): void {
  const place = document.getElementById(field.dataset["left"] ?? "");
  const show = (): void => {
    const left = Number(field.dataset["most"]) - [...field.value].length;
    const words = place?.dataset[left < 0 ? "over" : "text"] ?? "{n}";
    if (place) place.textContent = words.replace("{n}", String(Math.abs(left)));
    place?.classList.toggle("is-over", left < 0);
  };
  field.addEventListener("input", show);
  show();
}

/** `data-enables="#id"`: that button waits until the box is ticked. */
function holdBack(box: HTMLInputElement): void {
  const button = document.querySelector<HTMLButtonElement>(box.dataset["enables"] ?? "");
  const show = (): void => {
    button?.toggleAttribute("disabled", !box.checked);
  };
  box.addEventListener("change", show);
  show();
}
