// @ts-check
/* The work plan on the district sheet: what to decide, the year, how far it is.
 *
 * In the page only where there are plans (data.plans, as plans.py writes it). */

import { fill } from "./core/text.js";
import { el } from "./page/dom.js";
import { data, level, state } from "./page/state.js";
import { count, dotted, number, word } from "./page/words.js";
import { addSection } from "./views/sheet.js";

/** @typedef {import("./page/dom.js").Children} Children */

/* What a month of the calendar and a class of progress look like; the letters are those
 * of plans.py. */
/** @type {Record<string, string>} */
const CELL_SIGNS = { p: "●", y: "○", b: "✕" };
/** @type {Record<string, string>} */
const CLASS_MARKS = { c: "✕", b: "▼", o: "=", a: "▲", r: "?", t: "–" };
const EMPTY = ".";

/**
 * A label of plans.
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
const planWord = (key, values) => fill(data.plans?.texts[state.language][key] ?? "", values ?? {});

/**
 * The section of a region; nothing where it has no plan.
 * @param {number} region
 * @returns {Children[]}
 */
function planSection(region) {
  const plan = data.plans?.regions[level().codes[region]];
  if (!plan) return [];
  return [
    el("h3", {}, planWord("title", { year: plan.year })),
    el("p", { class: "kg-note" }, planSummary(plan)),
    decisions(plan),
    calendar(plan),
    progress(plan),
  ];
}

addSection(planSection);

/** @param {Plan} plan */
function planSummary({ lines: [lines, agreed, conflicts, unfunded] }) {
  return dotted([
    lines ? agreedText(lines, agreed) : "",
    conflicts === null ? "" : planWord("conflicts", { n: count(conflicts) }),
    unfunded === null ? "" : planWord("unfunded", { n: count(unfunded) }),
  ]);
}

/**
 * @param {number} lines
 * @param {number} agreed
 */
function agreedText(lines, agreed) {
  const share = number((100 * agreed) / lines, 1);
  return planWord("agreed", { agreed: count(agreed), lines: count(lines), share });
}

/* What to decide ------------------------------------------------------------------- */

/**
 * @param {Plan} plan
 * @returns {Children[]}
 */
function decisions({ due = [], more }) {
  if (!due.length) return [el("p", {}, planWord("nothing"))];
  return [
    el("h4", {}, planWord("decide", { n: count(due.length + more) })),
    el("ol", { class: "kg-due" }, due.map(decisionItem)),
    more ? el("p", { class: "kg-note" }, planWord("more", { n: count(more) })) : null,
  ];
}

/** @param {NonNullable<Plan["due"]>[number]} decision */
function decisionItem([kind, work, part, province, district, note, rupiah]) {
  /**
   * @param {string} key
   * @param {Words} words
   */
  const said = (key, words) => (word(words) ? `${planWord(key)}: ${word(words)}` : "");
  const about = [word(kind), word(part)].filter(Boolean).join(", ");
  const sides = [said("province", province), said("district", district), word(note)];
  return el(
    "li",
    {},
    el("b", {}, word(work)),
    ` – ${about}`,
    rupiah ? el("span", { class: "kg-rupiah" }, `Rp ${count(rupiah)}`) : null,
    el("small", {}, dotted(sides)),
  );
}

/* The year ------------------------------------------------------------------------- */

/**
 * @param {Plan} plan
 * @returns {Children[]}
 */
function calendar(plan) {
  if (!plan.rows) return [];
  /** @type {[Words, string][]} */
  const rows = plan.rows.map((at) => data.pool[at]);
  const key = Object.entries(CELL_SIGNS)
    .filter(([cell]) => rows.some(([, cells]) => cells.includes(cell)))
    .map(([cell, sign]) => `${sign} ${planWord(`cell_${cell}`)}`);
  return [
    el(
      "table",
      { class: "kg-year" },
      el("caption", {}, planWord("calendar", { year: plan.year })),
      calendarHead(),
      el("tbody", {}, rows.map(calendarRow)),
    ),
    el("p", { class: "kg-note" }, dotted(key)),
    plan.score === undefined ? null : el("p", { class: "kg-note" }, continuityText(plan)),
  ];
}

const monthNames = () => planWord("months").split("|");

function calendarHead() {
  const quarters = planWord("quarters").split("|");
  return el(
    "thead",
    {},
    el(
      "tr",
      {},
      el("th", { scope: "col", rowspan: 2 }, planWord("work")),
      quarters.map((name) => el("th", { scope: "colgroup", colspan: 3 }, name)),
    ),
    el(
      "tr",
      {},
      monthNames().map((name) => el("th", { scope: "col", abbr: name, title: name }, name[0])),
    ),
  );
}

/** @param {[Words, string]} row */
function calendarRow([name, cells]) {
  const months = monthNames();
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, word(name)),
    [...cells].map((cell, month) => {
      if (cell === EMPTY) return el("td", {});
      const said = planWord(`cell_${cell}`);
      const title = `${months[month]}: ${said}`;
      return el("td", { class: `kg-${cell}`, "aria-label": said, title }, CELL_SIGNS[cell]);
    }),
  );
}

/** @param {Plan} plan */
function continuityText({ score, parts = {} }) {
  const said = Object.entries(parts).map(([key, value]) => `${planWord(`part_${key}`)} ${value} %`);
  return planWord("continuity", { score }) + (said.length ? ` (${said.join(", ")})` : "");
}

/* How far it is -------------------------------------------------------------------- */

/** @param {number | null} value */
const percentText = (value) => (value === null ? "–" : `${number(value, 1)} %`);

/** @param {string} letter */
const classParts = (letter) => [
  el("span", { "aria-hidden": "true" }, CLASS_MARKS[letter]),
  ` ${planWord(`class_${letter}`)}`,
];

/**
 * @param {Plan} plan
 * @returns {Children[]}
 */
function progress({ done, behind }) {
  if (!done) return [];
  const [physical, absorption, klass, reported, works] = done;
  const title = el("h4", {}, planWord("progress"));
  if (physical === null && absorption === null) {
    return [title, el("p", {}, planWord("no_report", { works }))];
  }
  const parts = {
    physical: percentText(physical),
    absorption: percentText(absorption),
    reported,
    works,
  };
  const judged = el("b", { class: `kg-class-${klass}` }, classParts(klass));
  return [
    title,
    el("p", {}, judged, ". ", planWord("done", parts)),
    behind ? behindTable(behind) : null,
  ];
}

/** @param {NonNullable<Plan["behind"]>} works */
function behindTable(works) {
  const heads = ["work", "physical", "absorption", "class"];
  const rows = works.map(([work, done, spent, letter]) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, word(work)),
      el("td", {}, percentText(done)),
      el("td", {}, percentText(spent)),
      el("td", { class: `kg-class-${letter}` }, classParts(letter)),
    ),
  );
  return el(
    "table",
    {},
    el("thead", {}, el("tr", {}, heads.map((key) => el("th", { scope: "col" }, planWord(key))))),
    el("tbody", {}, rows),
  );
}
