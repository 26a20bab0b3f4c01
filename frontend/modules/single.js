// One observation on a small map.
import { drawMap, maplibre, pin, square } from "./map.js";

const section = document.querySelector("[data-map]");
const { single, severity, icon, icons, outline } = section.dataset;
const [x, y] = single.split(",").map(Number);
const map = await drawMap(section, { outline, interactive: false });
const coarse = section.dataset.coarse === "true";
map.jumpTo({ center: [x, y], zoom: coarse ? 13.2 : 14 });
if (section.dataset.square === "true") square(map, x, y, 250);
const element = pin(severity, icon, icons, coarse, "span");
element.setAttribute("aria-hidden", "true");
new maplibre.Marker({ element }).setLngLat([x, y]).addTo(map);
