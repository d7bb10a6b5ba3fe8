// @ts-check
/* The data of the page, and everything in it that can change.
 *
 * One way from a change to what shows it: update() takes over the changes, then calls
 * every function that watches one of the keys that are now different, in the order in
 * which main.js lists them. Nothing else writes to the state. */

import { readRuns } from "../core/decode.js";
import { readLayers } from "../core/layers.js";
import { useStatuses } from "../core/statuses.js";

/** @type {Payload} */
export const data = JSON.parse(document.getElementById("kg-data")?.textContent ?? "");
for (const one of data.levels) {
  one.layers = readLayers(one.layers, data.pool);
  if (typeof one.parents === "string") one.parents = readRuns(one.parents);
}
useStatuses(data.statuses);

/** Whether the page shows the map alone: no lists, no sheet, nothing to choose. */
export const isAlone = document.documentElement.classList.contains("kg-alone");

/** Whether the reader asked for less motion. */
export const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;

/** @type {State} */
export const state = {
  language: data.language,
  level: 0,
  within: null,
  from: 0,
  part: "",
  layer: data.levels[0].first,
  mode: "value",
  second: -1,
  period: data.levels[0].periods.length - 1,
  region: null,
  kept: "",
  other: "",
  theme: -1,
  lit: null,
  only: new Set(),
  hidden: new Set(),
  list: "ranking",
  sort: { key: "", up: true },
  radius: 0,
  basemap: false,
  values: data.values,
  playing: false,
  lost: null,
  first: false,
};

/** What decides which regions take part. @type {(keyof State)[]} */
export const PLACE = ["level", "from", "within", "part"];

/** What decides which numbers are shown, and in which words. @type {(keyof State)[]} */
export const SHOWN = ["language", ...PLACE, "layer", "mode", "second", "period", "first"];

/** @type {{keys: (keyof State)[], draw: () => void}[]} */
const watchers = [];

/**
 * Call a function after every change of one of these keys.
 * @param {(keyof State)[]} keys
 * @param {() => void} draw
 */
export function watch(keys, draw) {
  watchers.push({ keys, draw });
}

/**
 * Take over changes, and have everything drawn anew that shows them.
 * @param {Partial<State>} changes
 */
export function update(changes) {
  const before = { ...state };
  Object.assign(state, changes);
  settle();
  /** @param {keyof State} key */
  const hasChanged = (key) => state[key] !== before[key];
  for (const { keys, draw } of watchers) {
    if (keys.some(hasChanged)) draw();
  }
}

/** Draw everything once. */
export function drawAll() {
  settle();
  for (const { draw } of watchers) draw();
}

/** Keep the region whose sheet is open; leave what the chosen layer does not have: a
 * mode, a second indicator beside it. */
function settle() {
  if (state.region === null) state.other = "";
  else state.kept = level().codes[state.region];
  if (layer().modes[state.mode] === undefined) state.mode = "value";
  const second = level().layers[state.second];
  const pairs = second && second !== layer() && !layer().kinds && !second.kinds;
  if (!pairs) state.second = -1;
}

/** The level of regions on the map. */
export const level = () => data.levels[state.level];

/** The indicator on the map. */
export const layer = () => level().layers[state.layer];

/** The region that is chosen: its sheet is open, or it is kept; -1 for none here. */
export const chosen = () => state.region ?? level().codes.indexOf(state.kept);
