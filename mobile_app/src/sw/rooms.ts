/** What the features do in the service worker: a folder with a `worker.ts` has its part here. */
import type { WorkerRoom } from "../lib/worker-room";

const found = import.meta.glob<{ default: WorkerRoom }>("../*/worker.ts", { eager: true });

export const workerRooms: readonly WorkerRoom[] = Object.keys(found)
  .sort()
  .flatMap((path) => found[path]?.default ?? []);
