// @ts-check
/* Ranking or table: the switch between them, and what pointing at a row does. */

import { light, openSheet } from "../page/actions.js";
import { byId, el, pressButton, show } from "../page/dom.js";
import { state, update } from "../page/state.js";
import { t, view } from "../page/words.js";
import { rankingParts } from "./ranking.js";
import { tableParts } from "./table.js";

export function drawLists() {
  const now = view();
  const isTable = state.list === "table";
  const order = isTable || now.pair || now.kinds ? null : orderWord(now);
  show(
    "kg-lists",
    pressButton(listWord(now), !isTable, () => setList("ranking"), { id: "kg-as-ranking" }),
    pressButton(t("table"), isTable, () => setList("table"), { id: "kg-as-table" }),
    order === null ? null : el("span", {}, order),
  );
  show("kg-ranking", isTable ? tableParts() : rankingParts());
}

/** @param {View} now */
function listWord(now) {
  if (now.pair) return t("corners");
  return t(now.kinds ? "kinds" : "ranking");
}

/** @param {SingleView} now */
const orderWord = (now) => t(`order_${now.mode === "rank" ? now.layer.order : now.orderKey}`);

/** @param {State["list"]} list */
function setList(list) {
  update({ list });
  byId(`kg-as-${list}`).focus();
}

/** Mark the rows and ticks of the regions that are lit and chosen. */
export function markLists() {
  const rows = byId("kg-ranking").querySelectorAll("[data-region]");
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (rows)) {
    const i = Number(row.dataset.region);
    row.classList.toggle("kg-lit", i === state.lit);
    row.setAttribute("aria-current", String(i === state.region));
  }
  const ticks = byId("kg-legend").querySelectorAll("[data-tick]");
  for (const tick of /** @type {NodeListOf<SVGElement>} */ (ticks)) {
    tick.classList.toggle("kg-lit", Number(tick.dataset.tick) === state.lit);
  }
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
