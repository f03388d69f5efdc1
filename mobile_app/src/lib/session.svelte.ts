/** Who is signed in on this phone. The token is opaque; signing out on the server makes it worthless. */

import { signInMemory } from "./sign-in-memory";

const TOKEN_KEY = "token";

function stored(): string | null {
  return typeof localStorage === "undefined" ? null : localStorage.getItem(TOKEN_KEY);
}

let token = $state<string | null>(stored());
let expired = $state(false);

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
    signInMemory.forget();
  },
  expire(): void {
    this.end();
    expired = true;
  },
};
