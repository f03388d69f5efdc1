/** A random number of this installation. It counts receipts of alerts once each, and says nothing about a person. */
import { saveFact } from "../lib/db";
import { uuid } from "../lib/uuid";

const STORAGE_KEY = "reader";

/** The same UUID every time on this phone; also stored where the service worker finds it. */
export function readerId(): string {
  let reader = localStorage.getItem(STORAGE_KEY);
  if (!reader) {
    reader = uuid();
    localStorage.setItem(STORAGE_KEY, reader);
  }
  void saveFact("reader", reader);
  return reader;
}
