// @ts-check
/* Printing: the map takes its printed size while the browser lays out the paper. */

import { drawRests } from "../core/slices.js";
import { byId, detailsById } from "../page/dom.js";
import { data } from "../page/state.js";
import { remeasureNames } from "./labels.js";
import { fitMap } from "./room.js";

const root = document.documentElement;
let wasClosed = false; // the list of points, which paper shows open
let isAsked = false; // by a button of the page, which prints it alone

/** @param {string} paper */
export function setPaper(paper) {
  const way = data.paper?.upright ? "portrait" : "landscape";
  root.classList.toggle("kg-upright", way[0] === "p");
  byId("kg-paper").textContent = `@page { size: ${paper.replace("?", way)}; }`;
}

function printA4() {
  isAsked = true;
  print();
}

/** A3 is A4 enlarged: the same layout, every length times the root of two. */
function printA3() {
  setPaper("A3 ?; margin: 12.7mm");
  root.classList.add("kg-a3");
  printA4();
}

/** In a frame of a page that is printed, the sheet is as large as the frame. */
function fitFrame() {
  if (self === top || isAsked) return;
  const { style } = document.body;
  style.width = data.paper?.upright ? "726px" : "1047px";
  const { scrollWidth, scrollHeight } = document.body;
  const share = Math.min(1, innerWidth / scrollWidth, innerHeight / scrollHeight);
  style.zoom = String(share);
}

export function listenToPrinting() {
  setPaper("A4 ?");
  byId("kg-print").addEventListener("click", printA4);
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
    fitFrame();
  });
  addEventListener("afterprint", () => {
    root.classList.remove("kg-printing", "kg-a3");
    document.body.style.cssText = "";
    isAsked = false;
    setPaper("A4 ?");
    byId("kg-panel").prepend(byId("kg-sheet"));
    if (wasClosed) detailsById("kg-points").open = false;
    remeasureNames();
    fitMap();
  });
}
