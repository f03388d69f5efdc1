import { isTyping } from "./keys";

/**
 * Menus (`details.menu`) by keyboard: opened with a key, the first choice has the focus; the arrows, Home and End move,
 * Enter chooses; Escape closes and gives the focus back to where it was.
 */
export function startMenus(): void {
  let before: Element | null = null;
  document.addEventListener("click", (event) => {
    const menu = (event.target as Element).closest("summary")?.closest<HTMLDetailsElement>("details.menu");
    if (menu && !menu.open && event.detail === 0) {
      before = document.activeElement;
      menu.addEventListener("toggle", () => choices(menu)[0]?.focus(), { once: true });
    }
    closeMenus(event.target as Element);
  });
  document.addEventListener(
    "keydown",
    (event) => {
      const menu = (event.target as Element).closest<HTMLDetailsElement>("details.menu[open]");
      if (menu && event.key === "Escape") goBack(menu, before);
      else if (menu) move(menu, event);
      if (event.key === "Escape") closeMenus(null);
    },
    true,
  );
  document.addEventListener("focusout", (event) => {
    if (event.relatedTarget) closeMenus(event.relatedTarget as Element);
  });
}

function choices(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>(".menu__sheet :is(a, button)")];
}

function move(menu: HTMLElement, event: KeyboardEvent): void {
  const among = choices(menu);
  const at = among.indexOf(document.activeElement as HTMLElement);
  const last = among.length - 1;
  const next = { ArrowDown: at < last ? at + 1 : 0, ArrowUp: at > 0 ? at - 1 : last, Home: 0, End: last }[event.key];
  if (next === undefined || isTyping(event.target)) return;
  event.preventDefault();
  among[next]?.focus();
}

function goBack(menu: HTMLElement, before: Element | null): void {
  const elsewhere = before instanceof HTMLElement && before !== document.body && !menu.contains(before);
  (elsewhere ? before : menu.querySelector("summary"))?.focus();
}

function closeMenus(except: Element | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (!except || !menu.contains(except)) menu.open = false;
  }
}
