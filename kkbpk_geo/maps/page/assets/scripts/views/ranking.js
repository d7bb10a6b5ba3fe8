// @ts-check
/* The list beside the map: ranking with bars; kinds and pairs by who is in them.
 *
 * Rows carry the mark of rows.js, by which lists.js hears what happens to them. */

import { barOf, known } from "../core/numbers.js";
import { statusOf } from "../core/statuses.js";
import { el } from "../page/dom.js";
import { paintOf, swatch } from "../page/drawings.js";
import { parts } from "../page/parts.js";
import { isLoud, longText, loudFirst, pairWords, shortText, statusWord, t, view, word } from "../page/words.js";
import { legendLines } from "./legend.js";
import { drawRows, regionMark } from "./rows.js";

/** The content of the list. */
export function rankingParts() {
  const now = view();
  if (now.pair) return cornerParts();
  return now.kinds ? kindParts() : bars(now);
}

/* Bars ----------------------------------------------------------------------------- */

/** @typedef {(value: number) => {left: number, width: number}} Scale */

/** @param {SingleView} now */
function bars(now) {
  const { values, province } = now.cells;
  const line = now.mode === "value" ? now.layer.line : null;
  const inside = values.filter((_, i) => now.inside(i));
  const compared = parts.references(now);
  if (province !== null) compared.unshift({ name: t("province"), value: province, isWhole: true });
  const all = known([...inside, ...compared.map(({ value }) => value), line]);
  const low = Math.min(...all);
  const high = Math.max(...all);
  /** @type {Scale} */
  const scale = (value) => barOf(value, low, high);
  const rows = rowsWith(compared, now, scale, line);
  const list = el("ol", {});
  drawRows(list, rows);
  const note = parts.lineNote(now);
  if (line === null) return [list, note];
  const standard = word(now.layer.standard) || longText(line);
  return [list, el("p", { class: "kg-note" }, `┆ ${t("standard")}: ${standard}`), note];
}

/**
 * The rows of regions, and what they are compared with where its value belongs.
 * @param {import("../page/parts.js").Reference[]} compared
 * @param {SingleView} now
 * @param {Scale} scale
 * @param {number | null} line
 */
function rowsWith(compared, now, scale, line) {
  const sign = now.ascending ? 1 : -1;
  // The last first: each stands before the one that is put in after it.
  const ordered = [...compared].sort((a, b) => sign * (b.value - a.value));
  const order = loudFirst(now.order);
  const rows = order.map((i) => () => regionRow(now, i, scale, line));
  for (const one of ordered) {
    const make = () => el("li", {}, referenceRow(now, one, scale, line));
    rows.splice(referencePlace(now, order, one.value), 0, make);
  }
  return rows;
}

/**
 * Before which row it stands: the first that comes after its value.
 * @param {SingleView} now
 * @param {number[]} order
 * @param {number} compared
 */
function referencePlace(now, order, compared) {
  const at = order.findIndex((i) => {
    const value = now.cells.values[i];
    if (value === null || !isLoud(i)) return true;
    return now.ascending ? value > compared : value < compared;
  });
  return at < 0 ? order.length : at;
}

/**
 * @param {SingleView} now
 * @param {import("../page/parts.js").Reference} compared
 * @param {Scale} scale
 * @param {number | null} line
 */
const referenceRow = (now, { name, value, isWhole }, scale, line) =>
  el(
    "div",
    { class: "kg-row kg-province" },
    rowCells(
      "",
      name,
      [track(value, scale, null, line), parts.line(now.layer, isWhole ? [-1] : [], now.mode)],
      shortText(value),
      false,
    ),
  );

/**
 * @param {SingleView} now
 * @param {number} i
 * @param {Scale} scale
 * @param {number | null} line
 */
