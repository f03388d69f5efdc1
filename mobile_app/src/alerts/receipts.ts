/** Receipts of alerts: the ward sees their counts. Each is sent once per phone and event, also when the network comes later. */
import { api, unwrap } from "../lib/api";
import { ApiError } from "../lib/problem";
import type { Schemas } from "../lib/schemas";
import { readerId } from "./reader-id";

export type ReceiptEvent = Schemas["AlertReceiptIn"]["event"];

interface Receipt {
  alert: string;
  event: ReceiptEvent;
}

const SENT_KEY = "sent-receipts";
const WAITING_KEY = "waiting-receipts";
const MAX_STORED = 400;

function read(key: string): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(found) ? (found as string[]) : [];
  } catch {
    return [];
  }
}

function save(key: string, entries: string[]): void {
  localStorage.setItem(key, JSON.stringify(entries.slice(-MAX_STORED)));
}

const asText = ({ alert, event }: Receipt): string => `${alert} ${event}`;

function fromText(text: string): Receipt {
  const [alert = "", event = "opened"] = text.split(" ");
  return { alert, event: event as ReceiptEvent };
}

/** True when this phone has sent the event, or will. */
export function isRecorded(alert: string, event: ReceiptEvent): boolean {
  const text = asText({ alert, event });
  return read(SENT_KEY).includes(text) || read(WAITING_KEY).includes(text);
}

/** Tell the ward; stored and sent later when there is no network. */
export function record(alert: string, event: ReceiptEvent): void {
  if (isRecorded(alert, event)) return;
  save(WAITING_KEY, [...read(WAITING_KEY), asText({ alert, event })]);
  void sendWaiting();
}

/** Send what waits. A refusal is final: the alert is gone, or was never there. */
export async function sendWaiting(): Promise<void> {
  for (const text of read(WAITING_KEY)) {
    const { alert, event } = fromText(text);
    try {
      await unwrap(api.POST("/alerts/{alert_id}/receipts", { params: { path: { alert_id: alert } }, body: { event, reader: readerId() } }));
    } catch (error) {
      if (!(error instanceof ApiError) || error.isServerFault) return;
    }
    save(WAITING_KEY, read(WAITING_KEY).filter((waiting) => waiting !== text));
    save(SENT_KEY, [...read(SENT_KEY), text]);
  }
}
