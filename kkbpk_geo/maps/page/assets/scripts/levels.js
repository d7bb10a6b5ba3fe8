// @ts-check
/* Going down to finer levels and up again: where one is, the ways on, what lies beside,
 * and what a region is compared with.
 *
 * In the page only where the map has levels below it (data.drill). */

import { cellsOf } from "./core/layers.js";
import { ancestorOf, shapesOf, upperShapes } from "./core/levels.js";
import { isAscending, rank } from "./core/numbers.js";
import { matches } from "./core/text.js";
import { modeCells } from "./core/views.js";
import { canDrill, drillDown, goUp, levelChanges, setLevel, tellPlace } from "./page/actions.js";
import { byId, detailsById, el, inputById, pressButton, show } from "./page/dom.js";
import { data, isAlone, level, PLACE, state, update, watch } from "./page/state.js";
import {
  count,
  drillWord,
  isLoud,
  levelText,
  levelWord,
  listName,
  nameAt,
  scope,
  t,
  valueText,
  view,
  word,
} from "./page/words.js";
import { addRule } from "./views/legend.js";
import { beside } from "./views/map.js";
import { addReferences } from "./views/ranking.js";
import { addInCells } from "./views/sheet.js";
import { addColumns } from "./views/table.js";

/* Regions: to draw more at once takes longer than a reader waits for a switch. Finer
 * ones are seen part by part. */
const MOST_AT_ONCE = 800;
const MOST_PLACES = 8;
const NARROW = 820; // pixels: on narrower screens lists and sheet lie below the map
const IDLE = 300; // milliseconds after the start: what is needed next is read then

/* Where one is --------------------------------------------------------------------- */

const place = el("ol", { class: "kg-crumbs", id: "kg-crumbs" });
const fineness = el("div", { class: "kg-press kg-levels", id: "kg-levels", role: "group" });
const enter = el("select", { id: "kg-enter" });
const find = el("input", { type: "search", id: "kg-find", autocomplete: "off" });
const found = el("ul", { class: "kg-places", id: "kg-places" });
const lost = el("p", { class: "kg-note", id: "kg-lost", role: "status" });
const bar = el("nav", { class: "kg-path", id: "kg-path" }, place, fineness, enter, find, found, lost);
byId("kg-ribbon").after(bar);

/** The region of the level `k` that one is in. @param {number} k */
const ownAt = (k) => ancestorOf(data.levels, state.from, state.within ?? -1, k);

/** The levels of the regions that one is in, coarse to fine. */
const levelsAround = () => (state.within === null ? [] : [...Array(state.from + 1).keys()]);

function crumbs() {
  const whole = { name: data.drill?.name || levelText("whole"), go: () => setLevel(0, null) };
  const inner = levelsAround().map((k) => ({
    name: nameAt(k, ownAt(k)),
    go: () => setLevel(k + 1, ownAt(k), k),
  }));
  return [whole, ...inner];
}

function drawPlace() {
  const hadFocus = bar.contains(document.activeElement);
  const all = crumbs();
  const here = { "aria-current": "location", tabindex: "-1" };
  place.replaceChildren(
    ...all.map(({ name, go }, k) => {
      const isHere = k === all.length - 1;
      const link = { type: "button", class: "kg-link", onclick: go };
      return el("li", {}, isHere ? el("span", here, name) : el("button", link, name));
    }),
  );
  bar.setAttribute("aria-label", levelText("where"));
  drawFineness();
  drawEntrances();
  find.placeholder = levelText("find");
  find.setAttribute("aria-label", levelText("find"));
  endFind();
  if (hadFocus) focusHere();
}

function focusHere() {
  /** @type {HTMLElement | null} */ (place.querySelector("[aria-current]"))?.focus({
    preventScroll: true,
  });
}

/** How fine the regions are that are shown of the place: each level that can be. */
function drawFineness() {
  const { from, within } = state;
  const possible = [...data.levels.keys()].filter((k) =>
    within === null ? k === 0 || data.levels[k].codes.length <= MOST_AT_ONCE : k > from && hasInside(k),
  );
  const buttons = possible.map((k) =>
    pressButton(levelWord(data.levels[k]), k === state.level, () => setLevel(k, within, from)),
  );
  fineness.replaceChildren(...(buttons.length > 1 ? buttons : []));
  fineness.setAttribute("aria-label", t("levels"));
}

