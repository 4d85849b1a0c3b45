// Tracing: the list of shapes is the truth; the map draws it and writes back into it.
/* global L */
import { board, words } from "./map.js";

const form = document.querySelector("form.trace");
const list = form.querySelector("[data-shapes]");
const element = form.querySelector("[data-map]");
const hint = form.querySelector("[data-hint]");
const drawingNow = form.querySelector(".drawing-now");
const format = new Intl.NumberFormat(element.dataset.lang, {
  minimumFractionDigits: 1, maximumFractionDigits: 1,
});
const whole = new Intl.NumberFormat(element.dataset.lang);
const { map, bounds } = board(element);
const layers = new Map(); // block -> layer
let chosen = null;
let wish = null; // kind that is being drawn

/** Read corner points: parts parted by a line `+`, rings by a blank line; null if unreadable. */
function read(text) {
  const parts = [];
  for (const part of text.split(/^\s*\+\s*$/m)) {
    const rings = [];
    for (const ring of part.trim().split(/\n\s*\n/)) {
      const points = [];
      for (const line of ring.split("\n").filter((one) => one.trim())) {
        const cells = line.trim().split(/[\s;]+/).map((cell) => cell.replace(/[,;]$/, "").replace(",", "."));
        const numbers = cells.map(Number);
        if (numbers.length !== 2 || !numbers.every(Number.isFinite)) return null;
        points.push([numbers[1], numbers[0]]);
      }
      if (points.length > 0 && points.length < 3) return null;
      if (points.length) rings.push(points);
    }
    if (rings.length) parts.push(rings);
  }
  return parts.length ? parts : null;
}

function short(value) {
  return String(Math.round(value * 1000) / 1000 || 0);
}

/** Return a layer's corners as text. */
function write(layer) {
  const deep = layer.getLatLngs();
  const parts = Array.isArray(deep[0][0]) ? deep : [deep];
  return parts
    .map((rings) => rings.map((ring) => ring.map((p) => `${short(p.lng)} ${short(p.lat)}`).join("\n")).join("\n\n"))
    .join("\n+\n");
}

function ringArea(ring) {
  let twice = 0;
  ring.forEach(([y, x], at) => {
    const [y2, x2] = ring[(at + 1) % ring.length];
    twice += x * y2 - x2 * y;
  });
  return Math.abs(twice) / 2;
}

function areaOf(block) {
  const parts = read(block.querySelector("[data-points]").value);
  if (!parts) return 0;
  return parts.reduce(
    (sum, [outer, ...holes]) => sum + ringArea(outer) - holes.reduce((cut, hole) => cut + ringArea(hole), 0), 0);
}

function said(area) {
  return `${format.format(area * Number(element.dataset.factor))}\u00a0${element.dataset.unit}`;
}

function gone(block) {
  return block.querySelector("[data-remove]").checked;
}

function nameOf(block) {
  const kind = block.dataset.shape;
  if (kind !== "room") return element.dataset[`${kind}Name`];
  const number = block.querySelector("input[name^=number]").value.trim();
  const name = block.querySelector("input[name^=name]").value.trim();
  return [number, name].filter(Boolean).join(" ") || element.dataset.newName;
}

/** Draw a block as its fields say. */
function refresh(block, keepLayer = false) {
  const kind = block.dataset.shape;
  const parts = gone(block) ? null : read(block.querySelector("[data-points]").value);
  const old = layers.get(block);
  if (!keepLayer || !parts || !old) {
    if (old) { old.pm.disable(); old.remove(); }
    layers.delete(block);
    if (parts) {
      const layer = L.polygon(parts.length === 1 ? parts[0] : parts, { className: `t-${kind}` });
      layer.addTo(map);
      layer.on("click", (event) => { if (!wish) { L.DomEvent.stop(event); choose(block, true); } });
      layer.on("pm:edit pm:dragend pm:vertexremoved pm:cut", () => fromLayer(block, layer));
      layers.set(block, layer);
      if (block === chosen) edit(block);
      for (const each of layers.values()) if (each !== layer && kind === "gross") each.bringToFront();
      if (kind === "gross") layer.bringToBack();
    }
  }
  const layer = layers.get(block);
  const area = areaOf(block);
  block.querySelector("[data-name]").textContent = nameOf(block);
  block.querySelector("[data-area]").textContent = area && !gone(block) ? said(area) : "";
  if (layer && kind !== "gross") {
    layer.unbindTooltip();
    layer.bindTooltip(words(`${nameOf(block)} ${said(area)}`), { permanent: true, direction: "center", className: "t-label" });
  }
  total();
}

