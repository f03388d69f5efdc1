import { t } from "../i18n/common";
import { isBusy, Refused } from "../lib/problem";

/** Whose fault it is that nothing could be loaded, in a few words. */
export function headingOf(error: unknown): string {
  if (isBusy(error)) return t.serverBusy;
  return error instanceof Refused ? t.serverFault : t.noConnection;
}
