/** One field of a form: its name, and what stands in it. */
export type Pair = [name: string, value: string];

/** A form as it was left. `sent`: the page that follows says whether it was taken. */
export interface Draft {
  pairs: Pair[];
  sent: boolean;
}

const PREFIX = "draft/";

/** Keep a draft under `key` (the account, then the form's address); a full or forbidden store keeps nothing. */
export function write(store: Storage, key: string, draft: Draft): void {
  try {
    store.setItem(PREFIX + key, JSON.stringify(draft));
  } catch {
    // the form itself still holds the words
  }
}

export function read(store: Storage, key: string): Draft | null {
  const text = store.getItem(PREFIX + key);
  return text === null ? null : (JSON.parse(text) as Draft);
}

export function forget(store: Storage, key: string): void {
  store.removeItem(PREFIX + key);
}

/** Another account's words are nobody's to see; `null`: whoever signs out leaves none. */
export function dropOthers(store: Storage, staff: string | null): void {
  for (const key of keys(store)) if (staff === null || !key.startsWith(`${staff}/`)) forget(store, key);
}

/** The page says that what was sent has been done. */
export function dropSent(store: Storage): void {
  for (const key of keys(store)) if (read(store, key)?.sent) forget(store, key);
}

export function same(one: Pair[], other: Pair[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function keys(store: Storage): string[] {
  return Array.from({ length: store.length }, (_, at) => store.key(at) ?? "")
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => key.slice(PREFIX.length));
}
