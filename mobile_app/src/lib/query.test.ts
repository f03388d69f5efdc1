import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { toError, ApiError, NetworkError } from "./problem";
import { Query } from "./query.svelte";

const refused = (status: number, retry_after?: number): ApiError =>
  new ApiError({ title: "", status, code: "x", detail: "x", reference: "R", ...(retry_after && { retry_after }) });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("Query", () => {
  it("holds the server's answer and when it came", async () => {
    const query = new Query("k", () => Promise.resolve(7));
    await query.open();
    expect([query.value, query.error]).toEqual([7, null]);
    expect(query.at).toBe(Date.now());
  });

  it("keeps the last answer when the network goes, and tries again by itself", async () => {
    const load = vi.fn<() => Promise<number>>().mockResolvedValueOnce(1).mockRejectedValueOnce(new NetworkError()).mockResolvedValueOnce(2);
    const query = new Query("k", load);
    await query.open();
    await query.refresh();
    expect([query.value, query.error instanceof NetworkError, query.retryIn]).toEqual([1, true, 5]);
    await vi.advanceTimersByTimeAsync(5000);
    expect([query.value, query.error, query.retryIn]).toEqual([2, null, null]);
  });

  it("waits as long as the server asks", async () => {
    const query = new Query("k", () => Promise.reject(refused(429, 90)));
    await query.refresh();
    expect(query.retryIn).toBe(90);
    query.stop();
  });

  it("is not hurried by the clock while the server asks for patience, but by a person", async () => {
    const load = vi.fn(() => Promise.reject(toError(503, "<html>", new Headers({ "Retry-After": "30" }))));
    const query = new Query("k", load);
    await query.refresh();
    expect(query.retryIn).toBe(30);
    await query.poll();
    expect(load).toHaveBeenCalledTimes(1);
    await query.refresh();
    expect(load).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(load).toHaveBeenCalledTimes(3);
    query.stop();
  });

  it("does not repeat what the server refuses for good", async () => {
    const query = new Query("k", () => Promise.reject(refused(404)));
    await query.refresh();
    expect(query.retryIn).toBeNull();
  });

  it("asks once when two screens ask at the same time", async () => {
    const load = vi.fn(() => Promise.resolve(1));
    const query = new Query("k", load);
    await Promise.all([query.refresh(), query.refresh()]);
    expect(load).toHaveBeenCalledTimes(1);
  });
});
