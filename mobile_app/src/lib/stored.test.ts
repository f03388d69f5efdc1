import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { refusal, Refused, Unreachable } from "./problem";
import { Stored } from "./stored.svelte";

const refused = (status: number, retry_after?: number): Refused =>
  new Refused({ title: "", status, code: "x", detail: "x", reference: "R", ...(retry_after && { retry_after }) });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("Stored", () => {
  it("holds the server's answer and when it came", async () => {
    const stored = new Stored("k", () => Promise.resolve(7));
    await stored.open();
    expect([stored.value, stored.fresh, stored.error]).toEqual([7, true, null]);
    expect(stored.at).toBe(Date.now());
  });

  it("keeps the last answer when the network goes, and tries again by itself", async () => {
    const load = vi.fn<() => Promise<number>>().mockResolvedValueOnce(1).mockRejectedValueOnce(new Unreachable()).mockResolvedValueOnce(2);
    const stored = new Stored("k", load);
    await stored.open();
    await stored.refresh();
    expect([stored.value, stored.fresh, stored.retryIn]).toEqual([1, false, 5]);
    await vi.advanceTimersByTimeAsync(5000);
    expect([stored.value, stored.fresh, stored.error, stored.retryIn]).toEqual([2, true, null, null]);
  });

  it("waits as long as the server asks", async () => {
    const stored = new Stored("k", () => Promise.reject(refused(429, 90)));
    await stored.refresh();
    expect(stored.retryIn).toBe(90);
    stored.rest();
  });

  it("is not hurried by the clock while the server asks for patience, but by a person", async () => {
    const load = vi.fn(() => Promise.reject(refusal(503, "<html>", new Headers({ "Retry-After": "30" }))));
    const stored = new Stored("k", load);
    await stored.refresh();
    expect(stored.retryIn).toBe(30);
    await stored.poll();
    expect(load).toHaveBeenCalledTimes(1);
    await stored.refresh();
    expect(load).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(load).toHaveBeenCalledTimes(3);
    stored.rest();
  });

  it("does not repeat what the server refuses for good", async () => {
    const stored = new Stored("k", () => Promise.reject(refused(404)));
    await stored.refresh();
    expect(stored.retryIn).toBeNull();
  });

  it("asks once when two screens ask at the same time", async () => {
    const load = vi.fn(() => Promise.resolve(1));
    const stored = new Stored("k", load);
    await Promise.all([stored.refresh(), stored.refresh()]);
    expect(load).toHaveBeenCalledTimes(1);
  });
});
