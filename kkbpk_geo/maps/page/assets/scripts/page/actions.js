// @ts-check
/* What a reader does that more than one part of the page offers. Each changes the state;
 * what shows the change follows (state.js). */

import { say } from "./dom.js";
import { parts } from "./parts.js";
import { isAlone, level, state, update } from "./state.js";
import { fullName, heading, levelWord, modeWord, t, whenWord } from "./words.js";

/** Say what the map shows now. */
export function tellView() {
  const indicator = [heading(), modeWord()].filter(Boolean).join(", ");
  say(t("showing", { indicator, period: whenWord() || t("no_period") }));
}

/** @param {Layer} of */
export function chooseLayer(of) {
  update({ layer: level().layers.indexOf(of), only: new Set(), lost: null });
  tellView();
}

/** @param {number} period */
export function setPeriod(period) {
  update({ period });
  tellView();
}

/**
 * Light a region up everywhere, or none.
 * @param {number | null} lit
 */
export function light(lit) {
  update({ lit });
}

/** @param {number} region */
export function openSheet(region) {
  if (isAlone) return;
  update({ ...parts.movesTo(region), region });
  tellPlace(false);
}

export function closeSheet() {
  update({ ...parts.leaves(), region: null });
}

/** Let go of the chosen region, and close its sheet. */
export function letGo() {
  update({ ...parts.leaves(), region: null, kept: "" });
}

/**
 * Say which sheet is open; else, after a move, what the map shows.
 * @param {boolean} hasMoved
 */
export function tellPlace(hasMoved) {
  if (state.region !== null) say(`${t("sheet")}: ${fullName(state.region)}`);
  else if (hasMoved) say(`${t("map")}: ${parts.placeWord() || levelWord(level())}`);
}
