// The map of the corpus: draws the points, zooms, and shows the verbatim under the pointer. The table below it says the
// same without it.
const GRID = 999;
const SHAPES = [
  (c, x, y, r) => c.arc(x, y, r, 0, 7),
  (c, x, y, r) => c.rect(x - r, y - r, 2 * r, 2 * r),
  (c, x, y, r) => polygon(c, x, y, [[0, -1.3], [1.3, 1], [-1.3, 1]], r),
  (c, x, y, r) => polygon(c, x, y, [[0, -1.4], [1.4, 0], [0, 1.4], [-1.4, 0]], r),
  (c, x, y, r) => polygon(c, x, y, [[0, 1.3], [-1.3, -1], [1.3, -1]], r),
  (c, x, y, r) => polygon(c, x, y, [[-0.4, -1.3], [0.4, -1.3], [0.4, -0.4], [1.3, -0.4], [1.3, 0.4], [0.4, 0.4], [0.4, 1.3], [-0.4, 1.3], [-0.4, 0.4], [-1.3, 0.4], [-1.3, -0.4], [-0.4, -0.4]], r),
  (c, x, y, r) => c.arc(x, y, r * 0.85, 0, 7),
];
const HOLLOW = 6;
const COLOURS = ["--ch-1", "--ch-2", "--ch-3", "--ch-4", "--ch-6", "--ch-axis", "--ch-axis"];

function polygon(c, x, y, corners, r) {
  corners.forEach(([dx, dy], i) => (i ? c.lineTo(x + dx * r, y + dy * r) : c.moveTo(x + dx * r, y + dy * r)));
  c.closePath();
}

class CorpusMap {
  constructor(root) {
    this.root = root;
    this.canvas = root.querySelector("canvas");
    this.card = root.querySelector(".map-card");
    this.off = new Set();
    this.view = { x: 0.5, y: 0.5, zoom: 1 };
    this.points = [];
    this.regions = [];
    this.known = new Map();
    this.near = null;
  }

  async start() {
    const answer = await fetch(this.root.dataset.map, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const data = await answer.json();
    for (let i = 0; i < data.points.length; i += 4) {
      const [x, y, place, id] = data.points.slice(i, i + 4);
      this.points.push({ x: x / GRID, y: y / GRID, place, id });
    }
    this.regions = data.regions;
    this.listen();
    new ResizeObserver(() => this.draw()).observe(this.canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    new MutationObserver(() => this.draw()).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    this.draw();
    this.root.dataset.ready = this.points.length;
  }

  get frame() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    // The corpus is as wide as it is high; the view keeps its proportions and fills the longer side when zoomed.
    const side = (Math.min(width, height) - 32) * this.view.zoom;
    return { width, height, side };
  }

  place(point) {
    const { width, height, side } = this.frame;
    return [(point.x - this.view.x) * side + width / 2, (point.y - this.view.y) * side + height / 2];
  }

  draw() {
    cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => this.paint());
  }

  paint() {
    const { width, height } = this.frame;
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    const c = this.canvas.getContext("2d");
    c.scale(ratio, ratio);
    const styles = getComputedStyle(this.root);
    const radius = Math.min(6, (this.points.length > 1500 ? 2.2 : 3.4) * Math.sqrt(this.view.zoom));
    c.globalAlpha = 0.78;
    SHAPES.forEach((shape, place) => {
      if (this.off.has(place)) return;
      c.fillStyle = c.strokeStyle = styles.getPropertyValue(COLOURS[place]);
      for (const point of this.points) {
        if (point.place !== place) continue;
        const [x, y] = this.place(point);
        if (x < -9 || y < -9 || x > width + 9 || y > height + 9) continue;
        c.beginPath();
        shape(c, x, y, radius);
        place === HOLLOW ? c.stroke() : c.fill();
      }
    });
    c.globalAlpha = 1;
    this.label(c, styles);
    if (this.near) {
      const [x, y] = this.place(this.near);
      c.strokeStyle = styles.getPropertyValue("--ink");
      c.lineWidth = 2;
      c.beginPath();
      c.arc(x, y, radius + 4, 0, 7);
      c.stroke();
    }
  }

  label(c, styles) {
    const { width, height } = this.frame;
    c.font = `600 12px ${styles.fontFamily}`;
    c.textAlign = "center";
    c.lineWidth = 4;
    c.lineJoin = "round";
    c.strokeStyle = styles.getPropertyValue("--sunken");
    c.fillStyle = styles.getPropertyValue("--ink");
    const taken = [];
    for (const [gx, gy, name] of this.regions) {
      const words = name.split(", ").slice(0, 2).join(", ");
      const [x, y] = this.place({ x: gx / GRID, y: gy / GRID });
      const half = c.measureText(words).width / 2 + 4;
      const at = Math.min(Math.max(x, half), width - half);
      if (!words || y < 8 || y > height - 4 || x < 0 || x > width) continue;
      if (taken.some((t) => Math.abs(t.x - at) < t.half + half && Math.abs(t.y - y) < 18)) continue;
      taken.push({ x: at, y, half });
      c.strokeText(words, at, y + 4);
      c.fillText(words, at, y + 4);
    }
  }

