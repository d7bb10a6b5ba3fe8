// @ts-check
/* The map: land, regions and their outlines, arrow keys on them. */

import { neighbourTowards, readShapes } from "../core/shapes.js";
import { drawInSlices } from "../core/slices.js";
import { letGo, light, openSheet } from "../page/actions.js";
import { byId } from "../page/dom.js";
import { paintOf } from "../page/drawings.js";
import { parts } from "../page/parts.js";
import { chosen, data, isAlone, isCalm, level, state } from "../page/state.js";
import { regionTip } from "../page/tip.js";
import { fullName, isLoud, scope, t, textOf, view } from "../page/words.js";

export const LAND = "#d9d8d2";
const SEA = "#edf2f4";
const BORDER = "#46525b";
const FAINT = 0.14; // of what is not asked for
const SHEER = 0.75; // of regions over a base map
/* Thinner lines between more regions than these, and on a map wider than so many
 * degrees: of islands seen as dots a line would be all that is left. */
const MANY_REGIONS = 60;
const A_COUNTRY = 25;
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** @type {[string, number][]} */
const PANES = [
  ["far", 380],
  ["around", 390],
  ["outline", 440],
  ["rings", 450],
  ["names", 590],
];

/** Whether a level is of the whole country, or nearly so. @param {Level} one */
const isWide = ({ extent: [west, , east] }) => east - west > A_COUNTRY;

// On a telephone held upright a high frame of so wide a land would be water.
byId("kg-map").classList.toggle("kg-wide", isWide(data.levels[0]));

export const leafletMap = L.map("kg-map", {
  attributionControl: false,
  zoomControl: false,
  maxZoom: 14,
  zoomSnap: 0.25,
  zoomDelta: 0.5,
  zoomAnimation: !isCalm,
  fadeAnimation: !isCalm,
  markerZoomAnimation: !isCalm,
  inertia: !isCalm,
  doubleClickZoom: data.levels.length < 2, // else it goes into a region
  renderer: L.svg({ padding: 1 }),
});
leafletMap.fitBounds(boundsOf(data.levels[0].extent), { animate: false });
for (const [name, zIndex] of PANES) {
  const { style } = leafletMap.createPane(`kg-${name}`);
  style.zIndex = String(zIndex);
  style.pointerEvents = "none";
}

/** @type {L.Tooltip | undefined} */
let openTip;
leafletMap.on("tooltipopen", ({ tooltip }) => {
  // One region may have the focus while another is pointed at.
  if (openTip !== tooltip) openTip?.close();
  openTip = tooltip;
});

/** @param {Bounds} bounds */
export function boundsOf([west, south, east, north]) {
  return L.latLngBounds([south, west], [north, east]);
}

/** @param {string} name */
export const paneOf = (name) => /** @type {HTMLElement} */ (leafletMap.getPane(`kg-${name}`));

/* Land around ---------------------------------------------------------------------- */

/** The country, coarsely; the land around, finer; shapes. */
export const country = data.outline ? readShapes(data.outline) : [];
export const around = readShapes(data.around);

/** The corners of what the finer land covers. */
export function windowCorners() {
  const [west, south, east, north] = data.window;
  /** @type {Vertex[]} */
  const corners = [
    [south, west],
    [north, west],
    [north, east],
    [south, east],
  ];
  return corners;
}

/** @param {string} pane */
const still = (pane) => ({
  interactive: false,
  smoothFactor: 0,
  noClip: true,
  pane,
  renderer: L.svg({ pane, padding: 1 }),
});

/**
 * @param {Shape[]} shapes
 * @param {string} pane
 * @param {string} color
 */
function addLand(shapes, pane, color) {
  if (!shapes.length) return;
  const style = { weight: 1, fillColor: LAND, fillOpacity: 1, color };
  L.polygon(shapes.flat(), { ...still(pane), ...style }).addTo(leafletMap);
}

if (around.length) {
  addLand(country, "kg-far", LAND);
  // Where the land around is known finely, the coarse one is covered.
  const cover = { stroke: false, fillColor: SEA, fillOpacity: 1 };
  L.rectangle(boundsOf(data.window), { ...still("kg-far"), ...cover }).addTo(leafletMap);
}
addLand(around, "kg-around", "#fff");

/** @param {number} weight */
const addOutline = (weight) =>
  L.polygon([], { ...still("kg-outline"), fill: false, color: "#0a2233", weight }).addTo(leafletMap);
const chosenOutline = addOutline(3.4);
const litOutline = addOutline(2.4);
const regions = L.layerGroup().addTo(leafletMap);

