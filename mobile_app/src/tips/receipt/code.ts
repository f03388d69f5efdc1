/**
 * The receipt: 80 random bits as 16 Crockford base32 characters and 2 check characters.
 *
 * The check characters are a Reed–Solomon code over GF(32) (x⁵+x²+1, α = 2, generator (x−α)(x−α²)), so one wrong
 * character can be located. It is never corrected for the reader: two mistakes may look like one, and a corrected
 * code could open nobody's tip. The group to look at is named instead.
 */

export const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export const LENGTH = 18;
const GROUP = 4;
const ORDER = 31;

const EXP: number[] = [];
const LOG: number[] = [];
for (let power = 0, value = 1; power < ORDER; power++) {
  EXP[power] = value;
  LOG[value] = power;
  value = value & 16 ? (value << 1) ^ 0b100101 : value << 1;
}

function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : EXP[(LOG[a]! + LOG[b]!) % ORDER]!;
}

/** The two check values of 16 data values: the remainder of m(x)·x² by x² + (α+α²)x + α³. */
function checkValues(data: readonly number[]): [number, number] {
  let high = 0;
  let low = 0;
  for (const value of data) {
    const carry = value ^ high;
    high = low ^ times(carry, EXP[1]! ^ EXP[2]!);
    low = times(carry, EXP[3]!);
  }
  return [high, low];
}

/** What is wrong with a typed receipt; groups count from 1 as the reader does. */
export type CodeError =
  | { why: "empty" }
  | { why: "short"; missing: number }
  | { why: "long"; extra: number }
  | { why: "letter"; letter: string; group: number }
  | { why: "marks"; letter: string; group: number }
  | { why: "check"; group: number | null; swapped: boolean };

export type ParsedReceipt = { ok: true; receipt: string } | { ok: false; error: CodeError };

const SEPARATORS = /[\s\-‐-―−_.·]/gu;

/** Typed text without separators, upper case, look-alikes replaced (O is 0, I and L are 1). */
export function normalise(typed: string): string {
  return typed
    .normalize("NFKC")
    .replace(SEPARATORS, "")
    .toUpperCase()
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
}

/** `7QK4M2XR…` as `7QK4-M2XR-9TVB-3HNE-C5`; also for what is not complete yet. */
export function formatReceipt(characters: string, separator = "-"): string {
  return receiptGroups(characters).join(separator);
}

/** The groups of a receipt, as they are shown and read aloud. */
export function receiptGroups(receipt: string): string[] {
  return [...normalise(receipt)].reduce<string[]>((all, character, index) => {
    if (index % GROUP === 0) all.push("");
    all[all.length - 1] += character;
    return all;
  }, []);
}

/** Parse a typed or scanned receipt: its canonical form, or the first thing that is wrong with it. */
export function parseReceipt(typed: string): ParsedReceipt {
  const characters = [...normalise(typed)];
  if (characters.length === 0) return { ok: false, error: { why: "empty" } };
  for (const [index, character] of characters.entries()) {
    if (ALPHABET.includes(character)) continue;
    const why = hasMarks(character) ? "marks" : "letter";
    return { ok: false, error: { why, letter: character, group: groupOf(index) } };
  }
  if (characters.length < LENGTH) return { ok: false, error: { why: "short", missing: LENGTH - characters.length } };
  if (characters.length > LENGTH) return { ok: false, error: { why: "long", extra: characters.length - LENGTH } };
  const values = characters.map((character) => ALPHABET.indexOf(character));
  if (isCodeword(values)) return { ok: true, receipt: formatReceipt(characters.join("")) };
  return { ok: false, error: errorIn(values) };
}

/** The receipt in a text as "Copy" makes it, with the address behind it; null in any other text. */
export function copiedReceipt(text: string): string | null {
  const [, start] = /^\s*((?:[0-9a-z]{4}[\s-]?){4}[0-9a-z]{2}).*:\/\//is.exec(text) ?? [];
  const reading = start === undefined ? null : parseReceipt(start);
  return reading?.ok ? reading.receipt : null;
}

/** The 0-based position of the one wrong character, or null when more than one must be wrong. */
export function locate(values: readonly number[]): number | null {
  const [first, second] = syndromes(values);
  if (first === 0 || second === 0) return null;
  const degree = (LOG[second]! - LOG[first]! + ORDER) % ORDER;
  const position = LENGTH - 1 - degree;
  return position >= 0 ? position : null;
}

/** A receipt from 16 characters of data; the server makes real ones, tests make theirs. */
export function withCheck(data: string): string {
  const values = [...data].map((character) => ALPHABET.indexOf(character));
  return formatReceipt(data + checkValues(values).map((value) => ALPHABET[value]).join(""));
}

function errorIn(values: readonly number[]): CodeError {
  const swap = swappedPair(values);
  // A swap is looked for first: a wrong character looks like a swap in 1 of 31 cases, a real swap looks like a wrong character elsewhere.
  if (swap !== null) return { why: "check", group: groupOf(swap), swapped: true };
  const position = locate(values);
  return { why: "check", group: position === null ? null : groupOf(position), swapped: false };
}

function swappedPair(values: readonly number[]): number | null {
  for (let left = 0; left + 1 < values.length; left++) {
    if (groupOf(left) !== groupOf(left + 1)) continue;
    const swapped = [...values];
    [swapped[left], swapped[left + 1]] = [swapped[left + 1]!, swapped[left]!];
    if (isCodeword(swapped)) return left;
  }
  return null;
}

function syndromes(values: readonly number[]): [number, number] {
  const at = (power: number) => values.reduce((sum, value) => times(sum, EXP[power]!) ^ value, 0);
  return [at(1), at(2)];
}

function isCodeword(values: readonly number[]): boolean {
  const [first, second] = syndromes(values);
  return first === 0 && second === 0;
}

function groupOf(index: number): number {
  return Math.floor(index / GROUP) + 1;
}

/** Vietnamese keyboards turn "AS" into "Á" and "DD" into "Đ"; that deserves words of its own. */
function hasMarks(character: string): boolean {
  return character === "Đ" || /\p{Diacritic}|\p{Mark}/u.test(character.normalize("NFD"));
}
