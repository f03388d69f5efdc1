import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { textLength } from "../lib/text";
import { DraftKeeper, emptyDraft, isWorthKeeping, tipOf, type Draft, type Kept } from "./drafts";
import { openVault, type Vault } from "./vault";

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

describe("keeping a draft", () => {
  it("is there after closing and opening the app, photos included", async () => {
    const keeper = new DraftKeeper(vault);
    const photo = { id: "p1", original: "IMG_1.jpg", type: "image/jpeg", size: 3, asIs: false };
    const withPhoto = draft({ photos: [photo] });
    await keeper.addPhoto(withPhoto, "p1", new Uint8Array([1, 2, 3]).buffer);
    keeper.change({ ...withPhoto, text: "Mất xe đạp xanh" });
    await keeper.flush();
    const reopened = new DraftKeeper(vault);
    const found = await reopened.load();
    expect(found?.text).toBe("Mất xe đạp xanh");
    expect(found?.photos).toEqual([photo]);
    expect((await reopened.photo("p1"))?.byteLength).toBe(3);
  });

  it("writes at once, and every 200 ms while the person keeps typing", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    const states: Kept[] = [];
    const stored: string[] = [];
    const noting: Vault = {
      durable: true,
      read: (name) => vault.read(name),
      readBytes: (name) => vault.readBytes(name),
      names: (prefix) => vault.names(prefix),
      change: async ([change]) => void stored.push(((change as { value: Draft }).value).text),
    };
    const keeper = new DraftKeeper(noting, (state) => states.push(state));
    for (const text of ["M", "Mấ", "Mất", "Mất ", "Mất x"]) {
      keeper.change(draft({ text }));
      await vi.advanceTimersByTimeAsync(90);
    }
    expect(stored).toEqual(["M", "Mất", "Mất x"]);
    expect(states[0]).toBe("waiting");
    expect(states.at(-1)).toBe("kept");
  });

  it("lets the newest change win", async () => {
    const keeper = new DraftKeeper(vault);
    for (const text of ["a", "ab", "abc"]) {
      keeper.change(draft({ text }));
      void keeper.flush();
    }
    await keeper.flush();
    expect((await keeper.load())?.text).toBe("abc");
  });

  it("a removed photo does not come back with a late write", async () => {
    const keeper = new DraftKeeper(vault);
    const photo = { id: "p1", original: "a.jpg", type: "image/jpeg", size: 1, asIs: false };
    const one = draft({ photos: [photo] });
    await keeper.addPhoto(one, "p1", new ArrayBuffer(1));
    keeper.change(one);
    await keeper.removePhoto({ ...one, photos: [] }, "p1");
    await keeper.flush();
    expect((await keeper.load())?.photos).toEqual([]);
    expect(await keeper.photo("p1")).toBeNull();
  });

  it("says so when the phone refuses to keep it, and goes on", async () => {
    const states: Kept[] = [];
    let full = true;
    const small: Vault = {
      durable: true,
      read: (name) => vault.read(name),
      readBytes: (name) => vault.readBytes(name),
      names: (prefix) => vault.names(prefix),
      change: (changes) => (full ? Promise.reject(new DOMException("full", "QuotaExceededError")) : vault.change(changes)),
    };
    const keeper = new DraftKeeper(small, (state) => states.push(state));
    keeper.change(draft());
    await keeper.flush();
    await expect(keeper.addPhoto(draft(), "p1", new ArrayBuffer(9))).rejects.toThrow("full");
    expect(states).toEqual(["waiting", "failed", "failed"]);
    full = false;
    keeper.change(draft({ text: "sau" }));
    await keeper.flush();
    expect((await keeper.load())?.text).toBe("sau");
  });

  it("leaves nothing behind when it is discarded", async () => {
    const keeper = new DraftKeeper(vault);
    const photo = { id: "p1", original: "a.jpg", type: "image/jpeg", size: 1, asIs: false };
    const one = draft({ photos: [photo] });
    await keeper.addPhoto(one, "p1", new ArrayBuffer(1));
    keeper.change({ ...one, text: "nữa" });
    await keeper.discard(one);
    expect(await keeper.load()).toBeNull();
    expect(await vault.names("")).toEqual([]);
  });
});

describe("the request of a draft", () => {
  it("is anonymous unless the person gave a name", () => {
    expect(tipOf(draft({ name: "Lan", phone: "0912345678" }), "vi").identity).toBeNull();
    expect(tipOf(draft({ named: true, name: " Lan ", phone: "0912345678" }), "vi").identity).toEqual({
      name: "Lan",
      phone: "0912345678",
    });
  });

  it("carries the area or the pin, never both, and text in NFC", () => {
    const area = tipOf(draft({ place: { kind: "area", id: "a-1", name: "Tổ 7" }, text: "Trộm ".normalize("NFD") }), "en");
    expect(area).toMatchObject({ area_id: "a-1", location: null, text: "Trộm", language: "en" });
    const pin = tipOf(draft({ place: { kind: "pin", lat: 21.8, lon: 105.2 } }), "vi");
    expect(pin).toMatchObject({ area_id: null, location: { lat: 21.8, lon: 105.2 } });
  });

  it("counts characters as people do, and drops what nobody can see", () => {
    expect(textLength("Trộm".normalize("NFD"))).toBe(4);
    expect(tipOf(draft({ text: "a\u0000b\r\nc\u0007" }), "vi").text).toBe("ab\nc");
  });

  it("knows an untouched draft", () => {
    expect(isWorthKeeping(emptyDraft())).toBe(false);
    expect(isWorthKeeping(draft())).toBe(true);
  });
});
