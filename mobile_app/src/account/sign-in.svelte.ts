/** Signing in: first the phone number, then the code. */
import { api, unwrap } from "../lib/api";
import { ApiError } from "../lib/problem";
import { startSession } from "./account";
import { deviceName } from "./device-name";
import { type SentCode, pendingSignIn } from "./pending-sign-in";

/** answers after which only a new code helps */
const INVALID = ["otp_locked", "otp_expired"];

export class SignIn {
  /** null while no code was asked for */
  sent = $state.raw<SentCode | null>(pendingSignIn.sent);
  /** seconds until a code may be sent again */
  wait = $state(0);
  /** the person went back to change the number */
  again = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    if (this.sent) this.#countDown();
  }

  /** The code that was sent cannot be right any more. */
  get codeInvalid(): boolean {
    return this.sent?.dead ?? false;
  }

  /** @throws ApiError, NetworkError */
  async sendCode(phone: string): Promise<void> {
    const answer = await unwrap(api.POST("/auth/otp", { body: { phone } })).catch((failed: unknown) => {
      if (failed instanceof ApiError && failed.code === "otp_too_many") this.#waitLonger(failed);
      throw failed;
    });
    this.#save({ phone, resendAt: Date.now() + answer.resend_in * 1000, length: answer.length });
    this.#countDown();
  }

  /** @throws ApiError, NetworkError */
  async enter(code: string): Promise<void> {
    if (!this.sent) return;
    const name = deviceName(navigator.userAgent);
    const body = { phone: this.sent.phone, code, ...(name && { device_name: name }) };
    const { token, resident } = await unwrap(api.POST("/auth/sessions", { body })).catch((failed: unknown) => {
      if (failed instanceof ApiError && INVALID.includes(failed.code)) this.#invalidate(failed);
      throw failed;
    });
    await startSession(token, resident);
    pendingSignIn.clear();
  }

  startOver(): void {
    this.again = true;
    this.#save(null);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #save(sent: SentCode | null): void {
    this.sent = sent;
    pendingSignIn.sent = sent;
  }

  #invalidate(refused: ApiError): void {
    if (!this.sent) return;
    this.#save({ ...this.sent, dead: true });
    this.#waitLonger(refused);
  }

  /** There is one countdown: until the server gives the next code. */
  #waitLonger({ body }: ApiError): void {
    if (!this.sent || !body.retry_after) return;
    this.#save({ ...this.sent, resendAt: Math.max(this.sent.resendAt, Date.now() + body.retry_after * 1000) });
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
