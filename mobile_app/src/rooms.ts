/** All rooms of the app: a folder with a `room.ts` is one. */
import { type Room, rooms } from "./lib/rooms";

const found = import.meta.glob<{ default: Room }>("./*/room.ts", { eager: true });
const byName = Object.keys(found).sort();

rooms.register(byName.flatMap((path) => found[path]?.default ?? []));
