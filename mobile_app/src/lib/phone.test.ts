import { describe, expect, it } from "vitest";
import { formatPhone } from "./phone";

describe("formatPhone", () => {
  it("writes a number as people do", () => {
    expect(formatPhone("+84912345678")).toBe("0912 345 678");
    expect(formatPhone("0912345678")).toBe("0912 345 678");
    expect(formatPhone("02839990000")).toBe("02839990000");
  });
});
