import type { Room } from "../lib/rooms";
import { install, startInstall } from "./install.svelte";
import { t } from "./room-words";

export default {
  routes: [{ path: "/gioi-thieu", load: () => import("./About.svelte") }],
  rows: [
    {
      group: "more", order: 20, icon: "download", title: () => t.installRow, text: () => t.installRowWhy,
      shown: () => install.offered, onclick: () => void install.prompt(),
    },
    { group: "more", order: 30, icon: "info", title: () => t.aboutRow, href: "/gioi-thieu" },
  ],
  start: startInstall,
} satisfies Room;