function regionRow(now, i, scale, line) {
  const value = now.cells.values[i];
  const name = parts.nameOf(i);
  const months = parts.line(now.layer, [i], now.mode);
  const cells =
    value === null
      ? rowCells("", name, [el("span", {}), months], statusWord(statusOf(now.cells, i)), true)
      : rowCells(
          String(now.ranks[i]),
          name,
          [track(value, scale, paintOf(now, i), line), months],
          shortText(value),
          false,
        );
  const quiet = isLoud(i) ? "" : " kg-quiet";
  const attributes = { type: "button", class: `kg-row${quiet}`, ...regionMark(i) };
  return el("li", {}, el("button", attributes, cells));
}

/**
 * @param {string} place
 * @param {string} name
 * @param {import("../page/dom.js").Children} bar
 * @param {string} text
 * @param {boolean} isNone
 */
const rowCells = (place, name, bar, text, isNone) => [
  el("span", {}, place),
  el("span", { class: "kg-row-name", title: name, dir: "auto" }, name),
  bar,
  el("span", { class: isNone ? "kg-row-value kg-none" : "kg-row-value" }, text),
];

/**
 * A bar from zero, and the standard as a mark.
 * @param {number} value
 * @param {Scale} scale
 * @param {string | null} colour
 * @param {number | null} line
 */
function track(value, scale, colour, line) {
  const { left, width } = scale(value);
  const fill = colour ? `;background:${colour}` : "";
  return el(
    "span",
    { class: "kg-track", "aria-hidden": "true" },
    el("i", { style: `left:${left}%;width:${width}%${fill}` }),
    line === null ? null : el("u", { style: `left:${markPlace(scale(line), line)}%` }),
  );
}

/**
 * Where a bar to this value would end, to either side of zero.
 * @param {{left: number, width: number}} bar
 * @param {number} value
 */
const markPlace = ({ left, width }, value) => left + (value > 0 ? width : 0);

/* Who is in which class ------------------------------------------------------------- */

const CORNERS = ["2,2", "2,0", "0,2", "0,0"];

/**
 * Regions whose key fits, in the order of the view.
 * @param {(key: Key) => boolean} fits
 */
function regionsWith(fits) {
  const { order, keyOf } = view();
  return order.filter((i) => fits(keyOf(i)));
}

/** The four corners of the square, and the names of who is in them. */
export const cornerNames = () =>
  CORNERS.map((corner) => ({
    key: corner,
    names: regionsWith((key) => key === corner).map((i) => parts.nameOf(i)),
  }));

function cornerParts() {
  const { colourOf } = view();
  const rest = regionsWith((key) => Boolean(colourOf(key)) && !CORNERS.includes(String(key)));
  const corners = CORNERS.map((corner) =>
    group(colourOf(corner), pairWords(corner), regionsWith((key) => key === corner)),
  );
  return [...corners, group(undefined, t("pair_rest"), rest), absentGroup()];
}

/** Who is of which kind, kind by kind, as the legend has them. */
function kindParts() {
  const { colourOf } = view();
  const lines = legendLines().filter((line) => colourOf(line.key));
  const groups = lines.map((line) =>
    group(line.paint, line.text, regionsWith((key) => key === line.key)),
  );
  return [...groups, absentGroup()];
}

function absentGroup() {
  const { colourOf } = view();
  const regions = regionsWith((key) => !colourOf(key));
  return regions.length ? group(undefined, statusWord("missing"), regions) : null;
}

/**
 * @param {string | undefined} paint
 * @param {string} title
 * @param {number[]} regions
 */
const group = (paint, title, regions) =>
  el(
    "div",
    { class: "kg-corner" },
    el("h3", {}, paint ? swatch(paint) : null, title),
    regions.length
      ? el("p", { class: "kg-names" }, regions.map(nameChip))
      : el("p", { class: "kg-note" }, t("nobody")),
  );

/** @param {number} i */
function nameChip(i) {
  const look = isLoud(i) ? "kg-chip" : "kg-chip kg-quiet";
  return el("button", { type: "button", class: look, ...regionMark(i) }, parts.nameOf(i));
}
