// A layer over the map: fetched when it is chosen, drawn below the outlines and the reports.
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const EMPTY = { type: "FeatureCollection", features: [] };

export function offer(map, element) {
  const choice = element.querySelector("select");
  const status = element.querySelector("[role=status]");
  const said = status.querySelector("strong");
  const means = status.querySelector("span");
  const about = element.querySelector("a");
  const page = about.href;
  element.querySelector("[data-choice]").hidden = false;
  draw(map);
  let newest = 0; // whoever changes their mind faster than it answers gets the last one that they chose
  choice.addEventListener("change", async () => {
    const number = ++newest;
    const found = choice.value ? await cells(element, choice.value) : EMPTY;
    if (number !== newest) return;
    map.getSource("layer").setData(found ?? EMPTY);
    said.textContent = found ? found.said ?? "" : element.dataset.failed;
    means.textContent = found?.means ?? "";
    status.hidden = !said.textContent;
    about.href = choice.value ? asking(page, choice.value) : page;
    element.dataset.shown = (found ?? EMPTY).features.length;
  });
}

function asking(address, layer) {
  const url = new URL(address, location.href);
  url.searchParams.set("layer", layer);
  return url.href;
}

async function cells(element, layer) {
  const answer = await fetch(asking(element.dataset.layers, layer));
  if (answer.redirected) return location.reload();
  return answer.ok ? answer.json() : undefined;
}

function draw(map) {
  map.addSource("layer", { type: "geojson", data: EMPTY });
  map.addLayer({
    id: "layer", type: "fill", source: "layer",
    paint: { "fill-color": css("--accent"), "fill-opacity": ["match", ["get", "step"], 3, 0.7, 2, 0.42, 1, 0.2, 0] },
  }, "parish");
  map.addLayer({ id: "layer-edge", type: "line", source: "layer", paint: { "line-color": css("--accent"), "line-width": 0.8, "line-opacity": 0.6 } }, "parish");
}
