// A MapLibre map on our own outline: nothing is fetched from anybody else.
import * as maplibre from "../vendor/maplibre-6.17.0/maplibre-gl.mjs";

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export async function drawMap(element, { outline, bounds, baseMap, interactive = true }) {
  const areas = await (await fetch(outline)).json();
  const map = new maplibre.Map({
    container: element.querySelector("[data-canvas]"),
    style: await style(areas, baseMap),
    bounds: bounds ?? extent(areas),
    fitBoundsOptions: { padding: 24 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    interactive,
    maxZoom: 18,
    locale: words(element),
  });
  map.touchZoomRotate?.disableRotation();
  if (interactive) map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  else ["tabindex", "role", "aria-label"].forEach((name) => map.getCanvas().removeAttribute(name)); // a picture only
  labels(map, areas);
  await new Promise((done) => map.once("load", done));
  return map;
}

// MapLibre's own words are English; the page has them in its language.
function words({ dataset }) {
  return {
    "Map.Title": dataset.mapTitle ?? "", "NavigationControl.ZoomIn": dataset.zoomIn ?? "",
    "NavigationControl.ZoomOut": dataset.zoomOut ?? "", "Marker.Title": dataset.marker ?? "",
  };
}

async function style(areas, baseMap) {
  const base = await baseLayers(baseMap);
  const kind = (name) => ["==", ["get", "kind"], name];
  return {
    version: 8,
    sources: { areas: { type: "geojson", data: areas }, ...base.sources },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": css("--map-ground") } },
      { id: "land", type: "fill", source: "areas", filter: kind("municipality"), paint: { "fill-color": css("--map-land") } },
      ...base.layers,
      { id: "parish", type: "line", source: "areas", filter: kind("parish"), paint: { "line-color": css("--map-fine"), "line-width": 1 } },
      { id: "neighbourhood", type: "line", source: "areas", filter: kind("neighbourhood"), paint: { "line-color": css("--map-line"), "line-width": 1.2, "line-dasharray": [3, 2] } },
      { id: "municipality", type: "line", source: "areas", filter: kind("municipality"), paint: { "line-color": css("--map-line"), "line-width": 1.6 } },
    ],
  };
}

async function baseLayers(baseMap) {
  if (!baseMap) return { sources: {}, layers: [] };
  if (baseMap.endsWith(".pmtiles")) {
    const { Protocol, PMTiles } = await import("../vendor/pmtiles-4.5.0/esm/index.js");
    const protocol = new Protocol();
    maplibre.addProtocol("pmtiles", protocol.tile);
    protocol.add(new PMTiles(new URL(baseMap, location.href).href));
    return raster(`pmtiles://${new URL(baseMap, location.href).href}`, "url");
  }
  return raster([new URL(baseMap, location.origin).href.replace(/%7B/g, "{").replace(/%7D/g, "}")], "tiles");
}

const raster = (value, key) => ({
  sources: { base: { type: "raster", [key]: value, tileSize: 256 } },
  layers: [{ id: "base", type: "raster", source: "base", paint: { "raster-opacity": 0.75, "raster-saturation": -0.6 } }],
});

// Names as HTML, because a style without a font server has no text.
function labels(map, areas) {
  const smallest = { municipality: 0, neighbourhood: 12.2, parish: 12.8 };
  const markers = areas.features.map(({ properties }) => {
    const element = document.createElement("div");
    element.className = `place-label ${properties.kind}`;
    element.textContent = properties.name;
    element.setAttribute("aria-hidden", "true");
    return { marker: new maplibre.Marker({ element }).setLngLat(properties.label), from: smallest[properties.kind] };
  });
  const show = () => markers.forEach(({ marker, from }) => {
    const wanted = map.getZoom() >= from && !(from === 0 && map.getZoom() > 12.9);
    const there = marker.getElement().isConnected;
    if (wanted && !there) marker.addTo(map);
    if (!wanted && there) marker.remove();
  });
  map.on("zoom", show);
  show();
}

function extent(areas) {
  const box = [180, 90, -180, -90];
  const walk = (part) => {
    if (typeof part[0] === "number") {
      box[0] = Math.min(box[0], part[0]); box[1] = Math.min(box[1], part[1]);
      box[2] = Math.max(box[2], part[0]); box[3] = Math.max(box[3], part[1]);
    } else part.forEach(walk);
  };
  areas.features.filter(({ properties }) => properties.kind === "municipality").forEach(({ geometry }) => walk(geometry.coordinates));
  return box[0] < box[2] ? box : undefined;
}

// A button, or on a map that only shows, a span.
export function pin(severity, icon, icons, coarse, kind = "button") {
  const element = document.createElement(kind);
  if (kind === "button") element.type = kind;
  element.className = `pin${coarse ? " coarse" : ""}`;
  const mark = document.createElement("span");
  mark.className = `mark s${severity}`;
  mark.append(symbol(icon, icons));
  element.append(mark);
  return element;
}

function symbol(icon, icons) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `${icons}#${icon}`);
  svg.append(use);
  return svg;
}

// The cell that a coarse place lies in, `metres` wide: it was somewhere in here.
export function square(map, x, y, metres) {
  const high = metres / 2 / 111320;
  const wide = high / Math.cos((y * Math.PI) / 180);
  const ring = [[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]].map(([a, b]) => [x + a * wide, y + b * high]);
  map.addSource("cell", { type: "geojson", data: { type: "Polygon", coordinates: [ring] } });
  map.addLayer({ id: "cell", type: "fill", source: "cell", paint: { "fill-color": css("--accent"), "fill-opacity": 0.14 } });
  map.addLayer({ id: "cell-edge", type: "line", source: "cell", paint: { "line-color": css("--accent"), "line-width": 1.5, "line-dasharray": [2, 2] } });
}

// The box around corners, with some room; nothing around none.
export function around(corners) {
  if (!corners.length) return undefined;
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const room = 0.003;
  return [Math.min(...xs) - room, Math.min(...ys) - room, Math.max(...xs) + room, Math.max(...ys) + room];
}

// An area that somebody has drawn; the function that it gives draws it anew.
export function drawRing(map) {
  map.addSource("ring", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  map.addLayer({ id: "ring", type: "fill", source: "ring", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": css("--accent"), "fill-opacity": 0.12 } });
  map.addLayer({ id: "ring-edge", type: "line", source: "ring", paint: { "line-color": css("--accent"), "line-width": 2 } });
  return (corners) => {
    const geometry = corners.length > 2 ? { type: "Polygon", coordinates: [[...corners, corners[0]]] } : { type: "LineString", coordinates: corners };
    map.getSource("ring").setData({ type: "Feature", geometry, properties: {} });
  };
}

export { maplibre };
