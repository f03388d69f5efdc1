import { describe, expect, it } from "vitest";
import { clockTime, copyMoment, dayName, daysBetween, endedAt, fullMoment, hourOf, promisedMoment, shortMoment, until, untilShort } from "./dates";

const NOW = "2026-08-11T01:00:00Z"; // 08:00, Tuesday 11 August in Vietnam

describe("dates are the ward's, wherever the phone is", () => {
  it("names the day with its weekday", () => {
    expect(dayName("2026-08-31T05:00:00Z", "vi")).toBe("thứ Hai 31/8");
    expect(dayName("2026-08-31T05:00:00Z", "en")).toBe("Monday 31 August");
    expect(dayName("2026-08-16T05:00:00Z", "vi")).toBe("Chủ nhật 16/8");
  });

  it("counts a late evening in UTC as the next day in Vietnam", () => {
    expect(dayName("2026-08-10T17:30:00Z", "vi")).toBe("thứ Ba 11/8");
    expect(clockTime("2026-08-10T17:30:00Z")).toBe("00:30");
    expect(hourOf("2026-08-10T17:30:00Z")).toBe(0);
    expect(daysBetween("2026-08-10T16:59:00Z", "2026-08-10T17:00:00Z")).toBe(1);
  });

  it("names a promised minute", () => {
    expect(promisedMoment("2026-08-16T03:00:00Z", "vi")).toBe("10:00 Chủ nhật 16/8");
    expect(promisedMoment("2026-08-16T03:00:00Z", "en")).toBe("10:00 on Sunday 16 August");
  });

  it("writes a moment in full", () => {
    expect(fullMoment("2026-08-11T00:30:00Z", "vi")).toBe("07:30, thứ Ba 11/8/2026");
    expect(fullMoment("2026-08-11T00:30:00Z", "en")).toBe("Tuesday 11 August 2026, 07:30");
  });
});

describe("shortMoment", () => {
  it.each([
    ["2026-08-11T00:30:00Z", "07:30", "07:30"],
    ["2026-08-10T09:05:00Z", "hôm\u00a0qua", "yesterday"],
    ["2026-08-08T09:05:00Z", "08/8", "8 Aug"],
    ["2025-12-31T05:00:00Z", "31/12/2025", "31 Dec 2025"],
  ])("%s is %s, %s", (moment, vi, en) => {
    expect(shortMoment(moment, "vi", NOW)).toBe(vi);
    expect(shortMoment(moment, "en", NOW)).toBe(en);
  });
});

describe("until", () => {
  it.each([
    ["2026-08-15T16:59:00Z", "đến hết thứ Bảy 15/8", "until Saturday 15 August"],
    ["2026-08-15T17:00:00Z", "đến hết thứ Bảy 15/8", "until Saturday 15 August"],
    ["2026-08-15T10:30:00Z", "đến 17:30 thứ Bảy 15/8", "until 17:30, Saturday 15 August"],
    ["2026-08-11T10:30:00Z", "đến 17:30 hôm nay", "until 17:30 today"],
    ["2026-08-11T16:59:00Z", "đến hết hôm nay", "until the end of today"],
    ["2026-08-12T03:00:00Z", "đến 10:00 ngày mai", "until 10:00 tomorrow"],
  ])("%s: %s", (moment, vi, en) => {
    expect(until(moment, "vi", NOW)).toBe(vi);
    expect(until(moment, "en", NOW)).toBe(en);
  });
});

describe("untilShort", () => {
  it.each([
    ["2026-08-12T03:00:00Z", "đến 10:00 ngày mai", "until 10:00 tomorrow"],
    ["2026-08-15T10:30:00Z", "đến thứ Bảy 15/8", "until Saturday 15 Aug"],
    ["2026-08-15T17:00:00Z", "đến hết thứ Bảy 15/8", "until Saturday 15 Aug"],
    ["2026-08-31T10:30:00Z", "đến 31/8", "until 31 Aug"],
    ["2026-08-31T16:59:00Z", "đến hết 31/8", "until 31 Aug"],
  ])("keeps to one line, %s: %s, %s", (moment, vi, en) => {
    expect(untilShort(moment, "vi", NOW)).toBe(vi);
    expect(untilShort(moment, "en", NOW)).toBe(en);
  });
});

describe("endedAt", () => {
  it.each([
    ["2026-08-10T10:00:00Z", "lúc 17:00 thứ Hai 10/8", "17:00, Monday 10 August"],
    ["2026-08-09T16:59:00Z", "Chủ nhật 9/8", "Sunday 9 August"],
    ["2025-12-31T17:00:00Z", "thứ Tư 31/12/2025", "Wednesday 31 December 2025"],
  ])("%s: %s", (moment, vi, en) => {
    expect(endedAt(moment, "vi", NOW)).toBe(vi);
    expect(endedAt(moment, "en", NOW)).toBe(en);
  });
});

describe("copyMoment", () => {
  it("adds the day when the copy is not from today", () => {
    expect(copyMoment("2026-08-11T00:42:00Z", "vi", NOW)).toBe("07:42");
    expect(copyMoment("2026-08-10T00:42:00Z", "vi", NOW)).toBe("07:42, thứ Hai 10/8");
  });
});
