/**
 * Receipts that the person chose to store on this phone, each with its tip as the server showed it last. They are
 * encrypted like everything of a tip. Phones hold such records already: the names of their fields must stay.
 */
import { withLock } from "../../lib/lock";
import { uuid } from "../../lib/uuid";
import type { Category, OpenedTip } from "../types";
import type { Vault } from "../vault";

export interface TipCopy {
  tip: OpenedTip;
  /** when the server said it, ms since the epoch */
  at: number;
}

export interface StoredReceipt {
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
export async function readReceipts(vault: Vault): Promise<StoredReceipt[]> {
  const stored = await Promise.all((await vault.names(PREFIX)).map((name) => vault.read<StoredReceipt>(name)));
  const unique = new Map(stored.filter((one) => one !== null).map((one) => [one.receipt, one]));
  return [...unique.values()].sort((a, b) => b.receivedAt.localeCompare(a.receivedAt));
}

export function saveReceipt(vault: Vault, receipt: StoredReceipt): Promise<void> {
  return withLock(LOCK, async () => {
    // The record's name says nothing: names are the one thing in the vault that is not encrypted.
    const [name = PREFIX + uuid()] = await recordsOf(vault, receipt.receipt);
    await vault.change([{ put: name, value: receipt }]);
  });
}

export function deleteReceipt(vault: Vault, receipt: string): Promise<void> {
  return withLock(LOCK, async () => {
    await vault.change((await recordsOf(vault, receipt)).map((name) => ({ remove: name })));
  });
}

/** Store how the tip of a stored receipt looks now, for the time without a network; any other tip leaves no trace. */
export function saveCopy(vault: Vault, receipt: string, copy: TipCopy): Promise<void> {
  return withLock(LOCK, async () => {
    const [name] = await recordsOf(vault, receipt);
    const stored = name && (await vault.read<StoredReceipt>(name));
    if (stored) await vault.change([{ put: name, value: { ...stored, copy } }]);
  });
}

async function recordsOf(vault: Vault, receipt: string): Promise<string[]> {
  const names = await vault.names(PREFIX);
  const stored = await Promise.all(names.map((name) => vault.read<StoredReceipt>(name)));
  return names.filter((_, place) => stored[place]?.receipt === receipt);
}
