/** What goes on beside the screens: the alerts of the chosen ward, receipts that wait, and this phone's push address. */
import { startSync } from "./account/account";
import { wardAlerts } from "./alerts/alerts.svelte";
import { sendWaiting } from "./alerts/receipts";
import { api, unwrap } from "./lib/api";
import { config } from "./lib/config.svelte";
import { saveFact } from "./lib/db";
import { language } from "./lib/i18n.svelte";
import { startInstall } from "./lib/install.svelte";
import { place } from "./lib/place.svelte";
import { updateDevice } from "./lib/push.svelte";
import { readerId } from "./alerts/reader-id";
import { resumeSending } from "./tips/waiting.svelte";

/** The rest of the start has the network first. */
const RENEW_AFTER_MS = 5000;

async function renewWard(): Promise<void> {
  const code = place.ward?.code;
  if (!code) return;
  try {
    const { boundary: _boundary, ...ward } = await unwrap(api.GET("/wards/{code}", { params: { path: { code } } }));
    if (JSON.stringify(ward) !== JSON.stringify(place.ward)) place.renew(ward);
  } catch {
    // what the phone knows about its ward stays as it is
  }
}

/** Changes in quick succession (ward, then group) are told to the server once. */
const SETTLE_MS = 1500;

export function startBackground(): void {
  startInstall();
  startSync();
  void config.load();
  readerId();
  void sendWaiting();
  resumeSending();
  addEventListener("online", () => void sendWaiting());
  setTimeout(() => void renewWard(), RENEW_AFTER_MS);

  $effect.root(() => {
    $effect(() => void saveFact("language", language.current));
    $effect(() => {
      void place.ward;
      wardAlerts.follow();
    });
    $effect(() => {
      void [place.ward?.code, place.area?.id, language.current];
      const timer = setTimeout(() => void updateDevice(), SETTLE_MS);
      return () => clearTimeout(timer);
    });
  });
}
