/**
 * An answer of the server that stays readable without a network (stale-while-revalidate): the stored copy is shown
 * until the server has answered, and the request is repeated until it succeeds.
 */
import { readCopy, saveCopy } from "./db";
import { ApiError, retryAfter } from "./problem";

const RETRY_SECONDS = [5, 10, 20, 40, 60];

export class Query<T> {
  /** what can be shown now; null while nothing is known */
  value = $state.raw<T | null>(null);
  /** when the server said `value`, ms since the epoch */
  at = $state<number | null>(null);
  loading = $state(false);
  /** what the last request came to, until one succeeds */
  error = $state.raw<unknown>(null);
  /** seconds until the next automatic request */
  retryIn = $state<number | null>(null);

  readonly #key: string;
  readonly #request: () => Promise<T>;
  #failures = 0;
  /** ms since the epoch: the server asked for no automatic request before */
  #retryAfter = 0;
  #countdown: ReturnType<typeof setInterval> | null = null;
  #running: Promise<void> | null = null;

  /** @param key names the copy on the phone */
  constructor(key: string, request: () => Promise<T>) {
    this.#key = key;
    this.#request = request;
  }

  /** Show the stored copy while the server is asked. */
  async open(): Promise<void> {
    const refreshed = this.refresh();
    const copy = await readCopy<T>(this.#key);
    if (copy && this.value === null) {
      this.value = copy.value;
      this.at = copy.at;
    }
    await refreshed;
  }

  /** Ask the server. A call joins the request that is under way. */
  refresh(): Promise<void> {
    this.#running ??= this.#run().finally(() => (this.#running = null));
    return this.#running;
  }

  /** Ask again because time has passed, but not before the time that the server named in Retry-After. */
  async poll(): Promise<void> {
    if (Date.now() >= this.#retryAfter) await this.refresh();
  }

  /** Store a newer value that another answer has brought, e.g. after a change. */
  set(value: T): void {
    this.value = value;
    this.at = Date.now();
    this.error = null;
    this.#failures = 0;
    this.#retryAfter = 0;
    void saveCopy(this.#key, value);
  }

  /** Forget the value on the screen; copies on the phone are deleted by `deleteCopies`. */
  clear(): void {
    this.stop();
    this.value = null;
  }

  /** Stop the automatic requests: the screen is gone. */
  stop(): void {
    if (this.#countdown) clearInterval(this.#countdown);
    this.#countdown = null;
    this.retryIn = null;
  }

  async #run(): Promise<void> {
    this.stop();
    this.loading = true;
    try {
      this.set(await this.#request());
    } catch (error) {
      this.error = error;
      const isFinal = error instanceof ApiError && !error.isServerFault;
      if (!isFinal) this.#retryLater(retryAfter(error));
    } finally {
      this.loading = false;
    }
  }

  #retryLater(atLeast = 0): void {
    const step = RETRY_SECONDS[Math.min(this.#failures, RETRY_SECONDS.length - 1)] ?? 60;
    this.#failures += 1;
    this.retryIn = Math.max(step, atLeast);
    this.#retryAfter = Date.now() + atLeast * 1000;
    this.#countdown = setInterval(() => {
      this.retryIn = (this.retryIn ?? 1) - 1;
      if (this.retryIn <= 0) void this.refresh();
    }, 1000);
  }
}
