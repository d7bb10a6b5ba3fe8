// @ts-check
/* Values as they were before they were rounded to be shown. */

/* What a share may be told in: parts of one, per ten, per cent, per thousand, ... */
const FACTORS = [1, 10, 100, 1_000, 10_000, 100_000];
const SLACK = 1e-9;

/**
 * The value of a region by its numerator and denominator, where they round to what is
 * shown; else as it is shown.
 * @param {Layer} layer
 * @param {Cells} cells
 * @param {number} i
 */
export function exactOf({ digits }, { values, top, bottom }, i) {
  const value = Number(values[i]);
  const has = top?.[i] ?? null;
  const of = bottom?.[i] ?? null;
  if (has === null || !of) return value;
  const half = 0.5 * 10 ** -digits + SLACK;
  /** @param {number} factor */
  const told = (factor) => (factor * has) / of;
  const factor = FACTORS.find((one) => Math.abs(told(one) - value) <= half);
  return factor ? told(factor) : value;
}
