import { beforeEach, expect, it, vi } from "vitest";
import { setWaiting, waiting } from "./waiting.svelte";

beforeEach(() => {
  const stored = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
});

it.each([
  [0, 0, 0, 0],
  [1, 0, 0, 1],
  [2, 1, 1, 1],
  [1, 1, 1, 0],
])("of %i entries %i have arrived: %i receipts to save, %i to send", (found, arrived, unsaved, unsent) => {
  setWaiting(found, arrived);
  expect([waiting.count, waiting.unsaved, waiting.unsent]).toEqual([found, unsaved, unsent]);
});
