/** The one sentence of the home screen, as numbers; the dictionary turns them into words. Pure. */
import { warns, type AlertSummary } from "../alerts/severity";

export interface Mood {
  /** extreme and severe: somebody can be hurt */
  danger: number;
  /** everything else worth a look */
  care: number;
}

type Counted = Pick<AlertSummary, "state" | "expires" | "message_type" | "severity" | "is_drill">;

/** Drills and all-clears do not worry anybody, so they are not counted. */
export function moodOf(alerts: readonly Counted[], now: number): Mood {
  const mood: Mood = { danger: 0, care: 0 };
  for (const alert of alerts) {
    if (alert.is_drill || !warns(alert, now)) continue;
    if (alert.severity === "extreme" || alert.severity === "severe") mood.danger += 1;
    else mood.care += 1;
  }
  return mood;
}

/** Alerts on the home screen; the rest is one tap away. */
export const SHOWN = 3;

/** Alerts in force that the home screen has no room for. */
export function beyondHome(alerts: readonly Counted[], now: number): number {
  return Math.max(0, alerts.filter((alert) => warns(alert, now)).length - SHOWN);
}

/** In the evening people say "tonight". */
export function isEvening(hour: number): boolean {
  return hour >= 18 || hour < 4;
}
