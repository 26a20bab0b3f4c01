// The report's form for outdoors, filled from what the phone has with it. It knows what was typed as the body that is
// sent, and can take such a body up again.
import { Camera } from "./camera.js";
import { drawOutline } from "./outline.js";

// What the server refuses in any text, said while there is no signal too: civil registration and telephone numbers.
const NUMBERS = [/(^|\D)[0-3]\d[01]\d{3}[-\u2013. ]?\d{4}(?!\d)/, /(^|\D)\d{2} ?\d{2} ?\d{2} ?\d{2}(?!\d)/];
const PLAIN = ["area", "on", "at", "precision", "text", "visibility", "police_sees"];

export class Form {
  // `typed` is called whenever something was typed or chosen.
  constructor(element, typed) {
    this.element = element;
    this.typed = typed;
    this.camera = new Camera(element.querySelector("[data-photo]"), (photo) => { this.photo = photo; typed(); });
    element.addEventListener("input", typed);
    element.addEventListener("change", () => { this.tell(); typed(); });
    element.querySelector("[data-locate]").addEventListener("click", () => this.locate());
    element.querySelector("[data-point]").addEventListener("click", () => this.openOutline());
    this.field("area").addEventListener("change", () => this.place(undefined));
  }

  field(name) { return this.element.elements.namedItem(name); }

  use(kit) {
    this.kit = kit;
    const partnership = this.field("partnership");
    partnership.replaceChildren(...kit.partnerships.map(({ slug, name }) => new Option(name, slug)));
    partnership.closest("[data-partnership]").hidden = kit.partnerships.length < 2;
    partnership.onchange = () => this.fill();
    this.fill();
  }

  get partnership() {
    return this.kit.partnerships.find(({ slug }) => slug === this.field("partnership").value) ?? this.kit.partnerships[0];
  }

  // A partnership that one is in no more, an exercise that is over, stays chosen until another is: what was written for it
  // does not end up elsewhere by itself.
  of(slug) {
    const chosen = this.field("partnership");
    if (!this.kit.partnerships.some((each) => each.slug === slug)) {
      chosen.append(new Option(this.element.dataset.partnershipGone, slug));
      chosen.closest("[data-partnership]").hidden = false;
    }
    chosen.value = slug;
  }

  fill() {
    const here = this.partnership;
    this.element.querySelector("[data-tiles]").replaceChildren(...here.categories.map((category) => this.tile(category)));
    this.field("area").replaceChildren(new Option(this.element.dataset.chooseArea, ""), ...here.areas.map(({ name, areas }) => {
      const group = Object.assign(document.createElement("optgroup"), { label: name });
      group.append(...areas.map((area) => new Option(area.name, area.id)));
      return group;
    }));
    this.field("precision").replaceChildren(...here.precision.map(({ value, label }) => new Option(label, value)));
    this.choices("visibility", here.visibility, here.usual.visibility);
    this.choices("police_sees", here.police_sees, here.usual.police_sees);
    this.pin = undefined;
    this.place(undefined);
    this.tell();
  }

  tile({ slug, name, icon, severity }) {
    const tile = document.querySelector("#tile").content.cloneNode(true);
    const [input, label] = [tile.querySelector("input"), tile.querySelector("label")];
    input.value = slug;
    input.id = label.htmlFor = `category_${slug}`;
    tile.querySelector(".mark").classList.add(`s${severity}`);
    tile.querySelector("use").setAttribute("href", `${this.element.dataset.icons}#${icon}`);
    label.append(name);
    return tile;
  }

  choices(name, offered, usual) {
    const box = this.element.querySelector(`[data-choices=${name}]`);
    box.closest("[data-group]").hidden = !offered.length;
    box.replaceChildren(...offered.map(({ value, label }) => {
      const line = document.createElement("div");
      const input = Object.assign(document.createElement("input"), { type: "radio", name, value, id: `${name}_${value}`, checked: value === usual });
      line.append(input, Object.assign(document.createElement("label"), { htmlFor: input.id, textContent: label }));
      return line;
    }));
  }

