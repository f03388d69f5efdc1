import { isRateLimited, ApiError } from "../lib/problem";
import { t } from "./words";

/** Why nothing could be loaded, in a few words. */
export function errorHeading(error: unknown): string {
  if (isRateLimited(error)) return t.serverBusy;
  return error instanceof ApiError ? t.serverFault : t.noConnection;
}
