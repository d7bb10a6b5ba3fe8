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

const MOST_FOUND = 8; // lines below what one types
const LEAST_TYPED = 2; // letters: one is in nearly every name

const choose = el("select", { id: "kg-part" });
const find = el("input", { type: "search", id: "kg-find-region", autocomplete: "off" });
const found = el("ul", { class: "kg-finds", id: "kg-finds" });
const bar = el("div", { class: "kg-parts", id: "kg-parts" }, choose, data.drill ? null : find, found);
byId("kg-lists").before(bar);

/** The map is drawn by another level, whose regions have their own ways. */
const isElsewhere = () => state.level > 0 || state.within !== null;

function drawBar() {
  bar.hidden = isElsewhere();
  const options = data.parts.map(([code, name]) => el("option", { value: code }, name));
  choose.replaceChildren(el("option", { value: "" }, tPart("all")), ...options);
  selectById("kg-part").value = state.part;
  choose.setAttribute("aria-label", tPart("choose"));
  inputHint();
  endFind();
}

function inputHint() {
  find.setAttribute("placeholder", tPart("find"));
  find.setAttribute("aria-label", tPart("find"));
}

/** @param {string} part */
export function choosePart(part) {
  update({ part, only: new Set(), lit: null, region: null });
  tellPlace(true);
}

/* Finding a region ------------------------------------------------------------------ */

/** The regions whose name has the words typed. @param {string} typed */
const namesakes = (typed) =>
  [...level().names.keys()].filter((i) => matches(`${level().names[i]} ${partOf(i)}`, typed));

function drawFound() {
  const typed = inputById("kg-find-region").value.trim();
  if (typed.length < LEAST_TYPED) {
    found.replaceChildren();
    return;
  }
  const all = namesakes(typed);
  // Who types a name wants what begins so first.
  const start = typed.toLowerCase();
  const begins = (/** @type {number} */ i) => level().names[i].toLowerCase().startsWith(start);
  const first = [...all.filter(begins), ...all.filter((i) => !begins(i))];
  const sum = el("li", { class: "kg-note", role: "status" }, t("found", { n: count(all.length) }));
  const lines = first.slice(0, MOST_FOUND).map((i) => {
    const about = { type: "button", class: "kg-link", onclick: () => goToRegion(i) };
    return el("li", {}, el("button", about, level().names[i]), el("small", {}, ` ${partOf(i)}`));
  });
  found.replaceChildren(sum, ...lines);
}

/**
 * Open the sheet of a region, and show the part that it lies in.
 * @param {number} i
 */
function goToRegion(i) {
  endFind();
  const part = data.parts.find(([, name]) => name === partOf(i));
  update({ part: part ? part[0] : "", only: new Set() });
  openSheet(i);
}

function endFind() {
  if (find instanceof HTMLInputElement) find.value = "";
  found.replaceChildren();
}

/* What lies beside ------------------------------------------------------------------ */

/** Have the other parts drawn in grey; a double click on one shows it. */
function layBeside() {
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

watch(PLACE, layBeside);
watch(["language", ...PLACE], drawBar);
if (isAlone) bar.remove();
choose.addEventListener("change", () => choosePart(selectById("kg-part").value));
find.addEventListener("input", drawFound);
find.addEventListener("keydown", (event) => {
  if (event.key === "Escape") endFind();
  else if (event.key === "Enter") found.querySelector("button")?.click();
  else return;
  event.preventDefault();
  event.stopPropagation();
});
