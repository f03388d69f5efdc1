/** The page's side of the send queue: what the screens show, and when to try. */
import { language } from "../../lib/i18n.svelte";
import { session } from "../../lib/session.svelte";
import type { Draft } from "../draft";
import { vault } from "../vault";
import type { Entry, QueuedTip } from "./entries";
import { Outbox, type QueueEvent, type Trigger } from "./outbox";
import { CHANNEL, SYNC_TAG } from "./sync";
import { setWaiting } from "./waiting.svelte";

interface SyncRegistration extends ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> };
}

/** how soon the timer looks again at an entry that is due and cannot go */
const RECHECK_MS = 5000;
const SOON_MS = 50;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

class Queue {
  entries = $state.raw<Entry[]>([]);
  /** attempts under way */
  trying = $state(0);
  /** the entry that the person has opened */
  selected = $state<string | null>(null);

  #outbox: Promise<Outbox> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(CHANNEL);

  /** Read the queue and send for as long as the page lives. Safe to call again. */
  async start(): Promise<void> {
    await this.#open();
    await this.#reload();
    void this.attempt("opportunity");
  }

  /** What "sending" shows: the selected tip, else one whose receipt is not saved yet, else the first tip. */
  get shown(): QueuedTip | null {
    const tips = this.entries.filter((entry) => entry.kind === "tip");
    return tips.find(({ id }) => id === this.selected) ?? tips.find(({ state }) => state === "sent") ?? tips[0] ?? null;
  }

  async addTip(draft: Draft): Promise<void> {
    const entry = await (await this.#open()).addTip(draft, language.current, session.token);
    this.selected = entry.id;
    await this.#added();
  }

  async addMessage(receipt: string, text: string, after: string | null): Promise<void> {
    await (await this.#open()).addMessage(receipt, text, language.current, after);
    await this.#added();
  }

  /** Try what is due; without a network nothing is tried. */
  async attempt(trigger: Trigger): Promise<void> {
    const outbox = await this.#open();
    if (navigator.onLine === false || (await outbox.nextDue()) === null) return;
    this.trying += 1;
    try {
      await outbox.sendDue(trigger);
    } finally {
      this.trying -= 1;
      await this.#reload();
    }
  }

  /** Give a tip back to the editor; null when it has been sent meanwhile. */
  async takeBack(id: string): Promise<Draft | null> {
    const draft = await (await this.#open()).takeBack(id);
    await this.#reload();
    return draft;
  }

  async remove(id: string): Promise<void> {
    await (await this.#open()).remove(id);
    if (this.selected === id) this.selected = null;
    await this.#reload();
  }

  /** After this no entry holds the receipt any more. */
  async removeMessages(receipt: string): Promise<void> {
    await (await this.#open()).removeMessages(receipt);
    await this.#reload();
  }

  /** Call `listener` for each change of an entry; returns the function that ends it. */
  async onChange(listener: (event: QueueEvent) => void): Promise<() => void> {
    return (await this.#open()).onChange(listener);
  }

  #open(): Promise<Outbox> {
    this.#outbox ??= this.#create();
    return this.#outbox;
  }

  async #create(): Promise<Outbox> {
    const outbox = new Outbox({ vault: await vault() });
    outbox.onChange(() => void this.#reload());
    addEventListener("online", () => void this.attempt("opportunity"));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void this.#reload().then(() => this.attempt("timer"));
    });
    this.#channel?.addEventListener("message", () => void this.#reload());
    return outbox;
  }

  async #added(): Promise<void> {
    await this.#reload();
    void this.#requestSync();
    void this.attempt("opportunity");
  }

  async #reload(): Promise<void> {
    const outbox = await this.#open();
    this.entries = await outbox.list();
    setWaiting(this.entries.length, this.entries.filter((entry) => entry.state === "sent").length);
    this.#setTimer(await outbox.nextDue());
  }

  #setTimer(nextDue: number | null): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (nextDue === null) return;
    // Without a network an entry that is due waits for the event "online"; the timer looks again after a while.
    const atLeast = this.trying > 0 || navigator.onLine === false ? RECHECK_MS : SOON_MS;
    const wait = Math.min(Math.max(nextDue - Date.now(), atLeast), LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => void this.attempt("timer"), wait);
  }

  /** Where the browser can, it wakes the service worker when the network returns, also with the app closed. */
  async #requestSync(): Promise<void> {
    if (!("serviceWorker" in navigator)) return;
    const registration = (await navigator.serviceWorker.getRegistration()) as SyncRegistration | undefined;
    await registration?.sync?.register(SYNC_TAG).catch(() => undefined);
  }
}

export const queue = new Queue();
