import { t } from "../i18n/account";
import { t as common } from "../i18n/common";
import { Refused } from "../lib/problem";

/** The server's words about what failed, for where the wait counts down by itself. */
export function failureSaid(error: unknown, field?: string): string {
  if (!(error instanceof Refused)) return t.networkFailed;
  return (field && error.field(field)) || error.body.detail || common.tryLater;
}

/** What to say beside the field when a request failed: the server's words, and how long to wait where it says so. */
export function failureText(error: unknown, field?: string): string {
  const said = failureSaid(error, field);
  const wait = error instanceof Refused ? error.body.retry_after : undefined;
  if (!wait || /\d/.test(said)) return said;
  return `${said} ${wait > 90 ? t.waitMinutes(Math.ceil(wait / 60)) : t.waitSeconds(wait)}`;
}
