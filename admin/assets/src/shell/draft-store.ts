/** One field of a form: its name, and its value. */
export type Pair = [name: string, value: string];

/** A form as it was left. `sent`: it was submitted, and the page that follows tells whether it was accepted. */
export interface Draft {
  pairs: Pair[];
  sent: boolean;
}

const PREFIX = "draft/";

/** Store a draft under `key` (the account, then the form's address). A full or forbidden store keeps nothing. */
export function writeDraft(store: Storage, key: string, draft: Draft): void {
  try {
    store.setItem(PREFIX + key, JSON.stringify(draft));
  } catch {
    // the form itself still holds the words
  }
}

export function readDraft(store: Storage, key: string): Draft | null {
  const text = store.getItem(PREFIX + key);
  return text === null ? null : (JSON.parse(text) as Draft);
}

export function deleteDraft(store: Storage, key: string): void {
  store.removeItem(PREFIX + key);
}

/** Delete the drafts of every account but `staff`, so that nobody sees another's words; `null` deletes all. */
export function deleteOtherDrafts(store: Storage, staff: string | null): void {
  for (const key of keys(store)) if (staff === null || !key.startsWith(`${staff}/`)) deleteDraft(store, key);
}

/** Delete the drafts that were submitted: the page says that the work is done. */
export function deleteSentDrafts(store: Storage): void {
  for (const key of keys(store)) if (readDraft(store, key)?.sent) deleteDraft(store, key);
}

export function samePairs(one: Pair[], other: Pair[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function keys(store: Storage): string[] {
  return Array.from({ length: store.length }, (_, at) => store.key(at) ?? "")
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => key.slice(PREFIX.length));
}
