/** The one tip being written: kept sealed on the phone at every keystroke, with its photos, until it is sent or discarded. */
import type { FieldError } from "../lib/problem";
import { cleanText } from "../lib/text";
import type { Category, Occurred, TipIn } from "./types";
import type { Change, Vault } from "./vault";

export interface DraftPhoto {
  id: string;
  /** the file's name on this phone; never sent, only to tell the person which photo is meant */
  original: string;
  type: string;
  /** bytes */
  size: number;
  /** sent as it is (HEIC that this browser cannot open): the server strips it */
  asIs: boolean;
}

export type Place =
  | { kind: "none" }
  | { kind: "area"; id: string; name: string }
  | { kind: "pin"; lat: number; lon: number };

export interface Draft {
  ward: { code: string; name: string } | null;
  step: 1 | 2 | 3;
  category: Category | null;
  text: string;
  occurred: Occurred | null;
  place: Place;
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
export const MAX_MESSAGE = 2000;
export const MAX_PHOTOS = 5;
const RECORD = "draft";
const PAUSE_MS = 200;

export function emptyDraft(): Draft {
  return {
    ward: null, step: 1, category: null, text: "", occurred: null, place: { kind: "none" },
    named: false, name: "", phone: "", photos: [], faults: [], changedAt: 0,
  };
}

/** Whether there is anything in it that a person would miss. */
export function isWorthKeeping(draft: Draft): boolean {
  return draft.text.trim() !== "" || draft.photos.length > 0 || draft.category !== null;
}

export function photoRecord(id: string): string {
  return `photo/${id}`;
}

/** The draft as the request the server takes. A pin wins no area: the person chose one of the two. */
export function tipOf(draft: Draft, language: "vi" | "en"): TipIn {
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

export type Kept = "kept" | "waiting" | "failed";

/**
 * Keeps the draft: one writer, the newest wins. A change is written at once; while somebody types on, every PAUSE_MS.
 * So a page that is closed or killed loses a fifth of a second at most.
 */
export class DraftKeeper {
  private pending: Draft | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private writing: Promise<void> = Promise.resolve();
  private lastWrite = 0;

  /** @param told whether everything is on the phone, something waits to be written, or the phone refused it */
  constructor(
    private readonly vault: Vault,
    private readonly told: (state: Kept) => void = () => {},
  ) {}

  async load(): Promise<Draft | null> {
    const stored = await this.vault.read<Draft>(RECORD);
    return stored && { ...emptyDraft(), ...stored };
  }

  /** Note a change. */
  change(draft: Draft): void {
    this.pending = draft;
    this.told("waiting");
    const wait = Math.max(0, this.lastWrite + PAUSE_MS - Date.now());
    if (wait === 0 && !this.timer) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), wait);
  }

  /** Write now what is not written yet; for the moment the page is hidden or closed. */
  async flush(): Promise<void> {
    const draft = this.drop();
    if (draft) await this.write(draft, []).catch(() => undefined);
    else await this.writing;
  }

  /**
   * Put a photo's bytes beside a draft that names it.
   * @throws DOMException when the phone has no room for it; the draft stored before stays
   */
  async addPhoto(draft: Draft, id: string, bytes: ArrayBuffer): Promise<void> {
    this.drop();
    await this.write(draft, [{ put: photoRecord(id), bytes }]);
  }

  /** Remove a photo's bytes; `draft` no longer names it. */
  async removePhoto(draft: Draft, id: string): Promise<void> {
    this.drop();
    await this.write(draft, [{ remove: photoRecord(id) }]);
  }

  photo(id: string): Promise<ArrayBuffer | null> {
    return this.vault.readBytes(photoRecord(id));
  }

  /** Forget the draft and its photos. */
  async discard(draft: Draft): Promise<void> {
    await this.release();
    await this.vault.change([draftGone, ...draft.photos.map(({ id }) => ({ remove: photoRecord(id) }))]);
  }

  /** Stop keeping without deleting: the draft has become something else (a queued tip). */
  async release(): Promise<void> {
    this.drop();
    await this.writing;
    this.told("kept");
  }

  /** What was still to be written. */
  private drop(): Draft | null {
    if (this.timer) clearTimeout(this.timer);
    const draft = this.pending;
    this.timer = null;
    this.pending = null;
    return draft;
  }

  private write(draft: Draft, changes: readonly Change[]): Promise<void> {
    this.lastWrite = Date.now();
    const written = this.writing.then(() => this.vault.change([draftBack(draft), ...changes]));
    this.writing = written.catch(() => undefined);
    return written.then(
      () => this.told(this.pending ? "waiting" : "kept"),
      (error: unknown) => {
        this.told("failed");
        throw error;
      },
    );
  }
}

/** The change that removes the draft in the same transaction as the tip it becomes. */
export const draftGone = { remove: RECORD } as const;

export function draftBack(draft: Draft): { put: string; value: Draft } {
  return { put: RECORD, value: draft };
}
