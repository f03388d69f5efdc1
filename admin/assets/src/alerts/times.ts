/** The server reads these fields as Vietnam's time, wherever the computer thinks it is. Vietnam has no summer time. */
const VIETNAM_MS = 7 * 3_600_000;

/** The quick choices of an alert's end, as the value of a `datetime-local` field: `+3h`, `+7d` (to the end of that day), `today`. */
export function endAfter(now: Date, wanted: string): string {
  const at = new Date(now.getTime() + VIETNAM_MS);
  const amount = Number.parseInt(wanted.slice(1), 10);
  if (wanted.endsWith("h")) at.setUTCHours(at.getUTCHours() + amount);
  else if (wanted.endsWith("d")) at.setUTCDate(at.getUTCDate() + amount);
  if (!wanted.endsWith("h")) at.setUTCHours(23, 59);
  return fieldValue(at);
}

/** `23:59, 31/8` of a field's value, empty when it is none. */
export function endInWords(local: string): string {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? "" : `${two(at.getHours())}:${two(at.getMinutes())}, ${at.getDate()}/${at.getMonth() + 1}`;
}

/** `23:59, thứ Hai 31/8` of a field's value, empty when it is none: the way the server writes a moment. */
export function momentInWords(local: string, language: string): string {
  const at = new Date(local);
  if (Number.isNaN(at.getTime())) return "";
  const day = new Intl.DateTimeFormat(language, { weekday: "long" }).format(at).replace("Thứ", "thứ").replace("Nhật", "nhật");
  return `${two(at.getHours())}:${two(at.getMinutes())}, ${day} ${at.getDate()}/${at.getMonth() + 1}`;
}

function fieldValue(at: Date): string {
  return at.toISOString().slice(0, 16);
}

const two = (value: number): string => String(value).padStart(2, "0");
