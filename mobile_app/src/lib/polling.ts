/** Repeating a request while its screen is looked at. */
import { onPush } from "./service-worker";

const AT_LEAST_SECONDS = 5;

/**
 * Call `refresh` every `seconds()` while the page is visible, and at once when it becomes visible, when the network
 * returns and when a push arrives. Returns the function that stops it.
 */
export function pollWhileVisible(refresh: () => void, seconds: () => number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  const schedule = (): void => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = setTimeout(run, Math.max(AT_LEAST_SECONDS, seconds()) * 1000);
  };
  const run = (): void => {
    refresh();
    schedule();
  };
  const onVisibility = (): void => {
    if (document.visibilityState === "visible") run();
    else clearTimeout(timer);
  };

  document.addEventListener("visibilitychange", onVisibility);
  addEventListener("online", run);
  addEventListener("focus", run);
  const stopPush = onPush(run);
  schedule();
  return () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", onVisibility);
    removeEventListener("online", run);
    removeEventListener("focus", run);
    stopPush();
  };
}
