/** An input mask: groups a receipt while it is typed, and keeps the cursor in its place. */
import { formatReceipt, normalise } from "./code";

export interface Typed {
  value: string;
  cursor: number;
}

const SPACE = " ";

/** What the field should hold after a keystroke: groups of four, upper case; nothing that was typed is taken away. */
export function maskReceipt(value: string, cursor: number): Typed {
  const before = normalise(value.slice(0, cursor)).length;
  const shown = formatReceipt(value, SPACE);
  let seen = 0;
  let place = 0;
  while (place < shown.length && seen < before) {
    if (shown[place] !== SPACE) seen += 1;
    place += 1;
  }
  // After a full group the cursor stands behind the space, where the next character will go.
  if (shown[place] === SPACE) place += 1;
  return { value: shown, cursor: place };
}
