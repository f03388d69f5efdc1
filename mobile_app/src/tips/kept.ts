/** Receipts that the person chose to keep on this phone, sealed like everything of a tip, with the tip as last seen. */
import type { Vault } from "./vault";
import type { Category, OpenedTip } from "./wire";

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

/** Newest first. */
export async function keptReceipts(vault: Vault): Promise<KeptReceipt[]> {
  const kept = await Promise.all((await vault.names(PREFIX)).map((name) => vault.read<KeptReceipt>(name)));
  return kept.filter((one) => one !== null).sort((a, b) => b.receivedAt.localeCompare(a.receivedAt));
}

export async function keepReceipt(vault: Vault, kept: KeptReceipt): Promise<void> {
  // The record's name says nothing: names are the one thing in the vault that is not sealed.
  const name = (await recordOf(vault, kept.receipt)) ?? PREFIX + crypto.randomUUID();
  await vault.change([{ put: name, value: kept }]);
}

export async function forgetReceipt(vault: Vault, receipt: string): Promise<void> {
  const name = await recordOf(vault, receipt);
  if (name) await vault.change([{ remove: name }]);
}

/** Note how a kept tip looks now, for the time without a network; one that is not kept leaves no trace. */
export async function rememberCopy(vault: Vault, receipt: string, copy: TipCopy): Promise<void> {
  const name = await recordOf(vault, receipt);
  const kept = name && (await vault.read<KeptReceipt>(name));
  if (kept) await vault.change([{ put: name, value: { ...kept, copy } }]);
}

async function recordOf(vault: Vault, receipt: string): Promise<string | null> {
  for (const name of await vault.names(PREFIX)) {
    if ((await vault.read<KeptReceipt>(name))?.receipt === receipt) return name;
  }
  return null;
}
