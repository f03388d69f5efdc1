import { expect, test } from "vitest";

import { PRESETS } from "./presets";
import { endAfter, endInWords, momentInWords } from "./times";

/** 22:05 in Vietnam */
const NOW = new Date("2026-08-30T15:05:00Z");

test.each([
  ["+3h", "2026-08-31T01:05"],
  ["today", "2026-08-30T23:59"],
  ["+3d", "2026-09-02T23:59"],
  ["+7d", "2026-09-06T23:59"],
])("%s after the evening of 30 August", (wanted, end) => {
  expect(endAfter(NOW, wanted)).toBe(end);
});

test("an end in words, and none", () => {
  expect(endInWords("2026-08-31T09:05")).toBe("09:05, 31/8");
  expect(endInWords("")).toBe("");
});

test.each([
  ["2026-08-31T09:05", "vi", "09:05, thứ Hai 31/8"],
  ["2026-08-30T23:59", "vi", "23:59, Chủ nhật 30/8"],
  ["2026-08-31T09:05", "en", "09:05, Monday 31/8"],
  ["", "vi", ""],
])("%s in %s is %s", (local, language, words) => {
  expect(momentInWords(local, language)).toBe(words);
});

test("every kind has a whole preset", () => {
  for (const preset of Object.values(PRESETS)) {
    expect(Object.keys(preset).sort()).toEqual(["category", "certainty", "severity", "urgency"]);
  }
});
