import { describe, expect, it } from "vitest";
import { deviceName } from "./device-name";
import { digitsOf } from "./digits";
import { formatPhone } from "../lib/phone";

describe("digitsOf", () => {
  it.each([
    ["123456", "123456"],
    ["123 456", "123456"],
    ["123-456", "123456"],
    ["Binh Yen: ma cua ban la 123456, dung trong 5 phut", "123456"],
    ["12a", "12"],
    ["1234567", "123456"],
    ["", ""],
  ])("%s gives %s", (typed, digits) => {
    expect(digitsOf(typed, 6)).toBe(digits);
  });
});

describe("deviceName", () => {
  it("says browser and system", () => {
    expect(deviceName("Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36")).toBe("Chrome, Android");
    expect(deviceName("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1")).toBe("Safari, iPhone");
    expect(deviceName("curl/8")).toBe("");
  });
});

describe("formatPhone", () => {
  it("writes a number as people do", () => {
    expect(formatPhone("+84912345678")).toBe("0912 345 678");
    expect(formatPhone("0912345678")).toBe("0912 345 678");
    expect(formatPhone("02839990000")).toBe("02839990000");
  });
});
