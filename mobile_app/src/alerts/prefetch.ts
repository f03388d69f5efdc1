/** Whole alerts stored on the phone, so that they open without a network. */
import { readCopy, saveCopy } from "../lib/db";

interface StoredAlert {
  id: string;
  state: string;
}

/** Where the copy of an alert is stored; the service worker stores it there too. */
export const alertCopyKey = (id: string): string => `alert:${id}`;

/** Enough for a bad day; the rest opens with a network. */
const MAX_PREFETCHED = 8;

/** Fetch and store the alerts that are not stored yet or have changed since. */
export async function prefetchAlerts(alerts: readonly StoredAlert[], fetchAlert: (id: string) => Promise<unknown>): Promise<void> {
  for (const alert of alerts.slice(0, MAX_PREFETCHED)) {
    const copy = await readCopy<StoredAlert>(alertCopyKey(alert.id));
    if (copy?.value.state === alert.state) continue;
    try {
      await saveCopy(alertCopyKey(alert.id), await fetchAlert(alert.id));
    } catch {
      return; // the network is gone again; next time
    }
  }
}
