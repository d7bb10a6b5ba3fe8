// @ts-check
/* Facilities and groups: signs, discs for many, kinds to switch, search, rings. */

import { gather, readPoints } from "../core/points.js";
import { matches } from "../core/text.js";
import { byId, el, focusInside, inputById, say, show } from "../page/dom.js";
import { sign } from "../page/drawings.js";
import { data, state, update } from "../page/state.js";
import { count, t, word } from "../page/words.js";
import { leafletMap } from "./map.js";

/** @typedef {{kind: Kind, point: Point}} Member */

const RADII = [0, 1, 2, 5, 10]; // km
const MOST_FOUND = 8;
const MOST_LISTED = 40;
const MANY_POINTS = 30; // a kind with more points is off at first
const FAR = 50; // pixels: closer points are gathered
const MARGIN = 60; // pixels beyond the view in which signs are drawn already
const CLOSE_UP = 12; // the zoom at which a point that was looked for is shown

/** @type {Kind[]} */
export const kinds = data.points.map((kind) => ({ ...kind, points: readPoints(kind) }));

const rings = L.layerGroup().addTo(leafletMap);
const ringCanvas = L.canvas({ pane: "kg-rings", padding: 0.5 });
const signs = L.layerGroup().addTo(leafletMap);

/** @type {{lat: number, lon: number, members: Member[], size: number}[]} */
let drawn = [];
/** What is drawn now: signs and discs. */
export const drawnSigns = () => drawn;

/** The kinds that are off at first. */
export const crowdedKinds = () =>
  new Set(kinds.filter((kind) => kind.points.length > MANY_POINTS).map((kind) => kind.kind));

export const shownKinds = () => kinds.filter((kind) => !state.hidden.has(kind.kind));

/** @param {Kind} kind */
const kindWord = (kind) => word(kind.label);
/** @param {Point} point */
const pointName = (point) => point.name || t("no_name");
/** @param {Point} point */
const placeWord = (point) =>
  point.region >= 0 ? ` · ${data.levels[0].names[point.region]}` : "";

/** @param {Member} member */
const pointTip = ({ kind, point }) =>
  el(
    "div",
    { class: "kg-tip" },
    el("b", { dir: "auto" }, pointName(point)),
    el("span", {}, kindWord(kind) + placeWord(point)),
    point.odd ? el("span", {}, t(`points_${point.odd}`)) : null,
  );

/** @param {Member[]} members */
function groupTip(members) {
  /** @type {Map<string, number>} */
  const byKind = new Map();
  for (const { kind } of members) {
    const label = kindWord(kind);
    byKind.set(label, (byKind.get(label) || 0) + 1);
  }
  return el(
    "div",
    { class: "kg-tip" },
    el("b", {}, t("cluster", { n: count(members.length) })),
    [...byKind].map(([label, n]) => el("span", {}, `${label}: ${count(n)}`)),
  );
}

/* Signs and discs: made anew for each view, only those in it. ---------------------- */

/**
 * @param {HTMLElement | SVGElement} html
 * @param {number} size
 */
function iconOf(html, size) {
  html.setAttribute("aria-hidden", "true");
  const content = /** @type {HTMLElement} */ (html);
  return L.divIcon({ html: content, className: "kg-sign", iconSize: [size, size] });
}

/** @param {Member} member */
const signName = ({ kind, point }) => `${kindWord(kind)}: ${pointName(point)}`;

/**
 * @param {Member} member
 * @param {number} size
 */
const signIcon = ({ kind, point }, size) => iconOf(sign(kind, point.odd), size);

/**
 * @param {number} n
 * @param {number} size
 */
function discIcon(n, size) {
  const style = `width:${size}px;height:${size}px`;
  return iconOf(el("div", { class: "kg-cluster", style }, String(n)), size);
}

/** The width of a sign, or of a disc with so many digits. @param {number} n */
function sizeFor(n) {
  if (n === 1) return 20;
  if (n < 10) return 24;
  return n < 100 ? 28 : 34;
}

