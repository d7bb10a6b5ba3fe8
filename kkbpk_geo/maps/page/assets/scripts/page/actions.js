// @ts-check
/* What a reader does that more than one part of the page offers. Each changes the state;
 * what shows the change follows (state.js). */

import { say } from "./dom.js";
import { data, isAlone, level, state, update } from "./state.js";
import { fullName, heading, levelWord, modeWord, scopeWord, t, whenWord, word } from "./words.js";

/** Say what the map shows now. */
export function tellView() {
  const indicator = [heading(), modeWord()].filter(Boolean).join(", ");
  say(t("showing", { indicator, period: whenWord() || t("no_period") }));
}

/** @param {Layer} of */
export function chooseLayer(of) {
  update({ layer: level().layers.indexOf(of), only: new Set() });
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
  update({ region });
  tellPlace(false);
}

export function closeSheet() {
  update({ region: null });
}

/* Levels --------------------------------------------------------------------------- */

/**
 * Whether there are finer regions inside one.
 * @param {number} i
 */
export function canDrill(i) {
  if (state.level > 0 || data.levels.length < 2) return false;
  return data.levels[1].parents.some((code) => word(code) === level().codes[i]);
}

/** @param {number} i */
export function drillDown(i) {
  if (canDrill(i)) setLevel(1, i);
  else if (state.level > 0) setLevel(0, null);
}

/**
 * Show another level, or another part of it.
 * @param {number} to
 * @param {number | null} within
 */
export function setLevel(to, within) {
  update(levelChanges(to, within));
  tellPlace(true);
}

/**
 * Say which sheet is open; else, after a move, what the map shows.
 * @param {boolean} hasMoved
 */
export function tellPlace(hasMoved) {
  if (state.region !== null) say(`${t("sheet")}: ${fullName(state.region)}`);
  else if (hasMoved) say(`${t("map")}: ${scopeWord() || levelWord(level())}`);
}

/**
 * What changes with the level: the same indicators and period where it has them.
 * @param {number} to
 * @param {number | null} within
 * @returns {Partial<State>}
 */
export function levelChanges(to, within) {
  const there = data.levels[to];
  /** @param {Layer | undefined} one */
  const find = (one) => there.layers.findIndex((other) => one && other.key === one.key);
  const same = find(level().layers[state.layer]);
  const then = there.periods.indexOf(level().periods[state.period]);
  return {
    level: to,
    within,
    layer: same < 0 ? there.first : same,
    second: find(level().layers[state.second]),
    period: then < 0 ? there.periods.length - 1 : then,
    only: new Set(),
    lit: null,
    region: null,
  };
}
