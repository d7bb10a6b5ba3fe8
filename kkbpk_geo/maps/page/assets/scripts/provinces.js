// @ts-check
/* A map of regions of several provinces: show those of one, and find one by its name.
 *
 * In the page only where the regions of the map lie in several (data.provinces). */

import { matches } from "./core/text.js";
import { openSheet, tellPlace } from "./page/actions.js";
import { byId, el, inputById, selectById } from "./page/dom.js";
import { parts } from "./page/parts.js";
import { data, isAlone, level, PLACE, state, update, watch } from "./page/state.js";
import { count, t, word } from "./page/words.js";
import { LAND, leafletMap, regionShapes } from "./views/map.js";

const MOST_FINDS = 8; // lines below what one types
const LEAST_TYPED = 2; // letters: one is in nearly every name
const provinces = data.provinces?.named ?? [];

/** A word of this page. @param {string} key */
const said = (key) => data.provinces?.texts[state.language][key] ?? "";

/** The map is drawn by a finer level, whose regions have their own ways. */
const isFiner = () => state.level > 0;

/** @param {string} code */
const provinceNamed = (code) => provinces.find(([one]) => one === code)?.[1] ?? "";

/** The code of the province of a region of the map. @param {number} i */
const provinceOf = (i) => word(/** @type {Words} */ (data.levels[0].parents[i]));

/** Its name, of a region that is shown. @param {number} i */
const provinceWord = (i) => (isFiner() ? "" : provinceNamed(provinceOf(i)));

/** @param {number} i */
const isShown = (i) => !state.part || provinceOf(i) === state.part;

/** The part that one sees a region of the map in: all, or its own. @param {number} i */
const partOf = (i) => state.part && provinceOf(i);

/* Choosing and finding --------------------------------------------------------------- */

const provinceList = el("select", { id: "kg-part" });
const finder = el("input", { type: "search", id: "kg-find-region", autocomplete: "off" });
const finds = el("ul", { class: "kg-finds", id: "kg-finds" });
const provinceBar = el(
  "div",
  { class: "kg-parts", id: "kg-parts" },
  provinceList,
  data.drill ? null : finder, // the bar of levels finds regions of all of them
  finds,
);
byId("kg-lists").before(provinceBar);
if (isAlone) provinceBar.remove();

function drawProvinces() {
  provinceBar.hidden = isFiner();
  const options = provinces.map(([code, name]) => el("option", { value: code }, name));
  provinceList.replaceChildren(el("option", { value: "" }, said("all")), ...options);
  if (provinceList instanceof HTMLSelectElement) provinceList.value = state.part;
  provinceList.setAttribute("aria-label", said("choose"));
  finder.setAttribute("placeholder", said("find"));
  finder.setAttribute("aria-label", said("find"));
  endFinding();
}

/** @param {string} part */
function chooseProvince(part) {
  update({ part, only: new Set(), lit: null, region: null });
  tellPlace(true);
}

function drawFinds() {
  const typed = inputById("kg-find-region").value.trim();
  const { names, codes } = level();
  /** @param {number} i */
  const fits = (i) => matches([names[i], provinceWord(i), data.aliases[codes[i]]].join(" "), typed);
  const all = typed.length < LEAST_TYPED ? [] : [...names.keys()].filter(fits);
  // Who types a name wants what begins so first.
  /** @param {number} i */
  const begins = (i) => names[i].toLowerCase().startsWith(typed.toLowerCase());
  const ordered = [...all.filter(begins), ...all.filter((i) => !begins(i))];
  const n = all.length;
  const text = n ? t("found", { n: count(n) }) : t("found_none", { typed });
  const sum = el("li", { class: "kg-note", role: "status" }, text);
  const lines = ordered.slice(0, MOST_FINDS).map((i) => {
    const go = { type: "button", class: "kg-link", onclick: () => goToRegion(i) };
    return el("li", {}, el("button", go, names[i]), el("small", {}, ` ${provinceWord(i)}`));
  });
  finds.replaceChildren(...(typed.length < LEAST_TYPED ? [] : [sum, ...lines]));
}

/**
 * Show the province of a region, and open its sheet.
 * @param {number} i
 */
function goToRegion(i) {
  endFinding();
  update({ part: provinceOf(i), only: new Set() });
  openSheet(i);
}

function endFinding() {
  if (finder instanceof HTMLInputElement) finder.value = "";
  finds.replaceChildren();
}

/* What the other parts of the page ask ------------------------------------------------ */

const otherwise = { ...parts };

/** The regions of the other provinces, where one is shown alone. */
const others = () =>
  isFiner() || !state.part ? [] : [...level().codes.keys()].filter((i) => !isShown(i));

let knownPart = state.part;

/** Whether another place is shown than when one last asked. */
function isElsewhere() {
  const isOther = state.part !== knownPart;
  knownPart = state.part;
  return otherwise.hasMoved() || isOther;
}

Object.assign(parts, {
  hasMoved: isElsewhere,
  partOf,
  /** @param {number} i */
  takesPart: (i) => (isFiner() ? otherwise.takesPart(i) : isShown(i)),
  placeWord: () => otherwise.placeWord() || (isFiner() ? "" : provinceNamed(state.part)),
  address: () => ({ ...otherwise.address(), part: state.part }),
  /** @param {Record<string, string>} asked */
  wanted: (asked) => ({
    ...otherwise.wanted(asked),
    part: provinceNamed(asked.part) ? asked.part : "",
  }),
  /** @param {number} i */
  movesTo: (i) => (isFiner() || isShown(i) ? otherwise.movesTo(i) : { part: partOf(i) }),
  /** @param {number} i */
  wayInto: (i) => [el("p", {}, provinceWord(i)), otherwise.wayInto(i)],
  columns() {
    if (isFiner() || state.part) return otherwise.columns();
    const title = said("province");
    return [...otherwise.columns(), { key: "province", label: title, title, get: provinceWord }];
  },
  beside: () => [...otherwise.beside(), ...others().map((i) => regionShapes()[i])],
});

/* What lies beside --------------------------------------------------------------------- */

const otherProvinces = L.layerGroup().addTo(leafletMap);
const besideProvince = L.svg({ pane: "kg-around", padding: 1 });
/** @type {ReturnType<typeof setTimeout> | undefined} */
let drawingOthers;

/** Draw the other provinces in grey; a double click on one shows it. */
function drawOthers() {
  const style = { color: "#fff", weight: 0.9, fillColor: LAND, fillOpacity: 1 };
  const place = { renderer: besideProvince, pane: "kg-around" };
  // A double click that reached the map would bring it nearer as well.
  const how = { className: "kg-beside", bubblingMouseEvents: false, ...place };
  for (const i of others()) {
    L.polygon(regionShapes()[i], { ...style, ...how })
      .bindTooltip([level().names[i], provinceWord(i)].join(", "), { sticky: true })
      .on("dblclick", () => chooseProvince(provinceOf(i)))
      .addTo(otherProvinces);
  }
}

watch(PLACE, () => {
  otherProvinces.clearLayers();
  clearTimeout(drawingOthers);
  drawingOthers = setTimeout(drawOthers); // once what one came for is there
});
watch(["language", ...PLACE], drawProvinces);
provinceList.addEventListener("change", () => chooseProvince(selectById("kg-part").value));
finder.addEventListener("input", drawFinds);
finder.addEventListener("keydown", (event) => {
  if (event.key === "Escape") endFinding();
  else if (event.key === "Enter") finds.querySelector("button")?.click();
  else return;
  event.preventDefault();
  event.stopPropagation();
});
