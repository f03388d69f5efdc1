import { clock } from "../lib/clock.svelte";
import { copyMoment } from "../lib/dates";
import { language } from "../lib/i18n.svelte";
import { online } from "../lib/online.svelte";
import { isRateLimited } from "../lib/problem";
import type { Query } from "../lib/query.svelte";
import { t } from "./room-words";

/** The amber sentence over a stored copy: why it may be old, and from when it is. Null over the server's latest answer. */
export function staleBanner(query: Pick<Query<unknown>, "at" | "error"> | undefined): string | null {
  if (!query?.at || (online.now && !query.error)) return null;
  const time = copyMoment(query.at, language.current, clock.now);
  if (!online.now) return t.offlineCopy(time);
  return isRateLimited(query.error) ? t.busyCopy(time) : t.unreachableCopy(time);
}
