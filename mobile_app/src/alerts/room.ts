import { clock } from "../lib/clock.svelte";
import type { Room } from "../lib/rooms";
import { wardAlerts } from "./alerts.svelte";
import { startAlerts } from "./background.svelte";
import HomeAlerts from "./HomeAlerts.svelte";
import { t } from "./room-words";
import { unread } from "./unread.svelte";
import { beyondHome, wardStatus } from "./ward-status";

function shortcutTitle(): string {
  const more = beyondHome(wardAlerts.current?.items ?? [], clock.now);
  return more ? t.shortcutMore(more) : t.shortcutAlerts;
}

export default {
  routes: [
    { path: "/canh-bao", load: () => import("./AlertList.svelte") },
    { path: "/canh-bao/:id", load: () => import("./AlertPage.svelte") },
  ],
  tab: { order: 20, href: "/canh-bao", icon: "bell", title: () => t.tab, count: () => unread.count, countInWords: (count) => t.unread(count) },
  shortcuts: [{ order: 30, href: "/canh-bao", icon: "bell", title: shortcutTitle }],
  fillers: [{ order: 10, slot: "home:main", component: HomeAlerts }],
  wardStatus,
  start: startAlerts,
} satisfies Room;
