import { beforeEach, expect, test } from "vitest";

import { dropOthers, dropSent, forget, read, same, write } from "./kept";

/** What a browser gives each tab. */
class Tab implements Storage {
  readonly #kept = new Map<string, string>();
  get length(): number {
    return this.#kept.size;
  }
  key(at: number): string | null {
    return [...this.#kept.keys()][at] ?? null;
  }
  getItem(key: string): string | null {
    return this.#kept.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#kept.set(key, value);
  }
  removeItem(key: string): void {
    this.#kept.delete(key);
  }
  clear(): void {
    this.#kept.clear();
  }
}

let tab: Tab;

beforeEach(() => {
  tab = new Tab();
  tab.setItem("of somebody else", "not JSON");
  write(tab, "thao/admin/tips/1/reply", { pairs: [["text", "Chào bạn"]], sent: true });
  write(tab, "thao/admin/alerts/new", { pairs: [["headline_vi", "Giả danh"]], sent: false });
  write(tab, "minh/admin/tips/1/reply", { pairs: [["text", "Của Minh"]], sent: false });
});

test("words come back under their account and form only", () => {
  expect(read(tab, "thao/admin/tips/1/reply")?.pairs).toEqual([["text", "Chào bạn"]]);
  expect(read(tab, "thao/admin/tips/2/reply")).toBeNull();
  forget(tab, "thao/admin/tips/1/reply");
  expect(read(tab, "thao/admin/tips/1/reply")).toBeNull();
});

test("the next account in the tab finds nothing of the one before", () => {
  dropOthers(tab, "minh");
  expect(read(tab, "thao/admin/alerts/new")).toBeNull();
  expect(read(tab, "minh/admin/tips/1/reply")).not.toBeNull();
});

test("signing out leaves nothing, and touches nothing that is not ours", () => {
  dropOthers(tab, null);
  expect([...Array(tab.length).keys()].map((at) => tab.key(at))).toEqual(["of somebody else"]);
});

test("what was taken is forgotten, what was never sent stays", () => {
  dropSent(tab);
  expect(read(tab, "thao/admin/tips/1/reply")).toBeNull();
  expect(read(tab, "thao/admin/alerts/new")).not.toBeNull();
});

test("a store that takes nothing breaks no form", () => {
  tab.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  expect(() => write(tab, "x", { pairs: [], sent: false })).not.toThrow();
});

test("forms are the same when every field is", () => {
  expect(same([["a", "1"]], [["a", "1"]])).toBe(true);
  expect(same([["a", "1"]], [["a", "2"]])).toBe(false);
});
