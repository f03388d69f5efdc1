/** Where the refusals of the server belong on the screens. */
import { errorOf, type FieldError } from "../lib/problem";
import { t } from "./i18n";

const STEP_1 = ["ward_code", "category"];
const STEP_3 = ["identity", "name", "phone", "push", "language"];

/** What was refused about `field`. */
export function faultOf(faults: readonly FieldError[], field: string): string | null {
  const found = errorOf(faults, field);
  return found ? found.detail || t.returnedGeneric : null;
}

/** Words for what belongs to no field of a screen. */
export function generalFault(faults: readonly FieldError[]): string | null {
  const found = faults.find((fault) => fault.field === "" || STEP_1.includes(fault.field));
  if (!found) return null;
  return found.code === "unsure" ? t.returnedUnsure : found.detail || t.returnedGeneric;
}

/** The screen on which the first refusal can be mended. */
export function screenOf(faults: readonly FieldError[]): "/bao-tin" | "/bao-tin/ke" | "/bao-tin/gui" {
  const field = faults[0]?.field ?? "";
  if (STEP_1.includes(field)) return "/bao-tin";
  if (field === "" || STEP_3.some((name) => field === name || field.startsWith(`${name}.`))) return "/bao-tin/gui";
  return "/bao-tin/ke";
}
