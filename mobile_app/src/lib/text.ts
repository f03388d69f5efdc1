/** Text as the server stores it and as it searches. Pure. */

/** Characters that show nothing or turn the direction of what follows; the same as in the server's backend/text.py. */
const INVISIBLE = new RegExp(
  "[\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u2800\\u3164" +
    "\\ufeff\\uffa0\\ufff0-\\ufffb\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}]",
  "gu",
);

/** The text as the server stores it, without the control characters of pasted text that it would refuse. */
export function cleanText(text: string): string {
  return text
    .replace(INVISIBLE, "")
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "")
    .trim()
    .replace(/[^\S\n]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .normalize("NFC");
}

/** Characters as the server counts them. */
export function textLength(text: string): number {
  return [...cleanText(text)].length;
}

/** Case and diacritics do not matter when people search: "đ" is "d", "Ấ" is "a". Same rule as the server's. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/\s+/g, " ").trim();
}

/** Whether each word typed stands in the name: "to 12" finds "Tổ dân phố 12". */
export function containsWords(name: string, typed: string): boolean {
  const folded = fold(name);
  return fold(typed).split(" ").every((word) => folded.includes(word));
}