export function drawPoints() {
  signs.clearLayers();
  drawn = [];
  const zoom = leafletMap.getZoom();
  const { min, max } = leafletMap.getPixelBounds();
  if (!min || !max) return;
  const members = shownKinds().flatMap((kind) =>
    kind.points.map((point) => {
      const { x, y } = leafletMap.project([point.lat, point.lon], zoom);
      return { kind, point, x, y };
    }),
  );
  for (const group of gather(members, FAR)) {
    const here = group.map((i) => members[i]);
    const x = here.reduce((sum, one) => sum + one.x, 0) / here.length;
    const y = here.reduce((sum, one) => sum + one.y, 0) / here.length;
    const isAcross = x >= min.x - MARGIN && x <= max.x + MARGIN;
    const isInView = isAcross && y >= min.y - MARGIN && y <= max.y + MARGIN;
    if (isInView) addMarker(here, leafletMap.unproject([x, y], zoom));
  }
}

/**
 * @param {Member[]} members
 * @param {L.LatLng} at
 */
function addMarker(members, at) {
  const n = members.length;
  const size = sizeFor(n);
  const icon = n === 1 ? signIcon(members[0], size) : discIcon(n, size);
  const marker = L.marker(at, { icon });
  marker.bindTooltip(() => (n === 1 ? pointTip(members[0]) : groupTip(members)), {
    direction: "top",
    offset: [0, -size / 3],
  });
  marker.on("click", () => {
    if (n > 1) enterGroup(members, marker);
  });
  marker.addTo(signs);
  const element = marker.getElement();
  // Leaflet makes it a button; it must say which.
  element?.setAttribute("aria-label", n === 1 ? signName(members[0]) : t("cluster", { n }));
  element?.addEventListener("focus", () => marker.openTooltip());
  element?.addEventListener("blur", () => marker.closeTooltip());
  drawn.push({ lat: at.lat, lon: at.lng, members, size });
}

/**
 * Zoom until a group parts; where it cannot, list it.
 * @param {Member[]} members
 * @param {L.Marker} marker
 */
function enterGroup(members, marker) {
  const bounds = L.latLngBounds(members.map(({ point }) => [point.lat, point.lon]));
  const padding = L.point(60, 60);
  const zoom = leafletMap.getBoundsZoom(bounds, false, padding);
  const now = leafletMap.getZoom();
  if (now >= leafletMap.getMaxZoom()) {
    L.popup({ maxHeight: 260 })
      .setLatLng(marker.getLatLng())
      .setContent(groupList(members))
      .openOn(leafletMap);
  } else if (zoom > now) leafletMap.fitBounds(bounds, { padding });
  else leafletMap.setView(bounds.getCenter(), now + 1);
}

/** @param {Member[]} members */
function groupList(members) {
  const more = members.length - MOST_LISTED;
  return el(
    "ul",
    { class: "kg-list" },
    members
      .slice(0, MOST_LISTED)
      .map(({ kind, point }) =>
        el("li", {}, sign(kind, point.odd), el("span", { dir: "auto" }, pointName(point))),
      ),
    more > 0 ? el("li", {}, `+ ${count(more)}`) : null,
  );
}

/** What names should not cover, in the pixels in which names are placed. */
export function signBoxes() {
  return drawn.map(({ lat, lon, size, members }) => {
    const { x, y } = leafletMap.latLngToLayerPoint([lat, lon]);
    const wide = members.length > 1 ? size + 2 : 16; // a sign is smaller than its field
    return { x, y, w: wide, h: wide };
  });
}

/* Rings ---------------------------------------------------------------------------- */

/** Circles of so many kilometres around every point shown: straight lines, not roads. */
export function drawRings() {
  rings.clearLayers();
  if (!state.radius) return;
  for (const { colour, points } of shownKinds()) {
    for (const { lat, lon } of points) {
      L.circle([lat, lon], {
        radius: 1000 * state.radius,
        renderer: ringCanvas,
        interactive: false,
        color: colour,
        weight: 1.2,
        opacity: 0.8,
        fillColor: colour,
        fillOpacity: 0.1,
      }).addTo(rings);
    }
  }
}

/* The list of kinds, and the search ------------------------------------------------- */

/**
 * Show these kinds and no others.
 * @param {Kind[]} these
 */
function showKinds(these) {
  const others = kinds.filter((kind) => !these.includes(kind));
  update({ hidden: new Set(others.map((kind) => kind.kind)) });
}

