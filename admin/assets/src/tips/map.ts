import "leaflet/dist/leaflet.css";
import { CircleMarker, Control, GeoJSON, Map as LeafletMap, TileLayer } from "leaflet";
import type { GeoJsonObject } from "geojson";

/** A small map with one pin: the ward's boundary always, tiles only where the operator has set a source of them. */
export function drawMap(place: HTMLElement): void {
  const colour = getComputedStyle(document.documentElement);
  const at: [number, number] = [Number(place.dataset["lat"]), Number(place.dataset["lon"])];
  const map = new LeafletMap(place, { zoomControl: false, scrollWheelZoom: false, zoomSnap: 0.25, zoomDelta: 1 }).setView(at, 15);
  const zoom = { zoomInTitle: place.dataset["zoomIn"], zoomOutTitle: place.dataset["zoomOut"] };
  new Control.Zoom(zoom).addTo(map);
  map.attributionControl.setPrefix(false);
  if (place.dataset["tiles"]) new TileLayer(place.dataset["tiles"], { maxZoom: 19 }).addTo(map);
  if (place.dataset["boundary"]) {
    const boundary = JSON.parse(place.dataset["boundary"]) as GeoJsonObject;
    const edge = { color: colour.getPropertyValue("--brand"), weight: 2, fillOpacity: 0.06 };
    const shape = new GeoJSON(boundary, { style: edge, interactive: false }).addTo(map);
    map.fitBounds(shape.getBounds().extend(at), { padding: [10, 10], animate: false });
  }
  const pin = { radius: 8, color: colour.getPropertyValue("--surface"), weight: 2, fillColor: colour.getPropertyValue("--brand-fill") };
  new CircleMarker(at, { ...pin, fillOpacity: 1, interactive: false }).addTo(map);
}
