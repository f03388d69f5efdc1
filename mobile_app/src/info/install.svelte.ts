/** Putting the app on the phone's home screen, where the browser offers it. */

/** Chromium's event; no standard type knows it. */
interface InstallPrompt extends Event {
  prompt(): Promise<{ outcome: "accepted" | "dismissed" }>;
}

let offer = $state.raw<InstallPrompt | null>(null);

/** Keep the browser's offer until the reader asks for it; called once, when the app starts. */
export function startInstall(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event as InstallPrompt;
  });
  addEventListener("appinstalled", () => (offer = null));
}

export const install = {
  get offered(): boolean {
    return offer !== null;
  },
  async prompt(): Promise<void> {
    const current = offer;
    offer = null; // an offer can be used once
    await current?.prompt();
  },
};
