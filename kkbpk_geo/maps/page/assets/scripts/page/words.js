// @ts-check
/* What the page shows, as a view and in words: labels in the language, numbers, titles. */

import { earlierOf } from "../core/layers.js";
import { classLabels, formatNumber } from "../core/numbers.js";
import { statusNamed, statusOf } from "../core/statuses.js";
import { fill } from "../core/text.js";
import { pairView, singleView } from "../core/views.js";
import { parts } from "./parts.js";
import { data, layer, level, PLACE, SHOWN, state, watch } from "./state.js";

/* The view: made once for what is shown, and again after a change of it. ----------- */

/** @type {View | null} */
let seen = null;
watch(SHOWN, () => {
  seen = null;
});

/** @returns {View} */
export function view() {
  seen ??= makeView();
  return seen;
}

function makeView() {
  const second = level().layers[state.second];
  return second
    ? pairView(layer(), second, state.period, data, inScope)
    : singleView(layer(), state.mode, state.period, data.pool, inScope);
}

/**
 * Whether a region takes part: all do, or those in the region one went into.
 * @param {number} i
 */
export const inScope = (i) => parts.takesPart(i);

/** @type {number[] | null} */
let taking = null;
watch(PLACE, () => {
  taking = null;
});

/** The regions that take part. */
export function scope() {
  taking ??= [...level().codes.keys()].filter(inScope);
  return taking;
}

/**
 * Whether a region is of a class that is asked for.
 * @param {number} i
 */
export const isLoud = (i) => inScope(i) && (!state.only.size || state.only.has(view().keyOf(i)));

/**
 * Rows, those of the classes that are asked for first.
 * @param {number[]} rows
 */
export const loudFirst = (rows) => [...rows].sort((a, b) => Number(isLoud(b)) - Number(isLoud(a)));

/* Words and numbers ---------------------------------------------------------------- */

/**
 * A label of the page.
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
export const t = (key, values) => fill(data.texts[state.language][key], values || {});

/**
 * Words of the data.
 * @param {Words} words
 * @returns {string}
 */
export function word(words) {
  const found = typeof words === "number" ? data.pool[words] : words;
  if (typeof found === "string") return found;
  return Array.isArray(found)
    ? found[data.languages.indexOf(state.language)]
    : found[state.language];
}

/** @returns {Marks} */
export const marks = () => ({ thousands: t("thousands"), decimal: t("decimal") });

/**
 * @param {number | null} value
 * @param {number} digits
 */
export const number = (value, digits) => formatNumber(value, digits, marks());

/** @param {number | null} value */
export const count = (value) => number(value, Number.isInteger(value) ? 0 : 1);

/**
 * Texts that are there, with a point between.
 * @param {string[]} parts
 */
export const dotted = (parts) => parts.filter(Boolean).join(" · ");

/** @param {number} i */
export const periodWord = (i) => (level().periods.length ? word(level().period_words[i]) : "");

/** The time of the numbers shown: that of the period, or the layer's own. */
export const whenWord = () => word(layer().when) || periodWord(state.period);

/** @param {Key} key */
export function statusWord(key) {
  const { id, en } = statusNamed(key);
  return word({ id, en });
}

/** @param {Layer} of */
const isPercent = (of) => word(of.unit) === "%";

/**
 * A value of a layer, in short.
 * @param {Layer} of
 * @param {number} value
 */
export function valueText(of, value) {
  if (of.kinds) return word(of.kinds[value]);
  return number(value, of.digits) + (isPercent(of) ? " %" : "");
}

/** @param {Layer} of */
export const withUnit = (of) => word(of.label) + (word(of.unit) ? ` (${word(of.unit)})` : "");

/**
 * The name of a region, with its kind where the name does not say it.
 * @param {number} i
 */
export function fullName(i) {
  const { names, kinds } = level();
  const kind = kinds.length ? word(kinds[i]) : "";
  return kind && !names[i].startsWith(kind) ? `${kind} ${names[i]}` : names[i];
}

/** Layers by theme, in the order in which themes first occur. */
export function themes() {
  /** @type {Map<string, Layer[]>} */
  const found = new Map();
  for (const one of level().layers) {
    const theme = word(one.theme);
    found.set(theme, [...(found.get(theme) || []), one]);
  }
  return [...found];
}

/** The words of each class of a view. @param {SingleView} one */
export const classWords = (one) =>
  one.kinds ? one.kinds.map(word) : classLabels(one.classes, marks());

/* The view in words ---------------------------------------------------------------- */

/**
 * A number of the view, short for lists.
 * @param {number} value
 */
