// @ts-check
/* Long lists in slices: the first lines at once, the rest right after what waits.
 *
 * A list of thousands is drawn to its end, so that finding, printing and reading aloud
 * meet every line; but a reader who chooses does not wait for what is out of sight. */

/* Lines: beside what else waits they are drawn in a hundredth of a second. */
export const SLICE = 100;
/* Lines: more than a usual screen shows; of a long list these come first. */
const SCREEN = 40;

/** What is left of each list: draws one slice, says whether more is left.
 * @type {Map<string, () => boolean>} */
const rests = new Map();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let nextSlice;

/**
 * Draw the lines 0 to n - 1 of a list; what is left of its older lines is dropped.
 * A list of one slice is drawn at once.
 * @param {string} list
 * @param {number} n
 * @param {(from: number, to: number) => void} draw
 * @param {() => void} [end]  called when all are drawn
 */
export function drawInSlices(list, n, draw, end = () => {}) {
  let at = 0;
  const drawSlice = () => {
    const size = at === 0 && n > SLICE ? SCREEN : SLICE;
    const to = Math.min(n, at + size);
    draw(at, to);
    at = to;
    if (at === n) end();
    return at < n;
  };
  rests.set(list, drawSlice);
  if (!drawSlice()) rests.delete(list);
  else nextSlice ??= setTimeout(drawNextSlices);
}

function drawNextSlices() {
  nextSlice = undefined;
  for (const [list, drawSlice] of rests) {
    if (!drawSlice()) rests.delete(list);
  }
  if (rests.size) nextSlice = setTimeout(drawNextSlices);
}

/** Draw now whatever is left: for paper, and to look for a line. */
export function drawRests() {
  for (const [list, drawSlice] of rests) {
    while (drawSlice());
    rests.delete(list);
  }
}
