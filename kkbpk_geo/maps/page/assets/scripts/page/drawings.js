// @ts-check
/* Small drawings: hatches, swatches, signs of points, values on a line, north, the inset. */

import { known } from "../core/numbers.js";
import { reasons, statusNamed } from "../core/statuses.js";
import { svg } from "./dom.js";
import { data } from "./state.js";

/** Hatches: what has no value looks like nothing that has one, in print too. */
export const patterns = () =>
  svg(
    "defs",
    {},
    reasons().map(({ key, hatch }) =>
      svg(
        "pattern",
        { id: `kg-${key}`, width: 8, height: 8, patternUnits: "userSpaceOnUse" },
        svg("rect", { width: 8, height: 8, fill: "#fafafa" }),
        svg("path", { d: hatch, stroke: "#6c7780", "stroke-width": 1, fill: "none" }),
      ),
    ),
  );

/**
 * The fill of what has no value.
 * @param {Key} status
 */
export const hatchOf = (status) => `url(#kg-${statusNamed(status).key})`;

/**
 * The fill of a region: the colour of its class, or the hatch of the reason for none.
 * @param {View} view
 * @param {number} i
 */
export function paintOf(view, i) {
  const key = view.keyOf(i);
  return view.colourOf(key) || hatchOf(key);
}

/* Letters are dark, or as the page is told where a fill is too dark for that. */
export const INK = "#1d2a33";
const INKS = Object.keys(data.inks);

/**
 * The ink of letters on a fill.
 * @param {string} fill
 */
export const inkOn = (fill) => INKS.find((ink) => data.inks[ink].includes(fill)) || INK;

/** @param {string} paint */
export const swatch = (paint) =>
  svg(
    "svg",
    { class: "kg-swatch", "aria-hidden": "true" },
    svg("rect", { width: "100%", height: "100%", fill: paint }),
  );

/* Signs of points, drawn around (0, 0) with a radius of about 6. ------------------- */

/**
 * A shape of equal sides; a star has a second radius for the corners between.
 * @param {number} corners
 * @param {number} turn
 * @param {number} outer
 * @param {number} [inner]
 */
function polygonPath(corners, turn, outer, inner = outer) {
  const points = Array.from({ length: corners }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / corners;
    const far = i % 2 ? inner : outer;
    return `${(far * Math.cos(angle)).toFixed(2)},${(far * Math.sin(angle)).toFixed(2)}`;
  });
  return `M${points.join("L")}Z`;
}

const UP = -Math.PI / 2;
/* The radii differ so that all shapes look equally large. */
/** @type {Record<string, string>} */
const SIGN_SHAPES = {
  circle: "M-6,0a6,6 0 1,0 12,0a6,6 0 1,0 -12,0Z",
  square: polygonPath(4, Math.PI / 4, 7.2),
  diamond: polygonPath(4, 0, 7.4),
  triangle: polygonPath(3, UP, 7.6),
  pentagon: polygonPath(5, UP, 6.8),
  hexagon: polygonPath(6, UP, 6.6),
  star: polygonPath(10, UP, 8, 3.6),
  cross: "M-2.3,-6.5H2.3V-2.3H6.5V2.3H2.3V6.5H-2.3V2.3H-6.5V-2.3H-2.3Z",
};

/** @param {Kind} kind */
export const signPath = (kind) => SIGN_SHAPES[kind.shape] || SIGN_SHAPES.circle;

/**
 * The sign of a kind of point; a red ring marks one that is not where it should be.
 * @param {Kind} kind
 * @param {string} odd
 */
export function sign(kind, odd) {
  const ring = { r: 9.2, fill: "#fff", stroke: "#b3261e", "stroke-width": 1.6 };
  const shape = { stroke: "#fff", "stroke-width": 1.2, "stroke-linejoin": "round" };
  const letter = { "font-size": 8.6, "font-weight": 700, fill: "#fff" };
  return svg(
    "svg",
    { width: 20, height: 20, viewBox: "-10 -10 20 20", "aria-hidden": "true" },
    odd ? svg("circle", ring) : null,
    svg("path", { d: signPath(kind), fill: kind.colour, ...shape }),
    kind.letter
      ? svg("text", { y: 3.1, "text-anchor": "middle", ...letter }, kind.letter)
      : null,
  );
}

