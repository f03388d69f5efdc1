/** Sending from the service worker, when the browser wakes it because the network is back. */
import { openVault } from "../vault";
import { Outbox } from "./outbox";

export const SYNC_TAG = "tips";
/** Page and worker tell each other that the queue has changed. */
export const CHANNEL = "binhyen-tips";

/**
 * Send what waits.
 * @throws Error while something still waits, so that the browser wakes us again
 */
export async function sendQueued(): Promise<void> {
  const outbox = new Outbox({ vault: await openVault() });
  await outbox.sendDue("opportunity");
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("changed");
  channel.close();
  if ((await outbox.nextDue()) !== null) throw new Error("not everything could be sent yet");
}
