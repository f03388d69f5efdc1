/**
 * The send queue: tips and messages that the person has sent, until the server has confirmed them.
 *
 * Each has an Idempotency-Key fixed when "send" was pressed and kept over retries, closing and other tabs, so it
 * arrives exactly once. Runs in the page and in the service worker; nothing here touches the screen.
 */
import { withLock } from "../lib/lock";
import type { FieldError } from "../lib/problem";
import { cleanText } from "../lib/text";
import { uuid } from "../lib/uuid";
import { type Draft, draftBack, draftGone, photoRecord, tipOf } from "./drafts";
import type { Vault } from "./vault";
import { type Attempt, type Sendable, type Trouble, attempt, tipBody } from "./attempt";
import type { SentTip, TipIn, TrailStep } from "./types";

interface Queued {
  id: string;
  /** Idempotency-Key */
  key: string;
  language: "vi" | "en";
  /** ms since the epoch */
  queuedAt: number;
  /** `waiting` for a chance to send, `returned` to the person who must mend it, `sent` with a receipt not yet saved */
  state: "waiting" | "returned" | "sent";
  tries: number;
  /** ms since the epoch; null: as soon as possible */
  nextTryAt: number | null;
  trouble: Trouble | null;
  /** what to read out to a technician */
  reference: string | null;
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
  /** the last entry of the trail that the person saw when sending: what became of this message comes after it */
  after: string | null;
}

export type Entry = QueuedTip | QueuedMessage;

export interface Told {
  entry: Entry;
  /** the trail entry a message became */
  message?: TrailStep;
}

const PREFIX = "entry/";
const LOCK = "binhyen-outbox";
const BACK_OFF_S = [5, 15, 30, 60, 120, 300, 600];
const LONGEST_WAIT_S = 3600;
/** The server keeps the replies of a key for two days; after that a repeat could arrive twice. */
const SURE_FOR_MS = 46 * 3600 * 1000;

export type Sender = (sendable: Sendable) => Promise<Attempt<unknown>>;

export interface OutboxParts {
  vault: Vault;
  send?: Sender;
  now?: () => number;
  random?: () => number;
}

export class Outbox {
  private readonly vault: Vault;
  private readonly send: Sender;
  private readonly now: () => number;
  private readonly random: () => number;
  private readonly listeners = new Set<(told: Told) => void>();

  constructor({ vault, send = attempt, now = Date.now, random = Math.random }: OutboxParts) {
    this.vault = vault;
    this.send = send;
    this.now = now;
    this.random = random;
  }

