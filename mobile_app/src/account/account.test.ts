import "../doubles/browser";
import { beforeEach, describe, expect, it } from "vitest";
import { language } from "../lib/i18n.svelte";
import { type Ward, place } from "../lib/place.svelte";
import { session } from "../lib/session.svelte";
import { startSession, startSync } from "./account";

const ward = (code: string): Ward => ({ code, full_name: `Phường ${code}`, active: true }) as Ward;
const resident = (chosen: Ward | null) => ({
  id: "1", phone: "+84550000101", name: null, language: "vi" as const, ward: chosen, area: null, created_at: "2026-08-10T02:47:00Z",
});

/** what was sent to the account */
let told: unknown[];

startSync();

beforeEach(() => {
  session.end();
  told = [];
  globalThis.fetch = async (request) => {
    told.push(JSON.parse(await (request as Request).text()));
    return Response.json(resident(null));
  };
});

describe("what is chosen on the phone", () => {
  it("is the phone's alone while nobody is signed in", async () => {
    await place.chooseWard(ward("99001"));
    expect(told).toEqual([]);
  });

  it("is the account's too, and the choice is done when the account knows it", async () => {
    session.begin("secret");
    await place.chooseWard(ward("99002"));
    expect(told).toEqual([{ ward_code: "99002", area_id: null }]);
  });

  it("goes to the account when a resident signs in, with the language", async () => {
    await startSession("secret", resident(ward("99001")));
    expect(told).toEqual([{ ward_code: "99002", area_id: null, language: language.current }]);
    expect(place.ward?.code).toBe("99002");
  });

  it("stays when the account cannot be reached", async () => {
    session.begin("secret");
    globalThis.fetch = () => Promise.reject(new TypeError("no network"));
    await place.chooseWard(ward("99003"));
    expect(place.ward?.code).toBe("99003");
  });
});
