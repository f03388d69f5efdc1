/** The tip being written, as the screens see it: one for the whole app, read from the phone once. */
import { SvelteMap } from "svelte/reactivity";
import { uuid } from "../lib/uuid";
import { type Draft, DraftKeeper, type DraftPhoto, type Kept, MAX_PHOTOS, emptyDraft, isWorthKeeping } from "./drafts";
import { type PhotoFault, prepare } from "./photos";
import { sending } from "./sending.svelte";
import { vault } from "./vault";

export interface RefusedPhoto {
  id: string;
  name: string;
  why: PhotoFault | "many" | "space";
}

class Writing {
  draft = $state.raw<Draft>(emptyDraft());
  ready = $state(false);
  /** whether everything typed is on the phone */
  kept = $state<Kept>("kept");
  /** false: this browser keeps no drafts */
  durable = $state(true);
  /** photos being prepared */
  preparing = $state(0);
  refused = $state.raw<RefusedPhoto[]>([]);
  /** object addresses of the photos that can be shown */
  readonly thumbs = new SvelteMap<string, string>();

  #keeper: DraftKeeper | null = null;
  #opened: Promise<void> | null = null;

  /** Read the draft from the phone; later calls wait for the first. */
  open(): Promise<void> {
    this.#opened ??= this.#load();
    return this.#opened;
  }

  get worthKeeping(): boolean {
    return isWorthKeeping(this.draft);
  }

  change(part: Partial<Draft>): void {
    this.draft = { ...this.draft, ...part, changedAt: Date.now() };
    this.#keeper?.change(this.draft);
  }

  /** The person has seen what the server refused about `field`. */
  mended(field: string): void {
    const faults = this.draft.faults.filter((fault) => !fault.field.endsWith(field));
    if (faults.length !== this.draft.faults.length) this.change({ faults });
  }

  async addPhotos(files: readonly File[]): Promise<void> {
    await this.open();
    this.refused = [];
    for (const file of files) await this.#addPhoto(file);
  }

  async removePhoto(id: string): Promise<void> {
    this.#dropThumb(id);
    this.#setPhotos(this.draft.photos.filter((photo) => photo.id !== id));
    await this.#keeper?.removePhoto(this.draft, id).catch(() => undefined);
  }

  dismiss(id: string): void {
    this.refused = this.refused.filter((photo) => photo.id !== id);
  }

  async discard(): Promise<void> {
    await this.#keeper?.discard(this.draft);
    this.#clear();
  }

  /** Hand the tip over to the send queue. From here on it is no draft any more. */
  async send(): Promise<void> {
    await this.#keeper?.release();
    await sending.queueTip(this.draft);
    this.#clear();
  }

  /** Take back what the server refused; the current draft must be empty. */
  async takeBack(entryId: string): Promise<boolean> {
    await this.open();
    const draft = await sending.reopen(entryId);
    if (!draft) return false;
    this.draft = draft;
    await this.#showThumbs();
    return true;
  }

  async #load(): Promise<void> {
    const store = await vault();
    this.durable = store.durable;
    this.#keeper = new DraftKeeper(store, (state) => (this.kept = state));
    this.draft = (await this.#keeper.load()) ?? emptyDraft();
    this.ready = true;
    const flush = (): void => void this.#keeper?.flush();
    addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", flush);
    await this.#showThumbs();
  }

  async #addPhoto(file: File): Promise<void> {
    if (this.draft.photos.length >= MAX_PHOTOS) return this.#refuse(file.name, "many");
    this.preparing += 1;
    try {
      const prepared = await prepare(file);
      if (!prepared.ok) return this.#refuse(file.name, prepared.why);
      const { bytes, type, asIs } = prepared;
      const photo = { id: uuid(), original: file.name, type, size: bytes.byteLength, asIs };
      if (!asIs) this.thumbs.set(photo.id, URL.createObjectURL(new Blob([bytes], { type })));
      await this.#keepPhoto(photo, bytes);
    } finally {
      this.preparing -= 1;
    }
  }

  async #keepPhoto(photo: DraftPhoto, bytes: ArrayBuffer): Promise<void> {
    // The draft names the photo before it is written: what is typed meanwhile must not be lost.
    this.#setPhotos([...this.draft.photos, photo]);
    try {
      await this.#keeper?.addPhoto(this.draft, photo.id, bytes);
    } catch {
      this.#dropThumb(photo.id);
      this.#setPhotos(this.draft.photos.filter(({ id }) => id !== photo.id));
      this.#refuse(photo.original, "space");
    }
  }

  #setPhotos(photos: DraftPhoto[]): void {
    this.draft = { ...this.draft, photos, changedAt: Date.now() };
  }

  #refuse(name: string, why: RefusedPhoto["why"]): void {
    this.refused = [...this.refused, { id: uuid(), name, why }];
  }

  async #showThumbs(): Promise<void> {
    for (const { id, type, asIs } of this.draft.photos) {
      const bytes = asIs || this.thumbs.has(id) ? null : await this.#keeper?.photo(id);
      if (bytes) this.thumbs.set(id, URL.createObjectURL(new Blob([bytes], { type })));
    }
  }

  #clear(): void {
    for (const id of [...this.thumbs.keys()]) this.#dropThumb(id);
    this.draft = emptyDraft();
    this.refused = [];
  }

  #dropThumb(id: string): void {
    const address = this.thumbs.get(id);
    if (address) URL.revokeObjectURL(address);
    this.thumbs.delete(id);
  }
}

export const writing = new Writing();
