/**
 * The tips' own store on the phone: every record is encrypted with AES-GCM under a key that JavaScript can use but
 * never read (non-extractable, stored in IndexedDB). A copy of the browser's files or another app that reads them sees
 * record names and sizes only. Whoever can use this phone unlocked can open it; the screens say so.
 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";

interface EncryptedRecord {
  iv: Uint8Array<ArrayBuffer>;
  box: ArrayBuffer;
}

interface Schema extends DBSchema {
  keys: { key: string; value: CryptoKey };
  records: { key: string; value: EncryptedRecord };
}

export type Change =
  | { put: string; value: unknown }
  | { put: string; bytes: ArrayBuffer }
  | { remove: string };

export interface Vault {
  /** false when the browser refuses storage: then everything is lost with the page, and the screens say so */
  readonly durable: boolean;
  /** A record, or null when there is none or it cannot be decrypted. */
  read<T>(name: string): Promise<T | null>;
  readBytes(name: string): Promise<ArrayBuffer | null>;
  /** Names that start with `prefix`. */
  names(prefix: string): Promise<string[]>;
  /** Carry out all changes or none. */
  change(changes: readonly Change[]): Promise<void>;
}

const KEY = "box";

class EncryptedVault implements Vault {
  readonly durable = true;

  constructor(
    private readonly db: IDBPDatabase<Schema>,
    private readonly key: CryptoKey,
  ) {}

  async read<T>(name: string): Promise<T | null> {
    const bytes = await this.readBytes(name);
    return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as T);
  }

  async readBytes(name: string): Promise<ArrayBuffer | null> {
    const record = await this.db.get("records", name);
    if (!record) return null;
    try {
      return await crypto.subtle.decrypt(cipher(name, record.iv), this.key, record.box);
    } catch {
      return null;
    }
  }

  async names(prefix: string): Promise<string[]> {
    return (await this.db.getAllKeys("records")).filter((name) => name.startsWith(prefix));
  }

  async change(changes: readonly Change[]): Promise<void> {
    // Encryption comes first: a transaction of IndexedDB ends as soon as it waits for anything else.
    const encrypted = await Promise.all(
      changes.map(async (change) =>
        "remove" in change ? { name: change.remove, value: null } : { name: change.put, value: await this.encrypt(change) },
      ),
    );
    const transaction = this.db.transaction("records", "readwrite", { durability: "strict" });
    for (const { name, value } of encrypted) {
      void (value ? transaction.store.put(value, name) : transaction.store.delete(name));
    }
    await transaction.done;
  }

  private async encrypt(change: Exclude<Change, { remove: string }>): Promise<EncryptedRecord> {
    const plain = "bytes" in change ? change.bytes : new TextEncoder().encode(JSON.stringify(change.value));
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, box: await crypto.subtle.encrypt(cipher(change.put, iv), this.key, plain) };
  }
}

/** For browsers that refuse storage (some private windows): everything is lost with the page. */
export class MemoryVault implements Vault {
  readonly durable = false;
  private readonly records = new Map<string, string | ArrayBuffer>();

  async read<T>(name: string): Promise<T | null> {
    const record = this.records.get(name);
    return typeof record === "string" ? (JSON.parse(record) as T) : null;
  }

  async readBytes(name: string): Promise<ArrayBuffer | null> {
    const record = this.records.get(name);
    return record instanceof ArrayBuffer ? record : null;
  }

  async names(prefix: string): Promise<string[]> {
    return [...this.records.keys()].filter((name) => name.startsWith(prefix));
  }

  async change(changes: readonly Change[]): Promise<void> {
    for (const change of changes) {
      if ("remove" in change) this.records.delete(change.remove);
      else this.records.set(change.put, "bytes" in change ? change.bytes : JSON.stringify(change.value));
    }
  }
}

let opened: Promise<Vault> | null = null;

/** The vault of this phone, opened once. */
export function vault(): Promise<Vault> {
  opened ??= openVault().catch(() => new MemoryVault());
  return opened;
}

/** @throws DOMException when the browser refuses storage */
export async function openVault(name = "binhyen-tips"): Promise<Vault> {
  const db = await openDB<Schema>(name, 1, {
    upgrade(database) {
      database.createObjectStore("keys");
      database.createObjectStore("records");
    },
    blocking: () => db.close(),
  });
  return new EncryptedVault(db, await keyOf(db));
}

async function keyOf(db: IDBPDatabase<Schema>): Promise<CryptoKey> {
  const existing = await db.get("keys", KEY);
  if (existing) return existing;
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // Two tabs may start at once: the first key to arrive is the key.
  const transaction = db.transaction("keys", "readwrite");
  const winner = await transaction.store.get(KEY);
  if (!winner) await transaction.store.put(fresh, KEY);
  await transaction.done;
  return winner ?? fresh;
}

/** The record's name is bound to its content, so that no record can be passed off as another. */
function cipher(name: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(name) };
}
