// @ts-check
/* Layers, cells, classes and needs as the payload has them, read when first asked for. */

import { readRow } from "./decode.js";

/** @type {WeakMap<RawCells, Cells>} */
const cellsRead = new WeakMap();
/** @type {WeakMap<RawNeeds, Needs>} */
const needsRead = new WeakMap();

const NO_WORDS = {
  label: "",
  unit: "",
  theme: "",
  formula: "",
  source: "",
  standard: "",
  counts: "",
  when: "",
};

/**
 * Give layers their pool and what they leave out: no words, no standard.
 * @param {Layer[]} layers
 * @param {any[]} pool
 * @returns {Layer[]}
 */
export const readLayers = (layers, pool) =>
  layers.map((layer) => ({ ...NO_WORDS, ...layer, line: layer.line ?? null, pool }));

/**
 * The cells of a layer in a period.
 * @param {Layer} layer
 * @param {number} period
 */
export function cellsOf(layer, period) {
  const raw = layer.cells[period];
  let cells = cellsRead.get(raw);
  if (!cells) {
    cells = readCells(raw, layer.pool);
    cellsRead.set(raw, cells);
  }
  return cells;
}

/**
 * The period that one is compared with: the last before it of its span; -1 for none.
 * @param {Layer} layer
 * @param {number} period
 */
export function earlierOf({ spans }, period) {
  if (!spans || period === 0) return period - 1;
  return spans.lastIndexOf(spans[period], period - 1);
}

/**
 * @param {RawCells} raw
 * @param {any[]} pool
 * @returns {Cells}
 */
function readCells(raw, pool) {
  /** @param {number | Row | undefined} part */
  const column = (part) => (typeof part === "number" ? readRow(pool[part]) : part);
  return {
    values: typeof raw.values === "string" ? readRow(raw.values) : raw.values,
    province: raw.province ?? null,
    status: raw.status,
    top: column(raw.top),
    bottom: column(raw.bottom),
  };
}

/**
 * Classes as the pool holds them.
 * @param {any[]} pool
 * @param {number} at
 * @returns {Classes}
 */
export function readClasses(pool, at) {
  const [method, digits, breaks, low, high, colours] = pool[at];
  return { method, digits, breaks, low, high, colours: pool[colours] };
}

/**
 * Needs by service and region.
 * @param {RawNeeds} raw
 */
export function needsOf(raw) {
  let needs = needsRead.get(raw);
  if (!needs) {
    needs = readNeeds(raw);
    needsRead.set(raw, needs);
  }
  return needs;
}

/**
 * @param {RawNeeds} raw
 * @returns {Needs}
 */
function readNeeds({ score, rank, low, high, services }) {
  return {
    score: readRow(score),
    rank: readRow(rank),
    low: readRow(low),
    high: readRow(high),
    services: services.map((service) => ({
      ...service,
      part: readRow(service.part),
      need: readRow(service.need),
      supply: readRow(service.supply),
      gap: readRow(service.gap),
      surplus: readRow(service.surplus),
    })),
  };
}
