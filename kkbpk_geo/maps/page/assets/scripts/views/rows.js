// @ts-check
/* Rows of ranking and table: they are many, and carry their region. */

import { drawInSlices, SLICE } from "../core/slices.js";
import { byId, wanted } from "../page/dom.js";
import { chosen, state } from "../page/state.js";

/**
 * What tells the row of a region; it is neither lit nor chosen yet (markRows).
 * @param {number} i
 */
export const regionMark = (i) => ({ "data-region": i, "aria-current": "false" });

/**
 * Show a list, or what else there is, in place of the one before.
 * @param {() => import("../page/dom.js").Children} make
 */
export function showRows(make) {
  const box = byId("kg-ranking");
  drawRows(box, []); // what is left of the list before is not drawn any more
  const parts = make();
  for (const old of [...box.children]) {
    const long = old.matches(".kg-long") ? old : old.querySelector(".kg-long");
    if (long && !old.matches(".kg-gone")) putAway(old, long);
    else old.remove();
  }
  box.prepend(...wanted([parts]));
}

/**
 * Take thousands of rows out of sight at once, and out of the page in slices: to take
 * them all out is half of what a reader would wait for.
 * @param {Element} old
 * @param {Element} long
 */
function putAway(old, long) {
  old.classList.add("kg-gone");
  old.toggleAttribute("inert", true);
  const rows = [...long.children];
  drawInSlices(
    "gone",
    rows.length,
    (from, to) => rows.slice(from, to).forEach((row) => row.remove()),
    () => old.remove(),
  );
}

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
  const draw = (from, to) => {
    into.append(...rows.slice(from, to).map((make) => make()));
    if (from > 0) markRows(); // the first are marked when all is drawn that waits
  };
  drawInSlices("rows", rows.length, draw, () => style.removeProperty("--rows"));
}

/**
 * The row of a region, if the list has one.
 * @param {number | null} region
 */
export function rowOf(region) {
  return byId("kg-ranking").querySelector(`[data-region="${region}"]`);
}

/** Mark the row of the region that is lit and that of the chosen one. */
export function markRows() {
  const list = byId("kg-ranking");
  list.querySelector(".kg-lit")?.classList.remove("kg-lit");
  list.querySelector("[aria-current=true]")?.setAttribute("aria-current", "false");
  rowOf(state.lit)?.classList.add("kg-lit");
  rowOf(chosen())?.setAttribute("aria-current", "true");
}
