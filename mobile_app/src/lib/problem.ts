/** What can go wrong with a request: the server refused it, or no answer came. */
import type { Schemas } from "./schemas";

/** One thing the server refused about a field, in the reader's language. */
export type FieldError = Schemas["ProblemItem"];

/** RFC 9457 problem details as the API writes them. The `type` is always about:blank and nobody reads it. */
export type Problem = Omit<Schemas["Problem"], "type">;

/** The server answered, and refused. */
export class ApiError extends Error {
  readonly body: Problem;

  constructor(body: Problem) {
    super(body.detail);
    this.name = "ApiError";
    this.body = body;
  }

  get code(): string {
    return this.body.code;
  }

  get status(): number {
    return this.body.status;
  }

  /** The server is at fault, so trying again may help. */
  get isServerFault(): boolean {
    return this.status >= 500 || this.status === 429;
  }

  /** What is wrong with `field`, in the reader's language. */
  field(name: string): string | null {
    return errorOf(this.body.errors ?? [], name)?.detail ?? null;
  }
}

/** No answer came: no network, or the server cannot be reached. */
export class NetworkError extends Error {
  /** seconds, when a proxy in front of the server named them */
  readonly retryAfter: number | undefined;

  constructor(cause?: unknown, retryAfter?: number) {
    super("unreachable", { cause });
    this.name = "NetworkError";
    this.retryAfter = retryAfter;
  }
}

/** The server answers, but has too much to do. */
export function isRateLimited(error: unknown): boolean {
  return error instanceof ApiError && error.status === 429;
}

/** Seconds to wait before the next request, as the server asked in Retry-After; undefined when it named none. */
export function retryAfter(error: unknown): number | undefined {
  if (error instanceof ApiError) return error.body.retry_after;
  return error instanceof NetworkError ? error.retryAfter : undefined;
}

/** The error about `field`, also when it is named from further up (`identity.phone`). */
export function errorOf(errors: readonly FieldError[], field: string): FieldError | undefined {
  return errors.find((error) => error.field === field || error.field.endsWith(`.${field}`));
}

/** What an error answer says. Anything may be missing: a proxy may have written it instead of our server. */
export function readProblem(body: unknown, headers: Headers): Partial<Problem> {
  const problem: Partial<Problem> = isObject(body) ? body : {};
  const seconds = Number(problem.retry_after ?? headers.get("Retry-After") ?? Number.NaN);
  return {
    ...problem,
    errors: Array.isArray(problem.errors) ? problem.errors.filter(isObject) : [],
    ...(seconds > 0 && { retry_after: Math.ceil(seconds) }),
  };
}

/** The error for an answer that is not 2xx. */
export function toError(status: number, body: unknown, headers = new Headers()): ApiError | NetworkError {
  const problem = readProblem(body, headers);
  const { code, detail } = problem;
  if (code !== undefined && detail !== undefined) {
    return new ApiError({ title: "", reference: "", status, ...problem, code, detail });
  }
  if (status === 502 || status === 503 || status === 504) return new NetworkError(status, problem.retry_after);
  const wait = problem.retry_after === undefined ? {} : { retry_after: problem.retry_after };
  return new ApiError({ ...wait, title: String(status), status, code: `http_${status}`, detail: "", reference: `HTTP-${status}` });
}

function isObject<T>(value: T): value is T & object {
  return typeof value === "object" && value !== null;
}
