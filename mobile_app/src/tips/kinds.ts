/** Pictures of the kinds of tip and of its states; the words are in the dictionaries. */
import type { Category, TipStatus } from "./types";

export const categoryIcons: Record<Category, string> = {
  theft: "c-theft", scam: "c-scam", noise: "c-noise", infrastructure: "c-lamp", traffic: "c-traffic", fire: "flame",
  violence: "c-violence", child_trafficking: "c-child", drugs: "c-drug", loan_sharking: "c-loan", gambling: "c-dice",
  weapons: "c-weapon", environment: "c-leaf", other: "c-other",
};

/** Icon and colour of a status. None is red: a refused tip is no fault of the person who told it. */
export const statusLooks: Record<TipStatus, { icon: string; look: string }> = {
  received: { icon: "inbox", look: "received" },
  acknowledged: { icon: "eye", look: "acknowledged" },
  verifying: { icon: "search", look: "verifying" },
  transferred: { icon: "swap", look: "transferred" },
  resolved: { icon: "check", look: "resolved" },
  not_enough: { icon: "minus", look: "closed" },
  rejected: { icon: "minus", look: "closed" },
};

/** The schema types the status of a step in the trail as any text. */
export function isTipStatus(text: string | null): text is TipStatus {
  return text !== null && Object.hasOwn(statusLooks, text);
}
