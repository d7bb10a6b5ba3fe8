// @ts-check
/* The district sheet: every indicator, points, neighbours, and what other scripts add. */

import { cellsOf, earlierOf } from "../core/layers.js";
import { isAscending, rank } from "../core/numbers.js";
import { readNeighbours } from "../core/shapes.js";
import { drawRests } from "../core/slices.js";
import { statusOf } from "../core/statuses.js";
import { chooseLayer, closeSheet, letGo, light, openSheet } from "../page/actions.js";
import { byId, detailsById, el, show } from "../page/dom.js";
import { strip } from "../page/drawings.js";
import { parts } from "../page/parts.js";
import { data, level, state } from "../page/state.js";
import { partsText } from "../page/tip.js";
import {
  count,
  dotted,
  fullName,
  number,
  periodWord,
  statusWord,
  t,
  textOf,
  themes,
  valueText,
  view,
  word,
} from "../page/words.js";
import { kinds } from "./points.js";
import { rowOf } from "./rows.js";

/** @typedef {import("../page/dom.js").Children} Children */

/* Sections of scripts that only some pages have (needs.js, lines.js, plan.js), first. */
/** @type {((region: number) => Children[])[]} */
const moreSections = [];

/** @param {(region: number) => Children[]} make */
export function addSection(make) {
  moreSections.push(make);
}

/** @param {number} region */
const sheetParts = (region) =>
  parts.versus(region) ?? [
    head(region),
    moreSections.map((make) => make(region)),
    findingsSection(region),
    indicatorsSection(region),
    pointsSection(region),
    neighboursSection(region),
  ];

/* Opening and closing -------------------------------------------------------------- */

/** What was drawn last. @type {{region: number | null, level: number}} */
let drawnSheet = { region: null, level: 0 };
/** @type {Element | null} */
let openedFrom = null;

/** Show the sheet of the chosen region, or none. */
export function drawSheet() {
  const before = drawnSheet;
  const { region } = state;
  drawnSheet = { region, level: state.level };
  if (region !== null) {
    if (before.region === null) openedFrom = document.activeElement;
    show("kg-sheet", sheetParts(region)).setAttribute("aria-labelledby", "kg-sheet-title");
  }
  if (region === before.region) return;
  const isOpen = region !== null;
  byId("kg-sheet").hidden = !isOpen;
  byId("kg-overview").hidden = isOpen;
  document.body.classList.toggle("kg-open", isOpen);
  if (isOpen) enterSheet();
  else leaveSheet(before);
}

const PHONE = 820; // pixels: on narrower screens the sheet lies below the map

function enterSheet() {
  const sheet = byId("kg-sheet");
  byId("kg-panel").scrollTop = 0;
  sheet.focus({ preventScroll: true });
  if (innerWidth <= PHONE) sheet.scrollIntoView({ block: "start" });
}

/**
 * Give the focus back to what opened the sheet; where that is gone, to the region's row.
 * @param {{region: number | null, level: number}} before
 */
function leaveSheet(before) {
  const isThere = openedFrom?.isConnected && openedFrom !== document.body;
  if (!isThere) drawRests(); // the row may be far down in a list that is still drawn
  const row = rowOf(before.region);
  const back = isThere || before.level !== state.level ? openedFrom : row;
  if (back instanceof HTMLElement || back instanceof SVGElement) {
    back.focus({ preventScroll: true });
  }
}

export function listenToEscape() {
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = detailsById("kg-take");
    if (menu.open) menu.open = false;
    else letGo();
  });
}

/* Sections ------------------------------------------------------------------------- */

/** @param {number} region */
function head(region) {
  const { codes, areas } = level();
  const code = codes[region];
  const area = areas[region];
  const about = [
    code ? `${t("code")} ${code}` : "",
    area ? `${number(area, area < 100 ? 1 : 0)} km²` : "",
  ];
  const close = { id: "kg-close", "aria-label": t("close"), onclick: closeSheet };
  return el(
    "div",
    { class: "kg-sheet-head" },
    el(
      "div",
      {},
      el("h2", { id: "kg-sheet-title" }, fullName(region)),
      el("p", {}, dotted(about)),
      view().pair ? el("p", { class: "kg-pair-words" }, textOf(region)) : null,
      parts.wayInto(region),
    ),
    el("button", { type: "button", class: "kg-button kg-close", ...close }, "✕"),
  );
}

/** @param {string[]} keys */
export const columnHeads = (keys) => keys.map((key) => el("th", { scope: "col" }, t(key)));

/**
 * What is odd about the data of this region.
 * @param {number} region
 * @returns {Children[]}
 */
function findingsSection(region) {
  const found = data.findings[level().codes[region]];
  if (!found) return [];
  return [
    el("h3", {}, t("findings")),
    el("ul", { class: "kg-findings" }, found.map((words) => el("li", {}, word(words)))),
  ];
}

/**
 * @param {number} region
 * @returns {Children[]}
 */
