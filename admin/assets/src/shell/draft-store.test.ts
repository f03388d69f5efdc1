import { beforeEach, expect, test } from "vitest";

import { deleteDraft, deleteOtherDrafts, deleteSentDrafts, readDraft, samePairs, writeDraft } from "./draft-store";

/** The session storage of one tab. */
class Tab implements Storage {
  readonly #stored = new Map<string, string>();
  get length(): number {
    return this.#stored.size;
  }
  key(at: number): string | null {
    return [...this.#stored.keys()][at] ?? null;
  }
  getItem(key: string): string | null {
    return this.#stored.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#stored.set(key, value);
  }
  removeItem(key: string): void {
    this.#stored.delete(key);
  }
  clear(): void {
    this.#stored.clear();
  }
}

let tab: Tab;

beforeEach(() => {
  tab = new Tab();
  tab.setItem("of somebody else", "not JSON");
  writeDraft(tab, "thao/admin/tips/1/reply", { pairs: [["text", "Chào bạn"]], sent: true });
  writeDraft(tab, "thao/admin/alerts/new", { pairs: [["headline_vi", "Giả danh"]], sent: false });
  writeDraft(tab, "minh/admin/tips/1/reply", { pairs: [["text", "Của Minh"]], sent: false });
});

test("words come back under their account and form only", () => {
  expect(readDraft(tab, "thao/admin/tips/1/reply")?.pairs).toEqual([["text", "Chào bạn"]]);
  expect(readDraft(tab, "thao/admin/tips/2/reply")).toBeNull();
  deleteDraft(tab, "thao/admin/tips/1/reply");
  expect(readDraft(tab, "thao/admin/tips/1/reply")).toBeNull();
});

test("the next account in the tab finds nothing of the one before", () => {
  deleteOtherDrafts(tab, "minh");
  expect(readDraft(tab, "thao/admin/alerts/new")).toBeNull();
  expect(readDraft(tab, "minh/admin/tips/1/reply")).not.toBeNull();
});

test("signing out leaves nothing, and touches nothing that is not ours", () => {
  deleteOtherDrafts(tab, null);
  expect([...Array(tab.length).keys()].map((at) => tab.key(at))).toEqual(["of somebody else"]);
});

test("what was accepted is deleted, what was never sent stays", () => {
  deleteSentDrafts(tab);
  expect(readDraft(tab, "thao/admin/tips/1/reply")).toBeNull();
  expect(readDraft(tab, "thao/admin/alerts/new")).not.toBeNull();
});

test("a store that takes nothing breaks no form", () => {
  tab.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  expect(() => writeDraft(tab, "x", { pairs: [], sent: false })).not.toThrow();
});

test("forms are the same when every field is", () => {
  expect(samePairs([["a", "1"]], [["a", "1"]])).toBe(true);
  expect(samePairs([["a", "1"]], [["a", "2"]])).toBe(false);
});
