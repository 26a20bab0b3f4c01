// Reporting in three taps. Without script the same form works with a list of areas.
const form = document.querySelector("[data-report]");
const said = form.querySelector("[data-place-said]");
const [west, south, east, north] = JSON.parse(form.dataset.bounds);
const field = (name) => form.elements.namedItem(name);
let marker;

form.querySelector("[data-script]").hidden = false;

const guidance = form.querySelector("[data-guidance-text]");
const tell = () => { guidance.textContent = form.querySelector("[name=category]:checked")?.dataset.guidance ?? ""; };
form.querySelectorAll("[name=category]").forEach((radio) => radio.addEventListener("change", tell));
tell();

// Who may see it, in words at the button.
const police = form.querySelector("[data-police]");
const seenBy = () => {
  const chosen = form.querySelector("[name=visibility]:checked")?.value;
  form.querySelectorAll("[data-seen-by]").forEach((words) => { words.hidden = words.dataset.seenBy !== chosen; });
  if (police) police.hidden = !["partnership", "public"].includes(chosen);
};
form.querySelectorAll("[name=visibility]").forEach((radio) => radio.addEventListener("change", seenBy));
seenBy();

function place(longitude, latitude, words) {
  field("longitude").value = longitude;
  field("latitude").value = latitude;
  said.textContent = words;
  said.scrollIntoView({ block: "nearest" });
  field("area").value = "";
}

form.querySelector("[data-locate]").addEventListener("click", () => {
  navigator.geolocation.getCurrentPosition(({ coords: { longitude, latitude } }) => {
    const inside = west <= longitude && longitude <= east && south <= latitude && latitude <= north;
    if (!inside) { said.textContent = form.dataset.outside; return; }
    place(longitude, latitude, form.dataset.found);
  }, () => { said.textContent = form.dataset.noPosition; }, { enableHighAccuracy: true, timeout: 8000, maximumAge: 60000 });
});

const opener = form.querySelector("[data-open-map]");
opener.addEventListener("click", async () => {
  const box = form.querySelector("[data-pin-map]");
  box.hidden = !box.hidden;
  opener.setAttribute("aria-expanded", String(!box.hidden));
  if (!box.hidden) box.scrollIntoView({ block: "center" });
  if (box.dataset.drawn) return;
  box.dataset.drawn = "true";
  const { drawMap, maplibre } = await import("./map.js");
  const map = await drawMap(box, { outline: form.dataset.outline, bounds: [west, south, east, north] });
  map.getCanvas().setAttribute("tabindex", "0");
  const set = ({ lng, lat }) => {
    if (marker) marker.setLngLat([lng, lat]);
    else {
      marker = new maplibre.Marker({ draggable: true, color: getComputedStyle(document.documentElement).getPropertyValue("--accent").trim() }).setLngLat([lng, lat]).addTo(map);
      marker.on("dragend", () => set(marker.getLngLat()));
    }
    place(lng.toFixed(6), lat.toFixed(6), form.dataset.point);
  };
  map.on("click", (event) => set(event.lngLat));
  map.getCanvas().addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); set(map.getCenter()); } });
  if (field("longitude").value) set({ lng: Number(field("longitude").value), lat: Number(field("latitude").value) });
  box.dataset.ready = "true";
});

field("area").addEventListener("change", () => {
  field("longitude").value = field("latitude").value = said.textContent = "";
  marker?.remove();
  marker = undefined;
});
if (field("longitude").value && field("latitude").value) said.textContent = form.dataset.point;

const button = form.querySelector("[data-send]");
const send = button.textContent;
// A double click sends once; the key in the form makes sure of it on the server too.
form.addEventListener("submit", (event) => {
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "true";
  button.textContent = form.dataset.sending;
});
addEventListener("pageshow", () => { delete form.dataset.sent; button.textContent = send; });

// "When: now" follows what is filled in.
const when = form.querySelector("[data-when]");
const day = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "short", year: "numeric" });
const tellWhen = () => {
  const on = field("on").valueAsDate;
  when.textContent = [on && day.format(on), field("at").value].filter(Boolean).join(" ") || when.dataset.now;
};
[field("on"), field("at")].forEach((input) => input.addEventListener("change", tellWhen));
tellWhen();

// The guard: what it finds in the text is said while one can still change it, with a general word to put instead.
const guarded = form.querySelector("[data-guard]");
if (guarded) {
  const text = field("text");
  const marks = guarded.querySelector("[data-marks]");
  let asked = 0;
  let waiting;
  const check = async () => {
    const turn = ++asked;
    const about = text.value;
    const body = new FormData(form);
    const answer = await fetch(guarded.dataset.check, { method: "POST", body }).catch(() => undefined);
    if (!answer?.ok || turn !== asked) return;
    tellMarks((await answer.json()).marks, about);
  };
  text.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(check, 400); });
  // Marks that came with the page after a refusal get their buttons too; what was ticked in them already counts.
  marks.querySelectorAll("[name=place_words]:checked").forEach(({ value }) => sayPlace(value));
  if (text.value) check();

  function sayPlace(value) {
    guarded.append(Object.assign(document.createElement("input"), { type: "hidden", name: "place_words", value }));
  }

  function tellMarks(found, about) {
    marks.replaceChildren();
    if (!found.length) return;
    const list = Object.assign(document.createElement("ul"), { className: "no-max-width" });
    found.forEach((mark) => list.append(line(mark, about)));
    const heading = document.createElement("p");
    const strong = document.createElement("strong");
    strong.textContent = guarded.dataset.found;
    heading.append(strong);
    const looked = Object.assign(document.createElement("input"), { type: "hidden", name: "looked", value: "1" });
    marks.append(heading, list, looked);
  }

  function line({ words, why, instead, swap_start: start, swap_end: end, stops, may_be_place: mayBePlace, leaves_out: leavesOut }, about) {
    const item = document.createElement("li");
    item.className = stops ? "stops" : "";
    const quoted = document.createElement("q");
    quoted.textContent = words;
    const choices = Object.assign(document.createElement("div"), { className: "instead" });
    item.append(quoted, ` ${why}`, choices);
    if (instead) {
      choices.append(button(leavesOut ? guarded.dataset.leaveOut : `${guarded.dataset.replace} ${instead}`, () => {
        if (text.value === about) text.setRangeText(instead, start, end, "end");
        text.focus();
        check();
      }));
    }
    if (mayBePlace) {
      choices.append(button(guarded.dataset.place, () => {
        sayPlace(words);
        text.focus();
        check();
      }));
    }
    return item;
  }

  function button(words, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: words });
    made.addEventListener("click", act);
    return made;
  }
}
