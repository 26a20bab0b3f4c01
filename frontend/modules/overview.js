// The picture: filters, list and map show one set; news arrives by itself.
import htmx from "../vendor/htmx-4.0.1/htmx.esm.min.js";
import { around, drawMap, drawRing, maplibre, pin } from "./map.js";
import { listen } from "./live.js";

const section = document.querySelector("[data-map]");
const filters = document.querySelector("[data-filters]");
const results = () => document.getElementById("results");
const pointsUrl = () => `${section.dataset.points.split("?")[0]}?${results().dataset.points}`;
const fresh = new Set();
const TOKEN = "csrfmiddlewaretoken";

filters.querySelector("button").hidden = true;

// Filters: without a button press; the address keeps them.
filters.addEventListener("change", ({ target }) => {
  // Another partnership has its own areas, categories and map: the whole page.
  if (target.name === "partnership") location.assign(`${location.pathname}?partnership=${target.value}`);
  else if (target.name === "q" && target.value.trim()) search();
  else show(address(), true);
});
filters.addEventListener("submit", (event) => event.preventDefault()); // Enter has changed the field already
addEventListener("popstate", () => {
  const asked = new URLSearchParams(location.search);
  for (const field of filters.elements) {
    if (["SELECT", "INPUT"].includes(field.tagName) && !["partnership", TOKEN].includes(field.name)) field.value = asked.get(field.name) ?? (field.name === "days" ? "14" : "");
  }
  show(location.href, false);
});

function address() {
  const chosen = [...new FormData(filters)].filter(([name, value]) => value !== "" && name !== TOKEN);
  return `${location.pathname}?${new URLSearchParams(chosen)}`;
}

// New words go as a post: a search that is refused stands in no address, and so in no history and no log of addresses.
async function search() {
  await showing;
  await htmx.ajax("POST", filters.action, { target: "#results", swap: "outerHTML", values: Object.fromEntries(new FormData(filters)) });
  if (!results()) return location.reload();
  history.pushState({}, "", `${location.pathname}?${results().dataset.points}`);
  filters.elements.q.value = new URLSearchParams(location.search).get("q") ?? "";
}

// One request at a time; whoever changes filters faster than it answers gets the last one that they chose.
let wanted;
let showing;
function show(url, remember) {
  if (remember) history.pushState({}, "", url);
  wanted = url;
  showing ??= follow().finally(() => { showing = undefined; });
  return showing;
}

async function follow() {
  while (wanted) {
    const url = wanted;
    wanted = undefined;
    await htmx.ajax("GET", url, { target: "#results", swap: "outerHTML" });
    if (!results()) location.assign(url); // not the list: the session has ended, and the address leads to log in
  }
}

// News replace the list; who is reading in it stays where they are.
async function renew() {
  const { scrollTop } = results();
  const reading = document.activeElement.closest("#results [data-id]")?.dataset.id;
  await show(location.href, false);
  if (results()) results().scrollTop = scrollTop;
  if (reading) row(reading)?.querySelector(".sight").focus({ preventScroll: true });
}

// None either for the moment in which the log-in stands where the list was.
const row = (id) => results()?.querySelector(`[data-id="${id}"]`);

// The list was replaced: the map follows, and what is new is marked.
new MutationObserver(() => {
  if (results() && results() !== known) {
    known = results();
    markFresh();
    drawDays();
    refresh?.();
  }
}).observe(document.getElementById("main"), { childList: true, subtree: true });
let known = results();
let refresh;

function markFresh() {
  results().querySelectorAll("[data-id]").forEach((row) => row.classList.toggle("arrived", fresh.has(row.dataset.id)));
}

// Live
const status = document.querySelector("[data-live]");
if (status) {
  listen(status.dataset.live, {
    cursor: status.dataset.cursor,
    onState: (state) => {
      status.dataset.state = state;
      status.textContent = state === "open" ? status.dataset.open : status.dataset.closed;
    },
    onChange: async ({ observations = [] }) => {
      observations.forEach((id) => fresh.add(id));
      if (new URLSearchParams(location.search).has("cursor")) return; // reading older ones: leave the page in peace
      await renew();
      if (!observations.length) return;
      status.textContent = status.dataset.news;
      setTimeout(() => { status.textContent = status.dataset.open; }, 6000);
    },
  });
}

