import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { withTimeout } from "./timeout";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const silent = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));

describe("withTimeout", () => {
  it("gives the answer that comes in time, and leaves no timer behind", async () => {
    await expect(withTimeout(1000, () => Promise.resolve(7))).resolves.toBe(7);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("aborts work that takes too long", async () => {
    let aborted = false;
    const late = withTimeout(1000, (signal) => {
      signal.addEventListener("abort", () => (aborted = true));
      return silent(signal);
    });
    const judged = expect(late).rejects.toMatchObject({ name: "TimeoutError" });
    await vi.advanceTimersByTimeAsync(1000);
    await judged;
    expect(aborted).toBe(true);
  });

  it("does not wait for work that cannot be aborted", async () => {
    const judged = expect(withTimeout(1000, () => new Promise(() => undefined))).rejects.toMatchObject({ name: "TimeoutError" });
    await vi.advanceTimersByTimeAsync(1000);
    await judged;
  });

  it("passes on what the work throws", async () => {
    await expect(withTimeout(1000, () => Promise.reject(new Error("refused")))).rejects.toThrow("refused");
  });
});
