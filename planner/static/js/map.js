// A drawing board: metres or pixels as they are, y up, with a picture beneath.
/* global L */

// A corner's handle is for the pointer; by keyboard its place is typed in the list.
L.Marker.prototype.options.keyboard = false;

/** Make the board of an element; a picture given in `data-picture` is laid beneath. */
export function board(element) {
  const given = element.dataset;
  element.replaceChildren();
  for (const inside of document.querySelectorAll("[data-needs-script]")) inside.hidden = false;
  const map = L.map(element, {
    crs: L.CRS.Simple,
    minZoom: -6,
    maxZoom: 9,
    zoomSnap: 0.25,
    zoomDelta: 0.5,
    wheelPxPerZoomLevel: 120,
    attributionControl: false,
    zoomControl: false,
    zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  });
  L.control.zoom({ zoomInTitle: given.zoomIn, zoomOutTitle: given.zoomOut }).addTo(map);
  if (!given.picture) return { map, bounds: null };
  const x = Number(given.x || 0);
  const y = Number(given.y || 0);
  const bounds = L.latLngBounds([y, x], [y + Number(given.height), x + Number(given.width)]);
  L.imageOverlay(given.picture, bounds, { interactive: false, alt: "" }).addTo(map);
  map.fitBounds(bounds, { padding: [8, 8], animate: false });
  return { map, bounds };
}

/** Return words in an element of their own, so that no name can bring markup. */
export function words(text) {
  const span = document.createElement("span");
  span.textContent = text;
  return span;
}
