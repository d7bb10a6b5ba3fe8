// @ts-check
/* The view in the address, so that a link opens what one sees. */

import { readAddress, writeAddress } from "../core/text.js";
import { tellPlace } from "../page/actions.js";
import { parts } from "../page/parts.js";
import { data, layer, level, state, update } from "../page/state.js";

/* Milliseconds: to write an address a browser lays the page out once more, which would
 * be half of what a reader waits for; nobody copies a link as quickly as this. */
const LATER = 100;

let written = location.hash;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let writing;
let isReading = false; // an address that was typed stays as it was typed

let isNewPlace = false; // the button of the browser goes back to the place before

/** Write the view into the address, once the reader has seen it. */
export function drawAddress() {
  if (isReading) return;
  if (parts.hasMoved()) {
    if (writing !== undefined) writeView(); // what one leaves, as it was left
    isNewPlace = true;
  }
  const { codes, layers, periods } = level();
  written = writeAddress({
    ind: layer().key,
    mode: state.mode === "value" ? "" : state.mode,
    with: layers[state.second]?.key ?? "",
    period: periods[state.period] || "",
    region: state.region === null ? "" : codes[state.region],
    kept: state.region === null ? state.kept : "",
    ...parts.address(),
    values: state.values === data.values ? "" : Number(state.values),
    list: state.list === "table" ? "table" : "",
    lang: state.language === data.language ? "" : state.language,
  });
  clearTimeout(writing);
  writing = setTimeout(writeView, LATER);
}

function writeView() {
  clearTimeout(writing);
  writing = undefined;
  try {
    if (isNewPlace) history.pushState(null, "", written);
    else history.replaceState(null, "", written);
    isNewPlace = false;
  } catch {
    // A frame without an address of its own (Jupyter) cannot keep the view.
  }
}

/**
 * What the address asks for; what the map does not have is left as it is.
 * @returns {Partial<State>}
 */
export function wantedView() {
  const wanted = readAddress(location.hash);
  const changes = parts.wanted(wanted);
  const { codes, layers, periods } = data.levels[changes.level ?? state.level];
  /** @param {string} key */
  const find = (key) => layers.findIndex((one) => one.key === key);
  const indicator = find(wanted.ind);
  const period = periods.indexOf(wanted.period);
  const region = codes.indexOf(wanted.region);
  // What an address asks for and gets is not lost.
  if (indicator >= 0) Object.assign(changes, { layer: indicator, lost: null });
  if (period >= 0) changes.period = period;
  if (data.texts[wanted.lang]) changes.language = wanted.lang;
  return {
    ...changes,
    second: find(wanted.with),
    mode: /** @type {Mode} */ (wanted.mode || "value"),
    list: wanted.list === "table" ? "table" : "ranking",
    region: region < 0 ? null : region,
    kept: data.levels.some((one) => one.codes.includes(wanted.kept)) ? wanted.kept : "",
    values: wanted.values ? wanted.values === "1" : data.values,
    only: new Set(),
  };
}

export function listenToAddress() {
  addEventListener("hashchange", () => {
    if (location.hash === written) return;
    clearTimeout(writing);
    writing = undefined;
    isNewPlace = false;
    written = location.hash;
    isReading = true;
    update(wantedView());
    isReading = false;
    tellPlace(parts.hasMoved());
  });
}
