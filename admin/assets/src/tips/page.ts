import { watchNews } from "./news";

/** The page of a tip: templates with blanks to fill, the reason that goes with a decision, the newest message in view. */
export function startPage(page: HTMLElement): void {
  for (const button of page.querySelectorAll<HTMLButtonElement>("[data-template]")) {
    button.addEventListener("click", () => useTemplate(button));
  }
  const verdicts = page.querySelectorAll<HTMLInputElement>("[data-verdict]");
  for (const verdict of verdicts) verdict.addEventListener("change", () => chooseVerdict(page, verdict));
  const chosen = [...verdicts].find((verdict) => verdict.checked);
  if (chosen) showVerdict(page, chosen); // its reason came back with the page and stays
  const last = page.querySelector<HTMLElement>("[data-last]");
  // after an act, or loaded again for an answer, the newest word is looked for; a tip just opened is read from its beginning
  const isWanted = document.querySelector("[data-flash]") || (isReloaded() && last?.dataset["last"] === "reporter");
  if (isWanted) last?.scrollIntoView({ block: "nearest" });
  showPlace(page.querySelector(".mini"));
  const news = page.querySelector<HTMLElement>("[data-news]");
  if (news) watchNews(news);
}

function isReloaded(): boolean {
  const [how] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return how?.type === "reload";
}

/** The open tip stands in sight in the list beside it; only that list is scrolled, never the page. */
function showPlace(list: HTMLElement | null): void {
  const item = list?.querySelector("[aria-current]")?.getBoundingClientRect();
  const frame = list?.getBoundingClientRect();
  if (!list || !item || !frame || (item.top >= frame.top && item.bottom <= frame.bottom)) return;
  list.scrollTop += item.top - frame.top - (frame.height - item.height) / 2;
}

function useTemplate(button: HTMLButtonElement): void {
  const field = document.querySelector<HTMLTextAreaElement>(button.dataset["into"] ?? "");
  if (!field) return;
  const words = button.dataset["template"] ?? "";
  field.value = field.value.trim() ? `${field.value.trim()}\n\n${words}` : words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  button.closest<HTMLDetailsElement>("details")?.removeAttribute("open");
  field.focus();
  selectBlank(field);
}

/** The first blank (…) is selected, so that the next thing typed fills it. */
function selectBlank(field: HTMLTextAreaElement): void {
  const at = field.value.indexOf("[…]");
  if (at >= 0) field.setSelectionRange(at, at + 3);
}

function chooseVerdict(page: HTMLElement, verdict: HTMLInputElement): void {
  showVerdict(page, verdict);
  const field = page.querySelector<HTMLTextAreaElement>("#decision-reason");
  if (field && isUntouched(page, field)) field.value = verdict.dataset["reason"] ?? "";
  field?.focus();
}

function showVerdict(page: HTMLElement, verdict: HTMLInputElement): void {
  for (const group of page.querySelectorAll<HTMLElement>("[data-reasons]")) {
    group.hidden = group.dataset["reasons"] !== verdict.value;
  }
  const label = page.querySelector<HTMLElement>("[data-decide-label]");
  if (label) label.textContent = verdict.dataset["verdict"] ?? "";
}

/** Whether the reason is empty, or still the ready words of another decision: they must not go out with this one. */
function isUntouched(page: HTMLElement, field: HTMLTextAreaElement): boolean {
  const ready = [...page.querySelectorAll<HTMLElement>("[data-verdict], [data-reasons] [data-template]")];
  const words = ready.map((one) => one.dataset["reason"] ?? one.dataset["template"] ?? "");
  return ["", ...words].includes(field.value.trim());
}
