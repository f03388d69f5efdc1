/** The latest answers of the server, stored on the phone for the time without a network. */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";

export interface Copy<T> {
  value: T;
  /** when the server said it, ms since the epoch */
  at: number;
}

interface Schema extends DBSchema {
  copies: { key: string; value: Copy<unknown> };
  /** single values that the service worker needs too: `reader`, `language` */
  facts: { key: string; value: string };
}

let opened: Promise<IDBPDatabase<Schema>> | null = null;

function db(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>("binhyen", 1, {
    upgrade(database) {
      database.createObjectStore("copies");
      database.createObjectStore("facts");
    },
  });
  return opened;
}

/** The stored copy, or null when there is none or the browser refuses storage (private windows). */
export async function readCopy<T>(key: string): Promise<Copy<T> | null> {
  try {
    return ((await (await db()).get("copies", key)) as Copy<T> | undefined) ?? null;
  } catch {
    return null;
  }
}

/** Store a copy; a browser without storage stores none. */
export async function saveCopy<T>(key: string, value: T): Promise<void> {
  try {
    await (await db()).put("copies", { value, at: Date.now() }, key);
  } catch {
    // the app works without stored copies, only not offline
  }
}

/** Delete every copy whose key starts with `prefix`. */
export async function deleteCopies(prefix: string): Promise<void> {
  try {
    const database = await db();
    for (const key of await database.getAllKeys("copies")) {
      if (key.startsWith(prefix)) await database.delete("copies", key);
    }
  } catch {
    // nothing stored, nothing to delete
  }
}

export async function readFact(key: string): Promise<string | null> {
  try {
    return (await (await db()).get("facts", key)) ?? null;
  } catch {
    return null;
  }
}

export async function saveFact(key: string, value: string): Promise<void> {
  try {
    await (await db()).put("facts", value, key);
  } catch {
    // the service worker then speaks Vietnamese and confirms no alert
  }
}
