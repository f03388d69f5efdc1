/** The tip being written, as the screens see it: one for the whole app, read from the phone once. */
import { SvelteMap } from "svelte/reactivity";
import { uuid } from "../../lib/uuid";
import { type Draft, type DraftPhoto, MAX_PHOTOS, emptyDraft, isWorthSaving } from "../draft";
import { queue } from "../queue/queue.svelte";
import { vault } from "../vault";
import { DraftAutosave, type SaveState } from "./autosave";
import { type PhotoError, preparePhoto } from "./photos";

export interface RefusedPhoto {
  id: string;
  name: string;
  why: PhotoError | "many" | "space";
}

class Editor {
  draft = $state.raw<Draft>(emptyDraft());
  ready = $state(false);
  /** whether everything typed is on the phone */
  saveState = $state<SaveState>("saved");
  /** false: this browser stores no drafts */
  durable = $state(true);
  /** photos being prepared */
  preparing = $state(0);
  refused = $state.raw<RefusedPhoto[]>([]);
  /** object addresses of the photos that can be shown */
  readonly thumbnails = new SvelteMap<string, string>();

  #autosave: DraftAutosave | null = null;
  #opened: Promise<void> | null = null;

  /** Read the draft from the phone; later calls wait for the first. */
  open(): Promise<void> {
    this.#opened ??= this.#load();
    return this.#opened;
  }

  get worthSaving(): boolean {
    return isWorthSaving(this.draft);
  }

  change(part: Partial<Draft>): void {
    this.draft = { ...this.draft, ...part, changedAt: Date.now() };
    this.#autosave?.change(this.draft);
  }

  /** The person has changed `field`: what the server refused about it is settled. */
  clearError(field: string): void {
    const faults = this.draft.faults.filter((error) => !error.field.endsWith(field));
    if (faults.length !== this.draft.faults.length) this.change({ faults });
  }

  async addPhotos(files: readonly File[]): Promise<void> {
    await this.open();
    this.refused = [];
    for (const file of files) await this.#addPhoto(file);
  }

  async removePhoto(id: string): Promise<void> {
    this.#dropThumbnail(id);
    this.#setPhotos(this.draft.photos.filter((photo) => photo.id !== id));
    await this.#autosave?.removePhoto(this.draft, id).catch(() => undefined);
  }

  async discard(): Promise<void> {
    await this.#autosave?.discard(this.draft);
    this.#clear();
  }

  /** Hand the tip over to the send queue. From here on it is no draft any more. */
  async send(): Promise<void> {
    await this.#autosave?.release();
    await queue.addTip(this.draft);
    this.#clear();
  }

  /** Take a tip back from the send queue; the current draft must be empty. Returns false when it has been sent meanwhile. */
  async takeBack(entryId: string): Promise<boolean> {
    await this.open();
    const draft = await queue.takeBack(entryId);
    if (!draft) return false;
    this.draft = draft;
    await this.#showThumbnails();
    return true;
  }

  async #load(): Promise<void> {
    const store = await vault();
    this.durable = store.durable;
    this.#autosave = new DraftAutosave(store, (state) => (this.saveState = state));
    this.draft = (await this.#autosave.load()) ?? emptyDraft();
    this.ready = true;
    const flush = (): void => void this.#autosave?.flush();
    addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", flush);
    await this.#showThumbnails();
  }

  async #addPhoto(file: File): Promise<void> {
    if (this.draft.photos.length >= MAX_PHOTOS) return this.#refuse(file.name, "many");
    this.preparing += 1;
    try {
      const prepared = await preparePhoto(file);
      if (!prepared.ok) return this.#refuse(file.name, prepared.why);
      const { bytes, type, asIs } = prepared;
      const photo = { id: uuid(), original: file.name, type, size: bytes.byteLength, asIs };
      if (!asIs) this.thumbnails.set(photo.id, URL.createObjectURL(new Blob([bytes], { type })));
      await this.#storePhoto(photo, bytes);
    } finally {
      this.preparing -= 1;
    }
  }

  async #storePhoto(photo: DraftPhoto, bytes: ArrayBuffer): Promise<void> {
    // The draft names the photo before it is written: what is typed meanwhile must not be lost.
    this.#setPhotos([...this.draft.photos, photo]);
    try {
      await this.#autosave?.addPhoto(this.draft, photo.id, bytes);
    } catch {
      this.#dropThumbnail(photo.id);
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

  async #showThumbnails(): Promise<void> {
    for (const { id, type, asIs } of this.draft.photos) {
      const bytes = asIs || this.thumbnails.has(id) ? null : await this.#autosave?.photo(id);
      if (bytes) this.thumbnails.set(id, URL.createObjectURL(new Blob([bytes], { type })));
    }
  }

  #clear(): void {
    for (const id of [...this.thumbnails.keys()]) this.#dropThumbnail(id);
    this.draft = emptyDraft();
    this.refused = [];
  }

  #dropThumbnail(id: string): void {
    const address = this.thumbnails.get(id);
    if (address) URL.revokeObjectURL(address);
    this.thumbnails.delete(id);
  }
}

export const editor = new Editor();
