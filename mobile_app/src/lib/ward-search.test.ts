import { answer } from "../doubles/browser";
import { expect, it } from "vitest";
import { WardSearch } from "./ward-search.svelte";

const BAN_MAI = { code: "99001", full_name: "Phường Ban Mai" };

it("knows when an installation has few places, so that nobody is told to spell better", async () => {
  const search = new WardSearch();
  answer({ items: [BAN_MAI], next_cursor: null });
  await search.run("");
  answer({ items: [], next_cursor: null });
  await search.run("hoan kiem");
  expect([search.answered, search.found, search.all]).toEqual(["hoan kiem", [], [BAN_MAI]]);
});

it("does not take the first page of many for all", async () => {
  const search = new WardSearch();
  answer({ items: [BAN_MAI], next_cursor: "99001" });
  await search.run("");
  expect(search.all).toBeNull();
});
