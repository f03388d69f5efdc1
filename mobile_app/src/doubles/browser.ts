/** For tests: as much of a phone's browser as requests and storage need. Import it before what it stands in for. */
const ORIGIN = "http://phone.invalid";

class FromPage extends Request {
  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(typeof input === "string" ? new URL(input, ORIGIN) : input, init);
  }
}

class Storing {
  readonly #kept = new Map<string, string>();
  getItem(key: string): string | null {
    return this.#kept.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#kept.set(key, String(value));
  }
  removeItem(key: string): void {
    this.#kept.delete(key);
  }
}

Object.assign(globalThis, { Request: FromPage, localStorage: new Storing(), sessionStorage: new Storing() });

/** From here on the server answers every request with `body`. */
export function answer(body: unknown, status = 200): void {
  globalThis.fetch = () => Promise.resolve(Response.json(body, { status }));
}
