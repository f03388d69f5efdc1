/**
 * The one tip being written. It is stored as an encrypted record on the phone, with a record for each photo. Phones hold
 * such records already: the names of their fields must stay.
 */
import type { FieldError } from "../lib/problem";
import { cleanText } from "../lib/text";
import type { Category, Occurred, TipIn } from "./types";

export interface DraftPhoto {
  id: string;
  /** the file's name on this phone; never sent, only to tell the person which photo is meant */
  original: string;
  type: string;
  /** bytes */
  size: number;
  /** sent unchanged (HEIC that this browser cannot open): the server strips it */
  asIs: boolean;
}

export type DraftPlace =
  | { kind: "none" }
  | { kind: "area"; id: string; name: string }
  | { kind: "pin"; lat: number; lon: number };

export interface Draft {
  ward: { code: string; name: string } | null;
  step: 1 | 2 | 3;
  category: Category | null;
  text: string;
  occurred: Occurred | null;
  place: DraftPlace;
  named: boolean;
  name: string;
  phone: string;
  photos: DraftPhoto[];
  /** what the server refused when this tip was sent before */
  faults: FieldError[];
  /** ms since the epoch */
  changedAt: number;
}

export const MAX_TEXT = 5000;
export const MAX_PHOTOS = 5;
export const DRAFT_RECORD = "draft";

export function emptyDraft(): Draft {
  return {
    ward: null, step: 1, category: null, text: "", occurred: null, place: { kind: "none" },
    named: false, name: "", phone: "", photos: [], faults: [], changedAt: 0,
  };
}

/** Whether there is anything in it that a person would miss. */
export function isWorthSaving(draft: Draft): boolean {
  return draft.text.trim() !== "" || draft.photos.length > 0 || draft.category !== null;
}

/** The draft as the request that the server takes. */
export function toRequest(draft: Draft, language: "vi" | "en"): TipIn {
  if (!draft.ward || !draft.category) throw new Error("a tip needs a ward and a category");
  return {
    ward_code: draft.ward.code,
    category: draft.category,
    text: cleanText(draft.text),
    occurred: draft.occurred,
    area_id: draft.place.kind === "area" ? draft.place.id : null,
    location: draft.place.kind === "pin" ? { lat: draft.place.lat, lon: draft.place.lon } : null,
    identity: draft.named ? { name: draft.name.normalize("NFC").trim(), phone: draft.phone.trim() } : null,
    push: null,
    language,
  };
}

/** The name of the record with a photo's bytes. */
export function photoRecord(id: string): string {
  return `photo/${id}`;
}

/** The change of the vault that stores the draft. */
export function putDraft(draft: Draft): { put: string; value: Draft } {
  return { put: DRAFT_RECORD, value: draft };
}

/** The change of the vault that removes the draft: made in one transaction with the tip that it becomes. */
export const removeDraft = { remove: DRAFT_RECORD } as const;
