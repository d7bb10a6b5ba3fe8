// @ts-check
/* Rows of ranking and table: they are many, and carry their region. */

import { drawInSlices, drawRests, SLICE } from "../core/slices.js";
import { byId } from "../page/dom.js";

/**
 * What marks the row of a region; lists.js marks those that are lit and chosen.
 * @param {number} i
 */
export const regionMark = (i) => ({ "data-region": i, "aria-current": "false" });

/**
 * Fill a list with rows, the first at once.
 * @param {HTMLElement} into
 * @param {(() => HTMLElement)[]} rows
 */
export function drawRows(into, rows) {
  // Who has scrolled far down stays there while the rows are drawn: the style sheet
  // knows how high a row is, to measure the list would take as long as to draw it.
  const { style } = byId("kg-ranking");
  style.setProperty("--rows", String(rows.length));
  into.classList.toggle("kg-long", rows.length > SLICE);
  /**
   * @param {number} from
   * @param {number} to
   */
  const draw = (from, to) => into.append(...rows.slice(from, to).map((make) => make()));
  drawInSlices("rows", rows.length, draw, () => style.removeProperty("--rows"));
}

/**
 * The row of a region, if the list has one.
 * @param {number | null} region
 */
export function rowOf(region) {
  if (region === null) return null;
  const wanted = `[data-region="${region}"]`;
  return /** @type {HTMLElement | null} */ (byId("kg-ranking").querySelector(wanted));
}

/**
 * The same, though it be far down in a list that is still drawn.
 * @param {number | null} region
 */
export function rowDrawnOf(region) {
  drawRests();
  return rowOf(region);
}
