/** The resident who is signed in on this phone, as the server knows them. */
import { api, unwrap } from "./api";
import { deleteCopies } from "./db";
import { Query } from "./query.svelte";
import type { Schemas } from "./schemas";
import { session } from "./session.svelte";

export type Profile = Schemas["Me"];
export type ProfileChange = Schemas["MeIn"];

const query = new Query<Profile>("me", () => unwrap(api.GET("/me")));

export const profile = {
  /** null while nobody is signed in, or nothing is known yet */
  get value(): Profile | null {
    return session.signedIn ? query.value : null;
  },
  /** what the last request came to, until one succeeds */
  get error(): unknown {
    return query.error;
  },
  async load(): Promise<void> {
    if (session.signedIn) await query.open();
  },
  set(value: Profile): void {
    query.set(value);
  },
  /** @throws ApiError, NetworkError */
  async change(change: ProfileChange): Promise<void> {
    query.set(await unwrap(api.PUT("/me", { body: change })));
  },
  /** Nothing of it stays on this phone. */
  async clear(): Promise<void> {
    query.clear();
    await deleteCopies("me");
  },
};
