/** The API client, typed by `src/api/schema.d.ts`, which is generated from the server's own declaration. */
import createClient, { type Middleware } from "openapi-fetch";
import type { paths } from "../api/schema";
import { language } from "./i18n.svelte";
import { NetworkError, toError } from "./problem";
import { session } from "./session.svelte";
import { withTimeout } from "./timeout";

const TIMEOUT_MS = 20_000;

/** The limit ends with the headers of the answer: a long body may take its time on a slow network. */
async function fetchWithTimeout(request: Request): Promise<Response> {
  try {
    return await withTimeout(TIMEOUT_MS, (signal) => fetch(request, { signal }));
  } catch (cause) {
    throw new NetworkError(cause);
  }
}

const sendLanguage: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept-Language", language.current);
  },
};

const authenticate: Middleware = {
  onRequest({ request }) {
    if (session.token) request.headers.set("Authorization", `Bearer ${session.token}`);
  },
  onResponse({ request, response }) {
    const sent = request.headers.get("Authorization");
    if (response.status === 401 && sent && sent === `Bearer ${session.token}`) session.expire();
  },
};

/** Requests of the resident who is signed in on this phone, if any. */
export const api = createClient<paths>({ baseUrl: "/api/v1", fetch: fetchWithTimeout });
api.use(sendLanguage, authenticate);

/** Requests that never carry the sign-in, even if there is one: for anonymous tips and receipts. */
export const anonymousApi = createClient<paths>({ baseUrl: "/api/v1", fetch: fetchWithTimeout });
anonymousApi.use(sendLanguage);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * The body of a successful answer.
 * @throws ApiError when the server said no, NetworkError when nobody answered.
 */
export async function unwrap<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer;
  if (response.ok) return data as T;
  throw toError(response.status, error, response.headers);
}
