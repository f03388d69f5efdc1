import { answer } from "../doubles/browser";
import { beforeEach, describe, expect, it } from "vitest";
import { api, ask } from "../lib/api";
import { session } from "../lib/session.svelte";
import { signInMemory } from "../lib/sign-in-memory";
import { forgetAccount } from "./account.svelte";
import { SignIn } from "./sign-in.svelte";

const PHONE = "0550 000 101";
const RESIDENT = { id: "1", phone: "+84550000101", name: null, language: "vi", ward: null, area: null, created_at: "2026-08-10T02:47:00Z" };

const kept = (): unknown[] => [sessionStorage.getItem("sign-in-phone"), sessionStorage.getItem("sign-in")];

beforeEach(() => {
  signInMemory.phone = PHONE;
  signInMemory.sent = { phone: PHONE, resendAt: Date.now(), length: 6 };
});

describe("the number typed to sign in", () => {
  it("outlives the trip to the SMS app", () => {
    expect(signInMemory.phone).toBe(PHONE);
    expect(new SignIn().sent?.phone).toBe(PHONE);
  });

  it("is forgotten when the sign-in is done", async () => {
    const signIn = new SignIn();
    answer({ token: "secret", expires_at: "2026-11-10T02:47:00Z", resident: RESIDENT }, 201);
    await signIn.enter("123456");
    expect(session.signedIn).toBe(true);
    expect(kept()).toEqual([null, null]);
    signIn.stop();
  });

  it("is forgotten when a person signs out", async () => {
    session.begin("secret");
    await forgetAccount();
    expect(kept()).toEqual([null, null]);
  });

  it("is forgotten when the session was ended elsewhere", async () => {
    session.begin("secret");
    answer({ title: "", status: 401, code: "session_expired", detail: "x", reference: "R" }, 401);
    await ask(api.GET("/me")).catch(() => undefined);
    expect(session.expired).toBe(true);
    expect(kept()).toEqual([null, null]);
  });
});
