/** How much time is left until a deadline, in the units that people use. Pure. */
import type { Moment } from "../../lib/dates";
import type { Deadline } from "../types";

export type Remaining = { unit: "days"; count: number } | { unit: "hours"; count: number } | { unit: "minutes" } | { unit: "over" };

const HOUR = 3_600_000;

/** Whole days, and whole hours on the last day: the same figures as the officer reads. */
export function remainingTime(deadline: Deadline, now: Moment): Remaining {
  const ms = new Date(deadline.by).getTime() - new Date(now).getTime();
  if (deadline.overdue || ms <= 0) return { unit: "over" };
  if (ms < HOUR) return { unit: "minutes" };
  const hours = Math.floor(ms / HOUR);
  return hours < 24 ? { unit: "hours", count: hours } : { unit: "days", count: Math.floor(hours / 24) };
}

/** How much of the time has passed, 0 to 1. */
export function elapsedFraction(from: string, deadline: Deadline, now: number): number {
  const start = new Date(from).getTime();
  const whole = new Date(deadline.by).getTime() - start;
  return whole <= 0 ? 1 : Math.min(1, Math.max(0, (now - start) / whole));
}
