// @ts-check
/* What one takes away: the view as SVG and PNG, its table as CSV, made in the page.
 *
 * The browser saves the files; nothing is asked from anywhere. */

import { cellsOf } from "../core/layers.js";
import { statusOf } from "../core/statuses.js";
import { csv } from "../core/text.js";
import { byId, el } from "../page/dom.js";
import { data, level, state } from "../page/state.js";
import { heading, marks, statusWord, subheading, t, view, whenWord } from "../page/words.js";
import { makePicture } from "./picture.js";
import { columnsOf } from "./table.js";

const LONGEST_NAME = 80; // letters: some file systems cut longer names
const KEPT = 10_000; // milliseconds until a saved file is let go of

/**
 * @param {string} name
 * @param {Blob | null} blob
 */
function saveFile(name, blob) {
  if (!blob) return;
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}

/** @param {string} ending */
function fileName(ending) {
  const words = `${heading()} ${subheading()}`.normalize("NFKD");
  const simple = words.replace(/[^\w.-]+/g, "-").replace(/^-+|-+$/g, "");
  return `${simple.slice(0, LONGEST_NAME).toLowerCase() || "peta"}.${ending}`;
}

const pictureText = () => new XMLSerializer().serializeToString(makePicture());

function saveSvg() {
  saveFile(fileName("svg"), new Blob([pictureText()], { type: "image/svg+xml" }));
}

/** Draw the SVG on a canvas, twice its size; the picture is a data: address. */
async function savePng() {
  const picture = new Image();
  picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(pictureText());
  await picture.decode();
  const canvas = el("canvas", { width: 2 * picture.width, height: 2 * picture.height });
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => saveFile(fileName("png"), blob), "image/png");
}

function saveCsv() {
  const now = view();
  const columns = columnsOf();
  const { codes } = level();
  const everywhere = [
    { title: t("period"), text: whenWord() },
    { title: t("note"), text: data.sample ? t("sample") : "" },
  ].filter(({ text }) => text);
  /** @param {number} i */
  const reason = (i) => statusWord(statusOf(cellsOf(now.layer, state.period), i));
  /**
   * @param {import("./table.js").Column} column
   * @param {number} i
   */
  const cell = ({ show, get }, i) => {
    const value = get(i);
    return show && typeof value === "number" ? show(value) : value;
  };
  const head = [
    t("code"),
    ...columns.map(({ title }) => title),
    t("status"),
    ...everywhere.map(({ title }) => title),
  ];
  const rows = now.order.map((i) => [
    codes[i],
    ...columns.map((column) => cell(column, i)),
    now.pair ? "" : reason(i),
    ...everywhere.map(({ text }) => text),
  ]);
  const text = csv([head, ...rows], marks().decimal);
  saveFile(fileName("csv"), new Blob([text], { type: "text/csv" }));
}

export function listenToSaving() {
  byId("kg-take-png").addEventListener("click", savePng);
  byId("kg-take-svg").addEventListener("click", saveSvg);
  byId("kg-take-csv").addEventListener("click", saveCsv);
}
