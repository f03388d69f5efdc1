/** How far a screen is scrolled: its body scrolls, or with very large text the whole page. */

const body = (): HTMLElement | null => document.querySelector(".screen__body");

export function scrollPosition(): number {
  return Math.max(body()?.scrollTop ?? 0, window.scrollY);
}

export function restoreScroll(top: number): void {
  body()?.scrollTo({ top, behavior: "instant" });
  window.scrollTo({ top, behavior: "instant" });
}