/* Lines of values ------------------------------------------------------------------ */

/**
 * Ticks at these places as one line; where several fall on one place, one is enough.
 * @param {number[]} places
 * @param {number} top
 * @param {number} bottom
 */
export const ticksPath = (places, top, bottom) =>
  [...new Set(places.map((x) => x.toFixed(1)))].map((x) => `M${x},${top}V${bottom}`).join("");

/**
 * Values of all regions on a line, this one as a disc, the province as a dash.
 * @param {Cells} cells
 * @param {number} value  of this region
 */
export function strip(cells, value) {
  const { province } = cells;
  const values = known(cells.values);
  const all = province === null ? values : [...values, province];
  const low = Math.min(...all);
  const span = Math.max(...all) - low || 1;
  /** @param {number} at */
  const x = (at) => 4 + (192 * (at - low)) / span;
  return svg(
    "svg",
    {
      class: "kg-strip",
      viewBox: "0 0 200 12",
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    },
    svg("path", { d: ticksPath(values.map(x), 2, 10) }),
    province === null
      ? null
      : svg("path", { class: "kg-strip-province", d: ticksPath([x(province)], 0, 12) }),
    svg("ellipse", { cx: x(value), cy: 6, rx: 3.2, ry: 4.4 }),
  );
}

/* Beside the map ------------------------------------------------------------------- */

/**
 * An arrow to the north, drawn in a box of 20 by 30.
 * @param {string} letter
 */
export function northArrow(letter) {
  const words = { "text-anchor": "middle", "font-size": 11, "font-weight": 700 };
  return svg(
    "g",
    {},
    svg("path", { d: "M10,1 16,18 10,14.5 4,18Z", fill: "#16212a" }),
    svg("text", { x: 10, y: 29, ...words, fill: "#16212a" }, letter),
  );
}

/* A map of one town would be a speck in the country: the mark is never smaller. */
const LEAST_MARK = 6;

/**
 * Where the map lies in the country, in a box `width` wide.
 * @param {Shape[]} shapes
 * @param {Bounds} frame
 * @param {Bounds} extent
 * @param {number} width
 */
export function inset(shapes, frame, extent, width) {
  const [west, south, east, north] = frame;
  const scale = width / (east - west);
  /** @param {number} lon */
  const x = (lon) => ((lon - west) * scale).toFixed(1);
  /** @param {number} lat */
  const y = (lat) => ((north - lat) * scale).toFixed(1);
  /** @param {Vertex[]} ring */
  const path = (ring) => "M" + ring.map(([lat, lon]) => `${x(lon)},${y(lat)}`).join(" ") + "Z";
  const wide = Math.max(LEAST_MARK, (extent[2] - extent[0]) * scale);
  const high = Math.max(LEAST_MARK, (extent[3] - extent[1]) * scale);
  return svg(
    "g",
    {},
    svg("rect", { width, height: y(south), fill: "#edf2f4", stroke: "#8ba3b1" }),
    svg("path", { d: shapes.flat(2).map(path).join(""), fill: "#aab3b8" }),
    svg("rect", {
      x: Number(x((extent[0] + extent[2]) / 2)) - wide / 2,
      y: Number(y((extent[1] + extent[3]) / 2)) - high / 2,
      width: wide,
      height: high,
      fill: "#b3261e33",
      stroke: "#b3261e",
      "stroke-width": 1.6,
    }),
  );
}

/**
 * How high that box is.
 * @param {Bounds} frame
 * @param {number} width
 */
export const insetHeight = ([west, south, east, north], width) =>
  ((north - south) * width) / (east - west);
