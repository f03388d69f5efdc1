/** Keeping the server's record of this phone up to date. */
import { language } from "../lib/i18n.svelte";
import { place } from "../lib/place.svelte";
import { updateDevice } from "../lib/push.svelte";

/** Changes in quick succession (ward, then area) are sent once. */
const DEBOUNCE_MS = 1500;

/** Register this phone again whenever its ward, area or language has changed, and at the start. */
export function startRegistration(): void {
  $effect.root(() => {
    $effect(() => {
      void [place.ward?.code, place.area?.id, language.current];
      const timer = setTimeout(() => void updateDevice(), DEBOUNCE_MS);
      return () => clearTimeout(timer);
    });
  });
}
