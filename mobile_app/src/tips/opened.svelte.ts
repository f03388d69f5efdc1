/** The tip opened with its receipt. The receipt lives in memory only: never in an address, the history or a log. */
import { anonymousApi, unwrap } from "../lib/api";
import { ApiError } from "../lib/problem";
import { type KeptReceipt, keepReceipt, keptReceipts, forgetReceipt, rememberCopy } from "./kept";
import { vault } from "./vault";
import type { PushAddress } from "../lib/push.svelte";
import type { OpenedTip, TrailStep } from "./types";

/** Say where the answers to a tip are to be announced ("you have an update", nothing more); null: nowhere. */
export async function tellWhere(receipt: string, push: PushAddress | null): Promise<void> {
  await unwrap(anonymousApi.PUT("/tips/push", { body: { receipt, push } }));
}

class Opened {
  receipt = $state.raw<string | null>(null);
  tip = $state.raw<OpenedTip | null>(null);
  /** when the server said `tip`, ms since the epoch */
  at = $state<number | null>(null);
  loading = $state(false);
  /** what the last look came to, until one succeeds */
  error = $state.raw<unknown>(null);
  kept = $state.raw<KeptReceipt[]>([]);

  /**
   * Open the tip of a receipt; what was open before is closed.
   * @throws ApiError, NetworkError: then nothing is open
   */
  async open(receipt: string): Promise<void> {
    this.close();
    this.receipt = receipt;
    try {
      this.#take(receipt, await this.#ask(receipt));
    } catch (error) {
      if (!(await this.#showCopy(receipt, error))) {
        this.close();
        throw error;
      }
    }
  }

  /** Follow a tip just sent: the receipt is known, the tip is asked for when it is shown. */
  follow(receipt: string): void {
    this.close();
    this.receipt = receipt;
  }

  async refresh(): Promise<void> {
    const receipt = this.receipt;
    if (!receipt || this.loading) return;
    this.loading = true;
    try {
      const tip = await this.#ask(receipt);
      if (this.receipt === receipt) this.#take(receipt, tip);
    } catch (error) {
      if (this.receipt === receipt && !(this.tip === null && (await this.#showCopy(receipt, error)))) this.error = error;
    } finally {
      this.loading = false;
    }
  }

  close(): void {
    this.receipt = null;
    this.tip = null;
    this.at = null;
    this.error = null;
  }

  /** A message of ours that has arrived; shown at once, confirmed by the next look. */
  add(receipt: string, entry: TrailStep): void {
    if (receipt !== this.receipt || !this.tip || this.tip.trail.some(({ id }) => id === entry.id)) return;
    this.tip = { ...this.tip, trail: [...this.tip.trail, entry] };
  }

  async photo(id: string, size: "small" | "large"): Promise<Blob> {
    const body = { receipt: this.receipt ?? "", photo_id: id, size };
    return (await unwrap(anonymousApi.POST("/tips/photos", { body, parseAs: "blob" }))) as unknown as Blob;
  }

  /** Whether this phone is told of answers; the server has been told already. */
  notePush(on: boolean): void {
    if (this.tip) this.tip = { ...this.tip, push: on };
  }

  async loadKept(): Promise<void> {
    this.kept = await keptReceipts(await vault());
  }

  async keep(kept: KeptReceipt): Promise<void> {
    await keepReceipt(await vault(), kept);
    await this.loadKept();
  }

  async forget(receipt: string): Promise<void> {
    await forgetReceipt(await vault(), receipt);
    await this.loadKept();
  }

  async #ask(receipt: string): Promise<OpenedTip> {
    return unwrap(anonymousApi.POST("/tips/open", { body: { receipt } }));
  }

  #take(receipt: string, tip: OpenedTip): void {
    this.tip = tip;
    this.at = Date.now();
    this.error = null;
    void vault().then((store) => rememberCopy(store, receipt, { tip, at: Date.now() }));
  }

  /** Without an answer, a tip kept on this phone shows how it was last time. */
  async #showCopy(receipt: string, error: unknown): Promise<boolean> {
    if (error instanceof ApiError && !error.isServerFault) return false;
    const kept = (await keptReceipts(await vault())).find((one) => one.receipt === receipt);
    if (!kept?.copy) return false;
    this.tip = kept.copy.tip;
    this.at = kept.copy.at;
    this.error = error;
    return true;
  }
}

export const opened = new Opened();
