import type { Room } from "../lib/rooms";
import { waiting } from "./queue/waiting.svelte";
import { t } from "./room-words";
import UnsavedReceipts from "./UnsavedReceipts.svelte";
import UnsentTips from "./UnsentTips.svelte";

declare module "../lib/rooms" {
  interface Slots {
    /** at the end of the receipt's page */
    "tips:receipt": { wardCode: string };
  }
}

/** Send what waits. The code for it is loaded only when something does. */
function resumeSending(): void {
  if (waiting.count > 0) void import("./queue/queue.svelte").then(({ queue }) => queue.start());
}

/** No address names a tip or carries a receipt. */
export default {
  routes: [
    { path: "/bao-tin", load: () => import("./TipStart.svelte") },
    { path: "/bao-tin/phuong", load: () => import("./write/TipWard.svelte") },
    { path: "/bao-tin/ke", load: () => import("./write/TipText.svelte") },
    { path: "/bao-tin/o-dau", load: () => import("./write/TipPlace.svelte") },
    { path: "/bao-tin/gui", load: () => import("./write/TipName.svelte") },
    { path: "/bao-tin/gui-di", load: () => import("./send/TipSending.svelte") },
    { path: "/tin", load: () => import("./follow/OpenTip.svelte") },
    { path: "/tin/xem", load: () => import("./follow/TipTrail.svelte") },
  ],
  tab: { order: 30, href: "/bao-tin", icon: "tip", title: () => t.tab },
  shortcuts: [
    { order: 10, href: "/bao-tin", icon: "tip", title: () => t.shortcutSend, main: true },
    { order: 20, href: "/tin", icon: "qr", title: () => t.shortcutOpen },
  ],
  rows: [{ group: "more", order: 10, icon: "qr", title: () => t.row, text: () => t.rowWhy, href: "/tin" }],
  fillers: [
    { order: 10, slot: "home:top", component: UnsavedReceipts },
    { order: 20, slot: "home:main", component: UnsentTips },
  ],
  start: resumeSending,
} satisfies Room;
