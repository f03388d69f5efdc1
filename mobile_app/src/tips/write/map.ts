/** The map under the pin: ward boundary, names of areas, and pictures of streets only where the server names a source. */
import "leaflet/dist/leaflet.css";
import { type LatLngBounds, type Map as LeafletMap, divIcon, geoJSON, latLngBounds, map as createMap, marker, tileLayer } from "leaflet";
import type { Area } from "../../lib/place.svelte";
import type { Boundary } from "../../lib/wards.svelte";
import { extent } from "./geometry";

export interface MapParts {
  boundary: Boundary | null;
  areas: readonly Area[];
  start: { lat: number; lon: number } | null;
  /** address of map pictures with {z}/{x}/{y}; null: none */
  tiles: string | null;
  /** called with the middle of the map, also while it still moves: the place under the pin is chosen */
  onmove: (lat: number, lon: number) => void;
}

const CLOSE = 17;
/** Further out, names of areas would lie on each other. */
const NAMES_FROM = 15;
/** About 500 m: a margin around what is known, which may be a single point. */
const MARGIN_DEGREES = 0.005;

export interface PinMap {
  zoom(step: 1 | -1): void;
  goTo(lat: number, lon: number): void;
  /** back to all that is known of the ward */
  whole(): void;
  remove(): void;
}

export function openMap(place: HTMLElement, { boundary, areas, start, tiles, onmove }: MapParts): PinMap {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  // zoomAnimation: an animation that ends after the screen has closed would look for a map that is gone
  // inertia: a map that glides on would move the pin away from where the finger left it
  const leaflet = createMap(place, {
    zoomSnap: 0.5, zoomControl: false, attributionControl: tiles !== null, zoomAnimation: false, fadeAnimation: !still, inertia: false,
  });
  const known = extent(boundary, areas);
  if (tiles) tileLayer(tiles, { maxZoom: 19, referrerPolicy: "no-referrer" }).addTo(leaflet);
  if (boundary) geoJSON(boundary as never, { interactive: false, style: boundaryStyle }).addTo(leaflet);
  for (const area of areas) nameArea(leaflet, area);
  leaflet.on("zoomend", () => place.classList.toggle("is-far", leaflet.getZoom() < NAMES_FROM));
  leaflet.on("move moveend", () => {
    const { lat, lng } = leaflet.getCenter();
    onmove(lat, lng);
  });
  const whole = (): void => {
    if (known) leaflet.fitBounds(padded(latLngBounds(known)));
    else leaflet.setView([21.0, 105.8], 6);
  };
  if (start) leaflet.setView([start.lat, start.lon], CLOSE);
  else whole();
  // a sentence that appears below changes the height, and the pin stands in the middle of what is seen
  const height = new ResizeObserver(() => void leaflet.invalidateSize({ animate: false }));
  height.observe(place);
  return {
    zoom: (step) => void leaflet.setZoom(leaflet.getZoom() + step),
    goTo: (lat, lon) => void leaflet.setView([lat, lon], CLOSE),
    whole,
    remove: () => {
      height.disconnect();
      // after the phone was turned, a "moveend" is still to come
      leaflet.off("move moveend").off("zoomend");
      leaflet.remove();
    },
  };
}

function boundaryStyle(): { color: string; weight: number; fillOpacity: number } {
  const color = getComputedStyle(document.documentElement).getPropertyValue("--brand").trim();
  return { color, weight: 3, fillOpacity: 0.07 };
}

function nameArea(leaflet: LeafletMap, { name, lat, lon }: Area): void {
  if (typeof lat !== "number" || typeof lon !== "number") return;
  const label = document.createElement("span");
  label.className = "pin-map__area";
  label.textContent = name;
  marker([lat, lon], { icon: divIcon({ html: label, className: "", iconSize: [0, 0] }), interactive: false, keyboard: false }).addTo(leaflet);
}

function padded(bounds: LatLngBounds): LatLngBounds {
  const { lat, lng } = bounds.getCenter();
  return bounds.extend([lat - MARGIN_DEGREES, lng - MARGIN_DEGREES]).extend([lat + MARGIN_DEGREES, lng + MARGIN_DEGREES]);
}
