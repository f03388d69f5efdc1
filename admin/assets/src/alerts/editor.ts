import { PRESETS } from "./presets";
import { endAfter, endInWords, momentInWords } from "./times";

/** The alert editor: what is typed shows on the handset at once; lines, areas, times and bytes are counted here. */
export function startEditor(form: HTMLFormElement): void {
  const handset = document.querySelector<HTMLElement>("[data-handset]");
  const update = (): void => {
    if (handset) preview(form, handset);
    showWeight(form);
    countAreas(form);
    showTimes(form);
  };
  form.addEventListener("input", update);
  form.addEventListener("change", (event) => {
    applyPreset(form, event.target);
    update();
  });
  form.addEventListener("click", (event) => {
    const target = event.target as Element;
    const button = target.closest<HTMLButtonElement>("button[type=button]");
    if (!button) return;
    if (button.dataset["expires"]) setExpiry(form, button.dataset["expires"]);
    if (button.dataset["areas"]) chooseAreas(form, button.dataset["areas"] === "all");
    if (button.dataset["language"]) chooseLanguage(form, button.dataset["language"]);
    update();
  });
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-look]")) {
    button.addEventListener("click", () => look(button, handset));
  }
  showTrick(form);
  chooseLanguage(form, form.querySelector(".form-en .is-invalid") ? "en" : "vi");
  update();
}

const value = (form: HTMLFormElement, name: string): string => {
  const item = form.elements.namedItem(name);
  return item && "value" in item ? String(item.value).trim() : "";
};

function language(form: HTMLFormElement): "vi" | "en" {
  return form.dataset["language"] === "en" ? "en" : "vi";
}

function lines(form: HTMLFormElement, code: string): string[] {
  const fields = form.querySelectorAll<HTMLInputElement>(`[name="instructions_${code}"]`);
  return [...fields].map((field) => field.value.trim()).filter(Boolean);
}

function preview(form: HTMLFormElement, handset: HTMLElement): void {
  const code = language(form);
  const severity = value(form, "severity") || "minor";
  const screen = handset.querySelector<HTMLElement>(".handset__screen");
  if (screen) screen.className = screen.className.replace(/sev--\w+/, `sev--${severity}`);
  const word = form.querySelector<HTMLElement>(`input[name=severity][value="${severity}"]`)?.closest("label")?.textContent?.trim() ?? "";
  const icon = { extreme: "octagon", severe: "octagon", moderate: "triangle" }[severity] ?? "info";
  const use = handset.querySelector("[data-severity-icon] use");
  use?.setAttribute("href", (use.getAttribute("href") ?? "").replace(/#.*/, `#i-${icon}`));
  put(handset, "severity", word);
  put(handset, "headline", value(form, `headline_${code}`) || value(form, "headline_vi"));
  put(handset, "description", value(form, `description_${code}`) || value(form, "description_vi"));
  put(handset, "said", value(form, `said_${code}`));
  put(handset, "truth", value(form, `truth_${code}`));
  const headline = value(form, `headline_${code}`) || value(form, "headline_vi");
  put(handset, "push", headline && `${word}: ${headline}`);
  put(handset, "expires", endInWords(value(form, "expires")));
  const steps = handset.querySelector("[data-show=instructions]");
  steps?.replaceChildren(...lines(form, code).map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  handset.querySelector("[data-when=instructions]")?.toggleAttribute("hidden", !lines(form, code).length);
  handset.querySelector("[data-when=trick]")?.toggleAttribute("hidden", !value(form, `said_${code}`) && !value(form, `truth_${code}`));
}

function put(handset: HTMLElement, name: string, text: string): void {
  for (const place of handset.querySelectorAll<HTMLElement>(`[data-show="${name}"]`)) {
    place.textContent = text || (place.dataset["empty"] ?? "");
    place.classList.toggle("is-empty", !text);
  }
}

/** The size of this alert's push, by the same rule as the server: the fixed part plus the headline in UTF-8. */
function showWeight(form: HTMLFormElement): void {
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

/** A browser writes dates in its own way, so beside each field the moment stands in the ward's words. */
function showTimes(form: HTMLFormElement): void {
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

function chooseLanguage(form: HTMLFormElement, code: string): void {
  form.dataset["language"] = code;
  for (const part of form.querySelectorAll(".form-vi")) part.toggleAttribute("hidden", code === "en");
  for (const part of form.querySelectorAll(".form-en")) part.toggleAttribute("hidden", code !== "en");
  for (const button of form.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String((button as HTMLElement).dataset["language"] === code));
  }
}

function setExpiry(form: HTMLFormElement, wanted: string): void {
  (form.elements.namedItem("expires") as HTMLInputElement).value = endAfter(new Date(), wanted);
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
