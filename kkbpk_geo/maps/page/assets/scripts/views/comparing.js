// @ts-check
/* What a region of a finer level is compared with: on its sheet, in the list, the table. */

import { cellsOf, earlierOf } from "../core/layers.js";
import { isAscending, rank } from "../core/numbers.js";
import { modeCells } from "../core/views.js";
import { el } from "../page/dom.js";
import { above, levelsAround, levelText, nameAt, ownAt } from "../page/places.js";
import { data, level, state } from "../page/state.js";
import { count, levelWord, scope, t, valueText, view } from "../page/words.js";

/** The levels above the one shown, the nearest first. */
const levelsAbove = () => [...Array(state.level).keys()].reverse();

/**
 * A layer as it is at another level, with the period that is shown; nothing without.
 * @param {Layer} of
 * @param {number} k
 */
function layerAt(of, k) {
  const { layers, periods } = data.levels[k];
  const layer = layers.find(({ key }) => key === of.key);
  const period = periods.indexOf(level().periods[state.period]);
  return layer && period >= 0 ? { layer, period } : null;
}

/**
 * The period that a change is counted from.
 * @param {number} k
 * @param {{layer: Layer, period: number}} shown
 */
const sinceAt = (k, { layer, period }) => data.levels[k].periods[earlierOf(layer, period)];

/**
 * The value of the region of a level that one is in, as the list shows values; a change
 * only where it is counted from the same period.
 * @param {SingleView} now
 * @param {number} k
 */
function valueAround({ layer, mode }, k) {
  const there = layerAt(layer, k);
  if (!there) return null;
  const since = sinceAt(state.level, { layer, period: state.period });
  if (mode === "change" && sinceAt(k, there) !== since) return null;
  return modeCells(there.layer, mode, there.period).values[ownAt(k)];
}

/** A line in a cell of a sheet. @param {string} text */
const smallLine = (text) => el("small", { class: "kg-around-value" }, text);

/**
 * What a sheet says beside the value of the province: those of the regions it lies in.
 * @param {Layer} of
 * @param {number} region
 */
const compared = (of, region) =>
  levelsAbove().map((k) => {
    const there = layerAt(of, k);
    const around = above(region, k);
    if (!there || around < 0) return null;
    const value = cellsOf(there.layer, there.period).values[around];
    const name = nameAt(k, around, [level().names[region]]);
    return smallLine(`${name} ${value === null ? "–" : valueText(of, value)}`);
  });

/**
 * The position among the regions of the one just above it.
 * @param {Layer} of
 * @param {number} region
 */
function positionsInside(of, region) {
  const { parents } = level();
  const around = Number(parents[region]);
  if (state.level === 0 || around < 0) return null;
  const { values } = cellsOf(of, state.period);
  const own = values.map((value, i) => (parents[i] === around ? value : null));
  const ranks = rank(own, isAscending(of));
  const n = ranks.filter((at) => at !== null).length;
  const position = t("position", { rank: ranks[region], n });
  const place = nameAt(state.level - 1, around);
  return smallLine(levelText("in_place", { level: position, place }));
}

/**
 * In the list: the regions that all in it lie in.
 * @param {SingleView} now
 */
function references(now) {
  // The sum of a district is no measure for its kecamatan: only shares are.
  const isShare = now.cells.province !== null || now.cells.bottom !== undefined;
  if (!isShare || !["value", "change"].includes(now.mode)) return [];
  const names = scope().map((i) => level().names[i]);
  return levelsAround().flatMap((k) => {
    const value = valueAround(now, k);
    return typeof value === "number" ? [{ name: nameAt(k, ownAt(k), names), value }] : [];
  });
}

/** In the table and its CSV: where each region lies, as far as the heading does not say. */
function columns() {
  const first = state.within === null ? 0 : state.from + 1;
  const levels = levelsAbove().filter((k) => k >= first);
  return levels.map((k) => {
    const title = levelWord(data.levels[k]);
    /** @param {number} i */
    const get = (i) => data.levels[k].names[above(i, k)] ?? "";
    return { key: `above${k}`, label: title, title, get };
  });
}

/** In the legend: of which regions the classes are. */
function rules() {
  const now = view();
  if (state.level === 0 || (!now.pair && now.kinds)) return [];
  const values = { n: count(level().codes.length), level: levelWord(level()).toLowerCase() };
  return [levelText("classes", values)];
}

export const comparisons = { compared, placed: positionsInside, references, columns, rules };
