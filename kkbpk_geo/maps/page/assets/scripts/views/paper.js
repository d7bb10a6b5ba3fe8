// @ts-check
/* Printing: the map takes its printed size while the browser lays out the paper. */

import { drawRests } from "../core/slices.js";
import { byId, detailsById } from "../page/dom.js";
import { remeasureNames } from "./labels.js";
import { fitMap } from "./room.js";

const root = document.documentElement;
let wasClosed = false; // the list of points, which paper shows open

/** A3 is A4 enlarged: the same layout, every length times the root of two. */
function printA3() {
  byId("kg-paper").textContent = "@page { size: A3 landscape; margin: 12.7mm; }";
  root.classList.add("kg-a3");
  print();
}

export function listenToPrinting() {
  byId("kg-print").addEventListener("click", () => print());
  byId("kg-print-a3").addEventListener("click", printA3);
  addEventListener("beforeprint", () => {
    const points = detailsById("kg-points");
    root.classList.add("kg-printing");
    byId("kg-footer").after(byId("kg-sheet"));
    wasClosed = !points.open;
    points.open = true;
    drawRests();
    remeasureNames();
    fitMap();
  });
  addEventListener("afterprint", () => {
    root.classList.remove("kg-printing", "kg-a3");
    byId("kg-paper").textContent = "";
    byId("kg-panel").prepend(byId("kg-sheet"));
    if (wasClosed) detailsById("kg-points").open = false;
    remeasureNames();
    fitMap();
  });
}
