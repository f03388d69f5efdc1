/**
 * What stands in the send queue: tips and messages that the person has sent, until the server has confirmed them. Phones
 * hold such records already: the names of their fields must stay.
 */
import type { FieldError } from "../../lib/problem";
import type { Draft } from "../draft";
import type { SentTip, TipIn, TrailStep } from "../types";

/** Why it must be tried again: nobody answered, the server is at fault, or it named a time to wait (`patience`). */
export type DelayReason = "unreachable" | "server" | "patience";

/** What every entry has. */
export interface Queued {
  id: string;
  /** Idempotency-Key */
  key: string;
  language: "vi" | "en";
  /** ms since the epoch */
  queuedAt: number;
  /** `waiting` to be sent, `returned` to the person who must change it, `sent` with a receipt that is not saved yet */
  state: "waiting" | "returned" | "sent";
  tries: number;
  /** ms since the epoch; null: as soon as possible */
  nextTryAt: number | null;
  trouble: DelayReason | null;
  /** what to read out to a technician */
  reference: string | null;
  /** what the server refused */
  faults: FieldError[];
  /** since when an attempt may have arrived without its answer reaching us, ms since the epoch */
  unsureSince: number | null;
}

export interface QueuedPhoto {
  id: string;
  /** the name that is sent: "anh-2.jpg" */
  name: string;
  original: string;
  type: string;
}

export interface QueuedTip extends Queued {
  kind: "tip";
  wardName: string;
  category: TipIn["category"];
  anonymous: boolean;
  /** sign-in at the moment of sending, only with a name given */
  token: string | null;
  photos: QueuedPhoto[];
  /** null once sent: the words leave the phone with the tip */
  content: { tip: TipIn; draft: Draft } | null;
  reply: SentTip | null;
}

export interface QueuedMessage extends Queued {
  kind: "message";
  receipt: string;
  text: string;
  /** the last step of the trail that the person saw when sending: this message comes after it */
  after: string | null;
}

export type Entry = QueuedTip | QueuedMessage;

/**
 * The messages that `trail` does not show yet. One may stand there before its own answer has come, or when that answer
 * was lost: the person then sees it once, as arrived.
 */
export function notInTrail(messages: readonly QueuedMessage[], trail: readonly TrailStep[]): QueuedMessage[] {
  const taken = new Set<string>();
  return messages.filter((message) => {
    if (message.state !== "waiting") return true;
    const later = trail.slice(trail.findIndex(({ id }) => id === message.after) + 1);
    const arrived = later.find(({ id, from, text }) => from === "reporter" && text === message.text && !taken.has(id));
    if (arrived) taken.add(arrived.id);
    return !arrived;
  });
}