/** Whether a level has regions in the place one is in. @param {number} k */
const hasInside = (k) =>
  data.levels[k].codes.some((_, i) => ancestorOf(data.levels, k, i, state.from) === state.within);

/** A list of the regions that one can go into: for fingers, keyboards, and who reads. */
function drawEntrances() {
  const open = scope().filter(canDrill);
  enter.hidden = !open.length;
  if (!open.length) return;
  const said = levelText("drill_into", { way: drillWord(state.level + 1) });
  const named = open.map((i) => ({ i, name: listName(i) }));
  named.sort((a, b) => a.name.localeCompare(b.name));
  enter.replaceChildren(
    el("option", { value: "" }, said),
    ...named.map(({ i, name }) => el("option", { value: i }, name)),
  );
  enter.value = "";
  enter.setAttribute("aria-label", said);
}

function drawLost() {
  lost.hidden = state.lost === null;
  if (state.lost === null) return;
  const values = { indicator: word(state.lost), level: levelWord(level()).toLowerCase() };
  lost.textContent = levelText("lost", values);
}

/* After a move: the focus is where one is, and on a telephone the map is in sight. */
let isOpen = false;

function followMove() {
  if (!isOpen) {
    isOpen = true; // the page has just been opened: nobody has moved
    return;
  }
  setTimeout(() => {
    if (document.activeElement !== document.body) return;
    focusHere();
    if (innerWidth <= NARROW && state.region === null) byId("kg-view").scrollIntoView({ block: "start" });
  });
}

/* Finding a place ------------------------------------------------------------------ */

/** Places of every level that have the words typed, coarse ones first. @param {string} typed */
function findPlaces(typed) {
  const all = data.levels.flatMap(({ names }, k) => names.map((name, i) => ({ name, k, i })));
  return all.filter(({ name }) => matches(name, typed));
}

function drawFoundPlaces() {
  const typed = find.value.trim();
  const places = typed.length > 1 ? findPlaces(typed) : [];
  const sum = el("li", { class: "kg-note", role: "status" }, t("found", { n: count(places.length) }));
  const lines = places.slice(0, MOST_PLACES).map(({ name, k, i }) => {
    const about = [...Array(k).keys()]
      .map((one) => data.levels[one].names[ancestorOf(data.levels, k, i, one)])
      .reverse();
    const kind = word(data.levels[k].kinds[i] ?? "");
    const small = el("small", {}, ` ${[kind, ...about].filter(Boolean).join(", ")}`);
    const button = { type: "button", class: "kg-found", onclick: () => goToPlace(k, i) };
    return el("li", {}, el("button", button, name, small));
  });
  found.replaceChildren(...(typed.length > 1 ? [sum, ...lines] : []));
}

function endFind() {
  find.value = "";
  found.replaceChildren();
}

/**
 * Go to a region and open its sheet.
 * @param {number} k
 * @param {number} i
 */
function goToPlace(k, i) {
  const above = k ? Number(data.levels[k].parents[i]) : null;
  endFind();
  update({ ...levelChanges(k, above, Math.max(k - 1, 0)), region: isAlone ? null : i });
  tellPlace(true);
}

/* What lies beside ----------------------------------------------------------------- */

/** The regions around the place, as coarse as may be: their level, number and shape. */
function regionsBeside() {
  return levelsAround().flatMap((k) => {
    const { parents } = data.levels[k];
    const own = ownAt(k);
    const shapes = k ? shapesOf(data.levels, k) : upperShapes(data.levels);
    return shapes
      .map((shape, i) => ({ k, i, shape: shape.length ? shape : shapesOf(data.levels, k)[i] }))
      .filter(({ i }) => i !== own && (k === 0 || parents[i] === parents[own]));
  });
}

