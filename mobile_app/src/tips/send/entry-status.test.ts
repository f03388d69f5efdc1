import { describe, expect, it } from "vitest";
import { statusText } from "./entry-status";
import { t } from "./words";

const idle = { trying: 0, online: true };
const busy = { trying: 1, online: true };

describe("a tip in the send queue", () => {
  it("is said to be on its way while an attempt is", () => {
    expect(statusText({ state: "waiting", trouble: null }, busy)).toBe(t.outgoingSending);
    expect(statusText({ state: "waiting", trouble: "server" }, busy)).toBe(t.outgoingSending);
  });

  it("waits for a network when there is none, whatever had begun before", () => {
    expect(statusText({ state: "waiting", trouble: null }, { trying: 1, online: false })).toBe(t.outgoingWaiting);
    expect(statusText({ state: "waiting", trouble: null }, idle)).toBe(t.outgoingWaiting);
  });

  it("says what stopped it", () => {
    expect(statusText({ state: "waiting", trouble: "server" }, idle)).toBe(t.outgoingServer);
    expect(statusText({ state: "waiting", trouble: "patience" }, idle)).toBe(t.outgoingServer);
  });

  it("does not go on its way again when it has arrived or must be changed", () => {
    expect(statusText({ state: "sent", trouble: null }, busy)).toBe(t.outgoingSent);
    expect(statusText({ state: "returned", trouble: null }, busy)).toBe(t.outgoingReturned);
  });
});
