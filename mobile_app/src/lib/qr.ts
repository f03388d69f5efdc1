/** QR codes: drawing one, and reading one from a picture or the camera. The libraries are loaded when they are needed. */

export interface Qr {
  /** modules along one side */
  size: number;
  /** the dark modules as an SVG path, one unit per module */
  path: string;
  dark: readonly (readonly boolean[])[];
}

/** Medium correction: a crumpled or dirty picture still reads, and the code stays coarse. */
export async function drawQr(text: string): Promise<Qr> {
  const { encodeQR } = await import("qr");
  const bordered = encodeQR(text, "raw", { ecc: "medium", border: 1 });
  const dark = bordered.slice(1, -1).map((row) => row.slice(1, -1)); // the caller draws a wider border
  const path = dark.map((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : "")).join("")).join("");
  return { size: dark.length, path, dark };
}

interface Detector {
  detect(source: ImageBitmapSource): Promise<{ rawValue: string }[]>;
}

type DetectorClass = (new (options: { formats: string[] }) => Detector) & { getSupportedFormats(): Promise<string[]> };

let detector: Promise<Detector | null> | null = null;

/** The browser's own reader, where there is one. */
async function ownDetector(): Promise<Detector | null> {
  const Class = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  try {
    const formats = (await Class?.getSupportedFormats()) ?? [];
    return Class && formats.includes("qr_code") ? new Class({ formats: ["qr_code"] }) : null;
  } catch {
    return null;
  }
}

/** The text of the QR code in a picture, or null when there is none to be read. */
export async function readQr(picture: ImageBitmap): Promise<string | null> {
  detector ??= ownDetector();
  const found = await (await detector)?.detect(picture).catch(() => []);
  if (found?.[0]) return found[0].rawValue;
  return readInPage(picture);
}

/** Large photos are read small first: faster, and noise between the modules disappears. */
async function readInPage(picture: ImageBitmap): Promise<string | null> {
  const { decodeQR } = await import("qr/decode.js");
  for (const longest of [800, 1600]) {
    try {
      return decodeQR(pixels(picture, longest));
    } catch {
      // not found at this size
    }
  }
  return null;
}

function pixels(picture: ImageBitmap, longest: number): ImageData {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no canvas");
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
