import { t } from "../i18n/common";
import { clock } from "../lib/clock.svelte";
import { copyMoment } from "../lib/dates";
import { language } from "../lib/i18n.svelte";
import { online } from "../lib/online.svelte";
import { isRateLimited } from "../lib/problem";
import type { Query } from "../lib/query.svelte";

/** The amber sentence over something that may be old: why it is, and from when. Null when it is the server's latest word. */
export function copyBanner(stored: Pick<Query<unknown>, "at" | "error"> | undefined): string | null {
  if (!stored?.at || (online.now && !stored.error)) return null;
  const time = copyMoment(stored.at, language.current, clock.now);
  if (!online.now) return t.offlineCopy(time);
  return isRateLimited(stored.error) ? t.busyCopy(time) : t.unreachableCopy(time);
}
