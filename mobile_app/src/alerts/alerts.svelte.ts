/** The alerts of the chosen ward, shared by home, list and tab bar. */
import { api, unwrap } from "../lib/api";
import type { Schemas } from "../lib/schemas";
import { clock } from "../lib/clock.svelte";
import { place } from "../lib/place.svelte";
import { Query } from "../lib/query.svelte";
import { keepAhead } from "./copies";
import { isInForce, newestFirst, warns, type AlertSummary } from "./severity";

type Page = Schemas["AlertPage"];

const PAGE = 20;

const fetchAlert = (id: string): Promise<unknown> => unwrap(api.GET("/alerts/{alert_id}", { params: { path: { alert_id: id } } }));

async function load(ward: string): Promise<Page> {
  const page = await unwrap(api.GET("/alerts", { params: { query: { ward, limit: PAGE } } }));
  const inForce = page.items.filter((alert) => isInForce(alert, Date.now()));
  setTimeout(() => void keepAhead(inForce, fetchAlert), 3000); // after the screen is painted
  return page;
}

class WardAlerts {
  readonly ward: string;
  readonly stored: Query<Page>;
  /** pages after the first, which are fetched on demand and not kept */
  #older = $state.raw<AlertSummary[]>([]);
  #cursor = $state<string | null | undefined>(undefined);
  loadingMore = $state(false);
  moreFailed = $state(false);

  constructor(ward: string) {
    this.ward = ward;
    this.stored = new Query<Page>(`alerts:${ward}`, () => load(ward));
  }

  get items(): AlertSummary[] {
    const first = this.stored.value?.items ?? [];
    const known = new Set(first.map((alert) => alert.id));
    return [...first, ...this.#older.filter((alert) => !known.has(alert.id))];
  }

  get inForce(): AlertSummary[] {
    return this.items.filter((alert) => warns(alert, clock.now));
  }

  /** What is over, and what says so. */
  get past(): AlertSummary[] {
    return newestFirst(this.items.filter((alert) => !warns(alert, clock.now)));
  }

  get nextCursor(): string | null {
    return this.#cursor === undefined ? (this.stored.value?.next_cursor ?? null) : this.#cursor;
  }

  async loadMore(): Promise<void> {
    const cursor = this.nextCursor;
    if (!cursor || this.loadingMore) return;
    this.loadingMore = true;
    this.moreFailed = false;
    try {
      const page = await unwrap(api.GET("/alerts", { params: { query: { ward: this.ward, cursor, limit: PAGE } } }));
      this.#older = [...this.#older, ...page.items];
      this.#cursor = page.next_cursor;
    } catch {
      this.moreFailed = true;
    } finally {
      this.loadingMore = false;
    }
  }
}

let current: WardAlerts | null = null;
let shown = $state.raw<WardAlerts | null>(null);

export const wardAlerts = {
  /** of the chosen ward; null while none is chosen or it is not on Bình Yên */
  get current(): WardAlerts | null {
    return shown;
  },
  /** Follow the chosen ward; called at the start and whenever it changes. */
  follow(): void {
    const ward = place.ward?.active ? place.ward.code : null;
    if (current?.ward === ward) return;
    current?.stored.stop();
    current = ward ? new WardAlerts(ward) : null;
    shown = current;
    void current?.stored.open();
  },
  refresh(): void {
    clock.update();
    void current?.stored.poll();
  },
};
