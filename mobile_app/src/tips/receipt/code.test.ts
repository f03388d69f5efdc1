import { describe, expect, it } from "vitest";
import { ALPHABET, LENGTH, copiedReceipt, formatReceipt, receiptGroups, locate, normalise, parseReceipt, withCheck } from "./code";

const DATA = ["0000000000000000", "7QK4M2XR9TVB3HNE", "ZZZZZZZZZZZZZZZZ", "0123456789ABCDEF", "WXYZ000000000001"];

describe("reading a receipt", () => {
  it.each(DATA)("accepts its own check characters for %s", (data) => {
    expect(parseReceipt(withCheck(data))).toEqual({ ok: true, receipt: withCheck(data) });
  });

  it("reads look-alikes, case, spaces, hyphens and dashes kindly", () => {
    const receipt = withCheck("0011AAAABBBBCCCC");
    const typed = ` oOiL aaaa–bbbb cc cc_${receipt.slice(-2).toLowerCase()} `;
    expect(parseReceipt(typed)).toEqual({ ok: true, receipt });
  });

  it("shows groups of four and a last one of two", () => {
    expect(receiptGroups(withCheck("7QK4M2XR9TVB3HNE")).map((group) => group.length)).toEqual([4, 4, 4, 4, 2]);
    expect(formatReceipt("7QK4M2", " ")).toBe("7QK4 M2");
  });

  it("names what is missing, too much, or no character of a receipt", () => {
    expect(parseReceipt("")).toEqual({ ok: false, error: { why: "empty" } });
    expect(parseReceipt("7QK4")).toEqual({ ok: false, error: { why: "short", missing: 14 } });
    expect(parseReceipt(`${withCheck(DATA[1]!)}7`)).toEqual({ ok: false, error: { why: "long", extra: 1 } });
    expect(parseReceipt("7QK4-MUXR")).toEqual({ ok: false, error: { why: "letter", letter: "U", group: 2 } });
    expect(parseReceipt("7QK4-M2XR-9TÁB")).toEqual({ ok: false, error: { why: "marks", letter: "Á", group: 3 } });
    expect(parseReceipt("ĐQK4")).toEqual({ ok: false, error: { why: "marks", letter: "Đ", group: 1 } });
  });
});

describe("a receipt that was copied with its address", () => {
  const receipt = withCheck(DATA[1]!);

  it.each([`${receipt}\nMở tin tại https://example.vn/tin`, `${receipt}Mở tin tại https://example.vn/tin`, ` ${formatReceipt(receipt, " ").toLowerCase()} Opens at http://x/tin`])(
    "is found in %s",
    (text) => expect(copiedReceipt(text)).toBe(receipt),
  );

  it.each([receipt, `${receipt}7`, "https://example.vn/tin", `${receipt.slice(0, -1)}_\nhttps://example.vn/tin`])("is not looked for in %s", (text) => {
    expect(copiedReceipt(text)).toBeNull();
  });
});

describe("the check characters", () => {
  it.each(DATA)("locate every single wrong character of %s", (data) => {
    const right = valuesOf(withCheck(data));
    for (let position = 0; position < LENGTH; position++) {
      for (let value = 0; value < ALPHABET.length; value++) {
        if (value === right[position]) continue;
        const wrong = [...right];
        wrong[position] = value;
        expect(locate(wrong)).toBe(position);
      }
    }
  });

  it("name the group of a single wrong character", () => {
    const receipt = withCheck("7QK4M2XR9TVB3HNE");
    expect(parseReceipt(receipt.replace("9TVB", "9TVA"))).toEqual({
      ok: false,
      error: { why: "check", group: 3, swapped: false },
    });
  });

  it("name the group of two neighbours swapped", () => {
    for (const data of DATA.slice(3)) {
      const characters = [...normalise(withCheck(data))];
      for (let left = 0; left + 1 < LENGTH; left++) {
        if (left % 4 === 3 || characters[left] === characters[left + 1]) continue;
        const swapped = [...characters];
        [swapped[left], swapped[left + 1]] = [swapped[left + 1]!, swapped[left]!];
        expect(parseReceipt(swapped.join(""))).toEqual({
          ok: false,
          error: { why: "check", group: Math.floor(left / 4) + 1, swapped: true },
        });
      }
    }
  });

  it("do not pretend to know when they cannot", () => {
    const values = valuesOf(withCheck("7QK4M2XR9TVB3HNE"));
    // Two mistakes whose first syndrome cancels: no single place explains them.
    const wrong = [...values];
    wrong[17] = wrong[17]! ^ 2;
    wrong[16] = wrong[16]! ^ 1;
    expect(locate(wrong)).toBeNull();
  });
});

function valuesOf(receipt: string): number[] {
  return [...normalise(receipt)].map((character) => ALPHABET.indexOf(character));
}
