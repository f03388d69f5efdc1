import { expect, it } from "vitest";
import { elapsedFraction, remainingTime } from "./deadline";

const due = (by: string, overdue = false) => ({ kind: "acknowledge" as const, by, overdue });

it.each([
  ["2026-08-11T02:46:00Z", { unit: "hours", count: 23 }],
  ["2026-08-11T02:47:00Z", { unit: "days", count: 1 }],
  ["2026-08-10T05:00:00Z", { unit: "hours", count: 2 }],
  ["2026-08-10T03:00:00Z", { unit: "minutes" }],
  ["2026-08-10T02:47:00Z", { unit: "over" }],
  ["2026-08-31T16:59:00Z", { unit: "days", count: 21 }],
])("until %s", (by, expected) => expect(remainingTime(due(by), "2026-08-10T02:47:00Z")).toEqual(expected));

it("believes the server that it is late, also when the phone's clock is behind", () => {
  expect(remainingTime(due("2026-08-11T00:00:00Z", true), "2026-08-10T00:00:00Z")).toEqual({ unit: "over" });
});

it("measures what has passed", () => {
  const now = new Date("2026-08-10T12:00:00Z").getTime();
  expect(elapsedFraction("2026-08-10T00:00:00Z", due("2026-08-11T00:00:00Z"), now)).toBe(0.5);
  expect(elapsedFraction("2026-08-12T00:00:00Z", due("2026-08-11T00:00:00Z"), now)).toBe(1);
});
