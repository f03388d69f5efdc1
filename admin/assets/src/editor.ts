import { PRESETS } from "./presets";
import { endAfter, endInWords, momentInWords } from "./times";

/** The alert editor: what is typed shows on the handset at once; lines, areas, times and bytes are counted here. */
export function startEditor(form: HTMLFormElement): void {
  const handset = document.querySelector<HTMLElement>("[data-handset]");
  const show = (): void => {
    if (handset) preview(form, handset);
    weigh(form);
    countAreas(form);
    sayTimes(form);
  };
  form.addEventListener("input", show);
  form.addEventListener("change", (event) => {
    applyPreset(form, event.target);
    show();
  });
  form.addEventListener("click", (event) => {
    const target = event.target as Element;
    const button = target.closest<HTMLButtonElement>("button[type=button]");
    if (!button) return;
    if (button.dataset["expires"]) setExpiry(form, button.dataset["expires"]);
    if (button.dataset["addLine"] !== undefined) addLine(button);
    if (button.dataset["dropLine"] !== undefined) dropLine(button);
    if (button.dataset["areas"]) chooseAreas(form, button.dataset["areas"] === "all");
    if (button.dataset["language"]) chooseLanguage(form, button.dataset["language"]);
    show();
  });
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-look]")) {
    button.addEventListener("click", () => look(button, handset));
  }
  showTrick(form);
  chooseLanguage(form, form.querySelector(".form-en .is-invalid") ? "en" : "vi");
  show();
}

const value = (form: HTMLFormElement, name: string): string => {
  const item = form.elements.namedItem(name);
  return item && "value" in item ? String(item.value).trim() : "";
};

function language(form: HTMLFormElement): "vi" | "en" {
  return form.dataset["language"] === "en" ? "en" : "vi";
}

function lines(form: HTMLFormElement, tongue: string): string[] {
  const fields = form.querySelectorAll<HTMLInputElement>(`[name="instructions_${tongue}"]`);
  return [...fields].map((field) => field.value.trim()).filter(Boolean);
}

