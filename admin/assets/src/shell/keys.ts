/**
 * Single-key shortcuts. An element says which key presses it: `data-key="a"`. Nothing happens while somebody is typing;
 * Escape leaves the field and gives the keys back.
 */
export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isTyping(event.target)) (event.target as HTMLElement).blur();
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || ownsKeys(event.target)) return;
    if (document.querySelector("dialog[open]") && event.key !== "?") return;
    const wanted = [...document.querySelectorAll<HTMLElement>("[data-key]")].find(
      (element) => element.dataset["key"] === event.key.toLowerCase() && !element.closest("[hidden]"),
    );
    if (!wanted) return;
    event.preventDefault();
    if (wanted instanceof HTMLInputElement && wanted.type !== "radio") wanted.focus();
    else if (wanted instanceof HTMLTextAreaElement) wanted.focus();
    else wanted.click();
  });
}

/** Whether single keys belong to a field or an open menu now. */
export function ownsKeys(target: EventTarget | null): boolean {
  return isTyping(target) || (target instanceof Element && target.closest("details.menu[open]") !== null);
}

/** Whether somebody is typing there. */
export function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type);
}