// The time slider: how many on each day of the period, and two handles on it. Its own page of days, asked for quietly.
const slider = section.querySelector("[data-slider]");
const handles = [slider.querySelector("[data-first]"), slider.querySelector("[data-last]")];
const DAY = 86400000;
let days = [];
let settled;

async function drawDays() {
  const asked = new URLSearchParams(results().dataset.points);
  ["since", "until"].forEach((name) => asked.delete(name)); // the handles stand on the whole period
  const answer = await fetch(`${slider.dataset.days}?${asked}`);
  if (!answer.ok || answer.redirected) return;
  const { days: counted, first: firstDay, last: lastDay } = await answer.json();
  const first = Date.parse(firstDay);
  const number = Math.round((Date.parse(lastDay) - first) / DAY) + 1;
  slider.hidden = !counted.length || number < 2;
  if (slider.hidden) return;
  const known = new Map(counted);
  days = Array.from({ length: number }, (_, place) => {
    const day = new Date(first + place * DAY).toISOString().slice(0, 10);
    return [day, known.get(day) ?? 0];
  });
  const most = Math.max(...days.map(([, count]) => count));
  const bars = slider.querySelector("[data-bars]");
  bars.setAttribute("viewBox", `0 0 ${days.length} 20`);
  bars.replaceChildren(...days.map(([, count], place) => {
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const height = (count / most) * 20;
    Object.entries({ x: place + 0.1, y: 20 - height, width: 0.8, height }).forEach(([name, value]) => bar.setAttribute(name, value));
    return bar;
  }));
  const chosen = new URLSearchParams(results().dataset.points);
  const at = (name, otherwise) => {
    const place = days.findIndex(([day]) => day >= chosen.get(name));
    return chosen.get(name) && place >= 0 ? place : otherwise;
  };
  handles.forEach((handle) => { handle.max = days.length - 1; });
  if (!settled) {
    handles[0].value = at("since", 0);
    handles[1].value = at("until", days.length - 1);
  }
  tellSpan();
}

function span() {
  return handles.map((handle) => Number(handle.value)).sort((a, b) => a - b);
}

function tellSpan() {
  const [first, last] = span();
  const words = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "short", timeZone: "UTC" });
  const said = (place) => words.format(new Date(days[place][0]));
  const count = days.slice(first, last + 1).reduce((sum, [, number]) => sum + number, 0);
  slider.querySelector("[data-span]").textContent = `${said(first)} – ${said(last)}: ${count} ${slider.dataset.reports}`;
  const spoken = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
  handles.forEach((handle) => {
    const [day, number] = days[handle.value];
    handle.setAttribute("aria-valuetext", `${spoken.format(new Date(day))}: ${number} ${slider.dataset.reports}`);
  });
  slider.querySelectorAll("rect").forEach((bar, place) => bar.classList.toggle("inside", first <= place && place <= last));
}

handles.forEach((handle) => {
  handle.addEventListener("input", tellSpan);
  handle.addEventListener("change", () => {
    clearTimeout(settled);
    settled = setTimeout(showSpan, 300); // an arrow key is a change each time
  });
});

// One step in the history for all that is done with the slider in a row: Back undoes that, and not day by day.
function showSpan() {
  settled = undefined;
  const [first, last] = span();
  const whole = first === 0 && last === days.length - 1;
  filters.elements.since.value = whole ? "" : days[first][0];
  filters.elements.until.value = whole ? "" : days[last][0];
  if (history.state?.slider) history.replaceState({ slider: true }, "", address());
  else history.pushState({ slider: true }, "", address());
  show(location.href, false);
}

