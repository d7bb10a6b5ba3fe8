// @ts-check
/* Placing names on the map: none covers another, few cover a sign. */

/**
 * @param {Box} a
 * @param {Box} b
 */
const overlaps = (a, b) =>
  Math.abs(a.x - b.x) * 2 < a.w + b.w && Math.abs(a.y - b.y) * 2 < a.h + b.h;

/**
 * @param {Box} box
 * @param {Frame} view
 */
const isInside = (box, view) =>
  box.x - box.w / 2 >= view.left &&
  box.x + box.w / 2 <= view.right &&
  box.y - box.h / 2 >= view.top &&
  box.y + box.h / 2 <= view.bottom;

/**
 * Place names without overlap, and beside signs rather than on them.
 *
 * A label is an anchor, the size of the name, and half the room in its shape. Where it
 * fits it stands on its anchor, or a little off it where a sign would be covered; else,
 * with leaders, beside it with a line, best where it lies on no other shape; else it is
 * hidden: null.
 * @param {Label[]} labels
 * @param {Frame} view
 * @param {{leaders: boolean, signs?: Box[], barred?: Box[],
 *   apart?: (box: Box, i: number) => boolean}} how  `barred`: where no name may stand.
 */
export function placeNames(labels, view, how) {
  const { leaders, signs = [], barred = [], apart = () => true } = how;
  /** @type {({x: number, y: number, line: boolean} | null)[]} */
  const placed = labels.map(() => null);
  /** @type {Box[]} */
  const taken = [...barred];
  /** @param {Box} box */
  const isFree = (box) => !taken.some((other) => overlaps(box, other));
  /** @param {Box} box */
  const isClear = (box) => !signs.some((sign) => overlaps(box, sign));
  /**
   * @param {number} i
   * @param {Box} box
   * @param {boolean} line
   */
  const put = (i, box, line) => {
    placed[i] = { x: box.x, y: box.y, line };
    taken.push(box);
  };
  /**
   * Whether a name beside its shape would lie on the anchor of another one.
   * @param {Box} box
   * @param {number} i
   */
  const coversAnchor = (box, i) =>
    labels.some(
      (other, j) =>
        j !== i &&
        Math.abs(other.x - box.x) * 2 < box.w &&
        Math.abs(other.y - box.y) * 2 < box.h,
    );
  /** @param {number} i */
  const room = (i) => labels[i].roomX * labels[i].roomY;

  // The largest shapes first: a reader looks for their names first.
  const order = labels.map((_, i) => i).sort((a, b) => room(b) - room(a));
  const rest = order.filter((i) => {
    const label = labels[i];
    // A name may stand out of its room by this much and still be read as its own.
    if (label.w > 4 * label.roomX || label.h > 3.5 * label.roomY) return true;
    const boxes = [...nearBoxes(label), ...besideBoxes(label, signs)].filter(isFree);
    const box = boxes.find(isClear) || (isFree(label) ? label : null);
    if (box) put(i, box, false);
    return box === null;
  });
  if (!leaders) return placed;
  for (const i of rest) {
    const boxes = leaderBoxes(labels[i]).filter(
      (box) => isInside(box, view) && isFree(box) && !coversAnchor(box, i),
    );
    const alone = boxes.find((box) => isClear(box) && apart(box, i));
    const box = alone || boxes.find(isClear) || boxes[0];
    if (box) put(i, box, true);
  }
  return placed;
}

/* How far off the anchor a name is tried, as a share of its room, and in which order. */
const NEAR = [0.25, 0.45, 0.65, 0.85, 1.1];
const AROUND = [
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
  [0.7, 0.7],
  [-0.7, 0.7],
  [0.7, -0.7],
  [-0.7, -0.7],
];

/**
 * The anchor, then places around it with the middle of the name in or near its room.
 * @param {Label} label
 */
function nearBoxes({ x, y, w, h, roomX, roomY }) {
  const boxes = [{ x, y, w, h }];
  for (const far of NEAR) {
    for (const [dx, dy] of AROUND) {
      boxes.push({ x: x + far * dx * roomX, y: y + far * dy * roomY, w, h });
    }
  }
  return boxes;
}

/**
 * Places just above, below, left or right of the signs that the name would cover; the
 * nearest first, and none farther off than is still read as the same place.
 * @param {Label} label
 * @param {Box[]} signs
 */
function besideBoxes(label, signs) {
  const { x, y, w, h, roomX, roomY } = label;
  /** @param {Box} sign */
  const around = (sign) => [
    ...[1, -1].map((side) => ({ x, y: sign.y + (side * (sign.h + h)) / 2 + side, w, h })),
    ...[1, -1].map((side) => ({ x: sign.x + (side * (sign.w + w)) / 2 + side, y, w, h })),
  ];
  /** @param {Box} box */
  const distance = (box) => Math.hypot(box.x - x, box.y - y);
  return signs
    .filter((sign) => overlaps(label, sign))
    .flatMap(around)
    .filter((box) => Math.abs(box.x - x) <= 1.5 * roomX && Math.abs(box.y - y) <= roomY + h)
    .sort((a, b) => distance(a) - distance(b));
}

/* Lines to names: pixels, then eighths of a turn; right and left before up and down. */
const LEADERS = [16, 30, 46, 64];
const TURNS = [0, 4, 1, 7, 3, 5, 2, 6];

/** @param {Label} label */
function leaderBoxes({ x, y, w, h }) {
  const boxes = [];
  for (const far of LEADERS) {
    for (const turn of TURNS) {
      const angle = (turn * Math.PI) / 4;
      const dx = Math.cos(angle) * (far + w / 2);
      const dy = Math.sin(angle) * (far + h / 2);
      boxes.push({ x: x + dx, y: y + dy, w, h });
    }
  }
  return boxes;
}
