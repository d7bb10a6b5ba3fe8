// @ts-check
/* What stands around the map: title, tools, the choice of indicator, mode and level. */

import { matches } from "../core/text.js";
import { chooseLayer, openSheet, tellView } from "../page/actions.js";
import {
  byId,
  detailsById,
  el,
  focusInside,
  inputById,
  pressButton,
  say,
  selectById,
  show,
} from "../page/dom.js";
import { data, layer, level, state, update } from "../page/state.js";
import {
  levelWord,
  notes,
  sourceLine,
  subtitle,
  t,
  themes,
  view,
  word,
} from "../page/words.js";
import { parts } from "../page/parts.js";
import { refitMap } from "./room.js";

/* Elements of page.html by the label that each shows, and by the one that names it. */
const TEXTS = {
  skip: "skip",
  "indicator-label": "indicator",
  "second-label": "second",
  "mode-label": "mode",
  "period-label": "period",
  "about-title": "about",
  "values-label": "values",
  print: "print",
  "take-title": "take",
  "take-png": "take_png",
  "take-svg": "take_svg",
  "take-csv": "take_csv",
  "print-a3": "print_a3",
};
const NAMES = {
  map: "map_help",
  view: "map",
  legend: "legend",
  languages: "language",
  search: "search",
  lists: "lists",
  panel: "panel",
  choice: "choice",
};
const MOST_OPTIONS = 8; // lines of the list while one types
const MOST_REGIONS = 20; // in it

/* The frame, in the language ------------------------------------------------------- */

export function drawFrame() {
  document.documentElement.lang = state.language;
  document.title = word(data.title);
  show("kg-title", word(data.title));
  for (const [id, key] of Object.entries(TEXTS)) show(`kg-${id}`, t(key));
  for (const [id, key] of Object.entries(NAMES)) {
    byId(`kg-${id}`).setAttribute("aria-label", t(key));
  }
  byId("kg-map").setAttribute("role", "group");
  inputById("kg-search").placeholder = t("search");
  show("kg-languages", Object.keys(data.texts).map(languageButton));
  show("kg-ribbon", t("sample")).hidden = !data.sample;
}

/** @param {string} language */
function languageButton(language) {
  const choose = () => {
    update({ language });
    focusInside("kg-languages", "[aria-pressed=true]");
  };
  const isOn = language === state.language;
  return pressButton(language.toUpperCase(), isOn, choose, { lang: language });
}

export function drawFooter() {
  show(
    "kg-footer",
    notes() ? el("p", { class: "kg-notes" }, notes()) : null,
    el("p", {}, sourceLine()),
  );
}

/* The lists of indicators ---------------------------------------------------------- */

/**
 * The layers that fit, by theme.
 * @param {(text: string, layer: Layer) => boolean} fits
 */
const layerOptions = (fits) =>
  themes().map(([theme, layers]) => {
    const found = layers
      .filter((one) => fits(`${word(one.label)} ${theme} ${one.key}`, one))
      .map((one) => el("option", { value: level().layers.indexOf(one) }, word(one.label)));
    if (!found.length) return [];
    return theme ? el("optgroup", { label: theme }, found) : found;
  });

/**
 * The regions that fit what is typed, by name or alias; the value of each is below zero.
 * @param {string} typed
 */
function regionOptions(typed) {
  const { names, codes } = level();
  /** @param {string} name @param {number} i */
  const option = (name, i) =>
    matches(`${name} ${data.aliases[codes[i]] ?? ""}`, typed)
      ? el("option", { value: -1 - i }, parts.nameOf(i))
      : [];
  const found = names.map(option).flat().slice(0, MOST_REGIONS);
  return found.length ? el("optgroup", { label: levelWord(level()) }, found) : [];
}

/** The indicators and regions that fit what is typed, as an open list while one types. */
export function drawPicker() {
  const typed = inputById("kg-search").value.trim();
  const select = selectById("kg-indicator");
  const regions = typed ? regionOptions(typed) : [];
  show("kg-indicator", layerOptions((text) => matches(text, typed)), regions);
  // No name fits: what counts may be said in the formula.
  if (!select.options.length) {
    show("kg-indicator", layerOptions((_, one) => matches(word(one.formula), typed)));
  }
  const none = select.options.length ? "" : t("found_none", { typed });
  select.hidden = Boolean(none);
  show("kg-search-none", none).hidden = !none;
  const found = select.options.length;
  const lines = found + select.querySelectorAll("optgroup").length;
  select.size = typed ? Math.max(2, Math.min(MOST_OPTIONS, lines)) : 0;
  select.value = String(state.layer);
  if (typed) say(none || t("found", { n: found }));
}

