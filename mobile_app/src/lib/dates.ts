/** Dates as people say them, always on the ward's clock (Asia/Ho_Chi_Minh), wherever the phone is. */
import type { Language } from "./i18n.svelte";

const ZONE = "Asia/Ho_Chi_Minh";
const WEEKDAYS = {
  vi: ["Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"],
  en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
} as const;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  weekday: number;
}

const formatter = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

export type Moment = string | number | Date;

function parts(moment: Moment): Parts {
  const found = Object.fromEntries(formatter.formatToParts(new Date(moment)).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = found;
  return { year, month, day, hour, minute, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
}

const two = (value: number): string => String(value).padStart(2, "0");

/** The hour of the ward's clock, 0 to 23. */
export function hourOf(moment: Moment): number {
  return parts(moment).hour;
}

/** `17:30` */
export function clockTime(moment: Moment): string {
  const { hour, minute } = parts(moment);
  return `${two(hour)}:${two(minute)}`;
}

/** `thứ Hai 31/8`, `Monday 31 August` */
export function dayName(moment: Moment, language: Language): string {
  const { weekday, day, month } = parts(moment);
  return language === "vi" ? `${WEEKDAYS.vi[weekday]} ${day}/${month}` : `${WEEKDAYS.en[weekday]} ${day} ${MONTHS[month - 1]}`;
}

/** A promised minute: `10:00 Chủ nhật 23/11`, `10:00 on Sunday 23 November` */
export function promisedMoment(moment: Moment, language: Language): string {
  return `${clockTime(moment)} ${language === "en" ? "on " : ""}${dayName(moment, language)}`;
}

/** `07:30, thứ Ba 11/8/2026`, `Tuesday 11 August 2026, 07:30` */
export function fullMoment(moment: Moment, language: Language): string {
  const { year } = parts(moment);
  return language === "vi"
    ? `${clockTime(moment)}, ${dayName(moment, "vi")}/${year}`
    : `${dayName(moment, "en")} ${year}, ${clockTime(moment)}`;
}

function dayNumber(moment: Moment): number {
  const { year, month, day } = parts(moment);
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

/** Days on the calendar from `from` to `to`: 0 on the same day, 1 on the next. */
export function daysBetween(from: Moment, to: Moment): number {
  return dayNumber(to) - dayNumber(from);
}

/** When something was said, short: `07:30` today, `hôm qua`, `08/8`, with the year when it is another one. */
export function shortMoment(moment: Moment, language: Language, now: Moment): string {
  const age = daysBetween(moment, now);
  if (age === 0) return clockTime(moment);
  if (age === 1) return language === "vi" ? "hôm\u00a0qua" : "yesterday";
  const { day, month, year } = parts(moment);
  const otherYear = year !== parts(now).year;
  if (language === "vi") return `${two(day)}/${month}${otherYear ? `/${year}` : ""}`;
  return `${day} ${MONTHS[month - 1]?.slice(0, 3)}${otherYear ? ` ${year}` : ""}`;
}

/** True when the moment is the last minute of a day or midnight: people say "to the end of the day". */
function endsTheDay(moment: Moment): boolean {
  const { hour, minute } = parts(moment);
  return (hour === 23 && minute >= 59) || (hour === 0 && minute === 0);
}

/** Midnight belongs to the day that ends with it. */
const minuteBefore = (moment: Moment): Date => new Date(new Date(moment).getTime() - 60_000);

/**
 * How long something holds, to be read after a verb: `đến hết thứ Bảy 15/8`, `đến 17:30 hôm nay`,
 * `until Monday 31 August`, `until 17:30 today`.
 */
export function until(moment: Moment, language: Language, now: Moment): string {
  const whole = endsTheDay(moment);
  const last = whole ? minuteBefore(moment) : moment;
  const ahead = daysBetween(now, last);
  const near = ahead === 0 ? { vi: "hôm nay", en: "today" } : ahead === 1 ? { vi: "ngày mai", en: "tomorrow" } : null;
  const day = near?.[language] ?? dayName(last, language);
  if (language === "vi") return whole ? `đến hết ${day}` : `đến ${clockTime(moment)} ${day}`;
  if (whole) return near ? `until the end of ${day}` : `until ${day}`;
  return near ? `until ${clockTime(moment)} ${day}` : `until ${clockTime(moment)}, ${day}`;
}

/**
 * `until` for a list, where it has one line: the hour matters only when it is near, the weekday within a week:
 * `đến 10:00 ngày mai`, `đến thứ Bảy 15/8`, `đến hết thứ Ba 18/8`, `đến hết 31/8`.
 */
export function untilShort(moment: Moment, language: Language, now: Moment): string {
  const whole = endsTheDay(moment);
  const last = whole ? minuteBefore(moment) : moment;
  const ahead = daysBetween(now, last);
  if (ahead < 2) return until(moment, language, now);
  const { day, month, weekday } = parts(last);
  const near = ahead < 7;
  if (language === "vi") return `đến ${whole ? "hết " : ""}${near ? dayName(last, "vi") : `${day}/${month}`}`;
  const date = `${day} ${MONTHS[month - 1]?.slice(0, 3)}`;
  return near ? `until ${WEEKDAYS.en[weekday]} ${date}` : `until ${date}`;
}

/** When something ended, for one line: `lúc 17:00 thứ Sáu 20/11`, `thứ Sáu 20/11` at the end of a day; with the year of another one. */
export function endedAt(moment: Moment, language: Language, now: Moment): string {
  const whole = endsTheDay(moment);
  const last = whole ? minuteBefore(moment) : moment;
  const { year } = parts(last);
  const other = year === parts(now).year ? "" : language === "vi" ? `/${year}` : ` ${year}`;
  const day = dayName(last, language) + other;
  if (whole) return day;
  return language === "vi" ? `lúc ${clockTime(moment)} ${day}` : `${clockTime(moment)}, ${day}`;
}

/** When a stored copy is from: `07:42`, or with its day when that was not today. */
export function copyMoment(moment: Moment, language: Language, now: Moment): string {
  return daysBetween(moment, now) === 0 ? clockTime(moment) : `${clockTime(moment)}, ${dayName(moment, language)}`;
}
