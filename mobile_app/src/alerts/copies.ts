/** Alerts kept whole on the phone, so that they open without a network. Also used by the service worker. */
import { saveCopy, readCopy } from "../lib/db";

interface Kept {
  id: string;
  state: string;
}

export const alertCopyKey = (id: string): string => `alert:${id}`;

/** Enough for a bad day; the rest opens with a network. */
const KEPT_AHEAD = 8;

/** Fetch and keep the alerts in force that are not kept yet, or that changed since. */
export async function keepAhead(alerts: readonly Kept[], fetchAlert: (id: string) => Promise<unknown>): Promise<void> {
  for (const alert of alerts.slice(0, KEPT_AHEAD)) {
    const kept = await readCopy<Kept>(alertCopyKey(alert.id));
    if (kept?.value.state === alert.state) continue;
    try {
      await saveCopy(alertCopyKey(alert.id), await fetchAlert(alert.id));
    } catch {
      return; // the network is gone again; next time
    }
  }
}
