/** What the server tells every app about itself. */
import { api, ask } from "./api";
import type { Schemas } from "./schemas";
import { Stored } from "./stored.svelte";

export type Config = Schemas["Config"];

const stored = new Stored<Config>("config", () => ask(api.GET("/config")));
let opened: Promise<void> | null = null;

export const config = {
  /** null until the server or the stored copy has told it */
  get value(): Config | null {
    return stored.value;
  },
  /** seconds between two looks at the alerts while the app is visible */
  get pollSeconds(): number {
    return stored.value?.poll_seconds ?? 30;
  },
  /** Ask once per visit. */
  load(): Promise<void> {
    opened ??= stored.open();
    return opened;
  },
};
