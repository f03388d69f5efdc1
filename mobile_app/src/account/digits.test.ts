import { describe, expect, it } from "vitest";
import { digitsOf } from "./digits";

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
