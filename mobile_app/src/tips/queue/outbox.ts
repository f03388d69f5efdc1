/**
 * The send queue in the vault, and the attempts to send what stands in it.
 *
 * Each entry has an Idempotency-Key. It is fixed when "send" was pressed and kept over retries, closing and other tabs,
 * so that the entry arrives exactly once. Runs in the page and in the service worker; nothing here touches the screen.
 */
import { Emitter } from "../../lib/emitter";
import { withLock } from "../../lib/lock";
import type { FieldError } from "../../lib/problem";
import { cleanText } from "../../lib/text";
import { uuid } from "../../lib/uuid";
import { type Draft, photoRecord, putDraft, removeDraft, toRequest } from "../draft";
import type { SentTip, TrailStep } from "../types";
import type { Vault } from "../vault";
import { type Attempt, type Sendable, attempt, tipBody } from "./attempt";
import type { Entry, Queued, QueuedMessage, QueuedTip } from "./entries";

/** An entry has changed. */
export interface QueueEvent {
  entry: Entry;
  /** the step of the trail that a message became */
  message?: TrailStep;
}

/** "opportunity": the network is back or the app was opened; "person": somebody pressed "try now" */
export type Trigger = "timer" | "opportunity" | "person";

export type Sender = (sendable: Sendable) => Promise<Attempt<unknown>>;

export interface OutboxParts {
  vault: Vault;
  send?: Sender;
  now?: () => number;
  random?: () => number;
}

const PREFIX = "entry/";
const LOCK = "binhyen-outbox";
const BACK_OFF_S = [5, 15, 30, 60, 120, 300, 600];
const LONGEST_WAIT_S = 3600;
/** The server keeps the replies of a key for two days; after that a repeat could arrive twice. */
const SURE_FOR_MS = 46 * 3600 * 1000;

export class Outbox {
  private readonly vault: Vault;
  private readonly send: Sender;
  private readonly now: () => number;
  private readonly random: () => number;
  private readonly changed = new Emitter<QueueEvent>();

  constructor({ vault, send = attempt, now = Date.now, random = Math.random }: OutboxParts) {
    this.vault = vault;
    this.send = send;
    this.now = now;
    this.random = random;
  }

  /** Call `listener` for each entry that changes in this tab; returns the function that ends it. */
  onChange(listener: (event: QueueEvent) => void): () => void {
    return this.changed.on(listener);
  }

  /** All entries, oldest first. */
  async list(): Promise<Entry[]> {
    const names = await this.vault.names(PREFIX);
    const entries = await Promise.all(names.map((name) => this.vault.read<Entry>(name)));
    return entries.filter((entry) => entry !== null).sort((a, b) => a.queuedAt - b.queuedAt);
  }

  /**
   * Take the draft over in one transaction: from here on it is sent, and the draft is gone.
   * @param token the sign-in, if any; used only when the person gives their name
   */
  async addTip(draft: Draft, language: "vi" | "en", token: string | null = null): Promise<QueuedTip> {
    const tip = toRequest(draft, language);
    const photos = draft.photos.map(({ id, original, type }, index) => ({
      id, original, type, name: `anh-${index + 1}.${type === "image/jpeg" ? "jpg" : "heic"}`,
    }));
    const entry: QueuedTip = {
      ...this.newEntry(language),
      kind: "tip", wardName: draft.ward?.name ?? "", category: tip.category, anonymous: tip.identity === null,
      token: tip.identity === null ? null : token, photos, content: { tip, draft }, reply: null,
    };
    await this.vault.change([{ put: PREFIX + entry.id, value: entry }, removeDraft]);
    this.tell({ entry });
    return entry;
  }

  /** @param after the id of the last step of the trail that the person sees */
  async addMessage(receipt: string, text: string, language: "vi" | "en", after: string | null): Promise<QueuedMessage> {
    const entry: QueuedMessage = { ...this.newEntry(language), kind: "message", receipt, text: cleanText(text), after };
    await this.store(entry);
    return entry;
  }

  /** Send what is due, one entry after the other, in one tab only. */
  async sendDue(trigger: Trigger = "timer"): Promise<void> {
    await withLock(LOCK, async () => {
      for (const { id } of await this.list()) {
        const entry = await this.find(id);
        if (entry && this.isDue(entry, trigger)) await this.sendOne(entry);
      }
    });
  }

  /** When something is due next, ms since the epoch; null when nothing waits. */
  async nextDue(): Promise<number | null> {
    const waiting = (await this.list()).filter((entry) => entry.state === "waiting");
    return waiting.length === 0 ? null : Math.min(...waiting.map((entry) => entry.nextTryAt ?? 0));
  }

