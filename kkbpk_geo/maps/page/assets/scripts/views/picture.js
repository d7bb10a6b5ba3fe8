// @ts-check
/* The view as one SVG picture: title, map as it stands, legend, source. */

import { roundLength } from "../core/numbers.js";
import { wrap } from "../core/text.js";
import { svg } from "../page/dom.js";
import { INK, inset, insetHeight, northArrow, paintOf, patterns, signPath } from "../page/drawings.js";
import { parts } from "../page/parts.js";
import { data, level, state } from "../page/state.js";
import {
  count,
  figureOf,
  heading,
  isLoud,
  notes,
  pairWords,
  scope,
  sourceLine,
  subheading,
  subtitle,
  t,
  view,
  word,
} from "../page/words.js";
import { legendLines, legendRules, pairSquare } from "./legend.js";
import { inksOf, leaderOf, placedNames } from "./labels.js";
import { around, borderWeight, country, leafletMap, regionShapes, windowCorners } from "./map.js";
import { drawnSigns, shownKinds } from "./points.js";
import { cornerNames } from "./ranking.js";

const FONT = "system-ui,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',sans-serif";
const SOFT = "#51606b";
const GROUND = "#d9d8d2";
const WATER = "#edf2f4";
/* Pixels: the width of the legend, and the room around. */
const SIDE = 270;
const HEAD = 66;
const EDGE = 16;
const LINE = 14; // a line of notes
const INSET_SIDE = 150;
const ONE_NAME_LETTER = 7.2; // about as wide as a letter of a name, of notes
const ONE_NOTE_LETTER = 6.4;

/**
 * @param {number} x
 * @param {number} y
 * @param {number} size
 * @param {string} content
 * @param {Record<string, any>} [more]
 */
const textAt = (x, y, size, content, more) =>
  svg("text", { x, y, "font-size": size, fill: INK, ...more }, content);

/** The picture. */
export function makePicture() {
  const size = leafletMap.getSize();
  const most = Math.floor((size.x + SIDE) / ONE_NOTE_LETTER);
  const foot = [notes(), sourceLine()].filter(Boolean).flatMap((one) => wrap(one, most));
  const legend = legendPart();
  const tall = Math.max(size.y, legend.height);
  const width = size.x + SIDE + 3 * EDGE;
  const height = HEAD + tall + EDGE + LINE * foot.length + EDGE;
  const under = HEAD + tall + EDGE + 8;
  const frame = { width: size.x, height: size.y };
  const alert = { "text-anchor": "end", "font-weight": 700, fill: "#b3261e" };
  return svg(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      "font-family": FONT,
    },
    patterns(),
    svg("clipPath", { id: "kg-clip" }, svg("rect", frame)),
    svg("rect", { width, height, fill: "#fff" }),
    textAt(EDGE, 30, 21, word(data.title), { "font-weight": 700 }),
    textAt(EDGE, 52, 14, subtitle(), { fill: SOFT }),
    data.sample ? textAt(width - EDGE, 34, 16, t("sample"), alert) : null,
    svg(
      "g",
      { transform: `translate(${EDGE} ${HEAD})` },
      svg("g", { "clip-path": "url(#kg-clip)" }, mapPart(size)),
      svg("rect", { ...frame, fill: "none", stroke: "#8ba3b1" }),
    ),
    svg("g", { transform: `translate(${size.x + 2 * EDGE} ${HEAD})` }, legend.parts),
    foot.map((one, k) => textAt(EDGE, under + LINE * k, 11, one, { fill: SOFT })),
  );
}

/* The map -------------------------------------------------------------------------- */

