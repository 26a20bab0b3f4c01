// A picture of a place: made small here, covered by drawing, and given on as pixels only. The file that the camera made
// is never kept and never sent.
const LONGEST = 1600;
const LARGEST = 700000; // bytes, before it is written as text
const BRUSH = 28; // in parts of a thousand of the longer side, each way

export class Camera {
  // `box` holds an input[type=file], a canvas and buttons, each marked by data-…
  constructor(box, changed) {
    this.box = box;
    this.changed = changed;
    this.canvas = box.querySelector("canvas");
    this.pen = { x: 0.5, y: 0.5 };
    this.round = 0; // of giving on: what comes late of an earlier one, or of another picture, counts no more
    box.querySelector("[data-file]").addEventListener("change", ({ target }) => target.files[0] && this.take(target.files[0]));
    box.querySelector("[data-undo]").addEventListener("click", () => this.undo());
    box.querySelector("[data-no-photo]").addEventListener("click", () => this.clear());
    this.canvas.addEventListener("pointerdown", (event) => this.begin(event));
    this.canvas.addEventListener("pointermove", (event) => event.buttons && this.stroke && this.draw(event));
    this.canvas.addEventListener("pointerup", () => this.end());
    this.canvas.addEventListener("keydown", (event) => this.key(event));
  }

  get taken() { return Boolean(this.picture); }

  async take(file) {
    try {
      await this.show(await createImageBitmap(file, { imageOrientation: "from-image" }));
    } catch {
      this.say(this.box.dataset.noPicture);
      return;
    }
    this.box.querySelector("[data-file]").value = "";
    this.say("");
    await this.give();
    this.canvas.focus();
  }

  // When what was drawn last is in what is given on.
  async given() {
    for (let last; last !== this.giving;) {
      last = this.giving;
      await last;
    }
  }

  // A picture that was put down before, as the text that is sent.
  async restore(text) {
    const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    await this.show(await createImageBitmap(new Blob([bytes], { type: "image/jpeg" })));
  }

  async show(picture) {
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    this.canvas.width = Math.round(picture.width * scale);
    this.canvas.height = Math.round(picture.height * scale);
    this.picture = picture;
    this.strokes = [];
    this.stroke = undefined;
    this.round += 1;
    this.paint();
    this.box.querySelector("[data-taken]").hidden = false;
  }

  clear() {
    this.picture = undefined;
    this.round += 1;
    this.strokes = [];
    this.box.querySelector("[data-taken]").hidden = true;
    this.changed(undefined);
  }

  at({ offsetX, offsetY }) {
    return { x: offsetX / this.canvas.clientWidth, y: offsetY / this.canvas.clientHeight };
  }

  begin(event) {
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    this.stroke = [this.at(event)];
    this.strokes.push(this.stroke);
    this.paint();
  }

  draw(event) {
    this.stroke.push(this.at(event));
    this.paint();
  }

  end() {
    if (!this.stroke) return;
    this.stroke = undefined;
    this.give();
  }

  undo() {
    this.strokes.pop();
    this.paint();
    this.give();
  }

  // Without a pointer: the arrows move a square, and Enter or the space bar covers what is under it.
  key(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    if (step) {
      this.pen.x = Math.min(1, Math.max(0, this.pen.x + step[0] * 0.03));
      this.pen.y = Math.min(1, Math.max(0, this.pen.y + step[1] * 0.03));
    } else {
      this.strokes.push([{ ...this.pen }]);
      this.give();
    }
    this.paint(true);
  }

  paint(withPen = false) {
    const context = this.canvas.getContext("2d");
    const { width, height } = this.canvas;
    const brush = (Math.max(width, height) * BRUSH * 2) / 1000;
    context.drawImage(this.picture, 0, 0, width, height);
    context.fillStyle = context.strokeStyle = "#000";
    context.lineWidth = brush;
    context.lineCap = context.lineJoin = "round";
    for (const stroke of this.strokes) {
      context.beginPath();
      stroke.forEach(({ x, y }, place) => (place ? context.lineTo(x * width, y * height) : context.moveTo(x * width, y * height)));
      if (stroke.length === 1) context.lineTo(stroke[0].x * width + 0.1, stroke[0].y * height);
      context.stroke();
    }
    if (!withPen) return;
    context.lineWidth = 3;
    context.strokeStyle = "#fff";
    context.strokeRect(this.pen.x * width - brush / 2, this.pen.y * height - brush / 2, brush, brush);
  }

  // What is sent: the pixels with what was drawn over them, as small as they have to be.
  give() {
    this.round += 1;
    this.giving = this.encode(this.round).catch(() => {
      this.clear();
      this.say(this.box.dataset.noPicture);
    });
    return this.giving;
  }

  async encode(round) {
    for (const quality of [0.82, 0.7, 0.55, 0.4]) {
      this.paint();
      const blob = await new Promise((done) => { this.canvas.toBlob(done, "image/jpeg", quality); });
      const text = blob.size <= LARGEST || quality === 0.4 ? await asText(blob) : undefined;
      if (round !== this.round) return;
      if (text) {
        this.changed(text);
        return;
      }
    }
  }

  say(words) {
    this.box.querySelector("[data-photo-said]").textContent = words;
  }
}

async function asText(blob) {
  const reader = new FileReader();
  const read = new Promise((done) => { reader.onload = done; });
  reader.readAsDataURL(blob);
  await read;
  return reader.result.split(",")[1];
}
