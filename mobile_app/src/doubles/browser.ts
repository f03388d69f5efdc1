/** For tests: the parts of a browser that requests and storage need. Import it before what uses them. */
const ORIGIN = "http://phone.invalid";

class PageRequest extends Request {
  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(typeof input === "string" ? new URL(input, ORIGIN) : input, init);
  }
}

class MemoryStorage {
  readonly #values = new Map<string, string>();
  getItem(key: string): string | null {
    return this.#values.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#values.set(key, String(value));
  }
  removeItem(key: string): void {
    this.#values.delete(key);
  }
}

Object.assign(globalThis, { Request: PageRequest, localStorage: new MemoryStorage(), sessionStorage: new MemoryStorage() });

/** From here on the server answers every request with `body`. */
export function answer(body: unknown, status = 200): void {
  globalThis.fetch = () => Promise.resolve(Response.json(body, { status }));
}