function preview(form: HTMLFormElement, handset: HTMLElement): void {
  const tongue = language(form);
  const severity = value(form, "severity") || "minor";
  const screen = handset.querySelector<HTMLElement>(".handset__screen");
  if (screen) screen.className = screen.className.replace(/sev--\w+/, `sev--${severity}`);
  const word = form.querySelector<HTMLElement>(`input[name=severity][value="${severity}"]`)?.closest("label")?.textContent?.trim() ?? "";
  const icon = { extreme: "octagon", severe: "octagon", moderate: "triangle" }[severity] ?? "info";
  const use = handset.querySelector("[data-severity-icon] use");
  use?.setAttribute("href", (use.getAttribute("href") ?? "").replace(/#.*/, `#i-${icon}`));
  put(handset, "severity", word);
  put(handset, "headline", value(form, `headline_${tongue}`) || value(form, "headline_vi"));
  put(handset, "description", value(form, `description_${tongue}`) || value(form, "description_vi"));
  put(handset, "said", value(form, `said_${tongue}`));
  put(handset, "truth", value(form, `truth_${tongue}`));
  const headline = value(form, `headline_${tongue}`) || value(form, "headline_vi");
  put(handset, "push", headline && `${word}: ${headline}`);
  put(handset, "expires", endInWords(value(form, "expires")));
  const steps = handset.querySelector("[data-show=instructions]");
  steps?.replaceChildren(...lines(form, tongue).map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  handset.querySelector("[data-when=instructions]")?.toggleAttribute("hidden", !lines(form, tongue).length);
  handset.querySelector("[data-when=trick]")?.toggleAttribute("hidden", !value(form, `said_${tongue}`) && !value(form, `truth_${tongue}`));
}

function put(handset: HTMLElement, name: string, text: string): void {
  for (const place of handset.querySelectorAll<HTMLElement>(`[data-show="${name}"]`)) {
    place.textContent = text || (place.dataset["empty"] ?? "");
    place.classList.toggle("is-empty", !text);
  }
}

/** What a push of this alert weighs, by the same rule as the server: fixed part plus the text in UTF-8. */
function weigh(form: HTMLFormElement): void {
  const bytes = new TextEncoder().encode(value(form, "headline_vi")).length + Number(form.dataset["fixedBytes"] ?? 0);
  for (const budget of document.querySelectorAll<HTMLElement>("[data-budget]")) {
    const most = Number(budget.dataset["budget"]);
    const meter = budget.querySelector("progress");
    if (meter) meter.value = Math.min(100, Math.round((bytes / most) * 100));
    const figure = budget.querySelector("b");
    if (figure) figure.textContent = bytes.toLocaleString(document.documentElement.lang);
    budget.classList.toggle("is-near", bytes > most * 0.85 && bytes <= most);
    budget.classList.toggle("is-over", bytes > most);
  }
}

/** The browser's own fields write dates in its own way; beside them they stand in the ward's words. */
function sayTimes(form: HTMLFormElement): void {
  for (const place of form.querySelectorAll<HTMLElement>("[data-moment]")) {
    const words = momentInWords(value(form, place.dataset["moment"] ?? ""), document.documentElement.lang);
    place.textContent = words || (place.dataset["empty"] ?? "");
  }
}

function countAreas(form: HTMLFormElement): void {
  const boxes = [...form.querySelectorAll<HTMLInputElement>("input[name=area_ids]")];
  const chosen = boxes.filter((box) => box.checked).length;
  const place = form.querySelector<HTMLElement>("[data-area-count]");
  if (!place) return;
  const whole = chosen === 0 || chosen === boxes.length;
  place.textContent = whole ? (place.dataset["whole"] ?? "") : `${chosen} / ${boxes.length}`;
}

function chooseAreas(form: HTMLFormElement, all: boolean): void {
  for (const box of form.querySelectorAll<HTMLInputElement>("input[name=area_ids]")) box.checked = all;
  form.querySelector("input[name=area_ids]")?.dispatchEvent(new Event("change", { bubbles: true }));
}

function chooseLanguage(form: HTMLFormElement, tongue: string): void {
  form.dataset["language"] = tongue;
  for (const part of form.querySelectorAll(".form-vi")) part.toggleAttribute("hidden", tongue === "en");
  for (const part of form.querySelectorAll(".form-en")) part.toggleAttribute("hidden", tongue !== "en");
  for (const button of form.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String((button as HTMLElement).dataset["language"] === tongue));
  }
}

function setExpiry(form: HTMLFormElement, wanted: string): void {
  (form.elements.namedItem("expires") as HTMLInputElement).value = endAfter(new Date(), wanted);
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
}

/** A kind brings the CAP category and the usual answers with it, only into fields nobody has touched. */
function applyPreset(form: HTMLFormElement, target: EventTarget | null): void {
  const field = target as HTMLInputElement | null;
  if (field?.name !== "kind") {
    if (field) field.dataset["touched"] = "1";
    return;
  }
  for (const [name, wanted] of Object.entries(PRESETS[field.value] ?? {})) {
    const group = [...form.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)];
    if (group.some((radio) => radio.dataset["touched"])) continue;
    for (const radio of group) radio.checked = radio.value === wanted;
    const select = form.querySelector<HTMLSelectElement>(`select[name="${name}"]`);
    if (select && !select.dataset["touched"]) select.value = wanted;
  }
  form.querySelector("[data-trick]")?.toggleAttribute("hidden", field.value !== "scam");
}

/** What a trickster says and what is true: asked for a scam, and shown wherever it has been written. */
function showTrick(form: HTMLFormElement): void {
  const written = ["said_vi", "truth_vi"].some((name) => value(form, name));
  const isWanted = value(form, "kind") === "scam" || written || form.querySelector("[data-trick] .is-invalid");
  form.querySelector("[data-trick]")?.toggleAttribute("hidden", !isWanted);
}

function look(button: HTMLButtonElement, handset: HTMLElement | null): void {
  for (const other of document.querySelectorAll("[data-look]")) other.setAttribute("aria-pressed", String(other === button));
  const screen = handset?.querySelector<HTMLElement>(".handset__screen");
  screen?.classList.toggle("is-large", button.dataset["look"] === "large");
  if (screen) screen.dataset["scheme"] = button.dataset["look"] === "night" ? "dark" : "light";
}
