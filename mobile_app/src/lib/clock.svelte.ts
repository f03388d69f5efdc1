/** The time that screens show. It is read once a minute, so that an alert that has ended disappears by itself. */

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
  update(): void {
    now = Date.now();
  },
};
