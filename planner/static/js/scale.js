// Two lengths on a picture: four points to click and to drag; the fields hold them as numbers.
/* global L */
import { board, words } from "./map.js";

const element = document.querySelector("[data-map]");
const hint = document.querySelector("[data-hint]");
const high = Number(element.dataset.height);
const { map } = board(element);
const lines = ["first", "check"].map((name) => ({ name, path: null, markers: [] }));

function field(name, end) {
  return document.getElementById(`f-${name}-${end}`);
}

/** Return a point that its fields hold, null while they are empty. */
function point(name, number) {
  const x = parseFloat(field(name, `x${number}`).value.replace(",", "."));
  const y = parseFloat(field(name, `y${number}`).value.replace(",", "."));
  return Number.isFinite(x) && Number.isFinite(y) ? L.latLng(high - y, x) : null;
}

function write(name, number, place) {
  field(name, `x${number}`).value = place.lng.toFixed(1);
  field(name, `y${number}`).value = (high - place.lat).toFixed(1);
}

/** Draw both lengths as the fields say, and ask for the next point. */
function draw() {
  let next = 0;
  lines.forEach((line, at) => {
    line.markers.forEach((marker) => marker.remove());
    if (line.path) line.path.remove();
    const ends = [point(line.name, 1), point(line.name, 2)];
    line.markers = ends.map((place, end) => place && handle(line, end + 1, place)).filter(Boolean);
    line.path = null;
    if (ends[0] && ends[1]) {
      line.path = L.polyline(ends, { className: `t-length ${line.name}`, interactive: false });
      line.path.addTo(map);
      if (next === at * 2) next = at * 2 + 2;
    } else if (next === at * 2) {
      next = at * 2 + (ends[0] ? 1 : 0);
    }
  });
  hint.replaceChildren(words(hint.dataset[`words-${next}`] || hint.getAttribute(`data-words-${next}`)));
  element.classList.toggle("is-drawing", next < 4);
  return next;
}

function handle(line, number, place) {
  const icon = L.divIcon({ className: `t-point ${line.name}`, iconSize: [26, 26] });
  const marker = L.marker(place, { icon, draggable: true, keyboard: false }).addTo(map);
  marker.on("drag", () => {
    write(line.name, number, marker.getLatLng());
    if (line.path) line.path.setLatLngs([point(line.name, 1), point(line.name, 2)]);
  });
  marker.on("dragend", draw);
  return marker;
}

let next = draw();
map.on("click", (event) => {
  if (next >= 4) return;
  write(lines[next < 2 ? 0 : 1].name, (next % 2) + 1, event.latlng);
  next = draw();
  if (next === 2 || next === 4) field(next === 2 ? "first" : "check", "m").focus();
});
document.querySelector("main form").addEventListener("input", (event) => {
  if (!event.target.name.endsWith("-m")) next = draw();
});
