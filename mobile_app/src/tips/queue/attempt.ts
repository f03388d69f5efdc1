/** Sending a tip or a message once, and what the answer means. Used by the page and by the service worker. */
import { type FieldError, readProblem } from "../../lib/problem";
import { withTimeout } from "../../lib/timeout";
import type { TipIn } from "../types";
import type { DelayReason } from "./entries";

/** What one attempt to send came to. */
export type Attempt<T> =
  | { outcome: "sent"; reply: T }
  | { outcome: "returned"; errors: FieldError[]; reference: string | null }
  /** the sign-in is no longer good: to be sent again without it */
  | { outcome: "signed-out" }
  | { outcome: "later"; trouble: DelayReason; retryAfter: number | null; reference: string | null };

export interface Sendable {
  address: "tips" | "tips/messages";
  /** the Idempotency-Key: fixed when the person pressed "send", the same for every attempt */
  key: string;
  language: "vi" | "en";
  /** sign-in of a person who gives their name; null for everything anonymous */
  token: string | null;
  body: FormData | string;
}

const TIMEOUT_MS = 90_000;
/** These 4xx say "not now" rather than "not this". */
const NOT_NOW = new Set([408, 425, 429]);

export function tipBody(tip: TipIn, photos: readonly File[]): FormData {
  const form = new FormData();
  form.append("tip", new Blob([JSON.stringify(tip)], { type: "application/json" }));
  for (const photo of photos) form.append("photos", photo, photo.name);
  return form;
}

/**
 * Send once and say what it came to. Carries no cookie, and a sign-in only when the person gave their name: it shows
 * the officer that the phone number is theirs.
 */
export async function attempt<T>(sendable: Sendable, base = "/api/v1"): Promise<Attempt<T>> {
  const headers: Record<string, string> = { "Idempotency-Key": sendable.key, "Accept-Language": sendable.language };
  if (typeof sendable.body === "string") headers["Content-Type"] = "application/json";
  if (sendable.token) headers.Authorization = `Bearer ${sendable.token}`;
  try {
    return await withTimeout(TIMEOUT_MS, async (signal) => {
      const response = await fetch(`${base}/${sendable.address}`, {
        method: "POST",
        headers,
        body: sendable.body,
        credentials: "omit",
        cache: "no-store",
        referrerPolicy: "no-referrer",
        signal,
      });
      return judge<T>(response.status, response.headers, await jsonOf(response));
    });
  } catch {
    return { outcome: "later", trouble: "unreachable", retryAfter: null, reference: null };
  }
}

/** Decide what an answer means for the entry in the queue. */
export function judge<T>(status: number, headers: Headers, body: unknown): Attempt<T> {
  if (status >= 200 && status < 300 && typeof body === "object" && body !== null) return { outcome: "sent", reply: body as T };
  if (status === 401) return { outcome: "signed-out" };
  const { code = "", detail = "", errors = [], retry_after: retryAfter = null, reference = null } = readProblem(body, headers);
  if (NOT_NOW.has(status)) return { outcome: "later", trouble: "patience", retryAfter, reference };
  if (status < 400 || status >= 500) return { outcome: "later", trouble: "server", retryAfter, reference };
  return { outcome: "returned", errors: errors.length > 0 ? errors : [{ field: "", code, detail }], reference };
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}
