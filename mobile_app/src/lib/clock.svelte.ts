/** The time as screens see it: moves once a minute, so that what has ended disappears by itself. */

let now = $state(Date.now());

if (typeof window !== "undefined") {
  setInterval(() => (now = Date.now()), 60_000);
  document.addEventListener("visibilitychange", () => (now = Date.now()));
}

export const clock = {
  /** ms since the epoch */
  get now(): number {
    return now;
  },
  /** Read the clock again, e.g. when new alerts have come. */
  touch(): void {
    now = Date.now();
  },
};
