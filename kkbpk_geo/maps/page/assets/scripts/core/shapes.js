// @ts-check
/* Shapes: read from their shared lines; which are neighbours, which holds a point. */

import { readNumbers } from "./decode.js";

/**
 * Read shapes: polygons of rings of vertices; rings stay open.
 * @param {Coverage} coverage
 * @param {Vertex[][]} [arcs]  those that its numbers count, if they are not all its own
 */
export function readShapes(coverage, arcs = readArcs(coverage)) {
  const numbers = readNumbers(coverage.shapes);
  let at = 0;
  /**
   * @template T
   * @param {() => T} make
   */
  const times = (make) => Array.from({ length: numbers[at++] }, make);
  /** @param {Vertex[]} ring */
  const addArc = (ring) => {
    const arc = numbers[at++];
    const line = arc < 0 ? arcs[-1 - arc].slice().reverse() : arcs[arc];
    // The last vertex of an arc is the first of the next one.
    for (const vertex of line.slice(0, -1)) ring.push(vertex);
  };
  const readRing = () => {
    /** @type {Vertex[]} */
    const ring = [];
    times(() => addArc(ring));
    return ring;
  };
  /** @type {Shape[]} */
  const shapes = [];
  while (at < numbers.length) shapes.push(times(() => times(readRing)));
  return shapes;
}

/**
 * Read the lines of shapes.
 * @param {Coverage} coverage
 */
export function readArcs({ arcs: text, per_degree: perDegree }) {
  const numbers = readNumbers(text);
  const arcs = [];
  let at = 0;
  let x = 0;
  let y = 0;
  /** @returns {Vertex} */
  const readVertex = () => {
    x += numbers[at++];
    y += numbers[at++];
    return [y / perDegree, x / perDegree];
  };
  while (at < numbers.length) {
    arcs.push(Array.from({ length: numbers[at++] }, readVertex));
  }
  return arcs;
}

/**
 * Which shapes share a line with each.
 * @param {Coverage} coverage
 */
export function readNeighbours(coverage) {
  const numbers = readNumbers(coverage.shapes);
  /** @type {Map<number, number>} */
  const owners = new Map();
  /** @type {Set<number>[]} */
  const found = [];
  let at = 0;
  /** @param {() => void} run */
  const times = (run) => {
    for (let left = numbers[at++]; left > 0; left--) run();
  };
  /** @param {number} shape */
  const meet = (shape) => {
    const arc = numbers[at++];
    const line = arc < 0 ? -1 - arc : arc;
    const other = owners.get(line);
    if (other === undefined) owners.set(line, shape);
    else if (other !== shape) {
      found[other].add(shape);
      found[shape].add(other);
    }
  };
  while (at < numbers.length) {
    const shape = found.push(new Set()) - 1;
    times(() => times(() => times(() => meet(shape))));
  }
  return found.map((shapes) => [...shapes].sort((a, b) => a - b));
}

/**
 * Twice the area inside a ring, in square degrees (the shoelace sum).
 * @param {Vertex[]} ring
 */
function doubleArea(ring) {
  const sum = ring.reduce((total, [y, x], i) => {
    const [v, u] = ring[(i + 1) % ring.length];
    return total + x * v - u * y;
  }, 0);
  return Math.abs(sum);
}

/**
 * The parts of a shape that matter for a view. An islet far off shore would make the
 * rest small: what has less than a fiftieth of the largest part is left out.
 * @param {Shape} shape
 */
export function mainParts(shape) {
  const areas = shape.map(([ring]) => doubleArea(ring));
  const least = Math.max(...areas) / 50;
  return shape.filter((_, i) => areas[i] >= least);
}

/** @type {WeakMap<Shape, Bounds>} */
const boundsKnown = new WeakMap();

/**
 * The bounds of a shape.
 * @param {Shape} shape
 * @returns {Bounds}
 */
export function boundsOfShape(shape) {
  let bounds = boundsKnown.get(shape);
  if (!bounds) {
    let [west, south, east, north] = [180, 90, -180, -90];
    for (const [y, x] of shape.flat(2)) {
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
    }
    bounds = [west, south, east, north];
    boundsKnown.set(shape, bounds);
  }
  return bounds;
}

/**
 * Whether a point lies in a shape: a line from it crosses the rings an odd number of times.
 * @param {Shape} shape
 * @param {number} lat
 * @param {number} lon
 */
export function holds(shape, lat, lon) {
  const [west, south, east, north] = boundsOfShape(shape);
  if (lon < west || lon > east || lat < south || lat > north) return false;
  let within = false;
  for (const ring of shape.flat()) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [y, x] = ring[i];
      const [v, u] = ring[j];
      const crosses = y > lat !== v > lat && lon < ((u - x) * (lat - y)) / (v - y) + x;
      if (crosses) within = !within;
    }
  }
  return within;
}

/**
 * The place nearest to places[from] in a direction (dx, dy), y down; or -1.
 * @param {{x: number, y: number}[]} places
 * @param {number} from
 * @param {number} dx
 * @param {number} dy
 */
export function neighbourTowards(places, from, dx, dy) {
  let best = -1;
  let least = Infinity;
  places.forEach((place, i) => {
    const x = place.x - places[from].x;
    const y = place.y - places[from].y;
    const along = x * dx + y * dy;
    const across = Math.abs(x * dy - y * dx);
    // "That way" is a cone, twice as wide as deep; what lies straight ahead comes first.
    if (i === from || along <= 0 || across > 2 * along) return;
    const cost = along + 2 * across;
    if (cost < least) {
      best = i;
      least = cost;
    }
  });
  return best;
}
