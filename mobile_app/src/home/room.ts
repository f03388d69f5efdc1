import type { Room } from "../lib/rooms";
import Home from "./Home.svelte";
import { t } from "./words";

declare module "../lib/rooms" {
  interface Slots {
    /** what one calls or needs at once; it never pushes the emergency numbers away */
    "home:below-sos": Record<string, never>;
    /** what waits for the reader to do something */
    "home:top": Record<string, never>;
    /** sections of the screen */
    "home:main": Record<string, never>;
  }
}

export default {
  routes: [{ path: "/", component: Home }],
  tab: { order: 10, href: "/", icon: "home", title: () => t.tab },
} satisfies Room;