function indicatorsSection(region) {
  const bodies = [];
  for (const [theme, layers] of themes()) {
    // Scores and gaps stand in the section of needs already.
    const rows = layers
      .filter((layer) => !(level().needs && layer.of_needs))
      .map((layer) => indicatorRow(layer, region));
    if (!rows.length) continue;
    const title = el("th", { scope: "rowgroup", colspan: 4 }, theme);
    bodies.push(el("tbody", { class: "kg-theme" }, theme ? el("tr", {}, title) : null, rows));
  }
  if (!bodies.length) return [];
  const period = periodWord(state.period);
  const heads = columnHeads(["value", "province_value", "place"]);
  return [
    el("h3", {}, t("indicators") + (period ? `, ${period}` : "")),
    el("table", {}, el("thead", {}, el("tr", {}, el("td", {}), heads)), bodies),
    el("p", { class: "kg-note" }, `${t("place")}: ${t("order_priority")}`),
  ];
}

/**
 * @param {Layer} layer
 * @param {number} region
 */
function indicatorRow(layer, region) {
  const cells = cellsOf(layer, state.period);
  const value = cells.values[region];
  const status = statusOf(cells, region);
  const fraction = partsText(cells, region);
  const show = { type: "button", class: "kg-link", title: t("show") };
  return el(
    "tr",
    { class: view().layer === layer ? "kg-lit" : null },
    el(
      "th",
      { scope: "row" },
      el("button", { ...show, onclick: () => chooseLayer(layer) }, word(layer.label)),
      value === null || layer.kinds ? null : strip(cells, value),
      parts.line(layer, [region]),
    ),
    el(
      "td",
      {},
      value === null ? statusWord(status) : valueText(layer, value),
      fraction ? el("small", {}, fraction) : null,
      status === "partial" ? el("small", {}, statusWord("partial")) : null,
      changeText(layer, region),
    ),
    el(
      "td",
      {},
      cells.province === null ? "–" : valueText(layer, cells.province),
      parts.compared(layer, region),
    ),
    placeCell(layer, cells, region),
  );
}

/**
 * @param {Layer} layer
 * @param {Cells} cells
 * @param {number} region
 */
function placeCell(layer, cells, region) {
  if (cells.values[region] === null || layer.kinds) return el("td", {}, "–");
  const ranks = rank(cells.values, isAscending(layer));
  const n = ranks.filter((place) => place !== null).length;
  const order = layer.order === "priority" ? null : el("small", {}, t(`order_${layer.order}`));
  const position = t("position", { rank: ranks[region], n });
  return el("td", {}, position, order, parts.placed(layer, region));
}

/**
 * How the value moved since the period before, with an arrow; or nothing.
 * @param {Layer} layer
 * @param {number} region
 */
function changeText(layer, region) {
  const earlier = earlierOf(layer, state.period);
  if (earlier < 0 || layer.kinds) return null;
  const now = cellsOf(layer, state.period).values[region];
  const before = cellsOf(layer, earlier).values[region];
  if (now === null || before === null) return null;
  const by = now - before;
  const change = number(Math.abs(by), layer.digits);
  const title = t("change", { change, period: periodWord(earlier) });
  return el("small", { title }, `${arrowFor(by, layer.digits)} ${change}`);
}

/**
 * @param {number} by
 * @param {number} digits
 */
export function arrowFor(by, digits) {
  if (Number(by.toFixed(digits)) === 0) return "=";
  return by > 0 ? "▲" : "▼";
}

/** @type {WeakMap<Level, number[][]>} */
const neighboursRead = new WeakMap();

/**
 * @param {number} region
 * @returns {Children[]}
 */
function neighboursSection(region) {
  const one = level();
  const neighbours = neighboursRead.get(one) ?? readNeighbours(one.shapes);
  neighboursRead.set(one, neighbours);
  const found = neighbours[region];
  if (!found.length) return [];
  return [
    el("h3", {}, t("neighbours")),
    el("p", { class: "kg-names" }, found.map(neighbourChip)),
  ];
}

/** @param {number} i */
const neighbourChip = (i) =>
  el(
    "button",
    {
      type: "button",
      class: "kg-chip",
      onclick: () => openSheet(i),
      onmouseenter: () => light(i),
      onmouseleave: () => light(null),
      onfocus: () => light(i),
      onblur: () => light(null),
    },
    fullName(i),
  );

/**
 * @param {number} region
 * @returns {Children[]}
 */
function pointsSection(region) {
  const rows = [];
  for (const kind of kinds) {
    const n = kind.points.filter((point) => point.regions[state.level] === region).length;
    const name = el("th", { scope: "row" }, word(kind.label));
    if (n) rows.push(el("tr", {}, name, el("td", {}, count(n))));
  }
  if (!rows.length) return [];
  return [el("h3", {}, t("points_here")), el("table", {}, el("tbody", {}, rows))];
}
