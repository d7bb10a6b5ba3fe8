// @ts-check
/* The first screen: who needs what, before any indicator. The map of the page is its
 * map, with the score as its layer; what one chooses leads to the page of indicators.
 *
 * In the page only where gaps were scored (data.first); its words come from Python. */

import { matches } from "./core/text.js";
import { singleView } from "./core/views.js";
import { byId, el, focusInside, say } from "./page/dom.js";
import { inkOn, paintOf } from "./page/drawings.js";
import { parts } from "./page/parts.js";
import { data, layer, state, update, watch } from "./page/state.js";
import { count, t, valueText, word } from "./page/words.js";
import { remeasureNames, writeFigures } from "./views/labels.js";
import { crowdedKinds, kinds } from "./views/points.js";
import { setPaper } from "./views/paper.js";
import { fitMap } from "./views/room.js";

/* The layer of needs.py. */
const SCORE = "gap_score";
const MOST_LOOKED = 6; // lines of each kind below what one types
/* What an address says of the page of indicators; ways.py has its other words. */
const OF_INDICATORS = ["ind", "mode", "with", "period", "region", "level", "in", "part", "values", "list"];

const first = /** @type {FirstScreen} */ (data.first);
const upper = data.levels[0];
const scoreAt = upper.layers.findIndex(({ key }) => key === SCORE);
const newest = upper.periods.length - 1;
const scoreView = singleView(upper.layers[scoreAt], "value", newest, data.pool, () => true);
/** The rank of each region of the list, by its place on the map. */
const rankAt = new Map(first.rows.map(({ at, rank }) => [at, rank]));
const narrow = matchMedia("(max-width: 820px)");
const usually = { ...parts };

/** A word of this screen. @param {string} key */
const firstWord = (key) => first.texts[state.language][key];

/* What is on it -------------------------------------------------------------------- */

const skip = el("a", { class: "kg-skip", id: "kg-skip-first", href: "#kg-needy" });
const answer = el("section", { class: "kg-message", id: "kg-message" });
const needyList = el("section", { class: "kg-needy", id: "kg-needy", tabindex: -1 });
const lookBox = el("input", { type: "search", id: "kg-look", autocomplete: "off" });
const searchName = el("label", { for: "kg-look" });
const looked = el("ul", { class: "kg-looked", id: "kg-looked" });
const themeList = el("nav", { class: "kg-themes" });
byId("kg-skip").before(skip);
byId("kg-choice").before(answer, needyList);
byId("kg-legend").after(el("section", { class: "kg-find" }, searchName, lookBox, looked, themeList));

/** The address of a region's sheet. @param {number} at */
const sheetOf = (at) => `#ind=${SCORE}&region=${encodeURIComponent(upper.codes[at])}`;

/** The address of an indicator. @param {Layer} one */
const mapOf = ({ key }) => `#ind=${encodeURIComponent(key)}`;

function drawWords() {
  skip.textContent = firstWord("skip");
  answer.replaceChildren(
    el("h1", { id: "kg-answer" }, word(first.message)),
    el("p", {}, word(first.sure), first.lacking.map(lackingPart)),
  );
  needyList.setAttribute("aria-label", firstWord("list"));
  needyList.replaceChildren(
    el("p", { class: "kg-note" }, first.rows.length ? firstWord("list") : null),
    el("ol", {}, first.rows.map(rowItem)),
    el("p", {}, el("a", { href: `#ind=${SCORE}` }, word(first.more))),
  );
  searchName.textContent = firstWord("search");
  lookBox.setAttribute("placeholder", firstWord("example"));
  themeList.setAttribute("aria-label", firstWord("themes"));
  themeList.replaceChildren(el("ul", {}, themeLinks()));
  looked.replaceChildren();
}

/** What is missing; where the run has a page about it, with the way there. @param {Words} words */
function lackingPart(words) {
  const links = `.kg-ways:lang(${state.language}) [data-way="submissions"]`;
  const way = document.querySelector(links);
  const text = word(words);
  return [" ", way ? el("a", { href: way.getAttribute("href") }, text) : text];
}

