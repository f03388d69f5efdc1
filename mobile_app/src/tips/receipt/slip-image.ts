/** The receipt as a picture: it looks like paper, and can be read without the app. */
import type { Qr } from "../../lib/qr";
import { receiptGroups } from "./code";

export interface SlipWords {
  title: string;
  ward: string;
  promise: string;
  warning: string;
  /** where the receipt opens its tip */
  address: string;
}

const WIDTH = 720;
const MARGIN = 56;
/** where the sentences begin, and how far one line is from the next */
const BELOW = 790;
const LINE = 40;
const INK = "#14110B";
const SOFT_INK = "#544C3F";
const FONT = '"Be Vietnam Pro", system-ui, sans-serif';

/** Draw the slip; PNG. The file's name and content say nothing of what was told. */
export async function drawSlip(receipt: string, qr: Qr, words: SlipWords): Promise<Blob> {
  await Promise.all([document.fonts.load(`400 28px ${FONT}`), document.fonts.load(`600 28px ${FONT}`)]).catch(() => []);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  const below = [
    ...linesOf(context, words.promise, `600 28px ${FONT}`, INK),
    ...linesOf(context, words.address, `400 26px ${FONT}`, INK),
    ...linesOf(context, words.warning, `400 26px ${FONT}`, SOFT_INK),
  ];
  canvas.width = WIDTH;
  canvas.height = BELOW + below.length * LINE + 12;
  context.fillStyle = "#FFFFFF";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textAlign = "center";
  write(context, "Bình Yên", 70, `600 28px ${FONT}`, "#12543F");
  write(context, words.title, 122, `600 34px ${FONT}`);
  write(context, words.ward, 164, `400 26px ${FONT}`, SOFT_INK);
  drawModules(context, qr, 196, 400);
  const [first, second] = [receiptGroups(receipt).slice(0, 3), receiptGroups(receipt).slice(3)];
  write(context, first.join("   "), 668, `600 46px ${FONT}`);
  write(context, second.join("   "), 728, `600 46px ${FONT}`);
  for (const [index, { text, font, color }] of below.entries()) write(context, text, BELOW + index * LINE, font, color);
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png");
  });
}

interface Line {
  text: string;
  font: string;
  color: string;
}

function write(context: CanvasRenderingContext2D, text: string, y: number, font: string, color = INK): void {
  context.font = font;
  context.fillStyle = color;
  context.fillText(text, WIDTH / 2, y, WIDTH - 2 * MARGIN);
}

function drawModules(context: CanvasRenderingContext2D, qr: Qr, top: number, side: number): void {
  const module = Math.floor(side / qr.size);
  const left = Math.round((WIDTH - module * qr.size) / 2);
  context.fillStyle = INK;
  for (const [y, row] of qr.dark.entries()) {
    for (const [x, on] of row.entries()) if (on) context.fillRect(left + x * module, top + y * module, module, module);
  }
}

/** The lines that `text` takes, broken between words. */
function linesOf(context: CanvasRenderingContext2D, text: string, font: string, color: string): Line[] {
  context.font = font;
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && context.measureText(longer).width <= WIDTH - 2 * MARGIN) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => ({ text: line, font, color }));
}
