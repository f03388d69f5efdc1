/** How an entry of the send queue stands, in a few words. Pure. */
import { t } from "./i18n";
import type { Entry } from "./outbox";

/** `trying`: attempts under way. One that began before the network went is none: nothing is on its way then. */
export function outgoingWords(entry: Pick<Entry, "state" | "trouble">, { trying, online }: { trying: number; online: boolean }): string {
  if (entry.state === "sent") return t.outgoingSent;
  if (entry.state === "returned") return t.outgoingReturned;
  if (trying > 0 && online) return t.outgoingSending;
  return entry.trouble === "server" || entry.trouble === "patience" ? t.outgoingServer : t.outgoingWaiting;
}
