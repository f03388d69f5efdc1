/** Receipts that the person chose to keep on this phone, sealed like everything of a tip, with the tip as last seen. */
import { withLock } from "../lib/lock";
import { uuid } from "../lib/uuid";
import type { Vault } from "./vault";
import type { Category, OpenedTip } from "./types";

export interface TipCopy {
  tip: OpenedTip;
  /** when the server said it, ms since the epoch */
  at: number;
}

export interface KeptReceipt {
  receipt: string;
  category: Category;
  wardName: string;
  /** RFC 3339 */
  receivedAt: string;
  copy: TipCopy | null;
}

const PREFIX = "kept/";
const LOCK = "binhyen-kept";

/** Newest first. */
export async function keptReceipts(vault: Vault): Promise<KeptReceipt[]> {
  const kept = await Promise.all((await vault.names(PREFIX)).map((name) => vault.read<KeptReceipt>(name)));
  const once = new Map(kept.filter((one) => one !== null).map((one) => [one.receipt, one]));
  return [...once.values()].sort((a, b) => b.receivedAt.localeCompare(a.receivedAt));
}

export function keepReceipt(vault: Vault, kept: KeptReceipt): Promise<void> {
  return withLock(LOCK, async () => {
    // The record's name says nothing: names are the one thing in the vault that is not sealed.
    const [name = PREFIX + uuid()] = await recordsOf(vault, kept.receipt);
    await vault.change([{ put: name, value: kept }]);
  });
}

export function forgetReceipt(vault: Vault, receipt: string): Promise<void> {
  return withLock(LOCK, async () => {
    await vault.change((await recordsOf(vault, receipt)).map((name) => ({ remove: name })));
  });
}

/** Note how a kept tip looks now, for the time without a network; one that is not kept leaves no trace. */
export function rememberCopy(vault: Vault, receipt: string, copy: TipCopy): Promise<void> {
  return withLock(LOCK, async () => {
    const [name] = await recordsOf(vault, receipt);
    const kept = name && (await vault.read<KeptReceipt>(name));
    if (kept) await vault.change([{ put: name, value: { ...kept, copy } }]);
  });
}

async function recordsOf(vault: Vault, receipt: string): Promise<string[]> {
  const names = await vault.names(PREFIX);
  const kept = await Promise.all(names.map((name) => vault.read<KeptReceipt>(name)));
  return names.filter((_, place) => kept[place]?.receipt === receipt);
}
