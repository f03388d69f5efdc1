/** For which areas an alert is, where it is not for the whole ward. Pure. */
import type { AlertSummary } from "./severity";

/** More names than this take a second line of a small phone. */
const MAX_NAMES = 2;

/**
 * The areas of an alert, short enough for a list: both names of two, else one and the number of the others. The reader's
 * own area comes first: that is the one they look for. Null when the alert is for everybody.
 */
export function areaNames(areas: AlertSummary["areas"], home: string | undefined): { names: string; others: number } | null {
  const sorted = [...areas].sort((one, other) => Number(other.id === home) - Number(one.id === home));
  const shown = sorted.length > MAX_NAMES ? sorted.slice(0, 1) : sorted;
  if (shown.length === 0) return null;
  return { names: shown.map(({ name }) => shortName(name)).join(", "), others: sorted.length - shown.length };
}

/** People say "Tổ 7" for "Tổ dân phố 7"; the space must not break. */
function shortName(name: string): string {
  return name.replace(/^Tổ dân phố /, "Tổ\u00a0");
}
