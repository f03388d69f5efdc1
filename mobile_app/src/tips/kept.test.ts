import { expect, it } from "vitest";
import { forgetReceipt, keepReceipt, keptReceipts, rememberCopy, type KeptReceipt, type TipCopy } from "./kept";
import { PassingVault } from "./vault";

const kept = (receipt: string, receivedAt: string): KeptReceipt => ({
  receipt, receivedAt, category: "noise", wardName: "phường Ban Mai", copy: null,
});

it("lists the newest first, keeps each once, forgets one at a time", async () => {
  const vault = new PassingVault();
  await keepReceipt(vault, kept("A", "2026-08-10T00:00:00Z"));
  await keepReceipt(vault, kept("B", "2026-08-11T00:00:00Z"));
  await keepReceipt(vault, kept("A", "2026-08-10T00:00:00Z"));
  expect((await keptReceipts(vault)).map(({ receipt }) => receipt)).toEqual(["B", "A"]);
  expect((await vault.names("")).some((name) => /[AB]/.test(name))).toBe(false);
  await forgetReceipt(vault, "B");
  expect((await keptReceipts(vault)).map(({ receipt }) => receipt)).toEqual(["A"]);
});

it("keeps a receipt once though it is asked to twice at the same time, and forgets all of it", async () => {
  const vault = new PassingVault();
  const twice = kept("A", "2026-08-10T00:00:00Z");
  await Promise.all([keepReceipt(vault, twice), keepReceipt(vault, twice)]);
  expect(await vault.names("")).toHaveLength(1);
  await vault.change([{ put: "kept/left-by-an-earlier-release", value: twice }]);
  expect(await keptReceipts(vault)).toHaveLength(1);
  const copy = { at: 1, tip: { number: 7 } } as TipCopy;
  await Promise.all([rememberCopy(vault, "A", copy), forgetReceipt(vault, "A")]);
  expect(await vault.names("")).toEqual([]);
});

it("remembers how a kept tip looked, and nothing of one that is not kept", async () => {
  const vault = new PassingVault();
  const copy = { at: 1, tip: { number: 7 } } as TipCopy;
  await keepReceipt(vault, kept("A", "2026-08-10T00:00:00Z"));
  await rememberCopy(vault, "A", copy);
  await rememberCopy(vault, "B", copy);
  expect((await keptReceipts(vault)).map((one) => one.copy)).toEqual([copy]);
});
