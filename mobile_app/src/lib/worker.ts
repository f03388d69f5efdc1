/** The page's side of the service worker: registration, and what it tells the page. */

/** What the worker posts to every open page. */
export interface WorkerMessage {
  type: "pushed";
  /** "alert" for a ward's alert, "tip" for an answer to a tip */
  kind: string;
  url: string;
}

/** After the first screen and its alerts are there, so that the worker does not compete for a slow network. */
const PAUSE_MS = 3000;
const RETRY_MS = 10_000;

export function startServiceWorker(): void {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  const start = (): void => void setTimeout(() => void install(RETRY_MS), PAUSE_MS);
  if (document.readyState === "complete") start();
  else addEventListener("load", start, { once: true });
}

/** On a weak network one lost file undoes the whole installation: tried again in this visit, after longer and longer waits. */
export async function install(retryMs: number): Promise<void> {
  const again = (): void => void setTimeout(() => void install(retryMs * 2), retryMs);
  try {
    const registration = await navigator.serviceWorker.register("/sw.js");
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => {
      if (worker.state === "redundant" && !registration.active) again();
    });
  } catch {
    again();
  }
}

/** Call `listener` for each push that arrives while the app is open; returns the function that stops it. */
export function onPush(listener: (message: WorkerMessage) => void): () => void {
  if (!("serviceWorker" in navigator)) return () => undefined;
  const hear = (event: MessageEvent<WorkerMessage>): void => {
    if (event.data?.type === "pushed") listener(event.data);
  };
  navigator.serviceWorker.addEventListener("message", hear);
  return () => navigator.serviceWorker.removeEventListener("message", hear);
}
