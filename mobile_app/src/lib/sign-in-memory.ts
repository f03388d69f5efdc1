/** What was typed to sign in outlives the trip to the SMS app: for this tab, until the sign-in is done or over. */

export interface Sent {
  phone: string;
  /** ms since the epoch */
  resendAt: number;
  length: number;
  /** no digits are right any more: tried too often, used, or out of date */
  dead?: boolean;
}

const PHONE_KEY = "sign-in-phone";
const SENT_KEY = "sign-in";

export const signInMemory = {
  get phone(): string {
    return sessionStorage.getItem(PHONE_KEY) ?? "";
  },
  set phone(typed: string) {
    if (typed) sessionStorage.setItem(PHONE_KEY, typed);
    else sessionStorage.removeItem(PHONE_KEY);
  },
  /** where a code was sent; null while none was asked for */
  get sent(): Sent | null {
    try {
      return JSON.parse(sessionStorage.getItem(SENT_KEY) ?? "null") as Sent | null;
    } catch {
      return null;
    }
  },
  set sent(sent: Sent | null) {
    if (sent) sessionStorage.setItem(SENT_KEY, JSON.stringify(sent));
    else sessionStorage.removeItem(SENT_KEY);
  },
  /** The number is nobody's business any more: signed in, signed out, or the session has ended elsewhere. */
  forget(): void {
    this.phone = "";
    this.sent = null;
  },
};
