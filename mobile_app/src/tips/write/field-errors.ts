/** Which screen shows what the server refused, and in which words. */
import { errorOf, type FieldError } from "../../lib/problem";
import { t as tips } from "../words";
import { t } from "./words";

const STEP_1 = ["ward_code", "category"];
const STEP_3 = ["identity", "name", "phone", "push", "language"];

/** What the server refused about `field`. */
export function fieldErrorText(errors: readonly FieldError[], field: string): string | null {
  const found = errorOf(errors, field);
  return found ? found.detail || tips.returnedGeneric : null;
}

/** Words for what belongs to no field of a screen. */
export function generalErrorText(errors: readonly FieldError[]): string | null {
  const found = errors.find((error) => error.field === "" || STEP_1.includes(error.field));
  if (!found) return null;
  return found.code === "unsure" ? t.returnedUnsure : found.detail || tips.returnedGeneric;
}

/** The screen on which the first of them can be corrected. */
export function screenWithError(errors: readonly FieldError[]): "/bao-tin" | "/bao-tin/ke" | "/bao-tin/gui" {
  const field = errors[0]?.field ?? "";
  if (STEP_1.includes(field)) return "/bao-tin";
  if (field === "" || STEP_3.some((name) => field === name || field.startsWith(`${name}.`))) return "/bao-tin/gui";
  return "/bao-tin/ke";
}
