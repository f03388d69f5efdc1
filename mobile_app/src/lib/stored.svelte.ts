/** Something the server says that stays readable without a network: shows the stored copy, then the fresh answer. */
import { keepCopy, readCopy } from "./db";
import { askedToWait, Refused } from "./problem";

const RETRY_SECONDS = [5, 10, 20, 40, 60];

export type Load<T> = () => Promise<T>;

export class Stored<T> {
  /** what can be shown now; null while nothing is known */
  value = $state.raw<T | null>(null);
  /** when the server said `value`, ms since the epoch */
  at = $state<number | null>(null);
  /** true when `value` is the server's latest answer, false when it is the stored copy */
  fresh = $state(false);
  loading = $state(false);
  /** what the last try came to, until one succeeds */
  error = $state.raw<unknown>(null);
  /** seconds until the next try by itself */
  retryIn = $state<number | null>(null);

  readonly #key: string;
  readonly #load: Load<T>;
  #failures = 0;
  /** ms since the epoch: until then the server asked to be left alone */
  #quietUntil = 0;
  #countdown: ReturnType<typeof setInterval> | null = null;
  #running: Promise<void> | null = null;

  constructor(key: string, load: Load<T>) {
    this.#key = key;
    this.#load = load;
  }

  /** Show the stored copy while the server is asked. */
  async open(): Promise<void> {
    const asked = this.refresh();
    const copy = await readCopy<T>(this.#key);
    if (copy && this.value === null) {
      this.value = copy.value;
      this.at = copy.at;
    }
    await asked;
  }

  /** Ask the server; a call while another is under way joins it. */
  refresh(): Promise<void> {
    this.#running ??= this.#ask().finally(() => (this.#running = null));
    return this.#running;
  }

  /** Ask again because time has passed, unless the server asked for patience. */
  async poll(): Promise<void> {
    if (Date.now() >= this.#quietUntil) await this.refresh();
  }

  /** Take what another answer said, e.g. after a change. */
  take(value: T): void {
    this.value = value;
    this.at = Date.now();
    this.fresh = true;
    this.error = null;
    this.#failures = 0;
    this.#quietUntil = 0;
    void keepCopy(this.#key, value);
  }

  /** Stop trying by itself: the screen is gone. */
  rest(): void {
    if (this.#countdown) clearInterval(this.#countdown);
    this.#countdown = null;
    this.retryIn = null;
  }

  async #ask(): Promise<void> {
    this.rest();
    this.loading = true;
    try {
      this.take(await this.#load());
    } catch (error) {
      this.error = error;
      this.fresh = false;
      const hopeless = error instanceof Refused && !error.isServerFault;
      if (!hopeless) this.#retryLater(askedToWait(error));
    } finally {
      this.loading = false;
    }
  }

  #retryLater(atLeast = 0): void {
    const step = RETRY_SECONDS[Math.min(this.#failures, RETRY_SECONDS.length - 1)] ?? 60;
    this.#failures += 1;
    this.retryIn = Math.max(step, atLeast);
    this.#quietUntil = Date.now() + atLeast * 1000;
    this.#countdown = setInterval(() => {
      this.retryIn = (this.retryIn ?? 1) - 1;
      if (this.retryIn <= 0) void this.refresh();
    }, 1000);
  }
}
