import { expect, it } from "vitest";
import { deleteReceipt, saveReceipt, readReceipts, saveCopy, type StoredReceipt, type TipCopy } from "./receipt-store";
import { MemoryVault } from "../vault";

const stored = (receipt: string, receivedAt: string): StoredReceipt => ({
  receipt, receivedAt, category: "noise", wardName: "phường Ban Mai", copy: null,
});

it("lists the newest first, keeps each once, forgets one at a time", async () => {
  const vault = new MemoryVault();
  await saveReceipt(vault, stored("A", "2026-08-10T00:00:00Z"));
  await saveReceipt(vault, stored("B", "2026-08-11T00:00:00Z"));
  await saveReceipt(vault, stored("A", "2026-08-10T00:00:00Z"));
  expect((await readReceipts(vault)).map(({ receipt }) => receipt)).toEqual(["B", "A"]);
  expect((await vault.names("")).some((name) => /[AB]/.test(name))).toBe(false);
  await deleteReceipt(vault, "B");
  expect((await readReceipts(vault)).map(({ receipt }) => receipt)).toEqual(["A"]);
});

it("keeps a receipt once though it is asked to twice at the same time, and forgets all of it", async () => {
  const vault = new MemoryVault();
  const twice = stored("A", "2026-08-10T00:00:00Z");
  await Promise.all([saveReceipt(vault, twice), saveReceipt(vault, twice)]);
  expect(await vault.names("")).toHaveLength(1);
  await vault.change([{ put: "kept/left-by-an-earlier-release", value: twice }]);
  expect(await readReceipts(vault)).toHaveLength(1);
  const copy = { at: 1, tip: { number: 7 } } as TipCopy;
  await Promise.all([saveCopy(vault, "A", copy), deleteReceipt(vault, "A")]);
  expect(await vault.names("")).toEqual([]);
});

it("remembers how a kept tip looked, and nothing of one that is not kept", async () => {
  const vault = new MemoryVault();
  const copy = { at: 1, tip: { number: 7 } } as TipCopy;
  await saveReceipt(vault, stored("A", "2026-08-10T00:00:00Z"));
  await saveCopy(vault, "A", copy);
  await saveCopy(vault, "B", copy);
  expect((await readReceipts(vault)).map((one) => one.copy)).toEqual([copy]);
});
