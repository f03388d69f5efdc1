/** Locks: over all tabs and the service worker where the browser has them, else within this page. */

const turns = new Map<string, Promise<unknown>>();

/** Run `work` while nobody else holds the lock of that name. */
export function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (typeof navigator !== "undefined" && "locks" in navigator) {
    return navigator.locks.request(name, work) as Promise<T>;
  }
  const turn = (turns.get(name) ?? Promise.resolve()).then(work, work);
  turns.set(name, turn.catch(() => undefined));
  return turn;
}
