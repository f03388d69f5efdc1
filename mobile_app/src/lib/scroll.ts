/** Where the screen is scrolled to: its middle scrolls, or with very large text the whole page. */

const middle = (): HTMLElement | null => document.querySelector(".screen__body");

export function scrollPlace(): number {
  return Math.max(middle()?.scrollTop ?? 0, window.scrollY);
}

export function scrollToPlace(top: number): void {
  middle()?.scrollTo({ top, behavior: "instant" });
  window.scrollTo({ top, behavior: "instant" });
}
