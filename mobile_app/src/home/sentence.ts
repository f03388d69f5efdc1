import { t } from "../i18n/alerts";
import type { Mood } from "./hero";

/** The sentence in the reader's language, in pieces that are kept on one line each. `when`: "Hôm nay", "Lúc 07:42"; `kind`: "xã". */
export function sayMood(mood: Mood, when: string, kind: string): string[] {
  const things = [];
  if (mood.danger) things.push(t.dangers(mood.danger));
  if (mood.care) things.push(t.cares(mood.care));
  if (!things.length) return [t.atPeace(when, kind)];
  return [t.there(when), ...things.map((thing, index) => thing + (index === things.length - 1 ? "." : ","))];
}
