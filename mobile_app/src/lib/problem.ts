/** What a request can come to, as one type: the server's refusal, or no answer at all. */

export interface FieldProblem {
  field: string;
  code: string;
  detail: string;
}

/** RFC 9457 problem details as the API writes them. */
export interface ProblemBody {
  title: string;
  status: number;
  code: string;
  /** one or two sentences in the reader's language that say what to do */
  detail: string;
  errors?: FieldProblem[];
  /** seconds */
  retry_after?: number;
  /** what to read out to a technician */
  reference: string;
  params?: Record<string, unknown>;
}

/** The server answered, and refused. */
export class Refused extends Error {
  readonly body: ProblemBody;

  constructor(body: ProblemBody) {
    super(body.detail);
    this.name = "Refused";
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
    return this.body.errors?.find((error) => error.field === name || error.field.endsWith(`.${name}`))?.detail ?? null;
  }
}

/** No answer came: no network, or the server cannot be reached. */
export class Unreachable extends Error {
  /** seconds, when something in front of the server said how long to wait */
  readonly retryAfter: number | undefined;

  constructor(cause?: unknown, retryAfter?: number) {
    super("unreachable", { cause });
    this.name = "Unreachable";
    this.retryAfter = retryAfter;
  }
}

/** The server answers, but has too much to do. */
export function isBusy(error: unknown): boolean {
  return error instanceof Refused && error.status === 429;
}

/** Seconds that the other side asked to be left alone; undefined when it named none. */
export function askedToWait(error: unknown): number | undefined {
  if (error instanceof Refused) return error.body.retry_after;
  return error instanceof Unreachable ? error.retryAfter : undefined;
}

function isProblem(value: unknown): value is ProblemBody {
  return typeof value === "object" && value !== null && "code" in value && "detail" in value;
}

/** Read any error answer, also one that a proxy wrote instead of our server. */
export function refusal(status: number, body: unknown, headers = new Headers()): Refused | Unreachable {
  const seconds = Number(headers.get("Retry-After") ?? Number.NaN);
  const wait = seconds > 0 ? Math.ceil(seconds) : undefined;
  const retry = wait === undefined ? {} : { retry_after: wait };
  if (isProblem(body)) return new Refused({ ...retry, ...body, status: body.status ?? status });
  if (status === 502 || status === 503 || status === 504) return new Unreachable(status, wait);
  return new Refused({ ...retry, title: String(status), status, code: `http_${status}`, detail: "", reference: `HTTP-${status}` });
}
