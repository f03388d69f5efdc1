/** How an alert looks and is called: shape, word and colour always together. Pure. */
import type { Schemas } from "../lib/schemas";

export type AlertSummary = Schemas["AlertSummary"];
export type Alert = Schemas["Alert"];

export type Look = "extreme" | "severe" | "moderate" | "minor" | "clear" | "withdrawn" | "drill" | "past";

export const ICONS: Record<Look, string> = {
  extreme: "octagon",
  severe: "octagon",
  moderate: "triangle",
  minor: "info",
  clear: "tick",
  withdrawn: "undo",
  drill: "flag",
  past: "clock",
};

/** In force at `now` (ms): not replaced, withdrawn or out of date. */
export function isInForce(alert: Pick<AlertSummary, "state" | "expires">, now: number): boolean {
  return alert.state === "in_force" && Date.parse(alert.expires) > now;
}

/** The message that an earlier alert is over: an all-clear, or a withdrawal. */
export function isEnd(alert: Pick<AlertSummary, "message_type">): boolean {
  return alert.message_type === "all_clear" || alert.message_type === "cancel";
}

/** In force at `now`, and no message that something is over. */
export function warns(alert: Pick<AlertSummary, "state" | "expires" | "message_type">, now: number): boolean {
  return isInForce(alert, now) && !isEnd(alert);
}

type Shown = Pick<AlertSummary, "state" | "expires" | "message_type" | "severity" | "is_drill">;

export function lookOf(alert: Shown, now: number): Look {
  if (alert.message_type === "cancel" || alert.state === "cancelled") return "withdrawn";
  if (alert.message_type === "all_clear" || alert.state === "all_clear") return "clear";
  if (!isInForce(alert, now)) return "past";
  if (alert.is_drill) return "drill";
  return alert.severity === "unknown" ? "minor" : alert.severity;
}

/** The server puts what is in force first, also the message that something is over. */
export function newestFirst<A extends Pick<AlertSummary, "published_at">>(alerts: readonly A[]): A[] {
  return [...alerts].sort((one, other) => Date.parse(other.published_at) - Date.parse(one.published_at));
}

/** Whether the headline begins with the word for the look, in either language: "Đã yên: nước đã rút". */
export function headlineNamesLook(headline: string): boolean {
  return /^(?:đã yên|all clear|(?:đã )?rút lại|withdrawn)(?!\p{L})/iu.test(headline);
}

/** Somebody's safety is at stake, so the ward asks who is safe. */
export function asksWhoIsSafe(alert: Shown, now: number): boolean {
  const look = lookOf(alert, now);
  return look === "extreme" || look === "severe";
}
