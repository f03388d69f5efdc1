import { describe, expect, it } from "vitest";
import { textLength } from "../lib/text";
import { type Draft, emptyDraft, isWorthSaving, toRequest } from "./draft";

const WARD = { code: "02215", name: "phường Ban Mai" };

function draft(changes: Partial<Draft> = {}): Draft {
  return { ...emptyDraft(), ward: WARD, category: "theft", text: "Mất xe đạp", ...changes };
}

describe("the request of a draft", () => {
  it("is anonymous unless the person gave a name", () => {
    expect(toRequest(draft({ name: "Lan", phone: "0912345678" }), "vi").identity).toBeNull();
    expect(toRequest(draft({ named: true, name: " Lan ", phone: "0912345678" }), "vi").identity).toEqual({
      name: "Lan",
      phone: "0912345678",
    });
  });

  it("carries the area or the pin, never both, and text in NFC", () => {
    const area = toRequest(draft({ place: { kind: "area", id: "a-1", name: "Tổ 7" }, text: "Trộm ".normalize("NFD") }), "en");
    expect(area).toMatchObject({ area_id: "a-1", location: null, text: "Trộm", language: "en" });
    const pin = toRequest(draft({ place: { kind: "pin", lat: 21.8, lon: 105.2 } }), "vi");
    expect(pin).toMatchObject({ area_id: null, location: { lat: 21.8, lon: 105.2 } });
  });

  it("counts characters as people do, and drops what nobody can see", () => {
    expect(textLength("Trộm".normalize("NFD"))).toBe(4);
    expect(toRequest(draft({ text: "a\u0000b\r\nc\u0007" }), "vi").text).toBe("ab\nc");
  });

  it("knows an untouched draft", () => {
    expect(isWorthSaving(emptyDraft())).toBe(false);
    expect(isWorthSaving(draft())).toBe(true);
  });
});
