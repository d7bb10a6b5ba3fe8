// @ts-check
/* Going down to finer levels and up again: the bar over the map that says where one is,
 * the ways on, and finding a place.
 *
 * In the page only where the map has levels below it (data.drill). */

import { ancestorOf, shapesOf } from "./core/levels.js";
import { matches } from "./core/text.js";
import { tellPlace } from "./page/actions.js";
import { byId, detailsById, el, pressButton } from "./page/dom.js";
import { parts } from "./page/parts.js";
import {
  canDrill,
  drillDown,
  drillWord,
  goUp,
  levelChanges,
  levelsAround,
  levelText,
  nameAt,
  ownAt,
  setLevel,
} from "./page/places.js";
import { data, isAlone, level, PLACE, state, update, watch } from "./page/state.js";
import { count, levelWord, scope, t, word } from "./page/words.js";
import { shapesBeside } from "./views/beside.js";
import { comparisons } from "./views/comparing.js";

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
const found = el("div", { class: "kg-places", id: "kg-places" });
const lost = el("p", { class: "kg-note", id: "kg-lost", role: "status" });
const bar = el("nav", { class: "kg-path", id: "kg-path" }, place, fineness, enter, find, found, lost);
byId("kg-view").prepend(bar);

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
  fineness.setAttribute("aria-label", levelText("levels"));
}

/** Whether a level has regions in the place one is in. @param {number} k */
const hasInside = (k) =>
  data.levels[k].codes.some((_, i) => ancestorOf(data.levels, k, i, state.from) === state.within);

/** A list of the regions that one can go into: for fingers, keyboards, and who reads. */
function drawEntrances() {
  const inside = new Set(data.levels[state.level + 1]?.parents);
  const open = scope().filter((i) => inside.has(i));
  enter.hidden = !open.length;
  if (!open.length) return;
  const said = levelText("drill_into", { way: drillWord(state.level + 1) });
  const named = open.map((i) => ({ i, name: parts.nameOf(i) }));
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
    const at = document.activeElement;
    // What one pressed may be hidden by now; the browser notices only later.
    if (at && at !== document.body && !at.closest("[hidden]")) return;
    focusHere();
    if (innerWidth <= NARROW && state.region === null) byId("kg-view").scrollIntoView({ block: "start" });
  });
}

/* Finding a place ------------------------------------------------------------------ */

/** Places of every level that have the words typed, coarse ones first. @param {string} typed */
function findPlaces(typed) {
  const all = data.levels.flatMap(({ names, codes }, k) =>
    names.map((name, i) => ({ name, k, i, also: data.aliases[codes[i]] ?? "" })),
  );
  return all.filter(({ name, also }) => matches(`${name} ${also}`, typed));
}

function drawFoundPlaces() {
  const typed = find.value.trim();
  const places = typed.length > 1 ? findPlaces(typed) : [];
  const n = places.length;
  const said = n ? t("found", { n: count(n) }) : t("found_none", { typed });
  const sum = el("p", { class: "kg-note", role: "status" }, said);
  const lines = places.slice(0, MOST_PLACES).map(({ name, k, i }) => {
    const about = [...Array(k).keys()]
      .map((one) => data.levels[one].names[ancestorOf(data.levels, k, i, one)])
      .reverse();
    const kind = word(data.levels[k].kinds[i] ?? "");
    const small = el("small", {}, ` ${[kind, ...about].filter(Boolean).join(", ")}`);
    const button = { type: "button", class: "kg-found", onclick: () => goToPlace(k, i) };
    return el("li", {}, el("button", button, name, small));
  });
  found.replaceChildren(...(typed.length > 1 ? [sum, el("ul", {}, lines)] : []));
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
  const changes = levelChanges(k, above, Math.max(k - 1, 0));
  if (k === 0) changes.part = parts.partOf(i);
  update({ ...changes, region: isAlone ? null : i });
  tellPlace(true);
}

/**
 * The way into a region, on its sheet.
 * @param {number} region
 */
function wayInto(region) {
  if (!canDrill(region)) return null;
  const go = { type: "button", class: "kg-button kg-inside", onclick: () => drillDown(region) };
  return el("button", go, drillWord(state.level + 1));
}

/** The shape of what is kept, wherever it lies. */
function keptShape() {
  const k = data.levels.findIndex(({ codes }) => codes.includes(state.kept));
  return k < 0 ? [] : shapesOf(data.levels, k)[data.levels[k].codes.indexOf(state.kept)];
}

Object.assign(parts, { keptShape, wayInto, beside: shapesBeside, ...comparisons });

/* What the reader does ------------------------------------------------------------- */

watch(["language", ...PLACE], drawPlace);
watch(["language", ...PLACE, "lost"], drawLost);
watch(PLACE, followMove);

// With arrow keys one looks through the list; Enter goes.
let isKeyed = false;
const goInside = () => {
  if (enter.value) drillDown(Number(enter.value));
};
enter.addEventListener("pointerdown", () => {
  isKeyed = false;
});
enter.addEventListener("keydown", ({ key }) => {
  isKeyed = true;
  if (key === "Enter") goInside();
});
enter.addEventListener("change", () => {
  if (!isKeyed) goInside();
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
  if (key !== "Escape" || isTyping || state.region !== null || state.kept) return;
  if (!detailsById("kg-take").open) goUp();
});
// The outlines of finer levels are many: read before one asks for them.
setTimeout(() => data.levels.forEach((_, k) => shapesOf(data.levels, k)), IDLE);

/* What tests and layers of folium may ask for, as kkbpk.levels. */
export const levels = { setLevel, goUp, drillDown };
