/** The page's side of the send queue: what the screens show, and when to try. */
import { language } from "../lib/i18n.svelte";
import { session } from "../lib/session.svelte";
import { CHANNEL, SYNC_TAG } from "./sync";
import type { Draft } from "./drafts";
import { type Entry, Outbox, type QueuedMessage, type QueuedTip, type Told } from "./outbox";
import { vault } from "./vault";
import { noteWaiting } from "./waiting.svelte";

interface SyncRegistration extends ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> };
}

class Sending {
  entries = $state.raw<Entry[]>([]);
  /** attempts under way */
  trying = $state(0);
  /** the entry the person is looking at */
  chosen = $state<string | null>(null);

  #outbox: Promise<Outbox> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(CHANNEL);

  /** Read the queue and keep sending for as long as the page lives. Safe to call again. */
  async start(): Promise<void> {
    await this.#open();
    await this.#reload();
    void this.attempt("chance");
  }

  /** What is shown on "sending": the chosen entry, else a receipt that waits to be saved, else the first tip. */
  get shown(): QueuedTip | null {
    const tips = this.entries.filter((entry) => entry.kind === "tip");
    return tips.find(({ id }) => id === this.chosen) ?? tips.find(({ state }) => state === "sent") ?? tips[0] ?? null;
  }

  async queueTip(draft: Draft): Promise<void> {
    const entry = await (await this.#open()).queueTip(draft, language.current, session.token);
    this.chosen = entry.id;
    await this.#queued();
  }

  async queueMessage(receipt: string, text: string, after: string | null): Promise<void> {
    await (await this.#open()).queueMessage(receipt, text, language.current, after);
    await this.#queued();
  }

  /** Try what is due; without a network nothing is tried. */
  async attempt(reason: "timer" | "chance" | "person"): Promise<void> {
    const outbox = await this.#open();
    if (navigator.onLine === false || (await outbox.nextDue()) === null) return;
    this.trying += 1;
    try {
      await outbox.sendDue(reason);
    } finally {
      this.trying -= 1;
      await this.#reload();
    }
  }

  /** A tip that must be mended, back in the editor; null when it has been sent meanwhile. */
  async reopen(id: string): Promise<Draft | null> {
    const draft = await (await this.#open()).reopen(id);
    await this.#reload();
    return draft;
  }

  async forget(id: string): Promise<void> {
    await (await this.#open()).forget(id);
    if (this.chosen === id) this.chosen = null;
    await this.#reload();
  }

  /** Nothing that names this receipt waits here any more. */
  async forgetMessages(receipt: string): Promise<void> {
    await (await this.#open()).forgetMessages(receipt);
    await this.#reload();
  }

  async onChange(listener: (told: Told) => void): Promise<() => void> {
    return (await this.#open()).onChange(listener);
  }

  #open(): Promise<Outbox> {
    this.#outbox ??= this.#create();
    return this.#outbox;
  }

  async #create(): Promise<Outbox> {
    const outbox = new Outbox({ vault: await vault() });
    outbox.onChange(() => void this.#reload());
    addEventListener("online", () => void this.attempt("chance"));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void this.#reload().then(() => this.attempt("timer"));
    });
    this.#channel?.addEventListener("message", () => void this.#reload());
    return outbox;
  }

  async #queued(): Promise<void> {
    await this.#reload();
    void this.#askForSync();
    void this.attempt("chance");
  }

  async #reload(): Promise<void> {
    const outbox = await this.#open();
    this.entries = await outbox.list();
    noteWaiting(this.entries.length, this.entries.filter((entry) => entry.state === "sent").length);
    if (this.#timer) clearTimeout(this.#timer);
    const next = await outbox.nextDue();
    // An entry that is due but cannot go (no network) waits for "online"; the timer looks again after a while.
    const wait = next === null ? null : Math.max(next - Date.now(), this.trying > 0 || navigator.onLine === false ? 5000 : 50);
    this.#timer = wait === null ? null : setTimeout(() => void this.attempt("timer"), Math.min(wait, 2 ** 31 - 1));
  }

  /** Where the browser can, it wakes the service worker when the network returns, also with the app closed. */
  async #askForSync(): Promise<void> {
    if (!("serviceWorker" in navigator)) return;
    const registration = (await navigator.serviceWorker.getRegistration()) as SyncRegistration | undefined;
    await registration?.sync?.register(SYNC_TAG).catch(() => undefined);
  }
}

export const sending = new Sending();
export type { Entry, QueuedMessage, QueuedTip };
