import { describe, expect, it } from "vitest";
import { fit, preparePhoto, sniff } from "./photos";

const bytes = (...values: (number | string)[]) =>
  new Uint8Array(values.flatMap((value) => (typeof value === "string" ? [...value].map((c) => c.charCodeAt(0)) : [value])));

describe("what a file is", () => {
  it.each([
    ["jpeg", bytes(0xff, 0xd8, 0xff, 0xe1)],
    ["png", bytes(0x89, "PNG")],
    ["webp", bytes("RIFF", 0, 0, 0, 0, "WEBP")],
    ["heic", bytes(0, 0, 0, 24, "ftypheic")],
    ["heic", bytes(0, 0, 0, 24, "ftypmif1")],
    ["other", bytes("%PDF-1.7")],
  ])("%s", (kind, head) => expect(sniff(head)).toBe(kind));

  it("trusts the bytes over the declared type", () => {
    expect(sniff(bytes("%PDF-1.7"), "application/pdf")).toBe("other");
    expect(sniff(bytes("GIF89a"), "image/gif")).toBe("image");
  });
});

it("fits the longest side and never enlarges", () => {
  expect(fit(4000, 3000)).toEqual({ width: 2048, height: 1536 });
  expect(fit(3000, 4000)).toEqual({ width: 1536, height: 2048 });
  expect(fit(640, 480)).toEqual({ width: 640, height: 480 });
  expect(fit(9000, 2)).toEqual({ width: 2048, height: 1 });
});

describe("without a decoder (as for HEIC in most browsers)", () => {
  it("sends HEIC as it is, up to 10 MB", async () => {
    const heic = new File([bytes(0, 0, 0, 24, "ftypheic", 1, 2)], "a.heic");
    expect(await preparePhoto(heic)).toMatchObject({ ok: true, type: "image/heic", asIs: true });
    const large = new File([bytes(0, 0, 0, 24, "ftypheic"), new Uint8Array(10 * 1024 * 1024)], "a.heic");
    expect(await preparePhoto(large)).toEqual({ ok: false, why: "large" });
  });

  it("says why a file is refused", async () => {
    expect(await preparePhoto(new File([], "a.jpg"))).toEqual({ ok: false, why: "empty" });
    expect(await preparePhoto(new File(["%PDF-1.7"], "a.jpg", { type: "image/jpeg" }))).toEqual({ ok: false, why: "kind" });
    expect(await preparePhoto(new File([bytes(0xff, 0xd8, 0xff, 0)], "a.jpg"))).toEqual({ ok: false, why: "broken" });
  });
});
