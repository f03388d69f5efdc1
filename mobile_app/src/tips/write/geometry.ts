/** Plain geometry of a ward on the map. Positions are [longitude, latitude] as in GeoJSON. */
import type { Boundary, Ring } from "../../lib/wards.svelte";

function polygons(boundary: Boundary): readonly Ring[][] {
  return boundary.type === "Polygon" ? [boundary.coordinates] : boundary.coordinates;
}

/** Whether a point lies inside; holes count as outside. */
export function contains(boundary: Boundary, lat: number, lon: number): boolean {
  return polygons(boundary).some(([outer, ...holes]) => {
    return outer !== undefined && inRing(outer, lat, lon) && !holes.some((hole) => inRing(hole, lat, lon));
  });
}

/** [[south, west], [north, east]] of everything that is known of a ward, or null when nothing is. */
export function extent(
  boundary: Boundary | null,
  points: readonly { lat?: number | null; lon?: number | null }[],
): [[number, number], [number, number]] | null {
  const corners = boundary ? polygons(boundary).flatMap(([outer]) => outer ?? []) : [];
  const all = corners.map(([lon, lat]) => ({ lat, lon }));
  for (const { lat, lon } of points) if (typeof lat === "number" && typeof lon === "number") all.push({ lat, lon });
  if (all.length === 0) return null;
  const lats = all.map(({ lat }) => lat);
  const lons = all.map(({ lon }) => lon);
  return [[Math.min(...lats), Math.min(...lons)], [Math.max(...lats), Math.max(...lons)]];
}

/** The area whose point is nearest; null when none has one. */
export function nearest<A extends { lat?: number | null; lon?: number | null }>(areas: readonly A[], lat: number, lon: number): A | null {
  const shrink = Math.cos((lat * Math.PI) / 180); // a degree of longitude is shorter than one of latitude
  let found: A | null = null;
  let least = Infinity;
  for (const area of areas) {
    if (typeof area.lat !== "number" || typeof area.lon !== "number") continue;
    const apart = (area.lat - lat) ** 2 + ((area.lon - lon) * shrink) ** 2;
    if (apart < least) [found, least] = [area, apart];
  }
  return found;
}

/** To about a metre: more would say nothing and stand out. */
export function rounded(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}

/** The even–odd rule along a ray to the east. */
function inRing(ring: Ring, lat: number, lon: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]!;
    const [xj, yj] = ring[j]!;
    if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
