/** The tip opened with its receipt. The receipt lives in memory only: never in an address, the history or a log. */
import { anonymousApi, unwrap } from "../../lib/api";
import { ApiError } from "../../lib/problem";
import { readReceipts, saveCopy } from "../receipt/receipt-store";
import type { OpenedTip, TrailStep } from "../types";
import { vault } from "../vault";

class CurrentTip {
  receipt = $state.raw<string | null>(null);
  tip = $state.raw<OpenedTip | null>(null);
  /** when the server said `tip`, ms since the epoch */
  at = $state<number | null>(null);
  loading = $state(false);
  /** what the last request came to, until one succeeds */
  error = $state.raw<unknown>(null);

  /**
   * Open the tip of a receipt; the one that was open before is closed.
   * @throws ApiError, NetworkError: then nothing is open
   */
  async open(receipt: string): Promise<void> {
    this.close();
    this.receipt = receipt;
    try {
      this.#set(receipt, await this.#fetch(receipt));
    } catch (error) {
      if (!(await this.#showCopy(receipt, error))) {
        this.close();
        throw error;
      }
    }
  }

  /** Open a tip that was just sent: its receipt is known, and the tip is fetched when it is shown. */
  follow(receipt: string): void {
    this.close();
    this.receipt = receipt;
  }

  async refresh(): Promise<void> {
    const receipt = this.receipt;
    if (!receipt || this.loading) return;
    this.loading = true;
    try {
      const tip = await this.#fetch(receipt);
      if (this.receipt === receipt) this.#set(receipt, tip);
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

  /** A message of ours has arrived: it is shown at once, and confirmed by the next refresh. */
  addStep(receipt: string, step: TrailStep): void {
    if (receipt !== this.receipt || !this.tip || this.tip.trail.some(({ id }) => id === step.id)) return;
    this.tip = { ...this.tip, trail: [...this.tip.trail, step] };
  }

  async fetchPhoto(id: string, size: "small" | "large"): Promise<Blob> {
    const body = { receipt: this.receipt ?? "", photo_id: id, size };
    return unwrap(anonymousApi.POST("/tips/photos", { body, parseAs: "blob" }));
  }

  /** The server knows whether this phone is told of answers. */
  setPush(on: boolean): void {
    if (this.tip) this.tip = { ...this.tip, push: on };
  }

  async #fetch(receipt: string): Promise<OpenedTip> {
    return unwrap(anonymousApi.POST("/tips/open", { body: { receipt } }));
  }

  #set(receipt: string, tip: OpenedTip): void {
    this.tip = tip;
    this.at = Date.now();
    this.error = null;
    void vault().then((store) => saveCopy(store, receipt, { tip, at: Date.now() }));
  }

  /** Without an answer, a tip whose receipt is stored on this phone is shown as the server sent it last. */
  async #showCopy(receipt: string, error: unknown): Promise<boolean> {
    if (error instanceof ApiError && !error.isServerFault) return false;
    const stored = (await readReceipts(await vault())).find((one) => one.receipt === receipt);
    if (!stored?.copy) return false;
    this.tip = stored.copy.tip;
    this.at = stored.copy.at;
    this.error = error;
    return true;
  }
}

export const currentTip = new CurrentTip();