function fromLayer(block, layer) {
  const box = block.querySelector("[data-points]");
  box.value = write(layer);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Bring the totals up to date. */
function total() {
  const sums = { gross: 0, core: 0, rooms: 0, seats: 0 };
  for (const block of list.children) {
    if (gone(block)) continue;
    const kind = block.dataset.shape === "room" ? "rooms" : block.dataset.shape;
    sums[kind] += areaOf(block);
    if (kind === "rooms") sums.seats += parseInt(block.querySelector("input[name^=seats]").value, 10) || 0;
  }
  sums.rest = Math.max(0, sums.gross - sums.core - sums.rooms);
  for (const cell of form.querySelectorAll("[data-sum]")) {
    const key = cell.dataset.sum;
    cell.textContent = key === "seats" ? whole.format(sums.seats) : said(sums[key]);
  }
  labels();
}

/** Names are shown only where they fit. */
function labels() {
  for (const [block, layer] of layers) {
    const tip = layer.getTooltip();
    if (!tip || !tip.getElement()) continue;
    const box = layer.getBounds();
    const wide = map.latLngToContainerPoint(box.getNorthEast()).x - map.latLngToContainerPoint(box.getSouthWest()).x;
    tip.getElement().hidden = wide < tip.getElement().scrollWidth + 4 && block !== chosen;
  }
}

function edit(block) {
  const layer = layers.get(block);
  if (!layer) return;
  layer.getElement()?.classList.add("is-on");
  layer.pm.enable({ allowSelfIntersection: false, snappable: true, snapDistance: 14, draggable: false });
}

/** Choose a shape: its corners can be moved, its fields are open. */
function choose(block, scroll = false) {
  if (chosen && chosen !== block) {
    chosen.classList.remove("is-on");
    const old = layers.get(chosen);
    if (old) { old.pm.disable(); old.getElement()?.classList.remove("is-on"); }
  }
  if (chosen === block) return;
  chosen = block;
  hint.textContent = block ? hint.dataset.selected : hint.dataset.idle;
  if (!block) return;
  block.classList.add("is-on");
  if (scroll) { block.open = true; block.scrollIntoView({ block: "nearest" }); }
  edit(block);
  labels();
}

function addBlock(kind, points = "") {
  const template = form.querySelector(`template[data-blank="${kind}"]`);
  const taken = [...list.querySelectorAll("input[name=block]")].map((one) => parseInt(one.value, 10) || 0);
  const at = Math.max(-1, ...taken) + 1;
  const holder = document.createElement("div");
  holder.append(template.content.cloneNode(true));
  for (const one of holder.querySelectorAll("*")) {
    for (const name of ["id", "name", "for", "value"]) {
      const value = one.getAttribute(name);
      if (value && value.includes("__at__")) one.setAttribute(name, value.replace("__at__", at));
    }
  }
  const block = holder.firstElementChild;
  list.append(block);
  block.querySelector("[data-points]").value = points;
  refresh(block);
  return block;
}

/** Begin to draw a shape of a kind; `box` is a room of four right corners. */
function begin(kind) {
  choose(null);
  wish = kind;
  element.classList.add("is-drawing");
  drawingNow.hidden = false;
  hint.textContent = kind === "box" ? hint.dataset.boxing : hint.dataset.drawing;
  map.pm.enableDraw(kind === "box" ? "Rectangle" : "Polygon", {
    snappable: true, snapDistance: 14, allowSelfIntersection: false, tooltips: false, continueDrawing: false,
  });
}

function stop() {
  map.pm.disableDraw();
  wish = null;
  element.classList.remove("is-drawing");
  drawingNow.hidden = true;
  hint.textContent = hint.dataset.idle;
}

map.on("pm:create", ({ layer }) => {
  const kind = wish === "box" ? "room" : wish;
  const text = write(layer);
  layer.remove();
  stop();
  let block = kind === "gross" ? list.querySelector('[data-shape="gross"]') : null;
  if (block) {
    const box = block.querySelector("[data-points]");
    box.value = text;
    refresh(block);
  } else {
    block = addBlock(kind, text);
  }
  block.dispatchEvent(new Event("input", { bubbles: true }));
  choose(block, true);
  const first = block.querySelector("input[name^=number]");
  if (first) { first.focus({ preventScroll: false }); first.select(); }
});

for (const button of form.querySelectorAll("[data-draw]")) {
  button.addEventListener("click", () => { if (wish) stop(); begin(button.dataset.draw); });
}
for (const button of form.querySelectorAll("[data-add]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const block = addBlock(button.dataset.add);
    choose(block, true);
    block.querySelector("input[type=text], textarea").focus();
  });
}
form.querySelector("[data-finish]").addEventListener("click", () => map.pm.Draw.Polygon._finishShape());
form.querySelector("[data-back]").addEventListener("click", () => map.pm.Draw.Polygon._removeLastVertex());
form.querySelector("[data-cancel]").addEventListener("click", stop);
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && wish) stop(); });
list.addEventListener("input", (event) => {
  const block = event.target.closest(".shape");
  if (block) refresh(block, event.target.matches("[data-points]") && !document.activeElement?.matches("[data-points]"));
});
list.addEventListener("focusin", (event) => choose(event.target.closest(".shape")));
map.on("click", () => { if (!wish) choose(null); });
map.on("zoomend moveend", labels);

for (const block of list.children) refresh(block);
if (!bounds) {
  const all = L.featureGroup([...layers.values()]);
  if (layers.size) map.fitBounds(all.getBounds(), { padding: [24, 24], animate: false });
  else map.fitBounds([[0, 0], [30, 40]], { animate: false });
}
stop();
