/** What is wrong with a typed receipt, in words that help to find it. */
import type { CodeError } from "./code";
import { t } from "./words";

const GROUPS = ["group1", "group2", "group3", "group4", "group5"] as const;

export function codeErrorText(error: CodeError): string {
  switch (error.why) {
    case "empty":
      return t.codeEmpty;
    case "short":
      return t.codeShort(error.missing);
    case "long":
      return t.codeLong(error.extra);
    case "letter":
      return t.codeLetter(error.letter, groupName(error.group));
    case "marks":
      return t.codeMarks(error.letter, groupName(error.group));
    case "check":
      if (error.group === null) return t.codeSomewhere;
      return error.swapped ? t.codeSwapped(groupName(error.group)) : t.codeCheck(groupName(error.group));
  }
}

/** `second` for 2. */
function groupName(group: number): string {
  return t[GROUPS[Math.min(Math.max(group, 1), GROUPS.length) - 1] ?? "group1"];
}
