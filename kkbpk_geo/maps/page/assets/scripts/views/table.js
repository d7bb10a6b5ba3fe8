// @ts-check
/* The view as a table to sort; its columns also make the CSV. */

import { cellsOf, earlierOf } from "../core/layers.js";
import { sortRows } from "../core/numbers.js";
import { statusOf } from "../core/statuses.js";
import { modeCells } from "../core/views.js";
import { el, focusInside } from "../page/dom.js";
import { parts } from "../page/parts.js";
import { level, state, update } from "../page/state.js";
import {
  count,
  heading,
  isLoud,
  loudFirst,
  number,
  statusWord,
  subheading,
  t,
  valueText,
  view,
  withUnit,
  word,
} from "../page/words.js";
import { drawRows, regionMark } from "./rows.js";

/**
 * `label` is short, `title` says the unit too; `digits` null: as many as it has.
 * @typedef {object} Column
 * @property {string} key
 * @property {string} label
 * @property {string} title
 * @property {(i: number) => string | number | null} get
 * @property {number | null} [digits]
 * @property {((value: number) => string) | null} [show]
 */

const SHORT_UNIT = 6; // letters: a longer unit would widen the column

/**
 * @param {string} key
 * @param {string} label
 * @param {Row} values
 * @param {number | null} digits
 * @returns {Column}
 */
const numberColumn = (key, label, values, digits) => ({
  key,
  label,
  title: label,
  digits,
  get: (i) => values[i] ?? null,
});

/** The columns of the view. */
export function columnsOf() {
  const now = view();
  const { names } = level();
  /** @type {Column} */
  const name = { key: "name", label: t("region"), title: t("region"), get: (i) => names[i] };
  return [name, ...parts.columns(), ...(now.pair ? pairColumns(now) : singleColumns(now))];
}

/** @param {PairView} now */
const pairColumns = (now) =>
  now.pair.map((layer, k) => {
    const label = `${"AB"[k]}: ${withUnit(layer)}`;
    return numberColumn(`value${k}`, label, now.pairCells[k].values, layer.digits);
  });

/** @param {SingleView} now */
function singleColumns(now) {
  const { layer, mode, kinds } = now;
  const cells = cellsOf(layer, state.period);
  const columns = [valueColumn(layer, cells)];
  if (mode === "gap" || mode === "need") {
    columns.push(numberColumn(mode, t(`mode_${mode}`), now.cells.values, now.classes.digits));
  }
  if (cells.top && cells.bottom) {
    columns.push(numberColumn("top", t("numerator"), cells.top, null));
    columns.push(numberColumn("bottom", t("denominator"), cells.bottom, null));
  }
  if (kinds) return columns;
  const place = numberColumn("rank", t("place"), now.places, 0);
  columns.push({ ...place, title: `${t("place")} (${t(`order_${layer.order}`)})` });
  if (layer.modes.change !== undefined && earlierOf(layer, state.period) >= 0) {
    const { values } = modeCells(layer, "change", state.period);
    columns.push(numberColumn("change", t("mode_change"), values, layer.digits));
  }
  return columns;
}

/**
 * @param {Layer} layer
 * @param {Cells} cells
 * @returns {Column}
 */
function valueColumn(layer, cells) {
  const unit = word(layer.unit);
  const isShort = unit && unit.length < SHORT_UNIT;
  const label = isShort ? `${t("value")} (${unit})` : t("value");
  return {
    ...numberColumn("value", label, cells.values, layer.digits),
    title: withUnit(layer),
    show: layer.kinds ? (value) => valueText(layer, value) : null,
  };
}

export function tableParts() {
  const columns = columnsOf();
  const sorted = columns.find((column) => column.key === state.sort.key);
  const { order } = view();
  const rows = loudFirst(sorted ? sortRows(order, sorted.get, state.sort.up) : order);
  const about = { tabindex: "0", role: "region", "aria-label": t("table") };
  const body = el("tbody", {});
  drawRows(body, rows.map((i) => () => tableRow(columns, i)));
  return el(
    "div",
    { class: "kg-scroll", ...about },
    el(
      "table",
      { class: "kg-table" },
      el("caption", { class: "kg-hidden" }, `${heading()}. ${subheading()}`),
      el("thead", {}, el("tr", {}, columns.map((column) => headCell(column, column === sorted)))),
      body,
    ),
  );
}

/**
 * @param {Column} column
 * @param {boolean} isSorted
 */
function headCell(column, isSorted) {
  const { up } = state.sort;
  const direction = up ? "ascending" : "descending";
  const arrow = up ? " ▲" : " ▼";
  const onclick = () => sortBy(column);
  return el(
    "th",
    { scope: "col", "aria-sort": isSorted ? direction : "none", "data-column": column.key },
    el("button", { type: "button", class: "kg-sort", onclick }, column.label, isSorted ? arrow : ""),
  );
}

/**
 * @param {Column[]} columns
 * @param {number} i
 */
const tableRow = (columns, i) =>
  el(
    "tr",
    { ...regionMark(i), class: isLoud(i) ? null : "kg-quiet" },
    el(
      "th",
      { scope: "row" },
      el("button", { type: "button", class: "kg-link", dir: "auto" }, level().names[i]),
    ),
    columns.slice(1).map((column) => el("td", {}, cellText(column, i))),
  );

/**
 * @param {Column} column
 * @param {number} i
 */
function cellText(column, i) {
  const value = column.get(i);
  if (typeof value === "string") return value;
  if (typeof value !== "number") return column.key === "value" ? absenceWord(i) : "–";
  if (column.show) return column.show(value);
  return typeof column.digits === "number" ? number(value, column.digits) : count(value);
}

/** @param {number} i */
const absenceWord = (i) => statusWord(statusOf(cellsOf(view().layer, state.period), i));

/**
 * Sort by a column; again, the other way. Names and positions begin with the first, all
 * else with the largest.
 * @param {Column} column
 */
function sortBy({ key, digits }) {
  const isName = digits === undefined;
  const startsUp = isName || key === "rank";
  update({ sort: { key, up: state.sort.key === key ? !state.sort.up : startsUp } });
  focusInside("kg-ranking", `[data-column="${key}"] button`);
}
