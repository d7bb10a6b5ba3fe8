// @ts-check
/* The legend: classes with counts and the spread of the values, or the square of two
 * indicators. Clicking a class shows only its regions; clicking it again shows all. */

import { known } from "../core/numbers.js";
import { byId, el, say, svg } from "../page/dom.js";
import { hatchOf, inkOn, swatch, ticksPath } from "../page/drawings.js";
import { data, state, update } from "../page/state.js";
import {
  classWords,
  count,
  heading,
  isLoud,
  pairWords,
  scope,
  statusWord,
  subheading,
  t,
  view,
} from "../page/words.js";

/** @typedef {{key: Key, paint: string, text: string, n: number}} LegendLine */

/**
 * The lines of the legend, as they are shown.
 * @returns {LegendLine[]}
 */
export function legendLines() {
  const now = view();
  const without = [...now.counts]
    .filter(([key]) => now.colourOf(key) === undefined)
    .map(([key, n]) => ({ key, paint: hatchOf(key), text: statusWord(key), n }));
  if (now.pair) return without;
  const words = classWords(now);
  const classes = now.classes.colours.map((paint, key) => ({
    key,
    paint,
    text: words[key],
    n: now.counts.get(key) || 0,
  }));
  return [...(readsUpwards(now) ? classes : classes.reverse()), ...without];
}

/**
 * Whether the first class is the first line: what needs attention stands on top.
 * @param {SingleView} now
 */
function readsUpwards(now) {
  if (now.mode === "rank") return true;
  if (now.kinds) return now.ascending;
  return now.mode === "value" && now.layer.direction === "better";
}

/* Of scripts that only some pages have (levels.js), after the rule. */
/** @type {(() => string)[]} */
const moreRules = [];

/** @param {() => string} make */
export function addRule(make) {
  moreRules.push(make);
}

/** What the colours mean, in a sentence or two. */
export const legendRules = () =>
  [colourRule(), ...moreRules.map((make) => make())].filter(Boolean);

function colourRule() {
  const now = view();
  if (now.pair) return t("pair_classes");
  const { mode, layer, classes, kinds } = now;
  const isContext = layer.direction === "context";
  if (kinds && isContext) return t("rule_kinds");
  if (!classes.colours.length) return t("all_missing");
  if (mode === "change") return t(`rule_change_${layer.direction}`);
  if (mode === "value" && classes.method === "standard" && !isContext) return t("rule_standard");
  const isPlain = (mode === "value" || mode === "rank") && isContext;
  return t(isPlain && layer.order !== "priority" ? "rule_context" : "rule_attention");
}

export function drawLegend() {
  const now = view();
  const off = { type: "button", class: "kg-small", onclick: () => toggleClass(null) };
  byId("kg-legend").replaceChildren(
    el("h2", {}, heading()),
    el("p", {}, subheading()),
    ...(now.pair ? [squareButtons()] : spread(now)),
    el("ul", {}, legendLines().map(classButton)),
    ...legendRules().map((rule) => el("p", {}, rule)),
    ...(state.only.size ? [el("p", {}, el("button", off, t("filter_off")))] : []),
  );
}

/** @param {LegendLine} line */
const classButton = ({ key, paint, text, n }) =>
  el(
    "li",
    {},
    el(
      "button",
      {
        type: "button",
        class: "kg-class",
        "data-key": key,
        "aria-pressed": String(state.only.has(key)),
        title: t("filter"),
        onclick: () => toggleClass(key),
      },
      swatch(paint),
      el("span", {}, text),
      el("span", {}, count(n)),
    ),
  );

/**
 * Show the regions of one class more or less; with null, those of all classes.
 * @param {Key | null} key
 */
function toggleClass(key) {
  const only = new Set(key === null ? [] : state.only);
  if (key !== null && !only.delete(key)) only.add(key);
  update({ only });
  const buttons = byId("kg-legend").querySelectorAll("[data-key], [data-cell]");
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (buttons)) {
    const own = button.dataset.key ?? button.dataset.cell;
    if (own === String(key)) button.focus();
  }
  const loud = scope().filter(isLoud).length;
  say(key === null ? t("filter_off") : t("found", { n: loud }));
}

/**
 * Where a value lies between the lowest and the highest, which are not the same.
 * @param {SingleView} now
 * @param {number} value
 */
function spreadPlace({ classes }, value) {
  const low = classes.low ?? 0;
  return 4 + (220 * (value - low)) / ((classes.high ?? 0) - low);
}

