import { describe, expect, it } from "vitest";
import { asksWhoIsSafe, lookOf, newestFirst, headlineNamesLook, warns } from "./severity";

const NOW = Date.parse("2026-08-11T01:00:00Z");

type Shown = Parameters<typeof lookOf>[0];

const alert = (facts: Partial<Shown>): Shown => ({
  state: "in_force",
  message_type: "alert",
  severity: "severe",
  expires: "2026-08-15T16:59:00Z",
  is_drill: false,
  ...facts,
});

describe("lookOf", () => {
  it.each<[Partial<Shown>, string]>([
    [{}, "severe"],
    [{ severity: "unknown" }, "minor"],
    [{ is_drill: true }, "drill"],
    [{ message_type: "all_clear" }, "clear"],
    [{ state: "all_clear" }, "clear"],
    [{ message_type: "cancel" }, "withdrawn"],
    [{ state: "cancelled" }, "withdrawn"],
    [{ state: "updated" }, "past"],
    [{ expires: "2026-08-10T16:59:00Z" }, "past"],
  ])("%o looks %s", (facts, look) => {
    expect(lookOf(alert(facts), NOW)).toBe(look);
  });
});

describe("warns", () => {
  it.each<[Partial<Shown>, boolean]>([
    [{}, true],
    [{ message_type: "update" }, true],
    [{ is_drill: true }, true],
    [{ message_type: "all_clear" }, false],
    [{ message_type: "cancel" }, false],
    [{ state: "cancelled" }, false],
    [{ expires: "2026-08-10T16:59:00Z" }, false],
  ])("%o warns: %s", (facts, warning) => {
    expect(warns(alert(facts), NOW)).toBe(warning);
  });
});

describe("asksWhoIsSafe", () => {
  it("asks only while somebody's safety is at stake", () => {
    expect(asksWhoIsSafe(alert({}), NOW)).toBe(true);
    expect(asksWhoIsSafe(alert({ severity: "extreme" }), NOW)).toBe(true);
    expect(asksWhoIsSafe(alert({ severity: "moderate" }), NOW)).toBe(false);
    expect(asksWhoIsSafe(alert({ is_drill: true }), NOW)).toBe(false);
    expect(asksWhoIsSafe(alert({ state: "expired" }), NOW)).toBe(false);
  });
});

describe("the past", () => {
  it("begins with what was said last, whatever the server puts first", () => {
    const [old, newer] = ["2026-08-10T01:00:00Z", "2026-08-10T09:00:00Z"].map((published_at) => ({ published_at }));
    expect(newestFirst([old!, newer!])).toEqual([newer, old]);
  });
});

describe("headlineNamesLook", () => {
  it.each([
    ["Đã yên: nước đã rút", true],
    ["đã yên, đường thông", true],
    ["Đã rút lại: ví nhặt được", true],
    ["Rút lại: ví nhặt được", true],
    ["All clear: the road is open", true],
    ["Withdrawn: a wallet found", true],
    ["Đã yêng hùng", false],
    ["Nước đã rút", false],
  ])("“%s”: %s", (headline, says) => {
    expect(headlineNamesLook(headline)).toBe(says);
  });
});
