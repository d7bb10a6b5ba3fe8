// @ts-check
/* What a page does otherwise where it has levels below the map, several provinces or a
 * first screen: their scripts, which only such pages have, put their own in the place of
 * these. */

import { readShapes } from "../core/shapes.js";
import { data, level } from "./state.js";

/** @typedef {import("./dom.js").Children} Children */
/** @typedef {{name: string, value: number, isWhole?: boolean}} Reference  What regions are compared with. */

/** @type {Shape[] | null} */
let shapesRead = null;

export const parts = {
  /** Whether a region takes part. @type {(i: number) => boolean} */
  takesPart: () => true,
  /** What of which place is shown. */
  placeWord: () => "",
  /** The name of a region in a list. @param {number} i */
  nameOf: (i) => level().names[i],
  /** The shapes of the level. @returns {Shape[]} */
  shapes() {
    shapesRead ??= readShapes(data.levels[0].shapes);
    return shapesRead;
  },
  /** What lies beside the place, in grey. @returns {Shape[]} */
  beside: () => [],
  /** Go into a region. @type {(i: number) => void} */
  enter() {},
  /** The way into a region, on its sheet. @type {(i: number) => Children} */
  wayInto: () => null,
  /** What changes so that a region takes part. @type {(i: number) => Partial<State>} */
  movesTo: () => ({}),
  /** What changes with the sheet that closes. @returns {Partial<State>} */
  leaves: () => ({}),
  /** What stands under a name instead of its figure. @type {(i: number) => string | null} */
  figureOf: () => null,
  /** The part of the map to show with one of its regions. @type {(i: number) => string} */
  partOf: () => "",
  /** Whether the place is another than when one last asked. */
  hasMoved: () => false,
  /** What the address says of the place. @returns {Record<string, string | number>} */
  address: () => ({}),
  /** What an address asks for. @type {(wanted: Record<string, string>) => Partial<State>} */
  wanted: () => ({}),
  /** What else the list compares regions with. @type {(now: SingleView) => Reference[]} */
  references: () => [],
  /** More columns after the name. @returns {import("../views/table.js").Column[]} */
  columns: () => [],
  /** More about the colours. @returns {string[]} */
  rules: () => [],
  /** Beside the value of the province. @type {(of: Layer, region: number) => Children} */
  compared: () => null,
  /** The months of regions of an indicator as a small line; of the whole for none.
   * @type {(of: Layer, regions: number[], mode?: Mode) => Children} */
  line: () => null,
  /** The same, large. @type {(of: Layer, regions: number[]) => Children} */
  chart: () => null,
  /** What the sheet shows instead: a region beside another. @type {(region: number) => Children} */
  versus: () => null,
  /** What the lines of a list mean. @type {(now: SingleView) => Children} */
  lineNote: () => null,
  /** The shape of what is kept, where the level shown does not have it. @returns {Shape} */
  keptShape: () => [],
  /** Below the position. @type {(of: Layer, region: number) => Children} */
  placed: () => null,
};
