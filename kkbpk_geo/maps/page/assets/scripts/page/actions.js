// @ts-check
/* What a reader does that more than one part of the page offers. Each changes the state;
 * what shows the change follows (state.js). */

import { ancestorOf } from "../core/levels.js";
import { say } from "./dom.js";
import { data, isAlone, layer, level, state, update } from "./state.js";
import { fullName, heading, inScope, levelWord, modeWord, scopeWord, t, whenWord } from "./words.js";

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
  const isHere = inScope(region);
  // A neighbour over the border of the part that is shown: go to where it lies.
  const { level: at, from } = state;
  const moves = isHere ? {} : levelChanges(at, ancestorOf(data.levels, at, region, from), from);
  update({ ...moves, region });
  tellPlace(!isHere);
}

export function closeSheet() {
  update({ region: null });
}

/* Levels --------------------------------------------------------------------------- */

/**
 * Whether there are finer regions inside one.
 * @param {number} i
 */
export const canDrill = (i) => Boolean(data.levels[state.level + 1]?.parents.includes(i));

/**
 * Go into a region; where there is nothing in it, go up.
 * @param {number} i
 */
export function drillDown(i) {
  if (canDrill(i)) setLevel(state.level + 1, i, state.level);
  else goUp();
}

/** Leave the region one went into; from the whole map of a finer level, that level. */
export function goUp() {
  const { level: at, from, within } = state;
  if (within === null) {
    if (at > 0) setLevel(0, null);
  } else if (from === 0) setLevel(0, null);
  else setLevel(from, ancestorOf(data.levels, from, within, from - 1), from - 1);
}

/**
 * Show another level, or another part of it: what lies in a region of the level `from`.
 * @param {number} to
 * @param {number | null} within
 * @param {number} [from]
 */
export function setLevel(to, within, from = 0) {
  update(levelChanges(to, within, from));
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
 * @param {number} from
 * @returns {Partial<State>}
 */
export function levelChanges(to, within, from) {
  const there = data.levels[to];
  /** @param {Layer | undefined} one */
  const find = (one) => there.layers.findIndex((other) => one && other.key === one.key);
  const same = find(level().layers[state.layer]);
  const then = there.periods.indexOf(level().periods[state.period]);
  return {
    level: to,
    within,
    from,
    layer: same < 0 ? there.first : same,
    lost: same < 0 ? layer().label : null,
    second: find(level().layers[state.second]),
    period: then < 0 ? there.periods.length - 1 : then,
    only: new Set(),
    lit: null,
    region: null,
  };
}
