/** Receipts of alerts: told to the ward as counts, once per phone and event, also when the network comes later. */
import { api, unwrap } from "../lib/api";
import { ApiError } from "../lib/problem";
import { readerId } from "./reader-id";

export type ReceiptEvent = "received" | "opened" | "read" | "safe";

interface Receipt {
  alert: string;
  event: ReceiptEvent;
}

const SENT_KEY = "sent-receipts";
const WAITING_KEY = "waiting-receipts";
const REMEMBERED = 400;

function list(key: string): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(found) ? (found as string[]) : [];
  } catch {
    return [];
  }
}

function keep(key: string, entries: string[]): void {
  localStorage.setItem(key, JSON.stringify(entries.slice(-REMEMBERED)));
}

const asText = ({ alert, event }: Receipt): string => `${alert} ${event}`;

function fromText(text: string): Receipt {
  const [alert = "", event = "opened"] = text.split(" ");
  return { alert, event: event as ReceiptEvent };
}

/** True when this phone has told (or is about to tell) the ward this event. */
export function isRecorded(alert: string, event: ReceiptEvent): boolean {
  const text = asText({ alert, event });
  return list(SENT_KEY).includes(text) || list(WAITING_KEY).includes(text);
}

/** Tell the ward; kept and sent later when there is no network. */
export function record(alert: string, event: ReceiptEvent): void {
  if (isRecorded(alert, event)) return;
  keep(WAITING_KEY, [...list(WAITING_KEY), asText({ alert, event })]);
  void sendWaiting();
}

/** Send what waits. A refusal is final: the alert is gone, or was never there. */
export async function sendWaiting(): Promise<void> {
  for (const text of list(WAITING_KEY)) {
    const { alert, event } = fromText(text);
    try {
      await unwrap(api.POST("/alerts/{alert_id}/receipts", { params: { path: { alert_id: alert } }, body: { event, reader: readerId() } }));
    } catch (error) {
      if (!(error instanceof ApiError) || error.isServerFault) return;
    }
    keep(WAITING_KEY, list(WAITING_KEY).filter((waiting) => waiting !== text));
    keep(SENT_KEY, [...list(SENT_KEY), text]);
  }
}
