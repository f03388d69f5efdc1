/** What is wrong with a typed receipt, in words that help to find it. */
import { f } from "./i18n-follow";
import type { ReceiptFault } from "./receipt";

const GROUPS = ["group1", "group2", "group3", "group4", "group5"] as const;

export function groupWord(group: number): string {
  return f[GROUPS[Math.min(Math.max(group, 1), 5) - 1] ?? "group1"];
}

export function faultWords(fault: ReceiptFault): string {
  switch (fault.why) {
    case "empty":
      return f.faultEmpty;
    case "short":
      return f.faultShort(fault.missing);
    case "long":
      return f.faultLong(fault.extra);
    case "letter":
      return f.faultLetter(fault.letter, groupWord(fault.group));
    case "marks":
      return f.faultMarks(fault.letter, groupWord(fault.group));
    case "check":
      if (fault.group === null) return f.faultSomewhere;
      return fault.swapped ? f.faultSwapped(groupWord(fault.group)) : f.faultCheck(groupWord(fault.group));
  }
}
