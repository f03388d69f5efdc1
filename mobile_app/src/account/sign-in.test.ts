import { answer } from "../doubles/browser";
import { beforeEach, describe, expect, it } from "vitest";
import { api, unwrap } from "../lib/api";
import { ApiError } from "../lib/problem";
import { session } from "../lib/session.svelte";
import { pendingSignIn } from "./pending-sign-in";
import { endSession, startSync } from "./account";
import { errorText, errorTextWithWait } from "./error-text";
import { SignIn } from "./sign-in.svelte";

const PHONE = "0550 000 101";
const RESIDENT = { id: "1", phone: "+84550000101", name: null, language: "vi", ward: null, area: null, created_at: "2026-08-10T02:47:00Z" };

const stored = (): unknown[] => [sessionStorage.getItem("sign-in-phone"), sessionStorage.getItem("sign-in")];

startSync();

beforeEach(() => {
  pendingSignIn.phone = PHONE;
  pendingSignIn.sent = { phone: PHONE, resendAt: Date.now(), length: 6 };
});

describe("the number typed to sign in", () => {
  it("outlives the trip to the SMS app", () => {
    expect(pendingSignIn.phone).toBe(PHONE);
    expect(new SignIn().sent?.phone).toBe(PHONE);
  });

  it("is forgotten when the sign-in is done", async () => {
    const signIn = new SignIn();
    answer({ token: "secret", expires_at: "2026-11-10T02:47:00Z", resident: RESIDENT }, 201);
    await signIn.enter("123456");
    expect(session.signedIn).toBe(true);
    expect(stored()).toEqual([null, null]);
    signIn.stop();
  });

  it("is forgotten when a person signs out", async () => {
    session.begin("secret");
    await endSession();
    expect(stored()).toEqual([null, null]);
  });

  it("is forgotten when the session was ended elsewhere", async () => {
    session.begin("secret");
    answer({ title: "", status: 401, code: "session_expired", detail: "x", reference: "R" }, 401);
    await unwrap(api.GET("/me")).catch(() => undefined);
    expect(session.expired).toBe(true);
    expect(stored()).toEqual([null, null]);
  });
});

describe("a code that is dead", () => {
  const refuse = (code: string, status: number, retry_after?: number): void =>
    answer({ title: "", status, code, detail: "x", reference: "R", ...(retry_after && { retry_after }) }, status);

  beforeEach(() => {
    session.end();
    pendingSignIn.sent = { phone: PHONE, resendAt: Date.now() + 20_000, length: 6 };
  });

  it("stays dead until a new one is asked for, also after a reload", async () => {
    const signIn = new SignIn();
    refuse("otp_locked", 429, 10);
    await signIn.enter("111111").catch(() => undefined);
    expect(signIn.codeInvalid).toBe(true);
    expect(new SignIn().codeInvalid).toBe(true);
    answer({ expires_in: 300, resend_in: 60, length: 6 }, 202);
    await signIn.sendCode(PHONE);
    expect(signIn.codeInvalid).toBe(false);
    signIn.stop();
  });

  it("is not what a wrong code or a lost network makes of it", async () => {
    const signIn = new SignIn();
    refuse("otp_wrong", 401);
    await signIn.enter("111111").catch(() => undefined);
    expect(signIn.codeInvalid).toBe(false);
    signIn.stop();
  });

  it("counts down to when the server gives the next one, never to earlier", async () => {
    const signIn = new SignIn();
    refuse("otp_locked", 429, 10);
    await signIn.enter("111111").catch(() => undefined);
    expect(signIn.wait).toBe(20);
    refuse("otp_too_many", 429, 1800);
    await signIn.sendCode(PHONE).catch(() => undefined);
    expect(signIn.wait).toBe(1800);
    expect(signIn.codeInvalid).toBe(true);
    signIn.stop();
  });
});

describe("what is said about it", () => {
  const refused = (detail: string) => new ApiError({ title: "", status: 429, code: "c", detail, retry_after: 56, reference: "R" });

  it("names the wait only where nothing counts down", () => {
    expect(errorTextWithWait(refused("Hãy xin mã mới."))).toBe("Hãy xin mã mới. Thử lại sau 56 giây.");
    expect(errorText(refused("Hãy xin mã mới."))).toBe("Hãy xin mã mới.");
  });
});
