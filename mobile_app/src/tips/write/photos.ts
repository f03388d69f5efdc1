/** Photos are shrunk and redrawn on the phone before they are sent; what a camera writes into the file is not sent. */

export const LONGEST_SIDE = 2048;
export const MAX_BYTES = 10 * 1024 * 1024;
const QUALITY = 0.85;

export type PhotoError = "empty" | "kind" | "broken" | "large";

export type Prepared =
  | { ok: true; bytes: ArrayBuffer; type: "image/jpeg" | "image/heic"; asIs: boolean }
  | { ok: false; why: PhotoError };

export type PhotoKind = "jpeg" | "png" | "webp" | "heic" | "image" | "other";

/** What the first bytes say a file is; names and declared types are often wrong. */
export function sniff(head: Uint8Array, declared = ""): PhotoKind {
  const ascii = (from: number, to: number) => String.fromCharCode(...head.subarray(from, to));
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return "jpeg";
  if (ascii(1, 4) === "PNG") return "png";
  if (ascii(0, 4) === "RIFF" && ascii(8, 12) === "WEBP") return "webp";
  if (ascii(4, 8) === "ftyp" && /^(?:hei[cxms]|hev[cxms]|mif1|msf1)$/.test(ascii(8, 12))) return "heic";
  return declared.startsWith("image/") ? "image" : "other";
}

/** The size that fits the longest side, never enlarged. */
export function fit(width: number, height: number, longest = LONGEST_SIDE): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Make a chosen file ready to be sent: upright JPEG, longest side 2,048, no metadata. */
export async function preparePhoto(file: File): Promise<Prepared> {
  if (file.size === 0) return { ok: false, why: "empty" };
  let kind: PhotoKind | null = null;
  try {
    kind = sniff(new Uint8Array(await file.slice(0, 16).arrayBuffer()), file.type);
    if (kind === "other") return { ok: false, why: "kind" };
    return { ok: true, bytes: await redraw(file), type: "image/jpeg", asIs: false };
  } catch {
    // `kind` is null when the file itself cannot be read, as with a picture that is only in somebody's cloud
    return kind === "heic" ? unchanged(file) : { ok: false, why: kind === "image" ? "kind" : "broken" };
  }
}

/** iPhones' HEIC opens in few browsers: it is sent unchanged, and the server redraws it. */
async function unchanged(file: File): Promise<Prepared> {
  if (file.size > MAX_BYTES) return { ok: false, why: "large" };
  return { ok: true, bytes: await file.arrayBuffer(), type: "image/heic", asIs: true };
}

async function redraw(file: Blob): Promise<ArrayBuffer> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    const size = fit(picture.width, picture.height);
    const canvas = document.createElement("canvas");
    canvas.width = size.width;
    canvas.height = size.height;
    const context = canvas.getContext("2d", { alpha: false });
    if (!context) throw new Error("no canvas");
    context.fillStyle = "#fff"; // a transparent screenshot would turn black
    context.fillRect(0, 0, size.width, size.height);
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, size.width, size.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!blob) throw new Error("no picture");
    return await blob.arrayBuffer();
  } finally {
    picture.close();
  }
}
