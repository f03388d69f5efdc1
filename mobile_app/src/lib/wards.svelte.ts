/** A ward's details and its areas, readable offline. */
import { anonymousApi, unwrap } from "./api";
import type { Area } from "./place.svelte";
import { Query } from "./query.svelte";
import type { Schemas } from "./schemas";

export type Ring = readonly (readonly [number, number])[];

/** A GeoJSON geometry of a ward; positions are [longitude, latitude]. The schema types it as any object. */
export type Boundary =
  | { type: "Polygon"; coordinates: Ring[] }
  | { type: "MultiPolygon"; coordinates: Ring[][] };

export type WardDetail = Omit<Schemas["WardDetail"], "boundary"> & { boundary: Boundary | null };

const wards = new Map<string, Query<WardDetail>>();
const areas = new Map<string, Query<Area[]>>();

export function wardDetail(code: string): Query<WardDetail> {
  return once(wards, code, () => new Query(`ward/${code}`, () => fetchWard(code)));
}

export function wardAreas(code: string): Query<Area[]> {
  return once(areas, code, () => new Query(`areas/${code}`, () => fetchAreas(code)));
}

async function fetchWard(code: string): Promise<WardDetail> {
  const ward = await unwrap(anonymousApi.GET("/wards/{code}", { params: { path: { code } } }));
  return { ...ward, boundary: isBoundary(ward.boundary) ? ward.boundary : null };
}

async function fetchAreas(code: string): Promise<Area[]> {
  return (await unwrap(anonymousApi.GET("/wards/{code}/areas", { params: { path: { code } } }))).items;
}

function isBoundary(value: unknown): value is Boundary {
  return typeof value === "object" && value !== null && "coordinates" in value && "type" in value;
}

function once<T>(known: Map<string, T>, code: string, make: () => T): T {
  let found = known.get(code);
  if (!found) known.set(code, (found = make()));
  return found;
}
