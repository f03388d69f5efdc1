/** The settings of the server, which it tells every app. */
import { api, unwrap } from "./api";
import { Query } from "./query.svelte";
import type { Schemas } from "./schemas";

export type Config = Schemas["Config"];

const query = new Query<Config>("config", () => unwrap(api.GET("/config")));
let opened: Promise<void> | null = null;

export const config = {
  /** null until the server or the copy on the phone has told it */
  get value(): Config | null {
    return query.value;
  },
  /** seconds between two requests for the alerts while the app is visible */
  get pollSeconds(): number {
    return query.value?.poll_seconds ?? 30;
  },
  /** Ask once per visit. */
  load(): Promise<void> {
    opened ??= query.open();
    return opened;
  },
};
