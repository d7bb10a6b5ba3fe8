// @ts-check
/* Ranking or table: the switch between them, and what pointing at a row does. */

import { letGo, light, openSheet } from "../page/actions.js";
import { byId, el, pressButton, show } from "../page/dom.js";
import { chosen, level, state, update } from "../page/state.js";
import { t, view } from "../page/words.js";
import { markTick } from "./legend.js";
import { rankingParts } from "./ranking.js";
import { markRows, showRows } from "./rows.js";
import { tableParts } from "./table.js";

export function drawLists() {
  const now = view();
  const isTable = state.list === "table";
  const order = now.pair || now.kinds ? null : orderWord(now, isTable);
  show(
    "kg-lists",
    pressButton(listWord(now), !isTable, () => setList("ranking"), { id: "kg-as-ranking" }),
    pressButton(t("table"), isTable, () => setList("table"), { id: "kg-as-table" }),
    order === null ? null : el("span", {}, order),
  );
  showRows(isTable ? tableParts : rankingParts);
}

/** @param {View} now */
function listWord(now) {
  if (now.pair) return t("corners");
  return t(now.kinds ? "kinds" : "ranking");
}

/**
 * What position 1 means; a table gives the positions of the values, whatever is shown.
 * @param {SingleView} now
 * @param {boolean} isTable
 */
const orderWord = (now, isTable) => t(`order_${isTable ? now.layer.order : now.orderKey}`);

/** @param {State["list"]} list */
function setList(list) {
  update({ list });
  byId(`kg-as-${list}`).focus();
}

/** Say which region is kept while its sheet is closed, and how to let go of it. */
export function drawKept() {
  const i = chosen();
  const go = { type: "button", class: "kg-small", onclick: () => openSheet(i) };
  const off = { type: "button", class: "kg-small", onclick: letGo };
  show(
    "kg-kept",
    i < 0 ? null : [`${t("kept")}: `, el("button", go, level().names[i]), el("button", off, t("let_go"))],
  );
}

/** Mark the row and the tick of the region that is lit, and the row of the chosen one. */
export function markLists() {
  markRows();
  markTick();
}

/**
 * The region of the row that an element lies in, or null.
 * @param {EventTarget | null} node
 */
function regionOf(node) {
  const row = node instanceof Element ? node.closest("[data-region]") : null;
  const region = row?.getAttribute("data-region") ?? null;
  return region === null ? null : Number(region);
}

/** Pointing at a row of any list lights its region, its button opens the sheet. */
export function listenToLists() {
  const list = byId("kg-ranking");
  list.addEventListener("mouseover", (event) => light(regionOf(event.target)));
  list.addEventListener("mouseleave", () => light(null));
  list.addEventListener("focusin", (event) => light(regionOf(event.target)));
  list.addEventListener("focusout", (event) => light(regionOf(event.relatedTarget)));
  list.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    const region = regionOf(button);
    if (region !== null) openSheet(region);
  });
}
