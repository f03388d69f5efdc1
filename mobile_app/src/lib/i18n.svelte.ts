/** The reader's language, and dictionaries that follow it. Vietnamese is the source; English has the same keys by type. */
import { Emitter } from "./emitter";

export type Language = "vi" | "en";

type Message = string | ((...values: never[]) => string);
type Messages = Record<string, Message>;

/** English for a Vietnamese dictionary: the same keys, and functions with the same parameters. */
export type Translated<M extends Messages> = {
  readonly [K in keyof M]: M[K] extends (...values: infer A) => string ? (...values: A) => string : string;
};

export interface Dictionary<M extends Messages> {
  readonly vi: M;
  readonly en: Translated<M>;
}

const STORAGE_KEY = "language";

/** The first of a browser's languages that the app speaks; Vietnamese when it speaks none of them. */
export function preferredLanguage(languages: readonly string[]): Language {
  const known = languages.map((tag) => tag.toLowerCase().split("-")[0]).find((name) => name === "vi" || name === "en");
  return known === "en" ? "en" : "vi";
}

function firstLanguage(): Language {
  if (typeof document === "undefined") return "vi";
  const saved = localStorage.getItem(STORAGE_KEY);
  return saved === "vi" || saved === "en" ? saved : preferredLanguage(navigator.languages);
}

let current = $state<Language>(firstLanguage());
const chosen = new Emitter<Language>();

export const language = {
  get current(): Language {
    return current;
  },
  get other(): Language {
    return current === "vi" ? "en" : "vi";
  },
  /** Switch the whole app and keep the choice on the phone. */
  use(next: Language): void {
    current = next;
    if (typeof localStorage !== "undefined") localStorage.setItem(STORAGE_KEY, next);
    if (typeof document !== "undefined") document.documentElement.lang = next;
    void chosen.emit(next);
  },
  /** Call `listener` whenever the reader has switched. */
  onChoice(listener: (next: Language) => void | Promise<void>): () => void {
    return chosen.on(listener);
  },
};

/**
 * One feature's texts in both languages. `t.title` is the text in the reader's language and changes with it:
 * `const t = texts(dictionary)`, then `{t.title}` or `{t.greeting(name)}` in a component.
 */
export function texts<const M extends Messages>(dictionary: Dictionary<M>): Translated<M> {
  return new Proxy({} as Translated<M>, {
    get: (_target, key) => dictionary[current][key as keyof M],
  });
}

/** Declares a dictionary; the compiler refuses English with a missing, an extra or a different message. */
export function dictionary<const M extends Messages>(vi: M, en: NoInfer<Translated<M>>): Dictionary<M> {
  return { vi, en };
}

export interface LocalizedText {
  vi: string;
  en?: string | null;
}

/** Amounts stay on one line: no break between a number and its đ or %. */
function bindAmounts(text: string): string {
  return text.replace(/(\d) (?=[đ%])/g, "$1\u00a0");
}

/** What staff wrote, in the reader's language where it exists, else in Vietnamese. */
export function localized(text: LocalizedText): string {
  return bindAmounts((current === "en" && text.en) || text.vi);
}

/** A place's full name in the middle of a sentence: `phường Ban Mai`, `tỉnh Minh Họa`; a bare name stays as it is. */
export function insideSentence(name: string): string {
  return name.replace(/^(?:Phường|Xã|Đặc khu|Tỉnh|Thành phố)(?= )/, (kind) => kind.toLowerCase());
}

/** The kind of a place in its full name, for sentences without the name: `phường`, `xã`, `đặc khu`; English has one word. */
export function kindOf(name: string): string {
  if (current === "en") return "ward";
  return /^(?:phường|xã|đặc khu)(?= )/i.exec(name)?.[0].toLowerCase() ?? "địa phương";
}

/** The `lang` attribute of staff's text: Vietnamese shown to an English reader is then read aloud as Vietnamese. */
export function languageOf(text: LocalizedText): Language | undefined {
  return current === "en" && !text.en ? "vi" : undefined;
}
