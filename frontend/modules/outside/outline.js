// The areas as an outline to point at, drawn from what the phone has with it: no tiles, no network.
const SVG = "http://www.w3.org/2000/svg";
const SCALE = 10000; // units of the drawing in a degree
const CLOSEST = 16;
const TEXT = 24; // names in the whole drawing's height
const element = (name, attributes) => {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
};

// Draw `outline` (GeoJSON) into the box; `chosen` is called with a longitude and a latitude.
export function drawOutline(box, { outline, bounds: [west, south, east, north] }, chosen) {
  const svg = box.querySelector("svg");
  const narrow = Math.cos(((south + north) / 2) * Math.PI / 180);
  const across = ([longitude, latitude]) => [(longitude - west) * narrow * SCALE, (north - latitude) * SCALE];
  const [width, height] = across([east, south]);
  let closer = 1;
  let here = [width / 2, height / 2];

  svg.replaceChildren(...["municipality", "parish", "neighbourhood"].flatMap((kind) => outline.features
    .filter(({ properties }) => properties.kind === kind)
    .map(({ geometry }) => element("path", { class: kind, d: path(geometry, across) }))));
  const names = outline.features.filter(({ properties }) => properties.kind !== "parish").map(({ properties }) => {
    const [x, y] = across(properties.label);
    const name = element("text", { x, y, class: properties.kind });
    name.textContent = properties.name;
    svg.append(name);
    return name;
  });
  const pin = element("circle", { class: "pin", visibility: "hidden" });
  svg.append(pin);

  const look = () => {
    const [wide, high] = [width / closer, height / closer];
    const [left, top] = [[here[0], wide, width], [here[1], high, height]].map(([at, size, all]) => Math.min(all - size, Math.max(0, at - size / 2)));
    svg.setAttribute("viewBox", closer === 1 ? `0 0 ${width} ${height}` : `${left} ${top} ${wide} ${high}`);
    pin.setAttribute("r", high / 40);
    names.forEach((name) => {
      name.setAttribute("font-size", high / TEXT * (svg.clientHeight < 260 ? 1.6 : 1));
      name.setAttribute("visibility", name.classList.contains("neighbourhood") && closer < 4 ? "hidden" : "visible");
    });
  };
  const set = ([x, y], { tell = true } = {}) => {
    here = [Math.min(width, Math.max(0, x)), Math.min(height, Math.max(0, y))];
    pin.setAttribute("cx", here[0]);
    pin.setAttribute("cy", here[1]);
    pin.setAttribute("visibility", "visible");
    if (tell) chosen(west + here[0] / narrow / SCALE, north - here[1] / SCALE);
  };
  const zoom = (times) => {
    closer = Math.min(CLOSEST, Math.max(1, closer * times));
    look();
  };
  svg.onclick = ({ clientX, clientY }) => {
    const point = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
    set([point.x, point.y]);
  };
  svg.onkeydown = (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) set([here[0] + step[0] * (width / closer / 40), here[1] + step[1] * (width / closer / 40)]);
    else if (event.key === "Enter") set(here);
    else if (event.key === "+" || event.key === "-") zoom(event.key === "+" ? 2 : 0.5);
    else return;
    if (step) look();
    event.preventDefault();
  };
  box.querySelector("[data-closer]").onclick = () => zoom(2);
  box.querySelector("[data-farther]").onclick = () => zoom(0.5);
  look();
  return {
    show: (longitude, latitude) => { set(across([longitude, latitude]), { tell: false }); look(); },
    hide: () => pin.setAttribute("visibility", "hidden"),
  };
}

function path({ type, coordinates }, across) {
  const polygons = type === "MultiPolygon" ? coordinates : [coordinates];
  return polygons.flat().map((ring) => `M${ring.map((point) => across(point).map((each) => each.toFixed(1)).join(",")).join("L")}Z`).join("");
}
