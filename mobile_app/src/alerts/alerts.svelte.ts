/** The alerts of the chosen ward, shared by the home screen, the list and the tab bar. */
import { api, unwrap } from "../lib/api";
import { clock } from "../lib/clock.svelte";
import { place } from "../lib/place.svelte";
import { Query } from "../lib/query.svelte";
import type { Schemas } from "../lib/schemas";
import { prefetchAlerts } from "./prefetch";
import { isInForce, newestFirst, warns, type AlertSummary } from "./severity";

type Page = Schemas["AlertPage"];

const PAGE_SIZE = 20;
/** after the screen is painted */
const PREFETCH_AFTER_MS = 3000;

const fetchAlert = (id: string): Promise<unknown> => unwrap(api.GET("/alerts/{alert_id}", { params: { path: { alert_id: id } } }));

async function fetchFirstPage(ward: string): Promise<Page> {
  const page = await unwrap(api.GET("/alerts", { params: { query: { ward, limit: PAGE_SIZE } } }));
  const inForce = page.items.filter((alert) => isInForce(alert, Date.now()));
  setTimeout(() => void prefetchAlerts(inForce, fetchAlert), PREFETCH_AFTER_MS);
  return page;
}

class WardAlerts {
  readonly ward: string;
  /** the first page */
  readonly query: Query<Page>;
  /** the later pages, which are fetched on demand and not stored */
  #older = $state.raw<AlertSummary[]>([]);
  #cursor = $state<string | null | undefined>(undefined);
  loadingMore = $state(false);
  moreFailed = $state(false);

  constructor(ward: string) {
    this.ward = ward;
    this.query = new Query<Page>(`alerts:${ward}`, () => fetchFirstPage(ward));
  }

  get items(): AlertSummary[] {
    const first = this.query.value?.items ?? [];
    const known = new Set(first.map((alert) => alert.id));
    return [...first, ...this.#older.filter((alert) => !known.has(alert.id))];
  }

  get inForce(): AlertSummary[] {
    return this.items.filter((alert) => warns(alert, clock.now));
  }

  /** What is over, and the messages that say so. */
  get past(): AlertSummary[] {
    return newestFirst(this.items.filter((alert) => !warns(alert, clock.now)));
  }

  get nextCursor(): string | null {
    return this.#cursor === undefined ? (this.query.value?.next_cursor ?? null) : this.#cursor;
  }

  async loadMore(): Promise<void> {
    const cursor = this.nextCursor;
    if (!cursor || this.loadingMore) return;
    this.loadingMore = true;
    this.moreFailed = false;
    try {
      const page = await unwrap(api.GET("/alerts", { params: { query: { ward: this.ward, cursor, limit: PAGE_SIZE } } }));
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
    current?.query.stop();
    current = ward ? new WardAlerts(ward) : null;
    shown = current;
    void current?.query.open();
  },
  refresh(): void {
    clock.update();
    void current?.query.poll();
  },
};
