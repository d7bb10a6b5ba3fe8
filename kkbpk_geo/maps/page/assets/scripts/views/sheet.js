// @ts-check
/* The district sheet: what to do, need and supply, every indicator, points. */

import { cellsOf, earlierOf, needsOf } from "../core/layers.js";
import { isAscending, rank } from "../core/numbers.js";
import { readNeighbours } from "../core/shapes.js";
import { drawRests } from "../core/slices.js";
import { statusOf, statusOfLetter } from "../core/statuses.js";
import { fill } from "../core/text.js";
import { chooseLayer, closeSheet, light, openSheet } from "../page/actions.js";
import { byId, detailsById, el, show } from "../page/dom.js";
import { spark, strip } from "../page/drawings.js";
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

/* Sections of scripts that only some pages have (plan.js), after the needs. */
/** @type {((region: number) => Children[])[]} */
const moreSections = [];

/** @param {(region: number) => Children[]} make */
export function addSection(make) {
  moreSections.push(make);
}

/** @param {number} region */
const sheetParts = (region) => [
  head(region),
  needsSection(region),
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
    else closeSheet();
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
const columnHeads = (keys) => keys.map((key) => el("th", { scope: "col" }, t(key)));

/**
 * @param {number} region
 * @returns {Children[]}
 */
function needsSection(region) {
  const raw = level().needs;
  if (!raw) return [];
  const needs = needsOf(raw);
  const { services } = needs;
  const standards = services.map((service) => [
    el("dt", {}, word(service.label)),
    el("dd", {}, word(service.standard)),
  ]);
  return [
    el("h3", {}, t("needs")),
    el("p", { class: "kg-note" }, headline(needs, region)),
    todoList(services, region),
    el("h3", {}, t("needs_table")),
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, columnHeads(["service", "need", "supply", "gap"]))),
      el("tbody", {}, services.map((service) => needRow(service, region))),
    ),
    el(
      "details",
      { class: "kg-about" },
      el("summary", {}, t("standards")),
      el("dl", {}, standards),
    ),
  ];
}

/**
 * @param {Needs} needs
 * @param {number} region
 */
function headline({ score, rank: ranks, low, high }, region) {
  if (score[region] === null) return t("no_score");
  const n = ranks.filter((place) => place !== null).length;
  const place = ranks[region];
  return dotted([
    priorityWord(region),
    place === null ? "" : t("priority", { rank: place, n }),
    low[region] === null ? "" : t("range", { low: low[region], high: high[region] }),
    t("score", { score: number(score[region], 1) }),
  ]);
}

/** @param {number} region */
function priorityWord(region) {
  const layer = level().layers.find((one) => one.key === "priority_class");
  if (!layer) return "";
  const value = cellsOf(layer, layer.cells.length - 1).values[region];
  return value === null ? "" : valueText(layer, value);
}

/**
 * What is lacking, the service that matters most first.
 * @param {Service[]} services
 * @param {number} region
 */
function todoList(services, region) {
  const lacking = services
    .filter((service) => (service.gap[region] ?? 0) > 0)
    .sort((a, b) => (b.part[region] || 0) - (a.part[region] || 0));
  if (!lacking.length) {
    const isKnown = services.some((service) => service.gap[region] !== null);
    return el("p", {}, isKnown ? t("no_gap") : statusWord("missing"));
  }
  const items = lacking.map((service) =>
    el("li", {}, fill(word(service.action), { gap: count(service.gap[region]) })),
  );
  return el("ul", { class: "kg-todo" }, items);
}

/**
 * A limit ("at most") is told as what there is now and what may remain.
 * @param {Service} service
 * @param {number} region
 */
function needRow(service, region) {
  /** @param {string} key */
  const small = (key) => (service.most ? el("small", {}, t(key)) : null);
  const gap = service.gap[region];
  const surplus = service.surplus[region] ?? 0;
  const name = el("th", { scope: "row" }, word(service.label));
  if (gap === null) {
    const reason = statusWord(statusOfLetter(service.status[region]));
    return el("tr", {}, name, el("td", { colspan: 3 }, reason));
  }
  const spare = surplus > 0 && !service.most;
  return el(
    "tr",
    {},
    name,
    el("td", {}, count(service.need[region]), small("now")),
    el(
      "td",
      {},
      count(service.supply[region]),
      small("limit"),
      spare ? el("small", {}, t("surplus", { n: count(surplus) })) : null,
    ),
    el("td", { class: gap > 0 ? "kg-lack" : null }, count(gap)),
  );
}

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
  const { spans } = layer;
  // A line through months and running sums would show a fall where there is none.
  const series = layer.cells.map((_, period) =>
    spans && spans[period] !== spans[state.period] ? null : cellsOf(layer, period).values[region],
  );
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
      series.length > 2 && !layer.kinds ? spark(series, state.period) : null,
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
function arrowFor(by, digits) {
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
