import { t as common } from "../components/words";
import { ApiError } from "../lib/problem";
import { t } from "./words";

/** What to say when a request failed, beside a countdown that already shows the wait. */
export function errorText(error: unknown, field?: string): string {
  if (!(error instanceof ApiError)) return common.networkFailed;
  return (field && error.field(field)) || error.body.detail || common.tryLater;
}

/** The same, and how long to wait where the server says so. */
export function errorTextWithWait(error: unknown, field?: string): string {
  const text = errorText(error, field);
  const wait = error instanceof ApiError ? error.body.retry_after : undefined;
  if (!wait || /\d/.test(text)) return text;
  return `${text} ${wait > 90 ? t.waitMinutes(Math.ceil(wait / 60)) : t.waitSeconds(wait)}`;
}
