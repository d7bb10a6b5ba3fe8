// @ts-check
/* The room of the map: where the legend stands, how the regions fit, and the controls.
 *
 * Nothing lies on a region: the legend is beside or below the map, wherever the regions
 * come out larger, and where a control would cover one they are drawn away from it. */

import { boundsOfShape, holds, mainParts } from "../core/shapes.js";
import { byId, el, show, svg } from "../page/dom.js";
import { inset, insetHeight, northArrow } from "../page/drawings.js";
import { data, level, state } from "../page/state.js";
import { scope, t } from "../page/words.js";
import { boundsOf, country, leafletMap, regionShapes } from "./map.js";

const INSET_WIDTH = 150;
const CLEAR = 10; // pixels between regions and the edge of the map, or a control
/* A fit may bring regions under another control: one for each of four sides, and some
 * for islands off the land that is fitted. */
const MOST_FITS = 6;
const CLOSE = 4; // pixels: what is nearer to a control looks covered
const STILL = 2; // pixels: a map moved by less was not moved by its reader

/* Controls ------------------------------------------------------------------------- */

L.control.scale({ imperial: false, position: "bottomright", maxWidth: 140 }).addTo(leafletMap);

/** @type {L.Control.Zoom | null} */
let zoomControl = null;

/** Draw the buttons, the arrow to the north and the inset in the language. */
export function drawControls() {
  zoomControl?.remove();
  const titles = { zoomInTitle: t("zoom_in"), zoomOutTitle: t("zoom_out") };
  zoomControl = L.control.zoom({ position: "topright", ...titles }).addTo(leafletMap);
  const box = /** @type {HTMLElement} */ (zoomControl.getContainer());
  const back = t("reset");
  /** @param {Event} event */
  const onclick = (event) => {
    event.preventDefault();
    home();
  };
  box.append(
    el("a", { href: "#", role: "button", title: back, "aria-label": back, onclick }, "⌂"),
  );
  L.DomEvent.disableClickPropagation(box);
  const north = { width: 20, height: 30, role: "img", "aria-label": t("north_long") };
  show("kg-north", svg("svg", north, northArrow(t("north"))));
  if (!country.length) return;
  const height = Math.ceil(insetHeight(data.frame, INSET_WIDTH));
  const where = { width: INSET_WIDTH, height, role: "img", "aria-label": t("inset") };
  const drawn = inset(country, data.frame, data.levels[0].extent, INSET_WIDTH);
  show("kg-inset", svg("svg", where, drawn));
}

/**
 * Where the controls lie, in pixels of the map.
 * @returns {Frame[]}
 */
export function controlFrames() {
  const map = leafletMap.getContainer();
  const from = map.getBoundingClientRect();
  return [...map.querySelectorAll(".leaflet-control")]
    .map((control) => control.getBoundingClientRect())
    .filter(({ width }) => width > 0) // paper has no buttons
    .map(({ left, top, right, bottom }) => ({
      left: left - from.left,
      top: top - from.top,
      right: right - from.left,
      bottom: bottom - from.top,
    }));
}

/* What is in view ------------------------------------------------------------------ */

/** What the map shows; on paper islands far off may stand in frames of their own. */
function shownBounds() {
  if (state.within !== null || state.part) return L.latLngBounds(mainParts(shapesInScope().flat()).flat(2));
  const isFramed = document.documentElement.classList.contains("kg-isles");
  return boundsOf(isFramed && data.paper ? data.paper.main : level().extent);
}

const shapesInScope = () => scope().map((i) => regionShapes()[i]);

/** @param {Frame} frame */
function coversRegion({ left, top, right, bottom }) {
  const box = L.latLngBounds(
    leafletMap.containerPointToLatLng([left - CLOSE, bottom + CLOSE]),
    leafletMap.containerPointToLatLng([right + CLOSE, top - CLOSE]),
  );
  const { lat, lng } = box.getCenter();
  return shapesInScope().some(
    (shape) =>
      box.intersects(boundsOf(boundsOfShape(shape))) &&
      (holds(shape, lat, lng) || shape.flat(2).some((vertex) => box.contains(vertex))),
  );
}

