// @ts-check
/* Values over time: where a period stands on the axis, gaps, the middle half, the axis.
 *
 * Only in pages with periods to draw as a line (lines.js). */

import { cellsOf } from "./layers.js";
import { known, round } from "./numbers.js";

/* A place on the time axis: the number of a period, null where there is none for it. */
/** @typedef {number | null} Slot */
/** @typedef {[number, number]} Band  The lowest and the highest of the middle half. */
/** @typedef {{low: number, high: number, step: number}} Axis */

export const LEAST_PERIODS = 3; // fewer are a change, not a line
/* Regions: of fewer the middle half is one or two of them, and no band. */
const LEAST_IN_BAND = 4;
const STEPS = 4; // on the axis at most: more would be read as a table
/** @type {Record<string, number>} */
const PER_YEAR = { Q: 4, S: 2, "": 12 };

/**
 * Which of equal times since the year 0 a period is: its month, quarter, half-year or
 * year; of a running sum the last month. Null where it is none of these.
 * @param {string} period
 */
export function timeOf(period) {
  const found = /^(?:\d{4}-01\.\.)?(\d{4})(?:-([QS]?)(\d+))?$/.exec(period);
  if (!found) return null;
  const [, year, letter, at] = found;
  if (at === undefined) return Number(year);
  return Number(year) * PER_YEAR[letter] + Number(at) - 1;
}

/**
 * The time axis of a layer: its periods of the span of the one shown, and an empty place
 * for every time between them that no table came from.
 * @param {Layer} layer
 * @param {string[]} periods
 * @param {number} shown
 * @returns {Slot[]}
 */
export function slotsOf({ spans }, periods, shown) {
  const all = [...periods.keys()].filter((p) => !spans || spans[p] === spans[shown]);
  const times = all.map((p) => timeOf(periods[p]));
  const numbers = known(times);
  // Two periods of one time, or one that is no time: in their order, without gaps.
  if (new Set(numbers).size < all.length) return all;
  const first = Math.min(...numbers);
  /** @type {Slot[]} */
  const slots = Array(Math.max(...numbers) - first + 1).fill(null);
  all.forEach((p, k) => {
    slots[numbers[k] - first] = p;
  });
  return slots;
}

/**
 * The values of a region; of the whole for -1.
 * @param {Layer} layer
 * @param {Slot[]} slots
 * @param {number} region
 * @returns {Row}
 */
export const seriesOf = (layer, slots, region) =>
  slots.map((period) => {
    if (period === null) return null;
    const { values, province } = cellsOf(layer, period);
    return region < 0 ? province : values[region];
  });

/**
 * A share of the way through numbers in order, between two of them if it falls there.
 * @param {Float64Array} sorted
 * @param {number} share
 */
function quantile(sorted, share) {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.ceil(at);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/**
 * The middle half of the regions at each time; null where too few have a value.
 * @param {Row[]} rows  a row of regions for each time
 * @returns {(Band | null)[]}
 */
export const bandOf = (rows) =>
  rows.map((row) => {
    const sorted = Float64Array.from(known(row)).sort();
    if (sorted.length < LEAST_IN_BAND) return null;
    return [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  });

/**
 * An axis of round steps that holds all numbers; from zero where they come near it.
 * @param {number[]} numbers
 * @param {number} digits
 * @returns {Axis}
 */
export function axisOf(numbers, digits) {
  const least = Math.min(...numbers);
  const most = Math.max(...numbers);
  // Not finer than the values are written: two ticks with one label would lie.
  const fine = 10 ** -digits;
  const rough = Math.max((most - least) / STEPS, fine);
  const power = 10 ** Math.floor(Math.log10(rough) + 1e-9);
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const isNear = least >= 0 && least <= most - least;
  const low = isNear ? 0 : round(Math.floor(least / step + 1e-9) * step, digits);
  const high = round(Math.ceil(most / step - 1e-9) * step, digits);
  // Where all are equal: a step to either side, but not below nothing.
  if (high > low) return { low, high, step };
  return { low: low > 0 || least < 0 ? low - step : low, high: high + step, step };
}

/**
 * Runs of neighbours that all have a value: between two runs lies a gap.
 * @template T
 * @param {(T | null)[]} values
 * @returns {number[][]}
 */
export function runsOf(values) {
  /** @type {number[][]} */
  const runs = [];
  values.forEach((value, at) => {
    if (value === null) return;
    const isNew = at === 0 || values[at - 1] === null;
    if (isNew) runs.push([]);
    runs[runs.length - 1].push(at);
  });
  return runs;
}

/**
 * The line of values: a new one after each gap, a point where a value stands alone.
 * @param {Row} values
 * @param {(at: number) => number} x
 * @param {(value: number) => number} y
 */
export const linePath = (values, x, y) =>
  runsOf(values)
    .map((run) => {
      const points = run.map((at) => `${x(at).toFixed(1)},${y(values[at] ?? 0).toFixed(1)}`);
      return `M${points.join("L")}${run.length > 1 ? "" : "h0"}`;
    })
    .join("");

/**
 * The band as an area; a gap where it is none, a stroke where it stands alone.
 * @param {(Band | null)[]} band
 * @param {(at: number) => number} x
 * @param {(value: number) => number} y
 */
export const bandPath = (band, x, y) =>
  runsOf(band)
    .map((run) => {
      /** @param {number} at @param {0 | 1} end */
      const point = (at, end) => `${x(at).toFixed(1)},${y(band[at]?.[end] ?? 0).toFixed(1)}`;
      const there = run.map((at) => point(at, 1));
      const back = run.map((at) => point(at, 0)).reverse();
      return `M${[...there, ...back].join("L")}Z`;
    })
    .join("");

/**
 * Where the dot stands: on what is shown, else on the last value before it; -1 for none.
 * @param {Row} values
 * @param {number} shown  its place on the axis
 */
export const dotOf = (values, shown) =>
  values
    .slice(0, shown + 1)
    .map((value) => value !== null)
    .lastIndexOf(true);
