/** The status of an entry of the send queue, in a few words. Pure. */
import type { Entry } from "../queue/entries";
import { t } from "./words";

/** `trying`: attempts under way. An attempt that began before the network was lost does not count: nothing is on its way then. */
export function statusText(entry: Pick<Entry, "state" | "trouble">, { trying, online }: { trying: number; online: boolean }): string {
  if (entry.state === "sent") return t.outgoingSent;
  if (entry.state === "returned") return t.outgoingReturned;
  if (trying > 0 && online) return t.outgoingSending;
  return entry.trouble === "server" || entry.trouble === "patience" ? t.outgoingServer : t.outgoingWaiting;
}
