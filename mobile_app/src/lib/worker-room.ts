/** What a feature does in the service worker. `src/<feature>/worker.ts` exports one; `src/sw/rooms.ts` gathers them. */
export interface WorkerRoom {
  /** Called with the path that a push leads to, after the push has been shown. */
  onPush?: (path: string) => Promise<void>;
  /** Called when the network is back, if the page has asked for it under this tag (Background Sync). */
  sync?: { tag: string; run: () => Promise<void> };
}