/** Mark where the value of the region lies that is lit. */
export function markTick() {
  const box = byId("kg-legend").querySelector(".kg-spread");
  box?.querySelector(".kg-lit")?.remove();
  const now = view();
  const { lit } = state;
  const value = lit === null || !now.inside(lit) ? null : now.cells.values[lit];
  if (!box || now.pair || value === null) return;
  const at = spreadPlace(now, value);
  box.append(svg("line", { class: "kg-lit", "data-tick": lit, x1: at, x2: at, y1: 1, y2: 13 }));
}

/**
 * Ticks where the values of regions lie between the lowest and the highest.
 * @param {SingleView} now
 */
function spread(now) {
  const { low, high, breaks, colours } = now.classes;
  if (low === null || high === null || low === high) return [];
  if (now.mode === "rank" || now.kinds) return [];
  /** @param {number} value */
  const x = (value) => spreadPlace(now, value);
  const bands = colours.map((fill, k) => {
    const from = Math.max(k ? breaks[k - 1] : low, low);
    const to = Math.min(breaks[k] ?? high, high);
    const width = Math.max(0, x(to) - x(from));
    return svg("rect", { x: x(from), width, y: 14, height: 5, fill });
  });
  /** @param {(i: number) => boolean} fits @param {string} stroke */
  const ticks = (fits, stroke) => {
    const values = known(now.cells.values.filter((_, i) => now.inside(i) && fits(i)));
    return svg("path", { d: ticksPath(values.map(x), 1, 13), stroke });
  };
  const { line } = now.layer;
  const isThere = now.mode === "value" && line !== null && line >= low && line <= high;
  const standard = isThere
    ? svg("line", { class: "kg-spread-line", x1: x(line), x2: x(line), y1: 0, y2: 21 })
    : null;
  const about = { role: "img", "aria-label": t("spread") };
  return [
    svg(
      "svg",
      { class: "kg-spread", viewBox: "0 0 228 21", ...about },
      bands,
      ticks((i) => !isLoud(i), "#c3ccd1"),
      ticks(isLoud, "#16212a"),
      standard,
    ),
  ];
}

/* Two indicators ------------------------------------------------------------------- */

const CELL = 36; // of the square: its side, and the room left of it for an axis
const AXIS = 20;

/** The square of nine classes, in a box of 150 by 126, as SVG. */
export function pairSquare() {
  const { pair } = view();
  const cells = [];
  for (let b = 0; b < 3; b++) {
    for (let a = 0; a < 3; a++) cells.push(pairCell(a, b));
  }
  /** @param {number} k */
  const axis = (k) =>
    `${"AB"[k]}: ${t(pair?.[k].direction === "better" ? "axis_down" : "axis_up")} →`;
  const words = { "font-size": 11.5, fill: "#1d2a33" };
  const foot = 3 * CELL - 2;
  const upwards = { x: 12, y: foot, ...words, transform: `rotate(-90 12 ${foot})` };
  return svg(
    "g",
    {},
    cells,
    svg("text", { x: AXIS, y: 3 * CELL + 13, ...words }, axis(0)),
    svg("text", upwards, axis(1)),
  );
}

/**
 * @param {number} a
 * @param {number} b
 */
function pairCell(a, b) {
  const key = `${a},${b}`;
  const n = view().counts.get(key) || 0;
  const x = AXIS + a * CELL;
  const y = (2 - b) * CELL;
  const isOnly = state.only.has(key);
  const box = { x, y, width: CELL - 1.5, height: CELL - 1.5, fill: data.pair_colours[b][a] };
  const edge = { stroke: isOnly ? "#b3261e" : "#66737c", "stroke-width": isOnly ? 2.5 : 0.6 };
  const letters = {
    x: x + CELL / 2 - 1,
    y: y + CELL / 2 + 4,
    "text-anchor": "middle",
    "font-size": 12,
    fill: inkOn(box.fill),
  };
  return svg(
    "g",
    { "data-cell": key },
    svg("rect", { ...box, ...edge }),
    svg("text", letters, n ? count(n) : ""),
  );
}

/** The square with cells to click. */
function squareButtons() {
  const size = { viewBox: "0 0 150 126", width: 190, height: 160 };
  const about = { role: "group", "aria-label": t("legend") };
  const box = svg("svg", { class: "kg-square", ...size, ...about }, pairSquare());
  const cells = box.querySelectorAll("[data-cell]");
  for (const cell of /** @type {NodeListOf<SVGGElement>} */ (cells)) {
    const key = cell.dataset.cell ?? "";
    const n = view().counts.get(key) || 0;
    cell.setAttribute("role", "button");
    cell.setAttribute("tabindex", "0");
    cell.setAttribute("aria-pressed", String(state.only.has(key)));
    cell.setAttribute("aria-label", `${pairWords(key)}: ${count(n)}`);
    cell.addEventListener("click", () => toggleClass(key));
    cell.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      toggleClass(key);
    });
  }
  return box;
}
