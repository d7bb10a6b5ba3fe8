// @ts-check
/* Names on the map: measured once for a level, placed anew when the view changes. With
 * the figure of each region below its name they are measured for each view. */

import { placeNames } from "../core/names.js";
import { holds } from "../core/shapes.js";
import { el, svg } from "../page/dom.js";
import { inkOn } from "../page/drawings.js";
import { parts } from "../page/parts.js";
import { level, state } from "../page/state.js";
import { figureOf, isLoud, scope, view } from "../page/words.js";
import { leafletMap, paneOf, regionShapes } from "./map.js";
import { drawPoints, signBoxes } from "./points.js";
import { controlFrames, isMapFitting } from "./room.js";

/**
 * A name where it stands; `from` its anchor, `to` where a line to it ends.
 * @typedef {object} PlacedName
 * @property {number} i
 * @property {number} x
 * @property {number} y
 * @property {number} w
 * @property {{x: number, y: number}} [from]
 * @property {{x: number, y: number}} [to]
 */

const MOST_LEADERS = 40; // regions: lines to more names than these would cross
const LEAST_WIDTH = 560; // pixels of a map on which lines have room; or its square

/** Of the regions that take part, in their order; so the sizes. @type {HTMLElement[]} */
let names = [];
/** @type {[number, number][]} */
let sizes = [];
/** @type {PlacedName[]} */
let placed = [];
/** The names that are shown, where they stand. */
export const placedNames = () => placed;

const lines = svg("svg", { class: "kg-lines", width: 1, height: 1, "aria-hidden": "true" });

/* On water, on a hatch and on what is faint. */
const PAPER = "#ffffff";

/** Make the names of the regions that take part. */
export function makeNames() {
  names = scope().map((i) =>
    el(
      "div",
      { class: "kg-name", "aria-hidden": "true", dir: "auto" },
      el("span", {}, level().names[i]),
      el("b", {}),
    ),
  );
  paneOf("names").replaceChildren(lines, ...names);
  sizes = [];
}

/** Measure the names anew: a narrow window has smaller ones than paper. */
export function remeasureNames() {
  sizes = [];
}

/** Write the figures under the names, where they are wanted. */
export function writeFigures() {
  let hasChanged = false;
  names.forEach(({ lastElementChild }, k) => {
    const i = scope()[k];
    const figure = parts.figureOf(i) ?? (state.values ? figureOf(i) : "");
    if (!lastElementChild || lastElementChild.textContent === figure) return;
    lastElementChild.textContent = figure;
    hasChanged = true;
  });
  if (!hasChanged) return;
  sizes = [];
  drawNames();
}

function measureNames() {
  const range = document.createRange();
  // All are let loose before the first is measured: the browser lays them out once.
  for (const name of names) {
    name.hidden = false;
    name.style.width = "";
  }
  sizes = names.map((name) => {
    const widths = [...name.children].map((part) => {
      range.selectNodeContents(part);
      return range.getBoundingClientRect().width;
    });
    const { height } = name.getBoundingClientRect();
    return [Math.ceil(Math.max(...widths)) + 7, Math.ceil(height)];
  });
  names.forEach((name, i) => {
    name.style.width = `${sizes[i][0]}px`;
  });
}

/** @returns {Label[]} */
function makeLabels() {
  return scope().map((i, k) => {
    const [lon, lat, roomX, roomY] = level().places[i];
    const at = leafletMap.latLngToLayerPoint([lat, lon]);
    const edge = leafletMap.latLngToLayerPoint([lat + roomY, lon + roomX]);
    const [w, h] = sizes[k];
    return { x: at.x, y: at.y, w, h, roomX: edge.x - at.x, roomY: at.y - edge.y };
  });
}

/* Where along a name it must not lie on another region: its ends and in between. */
const PROBES = [-0.5, -0.2, 0.2, 0.5];

/**
 * Whether a name lies on its own region or on none.
 * @param {Box} box
 * @param {number} k  its place among the names
 */
function liesApart({ x, y, w }, k) {
  return PROBES.every((share) => {
    const { lat, lng } = leafletMap.layerPointToLatLng([x + share * w, y]);
    const on = scope().findIndex((i) => holds(regionShapes()[i], lat, lng));
    return on === -1 || on === k;
  });
}

/** Show the names that have a place in the view. */
export function drawNames() {
  if (!sizes.length) measureNames();
  const corner = leafletMap.containerPointToLayerPoint([0, 0]);
  const size = leafletMap.getSize();
  const frame = {
    left: corner.x,
    top: corner.y,
    right: corner.x + size.x,
    bottom: corner.y + size.y,
  };
  const labels = makeLabels();
  const hasRoom = size.x > LEAST_WIDTH || size.x * size.y > LEAST_WIDTH ** 2;
  const leaders = names.length <= MOST_LEADERS && hasRoom;
  const signs = signBoxes();
  const barred = controlFrames().map(({ left, top, right, bottom }) => ({
    x: corner.x + (left + right) / 2,
    y: corner.y + (top + bottom) / 2,
    w: right - left,
    h: bottom - top,
  }));
  const places = placeNames(labels, frame, { leaders, signs, barred, apart: liesApart });
  lines.replaceChildren();
  placed = [];
  places.forEach((place, k) => {
    names[k].hidden = place === null;
    if (place) putName(k, labels[k], place);
  });
  inkNames();
}

/**
 * The ink of a name, and the colour around its letters: that of what it lies on.
 * @param {PlacedName} name
 */
export function inksOf({ i, from }) {
  const now = view();
  const fill = now.colourOf(now.keyOf(i));
  const isPlain = from || !fill || !isLoud(i);
  return isPlain ? { ink: inkOn(PAPER), halo: PAPER } : { ink: inkOn(fill), halo: fill };
}

/** Write each name in the ink that is read on its region. */
export function inkNames() {
  for (const name of placed) {
    const { style } = names[scope().indexOf(name.i)];
    const { ink, halo } = inksOf(name);
    style.color = ink;
    style.setProperty("--h", halo);
  }
}

/**
 * @param {number} k  its place among the names
 * @param {Label} label
 * @param {{x: number, y: number, line: boolean}} place
 */
function putName(k, label, { x, y, line }) {
  const { w, h } = label;
  L.DomUtil.setPosition(names[k], L.point(x - w / 2, y - h / 2));
  /** @type {PlacedName} */
  const name = { i: scope()[k], x, y, w };
  if (line) {
    name.from = label;
    // The line ends at the edge of the name that is nearest to the anchor.
    name.to = {
      x: Math.max(x - w / 2, Math.min(x + w / 2, label.x)),
      y: Math.max(y - h / 2, Math.min(y + h / 2, label.y)),
    };
    lines.append(...leaderOf(name));
  }
  placed.push(name);
}

/**
 * The line from an anchor to its name; nothing where the name stands on it.
 * @param {PlacedName} name
 */
export function leaderOf({ from, to }) {
  if (!from || !to) return [];
  return [
    svg("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, stroke: "#16212a" }),
    svg("circle", { cx: from.x, cy: from.y, r: 2.2, fill: "#16212a", stroke: "#fff" }),
  ];
}

/** Keep signs and names in step with the map. */
export function followMap() {
  leafletMap.on("zoomstart", () => {
    paneOf("names").style.visibility = "hidden";
  });
  leafletMap.on("zoomend moveend resize kg-fitted", () => {
    paneOf("names").style.visibility = "";
    if (isMapFitting()) return;
    drawPoints();
    drawNames();
  });
}
