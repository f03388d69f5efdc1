import type { Room } from "../lib/rooms";
import WardContacts from "./WardContacts.svelte";

export default {
  fillers: [
    { order: 10, slot: "home:below-sos", component: WardContacts },
    { order: 10, slot: "tips:receipt", component: WardContacts },
  ],
} satisfies Room;
