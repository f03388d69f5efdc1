import { describe, expect, it } from "vitest";
import { insideSentence, kindOf, language, localized, preferredLanguage } from "./i18n.svelte";

it.each([
  [["vi-VN", "en"], "vi"],
  [["en-GB", "vi"], "en"],
  [["ko-KR", "en-US"], "en"],
  [["fr"], "vi"],
  [[], "vi"],
])("a browser that speaks %j is answered in %s", (languages, answer) => {
  expect(preferredLanguage(languages)).toBe(answer);
});

describe("staff's texts", () => {
  it("keep an amount together", () => {
    expect(localized({ vi: "đòi 22.000 đ", en: null })).toBe("đòi 22.000\u00a0đ");
  });

  it("name a place inside a sentence", () => {
    expect(insideSentence("Phường Ban Mai")).toBe("phường Ban Mai");
    expect(insideSentence("Hà Nội")).toBe("Hà Nội");
  });

  it.each([
    ["Phường Ban Mai", "phường"],
    ["Xã Đồi Thông", "xã"],
    ["xã Đồi Thông", "xã"],
    ["Đặc khu Phú Quốc", "đặc khu"],
    ["", "địa phương"],
  ])("call %s what it is", (name, kind) => {
    expect(kindOf(name)).toBe(kind);
    language.use("en");
    expect(kindOf(name)).toBe("ward");
    language.use("vi");
  });
});
