/** The page's side of the service worker: its registration, and the pushes it passes on. */
import type { PushedMessage } from "./pushed-message";

/** After the first screen and its alerts are there, so that the worker does not compete for a slow network. */
const DELAY_MS = 3000;
const RETRY_MS = 10_000;

export function startServiceWorker(): void {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  const start = (): void => void setTimeout(() => void install(RETRY_MS), DELAY_MS);
  if (document.readyState === "complete") start();
  else addEventListener("load", start, { once: true });
}

/** One lost file undoes the whole installation, so on a weak network it is tried again, each time after twice the wait. */
export async function install(retryMs: number): Promise<void> {
  const retry = (): void => void setTimeout(() => void install(retryMs * 2), retryMs);
  try {
    const registration = await navigator.serviceWorker.register("/sw.js");
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => {
      if (worker.state === "redundant" && !registration.active) retry();
    });
  } catch {
    retry();
  }
}

/** Call `listener` for each push that arrives while the app is open; returns the function that ends it. */
export function onPush(listener: (message: PushedMessage) => void): () => void {
  if (!("serviceWorker" in navigator)) return () => undefined;
  const onMessage = (event: MessageEvent<PushedMessage>): void => {
    if (event.data?.type === "pushed") listener(event.data);
  };
  navigator.serviceWorker.addEventListener("message", onMessage);
  return () => navigator.serviceWorker.removeEventListener("message", onMessage);
}
