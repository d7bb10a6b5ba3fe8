// @ts-check
/* The months of an indicator as lines: small ones in the ranking and in the sheet, and a
 * larger one of what is shown. A month without a number is a gap.
 *
 * In the page only where an indicator has three periods or more (data.lines). */

import { cellsOf, earlierOf } from "./core/layers.js";
import { known } from "./core/numbers.js";
import {
  axisOf,
  bandOf,
  bandPath,
  dotOf,
  LEAST_PERIODS,
  linePath,
  runsOf,
  seriesOf,
  slotsOf,
  timeOf,
} from "./core/series.js";
import { SLICE } from "./core/slices.js";
import { statusOf } from "./core/statuses.js";
import { fill } from "./core/text.js";
import { byId, el, svg } from "./page/dom.js";
import { hatchOf } from "./page/drawings.js";
import { parts } from "./page/parts.js";
import { data, layer, level, PLACE, SHOWN, state, watch } from "./page/state.js";
import {
  fullName,
  number,
  periodWord,
  scope,
  statusWord,
  valueText,
  view,
  withUnit,
  word,
} from "./page/words.js";
import { addSection, arrowFor } from "./views/sheet.js";

/** @typedef {import("./core/series.js").Slot} Slot */
/** @typedef {import("./core/series.js").Band} Band */
/** @typedef {import("./core/series.js").Axis} Axis */
/** @typedef {import("./page/dom.js").Children} Children */

/**
 * What all lines of an indicator have in common.
 * @typedef {object} Course
 * @property {Slot[]} slots
 * @property {(Band | null)[]} band
 * @property {Axis} axis
 */

/**
 * A word about lines.
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
const lineText = (key, values) => fill(data.lines?.texts[state.language][key] ?? "", values || {});

/* The course of an indicator ------------------------------------------------------- */

/** By layer and span; of the regions that take part.
 * @type {WeakMap<Layer, Map<number, Course | null>>} */
let courses = new WeakMap();
watch(PLACE, () => {
  courses = new WeakMap();
});

/**
 * The course of an indicator; null where there is no line to draw.
 * @param {Layer} of
 */
function courseOf(of) {
  const span = of.spans?.[state.period] ?? 0;
  const found = courses.get(of) ?? new Map();
  courses.set(of, found);
  if (!found.has(span)) found.set(span, makeCourse(of));
  return /** @type {Course | null} */ (found.get(span));
}

/**
 * @param {Layer} of
 * @returns {Course | null}
 */
function makeCourse(of) {
  if (of.kinds) return null;
  const slots = slotsOf(of, level().periods, state.period);
  if (known(slots).length < LEAST_PERIODS) return null;
  const inside = scope();
  const rows = slots.map((period) => {
    const values = period === null ? [] : cellsOf(of, period).values;
    return inside.map((i) => values[i] ?? null);
  });
  const numbers = known([...rows.flat(), ...seriesOf(of, slots, -1)]);
  if (!numbers.length) return null;
  return { slots, band: bandOf(rows), axis: axisOf(numbers, of.digits) };
}

/* In words ------------------------------------------------------------------------- */

const MONTHS_A_YEAR = 12;
const A_MONTH = /^\d{4}-\d\d$/;

/**
 * The words of a place on the axis, also of one that no table came from.
 * @param {Slot[]} slots
 * @param {number} at
 */
function timeWord(slots, at) {
  const period = slots[at];
  if (period !== null) return periodWord(period);
  const near = slots.findIndex((one) => one !== null);
  const name = level().periods[slots[near] ?? 0];
  const time = (timeOf(name) ?? 0) + at - near;
  if (!A_MONTH.test(name)) return lineText("other_time", { n: at + 1 });
  const date = new Date(Date.UTC(Math.floor(time / MONTHS_A_YEAR), time % MONTHS_A_YEAR));
  /** @type {Intl.DateTimeFormatOptions} */
  const how = { month: "long", year: "numeric", timeZone: "UTC" };
  return date.toLocaleDateString(state.language, how);
}

/**
 * Why there is no number.
 * @param {Layer} of
 * @param {Slot} period
 * @param {number} region
 */
function gapStatus(of, period, region) {
  if (period === null) return "missing";
  return region < 0 ? "missing" : statusOf(cellsOf(of, period), region);
}

/**
 * Part a run where what it has changes.
 * @param {number[]} run
 * @param {(at: number) => string | null} has
 */
function splitBy(run, has) {
  /** @type {number[][]} */
  const parted = [];
  for (const at of run) {
    const last = parted[parted.length - 1];
    if (last && has(last[0]) === has(at)) last.push(at);
    else parted.push([at]);
  }
  return parted;
}

