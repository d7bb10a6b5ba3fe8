// @ts-check
/* The view in the address, so that a link opens what one sees. */

import { readAddress, writeAddress } from "../core/text.js";
import { levelChanges, tellPlace } from "../page/actions.js";
import { data, layer, level, state, update } from "../page/state.js";

/* Milliseconds: to write an address a browser lays the page out once more, which would
 * be half of what a reader waits for; nobody copies a link as quickly as this. */
const LATER = 100;

let written = location.hash;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let writing;
let isReading = false; // an address that was typed stays as it was typed

/** Write the view into the address, once the reader has seen it. */
export function drawAddress() {
  if (isReading) return;
  const { codes, layers, periods } = level();
  written = writeAddress({
    ind: layer().key,
    mode: state.mode === "value" ? "" : state.mode,
    with: layers[state.second]?.key ?? "",
    period: periods[state.period] || "",
    region: state.region === null ? "" : codes[state.region],
    level: state.level || "",
    in: state.within === null ? "" : data.levels[0].codes[state.within],
    values: state.values === data.values ? "" : Number(state.values),
    list: state.list === "table" ? "table" : "",
    lang: state.language === data.language ? "" : state.language,
  });
  clearTimeout(writing);
  writing = setTimeout(writeView, LATER);
}

function writeView() {
  try {
    history.replaceState(null, "", written);
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
  const to = wanted.level === "1" && data.levels[1] ? 1 : 0;
  const place = to ? data.levels[0].codes.indexOf(wanted.in) : -1;
  const within = place < 0 ? null : place;
  const moves = to !== state.level || within !== null;
  const changes = moves ? levelChanges(to, within) : {};
  const { codes, layers, periods } = data.levels[to];
  /** @param {string} key */
  const find = (key) => layers.findIndex((one) => one.key === key);
  const indicator = find(wanted.ind);
  const period = periods.indexOf(wanted.period);
  const region = codes.indexOf(wanted.region);
  if (indicator >= 0) changes.layer = indicator;
  if (period >= 0) changes.period = period;
  if (data.texts[wanted.lang]) changes.language = wanted.lang;
  return {
    ...changes,
    second: find(wanted.with),
    mode: /** @type {Mode} */ (wanted.mode || "value"),
    list: wanted.list === "table" ? "table" : "ranking",
    region: region < 0 ? null : region,
    values: wanted.values ? wanted.values === "1" : data.values,
    only: new Set(),
  };
}

export function listenToAddress() {
  addEventListener("hashchange", () => {
    if (location.hash === written) return;
    clearTimeout(writing);
    const before = { ...state };
    isReading = true;
    update(wantedView());
    isReading = false;
    tellPlace(state.level !== before.level || state.within !== before.within);
  });
}