/* Regions -------------------------------------------------------------------------- */

/** The shapes of the level. */
export const regionShapes = () => parts.shapes();

/** By region, of those that take part. @type {L.Polygon[]} */
let paths = [];
let tabStop = 0; // one region for Tab; arrows move it, Enter opens

/** @param {L.Polygon} path */
const elementOf = (path) => /** @type {SVGPathElement} */ (path.getElement());

/** Take the regions away: a map without them is fitted quickly. */
export function clearRegions() {
  regions.clearLayers();
}

/** How thick the lines between the regions are that take part, in pixels. */
export function borderWeight() {
  const n = scope().length;
  if (n === level().codes.length && isWide(level())) return 0.3;
  return n > MANY_REGIONS ? 0.6 : 0.9;
}

/** Put the regions that take part on the map. */
export function drawRegions() {
  clearRegions();
  const weight = borderWeight();
  tabStop = scope()[0];
  paths = [];
  for (const i of scope()) {
    const path = L.polygon(regionShapes()[i], {
      smoothFactor: 0,
      noClip: true,
      color: BORDER,
      weight,
      fillOpacity: 1,
      className: "kg-region",
    });
    path.bindTooltip(() => regionTip(i), { sticky: true, direction: "auto" });
    path.on("mouseover", () => light(i)).on("mouseout", () => light(null));
    path.on("click", () => (i === state.region ? letGo() : openSheet(i)));
    path.on("dblclick", () => parts.enter(i));
    paths[i] = path.addTo(regions);
  }
  paths.forEach((path, i) => listen(elementOf(path), i));
}

/** Attributes of a path, and Leaflet's names of them.
 * @type {[string, "fillColor" | "fillOpacity"][]} */
const PAINTED = [
  ["fill", "fillColor"],
  ["fill-opacity", "fillOpacity"],
];

/** Give every region its colour; what is not asked for is faint. */
export function paintRegions() {
  const now = view();
  const opacity = state.basemap && paneOf("around").hidden ? SHEER : 1;
  paths.forEach((path, i) => {
    const style = { fillColor: paintOf(now, i), fillOpacity: isLoud(i) ? opacity : FAINT * opacity };
    const { options } = path;
    const element = elementOf(path);
    // Leaflet's setStyle would redraw every path; the attributes that change are enough.
    for (const [name, key] of PAINTED) {
      if (options[key] !== style[key]) element.setAttribute(name, String(style[key]));
    }
    Object.assign(options, style);
  });
  nameRegions();
}

/** Say of every region what it is and has, for who hears the map. */
function nameRegions() {
  const open = isAlone ? "" : `; ${t("open")}`;
  const all = scope();
  drawInSlices("regions", all.length, (from, to) => {
    for (const i of all.slice(from, to)) {
      elementOf(paths[i]).setAttribute("aria-label", `${fullName(i)}: ${textOf(i)}${open}`);
    }
  });
}

/** @param {number} i */
function moveTabStop(i) {
  if (!paths[i]) return;
  elementOf(paths[tabStop]).setAttribute("tabindex", "-1");
  tabStop = i;
  elementOf(paths[tabStop]).setAttribute("tabindex", "0");
}

/**
 * @param {SVGPathElement} element
 * @param {number} i
 */
function listen(element, i) {
  element.setAttribute("tabindex", i === tabStop ? "0" : "-1");
  element.setAttribute("role", isAlone ? "img" : "button");
  element.addEventListener("focus", () => light(i));
  element.addEventListener("blur", () => light(null));
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") openSheet(i);
    else if (event.key in ARROWS) goTowards(i, ARROWS[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/**
 * @param {number} from
 * @param {[number, number]} direction
 */
function goTowards(from, [dx, dy]) {
  const { places } = level();
  const at = scope().map((i) => ({ x: places[i][0], y: -places[i][1] }));
  const there = neighbourTowards(at, scope().indexOf(from), dx, dy);
  if (there < 0) return;
  const next = scope()[there];
  moveTabStop(next);
  elementOf(paths[next]).focus();
}

/** @param {number | null} i */
const outlineOf = (i) => (i === null ? [] : regionShapes()[i]);

/** Outline the region that is pointed at. */
export function outlineLit() {
  litOutline.setLatLngs(outlineOf(state.lit));
}

/** Outline the region that is chosen, also one of another level. */
export function outlineChosen() {
  const i = chosen();
  chosenOutline.setLatLngs(i < 0 ? parts.keptShape() : regionShapes()[i]);
  moveTabStop(i);
}
