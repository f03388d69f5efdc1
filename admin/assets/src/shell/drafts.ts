import { deleteDraft, deleteOtherDrafts, deleteSentDrafts, readDraft, samePairs, writeDraft, type Pair } from "./draft-store";
import { addLine } from "./lines";

/**
 * Drafts: what somebody types into `form[data-keep]` is stored in this tab, for this account only, so that it survives a
 * session that ends meanwhile. The draft goes when the form is saved, when its writer drops it, and when they sign out.
 * The words of a tip stand in no form, so they are never stored.
 */
export function startDrafts(): void {
  document.addEventListener("submit", (event) => {
    if ((event.target as Element).matches("[data-sign-out]")) deleteOtherDrafts(sessionStorage, null);
  });
  const staff = document.body.dataset["staff"];
  if (!staff) return;
  deleteOtherDrafts(sessionStorage, staff);
  if (document.querySelector("[data-flash], [data-done]")) deleteSentDrafts(sessionStorage);
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-keep]")) {
    keep(form, `${staff}${new URL(form.action).pathname}`);
  }
}

function keep(form: HTMLFormElement, key: string): void {
  const before = readDraft(sessionStorage, key);
  // the answer to a refused form shows what was sent, and what is wrong with it
  const refused = before?.sent && "answer" in document.body.dataset;
  const fresh = refused ? [] : typed(form);
  const save = (sent: boolean): void => {
    const now = typed(form);
    if (samePairs(now, fresh)) deleteDraft(sessionStorage, key);
    else writeDraft(sessionStorage, key, { pairs: now, sent });
  };
  if (refused) writeDraft(sessionStorage, key, { pairs: before.pairs, sent: false });
  else if (before && !samePairs(before.pairs, fresh)) restore(form, before.pairs, () => restore(form, fresh));
  else deleteDraft(sessionStorage, key);
  for (const kind of ["input", "change", "click"]) form.addEventListener(kind, () => save(false));
  form.addEventListener("submit", () => save(true));
}

/** The values of the form now. `seen_hash` is among them: it tells that a text was written from an older version. */
function typed(form: HTMLFormElement): Pair[] {
  return fields(form)
    .filter((field) => (isBox(field) ? field.checked : field.value !== ""))
    .map((field) => [field.name, field.value]);
}

function restore(form: HTMLFormElement, pairs: Pair[], drop?: () => void): void {
  const waiting = new Map<string, string[]>();
  for (const [name, value] of pairs) waiting.set(name, [...(waiting.get(name) ?? []), value]);
  growLists(form, waiting);
  for (const field of fields(form)) {
    const values = waiting.get(field.name) ?? [];
    if (isBox(field)) field.checked = values.includes(field.value);
    else field.value = values.shift() ?? "";
  }
  form.closest("details")?.setAttribute("open", "");
  if (drop) form.prepend(note(drop));
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Give each list of lines as many inputs as were filled. */
function growLists(form: HTMLFormElement, waiting: Map<string, string[]>): void {
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