  /** Be told of every entry that changes in this tab; returns the function that ends it. */
  onChange(listener: (told: Told) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** All entries, oldest first. */
  async list(): Promise<Entry[]> {
    const names = await this.vault.names(PREFIX);
    const entries = await Promise.all(names.map((name) => this.vault.read<Entry>(name)));
    return entries.filter((entry) => entry !== null).sort((a, b) => a.queuedAt - b.queuedAt);
  }

  async find(id: string): Promise<Entry | null> {
    return this.vault.read<Entry>(PREFIX + id);
  }

  /**
   * Take the draft over: from here on it is sent, and the draft is gone, in one step.
   * @param token the sign-in, if any; used only when the person gives their name
   */
  async queueTip(draft: Draft, language: "vi" | "en", token: string | null = null): Promise<QueuedTip> {
    const tip = tipOf(draft, language);
    const photos = draft.photos.map(({ id, original, type }, index) => ({
      id, original, type, name: `anh-${index + 1}.${type === "image/jpeg" ? "jpg" : "heic"}`,
    }));
    const entry: QueuedTip = {
      ...this.fresh(language),
      kind: "tip", wardName: draft.ward?.name ?? "", category: tip.category, anonymous: tip.identity === null,
      token: tip.identity === null ? null : token, photos, content: { tip, draft }, reply: null,
    };
    await this.vault.change([{ put: PREFIX + entry.id, value: entry }, draftGone]);
    this.tell({ entry });
    return entry;
  }

  /** @param after the id of the trail's last entry that the person sees */
  async queueMessage(receipt: string, text: string, language: "vi" | "en", after: string | null): Promise<QueuedMessage> {
    const entry: QueuedMessage = { ...this.fresh(language), kind: "message", receipt, text: cleanText(text), after };
    await this.keep(entry);
    return entry;
  }

  /**
   * Send what is due, one after the other, in one tab only.
   * @param reason "chance": the network is back or the app was opened; "person": somebody pressed "try now"
   */
  async sendDue(reason: "timer" | "chance" | "person" = "timer"): Promise<void> {
    await withLock(LOCK, async () => {
      for (const { id } of await this.list()) {
        const entry = await this.find(id);
        if (entry && this.isDue(entry, reason)) await this.sendOne(entry);
      }
    });
  }

  /** When something is due next, ms since the epoch; null when nothing waits. */
  async nextDue(): Promise<number | null> {
    const waiting = (await this.list()).filter((entry) => entry.state === "waiting");
    return waiting.length === 0 ? null : Math.min(...waiting.map((entry) => entry.nextTryAt ?? 0));
  }

  /** Give a returned tip back to the editor; its key is spent, a new "send" makes a new one. */
  async reopen(id: string): Promise<Draft | null> {
    return withLock(LOCK, async () => {
      const entry = await this.find(id);
      if (entry?.kind !== "tip" || entry.state === "sent" || !entry.content) return null;
      const draft = { ...entry.content.draft, faults: entry.faults, changedAt: this.now() };
      await this.vault.change([draftBack(draft), { remove: PREFIX + id }]);
      return draft;
    });
  }

  /** Forget an entry: a receipt that has been saved, or something the person no longer wants to send. */
  async forget(id: string): Promise<void> {
    // What has been sent is never tried again: no need to wait until another tab has ended its attempts.
    if ((await this.find(id))?.state === "sent") return this.remove(id);
    await withLock(LOCK, async () => {
      // sent while we waited: its receipt has been seen by nobody yet
      if ((await this.find(id))?.state !== "sent") await this.remove(id);
    });
  }

  /** Forget what was written to a tip and has not arrived: its receipt stands in it. */
  async forgetMessages(receipt: string): Promise<void> {
    for (const entry of await this.list()) {
      if (entry.kind === "message" && entry.receipt === receipt) await this.forget(entry.id);
    }
  }

  private async remove(id: string): Promise<void> {
    const entry = await this.find(id);
    if (!entry) return;
    const photos = entry.kind === "tip" ? entry.photos : [];
    await this.vault.change([{ remove: PREFIX + id }, ...photos.map((photo) => ({ remove: photoRecord(photo.id) }))]);
    this.tell({ entry });
  }

  private fresh(language: "vi" | "en"): Queued {
    return {
      id: uuid(), key: uuid(), language, queuedAt: this.now(), state: "waiting", tries: 0,
      nextTryAt: null, trouble: null, reference: null, faults: [], unsureSince: null,
    };
  }

  private isDue(entry: Entry, reason: "timer" | "chance" | "person"): boolean {
    if (entry.state !== "waiting") return false;
    if (reason === "person" || entry.nextTryAt === null || entry.nextTryAt <= this.now()) return true;
    return reason === "chance" && entry.trouble === "unreachable";
  }

  private async sendOne(entry: Entry): Promise<void> {
    if (entry.unsureSince !== null && this.now() - entry.unsureSince > SURE_FOR_MS) {
      await this.returned(entry, [{ field: "", code: "unsure", detail: "" }], entry.reference);
      return;
    }
    // Written before sending: if the phone dies meanwhile, nobody knows whether it arrived.
    const trying = { ...entry, tries: entry.tries + 1, unsureSince: entry.unsureSince ?? this.now() };
    await this.vault.change([{ put: PREFIX + entry.id, value: trying }]);
    const result = await this.send(await this.sendable(entry));
    if (result.outcome === "signed-out") return this.withoutSignIn(trying);
    if (result.outcome === "sent") await this.arrived(trying, result.reply);
    else if (result.outcome === "returned") await this.returned(trying, result.faults, result.reference);
    // "Not now" says that this attempt did not count; of an earlier one that met silence it says nothing.
    else await this.later(result.trouble === "patience" ? { ...trying, unsureSince: entry.unsureSince } : trying, result);
  }

  /** The person signed out meanwhile: the same tip under the same key, without the sign-in. */
  private async withoutSignIn(entry: Entry): Promise<void> {
    if (entry.kind === "tip" && entry.token) return this.sendOne({ ...entry, token: null });
    await this.returned(entry, [{ field: "", code: "unauthenticated", detail: "" }], null);
  }

  private async sendable(entry: Entry): Promise<Sendable> {
    const { key, language } = entry;
    if (entry.kind === "message") {
      const body = JSON.stringify({ receipt: entry.receipt, text: entry.text });
      return { address: "tips/messages", key, language, body, token: null };
    }
    if (!entry.content) throw new Error("a sent tip is not sent again");
    const files: File[] = [];
    for (const photo of entry.photos) {
      const bytes = await this.vault.readBytes(photoRecord(photo.id));
      if (bytes) files.push(new File([bytes], photo.name, { type: photo.type }));
    }
    return { address: "tips", key, language, token: entry.token, body: tipBody(entry.content.tip, files) };
  }

  private async arrived(entry: Entry, reply: unknown): Promise<void> {
    if (entry.kind === "message") {
      await this.vault.change([{ remove: PREFIX + entry.id }]);
      this.tell({ entry: { ...entry, state: "sent" }, message: reply as TrailStep });
      return;
    }
    const sent: QueuedTip = {
      ...entry, state: "sent", content: null, token: null, reply: reply as SentTip, trouble: null, nextTryAt: null, faults: [],
    };
    const photos = entry.photos.map(({ id }) => ({ remove: photoRecord(id) }));
    await this.vault.change([{ put: PREFIX + entry.id, value: sent }, ...photos]);
    this.tell({ entry: sent });
  }

  private async returned(entry: Entry, faults: FieldError[], reference: string | null): Promise<void> {
    await this.keep({ ...entry, state: "returned", faults, reference, trouble: null, nextTryAt: null, unsureSince: null });
  }

  private async later(entry: Entry, result: Extract<Attempt<unknown>, { outcome: "later" }>): Promise<void> {
    const step = BACK_OFF_S[Math.min(entry.tries, BACK_OFF_S.length) - 1] ?? LONGEST_WAIT_S;
    const spread = step * (0.8 + 0.4 * this.random());
    const seconds = Math.min(Math.max(spread, result.retryAfter ?? 0), LONGEST_WAIT_S);
    const nextTryAt = this.now() + seconds * 1000;
    await this.keep({ ...entry, trouble: result.trouble, reference: result.reference, nextTryAt });
  }

  private async keep(entry: Entry): Promise<void> {
    await this.vault.change([{ put: PREFIX + entry.id, value: entry }]);
    this.tell({ entry });
  }

  private tell(told: Told): void {
    for (const listener of this.listeners) listener(told);
  }
}

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
