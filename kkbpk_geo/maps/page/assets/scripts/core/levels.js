// @ts-check
/* Levels, one within the other: who lies in whom, and shapes that share their lines. */

import { readArcs, readShapes } from "./shapes.js";

/**
 * Where a region of a level lies in a coarser level (its number there), or -1.
 * @param {Level[]} levels
 * @param {number} from  the level of the region
 * @param {number} region
 * @param {number} to
 */
export function ancestorOf(levels, from, region, to) {
  let at = region;
  for (let k = from; k > to && at >= 0; k--) at = Number(levels[k].parents[at]);
  return at;
}

/** @type {WeakMap<Coverage, Vertex[][]>} */
const arcsKnown = new WeakMap();

/**
 * The arcs of a level below the map after those of all before it, as they are counted.
 * @param {Level[]} levels
 * @param {number} k
 * @returns {Vertex[][]}
 */
function arcsTo(levels, k) {
  const { upper, shapes } = levels[k];
  let arcs = arcsKnown.get(shapes);
  if (!arcs) {
    arcs = [...(upper ? readArcs(upper) : arcsTo(levels, k - 1)), ...readArcs(shapes)];
    arcsKnown.set(shapes, arcs);
  }
  return arcs;
}

/** @type {WeakMap<Coverage, Shape[]>} */
const shapesKnown = new WeakMap();

/**
 * The shapes of a level, read when first asked for.
 * @param {Level[]} levels
 * @param {number} k
 */
export const shapesOf = (levels, k) => readOnce(levels[k].shapes, k ? () => arcsTo(levels, k) : null);

/**
 * The regions of the map by the lines of what is in them; none where nothing is.
 * @param {Level[]} levels
 */
export function upperShapes(levels) {
  const { upper } = levels[1];
  return upper ? readOnce(upper, () => readArcs(upper)) : [];
}

/**
 * @param {Coverage} coverage
 * @param {(() => Vertex[][]) | null} arcs
 */
function readOnce(coverage, arcs) {
  let shapes = shapesKnown.get(coverage);
  if (!shapes) {
    shapes = readShapes(coverage, arcs?.());
    shapesKnown.set(coverage, shapes);
  }
  return shapes;
}