/** @typedef {{top: number, right: number, bottom: number, left: number}} Margins */

/**
 * Widen the margin from which a control reaches least far into the map.
 * @param {Margins} margins
 * @param {Frame} frame
 */
function keepClear(margins, { left, top, right, bottom }) {
  const { x, y } = leafletMap.getSize();
  const reach = { top: bottom, right: x - left, bottom: y - top, left: right };
  const sides = /** @type {(keyof Margins)[]} */ (Object.keys(reach));
  const side = sides.reduce((best, one) => (reach[one] < reach[best] ? one : best));
  // Again and again: small islands off the land that is fitted may still lie there.
  margins[side] += reach[side];
}

/** @type {{center: L.LatLng, zoom: number} | null} */
let atHome = null;

let isFitting = false;

/** Whether the map is being moved until all fits: names wait for the end of it. */
export const isMapFitting = () => isFitting;

/** Move the map to all regions, or those one came for, clear of the controls. */
export function fitRegions() {
  const bounds = shownBounds();
  isFitting = true;
  const margins = { top: CLEAR, right: CLEAR, bottom: CLEAR, left: CLEAR };
  for (let fits = 0; fits < MOST_FITS; fits++) {
    /** @type {L.FitBoundsOptions & {reset: boolean}} */
    const how = {
      paddingTopLeft: [margins.left, margins.top],
      paddingBottomRight: [margins.right, margins.bottom],
      animate: false,
      // Not panned there from where it was, by whole pixels: the same view each time.
      reset: true,
    };
    leafletMap.fitBounds(bounds, how);
    const covering = controlFrames().filter(coversRegion);
    if (!covering.length) break;
    for (const frame of covering) keepClear(margins, frame);
  }
  isFitting = false;
  atHome = { center: leafletMap.getCenter(), zoom: leafletMap.getZoom() };
}

/** The same for a map that is drawn: its signs and names follow. */
export function home() {
  fitRegions();
  leafletMap.fire("kg-fitted");
}

/** Whether the reader has left the map where it was. */
function isAtHome() {
  if (!atHome || leafletMap.getZoom() !== atHome.zoom) return false;
  const here = leafletMap.latLngToContainerPoint(leafletMap.getCenter());
  return here.distanceTo(leafletMap.latLngToContainerPoint(atHome.center)) < STILL;
}

/* The legend ----------------------------------------------------------------------- */

const LAYOUTS = ["side", "foot"];
/** The size of the map to which all was fitted. */
let fitted = "";

function mapSize() {
  const { clientWidth, clientHeight } = byId("kg-map");
  return { wide: clientWidth, high: clientHeight };
}

/** Put the legend beside the map or below it, where the regions come out larger. */
function placeLegend() {
  const bounds = shownBounds();
  const { x, y } = leafletMap
    .project(bounds.getSouthEast(), 0)
    .subtract(leafletMap.project(bounds.getNorthWest(), 0));
  const { dataset } = byId("kg-view");
  const scales = LAYOUTS.map((layout) => {
    dataset.legend = layout;
    const { wide, high } = mapSize();
    return Math.min(wide / x, high / y);
  });
  dataset.legend = LAYOUTS[scales.indexOf(Math.max(...scales))];
  leafletMap.invalidateSize({ animate: false });
  fitted = JSON.stringify(mapSize());
}

/** Show the whole map in the room there is. */
export function fitMap() {
  placeLegend();
  home();
}

/** The same after a change; a map that its reader has moved stays where it is. */
export function refitMap() {
  const wasAtHome = isAtHome();
  placeLegend();
  if (wasAtHome) home();
}

/** Take the room that a window, a frame or a turned phone gives. */
export function followRoom() {
  const observer = new ResizeObserver(() => {
    if (JSON.stringify(mapSize()) !== fitted) refitMap();
  });
  observer.observe(byId("kg-map"));
}