  chosen(name) { return this.element.querySelector(`[name=${name}]:checked`)?.value ?? ""; }

  get category() { return this.partnership.categories.find(({ slug }) => slug === this.chosen("category")); }

  // What follows from the choices: guidance, whether a picture is asked for, who will see it, and when it was.
  tell() {
    this.element.querySelector("[data-guidance-text]").textContent = this.category?.guidance ?? "";
    const photo = this.element.querySelector("[data-photo]");
    photo.hidden = !this.category?.photo && !this.camera.taken;
    photo.querySelector("[data-not-here]").hidden = !this.camera.taken || this.category?.photo !== false;
    const visibility = this.partnership.visibility.find(({ value }) => value === this.chosen("visibility"));
    this.element.querySelector("[data-seen-by]").textContent = visibility?.seen_by ?? "";
    this.element.querySelector("[data-group=police]").hidden = !this.partnership.police_sees.length || !["partnership", "public"].includes(visibility?.value);
    const when = this.element.querySelector("[data-when]");
    when.textContent = this.when() || when.dataset.now;
  }

  when() {
    const on = this.field("on").valueAsDate;
    const day = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "short" });
    return [on && day.format(on), this.field("at").value].filter(Boolean).join(" ");
  }

  place(point, words = "") {
    this.point = point;
    this.element.querySelector("[data-place-said]").textContent = words;
    if (point) this.field("area").value = "";
    if (point) this.pin?.show(...point);
    else this.pin?.hide();
  }

  locate() {
    const { noPosition, outOfBounds, found } = this.element.dataset;
    const said = this.element.querySelector("[data-place-said]");
    const [west, south, east, north] = this.partnership.bounds;
    navigator.geolocation.getCurrentPosition(({ coords: { longitude, latitude } }) => {
      const inside = west <= longitude && longitude <= east && south <= latitude && latitude <= north;
      if (!inside) { said.textContent = outOfBounds; return; }
      this.place([longitude, latitude], found);
      this.typed();
    }, () => { said.textContent = noPosition; }, { enableHighAccuracy: true, timeout: 8000, maximumAge: 60000 });
  }

  openOutline() {
    const box = this.element.querySelector("[data-outline]");
    box.hidden = !box.hidden;
    this.element.querySelector("[data-point]").setAttribute("aria-expanded", String(!box.hidden));
    if (box.hidden) return;
    this.pin ??= drawOutline(box, this.partnership, (longitude, latitude) => {
      this.place([Number(longitude.toFixed(6)), Number(latitude.toFixed(6))], this.element.dataset.pointUsed);
      this.typed();
    });
    if (this.point) this.pin.show(...this.point);
    box.scrollIntoView({ block: "nearest" });
  }

  // What is sent. `started` holds {id, at} of the item, and what it was received as before.
  body(started) {
    const plain = Object.fromEntries(PLAIN.map((name) => [name, ["visibility", "police_sees"].includes(name) ? this.chosen(name) : this.field(name).value]));
    return {
      kind: "report", ...started.as, key: started.id, written_at: new Date(started.at).toISOString(),
      partnership: this.field("partnership").value, category: this.chosen("category"), ...plain,
      longitude: this.point?.[0], latitude: this.point?.[1], photo: this.category?.photo ? this.photo : undefined,
      place_words: this.placeWords, looked: this.looked,
    };
  }

  // How a list shows it.
  shown() {
    return { category: this.category?.name, when: this.when(), photo: Boolean(this.category?.photo && this.photo) };
  }

  get empty() {
    return !this.chosen("category") && !this.field("text").value.trim() && !this.photo;
  }

  // Ready for the next one. Of the same evening: place, day and who may see it stay.
  clear({ sameEvening = false } = {}) {
    const kept = sameEvening ? ["area", "on", "visibility", "police_sees"] : [];
    const before = Object.fromEntries(kept.map((name) => [name, name === "area" || name === "on" ? this.field(name).value : this.chosen(name)]));
    const point = sameEvening ? this.point : undefined;
    const slug = this.partnership.slug;
    this.element.reset();
    this.field("partnership").value = slug;
    this.fill();
    Object.entries(before).forEach(([name, value]) => this.set(name, value));
    this.photo = undefined;
    this.camera.picture && this.camera.clear();
    this.placeWords = [];
    this.looked = false;
    this.wrong({});
    this.element.querySelector("[data-outline]").hidden = true;
    this.element.querySelector("[data-point]").setAttribute("aria-expanded", "false");
    if (point) this.place(point, this.element.dataset.pointUsed);
    this.tell();
  }

  set(name, value) {
    const control = this.field(name);
    if (control instanceof RadioNodeList || control?.type === "radio") {
      const radio = [...this.element.querySelectorAll(`[name=${name}]`)].find((each) => each.value === value);
      if (radio) radio.checked = true;
    } else if (control) control.value = value ?? "";
  }

  // Take up what was put down before, with what the server said against it.
  async restore(body, why) {
    this.clear();
    this.of(body.partnership);
    this.fill();
    ["category", ...PLAIN].forEach((name) => this.set(name, body[name]));
    this.photo = body.photo;
    if (body.photo) await this.camera.restore(body.photo);
    if (body.longitude !== undefined && body.longitude !== null) this.place([body.longitude, body.latitude], this.element.dataset.pointUsed);
    this.placeWords = body.place_words ?? [];
    this.looked = Boolean(body.looked);
    this.tell();
    this.wrong(why ?? {});
  }

  // Say at each field what the server, or the form, has against it.
  wrong({ errors = {}, marks = [], look = false }) {
    this.element.querySelectorAll("[data-wrong]").forEach((line) => {
      line.textContent = (errors[line.dataset.wrong] ?? []).join(" ");
      line.hidden = !line.textContent;
    });
    const known = [...this.element.querySelectorAll("[data-wrong]")].map((line) => line.dataset.wrong);
    const rest = Object.entries(errors).filter(([name]) => !known.includes(name)).flatMap(([, rules]) => rules);
    const other = this.element.querySelector("[data-wrong-else]");
    other.textContent = rest.join(" ");
    other.hidden = !rest.length;
    this.mark(marks);
    this.looked = look || this.looked;
  }

  // The guard's findings, each with what may stand there instead.
  mark(marks) {
    const box = this.element.querySelector("[data-marks]");
    const { replace, leaveOut, isPlace } = this.element.dataset;
    const text = this.field("text");
    const about = text.value;
    box.replaceChildren(...marks.map((mark) => {
      const line = document.createElement("li");
      line.className = mark.stops ? "stops" : "";
      const choices = Object.assign(document.createElement("div"), { className: "instead" });
      line.append(Object.assign(document.createElement("q"), { textContent: mark.words }), ` ${mark.why}`, choices);
      const offer = (words, act) => {
        const button = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: words });
        button.addEventListener("click", () => { act(); line.remove(); this.typed(); });
        choices.append(button);
      };
      if (mark.instead) offer(mark.leaves_out ? leaveOut : `${replace} ${mark.instead}`, () => { if (text.value === about) text.setRangeText(mark.instead, mark.swap_start, mark.swap_end, "end"); });
      if (mark.may_be_place) offer(isPlace, () => { this.placeWords = [...this.placeWords ?? [], mark.words]; });
      return line;
    }));
  }

  // What can be said before it is sent: the rest is the server's to judge.
  complete() {
    const { needsCategory, needsPlace, needsTime, number } = this.element.dataset;
    const errors = {};
    if (!this.chosen("category")) errors.category = [needsCategory];
    if (!this.point && !this.field("area").value) errors.area = [needsPlace];
    if (NUMBERS.some((pattern) => pattern.test(this.field("text").value))) errors.text = [number];
    if (this.field("on").value && !this.field("at").value && this.field("precision").value !== "week") errors.at = [needsTime];
    this.wrong({ errors });
    const first = Object.keys(errors)[0];
    if (first) this.element.querySelector(`[data-wrong=${first}]`).scrollIntoView({ block: "center" });
    return !first;
  }
}
