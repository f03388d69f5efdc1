/** The search for a ward while the reader types: requests wait for a pause in typing, and late answers are dropped. */
import { api, unwrap } from "./api";
import type { Ward } from "./place.svelte";

const PAUSE_MS = 250;
const LIMIT = 30;

export class WardSearch {
  /** null before the first answer */
  found = $state.raw<Ward[] | null>(null);
  hasMore = $state(false);
  /** all places that this installation knows, where they fit on one page; null where there are more */
  all = $state.raw<Ward[] | null>(null);
  searching = $state(false);
  failed = $state.raw<unknown>(null);
  /** the query that `found` answers */
  answered = $state("");

  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  /** Ask for `query` after a pause in typing; an empty query finds the wards to begin with. */
  type(query: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.run(query), query.trim() ? PAUSE_MS : 0);
  }

  async run(query: string): Promise<void> {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    this.searching = true;
    this.failed = null;
    try {
      const q = query.trim().normalize("NFC");
      const page = await unwrap(api.GET("/wards", { params: { query: { ...(q && { q }), limit: LIMIT } } }));
      if (!q) this.all = page.next_cursor === null ? page.items : null;
      if (turn !== this.#turn) return;
      this.found = page.items;
      this.hasMore = page.next_cursor !== null;
      this.answered = q;
    } catch (error) {
      if (turn === this.#turn) this.failed = error;
    } finally {
      if (turn === this.#turn) this.searching = false;
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
  }
}