/** @param {Vertex[]} ring */
function ringPath(ring) {
  const points = ring.map((vertex) => {
    const { x, y } = leafletMap.latLngToContainerPoint(vertex);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return `M${points.join(" ")}Z`;
}

/** @param {Shape} shape */
const shapePath = (shape) => shape.flat().map(ringPath).join("");

/** @param {L.Point} size */
function mapPart(size) {
  const corner = leafletMap.containerPointToLayerPoint([0, 0]);
  const far = [
    svg("path", { d: country.map(shapePath).join(""), fill: GROUND }),
    svg("path", { d: ringPath(windowCorners()), fill: WATER }),
  ];
  return [
    svg("rect", { width: size.x, height: size.y, fill: WATER }),
    around.length && country.length ? far : null,
    [...around, ...parts.beside()].map((shape) =>
      svg("path", { d: shapePath(shape), fill: GROUND, stroke: "#fff" }),
    ),
    regionsPart(),
    svg("g", { transform: `translate(${-corner.x} ${-corner.y})` }, namesPart(), pointsPart()),
    svg("g", { transform: "translate(10 10)" }, northArrow(t("north"))),
    scalePart(size),
  ];
}

function regionsPart() {
  const now = view();
  const weight = borderWeight();
  return scope().map((i) => {
    const isChosen = i === state.region;
    return svg("path", {
      d: shapePath(regionShapes()[i]),
      fill: paintOf(now, i),
      "fill-opacity": isLoud(i) ? 1 : 0.14,
      stroke: isChosen ? "#0a2233" : "#46525b",
      "stroke-width": isChosen ? 3 : weight,
    });
  });
}

function namesPart() {
  return placedNames().map((name) => {
    const most = Math.max(6, Math.floor((name.w + 4) / ONE_NAME_LETTER));
    const figure = state.values ? figureOf(name.i) : "";
    const rows = [...wrap(level().names[name.i], most), ...(figure ? [figure] : [])];
    const { ink, halo } = inksOf(name);
    const around = { stroke: halo, "stroke-width": 2.6, "stroke-linejoin": "round" };
    const top = name.y - (rows.length - 1) * 7 + 4;
    /** @param {Record<string, any>} more */
    const letters = (more) =>
      rows.map((row, k) => {
        const style = { "text-anchor": "middle", "font-weight": 600, fill: ink, ...more };
        return textAt(name.x, top + 14 * k, 12.5, row, style);
      });
    return [name.from ? leaderOf(name) : null, letters(around), letters({})];
  });
}

function pointsPart() {
  const bold = { "text-anchor": "middle", "font-weight": 700 };
  return drawnSigns().map(({ lat, lon, members }) => {
    const { x, y } = leafletMap.latLngToLayerPoint([lat, lon]);
    const n = members.length;
    if (n > 1) {
      const disc = { cx: x, cy: y, r: discRadius(n), fill: "#fff" };
      return [
        svg("circle", { ...disc, stroke: "#24323c", "stroke-width": 2 }),
        textAt(x, y + 4, 12, String(n), bold),
      ];
    }
    const { kind } = members[0];
    const at = { d: signPath(kind), transform: `translate(${x} ${y})` };
    return [
      svg("path", { ...at, fill: kind.colour, stroke: "#fff", "stroke-width": 1.2 }),
      kind.letter ? textAt(x, y + 3, 8.6, kind.letter, { ...bold, fill: "#fff" }) : null,
    ];
  });
}

/** @param {number} n */
function discRadius(n) {
  if (n < 10) return 11;
  return n < 100 ? 13 : 16;
}

const SCALE_BAR = 140; // pixels at most

/** @param {L.Point} size */
function scalePart(size) {
  const y = size.y / 2;
  const start = leafletMap.containerPointToLatLng([0, y]);
  const metres = leafletMap.distance(start, leafletMap.containerPointToLatLng([SCALE_BAR, y]));
  const length = roundLength(metres);
  const wide = (SCALE_BAR * length) / metres;
  const words = length >= 1000 ? `${count(length / 1000)} km` : `${length} m`;
  const line = { d: `M0,-6V0H${wide}V-6`, fill: "none", stroke: INK, "stroke-width": 1.5 };
  return svg(
    "g",
    { transform: `translate(${size.x - wide - 14} ${size.y - 14})` },
    svg("path", line),
    textAt(4, -4, 11, words),
  );
}

/* The legend ----------------------------------------------------------------------- */

/** A column that grows downwards; `height` is where the next part goes. */
function makeColumn() {
  /** @type {import("../page/dom.js").Children[]} */
  const parts = [];
  return { parts, height: 0 };
}

/** @typedef {ReturnType<typeof makeColumn>} PictureColumn */

/**
 * @param {PictureColumn} column
 * @param {string} content
 */
function addText(column, content) {
  const size = 12.5;
  const rows = wrap(content, 42);
  const at = column.height;
  column.parts.push(
    rows.map((row, k) => textAt(0, at + k * size * 1.3, size, row, { fill: SOFT })),
  );
  column.height += rows.length * size * 1.3 + 6;
}

function legendPart() {
  const column = makeColumn();
  const title = wrap(heading(), 32);
  column.parts.push(
    title.map((row, k) => textAt(0, 14 + k * 15 * 1.3, 15, row, { "font-weight": 700 })),
  );
  column.height = 14 + 20 * (title.length - 1) + 20;
  addText(column, subheading());
  if (view().pair) addPart(column, pairSquare(), 0, 132);
  legendLines().forEach((line) => addLine(column, line));
  column.height += 12;
  for (const rule of legendRules()) addText(column, rule);
  if (view().pair) cornerNames().forEach((corner) => addCorner(column, corner));
  shownKinds().forEach((kind) => addKind(column, kind));
  if (country.length) {
    const drawn = inset(country, data.frame, data.levels[0].extent, INSET_SIDE);
    addPart(column, drawn, 8, 8 + insetHeight(data.frame, INSET_SIDE));
  }
  return column;
}

/**
 * @param {PictureColumn} column
 * @param {SVGElement} part
 * @param {number} above  room over it
 * @param {number} height  with that room
 */
function addPart(column, part, above, height) {
  column.parts.push(svg("g", { transform: `translate(0 ${column.height + above})` }, part));
  column.height += height;
}

/**
 * @param {PictureColumn} column
 * @param {import("./legend.js").LegendLine} line
 */
function addLine(column, { paint, text, n }) {
  const y = column.height;
  const box = { x: 0.5, y, width: 30, height: 15, fill: paint, stroke: "#66737c" };
  const right = { "text-anchor": "end", fill: SOFT };
  column.parts.push(
    svg("rect", box),
    textAt(40, y + 12, 13.5, text),
    textAt(SIDE - 6, y + 12, 13.5, count(n), right),
  );
  column.height += 21;
}

/**
 * @param {PictureColumn} column
 * @param {{key: string, names: string[]}} corner
 */
function addCorner(column, { key, names }) {
  const y = column.height;
  const title = wrap(pairWords(key), 34);
  const list = wrap(names.join(", ") || t("nobody"), 42);
  const below = y + 15 * title.length + 12;
  const box = { x: 0.5, y, width: 22, height: 12, stroke: "#66737c" };
  column.parts.push(
    svg("rect", { ...box, fill: view().colourOf(key) }),
    title.map((row, k) => textAt(30, y + 10 + 15 * k, 11.5, row, { "font-weight": 600 })),
    list.map((row, k) => textAt(0, below + 15 * k, 11.5, row)),
  );
  column.height = below + 15 * list.length + 4;
}

/**
 * @param {PictureColumn} column
 * @param {Kind} kind
 */
function addKind(column, kind) {
  const y = column.height;
  const at = { d: signPath(kind), transform: `translate(8 ${y + 4})`, fill: kind.colour };
  const [label] = wrap(word(kind.label), 38);
  column.parts.push(svg("path", at), textAt(24, y + 8, 12, label));
  column.height += 19;
}
