// @ts-check
/* Two regions side by side: the values of a theme, the difference, and who is better.
 *
 * In the page only where there are regions to compare and several periods (data.compare). */

import { cellsOf } from "./core/layers.js";
import { exactOf } from "./core/exact.js";
import { statusOf } from "./core/statuses.js";
import { fill } from "./core/text.js";
import { chooseLayer } from "./page/actions.js";
import { byId, el, focusInside, say } from "./page/dom.js";
import { parts } from "./page/parts.js";
import { data, layer, level, PLACE, state, update, watch } from "./page/state.js";
import { partsText } from "./page/tip.js";
import {
  dotted,
  fullName,
  number,
  periodWord,
  scope,
  statusWord,
  t,
  themes,
  valueText,
  word,
} from "./page/words.js";
import { leafletMap, regionShapes } from "./views/map.js";

/** @typedef {import("./page/dom.js").Children} Children */

/**
 * A word of the comparison.
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
const versusText = (key, values) =>
  fill(data.compare?.texts[state.language][key] ?? "", values || {});

/** The region that the one of the sheet is compared with; -1 for none. */
function otherRegion() {
  const at = level().codes.indexOf(state.other);
  return at === state.region ? -1 : at;
}

/* Choosing ------------------------------------------------------------------------- */

/** The regions that take part, by name. @type {{i: number, name: string}[] | null} */
let byName = null;
watch(["language", ...PLACE], () => {
  byName = null;
});

function namedRegions() {
  const { compare } = new Intl.Collator();
  byName ??= scope()
    .map((i) => ({ i, name: parts.nameOf(i) }))
    .sort((a, b) => compare(a.name, b.name));
  return byName;
}

/** @param {number} region */
function chooser(region) {
  const named = namedRegions().filter(({ i }) => i !== region);
  if (!named.length) return null;
  /** @param {{target: HTMLSelectElement}} event */
  const onchange = ({ target }) => {
    update({ other: target.value, theme: -1 });
    if (otherRegion() < 0) return;
    byId("kg-panel").scrollTop = 0;
    byId("kg-sheet").focus({ preventScroll: true });
    say(bothNames(region, otherRegion()));
  };
  return el(
    "select",
    { class: "kg-versus", id: "kg-versus", "aria-label": versusText("with"), onchange },
    el("option", { value: "" }, versusText("with")),
    named.map(({ i, name }) => el("option", { value: level().codes[i] }, name)),
  );
}

/** @param {number} a @param {number} b */
const bothNames = (a, b) => versusText("title", { a: fullName(a), b: fullName(b) });

function endVersus() {
  update({ other: "" });
  focusInside("kg-sheet", "#kg-versus");
}

/* Judging -------------------------------------------------------------------------- */

/**
 * Two values of an indicator: what the difference is, and who it speaks for: 0 or 1;
 * nobody where they are alike, cannot be compared, or the indicator has no direction.
 * @typedef {object} Verdict
 * @property {string} text
 * @property {"better" | "same" | "none"} kind
 * @property {number} winner
 */

/**
 * @param {Layer} of
 * @param {number[]} pair
 * @returns {Verdict}
 */
function verdictOf(of, pair) {
  const cells = cellsOf(of, state.period);
  const names = pair.map((i) => level().names[i]);
  const absent = pair.findIndex((i) => cells.values[i] === null);
  if (absent >= 0) {
    const why = statusWord(statusOf(cells, pair[absent]));
    const text = versusText("cannot", { name: names[absent], why });
    return { text, kind: "none", winner: -1 };
  }
  const shown = pair.map((i) => Number(cells.values[i]));
  if (of.kinds) {
    const isSame = shown[0] === shown[1];
    return { text: versusText(isSame ? "same" : "other"), kind: "none", winner: -1 };
  }
  const by = exactOf(of, cells, pair[0]) - exactOf(of, cells, pair[1]);
  const size = number(Math.abs(by), of.digits);
  const nothing = number(0, of.digits);
  if (size === nothing) {
    const least = `${number(10 ** -of.digits, of.digits)} ${differenceUnit(of)}`.trim();
    const text = by === 0 ? versusText("same") : versusText("nearly", { least });
    return { text, kind: of.direction === "context" ? "none" : "same", winner: -1 };
  }
  return judged(of, names, by, size, shown);
}

/** @param {Layer} of */
const differenceUnit = (of) =>
  word(of.unit) === "%" ? t("points_percent") : word(of.unit);

/**
 * @param {Layer} of
 * @param {string[]} names
 * @param {number} by
 * @param {string} size
 * @param {number[]} shown
 * @returns {Verdict}
 */
function judged(of, names, by, size, shown) {
  const higher = by > 0 ? 0 : 1;
  const isContext = of.direction === "context";
  const winner = of.direction === "worse" ? 1 - higher : higher;
  const difference = `${size} ${differenceUnit(of)}`.trim();
  const isHigher = winner === higher;
  const key = isContext ? "higher" : isHigher ? "better_higher" : "better_lower";
  const said = versusText(key, { name: names[winner], by: difference });
  // What is printed does not subtract to it: say why, or a reader takes it for a mistake.
  const isRounded = number(Math.abs(shown[0] - shown[1]), of.digits) !== size;
  const text = isRounded ? `${said} (${versusText("rounded")})` : said;
  return isContext ? { text, kind: "none", winner: -1 } : { text, kind: "better", winner };
}

