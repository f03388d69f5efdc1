/** What the tip flow must know of a ward: does it take tips, where does it end, which areas has it. Readable offline. */
import { anonymousApi, ask } from "../lib/api";
import type { Schemas } from "../lib/schemas";
import { Stored } from "../lib/stored.svelte";

export type Area = Schemas["Area"];
export type Ring = readonly (readonly [number, number])[];

/** A GeoJSON geometry of a ward; positions are [longitude, latitude]. */
export type Boundary =
  | { type: "Polygon"; coordinates: Ring[] }
  | { type: "MultiPolygon"; coordinates: Ring[][] };

export type WardDetail = Schemas["Ward"] & { boundary: Boundary | null };

const wards = new Map<string, Stored<WardDetail>>();
const areas = new Map<string, Stored<Area[]>>();

export function wardDetail(code: string): Stored<WardDetail> {
  return once(wards, code, () => new Stored(`ward/${code}`, () => loadWard(code)));
}

export function wardAreas(code: string): Stored<Area[]> {
  return once(areas, code, () => new Stored(`areas/${code}`, () => loadAreas(code)));
}

async function loadWard(code: string): Promise<WardDetail> {
  const ward = await ask(anonymousApi.GET("/wards/{code}", { params: { path: { code } } }));
  return { ...ward, boundary: isBoundary(ward.boundary) ? ward.boundary : null };
}

async function loadAreas(code: string): Promise<Area[]> {
  return (await ask(anonymousApi.GET("/wards/{code}/areas", { params: { path: { code } } }))).items;
}

function isBoundary(value: unknown): value is Boundary {
  return typeof value === "object" && value !== null && "coordinates" in value && "type" in value;
}

function once<T>(known: Map<string, T>, code: string, make: () => T): T {
  let found = known.get(code);
  if (!found) known.set(code, (found = make()));
  return found;
}
