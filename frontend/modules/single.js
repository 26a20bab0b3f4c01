// One observation on a small map.
import { drawMap, maplibre, pin } from "./map.js";

const section = document.querySelector("[data-map]");
const { single, severity, icon, icons, outline } = section.dataset;
const [x, y] = single.split(",").map(Number);
const map = await drawMap(section, { outline, interactive: false });
map.jumpTo({ center: [x, y], zoom: 14 });
const element = pin(severity, icon, icons, section.dataset.coarse === "true", "span");
element.setAttribute("aria-hidden", "true");
new maplibre.Marker({ element }).setLngLat([x, y]).addTo(map);
