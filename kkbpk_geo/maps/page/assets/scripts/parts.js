// @ts-check
/* A map of regions of several provinces: show those of one, and find one by its name.
 *
 * In the page only where the regions of the map lie in several (data.parts). */

import { matches } from "./core/text.js";
import { openSheet, tellPlace } from "./page/actions.js";
import { byId, el, inputById, selectById } from "./page/dom.js";
import { data, isAlone, level, PLACE, state, update, watch } from "./page/state.js";
import { count, inPart, partOf, partWord, t, tPart } from "./page/words.js";
import { beside, regionShapes } from "./views/map.js";
import { addColumns } from "./views/table.js";

const MOST_FINDS = 8; // lines below what one types
const LEAST_TYPED = 2; // letters: one is in nearly every name

const partChoice = el("select", { id: "kg-part" });
const finder = el("input", { type: "search", id: "kg-find-region", autocomplete: "off" });
const finds = el("ul", { class: "kg-finds", id: "kg-finds" });
const partBar = el("div", { class: "kg-parts", id: "kg-parts" }, partChoice, data.drill ? null : finder, finds);
byId("kg-lists").before(partBar);

/** The map is drawn by another level, whose regions have their own ways. */
const isElsewhere = () => state.level > 0 || state.within !== null;

function drawParts() {
  partBar.hidden = isElsewhere();
  const options = data.parts.map(([code, name]) => el("option", { value: code }, name));
  partChoice.replaceChildren(el("option", { value: "" }, tPart("all")), ...options);
  selectById("kg-part").value = state.part;
  partChoice.setAttribute("aria-label", tPart("choose"));
  inputHint();
  endFinding();
}

function inputHint() {
  finder.setAttribute("placeholder", tPart("find"));
  finder.setAttribute("aria-label", tPart("find"));
}

/** @param {string} part */
export function choosePart(part) {
  update({ part, only: new Set(), lit: null, region: null });
  tellPlace(true);
}

/* Finding a region ------------------------------------------------------------------ */

/** The regions whose name has the words typed. @param {string} typed */
const named = (typed) =>
  [...level().names.keys()].filter((i) => matches(`${level().names[i]} ${partOf(i)}`, typed));

function drawFinds() {
  const typed = inputById("kg-find-region").value.trim();
  if (typed.length < LEAST_TYPED) {
    finds.replaceChildren();
    return;
  }
  const all = named(typed);
  // Who types a name wants what begins so first.
  const start = typed.toLowerCase();
  const begins = (/** @type {number} */ i) => level().names[i].toLowerCase().startsWith(start);
  const first = [...all.filter(begins), ...all.filter((i) => !begins(i))];
  const sum = el("li", { class: "kg-note", role: "status" }, t("found", { n: count(all.length) }));
  const lines = first.slice(0, MOST_FINDS).map((i) => {
    const about = { type: "button", class: "kg-link", onclick: () => goToRegion(i) };
    return el("li", {}, el("button", about, level().names[i]), el("small", {}, ` ${partOf(i)}`));
  });
  finds.replaceChildren(sum, ...lines);
}

/**
 * Open the sheet of a region, and show the part that it lies in.
 * @param {number} i
 */
function goToRegion(i) {
  endFinding();
  const part = data.parts.find(([, name]) => name === partOf(i));
  update({ part: part ? part[0] : "", only: new Set() });
  openSheet(i);
}

function endFinding() {
  if (finder instanceof HTMLInputElement) finder.value = "";
  finds.replaceChildren();
}

/* What lies beside ------------------------------------------------------------------ */

/** Have the other parts drawn in grey; a double click on one shows it. */
function layOtherParts() {
  if (isElsewhere()) return;
  const others = state.part ? [...level().codes.keys()].filter((i) => !inPart(i)) : [];
  const shapes = others.map((i) => ({
    shape: regionShapes()[i],
    name: [level().names[i], partOf(i)].join(", "),
    enter: () => choosePart(data.parts.find(([, name]) => name === partOf(i))?.[0] ?? ""),
  }));
  beside.splice(0, beside.length, ...shapes);
}

/* Of which part each row of the table is, and of its CSV; of one part all rows are. */
addColumns(() => {
  if (isElsewhere() || partWord()) return [];
  const title = tPart("part");
  return [{ key: "part", label: title, title, get: partOf }];
});

watch(PLACE, layOtherParts);
watch(["language", ...PLACE], drawParts);
if (isAlone) partBar.remove();
partChoice.addEventListener("change", () => choosePart(selectById("kg-part").value));
finder.addEventListener("input", drawFinds);
finder.addEventListener("keydown", (event) => {
  if (event.key === "Escape") endFinding();
  else if (event.key === "Enter") finds.querySelector("button")?.click();
  else return;
  event.preventDefault();
  event.stopPropagation();
});