export function shortText(value) {
  const now = view();
  if (now.pair || now.mode === "value") return valueText(now.layer, value);
  if (now.mode === "rank") return count(value);
  const sign = now.mode === "change" && value > 0 ? "+" : "";
  return sign + number(value, now.classes.digits);
}

function unitWord() {
  const { mode, layer: of } = view();
  if (mode === "need") return word(of.counts);
  if (mode === "rank") return t("of_n", { n: positions() });
  return mode !== "value" && isPercent(of) ? t("points_percent") : word(of.unit);
}

/** How many regions have a position. */
export function positions() {
  const now = view();
  return now.pair ? 0 : now.ranks.filter((place) => place !== null).length;
}

/**
 * A number of the view with its unit.
 * @param {number} value
 */
export function longText(value) {
  const of = layer();
  if (of.kinds) return valueText(of, value);
  const text = view().mode === "value" ? number(value, of.digits) : shortText(value);
  return `${text} ${unitWord()}`.trim();
}

/**
 * What the view says of a region.
 * @param {number} i
 */
export function textOf(i) {
  const now = view();
  if (now.pair) {
    const key = now.keyOf(i);
    return now.colourOf(key) ? pairWords(key) : statusWord(key);
  }
  const value = now.cells.values[i];
  return value === null ? statusWord(statusOf(now.cells, i)) : longText(value);
}

/**
 * Say a cell of two indicators: "Unmet need tinggi, Kesertaan ber-KB rendah".
 * @param {Key} key
 */
export function pairWords(key) {
  const { pair } = view();
  if (!pair) return "";
  const [first, second] = String(key)
    .split(",")
    .map((attention, k) => {
      // Where more is better, what needs much attention is low.
      const at = pair[k].direction === "better" ? 2 - Number(attention) : Number(attention);
      return t(`pair_${["low", "mid", "high"][at]}`);
    });
  return t("pair_words", {
    first: word(pair[0].label),
    a: first,
    second: word(pair[1].label),
    b: second,
  });
}

/**
 * The number of a region as it stands under its name: its unit is in the legend. Of two
 * indicators both; nothing where one is missing, or is a kind, which colours say.
 * @param {number} i
 */
export function figureOf(i) {
  const now = view();
  if (now.pair) {
    const both = now.pairCells.map(({ values }) => values[i]);
    if (both.includes(null)) return "";
    return dotted(both.map((value, k) => number(value, now.pair[k].digits)));
  }
  const value = now.cells.values[i];
  if (value === null || layer().kinds) return "";
  return now.mode === "value" ? number(value, now.layer.digits) : shortText(value);
}

/** The mode in words; nothing for values and pairs. */
export function modeWord() {
  const { mode } = view();
  return mode === "value" || mode === "pair" ? "" : t(`mode_${mode}`);
}

export function heading() {
  const { pair } = view();
  if (!pair) return word(layer().label);
  return t("pair_title", { first: word(pair[0].label), second: word(pair[1].label) });
}

export function subheading() {
  return dotted([...subjectWords(), whenWord(), parts.placeWord()]);
}

function subjectWords() {
  const { pair, mode } = view();
  if (pair) return pair.map((one, k) => `${"AB"[k]}: ${withUnit(one)}`);
  const before = earlierOf(layer(), state.period);
  if (mode === "change" && before >= 0) {
    return [t("since", { period: periodWord(before) }), unitWord()];
  }
  const { line } = layer();
  if ((mode === "gap" || mode === "need") && line !== null) {
    return [`${modeWord()} (${t("standard")} ${valueText(layer(), line)})`, unitWord()];
  }
  return [modeWord(), unitWord()];
}

export const subtitle = () => dotted([word(data.subtitle), whenWord(), parts.placeWord()]);

export function sourceLine() {
  const source = word(data.source) || word(layer().source);
  return dotted([
    source ? `${t("numbers")}: ${source}` : "",
    word(level().boundaries ?? data.boundaries),
    data.date ? `${t("made")}: ${data.date}` : "",
    t(data.basemap ? "made_with_basemap" : "made_with"),
  ]);
}

/** What a reader must know, as one text. */
export function notes() {
  const sample = data.sample ? `${t("sample")}: ${t("sample_long")}` : "";
  const said = [...data.notes, ...(level().notes ?? [])].map(word);
  return [sample, ...said].filter(Boolean).join(" ");
}

/**
 * The kinds of regions of a level; two say enough, and without any they are regions.
 * @param {Level} one
 */
export const levelWord = (one) =>
  [...new Set(one.kinds)].slice(0, 2).map(word).join("/") || t("region");
