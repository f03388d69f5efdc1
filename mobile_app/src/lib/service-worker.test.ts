import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { install } from "./service-worker";

class Installing extends EventTarget {
  state = "installing";
  become(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }
}

const register = vi.fn<(script: string) => Promise<unknown>>();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("navigator", { serviceWorker: { register } });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  register.mockReset();
});

it("tries again when the script does not come, after longer and longer waits", async () => {
  register.mockRejectedValueOnce(new TypeError()).mockRejectedValueOnce(new TypeError()).mockResolvedValueOnce({ installing: null });
  await install(10);
  await vi.advanceTimersByTimeAsync(10);
  expect(register).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(19);
  expect(register).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect(register).toHaveBeenCalledTimes(3);
});

it("tries again when a file of the app is lost on the way", async () => {
  const worker = new Installing();
  register.mockResolvedValueOnce({ installing: worker, active: null }).mockResolvedValueOnce({ installing: null });
  await install(10);
  worker.become("redundant");
  await vi.advanceTimersByTimeAsync(10);
  expect(register).toHaveBeenCalledTimes(2);
});

it("leaves a worker alone that a newer one has replaced", async () => {
  const worker = new Installing();
  register.mockResolvedValueOnce({ installing: worker, active: {} });
  await install(10);
  worker.become("redundant");
  await vi.advanceTimersByTimeAsync(1000);
  expect(register).toHaveBeenCalledTimes(1);
});
