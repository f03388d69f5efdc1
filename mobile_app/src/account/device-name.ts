/** What a person would call this phone, for the list of places they are signed in. Pure. */

const BROWSERS: readonly [RegExp, string][] = [
  [/Edg(?:e|A|iOS)?\//, "Edge"],
  [/coc_coc_browser/, "Cốc Cốc"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/OPR\/|Opera/, "Opera"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "Mac"],
  [/CrOS/, "Chromebook"],
  [/Linux/, "Linux"],
];

const first = (agent: string, known: readonly [RegExp, string][]): string | undefined => known.find(([pattern]) => pattern.test(agent))?.[1];

/** `Chrome, Android`; an empty string when the browser says nothing we know. */
export function deviceName(userAgent: string): string {
  return [first(userAgent, BROWSERS), first(userAgent, SYSTEMS)].filter(Boolean).join(", ");
}
