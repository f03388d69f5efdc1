/** What a room adds to the panel's pages: sheets that it imports, and what it does once a page is there. */
interface Room {
  start?: () => void;
}

const rooms = import.meta.glob<Room>("./*/room.ts", { eager: true });

/** Every folder with a `room.ts` is a room; nothing else names it. */
export function startRooms(): void {
  for (const room of Object.values(rooms)) room.start?.();
}
