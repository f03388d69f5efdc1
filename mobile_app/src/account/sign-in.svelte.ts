/** Signing in: phone, then code. What was typed outlives the trip to the SMS app. */
import { api, ask } from "../lib/api";
import { Refused } from "../lib/problem";
import { type Sent, signInMemory } from "../lib/sign-in-memory";
import { welcome } from "./account.svelte";
import { deviceName } from "./device-name";

const DEAD = ["otp_locked", "otp_expired"];

export class SignIn {
  /** null while no code was asked for */
  sent = $state.raw<Sent | null>(signInMemory.sent);
  /** seconds until a code may be sent again */
  wait = $state(0);
  /** the person went back to change the number */
  again = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    if (this.sent) this.#countDown();
  }

  /** Whether only a new code helps. */
  get dead(): boolean {
    return this.sent?.dead ?? false;
  }

  /** @throws Refused, Unreachable */
  async sendCode(phone: string): Promise<void> {
    const answer = await ask(api.POST("/auth/otp", { body: { phone } })).catch((failed: unknown) => {
      if (failed instanceof Refused && failed.code === "otp_too_many") this.#waitLonger(failed);
      throw failed;
    });
    this.#keep({ phone, resendAt: Date.now() + answer.resend_in * 1000, length: answer.length });
    this.#countDown();
  }

  /** @throws Refused, Unreachable */
  async enter(code: string): Promise<void> {
    if (!this.sent) return;
    const name = deviceName(navigator.userAgent);
    const body = { phone: this.sent.phone, code, ...(name && { device_name: name }) };
    const { token, resident } = await ask(api.POST("/auth/sessions", { body })).catch((failed: unknown) => {
      if (failed instanceof Refused && DEAD.includes(failed.code)) this.#bury(failed);
      throw failed;
    });
    await welcome(token, resident);
    signInMemory.forget();
  }

  startOver(): void {
    this.again = true;
    this.#keep(null);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #keep(sent: Sent | null): void {
    this.sent = sent;
    signInMemory.sent = sent;
  }

  #bury(refused: Refused): void {
    if (!this.sent) return;
    this.#keep({ ...this.sent, dead: true });
    this.#waitLonger(refused);
  }

  /** The server says when the next code may be asked for: there is one countdown, and it is that one. */
  #waitLonger({ body }: Refused): void {
    if (!this.sent || !body.retry_after) return;
    this.#keep({ ...this.sent, resendAt: Math.max(this.sent.resendAt, Date.now() + body.retry_after * 1000) });
    this.#countDown();
  }

  #countDown(): void {
    clearInterval(this.#timer);
    const tick = (): void => {
      this.wait = Math.max(0, Math.ceil(((this.sent?.resendAt ?? 0) - Date.now()) / 1000));
      if (this.wait === 0) clearInterval(this.#timer);
    };
    this.#timer = setInterval(tick, 1000);
    tick();
  }
}
