/** The receipts that the server's tests read too: both sides must mean the same code. */
import { describe, expect, it } from "vitest";
import vectors from "../../../../tests/backend/receipt_vectors.json";
import { parseReceipt } from "./code";

describe("the server's receipts", () => {
  it.each(vectors.valid)("read $typed as the server does", ({ typed, text }) => {
    expect(parseReceipt(typed)).toEqual({ ok: true, receipt: text });
  });

  it.each(vectors.malformed)("refuse it as the server does: $why", ({ typed, group }) => {
    const parsed = parseReceipt(typed);
    expect(parsed.ok).toBe(false);
    const error = parsed.ok ? null : parsed.error;
    expect(error && "group" in error ? error.group : null).toBe(group);
  });
});
