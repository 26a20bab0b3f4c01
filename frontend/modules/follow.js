// What to follow: an area drawn corner by corner, and how much it would have been. Without script the areas' list does.
const form = document.querySelector("[data-follow]");
const outline = form.elements.namedItem("outline");
const said = form.querySelector("[data-corners]");
const tools = form.querySelector("[data-tools]");
const opener = form.querySelector("[data-open-map]");
const box = form.querySelector("[data-draw-map]");
const drawn = form.querySelector("[data-drawn-said]");
let corners = read();
let redraw = () => {};

form.querySelector("[data-script]").hidden = false;
form.querySelector("[data-without-script]").hidden = true;
tellCorners();

function read() {
  try { return JSON.parse(outline.value || "[]"); } catch { return []; }
}

function keep(changed) {
  corners = changed;
  outline.value = corners.length ? JSON.stringify(corners) : "";
  tellCorners();
  redraw();
  look();
}

function tellCorners() {
  const { first, few, enough } = said.dataset;
  if (!corners.length) said.textContent = first;
  else said.textContent = (corners.length < 3 ? few : enough).replace("[number]", corners.length);
  tools.style.visibility = corners.length ? "visible" : "hidden"; // nothing moves under the finger
  drawn.textContent = box.hidden ? drawn.dataset[corners.length ? "something" : "nothing"] : "";
}

// How many it would have been: asked a moment after the last change, and only the last answer counts.
const preview = form.querySelector("[data-preview]");
let asked = 0;
let waiting;
function look() {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const turn = ++asked;
    const answer = await fetch(form.dataset.look, { method: "POST", body: new FormData(form) }).catch(() => undefined);
    if (answer?.ok && !answer.redirected && turn === asked) preview.textContent = await answer.text();
  }, 400);
}
form.addEventListener("change", ({ target }) => {
  if (["areas", "categories", "severity"].includes(target.name)) look();
});

// The heading of a folded list says what is chosen in it.
form.querySelectorAll("details.change").forEach((folded) => {
  const summary = folded.querySelector("summary");
  const [label] = summary.textContent.split(":");
  const boxes = [...folded.querySelectorAll("input[type=checkbox]")];
  const nothing = folded.dataset.nothing;
  folded.addEventListener("change", () => {
    const names = boxes.filter((box) => box.checked).map((box) => box.parentElement.textContent.trim());
    summary.textContent = `${label.trim()}: ${names.join(", ") || nothing}`;
  });
});

opener.addEventListener("click", async () => {
  box.hidden = !box.hidden;
  opener.setAttribute("aria-expanded", String(!box.hidden));
  tellCorners();
  if (!box.hidden) box.scrollIntoView({ block: "nearest" });
  if (box.hidden || box.dataset.drawn) return;
  box.dataset.drawn = "true";
  const { around, drawMap, drawRing, maplibre } = await import("./map.js");
  const map = await drawMap(box, { outline: form.dataset.outline, bounds: around(corners) });
  map.getCanvas().setAttribute("tabindex", "0");
  const set = ({ lng, lat }) => keep([...corners, [Number(lng.toFixed(6)), Number(lat.toFixed(6))]]);
  const ring = drawRing(map);
  let markers = [];
  redraw = () => {
    ring(corners);
    markers.forEach((marker) => marker.remove());
    markers = corners.map((corner, place) => {
      const element = Object.assign(document.createElement("span"), { className: "corner" });
      const marker = new maplibre.Marker({ element, draggable: true }).setLngLat(corner).addTo(map);
      marker.on("dragend", () => {
        const { lng, lat } = marker.getLngLat();
        keep(corners.with(place, [Number(lng.toFixed(6)), Number(lat.toFixed(6))]));
      });
      return marker;
    });
  };
  redraw();
  map.on("click", (event) => set(event.lngLat));
  map.doubleClickZoom.disable(); // two quick taps are two corners
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Enter") set(map.getCenter());
    else if (event.key === "Backspace") keep(corners.slice(0, -1));
    else return;
    event.preventDefault();
  });
  box.dataset.ready = "true";
});

form.querySelector("[data-undo]").addEventListener("click", () => keep(corners.slice(0, -1)));
form.querySelector("[data-clear]").addEventListener("click", () => { keep([]); opener.focus(); });
