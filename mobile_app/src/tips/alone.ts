/** One at a time: over all tabs and the service worker where the browser has locks, else within this page. */

const turns = new Map<string, Promise<unknown>>();

/** Run `act` while nobody else runs under the name `lock`. */
export function alone<T>(lock: string, act: () => Promise<T>): Promise<T> {
  if (typeof navigator !== "undefined" && "locks" in navigator) {
    return navigator.locks.request(lock, act) as Promise<T>;
  }
  const turn = (turns.get(lock) ?? Promise.resolve()).then(act, act);
  turns.set(lock, turn.catch(() => undefined));
  return turn;
}
