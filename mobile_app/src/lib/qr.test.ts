import { decodeQR } from "qr/decode.js";
import { expect, it } from "vitest";
import { drawQr } from "./qr";

it("draws a text that can be read again", async () => {
  const text = "7QK4-M2XR-9TVB-3HNE-C5";
  const { size, dark, path } = await drawQr(text);
  expect(path.match(/M/g)).toHaveLength(dark.flat().filter(Boolean).length);
  expect(decodeQR(picture(dark, size))).toBe(text);
});

/** Four pixels per module and a quiet zone of four modules, as on the slip. */
function picture(dark: readonly (readonly boolean[])[], size: number): { width: number; height: number; data: Uint8ClampedArray } {
  const side = (size + 8) * 4;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (dark[Math.floor(y / 4) - 4]?.[Math.floor(x / 4) - 4]) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  }
  return { width: side, height: side, data };
}
