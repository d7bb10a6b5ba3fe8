// @ts-check
/* Which place is shown how finely, in words and in the address, and the ways to another.
 *
 * Only in pages that have levels below the map (data.drill). */

import { ancestorOf, shapesOf } from "../core/levels.js";
import { fill } from "../core/text.js";
import { tellPlace } from "./actions.js";
import { parts } from "./parts.js";
import { data, layer, level, PLACE, state, update, watch } from "./state.js";
import { inScope, levelWord, scope, word } from "./words.js";

/**
 * A word about levels.
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
export const levelText = (key, values) =>
  fill(data.drill?.texts[state.language][key] ?? "", values || {});

/**
 * What the way into a region is called: see its kecamatan.
 * @param {number} to  the level that one sees then
 */
export const drillWord = (to) =>
  levelText("drill_down", { level: levelWord(data.levels[to]).toLowerCase() });

/**
 * The region of a level that a region of the level shown lies in.
 * @param {number} region
 * @param {number} k
 */
export const above = (region, k) => ancestorOf(data.levels, state.level, region, k);

/** The region of a level that one is in. @param {number} k */
export const ownAt = (k) => ancestorOf(data.levels, state.from, state.within ?? -1, k);

/** The levels of the regions that one is in, coarse to fine. */
export const levelsAround = () => (state.within === null ? [] : [...Array(state.from + 1).keys()]);

/**
 * The name of a region of a level; with its kind where another name is the same.
 * @param {number} k
 * @param {number} i
 * @param {string[]} [others]  if not given, that of the region it lies in
 */
export function nameAt(k, i, others = k ? [data.levels[k - 1].names[parentAt(k, i)]] : []) {
  const { names, kinds } = data.levels[k];
  const isTold = !kinds.length || names[i].startsWith(word(kinds[i]));
  return isTold || !others.includes(names[i]) ? names[i] : `${word(kinds[i])} ${names[i]}`;
}

/** @param {number} k @param {number} i */
const parentAt = (k, i) => Number(data.levels[k].parents[i]);

function wordOfPlace() {
  if (state.level === 0) return "";
  const names = levelsAround().map((k) => nameAt(k, ownAt(k)));
  const place = names.reverse().join(", ") || data.drill?.name;
  const kind = levelWord(level());
  return place ? levelText("in_place", { level: kind, place }) : kind;
}

/** How many regions that take part have a name. @type {Map<string, number>} */
let namesakes = new Map();
watch(PLACE, () => {
  namesakes = new Map();
});

/** @param {number} i */
function sharesName(i) {
  const { names } = level();
  if (!namesakes.size) {
    for (const j of scope()) namesakes.set(names[j], (namesakes.get(names[j]) ?? 0) + 1);
  }
  return (namesakes.get(names[i]) ?? 0) > 1;
}

/**
 * The name of a region; with that of what it lies in where two in the list have one name.
 * @param {number} i
 */
function nameOf(i) {
  const { names } = level();
  if (state.level === 0 || !sharesName(i)) return names[i];
  const around = data.levels[state.level - 1].names[above(i, state.level - 1)];
  return [names[i], around].filter(Boolean).join(", ");
}

/* Moving --------------------------------------------------------------------------- */

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
  if (within !== null && from > 0) setLevel(from, ownAt(from - 1), from - 1);
  else if (at > 0) setLevel(0, null);
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
  const same = find(layer());
  const then = there.periods.indexOf(level().periods[state.period]);
  const around = within === null ? -1 : ancestorOf(data.levels, from, within, 0);
  return {
    level: to,
    within,
    from,
    part: around < 0 ? state.part : parts.partOf(around),
    layer: same < 0 ? there.first : same,
    lost: same < 0 ? layer().label : null,
    second: find(level().layers[state.second]),
    period: then < 0 ? there.periods.length - 1 : then,
    only: new Set(),
    lit: null,
    region: null,
  };
}

/* The address ---------------------------------------------------------------------- */

const address = () => ({
  level: state.level || "",
  in: state.within === null ? "" : data.levels[state.from].codes[state.within],
});

/**
 * What an address asks for; a level or a place that the map does not have is none.
 * @param {Record<string, string>} asked
 */
function wantedPlace(asked) {
  const to = data.levels[Number(asked.level)] ? Number(asked.level) : 0;
  const found = data.levels.slice(0, to).findIndex(({ codes }) => codes.includes(asked.in));
  const from = Math.max(found, 0);
  const within = found < 0 ? null : data.levels[found].codes.indexOf(asked.in);
  const moves = to !== state.level || within !== state.within || from !== state.from;
  return moves ? levelChanges(to, within, from) : {};
}

const placeKey = () => [state.level, state.from, state.within].join();
let knownPlace = placeKey();

function hasMoved() {
  const isOther = placeKey() !== knownPlace;
  knownPlace = placeKey();
  return isOther;
}

Object.assign(parts, {
  hasMoved,
  placeWord: wordOfPlace,
  nameOf,
  address,
  wanted: wantedPlace,
  enter: drillDown,
  shapes: () => shapesOf(data.levels, state.level),
  /** @param {number} i */
  takesPart: (i) => state.within === null || above(i, state.from) === state.within,
  /** A neighbour over the border of the part that is shown: go to where it lies. @param {number} i */
  movesTo: (i) => (inScope(i) ? {} : levelChanges(state.level, above(i, state.from), state.from)),
});
