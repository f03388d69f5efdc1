/** Who is signed in on this phone. The token is opaque; signing out on the server makes it worthless. */
import { Emitter } from "./emitter";

const TOKEN_KEY = "token";

function read(): string | null {
  return typeof localStorage === "undefined" ? null : localStorage.getItem(TOKEN_KEY);
}

let token = $state<string | null>(read());
let expired = $state(false);
const ended = new Emitter();

export const session = {
  get token(): string | null {
    return token;
  },
  get signedIn(): boolean {
    return token !== null;
  },
  /** The server refused our token: the reader was signed out elsewhere or after a long time. */
  get expired(): boolean {
    return expired;
  },
  begin(newToken: string): void {
    token = newToken;
    expired = false;
    localStorage.setItem(TOKEN_KEY, newToken);
  },
  end(): void {
    token = null;
    localStorage.removeItem(TOKEN_KEY);
    void ended.emit();
  },
  expire(): void {
    this.end();
    expired = true;
  },
  /** Call `listener` whenever the session ends, here or by the server. */
  onEnd(listener: () => void): () => void {
    return ended.on(listener);
  },
};