/** @param {FirstRow} row */
function rowItem({ at, rank, note, orders, line }) {
  const fill = paintOf(scoreView, at);
  const colours = `background:${fill};color:${inkOn(fill)}`;
  return el(
    "li",
    {},
    el("span", { class: "kg-rank", style: colours }, String(rank)),
    el(
      "div",
      { class: "kg-needy-head" },
      el("a", { href: sheetOf(at), dir: "auto" }, upper.names[at]),
      el("small", {}, word(note)),
    ),
    orders
      ? el("ol", {}, orders[state.language].map(orderItem))
      : el("p", {}, word(line ?? "")),
  );
}

/** @param {[string, string, string]} order */
const orderItem = ([many, thing, ground]) =>
  el("li", {}, el("b", {}, many), ` ${thing} `, el("small", {}, ground));

/** Each theme with how many indicators it has, a way to the first of them. */
function themeLinks() {
  /** @type {Map<string, Layer[]>} */
  const themes = new Map();
  for (const one of upper.layers) {
    const theme = word(one.theme ?? "") || firstWord("other");
    themes.set(theme, [...(themes.get(theme) ?? []), one]);
  }
  return [...themes].map(([theme, layers]) =>
    el("li", {}, el("a", { href: mapOf(layers[0]) }, theme), el("span", {}, count(layers.length))),
  );
}

/* Finding an indicator or a region --------------------------------------------------- */

function drawLooked() {
  const typed = /** @type {HTMLInputElement} */ (lookBox).value.trim();
  themeList.hidden = Boolean(typed);
  if (!typed) {
    looked.replaceChildren();
    return;
  }
  const regions = [...upper.names.keys()].filter((i) => matches(upper.names[i], typed));
  const indicators = upper.layers.filter((one) =>
    matches(`${word(one.label)} ${word(one.theme ?? "")} ${one.key}`, typed),
  );
  const n = regions.length + indicators.length;
  const links = [
    ...regions.slice(0, MOST_LOOKED).map((i) => ({ href: sheetOf(i), text: upper.names[i] })),
    ...indicators.slice(0, MOST_LOOKED).map((one) => ({ href: mapOf(one), text: word(one.label) })),
  ];
  const told = n ? t("found", { n: count(n) }) : firstWord("nothing");
  say(told);
  looked.replaceChildren(
    el("li", { class: "kg-note" }, told),
    ...links.map(({ href, text }) => el("li", {}, el("a", { href }, text))),
  );
}

function endLooking() {
  /** @type {HTMLInputElement} */ (lookBox).value = "";
  drawLooked();
}

/* Coming and going ------------------------------------------------------------------- */

/* What the page of indicators shows, to come back to. */
/** @type {(keyof State)[]} */
const KEPT_VIEW = ["layer", "mode", "second", "period", "part", "level", "within", "from", "hidden", "only"];
const viewNow = () => Object.fromEntries(KEPT_VIEW.map((key) => [key, state[key]]));
update({ hidden: crowdedKinds() });
let kept = viewNow();
update({ first: true });
let isVisit = false; // a sheet is open that was opened from here

/** Whether one is still at what one opened from here. */
const isVisiting = () => isVisit && !state.level && layer().key === SCORE;

/** @returns {Partial<State>} */
function firstChanges() {
  if (!state.first && !isVisiting()) kept = viewNow();
  isVisit = false;
  return {
    ...{ first: true, level: 0, within: null, from: 0, part: "", lost: null },
    ...{ layer: scoreAt, mode: "value", second: -1, period: newest },
    ...{ region: null, only: new Set(), hidden: new Set(kinds.map(({ kind }) => kind)) },
  };
}

/** Whether an address leads here: one that says nothing does. @param {Record<string, string>} asked */
function isWanted(asked) {
  const keys = Object.keys(asked);
  if (asked.view) return asked.view === "priorities";
  if (keys.some((key) => OF_INDICATORS.includes(key))) return false;
  // A jump within the page changes nothing.
  return state.first || keys.every((key) => key === "lang");
}