  nearest(x, y) {
    let best = null;
    let least = 14 ** 2;
    for (const point of this.points) {
      if (this.off.has(point.place)) continue;
      const [px, py] = this.place(point);
      const apart = (px - x) ** 2 + (py - y) ** 2;
      if (apart < least) [best, least] = [point, apart];
    }
    return best;
  }

  async show(point) {
    this.near = point;
    this.canvas.classList.toggle("is-near", point !== null);
    this.draw();
    clearTimeout(this.soon);
    if (!point) {
      this.soon = setTimeout(() => (this.card.hidden = true), 250);
      return;
    }
    this.soon = setTimeout(() => this.open(point), 120);
  }

  async open(point) {
    if (!this.known.has(point.id)) {
      const answer = await fetch(`${this.address(point)}?carte=oui`);
      if (!answer.ok) return;
      this.known.set(point.id, await answer.text());
    }
    if (this.near !== point) return;
    this.card.innerHTML = this.known.get(point.id); // our own server's escaped template
    this.card.hidden = false;
    const [x, y] = this.place(point);
    const { width, height } = this.frame;
    const left = x + this.card.offsetWidth + 16 > width ? x - this.card.offsetWidth - 12 : x + 12;
    const top = y + this.card.offsetHeight + 16 > height ? y - this.card.offsetHeight - 8 : y + 8;
    this.card.style.left = `${Math.max(4, Math.min(left, width - this.card.offsetWidth - 4))}px`;
    this.card.style.top = `${Math.max(4, top)}px`;
  }

  address(point) {
    return this.root.dataset.point.replace("/0/", `/${point.id}/`);
  }

  zoom(factor, x = this.frame.width / 2, y = this.frame.height / 2) {
    const { width, height, side } = this.frame;
    const before = { x: (x - width / 2) / side, y: (y - height / 2) / side };
    this.view.zoom = Math.min(20, Math.max(1, this.view.zoom * factor));
    const after = this.frame.side;
    this.move(before.x - (x - width / 2) / after, before.y - (y - height / 2) / after);
  }

  move(dx, dy) {
    this.view.x = Math.min(1, Math.max(0, this.view.x + dx));
    this.view.y = Math.min(1, Math.max(0, this.view.y + dy));
    if (this.view.zoom === 1) this.view.x = this.view.y = 0.5;
    this.card.hidden = true;
    this.draw();
  }

  listen() {
    const { canvas } = this;
    const at = (event) => [event.offsetX, event.offsetY];
    canvas.addEventListener("pointermove", (event) => {
      if (this.held) {
        const { side } = this.frame;
        this.moved += Math.abs(event.movementX) + Math.abs(event.movementY);
        this.move(-event.movementX / side, -event.movementY / side);
      } else this.show(this.nearest(...at(event)));
    });
    canvas.addEventListener("pointerdown", (event) => {
      this.held = event.pointerType === "mouse" && event.button === 0;
      this.moved = 0;
      this.touched = event.pointerType !== "mouse";
    });
    addEventListener("pointerup", () => (this.held = false));
    canvas.addEventListener("pointerleave", () => this.show(null));
    this.card.addEventListener("pointerenter", () => clearTimeout(this.soon));
    this.card.addEventListener("pointerleave", () => this.show(null));
    canvas.addEventListener("click", (event) => {
      const point = this.nearest(...at(event));
      if (!point || this.moved > 6) return;
      if (this.touched && this.near !== point) this.show(point);
      else if (!this.touched) location.assign(this.address(point));
    });
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return;
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? 1.25 : 0.8, ...at(event));
    }, { passive: false });
    canvas.addEventListener("keydown", (event) => this.key(event));
    for (const button of this.root.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => this.step(Number(button.dataset.zoom)));
    }
    for (const button of this.root.querySelectorAll("[data-place]")) {
      button.addEventListener("click", () => this.toggle(button));
    }
  }

  step(by) {
    if (by === 0) this.view = { x: 0.5, y: 0.5, zoom: 1 };
    this.zoom(by > 0 ? 1.5 : by < 0 ? 1 / 1.5 : 1);
  }

  key(event) {
    const step = 0.1 / this.view.zoom;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (moves[event.key] && this.view.zoom > 1) this.move(...moves[event.key]);
    else if (event.key === "+" || event.key === "=") this.step(1);
    else if (event.key === "-") this.step(-1);
    else if (event.key === "0") this.step(0);
    else if (event.key === "Escape") this.show(null);
    else return;
    event.preventDefault();
  }

  toggle(button) {
    const place = Number(button.dataset.place);
    const shown = button.getAttribute("aria-pressed") === "true";
    button.setAttribute("aria-pressed", String(!shown));
    shown ? this.off.add(place) : this.off.delete(place);
    this.draw();
  }
}

for (const root of document.querySelectorAll("[data-map]")) new CorpusMap(root).start();
