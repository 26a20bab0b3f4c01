// The areas as an outline to point at, drawn from what the phone has with it: no tiles, no network.
const SVG = "http://www.w3.org/2000/svg";
const element = (name, attributes) => {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
};

// Draw `outline` (GeoJSON) over `bounds` (degrees) into the svg; `chosen` is called with a longitude and a latitude.
export function drawOutline(svg, { outline, bounds: [west, south, east, north] }, chosen) {
  const narrow = Math.cos(((south + north) / 2) * Math.PI / 180);
  const [width, height] = [(east - west) * narrow * 10000, (north - south) * 10000];
  const across = ([longitude, latitude]) => [(longitude - west) * narrow * 10000, (north - latitude) * 10000];
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.replaceChildren(...["municipality", "parish", "neighbourhood"].flatMap((kind) => outline.features
    .filter(({ properties }) => properties.kind === kind)
    .map(({ geometry }) => element("path", { class: kind, d: path(geometry, across) }))));
  outline.features.filter(({ properties }) => properties.kind !== "parish").forEach(({ properties }) => {
    const [x, y] = across(properties.label);
    const name = element("text", { x, y, class: properties.kind });
    name.textContent = properties.name;
    svg.append(name);
  });
  const pin = element("circle", { class: "pin", r: width / 60, visibility: "hidden" });
  svg.append(pin);
  let here = [width / 2, height / 2];

  const set = ([x, y], { tell = true } = {}) => {
    here = [Math.min(width, Math.max(0, x)), Math.min(height, Math.max(0, y))];
    pin.setAttribute("cx", here[0]);
    pin.setAttribute("cy", here[1]);
    pin.setAttribute("visibility", "visible");
    if (tell) chosen(west + here[0] / narrow / 10000, north - here[1] / 10000);
  };
  svg.onclick = ({ clientX, clientY }) => {
    const point = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
    set([point.x, point.y]);
  };
  svg.onkeydown = (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) set([here[0] + step[0] * (width / 60), here[1] + step[1] * (width / 60)]);
    else if (event.key === "Enter") set(here);
    else return;
    event.preventDefault();
  };
  return {
    show: (longitude, latitude) => set(across([longitude, latitude]), { tell: false }),
    hide: () => pin.setAttribute("visibility", "hidden"),
  };
}

function path({ type, coordinates }, across) {
  const polygons = type === "MultiPolygon" ? coordinates : [coordinates];
  return polygons.flat().map((ring) => `M${ring.map((point) => across(point).map((each) => each.toFixed(1)).join(",")).join("L")}Z`).join("");
}