export function drawPointList() {
  byId("kg-points").hidden = !kinds.length;
  if (!kinds.length) return;
  /** @param {Kind[]} some */
  const total = (some) => count(some.reduce((sum, kind) => sum + kind.points.length, 0));
  const shown = t("points_shown", { n: total(shownKinds()), all: total(kinds) });
  show("kg-points-title", el("b", {}, t("points")), " ", el("span", {}, shown));
  const typed = document.getElementById("kg-point-search") ? typedText() : "";
  show(
    "kg-points-list",
    el("div", { class: "kg-two" }, searchField(typed), radiusField()),
    el("div", { id: "kg-points-found" }),
    kinds.map(kindField),
    el("p", {}, allButton("points_all", kinds), allButton("points_none", [])),
  );
  drawFound();
}

const typedText = () => inputById("kg-point-search").value;

/** @param {string} value */
const searchField = (value) =>
  el(
    "label",
    { class: "kg-label", for: "kg-point-search" },
    t("points_search"),
    el("input", {
      type: "search",
      id: "kg-point-search",
      value,
      autocomplete: "off",
      oninput: drawFound,
    }),
  );

function radiusField() {
  /** @param {{target: HTMLSelectElement}} event */
  const onchange = ({ target }) => update({ radius: Number(target.value) });
  const options = RADII.map((km) =>
    el("option", { value: km, selected: km === state.radius }, km ? `${km} km` : t("rings_none")),
  );
  return el(
    "label",
    { class: "kg-label", for: "kg-radius" },
    t("rings"),
    el("select", { id: "kg-radius", onchange }, options),
  );
}

/** @param {Kind} kind */
function kindField(kind) {
  /** @param {{target: HTMLInputElement}} event */
  const onchange = ({ target }) => {
    const others = shownKinds().filter((one) => one !== kind);
    showKinds(target.checked ? [...others, kind] : others);
    focusInside("kg-points", `[data-kind="${CSS.escape(kind.kind)}"]`);
  };
  const checked = !state.hidden.has(kind.kind);
  return el(
    "label",
    { class: "kg-kind" },
    el("input", { type: "checkbox", checked, "data-kind": kind.kind, onchange }),
    sign(kind, ""),
    el("span", {}, kindWord(kind)),
    el("span", {}, count(kind.points.length)),
  );
}

/**
 * @param {string} key
 * @param {Kind[]} these
 */
const allButton = (key, these) =>
  el("button", { type: "button", class: "kg-small", onclick: () => showKinds(these) }, t(key));

function drawFound() {
  const typed = typedText().trim();
  const asks = typed.length > 1; // one letter would find nearly everything
  const found = asks ? findPoints(typed) : [];
  const sum = t("found", { n: count(found.length) });
  show(
    "kg-points-found",
    asks ? el("p", { class: "kg-note", role: "status" }, sum) : null,
    found.slice(0, MOST_FOUND).map(foundButton),
  );
}

/**
 * Points that have every word typed; those that begin with it first, then short names.
 * @param {string} typed
 */
function findPoints(typed) {
  const start = typed.toLowerCase();
  /** @param {Member} member */
  const begins = ({ point }) => Number(pointName(point).toLowerCase().startsWith(start));
  /** @param {Member} member */
  const length = ({ point }) => pointName(point).length;
  return kinds
    .flatMap((kind) => kind.points.map((point) => ({ kind, point })))
    .filter(({ kind, point }) => matches(`${point.name} ${kindWord(kind)}`, typed))
    .sort((a, b) => begins(b) - begins(a) || length(a) - length(b));
}

/** @param {Member} member */
const foundButton = ({ kind, point }) =>
  el(
    "button",
    { type: "button", class: "kg-found", onclick: () => goTo(kind, point) },
    sign(kind, point.odd),
    el("span", { dir: "auto" }, pointName(point), el("small", {}, placeWord(point))),
  );

/**
 * Go to a point: its kind is shown, the map is there, and says its name.
 * @param {Kind} kind
 * @param {Point} point
 */
function goTo(kind, point) {
  if (state.hidden.has(kind.kind)) showKinds([...shownKinds(), kind]);
  /** @type {[number, number]} */
  const at = [point.lat, point.lon];
  leafletMap.setView(at, Math.max(leafletMap.getZoom(), CLOSE_UP), { animate: false });
  L.popup({ offset: [0, -4] })
    .setLatLng(at)
    .setContent(pointTip({ kind, point }))
    .openOn(leafletMap);
  say(`${kindWord(kind)}: ${pointName(point)}${placeWord(point)}`);
}