/** @param {Record<string, string>} asked @returns {Partial<State>} */
function wantedScreen(asked) {
  const others = usually.wanted(asked);
  if (isWanted(asked)) return { ...others, ...firstChanges() };
  const before = state.first || (isVisiting() && !asked.region) ? kept : {};
  isVisit = state.first && Boolean(asked.region);
  return { ...before, ...others, first: false };
}

let isPaper = false;
let knew = state.first;

function hasTurned() {
  const isOther = state.first !== knew;
  knew = state.first;
  return usually.hasMoved() || isOther;
}

const NOTHING = { ind: "", mode: "", with: "", period: "", region: "" };

Object.assign(parts, {
  hasMoved: hasTurned,
  wanted: wantedScreen,
  address: () => (state.first ? { ...NOTHING, view: "priorities" } : usually.address()),
  /** @param {number} i */
  movesTo(i) {
    if (!state.first) return usually.movesTo(i);
    isVisit = true;
    return { ...usually.movesTo(i), first: false, hidden: kept.hidden };
  },
  leaves() {
    return state.region !== null && isVisiting() ? firstChanges() : {};
  },
  /** @param {number} i */
  figureOf(i) {
    if (!state.first) return null;
    if (isRanked()) return String(rankAt.get(i) ?? "");
    const value = scoreView.cells.values[i];
    return value === null ? "" : valueText(scoreView.layer, value);
  },
  rules: () => [...usually.rules(), ...(layer().key === SCORE ? [word(first.rule)] : [])],
});

/* On a telephone names are in the list, and the map has their ranks. */
const isRanked = () => state.first && narrow.matches && !isPaper;

/* A rank stands in a town that is too small for a name, too: as in the largest region. */
const placesKnown = upper.places;
const roomFor = placesKnown.reduce((a, b) => (a[2] * a[3] > b[2] * b[3] ? a : b));

function giveRoom() {
  upper.places = placesKnown.map((place, i) =>
    isRanked() && rankAt.has(i) ? [place[0], place[1], roomFor[2], roomFor[3]] : place,
  );
}

/* The sheet of the first screen lies across: a list stands beside its map. */
const isTall = Boolean(data.paper?.upright);

function drawScreen() {
  document.documentElement.classList.toggle("kg-priority", state.first);
  const now = state.first ? "priorities" : "indicators";
  for (const way of document.querySelectorAll(".kg-ways [data-way]")) {
    if (way.getAttribute("data-way") === now) way.setAttribute("aria-current", "page");
    else way.removeAttribute("aria-current");
  }
  // The answer is the heading of the page then, and the title a line above it.
  if (state.first) byId("kg-title").setAttribute("role", "none");
  else byId("kg-title").removeAttribute("role");
  endLooking();
  if (data.paper) data.paper.upright = isTall && !state.first;
  setPaper("A4 ?");
  giveRoom();
  remeasureNames();
  // Once all is drawn that has changed with it: other regions, say.
  queueMicrotask(fitMap);
  if (state.first) say(word(first.message));
}

watch(["language"], drawWords);
watch(["first"], drawScreen);
narrow.addEventListener("change", () => {
  giveRoom();
  writeFigures();
});
for (const [event, now] of Object.entries({ beforeprint: true, afterprint: false })) {
  addEventListener(event, () => {
    isPaper = now;
    giveRoom();
    writeFigures();
  });
}
/* In a frame that was written and not loaded (Jupyter) a way within the page would lead to
 * the page around it: a browser reads it as that page's. */
function stayHere(/** @type {MouseEvent} */ event) {
  const way = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
  if (!way || event.defaultPrevented) return;
  event.preventDefault();
  location.hash = way.getAttribute("href") ?? "";
}
if (document.URL.startsWith("about:")) addEventListener("click", stayHere);

skip.addEventListener("click", (event) => {
  event.preventDefault();
  needyList.focus();
});
lookBox.addEventListener("input", drawLooked);
lookBox.addEventListener("keydown", (event) => {
  if (event.key === "Escape") endLooking();
  else if (event.key === "Enter") looked.querySelector("a")?.click();
  else if (event.key === "ArrowDown") focusInside("kg-looked", "a");
  else return;
  event.preventDefault();
  event.stopPropagation();
});
