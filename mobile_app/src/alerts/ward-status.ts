/** How the ward is, as the home screen says it. */
import { clock } from "../lib/clock.svelte";
import { copyMoment, hourOf } from "../lib/dates";
import { kindOf, language } from "../lib/i18n.svelte";
import { place } from "../lib/place.svelte";
import type { WardStatus } from "../lib/rooms";
import { wardAlerts } from "./alerts.svelte";
import { t } from "./room-words";
import { type AlertSummary, warns } from "./severity";
import { staleBanner } from "./stale-banner";

export interface AlertCounts {
  /** extreme and severe: somebody can be hurt */
  danger: number;
  /** everything else worth a look */
  care: number;
}

type Counted = Pick<AlertSummary, "state" | "expires" | "message_type" | "severity" | "is_drill">;

/** The status of the chosen ward; null when none is chosen or it does not work with Bình Yên. */
export function wardStatus(): WardStatus | null {
  if (!place.ward?.active) return null;
  const query = wardAlerts.current?.query;
  return {
    sentence: sentenceNow(kindOf(place.ward.full_name)),
    lampsOut: !!query?.error,
    banner: staleBanner(query),
    loading: !!query?.loading && !query.value,
  };
}

function sentenceNow(kind: string): string[] {
  const query = wardAlerts.current?.query;
  if (!query?.value) return [query?.error ? t.wardUnknown(kind) : t.wardLoading(kind)];
  const isOld = query.error && query.at;
  const today = isEvening(hourOf(clock.now)) ? t.tonight : t.today;
  const when = isOld ? t.atTime(copyMoment(query.at ?? 0, language.current, clock.now)) : today;
  return sentence(countAlerts(wardAlerts.current?.items ?? [], clock.now), when, kind);
}

/** Drills and all-clears do not worry anybody, so they are not counted. */
export function countAlerts(alerts: readonly Counted[], now: number): AlertCounts {
  const counts: AlertCounts = { danger: 0, care: 0 };
  for (const alert of alerts) {
    if (alert.is_drill || !warns(alert, now)) continue;
    if (alert.severity === "extreme" || alert.severity === "severe") counts.danger += 1;
    else counts.care += 1;
  }
  return counts;
}

/** The sentence in the reader's language, in pieces that are kept on one line each. `when`: "Hôm nay", "Lúc 07:42"; `kind`: "xã". */
export function sentence({ danger, care }: AlertCounts, when: string, kind: string): string[] {
  const things = [];
  if (danger) things.push(t.dangers(danger));
  if (care) things.push(t.cares(care));
  if (!things.length) return [t.atPeace(when, kind)];
  return [t.there(when), ...things.map((thing, index) => thing + (index === things.length - 1 ? "." : ","))];
}

/** In the evening people say "tonight". */
export function isEvening(hour: number): boolean {
  return hour >= 18 || hour < 4;
}

/** Alerts on the home screen; the rest is one tap away. */
export const SHOWN_AT_HOME = 3;

/** Alerts in force that the home screen has no room for. */
export function beyondHome(alerts: readonly Counted[], now: number): number {
  return Math.max(0, alerts.filter((alert) => warns(alert, now)).length - SHOWN_AT_HOME);
}
