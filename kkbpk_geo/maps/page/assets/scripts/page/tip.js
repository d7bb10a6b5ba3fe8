// @ts-check
/* What a region says when one points at it. */

import { cellsOf } from "../core/layers.js";
import { statusOf } from "../core/statuses.js";
import { el } from "./dom.js";
import { state } from "./state.js";
import {
  count,
  fullName,
  modeWord,
  pairWords,
  positions,
  statusWord,
  t,
  textOf,
  valueText,
  view,
  whenWord,
  word,
} from "./words.js";

/** @param {number} i */
export function regionTip(i) {
  const now = view();
  const lines = now.pair ? pairLines(now, i) : singleLines(now, i);
  return el("div", { class: "kg-tip" }, el("b", {}, fullName(i)), lines);
}

/**
 * Numerator and denominator of a value.
 * @param {Cells} cells
 * @param {number} i
 */
export function partsText({ values, top, bottom }, i) {
  const has = top?.[i] ?? null;
  const of = bottom?.[i] ?? null;
  return values[i] === null || of === null ? "" : `${count(has)} / ${count(of)}`;
}

/**
 * @param {PairView} now
 * @param {number} i
 */
function pairLines(now, i) {
  const lines = now.pair.map((of, k) => {
    const cells = now.pairCells[k];
    const value = cells.values[i];
    const text = value === null ? statusWord(statusOf(cells, i)) : valueText(of, value);
    return el("span", {}, `${word(of.label)}: `, el("b", { class: "kg-inline" }, text));
  });
  const key = now.keyOf(i);
  return now.colourOf(key) ? [...lines, el("span", {}, pairWords(key))] : lines;
}

/**
 * @param {SingleView} now
 * @param {number} i
 */
function singleLines(now, i) {
  const cells = cellsOf(now.layer, state.period);
  const value = cells.values[i];
  const parts = partsText(cells, i);
  const inBrackets = parts && ` (${parts})`;
  const title = [word(now.layer.label), modeWord(), whenWord()].filter(Boolean).join(", ");
  const isValue = now.mode === "value";
  const lines = [
    el("span", {}, title),
    el("span", { class: "kg-tip-value" }, textOf(i) + (isValue ? inBrackets : "")),
  ];
  if (!isValue && value !== null) {
    lines.push(el("span", {}, `${t("value")}: ${valueText(now.layer, value)}${inBrackets}`));
  }
  if (now.mode !== "rank" && now.ranks[i] !== null) {
    const position = t("position", { rank: now.ranks[i], n: positions() });
    lines.push(el("span", {}, `${position} (${t(`order_${now.orderKey}`)})`));
  }
  if (statusOf(cells, i) === "partial") lines.push(el("span", {}, statusWord("partial")));
  return lines;
}
