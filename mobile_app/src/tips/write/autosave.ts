/** Saving the draft while it is written. */
import { type Draft, DRAFT_RECORD, emptyDraft, photoRecord, putDraft, removeDraft } from "../draft";
import type { Change, Vault } from "../vault";

export type SaveState = "saved" | "saving" | "failed";

const PAUSE_MS = 200;

/**
 * One writer, so that the newest change wins. A change is written at once; while somebody types on, every PAUSE_MS. So a
 * page that is closed or killed loses a fifth of a second at most.
 */
export class DraftAutosave {
  private pending: Draft | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private writing: Promise<void> = Promise.resolve();
  private lastWrite = 0;

  /** @param onState told whether everything is on the phone, something waits to be written, or the phone refused it */
  constructor(
    private readonly vault: Vault,
    private readonly onState: (state: SaveState) => void = () => {},
  ) {}

  async load(): Promise<Draft | null> {
    const stored = await this.vault.read<Draft>(DRAFT_RECORD);
    return stored && { ...emptyDraft(), ...stored };
  }

  /** Save a change soon. */
  change(draft: Draft): void {
    this.pending = draft;
    this.onState("saving");
    const wait = Math.max(0, this.lastWrite + PAUSE_MS - Date.now());
    if (wait === 0 && !this.timer) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), wait);
  }

  /** Write now what is not written yet; for the moment the page is hidden or closed. */
  async flush(): Promise<void> {
    const draft = this.takePending();
    if (draft) await this.write(draft, []).catch(() => undefined);
    else await this.writing;
  }

  /**
   * Store a photo's bytes together with a draft that names it.
   * @throws DOMException when the phone has no room for it; the draft stored before stays
   */
  async addPhoto(draft: Draft, id: string, bytes: ArrayBuffer): Promise<void> {
    this.takePending();
    await this.write(draft, [{ put: photoRecord(id), bytes }]);
  }

  /** Remove a photo's bytes; `draft` no longer names it. */
  async removePhoto(draft: Draft, id: string): Promise<void> {
    this.takePending();
    await this.write(draft, [{ remove: photoRecord(id) }]);
  }

  photo(id: string): Promise<ArrayBuffer | null> {
    return this.vault.readBytes(photoRecord(id));
  }

  /** Delete the draft and its photos. */
  async discard(draft: Draft): Promise<void> {
    await this.release();
    await this.vault.change([removeDraft, ...draft.photos.map(({ id }) => ({ remove: photoRecord(id) }))]);
  }

  /** Stop saving without deleting: the draft becomes a queued tip. */
  async release(): Promise<void> {
    this.takePending();
    await this.writing;
    this.onState("saved");
  }

  /** The draft that was still to be written. */
  private takePending(): Draft | null {
    if (this.timer) clearTimeout(this.timer);
    const draft = this.pending;
    this.timer = null;
    this.pending = null;
    return draft;
  }

  private write(draft: Draft, changes: readonly Change[]): Promise<void> {
    this.lastWrite = Date.now();
    const written = this.writing.then(() => this.vault.change([putDraft(draft), ...changes]));
    this.writing = written.catch(() => undefined);
    return written.then(
      () => this.onState(this.pending ? "saving" : "saved"),
      (error: unknown) => {
        this.onState("failed");
        throw error;
      },
    );
  }
}