/** The indicators to read together with the first: numbers, not kinds. */
export function drawSecondOptions() {
  const none = el("option", { value: -1 }, t("second_none"));
  show("kg-second", none, layerOptions((_, one) => !one.kinds));
}

function endSearch() {
  const search = inputById("kg-search");
  if (!search.value) return;
  search.value = "";
  drawPicker();
}

/**
 * Show an indicator that was found, or open the sheet of a region.
 * @param {string} value
 */
function goToFound(value) {
  const at = Number(value);
  if (at < 0) openSheet(-1 - at);
  else chooseLayer(level().layers[at]);
  endSearch();
}

/** @param {KeyboardEvent} event */
function searchByKey(event) {
  const select = selectById("kg-indicator");
  if (event.key === "ArrowDown") select.focus();
  else if (event.key === "Enter" && select.options.length) goToFound(select.options[0].value); else if (event.key === "Escape") endSearch();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/* What is chosen ------------------------------------------------------------------- */

export function drawChoices() {
  const of = layer();
  const second = selectById("kg-second");
  selectById("kg-indicator").value = String(state.layer);
  second.value = String(state.second);
  second.disabled = Boolean(of.kinds);
  drawModes(of);
  drawValuesBox();
  show("kg-direction", directionText(of));
  show(
    "kg-about-list",
    facts(of).map(([key, text]) => [el("dt", {}, t(key)), el("dd", {}, text)]),
  );
  show("kg-subtitle", subtitle());
}

/** @param {Layer} of */
function drawModes(of) {
  const modes = Object.keys(of.modes);
  show("kg-mode", modes.map((mode) => el("option", { value: mode }, t(`mode_${mode}`))));
  const select = selectById("kg-mode");
  select.value = state.mode;
  select.disabled = state.second >= 0 || modes.length < 2;
}

/** The box that puts the numbers on the map; colours of kinds say all there is. */
function drawValuesBox() {
  const box = inputById("kg-values");
  box.checked = state.values;
  box.disabled = Boolean(layer().kinds);
}

/** @param {Layer} of */
function directionText(of) {
  if (of.kinds) return t("kinds_note");
  const unit = word(of.unit);
  return (unit ? `${t("unit")}: ${unit} · ` : "") + t(of.direction);
}

/** @param {Layer} of */
function facts(of) {
  const now = view();
  const classes = now.pair ? t("pair_classes") : t(`method_${now.classes.method}`);
  const found = [
    ["formula", word(of.formula)],
    ["source", word(of.source)],
    ["standard", word(of.standard)],
    ["classes", classes],
  ];
  return found.filter(([, text]) => text);
}

/* What the reader does ------------------------------------------------------------- */

export function listenToChoices() {
  const indicator = selectById("kg-indicator");
  indicator.addEventListener("change", () => {
    // Arrow keys pass over regions: a sheet opens when one says so.
    if (Number(indicator.value) >= 0) chooseLayer(level().layers[Number(indicator.value)]);
  });
  const goThere = () => {
    if (indicator.size && indicator.value) goToFound(indicator.value);
  };
  indicator.addEventListener("click", goThere);
  indicator.addEventListener("keydown", ({ key }) => {
    if (key === "Enter") goThere();
    else if (key === "Escape") endSearch();
  });
  byId("kg-search").addEventListener("input", drawPicker);
  byId("kg-search").addEventListener("keydown", searchByKey);
  const mode = selectById("kg-mode");
  mode.addEventListener("change", () => {
    update({ mode: /** @type {Mode} */ (mode.value), only: new Set() });
    tellView();
  });
  const values = inputById("kg-values");
  values.addEventListener("change", () => update({ values: values.checked }));
  const second = selectById("kg-second");
  second.addEventListener("change", () => {
    update({ second: Number(second.value), only: new Set() });
    second.value = String(state.second); // the first itself cannot be the second
    refitMap(); // the square of two indicators is larger than a list of classes
    tellView();
  });
  addEventListener("click", ({ target }) => {
    const menu = detailsById("kg-take");
    const isOutside = target instanceof Node && !menu.contains(target);
    const isButton = target instanceof Element && target.closest("button");
    if (isOutside || isButton) menu.open = false;
  });
}