/**
 * The months without a number, each with the reason; "" for none.
 * @param {Layer} of
 * @param {Slot[]} slots
 * @param {number} region
 */
function gapsText(of, slots, region) {
  const values = seriesOf(of, slots, region);
  const reasons = slots.map((period, at) => {
    if (values[at] !== null) return null;
    return period === null ? lineText("absent") : statusWord(gapStatus(of, period, region));
  });
  // Neighbours without a number for the same reason are one gap.
  const gaps = runsOf(reasons).flatMap((run) => splitBy(run, (at) => reasons[at]));
  if (!gaps.length) return "";
  const said = gaps.map((run) => {
    const first = timeWord(slots, run[0]);
    const last = timeWord(slots, run[run.length - 1]);
    const months = run.length > 1 ? lineText("from_to", { first, last }) : first;
    return `${months} (${reasons[run[0]]})`;
  });
  return lineText("gaps", { months: said.join(", ") });
}

/**
 * What a line shows, for who does not see it.
 * @param {Layer} of
 * @param {Course} course
 * @param {number} region
 */
function lineWords(of, { slots }, region) {
  const values = seriesOf(of, slots, region);
  const numbers = known(values);
  if (!numbers.length) return lineText("nothing", { n: slots.length });
  /** @param {number} value */
  const at = (value) => timeWord(slots, values.indexOf(value));
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  const first = numbers[0];
  const last = numbers[numbers.length - 1];
  const said = lineText("said", {
    first: valueText(of, first),
    first_at: at(first),
    last: valueText(of, last),
    last_at: timeWord(slots, values.lastIndexOf(last)),
    low: valueText(of, low),
    low_at: at(low),
    high: valueText(of, high),
    high_at: at(high),
  });
  return [said, gapsText(of, slots, region)].filter(Boolean).join("; ");
}

/**
 * Of one region what its line shows, of two by name; the name of the whole is known.
 * @param {Layer} of
 * @param {Course} course
 * @param {number[]} regions
 */
function wordsOf(of, course, regions) {
  if (regions.length < 2) return lineWords(of, course, regions[0]);
  return regions.map((i) => `${fullName(i)}: ${lineWords(of, course, i)}`).join(". ");
}

/* Small lines ---------------------------------------------------------------------- */

/** @typedef {{width: number, height: number, left: number, right: number, edge: number}} Room */

/** @type {Room} */
const IN_LIST = { width: 64, height: 20, left: 3, right: 4, edge: 3 };
/** @type {Room} */
const IN_TABLE = { width: 120, height: 24, left: 3, right: 4, edge: 4 };

/**
 * Where times and values lie in a drawing.
 * @param {Room} room
 * @param {Course} course
 */
function scales({ width, height, left, right, edge }, { slots, axis }) {
  /** @param {number} at */
  const x = (at) => left + ((width - left - right) * at) / (slots.length - 1);
  /** @param {number} value */
  const y = (value) =>
    height - edge - ((height - 2 * edge) * (value - axis.low)) / (axis.high - axis.low);
  return { x, y };
}

/**
 * The line of a region and its dot: full on the month shown, a ring on the last before
 * it where that has no number.
 * @param {Layer} of
 * @param {Course} course
 * @param {number} region
 * @param {ReturnType<typeof scales>} places
 * @param {string} look
 */
function courseLine(of, { slots }, region, { x, y }, look) {
  const values = seriesOf(of, slots, region);
  const shown = slots.indexOf(state.period);
  const at = dotOf(values, shown);
  const dot = at < 0 ? null : { cx: x(at).toFixed(1), cy: y(values[at] ?? 0).toFixed(1), r: 2.6 };
  return svg(
    "g",
    { class: look },
    svg("path", { d: linePath(values, x, y) }),
    dot && svg("circle", { ...dot, class: at === shown ? null : "kg-ring" }),
  );
}

/** The first of two regions has a full line, the second a broken one. */
const LOOKS = ["kg-course", "kg-course kg-second"];

/**
 * The months of regions as a small line, over the middle half of all; an empty cell for
 * none, nothing where the indicator has no line.
 * @param {Layer} of
 * @param {number[]} regions  -1 for the whole
 * @param {Mode} [mode]  how the list beside it shows values
 */
