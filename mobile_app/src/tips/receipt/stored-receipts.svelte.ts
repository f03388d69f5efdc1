/** The receipts on this phone, as the screens see them. */
import { vault } from "../vault";
import { type StoredReceipt, deleteReceipt, readReceipts, saveReceipt } from "./receipt-store";

let list = $state.raw<StoredReceipt[]>([]);

export const storedReceipts = {
  /** newest first; empty until they are loaded */
  get list(): StoredReceipt[] {
    return list;
  },
  async load(): Promise<void> {
    list = await readReceipts(await vault());
  },
  async save(receipt: StoredReceipt): Promise<void> {
    await saveReceipt(await vault(), receipt);
    await this.load();
  },
  async delete(receipt: string): Promise<void> {
    await deleteReceipt(await vault(), receipt);
    await this.load();
  },
};
