// @ts-check
/* One way to look at the map: which number, class and colour each region has.
 *
 * Map, legend, lists, sheet and export all read the same view. Pure, tested by Node. */

import { cellsOf, earlierOf, readClasses } from "./layers.js";
import { classOf, isAscending, orderOf, rank, round } from "./numbers.js";
import { statusOf } from "./statuses.js";

/**
 * How much is lacking of a standard, or above it where it is a limit.
 * @param {Layer} layer
 * @param {number} has
 * @param {number} standard
 */
function lacking(layer, has, standard) {
  const by = layer.direction === "better" ? standard - has : has - standard;
  return Math.max(0, by);
}

/* A need of 8.000000001 is 8: noise of the division must not ask for one more. */
const NOISE = 1e-9;

/**
 * The sums of the modes; modes.py does the same, and a test compares them.
 * @type {Record<Exclude<Mode, "value">, (layer: Layer, cells: Cells, period: number) => Row>}
 */
const SUMS = {
  gap(layer, cells) {
    const standard = layer.line ?? 0;
    return cells.values.map((value) =>
      value === null ? null : round(lacking(layer, value, standard), layer.digits),
    );
  },
  need(layer, { values, top, bottom }) {
    const share = (layer.line ?? 0) / (layer.factor ?? 1);
    return values.map((value, i) => {
      const has = top?.[i] ?? null;
      const of = bottom?.[i] ?? null;
      if (value === null || has === null || of === null) return null;
      return Math.ceil(lacking(layer, has, share * of) - NOISE);
    });
  },
  rank: (layer, cells) => rank(cells.values, isAscending(layer)),
  change(layer, cells, period) {
    const at = earlierOf(layer, period);
    const before = at < 0 ? [] : cellsOf(layer, at).values;
    return cells.values.map((value, i) => {
      const was = before[i] ?? null;
      return value === null || was === null ? null : round(value - was, layer.digits);
    });
  },
};

/**
 * The cells of a layer in a mode; the reasons for no value stay.
 * @param {Layer} layer
 * @param {Mode} mode
 * @param {number} period
 * @returns {Cells}
 */
export function modeCells(layer, mode, period) {
  const cells = cellsOf(layer, period);
  if (mode === "value") return cells;
  const province = mode === "change" ? provinceChange(layer, cells, period) : null;
  return { ...cells, values: SUMS[mode](layer, cells, period), province };
}

/**
 * @param {Layer} layer
 * @param {Cells} cells
 * @param {number} period
 */
function provinceChange(layer, cells, period) {
  const at = earlierOf(layer, period);
  const before = at < 0 ? null : cellsOf(layer, at).province;
  if (cells.province === null || before === null) return null;
  return round(cells.province - before, layer.digits);
}

/* What position 1 of these modes means; else the layer says it. */
/** @type {Partial<Record<Mode, string>>} */
const ORDER = { gap: "priority", need: "priority" };

/**
 * Look at one layer. `inside(i)` says which regions take part.
 * @param {Layer} layer
 * @param {Mode} mode
 * @param {number} period
 * @param {any[]} pool
 * @param {(i: number) => boolean} inside
 * @returns {SingleView}
 */
export function singleView(layer, mode, period, pool, inside) {
  const cells = modeCells(layer, mode, period);
  const classes = readClasses(pool, layer.modes[mode] ?? -1);
  const { kinds } = layer; // what is a kind has an order of classes, and no position
  // A change for the worse needs attention as a bad value does; gaps are large first.
  const smallFirst = mode === "rank" || (!ORDER[mode] && isAscending(layer));
  const ascending = kinds ? layer.direction !== "worse" : smallFirst;
  /** @param {Row} row */
  const scope = (row) => row.map((value, i) => (inside(i) ? value : null));
  const scoped = scope(cells.values);
  const nothing = scoped.map(() => null);
  const ranked = kinds ? nothing : scoped;
  const base = kinds ? nothing : scope(cellsOf(layer, period).values);
  /** @param {number} i */
  const keyOf = (i) => classOf(cells.values[i], classes) ?? statusOf(cells, i);
  return {
    pair: null,
    layer,
    mode,
    kinds,
    cells,
    classes,
    ascending,
    inside,
    keyOf,
    order: orderOf(scoped, ascending).filter(inside),
    ranks: mode === "rank" ? scoped : rank(ranked, ascending),
    places: rank(base, isAscending(layer)),
    orderKey: ORDER[mode] || layer.order,
    colourOf: (key) => classes.colours[Number(key)],
    counts: countKeys(cells.values.length, inside, keyOf),
  };
}

/**
 * How many regions have each key (class or reason).
 * @param {number} n
 * @param {(i: number) => boolean} inside
 * @param {(i: number) => Key} keyOf
 */
function countKeys(n, inside, keyOf) {
  /** @type {Map<Key, number>} */
  const counts = new Map();
  for (let i = 0; i < n; i++) {
    if (!inside(i)) continue;
    const key = keyOf(i);
    counts.set(key, (counts.get(key) || 0) + 1);
  }
  return counts;
}

/**
 * Level of attention of a value, 0 to 2, by thirds; as bivariate.py says it.
 * @param {number | null} value
 * @param {number[]} breaks
 * @param {string} direction
 */
export function levelOf(value, breaks, direction) {
  if (value === null) return null;
  const at = breaks.filter((from) => from <= value).length;
  // With a single break there are two levels, low and high; without any, the middle one.
  const level = breaks.length === 0 ? 1 : Math.floor((at * 2) / breaks.length);
  return direction === "better" ? 2 - level : level;
}

/* A region without one of two values comes after all that have both. */
const WITHOUT = -3;

/**
 * Look at two layers together: keys are "a,b", or why there is none.
 * @param {Layer} first
 * @param {Layer} second
 * @param {number} period
 * @param {Pick<Payload, "pool" | "pair_colours">} data
 * @param {(i: number) => boolean} inside
 * @returns {PairView}
 */
export function pairView(first, second, period, data, inside) {
  /** @type {[Cells, Cells]} */
  const pairCells = [cellsOf(first, period), cellsOf(second, period)];
  /**
   * @param {Layer} layer
   * @param {Cells} cells
   */
  const levelsOf = (layer, cells) => {
    const breaks = data.pool[layer.thirds ?? -1];
    return cells.values.map((value) => levelOf(value, breaks, layer.direction));
  };
  const across = levelsOf(first, pairCells[0]);
  const up = levelsOf(second, pairCells[1]);
  /** @param {number} i */
  const keyOf = (i) => {
    if (across[i] === null) return statusOf(pairCells[0], i);
    return up[i] === null ? statusOf(pairCells[1], i) : `${across[i]},${up[i]}`;
  };
  /** @param {number} i */
  const urgency = (i) => (across[i] ?? WITHOUT) + (up[i] ?? WITHOUT);
  return {
    pair: [first, second],
    mode: "pair",
    pairCells,
    cells: pairCells[0],
    layer: first,
    inside,
    keyOf,
    colourOf(key) {
      if (!/^\d,\d$/.test(String(key))) return undefined;
      const [a, b] = String(key).split(",");
      return data.pair_colours[Number(b)][Number(a)];
    },
    order: across
      .map((_, i) => i)
      .filter(inside)
      .sort((a, b) => urgency(b) - urgency(a) || a - b),
    counts: countKeys(across.length, inside, keyOf),
  };
}
