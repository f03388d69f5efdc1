import { describe, expect, it } from "vitest";
import { formatPhone } from "./phone";

describe("formatPhone", () => {
  it("writes a number as people do", () => {
    expect(formatPhone("+84912345678")).toBe("0912 345 678");
    expect(formatPhone("0912345678")).toBe("0912 345 678");
    expect(formatPhone("+842839990000")).toBe("028 3999 0000");
    expect(formatPhone("+842033825123")).toBe("0203 382 5123");
    expect(formatPhone("113")).toBe("113");
  });
});
