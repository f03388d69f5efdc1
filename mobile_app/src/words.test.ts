import { describe, expect, it } from "vitest";

type Texts = Record<string, string | ((...values: unknown[]) => string)>;

const modules = import.meta.glob<Record<string, unknown>>(["./**/words.ts", "./**/*-words.ts"], { eager: true });
const sources = import.meta.glob<string>("./**/*.{ts,svelte}", { query: "?raw", import: "default", eager: true });

const isDictionary = (value: unknown): value is { vi: Texts; en: Texts } =>
  typeof value === "object" && value !== null && Object.hasOwn(value, "vi") && Object.hasOwn(value, "en");

const dictionaries = Object.entries(modules).flatMap(([file, module]) =>
  Object.values(module)
    .filter(isDictionary)
    .map((dictionary) => [file, dictionary] as const),
);

/** Names and codes that are the same in both languages. */
const SAME = /^(?:Bình Yên|\/.*|[\d\s·:.,]*)$/;
/** A place may be a phường, a xã or a đặc khu: no text knows which. In English all are wards. */
const ONE_KIND = /phường(?!, xã)/i;
/** English words that have slipped onto Vietnamese screens elsewhere. */
const ENGLISH = /\b(?:the|you|your|error|loading|submit|cancel|back|please|offline|online|email|link|app|web|server)\b/i;

const said = (text: Texts[string]): string => (typeof text === "string" ? text : text("…", "…"));

describe.each(dictionaries)("%s", (_file, { vi, en }) => {
  it("has the same texts in both languages", () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort());
  });

  it("has no empty text, and no Vietnamese left untranslated", () => {
    for (const [key, text] of Object.entries(vi)) {
      expect(typeof en[key], key).toBe(typeof text);
      if (typeof text !== "string") continue;
      expect(text.trim(), key).not.toBe("");
      if (!SAME.test(text)) expect(en[key], key).not.toBe(text);
    }
  });

  it("speaks Vietnamese on Vietnamese screens, in composed letters", () => {
    for (const [key, text] of Object.entries(vi)) {
      if (typeof text !== "string" || key.startsWith("language") || key.startsWith("otherLanguage")) continue;
      expect(text, key).not.toMatch(ENGLISH);
      expect(text, key).toBe(text.normalize("NFC"));
    }
  });
});

it("stands in a file of words: there it is checked here, and looked for on Vietnamese screens", () => {
  const elsewhere = Object.entries(sources).filter(([file, source]) => !(file in modules) && /\bdictionary\(\s*\{/.test(source));
  expect(elsewhere.map(([file]) => file)).toEqual([]);
});

it("no text takes every place for a phường", () => {
  for (const [file, { vi }] of dictionaries) {
    for (const [key, text] of Object.entries(vi)) expect(said(text), `${file} ${key}`).not.toMatch(ONE_KIND);
  }
});
