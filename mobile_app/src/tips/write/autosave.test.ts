import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Draft, emptyDraft } from "../draft";
import { openVault, type Vault } from "../vault";
import { DraftAutosave, type SaveState } from "./autosave";

let vault: Vault;
let counter = 0;

beforeEach(async () => {
  vault = await openVault(`drafts-${counter++}`);
});

afterEach(() => void vi.useRealTimers());

const WARD = { code: "02215", name: "phường Ban Mai" };

function draft(changes: Partial<Draft> = {}): Draft {
  return { ...emptyDraft(), ward: WARD, category: "theft", text: "Mất xe đạp", ...changes };
}

describe("saving a draft", () => {
  it("is there after closing and opening the app, photos included", async () => {
    const autosave = new DraftAutosave(vault);
    const photo = { id: "p1", original: "IMG_1.jpg", type: "image/jpeg", size: 3, asIs: false };
    const withPhoto = draft({ photos: [photo] });
    await autosave.addPhoto(withPhoto, "p1", new Uint8Array([1, 2, 3]).buffer);
    autosave.change({ ...withPhoto, text: "Mất xe đạp xanh" });
    await autosave.flush();
    const reopened = new DraftAutosave(vault);
    const found = await reopened.load();
    expect(found?.text).toBe("Mất xe đạp xanh");
    expect(found?.photos).toEqual([photo]);
    expect((await reopened.photo("p1"))?.byteLength).toBe(3);
  });

  it("writes at once, and every 200 ms while the person keeps typing", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    const states: SaveState[] = [];
    const stored: string[] = [];
    const noting: Vault = {
      durable: true,
      read: (name) => vault.read(name),
      readBytes: (name) => vault.readBytes(name),
      names: (prefix) => vault.names(prefix),
      change: async ([change]) => void stored.push(((change as { value: Draft }).value).text),
    };
    const autosave = new DraftAutosave(noting, (state) => states.push(state));
    for (const text of ["M", "Mấ", "Mất", "Mất ", "Mất x"]) {
      autosave.change(draft({ text }));
      await vi.advanceTimersByTimeAsync(90);
    }
    expect(stored).toEqual(["M", "Mất", "Mất x"]);
    expect(states[0]).toBe("saving");
    expect(states.at(-1)).toBe("saved");
  });

  it("lets the newest change win", async () => {
    const autosave = new DraftAutosave(vault);
    for (const text of ["a", "ab", "abc"]) {
      autosave.change(draft({ text }));
      void autosave.flush();
    }
    await autosave.flush();
    expect((await autosave.load())?.text).toBe("abc");
  });

  it("a removed photo does not come back with a late write", async () => {
    const autosave = new DraftAutosave(vault);
    const photo = { id: "p1", original: "a.jpg", type: "image/jpeg", size: 1, asIs: false };
    const one = draft({ photos: [photo] });
    await autosave.addPhoto(one, "p1", new ArrayBuffer(1));
    autosave.change(one);
    await autosave.removePhoto({ ...one, photos: [] }, "p1");
    await autosave.flush();
    expect((await autosave.load())?.photos).toEqual([]);
    expect(await autosave.photo("p1")).toBeNull();
  });

  it("says so when the phone refuses to store it, and goes on", async () => {
    const states: SaveState[] = [];
    let full = true;
    const small: Vault = {
      durable: true,
      read: (name) => vault.read(name),
      readBytes: (name) => vault.readBytes(name),
      names: (prefix) => vault.names(prefix),
      change: (changes) => (full ? Promise.reject(new DOMException("full", "QuotaExceededError")) : vault.change(changes)),
    };
    const autosave = new DraftAutosave(small, (state) => states.push(state));
    autosave.change(draft());
    await autosave.flush();
    await expect(autosave.addPhoto(draft(), "p1", new ArrayBuffer(9))).rejects.toThrow("full");
    expect(states).toEqual(["saving", "failed", "failed"]);
    full = false;
    autosave.change(draft({ text: "sau" }));
    await autosave.flush();
    expect((await autosave.load())?.text).toBe("sau");
  });

  it("leaves nothing behind when it is discarded", async () => {
    const autosave = new DraftAutosave(vault);
    const photo = { id: "p1", original: "a.jpg", type: "image/jpeg", size: 1, asIs: false };
    const one = draft({ photos: [photo] });
    await autosave.addPhoto(one, "p1", new ArrayBuffer(1));
    autosave.change({ ...one, text: "nữa" });
    await autosave.discard(one);
    expect(await autosave.load()).toBeNull();
    expect(await vault.names("")).toEqual([]);
  });
});
