/** For whom an alert is, where it is not for the whole ward. Pure. */
import type { AlertSummary } from "./severity";

/** More names than this take a second line of a small phone. */
const NAMED = 2;

/**
 * The groups an alert is for, short enough for a list: both names of two, else one and how many others. The reader's own
 * comes first: that is the one they look for. Null when it is for everybody.
 */
export function onlyFor(areas: AlertSummary["areas"], home: string | undefined): { names: string; others: number } | null {
  const sorted = [...areas].sort((one, other) => Number(other.id === home) - Number(one.id === home));
  const shown = sorted.length > NAMED ? sorted.slice(0, 1) : sorted;
  if (shown.length === 0) return null;
  return { names: shown.map(({ name }) => shortName(name)).join(", "), others: sorted.length - shown.length };
}

/** "Tổ dân phố 7" is "Tổ 7" in everybody's mouth; the space that stays must not break. */
function shortName(name: string): string {
  return name.replace(/^Tổ dân phố /, "Tổ\u00a0");
}
