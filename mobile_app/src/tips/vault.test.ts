import "fake-indexeddb/auto";
import { openDB } from "idb";
import { describe, expect, it } from "vitest";
import { MemoryVault, openVault } from "./vault";

describe("the encrypted vault", () => {
  it("keeps records and bytes over a reopening", async () => {
    const first = await openVault("reopening");
    await first.change([
      { put: "draft", value: { text: "xe đạp xanh" } },
      { put: "photo/1", bytes: new Uint8Array([1, 2, 3]).buffer },
    ]);
    const second = await openVault("reopening");
    expect(await second.read("draft")).toEqual({ text: "xe đạp xanh" });
    expect(new Uint8Array((await second.readBytes("photo/1"))!)).toEqual(new Uint8Array([1, 2, 3]));
    expect(await second.names("photo/")).toEqual(["photo/1"]);
    await second.change([{ remove: "draft" }]);
    expect(await first.read("draft")).toBeNull();
  });

  it("lets nobody read words or key from the browser's files", async () => {
    const vault = await openVault("files");
    await vault.change([{ put: "draft", value: { text: "BICYCLE" } }]);
    const raw = await openDB("files");
    const record = (await raw.get("records", "draft")) as { box: ArrayBuffer };
    expect(new TextDecoder().decode(record.box)).not.toContain("BICYCLE");
    const key = (await raw.get("keys", "box")) as CryptoKey;
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
  });

  it("does not open a record put under another name", async () => {
    const vault = await openVault("swap");
    await vault.change([{ put: "kept/1", value: "mine" }]);
    const raw = await openDB("swap");
    await raw.put("records", await raw.get("records", "kept/1"), "draft");
    expect(await vault.read("draft")).toBeNull();
  });

  it("uses one key when two tabs start at once", async () => {
    const [left, right] = await Promise.all([openVault("tabs"), openVault("tabs")]);
    await left.change([{ put: "draft", value: 1 }]);
    expect(await right.read("draft")).toBe(1);
  });
});

it("the vault in memory behaves alike and says that it does not last", async () => {
  const vault = new MemoryVault();
  await vault.change([{ put: "draft", value: { a: 1 } }, { put: "photo/1", bytes: new ArrayBuffer(2) }]);
  expect(vault.durable).toBe(false);
  expect(await vault.read("draft")).toEqual({ a: 1 });
  expect((await vault.readBytes("photo/1"))?.byteLength).toBe(2);
  await vault.change([{ remove: "draft" }]);
  expect(await vault.names("")).toEqual(["photo/1"]);
});
