// @ts-check
/* Islands far off: on paper they stand in frames, and the map is larger for it.
 *
 * In the page only where it does not print plainly (data.paper, of printed.py). */

import { byId, el, svg } from "./page/dom.js";
import { paintOf } from "./page/drawings.js";
import { data, level, state } from "./page/state.js";
import { figureOf, view, word } from "./page/words.js";
import { regionShapes } from "./views/map.js";

/* Pixels of a frame: two stand side by side in the panel of an upright sheet. */
const WIDE = 126;
const HIGH = 78;

const frames = el("div", { class: "kg-far", id: "kg-far", hidden: true });
byId("kg-view").after(frames);

/** Put islands far off into frames; on other maps they are where they are. */
function frameIslands() {
  const isWhole = state.level === 0 && state.within === null && !state.part && !state.first;
  if (!data.paper?.far.length || !isWhole) return;
  const { far, note } = data.paper;
  frames.replaceChildren(...far.map(frameOf), el("p", {}, word(note)));
  frames.hidden = false;
  document.documentElement.classList.add("kg-isles");
}

function freeIslands() {
  frames.hidden = true;
  document.documentElement.classList.remove("kg-isles");
}

/** @param {Paper["far"][number]} islands */
function frameOf({ bounds, regions, where }) {
  const [west, south, east, north] = bounds;
  const narrow = Math.cos(((south + north) * Math.PI) / 360);
  const scale = Math.min(WIDE / ((east - west) * narrow), HIGH / (north - south));
  /** @param {Vertex} vertex */
  const at = ([lat, lon]) => {
    const x = WIDE / 2 + (lon - (west + east) / 2) * narrow * scale;
    return `${x.toFixed(1)},${(HIGH / 2 - (lat - (south + north) / 2) * scale).toFixed(1)}`;
  };
  /** @param {Vertex} vertex */
  const isHere = ([lat, lon]) => west <= lon && lon <= east && south <= lat && lat <= north;
  const paths = regions.map((i) => {
    const islands = regionShapes()[i].filter(([ring]) => isHere(ring[0]));
    const rings = islands.flat().map((ring) => `M${ring.map(at).join(" ")}Z`);
    const border = { stroke: "#46525b", "stroke-width": 0.7 };
    return svg("path", { d: rings.join(""), fill: paintOf(view(), i), ...border });
  });
  /** @param {number} i */
  const figure = (i) => (state.values ? ` ${figureOf(i)}` : "");
  const names = regions.map((i) => (level().names[i] + figure(i)).trim());
  const size = { width: WIDE, height: HIGH, viewBox: `0 0 ${WIDE} ${HIGH}` };
  return el(
    "figure",
    {},
    svg("svg", { ...size, "aria-hidden": "true" }, paths),
    el("figcaption", {}, el("b", {}, names.join(", ")), ` ${word(where)}`),
  );
}

// Before the page itself lays out its paper: the map is fitted to what is left of it.
addEventListener("beforeprint", frameIslands);
addEventListener("afterprint", freeIslands);
