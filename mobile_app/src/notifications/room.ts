import { push } from "../lib/push.svelte";
import type { Room } from "../lib/rooms";
import { startRegistration } from "./background.svelte";
import { t } from "./room-words";

const STATES = { on: "rowOn", off: "rowOff", denied: "rowDenied", unsupported: "rowUnsupported" } as const;

export default {
  routes: [{ path: "/thong-bao", load: () => import("./Notifications.svelte") }],
  rows: [{ group: "settings", order: 30, icon: "bell", title: () => t.row, text: () => t[STATES[push.state]], href: "/thong-bao" }],
  start: startRegistration,
} satisfies Room;
