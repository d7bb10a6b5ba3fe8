// @ts-check
/* Points: read as payload.py wrote them; gathered where they lie close together. */

import { letterValue, readNumbers, readRuns } from "./decode.js";

/**
 * Read the points of a kind.
 * @param {Pick<RawKind, "at" | "per_degree" | "regions" | "nested" | "names" | "odd">} kind
 */
export function readPoints(kind) {
  const steps = readNumbers(kind.at);
  const regions = readRuns(kind.regions);
  const nested = (kind.nested ?? []).map(readRuns);
  const odd = readOdd(kind.odd);
  /** @type {Point[]} */
  const points = [];
  let x = 0;
  let y = 0;
  let name = "";
  kind.names.split("\n").forEach((text, i) => {
    x += steps[2 * i];
    y += steps[2 * i + 1];
    // The first letter says how much of the name before is kept.
    name = name.slice(0, letterValue(text[0])) + text.slice(1);
    points.push({
      lat: y / kind.per_degree,
      lon: x / kind.per_degree,
      region: regions[i],
      regions: [regions[i], ...nested.map((numbers) => numbers[i])],
      name,
      odd: odd.get(i) || "",
    });
  });
  return points;
}

/**
 * What is odd about a point, by its number; written as steps from one to the next.
 * @param {Record<string, string>} written
 */
function readOdd(written) {
  /** @type {Map<number, string>} */
  const odd = new Map();
  for (const [placement, text] of Object.entries(written)) {
    let at = 0;
    for (const step of readNumbers(text)) {
      at += step;
      odd.set(at, placement);
    }
  }
  return odd;
}

/**
 * Gather points closer than `far`: each goes to the first centre near it, in order.
 * Gives groups of numbers. A grid of cells `far` wide keeps the search short: a centre
 * that is near enough lies in the cell of the point or in one beside it.
 * @param {{x: number, y: number}[]} points
 * @param {number} far
 */
export function gather(points, far) {
  /** @typedef {{at: {x: number, y: number}, members: number[]}} Group */
  /** @type {Map<string, Group[]>} */
  const grid = new Map();
  /** @type {Group[]} */
  const groups = [];
  points.forEach((point, i) => {
    const column = Math.floor(point.x / far);
    const row = Math.floor(point.y / far);
    /** @param {Group} group */
    const isNear = ({ at }) => Math.hypot(at.x - point.x, at.y - point.y) < far;
    let mine;
    for (let dx = -1; dx <= 1 && !mine; dx++) {
      for (let dy = -1; dy <= 1 && !mine; dy++) {
        mine = grid.get(`${column + dx},${row + dy}`)?.find(isNear);
      }
    }
    if (!mine) {
      mine = { at: point, members: [] };
      groups.push(mine);
      const key = `${column},${row}`;
      grid.set(key, [...(grid.get(key) || []), mine]);
    }
    mine.members.push(i);
  });
  return groups.map((group) => group.members);
}
