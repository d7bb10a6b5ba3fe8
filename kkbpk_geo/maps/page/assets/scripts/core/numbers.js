// @ts-check
/* Numbers: how they are written, which class and position they have, where a bar lies. */

/**
 * Write a number as the language does; a missing one is an en dash.
 * @param {number | null | undefined} value
 * @param {number} digits
 * @param {Marks} marks
 */
export function formatNumber(value, digits, marks) {
  if (value === null || value === undefined) return "–";
  const size = Math.abs(value).toFixed(digits);
  const [whole, part] = size.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, marks.thousands);
  const sign = value < 0 && Number(size) !== 0 ? "-" : "";
  return sign + grouped + (part ? marks.decimal + part : "");
}

/**
 * Round to a number of digits; never to minus zero.
 * @param {number} value
 * @param {number} digits
 */
export function round(value, digits) {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale + 0;
}

/**
 * The class of a value: how many breaks lie at or below it; null for missing.
 * @param {number | null | undefined} value
 * @param {Pick<Classes, "breaks" | "colours">} classes
 */
export function classOf(value, classes) {
  if (value === null || value === undefined || !classes.colours.length) return null;
  let at = 0;
  while (at < classes.breaks.length && classes.breaks[at] <= value) at += 1;
  return at;
}

/**
 * The words of classes, as Classes.labels in Python says them.
 * @param {Classes} classes
 * @param {Marks} marks
 */
export function classLabels(classes, marks) {
  const { breaks, digits, low, high } = classes;
  if (low === null || high === null) return [];
  const step = 10 ** -digits;
  /** @param {number} value */
  const text = (value) => formatNumber(value, digits, marks);
  /**
   * @param {number} from
   * @param {number} to
   */
  const span = (from, to) => (text(from) === text(to) ? text(from) : `${text(from)} – ${text(to)}`);
  if (classes.method === "fixed" && breaks.length) {
    return [
      `< ${text(breaks[0])}`,
      ...breaks.slice(1).map((to, i) => span(breaks[i], to - step)),
      `≥ ${text(breaks[breaks.length - 1])}`,
    ];
  }
  const ends = [...breaks.map((to) => to - step), high];
  return [low, ...breaks].map((from, i) => span(from, ends[i]));
}

/* In which direction small values are what position 1 means; modes.py says the same. */
/** @type {Record<string, string>} */
const SMALL_FIRST = { priority: "better", best: "worse" };

/**
 * Whether small values come first, given what position 1 means.
 * @param {Pick<Layer, "order" | "direction">} layer
 */
export const isAscending = ({ order, direction }) => SMALL_FIRST[order] === direction;

/**
 * Only the numbers of a row.
 * @param {Row} row
 */
export const known = (row) => /** @type {number[]} */ (row.filter((value) => value !== null));

/**
 * Positions, 1 first; equal values share one; null for missing.
 * @param {Row} values
 * @param {boolean} ascending
 * @returns {Row}
 */
export function rank(values, ascending) {
  // An array of numbers alone is sorted ten times as fast as one with a rule.
  const sorted = Float64Array.from(known(values)).sort();
  if (!ascending) sorted.reverse();
  /** @type {Map<number, number>} */
  const first = new Map();
  sorted.forEach((value, i) => {
    if (!first.has(value)) first.set(value, i + 1);
  });
  return values.map((value) => (value === null ? null : (first.get(value) ?? null)));
}

/**
 * Region numbers in order of position; missing ones last, then by map order.
 * @param {Row} values
 * @param {boolean} ascending
 */
export function orderOf(values, ascending) {
  const ranks = rank(values, ascending);
  // The last position there can be, rather than infinity: two infinities have no difference.
  /** @param {number} i */
  const position = (i) => ranks[i] ?? values.length + 1;
  return values.map((_, i) => i).sort((a, b) => position(a) - position(b) || a - b);
}

/**
 * Rows in the order of one column; missing ones always last.
 * @template {number | string | null} T
 * @param {number[]} rows
 * @param {(row: number) => T} get
 * @param {boolean} up
 */
export function sortRows(rows, get, up) {
  /**
   * @param {T} a
   * @param {T} b
   */
  const compare = (a, b) =>
    typeof a === "string" ? String(a).localeCompare(String(b)) : Number(a) - Number(b);
  return rows.slice().sort((a, b) => {
    const x = get(a);
    const y = get(b);
    if (x === null || y === null) return Number(x === null) - Number(y === null) || a - b;
    return (up ? compare(x, y) : compare(y, x)) || a - b;
  });
}

/**
 * Where a bar lies on a scale that holds zero, in percent.
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export function barOf(value, low, high) {
  const from = Math.min(0, low);
  const to = Math.max(0, high);
  const span = to - from || 1;
  const left = (Math.min(0, value) - from) / span;
  return { left: 100 * left, width: (100 * Math.abs(value)) / span };
}

/**
 * A round length in metres, at most `most`: 1, 2 or 5 times a power of ten.
 * @param {number} most
 */
export function roundLength(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [5, 2, 1].find((factor) => factor * power <= most) ?? 1;
  return power * step;
}
