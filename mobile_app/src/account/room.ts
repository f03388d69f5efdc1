import type { Room } from "../lib/rooms";
import { startSync } from "./account";
import { t } from "./room-words";

export default {
  routes: [
    { path: "/dang-nhap", load: () => import("./SignIn.svelte") },
    { path: "/cua-toi", load: () => import("./Me.svelte") },
    { path: "/cua-toi/ten", load: () => import("./NameForm.svelte") },
    { path: "/cua-toi/thiet-bi", load: () => import("./Sessions.svelte") },
    { path: "/cua-toi/du-lieu", load: () => import("./MyData.svelte") },
  ],
  tab: { order: 40, href: "/cua-toi", icon: "user", title: () => t.tab },
  start: startSync,
} satisfies Room;