function monthsLine(of, regions, mode) {
  const course = mode === undefined || mode === "value" ? courseOf(of) : null;
  if (!course) return null;
  if (!regions.length) return el("span", {});
  const room = mode ? IN_LIST : IN_TABLE;
  const { width, height } = room;
  const place = { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "xMinYMid" };
  const drawing = svg("svg", { class: "kg-line", role: "img", width, height, ...place });
  const draw = () => {
    const places = scales(room, course);
    drawing.setAttribute("aria-label", wordsOf(of, course, regions));
    drawing.append(
      svg("path", { class: "kg-band", d: bandPath(course.band, places.x, places.y) }),
      ...regions.map((i, k) => courseLine(of, course, i, places, LOOKS[k])),
    );
  };
  if (mode && scope().length > SLICE) drawLater(draw);
  else draw();
  return drawing;
}

/* Hundreds of lines: a reader who chooses another indicator does not wait for them. */

/** @type {(() => void)[]} */
let waiting = [];
/** @type {ReturnType<typeof setTimeout> | undefined} */
let nextLines;

/** @param {() => void} draw */
function drawLater(draw) {
  waiting.push(draw);
  nextLines ??= setTimeout(drawNextLines);
}

function drawNextLines() {
  nextLines = undefined;
  waiting.splice(0, SLICE).forEach((draw) => draw());
  if (waiting.length) nextLines = setTimeout(drawNextLines);
}

/** Draw now whatever waits: for paper. */
function drawWaiting() {
  waiting.splice(0).forEach((draw) => draw());
}

/* What it means -------------------------------------------------------------------- */

/**
 * Whether the axis begins at zero, and what the band is.
 * @param {Course} course
 */
function meaning({ band, axis }) {
  const hasBand = band.some((one) => one !== null);
  return [axis.low > 0 ? lineText("not_zero") : "", lineText(hasBand ? "band" : "no_band")];
}

/** @param {string[]} sentences */
const spaced = (sentences) => sentences.filter(Boolean).join(" ");

/** @param {SingleView} now */
function lineNote(now) {
  const course = now.mode === "value" ? courseOf(now.layer) : null;
  if (!course) return null;
  const { slots, axis } = course;
  const about = lineText("note", {
    first: timeWord(slots, 0),
    last: timeWord(slots, slots.length - 1),
    low: valueText(now.layer, axis.low),
    high: valueText(now.layer, axis.high),
  });
  const said = spaced([about, ...meaning(course), lineText("broken")]);
  return el("p", { class: "kg-note kg-line-note" }, said);
}

/* The large line ------------------------------------------------------------------- */

/** @type {Room} */
const LARGE = { width: 380, height: 156, left: 50, right: 84, edge: 22 };
const LETTERS = 14; // pixels: from one line of letters to the next
const BESIDE = 13; // of the last dot, past the hatch of a last month without a number
const APART = 2 * LETTERS + 2; // labels of two lines do not meet

/**
 * Ticks of the axis of values, with their words.
 * @param {Layer} of
 * @param {Axis} axis
 * @param {(value: number) => number} y
 */
function ticks(of, { low, high, step }, y) {
  const n = Math.round((high - low) / step);
  return Array.from({ length: n + 1 }, (_, k) => {
    const value = low + k * step;
    const at = y(value).toFixed(1);
    const text = { x: LARGE.left - 6, y: Number(at) + 4, "text-anchor": "end" };
    return [
      svg("path", { class: "kg-tick", d: `M${LARGE.left},${at}H${LARGE.width - LARGE.right}` }),
      svg("text", text, number(value, of.digits)),
    ];
  });
}

/**
 * A time, short where it is a month: "Nov 2025".
 * @param {Slot[]} slots
 * @param {number} at
 */
function shortTime(slots, at) {
  const words = timeWord(slots, at).split(" ");
  return words.length === 2 ? `${words[0].slice(0, 3)} ${words[1]}` : words.join(" ");
}

/**
 * The first and the last time.
 * @param {Slot[]} slots
 * @param {(at: number) => number} x
 */
const ends = (slots, x) =>
  [0, slots.length - 1].map((at) => {
    const place = { x: x(at), y: LARGE.height - 4, "text-anchor": at ? "end" : "start" };
    return svg("text", place, shortTime(slots, at));
  });

/**
 * Hatch the months without a number, as the map hatches the region.
 * @param {Layer} of
 * @param {Course} course
 * @param {number} region
 * @param {(at: number) => number} x
 */
function hatches(of, { slots }, region, x) {
  const values = seriesOf(of, slots, region);
  const width = (x(1) - x(0)) * 0.8;
  return slots.map((period, at) => {
    if (values[at] !== null) return null;
    const place = { x: x(at) - width / 2, y: LARGE.edge, width };
    const title = svg("title", {}, timeWord(slots, at));
    return svg(
      "rect",
      {
        ...place,
        height: LARGE.height - 2 * LARGE.edge,
        fill: hatchOf(gapStatus(of, period, region)),
      },
      title,
    );
  });
}

