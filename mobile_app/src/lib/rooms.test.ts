import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Room, rooms } from "./rooms";

const link = (order: number, href: string) => ({ order, href, icon: "x", title: () => href });

beforeEach(() => rooms.register([]));

describe("what the rooms offer", () => {
  it("stands in its order, whichever room comes first", () => {
    rooms.register([
      { tab: link(30, "/c"), shortcuts: [link(20, "/c")] },
      { tab: link(10, "/a"), shortcuts: [link(10, "/a"), link(30, "/d")] },
      {},
    ]);
    expect(rooms.tabs.map(({ href }) => href)).toEqual(["/a", "/c"]);
    expect(rooms.shortcuts.map(({ href }) => href)).toEqual(["/a", "/c", "/d"]);
  });

  it("gives a group its rows, without those that are not shown now", () => {
    const hidden = { ...link(10, "/hidden"), group: "more" as const, shown: () => false };
    rooms.register([{ rows: [{ ...link(20, "/b"), group: "more" }, hidden, { ...link(10, "/a"), group: "settings" }] }]);
    expect(rooms.rows("more").map(({ href }) => href)).toEqual(["/b"]);
  });

  it("takes the ward's status from the room that knows it", () => {
    const status = { sentence: ["Hôm nay phường mình bình yên."], lampsOut: false, banner: null, loading: false };
    rooms.register([{}, { wardStatus: () => null }, { wardStatus: () => status }]);
    expect(rooms.wardStatus()).toBe(status);
  });

  it("starts every room", () => {
    const started: Room[] = [{ start: vi.fn() }, {}, { start: vi.fn() }];
    rooms.register(started);
    rooms.start();
    for (const { start } of started) if (start) expect(start).toHaveBeenCalledTimes(1);
  });

  it("fetches the screens under a path, and does not mind when one cannot be fetched", async () => {
    const near = vi.fn(() => Promise.reject(new Error("no network")));
    const far = vi.fn(() => Promise.reject(new Error("not asked for")));
    rooms.register([{ routes: [{ path: "/bao-tin/ke", load: near }, { path: "/tin", load: far }] }]);
    rooms.prefetch("/bao-tin");
    await Promise.resolve();
    expect([near.mock.calls.length, far.mock.calls.length]).toEqual([1, 0]);
  });
});
