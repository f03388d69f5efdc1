/**
 * A sign-in that has begun: what was typed outlives the trip to the SMS app. It is stored for this tab, until the sign-in
 * is done or given up.
 */

export interface SentCode {
  phone: string;
  /** ms since the epoch */
  resendAt: number;
  length: number;
  /** no digits are right any more: tried too often, used, or out of date */
  dead?: boolean;
}

const PHONE_KEY = "sign-in-phone";
const SENT_KEY = "sign-in";

export const pendingSignIn = {
  get phone(): string {
    return sessionStorage.getItem(PHONE_KEY) ?? "";
  },
  set phone(typed: string) {
    if (typed) sessionStorage.setItem(PHONE_KEY, typed);
    else sessionStorage.removeItem(PHONE_KEY);
  },
  /** where a code was sent; null while none was asked for */
  get sent(): SentCode | null {
    try {
      return JSON.parse(sessionStorage.getItem(SENT_KEY) ?? "null") as SentCode | null;
    } catch {
      return null;
    }
  },
  set sent(sent: SentCode | null) {
    if (sent) sessionStorage.setItem(SENT_KEY, JSON.stringify(sent));
    else sessionStorage.removeItem(SENT_KEY);
  },
  /** Nobody needs the number any more: the reader signed in or out, or the session ended elsewhere. */
  clear(): void {
    this.phone = "";
    this.sent = null;
  },
};