/**
 * The value of the dot, and below it how it moved; or when it was, if that is not now.
 * @param {Layer} of
 * @param {Slot[]} slots
 * @param {number} region
 */
function dotWords(of, slots, region) {
  const values = seriesOf(of, slots, region);
  const shown = slots.indexOf(state.period);
  const at = dotOf(values, shown);
  if (at < 0) return null;
  const value = values[at] ?? 0;
  const before = earlierOf(of, state.period);
  const was = values[slots.indexOf(before)] ?? null;
  const by = was === null ? null : value - was;
  const change = by === null ? "" : `${arrowFor(by, of.digits)} ${number(Math.abs(by), of.digits)}`;
  return { value, lines: [valueText(of, value), at === shown ? change : shortTime(slots, at)] };
}

/**
 * The words beside the dots, moved apart where they would meet.
 * @param {Layer} of
 * @param {Course} course
 * @param {number[]} regions
 * @param {(value: number) => number} y
 */
function dotLabels(of, { slots }, regions, y) {
  const found = regions.flatMap((region, k) => {
    const words = dotWords(of, slots, region);
    if (!words) return [];
    return [{ ...words, k, top: y(words.value) }];
  });
  found.sort((a, b) => a.top - b.top);
  const last = found[found.length - 1];
  if (found.length > 1) {
    const room = APART - (last.top - found[0].top);
    if (room > 0) {
      found[0].top -= room / 2;
      last.top += room / 2;
    }
  }
  const x = LARGE.width - LARGE.right + BESIDE;
  return found.map(({ top, lines, k }) => {
    const said = lines.map((line, row) =>
      svg("text", { x, y: top + 4 + row * LETTERS, class: row ? null : "kg-strong" }, line),
    );
    return svg("g", { class: k ? "kg-said kg-second" : "kg-said" }, said);
  });
}

/**
 * The name of a region beside a piece of its line.
 * @param {number} region
 * @param {number} k
 */
const nameOfLine = (region, k) =>
  el(
    "span",
    {},
    svg(
      "svg",
      { width: 26, height: 8, "aria-hidden": "true" },
      svg("g", { class: LOOKS[k] }, svg("path", { d: "M2,4H24" })),
    ),
    ` ${level().names[region]}`,
  );

/**
 * The months of one region, or of two, as a large line.
 * @param {Layer} of
 * @param {number[]} regions
 */
function chart(of, regions) {
  const course = courseOf(of);
  if (!course) return null;
  const { slots, axis, band } = course;
  const places = scales(LARGE, course);
  const { x, y } = places;
  const isOne = regions.length === 1;
  const whole = seriesOf(of, slots, -1);
  const drawing = svg(
    "svg",
    {
      class: "kg-chart",
      viewBox: `0 0 ${LARGE.width} ${LARGE.height}`,
      role: "img",
      "aria-label": `${withUnit(of)}. ${wordsOf(of, course, regions)}`,
    },
    ticks(of, axis, y),
    svg("path", { class: "kg-band", d: bandPath(band, x, y) }),
    isOne ? hatches(of, course, regions[0], x) : null,
    isOne ? svg("path", { class: "kg-whole", d: linePath(whole, x, y) }) : null,
    regions.map((i, k) => courseLine(of, course, i, places, LOOKS[k])),
    ends(slots, x),
    dotLabels(of, course, regions, y),
  );
  const hasWhole = isOne && known(whole).length > 0;
  const gaps = isOne ? gapsText(of, slots, regions[0]) : "";
  const begin = gaps.charAt(0).toUpperCase() + gaps.slice(1);
  const said = [...meaning(course), hasWhole ? lineText("whole") : "", gaps && `${begin}.`];
  return el(
    "figure",
    { class: "kg-figure" },
    isOne ? null : el("p", { class: "kg-which" }, regions.map(nameOfLine)),
    drawing,
    el("figcaption", { class: "kg-note" }, spaced(said)),
  );
}

/** @param {number} region */
function chartSection(region) {
  const { pair } = view();
  return (pair ?? [layer()]).map((of) => {
    const drawn = chart(of, [region]);
    return drawn && [el("h3", {}, lineText("title", { indicator: word(of.label) })), drawn];
  });
}

Object.assign(parts, { line: monthsLine, lineNote, chart });
addSection(chartSection);
// After the page's own listener, which draws the rest of the rows.
setTimeout(() => addEventListener("beforeprint", drawWaiting));
watch(SHOWN, () => {
  waiting = [];
  const now = view();
  const hasLines = !now.pair && now.mode === "value" && courseOf(now.layer) !== null;
  byId("kg-ranking").classList.toggle("kg-lined", hasLines);
});
