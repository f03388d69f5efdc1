/** What the tip endpoints take and give, and how a tip is put into one request. Used by the page and the service worker. */

export const CATEGORIES = [
  "theft", "scam", "noise", "infrastructure", "traffic", "fire", "violence", "child_trafficking",
  "drugs", "loan_sharking", "gambling", "weapons", "environment", "other",
] as const;
export type Category = (typeof CATEGORIES)[number];

export const OCCURRED = ["now", "today", "yesterday", "earlier"] as const;
export type Occurred = (typeof OCCURRED)[number];

export type TipStatus =
  | "received" | "acknowledged" | "verifying" | "transferred" | "resolved" | "not_enough" | "rejected";

/** Nothing more happens to these by itself. */
export const CLOSED_STATUSES: readonly TipStatus[] = ["transferred", "resolved", "not_enough", "rejected"];

export interface Location {
  lat: number;
  lon: number;
}

export interface Identity {
  name: string;
  phone: string;
}

export interface PushAddress {
  kind: "fcm_token" | "fcm_fid" | "webpush" | "console";
  token?: string;
  subscription?: { endpoint: string; keys: { p256dh: string; auth: string } };
  language: "vi" | "en";
}

export interface TipIn {
  ward_code: string;
  category: Category;
  text: string;
  occurred: Occurred | null;
  area_id: string | null;
  location: Location | null;
  identity: Identity | null;
  push: PushAddress | null;
  language: "vi" | "en";
}

export interface PhotoReply {
  name: string;
  accepted: boolean;
  code?: string | null;
  detail?: string | null;
}

export interface TipReply {
  receipt: string;
  number: number;
  ward_code: string;
  status: TipStatus;
  received_at: string;
  acknowledge_by: string;
  photos: PhotoReply[];
}

export interface TrailEntry {
  id: string;
  kind: "status" | "message";
  from: "reporter" | "staff";
  at: string;
  status: TipStatus | null;
  reason: string | null;
  text: string | null;
  office: string | null;
}

export interface Deadline {
  kind: "acknowledge" | "verify" | "answer";
  by: string;
  overdue: boolean;
}

export interface TipPhoto {
  id: string;
  name: string;
  width: number;
  height: number;
}

export interface OpenedTip {
  number: number;
  ward: { code: string; full_name: string };
  category: Category;
  status: TipStatus;
  text: string;
  occurred: Occurred | null;
  area: { id: string; name: string } | null;
  location: Location | null;
  identified: boolean;
  received_at: string;
  photos: TipPhoto[];
  trail: TrailEntry[];
  deadline: Deadline | null;
  can_write: boolean;
  push: boolean;
}

/** One thing the server refused about a field, in the sender's language. */
export interface Fault {
  field: string;
  code: string;
  detail: string;
}

/** What one attempt to send came to. */
export type Attempt<T> =
  | { outcome: "sent"; reply: T }
  | { outcome: "returned"; faults: Fault[]; reference: string | null }
  /** the sign-in is no longer good: to be sent again without it */
  | { outcome: "signed-out" }
  | { outcome: "later"; trouble: Trouble; retryAfter: number | null; reference: string | null };

/** Why it must be tried again: nobody answered, the server is at fault, or asks for patience. */
export type Trouble = "unreachable" | "server" | "patience";

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
const PATIENCE = new Set([408, 425, 429]);

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
    const response = await fetch(`${base}/${sendable.address}`, {
      method: "POST",
      headers,
      body: sendable.body,
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return judge<T>(response.status, response.headers, await jsonOf(response));
  } catch {
    return { outcome: "later", trouble: "unreachable", retryAfter: null, reference: null };
  }
}

/** Decide what an answer means for the thing in the queue. */
export function judge<T>(status: number, headers: Headers, body: unknown): Attempt<T> {
  const problem = isObject(body) ? body : {};
  const reference = typeof problem.reference === "string" ? problem.reference : null;
  if (status >= 200 && status < 300 && isObject(body)) return { outcome: "sent", reply: body as T };
  if (status === 401) return { outcome: "signed-out" };
  if (PATIENCE.has(status)) {
    return { outcome: "later", trouble: "patience", retryAfter: retryAfter(headers, problem), reference };
  }
  if (status >= 400 && status < 500) return { outcome: "returned", faults: faultsOf(problem), reference };
  return { outcome: "later", trouble: "server", retryAfter: retryAfter(headers, problem), reference };
}

function faultsOf(problem: Record<string, unknown>): Fault[] {
  const listed = Array.isArray(problem.errors) ? problem.errors.filter(isObject) : [];
  const faults = listed.map((error) => ({
    field: String(error.field ?? ""),
    code: String(error.code ?? ""),
    detail: String(error.detail ?? ""),
  }));
  if (faults.length > 0) return faults;
  return [{ field: "", code: String(problem.code ?? ""), detail: String(problem.detail ?? "") }];
}

function retryAfter(headers: Headers, problem: Record<string, unknown>): number | null {
  const seconds = Number(problem.retry_after ?? headers.get("Retry-After") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
