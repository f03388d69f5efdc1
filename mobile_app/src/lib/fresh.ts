/** When what is on the screen should be asked for again. */
import { onPush } from "./worker";

/**
 * Call `refresh` every `seconds()` while the page is visible, and at once when it becomes visible, when the network
 * returns and when a push arrives. Returns the function that stops it.
 */
export function keepFresh(refresh: () => void, seconds: () => number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  const schedule = (): void => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = setTimeout(again, Math.max(5, seconds()) * 1000);
  };
  const again = (): void => {
    refresh();
    schedule();
  };
  const onVisibility = (): void => {
    if (document.visibilityState === "visible") again();
    else clearTimeout(timer);
  };

  document.addEventListener("visibilitychange", onVisibility);
  addEventListener("online", again);
  addEventListener("focus", again);
  const stopPush = onPush(again);
  schedule();
  return () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", onVisibility);
    removeEventListener("online", again);
    removeEventListener("focus", again);
    stopPush();
  };
}