  /** Give a tip back to the editor; its key is spent, and a new "send" makes a new one. Null when it has been sent. */
  async takeBack(id: string): Promise<Draft | null> {
    return withLock(LOCK, async () => {
      const entry = await this.find(id);
      if (entry?.kind !== "tip" || entry.state === "sent" || !entry.content) return null;
      const draft = { ...entry.content.draft, faults: entry.faults, changedAt: this.now() };
      await this.vault.change([putDraft(draft), { remove: PREFIX + id }]);
      return draft;
    });
  }

  /** Remove an entry: a receipt that has been saved, or something that the person no longer wants to send. */
  async remove(id: string): Promise<void> {
    // What has been sent is never tried again: no need to wait until another tab has ended its attempts.
    if ((await this.find(id))?.state === "sent") return this.delete(id);
    await withLock(LOCK, async () => {
      // sent while we waited: nobody has seen its receipt yet
      if ((await this.find(id))?.state !== "sent") await this.delete(id);
    });
  }

  /** Remove the messages of a tip that have not arrived: they hold its receipt. */
  async removeMessages(receipt: string): Promise<void> {
    for (const entry of await this.list()) {
      if (entry.kind === "message" && entry.receipt === receipt) await this.remove(entry.id);
    }
  }

  private async find(id: string): Promise<Entry | null> {
    return this.vault.read<Entry>(PREFIX + id);
  }

  private async delete(id: string): Promise<void> {
    const entry = await this.find(id);
    if (!entry) return;
    const photos = entry.kind === "tip" ? entry.photos : [];
    await this.vault.change([{ remove: PREFIX + id }, ...photos.map((photo) => ({ remove: photoRecord(photo.id) }))]);
    this.tell({ entry });
  }

  private newEntry(language: "vi" | "en"): Queued {
    return {
      id: uuid(), key: uuid(), language, queuedAt: this.now(), state: "waiting", tries: 0,
      nextTryAt: null, trouble: null, reference: null, faults: [], unsureSince: null,
    };
  }

  private isDue(entry: Entry, trigger: Trigger): boolean {
    if (entry.state !== "waiting") return false;
    if (trigger === "person" || entry.nextTryAt === null || entry.nextTryAt <= this.now()) return true;
    return trigger === "opportunity" && entry.trouble === "unreachable";
  }

  private async sendOne(entry: Entry): Promise<void> {
    if (entry.unsureSince !== null && this.now() - entry.unsureSince > SURE_FOR_MS) {
      await this.setReturned(entry, [{ field: "", code: "unsure", detail: "" }], entry.reference);
      return;
    }
    // Written before sending: if the phone dies meanwhile, nobody knows whether it arrived.
    const trying = { ...entry, tries: entry.tries + 1, unsureSince: entry.unsureSince ?? this.now() };
    await this.vault.change([{ put: PREFIX + entry.id, value: trying }]);
    const result = await this.send(await this.toSendable(entry));
    if (result.outcome === "signed-out") return this.sendWithoutSignIn(trying);
    if (result.outcome === "sent") await this.setSent(trying, result.reply);
    else if (result.outcome === "returned") await this.setReturned(trying, result.errors, result.reference);
    // "Not now" says that this attempt did not count; of an earlier one that met silence it says nothing.
    else await this.setLater(result.trouble === "patience" ? { ...trying, unsureSince: entry.unsureSince } : trying, result);
  }

  /** The person signed out meanwhile: the same tip under the same key, without the sign-in. */
  private async sendWithoutSignIn(entry: Entry): Promise<void> {
    if (entry.kind === "tip" && entry.token) return this.sendOne({ ...entry, token: null });
    await this.setReturned(entry, [{ field: "", code: "unauthenticated", detail: "" }], null);
  }

  private async toSendable(entry: Entry): Promise<Sendable> {
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

  private async setSent(entry: Entry, reply: unknown): Promise<void> {
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

  private async setReturned(entry: Entry, errors: FieldError[], reference: string | null): Promise<void> {
    await this.store({ ...entry, state: "returned", faults: errors, reference, trouble: null, nextTryAt: null, unsureSince: null });
  }

  private async setLater(entry: Entry, result: Extract<Attempt<unknown>, { outcome: "later" }>): Promise<void> {
    const step = BACK_OFF_S[Math.min(entry.tries, BACK_OFF_S.length) - 1] ?? LONGEST_WAIT_S;
    const spread = step * (0.8 + 0.4 * this.random());
    const seconds = Math.min(Math.max(spread, result.retryAfter ?? 0), LONGEST_WAIT_S);
    const nextTryAt = this.now() + seconds * 1000;
    await this.store({ ...entry, trouble: result.trouble, reference: result.reference, nextTryAt });
  }

  private async store(entry: Entry): Promise<void> {
    await this.vault.change([{ put: PREFIX + entry.id, value: entry }]);
    this.tell({ entry });
  }

  private tell(event: QueueEvent): void {
    void this.changed.emit(event);
  }
}
