import type { WorkerRoom } from "../lib/worker-room";
import { SYNC_TAG, sendQueued } from "./queue/sync";

export default { sync: { tag: SYNC_TAG, run: sendQueued } } satisfies WorkerRoom;
