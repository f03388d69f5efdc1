import { expect, it } from "vitest";
import { toError, NetworkError } from "../lib/problem";
import { staleBanner } from "./stale-banner";

const AT = Date.parse("2026-08-11T00:30:00Z");

it.each([
  [new NetworkError(), /^Chưa nối được máy chủ\. Bản lưu lúc 07:30/],
  [toError(429, null), /^Máy chủ đang bận\. Bản lưu lúc 07:30/],
])("says why an old copy is shown: %s", (error, said) => {
  expect(staleBanner({ at: AT, error })).toMatch(said);
});

it("says nothing over the server's latest word", () => {
  expect(staleBanner({ at: AT, error: null })).toBeNull();
});
