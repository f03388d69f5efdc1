/** A push about an alert: store the alert, and tell the ward that it came. */
import { readFact, saveCopy } from "../lib/db";
import { withTimeout } from "../lib/timeout";
import type { WorkerRoom } from "../lib/worker-room";
import { alertCopyKey } from "./prefetch";

const TIMEOUT_MS = 20_000;
const ALERT_PATH = /^\/canh-bao\/([0-9a-f-]{36})$/;

async function onPush(path: string): Promise<void> {
  const alert = ALERT_PATH.exec(path)?.[1];
  if (alert) await Promise.all([storeAlert(alert), confirmReceived(alert)]);
}

/** So that the tap on the notification opens it even without a network. */
async function storeAlert(alert: string): Promise<void> {
  try {
    const answer = await request(`/api/v1/alerts/${alert}`);
    if (answer.ok) await saveCopy(alertCopyKey(alert), await answer.json());
  } catch {
    // opened from the network then
  }
}

async function confirmReceived(alert: string): Promise<void> {
  const reader = await readFact("reader");
  if (!reader) return;
  await request(`/api/v1/alerts/${alert}/receipts`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ event: "received", reader }),
  }).catch(() => undefined); // the count is missed, the alert is not
}

function request(address: string, init: RequestInit = {}): Promise<Response> {
  return withTimeout(TIMEOUT_MS, (signal) => fetch(address, { ...init, signal }));
}

export default { onPush } satisfies WorkerRoom;
