/**
 * How many tips and messages wait on this phone, known without opening the store: the home screen shows it, and the
 * sending code is loaded only when there is something to send.
 */

const COUNT_KEY = "tips-waiting";
const RECEIVED_KEY = "tips-received";

function stored(key: string): number {
  return typeof localStorage === "undefined" ? 0 : Number(localStorage.getItem(key)) || 0;
}

function store(key: string, found: number): void {
  if (found > 0) localStorage.setItem(key, String(found));
  else localStorage.removeItem(key);
}

let count = $state(stored(COUNT_KEY));
let received = $state(stored(RECEIVED_KEY));

export const waiting = {
  /** entries to be sent, mended or, once sent, whose receipt is not saved yet */
  get count(): number {
    return count;
  },
  /** tips that have arrived, with a receipt that is not saved yet */
  get unsaved(): number {
    return Math.min(received, count);
  },
  /** what is still to be sent or mended */
  get unsent(): number {
    return count - this.unsaved;
  },
};

/** `found` entries are on this phone; the ward has `arrived` of them already. */
export function noteWaiting(found: number, arrived: number): void {
  [count, received] = [found, arrived];
  store(COUNT_KEY, found);
  store(RECEIVED_KEY, arrived);
}
