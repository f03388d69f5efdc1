import { expect, it } from "vitest";
import { contains, extent, nearest, rounded } from "./geometry";
import type { Boundary } from "../../lib/wards.svelte";

const square: Boundary = {
  type: "Polygon",
  coordinates: [
    [[105, 21], [106, 21], [106, 22], [105, 22], [105, 21]],
    [[105.4, 21.4], [105.6, 21.4], [105.6, 21.6], [105.4, 21.6], [105.4, 21.4]],
  ],
};

it("knows inside, outside and a hole", () => {
  expect(contains(square, 21.2, 105.2)).toBe(true);
  expect(contains(square, 21.5, 105.5)).toBe(false);
  expect(contains(square, 22.5, 105.5)).toBe(false);
  expect(contains({ type: "MultiPolygon", coordinates: [square.coordinates] }, 21.2, 105.2)).toBe(true);
});

it("frames boundary and areas, or says that nothing is known", () => {
  expect(extent(square, [{ lat: 22.5, lon: 105.1 }, { lat: null, lon: null }])).toEqual([[21, 105], [22.5, 106]]);
  expect(extent(null, [{ lat: 21, lon: 105 }])).toEqual([[21, 105], [21, 105]]);
  expect(extent(null, [{ lat: null, lon: null }])).toBeNull();
});

it("rounds to about a metre", () => expect(rounded(21.123456789)).toBe(21.12346));

it("names the nearest area, and none when none has a place", () => {
  const areas = [{ name: "1", lat: 21, lon: 105 }, { name: "2", lat: 21.01, lon: 105 }, { name: "3", lat: null, lon: null }];
  expect(nearest(areas, 21.009, 105.001)?.name).toBe("2");
  expect(nearest([{ lat: null, lon: null }], 21, 105)).toBeNull();
});
