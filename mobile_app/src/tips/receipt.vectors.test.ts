/** The receipts that the server's tests read too: both sides must mean the same code. */
import { describe, expect, it } from "vitest";
import vectors from "../../../tests/backend/receipt_vectors.json";
import { read } from "./receipt";

describe("the server's receipts", () => {
  it.each(vectors.valid)("read $typed as the server does", ({ typed, text }) => {
    expect(read(typed)).toEqual({ ok: true, receipt: text });
  });

  it.each(vectors.malformed)("refuse it as the server does: $why", ({ typed, group }) => {
    const reading = read(typed);
    expect(reading.ok).toBe(false);
    const fault = reading.ok ? null : reading.fault;
    expect(fault && "group" in fault ? fault.group : null).toBe(group);
  });
});