/* The sheet of two ----------------------------------------------------------------- */

/** The theme that is compared: the one that was chosen, else that of the indicator. */
function themeNow() {
  const all = themes();
  if (all[state.theme]) return state.theme;
  return Math.max(0, all.findIndex(([, layers]) => layers.includes(layer())));
}

function themeChooser() {
  const all = themes();
  if (all.length < 2) return null;
  /** @param {{target: HTMLSelectElement}} event */
  const onchange = ({ target }) => {
    update({ theme: Number(target.value) });
    focusInside("kg-sheet", "#kg-theme");
  };
  const at = themeNow();
  return el(
    "select",
    { id: "kg-theme", "aria-label": versusText("theme"), onchange },
    all.map(([theme], k) => el("option", { value: k, selected: k === at }, theme || t("indicators"))),
  );
}

/**
 * @param {number} a
 * @param {number} b
 */
function versusHead(a, b) {
  const close = { id: "kg-close", "aria-label": versusText("close"), onclick: endVersus };
  const period = periodWord(state.period);
  return el(
    "div",
    { class: "kg-sheet-head" },
    el(
      "div",
      {},
      el("h2", { id: "kg-sheet-title" }, bothNames(a, b)),
      el("p", {}, dotted([period, versusText("unrounded")])),
      themeChooser(),
    ),
    el("button", { type: "button", class: "kg-button kg-close", ...close }, "✕"),
  );
}

/**
 * How often each is better: the answer before its proof.
 * @param {number[]} pair
 * @param {Verdict[]} verdicts
 */
function sumUp(pair, verdicts) {
  /** @param {number} who */
  const won = (who) => verdicts.filter(({ winner }) => winner === who).length;
  const same = verdicts.filter(({ kind }) => kind === "same").length;
  const n = won(0) + won(1) + same;
  if (!n) return versusText("no_sum");
  const [a, b] = pair.map((i) => level().names[i]);
  const sum = versusText("sum", { n, a, x: won(0), b, y: won(1) });
  return same ? `${sum} ${versusText("sum_same", { n: same })}` : sum;
}

/**
 * @param {Layer} of
 * @param {number[]} pair
 * @param {Verdict} verdict
 */
function versusRows(of, pair, { text, winner }) {
  const cells = cellsOf(of, state.period);
  const show = { type: "button", class: "kg-link", title: t("show"), onclick: () => chooseLayer(of) };
  const values = pair.map((i, k) => {
    const value = cells.values[i];
    const fraction = partsText(cells, i);
    return el(
      "td",
      { class: k === winner ? "kg-better" : null },
      value === null ? statusWord(statusOf(cells, i)) : valueText(of, value),
      fraction ? el("small", {}, fraction) : null,
    );
  });
  return el(
    "tbody",
    { class: layer() === of ? "kg-lit" : null },
    el(
      "tr",
      {},
      el(
        "th",
        { scope: "rowgroup", colspan: 3 },
        el("button", show, word(of.label)),
        parts.line(of, pair),
      ),
    ),
    el("tr", {}, values, el("td", { class: "kg-verdict" }, text)),
  );
}

/**
 * The sheet of a region beside another; nothing where none was chosen.
 * @param {number} region
 * @returns {Children}
 */
function versus(region) {
  const other = otherRegion();
  if (other < 0) return null;
  const pair = [region, other];
  const layers = themes()[themeNow()][1];
  const verdicts = layers.map((of) => verdictOf(of, pair));
  const heads = pair.map((i) => el("th", { scope: "col" }, level().names[i]));
  return [
    versusHead(region, other),
    el("p", { class: "kg-sum" }, sumUp(pair, verdicts)),
    layers.includes(layer()) ? parts.chart(layer(), pair) : null,
    el(
      "table",
      { class: "kg-two-regions" },
      el("thead", {}, el("tr", {}, heads, el("th", { scope: "col" }, versusText("verdict")))),
      layers.map((of, k) => versusRows(of, pair, verdicts[k])),
    ),
  ];
}

/* On the map, in the address, by key ----------------------------------------------- */

const pane = "kg-outline";
const otherOutline = L.polygon([], {
  interactive: false,
  smoothFactor: 0,
  noClip: true,
  pane,
  renderer: L.svg({ pane, padding: 1 }),
  fill: false,
  color: "#0f4c6e",
  weight: 3,
  dashArray: "7 5",
}).addTo(leafletMap);

watch([...PLACE, "region", "other"], () => {
  const at = otherRegion();
  otherOutline.setLatLngs(at < 0 ? [] : regionShapes()[at]);
});

addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || otherRegion() < 0) return;
  endVersus();
  event.stopImmediatePropagation();
});

const before = { ...parts };
Object.assign(parts, {
  versus,
  /** @param {number} i */
  wayInto: (i) => [before.wayInto(i), chooser(i)],
  address: () => ({
    ...before.address(),
    vs: otherRegion() < 0 ? "" : state.other,
    theme: otherRegion() < 0 || state.theme < 0 ? "" : state.theme,
  }),
  /** @param {Record<string, string>} asked */
  wanted: (asked) => ({
    ...before.wanted(asked),
    other: asked.vs ?? "",
    theme: asked.theme ? Number(asked.theme) : -1,
  }),
});
