import { describe, expect, it } from "vitest";
import { t } from "./i18n";
import { outgoingWords } from "./entry-status";

const idle = { trying: 0, online: true };
const busy = { trying: 1, online: true };

describe("a tip in the send queue", () => {
  it("is said to be on its way while an attempt is", () => {
    expect(outgoingWords({ state: "waiting", trouble: null }, busy)).toBe(t.outgoingSending);
    expect(outgoingWords({ state: "waiting", trouble: "server" }, busy)).toBe(t.outgoingSending);
  });

  it("waits for a network when there is none, whatever had begun before", () => {
    expect(outgoingWords({ state: "waiting", trouble: null }, { trying: 1, online: false })).toBe(t.outgoingWaiting);
    expect(outgoingWords({ state: "waiting", trouble: null }, idle)).toBe(t.outgoingWaiting);
  });

  it("says what stopped it", () => {
    expect(outgoingWords({ state: "waiting", trouble: "server" }, idle)).toBe(t.outgoingServer);
    expect(outgoingWords({ state: "waiting", trouble: "patience" }, idle)).toBe(t.outgoingServer);
  });

  it("does not go on its way again when it has arrived or must be mended", () => {
    expect(outgoingWords({ state: "sent", trouble: null }, busy)).toBe(t.outgoingSent);
    expect(outgoingWords({ state: "returned", trouble: null }, busy)).toBe(t.outgoingReturned);
  });
});
