/**
 * How many tips and messages wait on this phone, known without opening the vault: the home screen shows it, and the
 * sending code is loaded only when there is something to send.
 */

const COUNT_KEY = "tips-waiting";
const RECEIVED_KEY = "tips-received";

function read(key: string): number {
  return typeof localStorage === "undefined" ? 0 : Number(localStorage.getItem(key)) || 0;
}

function save(key: string, count: number): void {
  if (count > 0) localStorage.setItem(key, String(count));
  else localStorage.removeItem(key);
}

let count = $state(read(COUNT_KEY));
let received = $state(read(RECEIVED_KEY));

export const waiting = {
  /** entries to be sent or changed, and sent ones whose receipt is not saved yet */
  get count(): number {
    return count;
  },
  /** tips that have arrived, with a receipt that is not saved yet */
  get unsaved(): number {
    return Math.min(received, count);
  },
  /** what is still to be sent or changed */
  get unsent(): number {
    return count - this.unsaved;
  },
};

/** `entries` are on this phone; the ward has `arrived` of them already. */
export function setWaiting(entries: number, arrived: number): void {
  [count, received] = [entries, arrived];
  save(COUNT_KEY, entries);
  save(RECEIVED_KEY, arrived);
}
