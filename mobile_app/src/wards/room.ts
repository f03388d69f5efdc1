import { insideSentence } from "../lib/i18n.svelte";
import { place } from "../lib/place.svelte";
import type { Room } from "../lib/rooms";
import { startRenewal } from "./renewal";
import { t } from "./room-words";

function placeText(): string {
  return place.ward ? `${place.ward.full_name}, ${insideSentence(place.ward.province_name)}` : t.wardRowEmpty;
}

export default {
  routes: [
    { path: "/phuong", load: () => import("./WardPicker.svelte") },
    { path: "/to-dan-pho", load: () => import("./AreaPicker.svelte") },
  ],
  rows: [
    { group: "settings", order: 10, icon: "pin", title: () => t.wardRow, text: placeText, href: "/phuong" },
    {
      group: "settings", order: 20, icon: "home", title: () => t.areaRow, text: () => place.area?.name ?? t.areaRowEmpty,
      href: "/to-dan-pho", shown: () => place.ward?.active ?? false,
    },
  ],
  start: startRenewal,
} satisfies Room;