/** Have drawn what lies beside; what is in it is seen there. */
function layBeside() {
  const all = regionsBeside().map(({ k, i, shape }) => ({
    shape,
    name: data.levels[k].names[i],
    enter: () => setLevel(k + 1, i, k),
  }));
  beside.splice(0, beside.length, ...all);
}

/* What a region is compared with --------------------------------------------------- */

/**
 * A layer as it is at another level, with the period that is shown; nothing without.
 * @param {Layer} of
 * @param {number} k
 */
function layerAt(of, k) {
  const { layers, periods } = data.levels[k];
  const layer = layers.find(({ key }) => key === of.key);
  const period = periods.indexOf(level().periods[state.period]);
  return layer && period >= 0 ? { layer, period } : null;
}

/**
 * What a sheet says beside the value of the province: those of the regions it lies in.
 * @param {Layer} of
 * @param {number} region
 */
const valuesAround = (of, region) =>
  [...Array(state.level).keys()].reverse().map((k) => {
    const there = layerAt(of, k);
    const above = ancestorOf(data.levels, state.level, region, k);
    if (!there || above < 0) return null;
    const value = cellsOf(there.layer, there.period).values[above];
    const text = value === null ? "–" : valueText(of, value);
    return el("small", { class: "kg-around-value" }, `${nameAt(k, above)} ${text}`);
  });

/**
 * The position among the regions of the one just above it.
 * @param {Layer} of
 * @param {number} region
 */
function positionInside(of, region) {
  const { parents } = level();
  const above = Number(parents[region]);
  if (state.level === 0 || above < 0) return null;
  const { values } = cellsOf(of, state.period);
  const own = values.map((value, i) => (parents[i] === above ? value : null));
  const ranks = rank(own, isAscending(of));
  const n = ranks.filter((at) => at !== null).length;
  const position = t("position", { rank: ranks[region], n });
  const name = nameAt(state.level - 1, above);
  const text = levelText("in_place", { level: position, place: name });
  return el("small", { class: "kg-around-value" }, text);
}

addInCells({ compared: valuesAround, placed: positionInside });

addReferences((now) => {
  // Sums of a district are no measure for those of its kecamatan: only shares are.
  const isShare = now.cells.province !== null || now.cells.bottom !== undefined;
  if (!isShare || !["value", "change"].includes(now.mode)) return [];
  return levelsAround().flatMap((k) => {
    const there = layerAt(now.layer, k);
    const value = there && modeCells(there.layer, now.mode, there.period).values[ownAt(k)];
    return typeof value === "number" ? [{ name: nameAt(k, ownAt(k)), value }] : [];
  });
});

addColumns(() => {
  const first = state.within === null ? 0 : state.from + 1;
  const levels = [...Array(state.level).keys()].slice(first).reverse();
  return levels.map((k) => {
    const title = levelWord(data.levels[k]);
    /** @param {number} i */
    const get = (i) => data.levels[k].names[ancestorOf(data.levels, state.level, i, k)] ?? "";
    return { key: `above${k}`, label: title, title, get };
  });
});

addRule(() => {
  if (state.level === 0 || view().counts.size === 0) return "";
  const values = { n: count(level().codes.length), level: levelWord(level()).toLowerCase() };
  return levelText("classes", values);
});

/* What the reader does ------------------------------------------------------------- */

watch(["language", ...PLACE], drawPlace);
watch(["language", ...PLACE, "lost"], drawLost);
watch(PLACE, layBeside);
watch(PLACE, followMove);

enter.addEventListener("change", () => {
  if (enter.value) drillDown(Number(enter.value));
});
find.addEventListener("input", drawFoundPlaces);
find.addEventListener("keydown", (event) => {
  if (event.key === "Escape") endFind();
  else if (event.key === "Enter") found.querySelector("button")?.click();
  else return;
  event.preventDefault();
  event.stopPropagation();
});
addEventListener("keydown", ({ key, target }) => {
  const isTyping = target instanceof Element && target.matches("input, select");
  if (key !== "Escape" || isTyping || state.region !== null) return;
  if (!detailsById("kg-take").open) goUp();
});
// The outlines of finer levels are many: read before one asks for them.
setTimeout(() => data.levels.forEach((_, k) => shapesOf(data.levels, k)), IDLE);
