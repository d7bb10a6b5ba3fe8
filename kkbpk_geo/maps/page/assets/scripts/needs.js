// @ts-check
/* In the sheet: what to do, need and supply of every service.
 *
 * In the page only where gaps were scored. */

import { cellsOf, needsOf } from "./core/layers.js";
import { statusOfLetter } from "./core/statuses.js";
import { fill } from "./core/text.js";
import { el } from "./page/dom.js";
import { level } from "./page/state.js";
import { count, dotted, number, statusWord, t, valueText, word } from "./page/words.js";
import { addSection, columnHeads } from "./views/sheet.js";

/** @typedef {import("./page/dom.js").Children} Children */

/**
 * @param {number} region
 * @returns {Children[]}
 */
function needsSection(region) {
  const raw = level().needs;
  if (!raw) return [];
  const needs = needsOf(raw);
  const { services } = needs;
  const standards = services.map((service) => [
    el("dt", {}, word(service.label)),
    el("dd", {}, word(service.standard)),
  ]);
  return [
    el("h3", {}, t("needs")),
    el("p", { class: "kg-note" }, headline(needs, region)),
    todoList(services, region),
    el("h3", {}, t("needs_table")),
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, columnHeads(["service", "need", "supply", "gap"]))),
      el("tbody", {}, services.map((service) => needRow(service, region))),
    ),
    el(
      "details",
      { class: "kg-about" },
      el("summary", {}, t("standards")),
      el("dl", {}, standards),
    ),
  ];
}

/**
 * @param {Needs} needs
 * @param {number} region
 */
function headline({ score, rank: ranks, low, high }, region) {
  if (score[region] === null) return t("no_score");
  const n = ranks.filter((place) => place !== null).length;
  const place = ranks[region];
  return dotted([
    priorityWord(region),
    place === null ? "" : t("priority", { rank: place, n }),
    low[region] === null ? "" : t("range", { low: low[region], high: high[region] }),
    t("score", { score: number(score[region], 1) }),
  ]);
}

/** @param {number} region */
function priorityWord(region) {
  const layer = level().layers.find((one) => one.key === "priority_class");
  if (!layer) return "";
  const value = cellsOf(layer, layer.cells.length - 1).values[region];
  return value === null ? "" : valueText(layer, value);
}

/**
 * What is lacking, the service that matters most first.
 * @param {Service[]} services
 * @param {number} region
 */
function todoList(services, region) {
  const lacking = services
    .filter((service) => (service.gap[region] ?? 0) > 0)
    .sort((a, b) => (b.part[region] || 0) - (a.part[region] || 0));
  if (!lacking.length) {
    const isKnown = services.some((service) => service.gap[region] !== null);
    return el("p", {}, isKnown ? t("no_gap") : statusWord("missing"));
  }
  const items = lacking.map((service) =>
    el("li", {}, fill(word(service.action), { gap: count(service.gap[region]) })),
  );
  return el("ul", { class: "kg-todo" }, items);
}

/**
 * A limit ("at most") is told as what there is now and what may remain.
 * @param {Service} service
 * @param {number} region
 */
function needRow(service, region) {
  /** @param {string} key */
  const small = (key) => (service.most ? el("small", {}, t(key)) : null);
  const gap = service.gap[region];
  const surplus = service.surplus[region] ?? 0;
  const name = el("th", { scope: "row" }, word(service.label));
  if (gap === null) {
    const reason = statusWord(statusOfLetter(service.status[region]));
    return el("tr", {}, name, el("td", { colspan: 3 }, reason));
  }
  const spare = surplus > 0 && !service.most;
  return el(
    "tr",
    {},
    name,
    el("td", {}, count(service.need[region]), small("now")),
    el(
      "td",
      {},
      count(service.supply[region]),
      small("limit"),
      spare ? el("small", {}, t("surplus", { n: count(surplus) })) : null,
    ),
    el("td", { class: gap > 0 ? "kg-lack" : null }, count(gap)),
  );
}

addSection(needsSection);
