import { addLine } from "./editor";
import { dropOthers, dropSent, forget, read, same, write, type Pair } from "./kept";

/**
 * What somebody is typing outlives a session that ends meanwhile: `form[data-keep]` is kept in this tab, for this account
 * only, until it has been saved, dropped or signed out of. A tip's own words are in no form, so they are never kept.
 */
export function startDrafts(): void {
  document.addEventListener("submit", (event) => {
    if ((event.target as Element).matches("[data-sign-out]")) dropOthers(sessionStorage, null);
  });
  const staff = document.body.dataset["staff"];
  if (!staff) return;
  dropOthers(sessionStorage, staff);
  if (document.querySelector("[data-flash], [data-done]")) dropSent(sessionStorage);
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-keep]")) {
    keep(form, `${staff}${new URL(form.action).pathname}`);
  }
}

function keep(form: HTMLFormElement, key: string): void {
  const before = read(sessionStorage, key);
  // the answer to a form that was sent shows what it was sent with, and what is wrong with it
  const refused = before?.sent && "answer" in document.body.dataset;
  const fresh = refused ? [] : typed(form);
  const save = (sent: boolean): void => {
    const now = typed(form);
    if (same(now, fresh)) forget(sessionStorage, key);
    else write(sessionStorage, key, { pairs: now, sent });
  };
  if (refused) write(sessionStorage, key, { pairs: before.pairs, sent: false });
  else if (before && !same(before.pairs, fresh)) bringBack(form, before.pairs, () => bringBack(form, fresh));
  else forget(sessionStorage, key);
  for (const kind of ["input", "change", "click"]) form.addEventListener(kind, () => save(false));
  form.addEventListener("submit", () => save(true));
}

/** What stands in the form now; `seen_hash` goes along, so that a text written from an older version is known as such. */
function typed(form: HTMLFormElement): Pair[] {
  return fields(form)
    .filter((field) => (isBox(field) ? field.checked : field.value !== ""))
    .map((field) => [field.name, field.value]);
}

function bringBack(form: HTMLFormElement, pairs: Pair[], drop?: () => void): void {
  const waiting = new Map<string, string[]>();
  for (const [name, value] of pairs) waiting.set(name, [...(waiting.get(name) ?? []), value]);
  makeRoom(form, waiting);
  for (const field of fields(form)) {
    const values = waiting.get(field.name) ?? [];
    if (isBox(field)) field.checked = values.includes(field.value);
    else field.value = values.shift() ?? "";
  }
  form.closest("details")?.setAttribute("open", "");
  if (drop) form.prepend(note(drop));
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

/** A list of lines grows to as many as were typed. */
function makeRoom(form: HTMLFormElement, waiting: Map<string, string[]>): void {
  for (const list of form.querySelectorAll(".lines")) {
    const name = list.querySelector("input")?.name ?? "";
    const button = list.closest(".field")?.querySelector<HTMLButtonElement>("[data-add-line]");
    const missing = (waiting.get(name)?.length ?? 0) - list.children.length;
    for (let line = 0; button && line < missing; line++) addLine(button);
  }
}

function note(drop: () => void): DocumentFragment {
  const sheet = document.querySelector<HTMLTemplateElement>("#kept-note")?.content.cloneNode(true) as DocumentFragment;
  const card = sheet.firstElementChild;
  card?.querySelector("button")?.addEventListener("click", (event) => {
    event.stopPropagation();
    card.remove();
    drop();
  });
  return sheet;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function fields(form: HTMLFormElement): Field[] {
  return [...form.elements].filter((part): part is Field => {
    if (part instanceof HTMLTextAreaElement || part instanceof HTMLSelectElement) return part.name !== "";
    return part instanceof HTMLInputElement && !["", "csrf_token"].includes(part.name) && !["password", "file"].includes(part.type);
  });
}

function isBox(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");
}