// Map
const ring = JSON.parse(section.dataset.ring ?? "[]");
const map = await drawMap(section, {
  outline: section.dataset.outline,
  bounds: around(ring) ?? JSON.parse(section.dataset.bounds),
  baseMap: section.dataset.baseMap,
});
if (ring.length) drawRing(map)(ring);
map.addSource("points", {
  type: "geojson", data: { type: "FeatureCollection", features: [] }, cluster: true, clusterRadius: 46, clusterMaxZoom: 17,
  clusterProperties: { worst: ["max", ["get", "severity"]] },
});
// Nothing is painted by this layer: it makes the source's features queryable, and markers draw them.
map.addLayer({ id: "points", type: "circle", source: "points", paint: { "circle-radius": 1, "circle-opacity": 0 } });

const markers = new Map();
function draw() {
  if (!map.isSourceLoaded("points")) return;
  const wanted = new Map();
  for (const feature of map.querySourceFeatures("points")) {
    const { properties } = feature;
    // A cluster's number means another cluster in other data, so the key has its place too.
    const key = properties.cluster ? `c${properties.point_count}@${feature.geometry.coordinates}` : properties.id;
    wanted.set(key, feature);
  }
  for (const [key, marker] of markers) if (!wanted.has(key)) { marker.remove(); markers.delete(key); }
  for (const [key, feature] of wanted) {
    if (markers.has(key)) continue;
    const element = feature.properties.cluster ? clusterOf(feature) : pointOf(feature.properties);
    markers.set(key, new maplibre.Marker({ element }).setLngLat(feature.geometry.coordinates).addTo(map));
  }
}

function clusterOf(feature) {
  const element = document.createElement("button");
  const { cluster_id: id, point_count: count } = feature.properties;
  element.type = "button";
  element.className = "cluster";
  element.textContent = count;
  element.setAttribute("aria-label", `${count} ${section.dataset.here}`);
  element.addEventListener("click", async () => {
    const source = map.getSource("points");
    const zoom = await source.getClusterExpansionZoom(id);
    if (zoom <= 18) return map.easeTo({ center: feature.geometry.coordinates, zoom });
    const leaves = await source.getClusterLeaves(id, 100, 0);
    choose(leaves.map((leaf) => leaf.properties.id));
  });
  return element;
}

function pointOf({ id, severity, icon, coarse }) {
  const element = pin(severity, icon, section.dataset.icons, coarse);
  const card = row(id)?.querySelector(".what");
  element.setAttribute("aria-label", card ? card.innerText.replace(/\s+/g, " ") : section.dataset.one);
  element.addEventListener("click", () => choose([id]));
  return element;
}

// Choosing on the map shows in the list; what is not on this page of the list opens by itself.
function choose(ids) {
  const rows = ids.map((id) => row(id)?.querySelector(".sight")).filter(Boolean);
  results()?.querySelectorAll(".sight.chosen").forEach((card) => card.classList.remove("chosen"));
  rows.forEach((card) => card.classList.add("chosen"));
  if (rows.length) {
    rows[0].scrollIntoView({ block: "nearest", behavior: "smooth" });
    rows[0].focus({ preventScroll: true });
  } else location.assign(new URL(`../haendelse/${ids[0]}/`, location.href));
}

// On the document, because the list is replaced.
document.addEventListener("pointerover", ({ target }) => point(target.closest("#results [data-id]")));
function point(pointed) {
  for (const [key, marker] of markers) marker.getElement().classList.toggle("chosen", key === pointed?.dataset.id);
}

refresh = async () => {
  const answer = await fetch(pointsUrl());
  if (answer.redirected) return location.reload();
  if (!answer.ok) return;
  // In columns; places count in hundred thousandths of a degree from the origin.
  const { origin: [west, south], categories, ids, x, y, category, coarse, standing } = await answer.json();
  const features = ids.map((id, at) => {
    const [icon, severity] = categories[category[at]];
    return {
      type: "Feature", geometry: { type: "Point", coordinates: [west + x[at] / 1e5, south + y[at] / 1e5] },
      properties: { id, icon, severity, coarse: coarse[at] === 1, standing: standing[at] },
    };
  });
  map.getSource("points").setData({ type: "FeatureCollection", features });
  section.dataset.shown = features.length;
};
map.on("render", draw);
await refresh();
await drawDays();
const layers = section.querySelector("[data-layers]");
if (layers) (await import("./layers.js")).offer(map, layers);
