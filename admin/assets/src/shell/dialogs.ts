/** Dialogs and messages: `data-open="#id"` opens a dialog, `data-close` closes the one around it. */
export function startDialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-open]");
    if (opener) document.querySelector<HTMLDialogElement>(opener.dataset["open"] ?? "")?.showModal();
    if (target.closest("[data-close]")) target.closest("dialog")?.close();
    if (target instanceof HTMLDialogElement) target.close(); // the ground behind it
    if (target.closest("[data-dismiss]")) target.closest("[data-flash]")?.remove();
  });
  document.querySelector<HTMLElement>("[data-print]")?.addEventListener("click", () => window.print());
}
