/* The page: holds the state, and keeps map, legend, lists and sheet in step.
 *
 * In: the data in #kg-data, Leaflet, the other scripts. Every change of state goes
 * through update() or one of the few functions beside it; each redraws what depends on
 * it, and writes the view into the address. */
"use strict";

(function (core) {
  const { el, show } = core;
  const data = JSON.parse(document.getElementById("kg-data").textContent);
  for (const one of data.levels) one.layers = core.readLayers(one.layers, data.pool);
  const byId = (id) => document.getElementById(id);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const STEP = 1100; // milliseconds a period stays while playing
  const state = {
    language: data.language, level: 0, within: null, layer: data.levels[0].first, mode: "value", second: -1,
    period: data.levels[0].periods.length - 1, region: null, lit: null, only: new Set(), hidden: new Set(),
    list: "ranking", sort: { key: "", up: true }, radius: 0, basemap: false,
  };

  const page = { data, state, calm, byId };
  Object.assign(page, core.makeWords(page));
  const { t, word, level, layer, value, view, inScope, isLoud, periodWord, heading, subtitle, sourceLine, notes } = page;
  const { modeWord, scopeWord, levelWord, themes, fullName } = page;

  /* What stands around the map --------------------------------------------------- */
  function drawFrame() {
    document.documentElement.lang = state.language;
    document.title = word(data.title);
    const words = {
      skip: "skip", title: null, "indicator-label": "indicator", "second-label": "second", "mode-label": "mode",
      "period-label": "period", "about-title": "about", print: "print", "take-title": "take",
      "take-png": "take_png", "take-svg": "take_svg", "take-csv": "take_csv", "print-a3": "print_a3",
    };
    for (const [id, key] of Object.entries(words)) show(`kg-${id}`, key ? t(key) : word(data.title));
    const names = {
      map: "map_help", view: "map", legend: "legend", languages: "language", search: "search", levels: "levels",
      lists: "lists", panel: "panel", choice: "choice",
    };
    for (const [id, key] of Object.entries(names)) byId(`kg-${id}`).setAttribute("aria-label", t(key));
    byId("kg-map").setAttribute("role", "group");
    byId("kg-search").placeholder = t("search");
    show("kg-languages", Object.keys(data.texts).map((language) => press(language.toUpperCase(),
      language === state.language, () => setLanguage(language), { lang: language })));
    show("kg-ribbon", t("sample")).hidden = !data.sample;
    show("kg-second", el("option", { value: -1 }, t("second_none")), options((_, one) => !one.kinds));
    byId("kg-levels").hidden = data.levels.length < 2;
    show("kg-basemap", data.basemap ? press(t("basemap"), state.basemap, toggleBasemap, {}) : []);
    page.map.drawControls();
    page.points.drawList();
    drawPicker();
  }
  const press = (text, on, onclick, more) =>
    el("button", { type: "button", "aria-pressed": String(on), onclick, ...more }, text);

  function options(fits) {
    return themes().map(([theme, layers]) => {
      const found = layers.filter((one) => fits(`${word(one.label)} ${theme} ${one.key}`, one)).map((one) =>
        el("option", { value: level().layers.indexOf(one) }, word(one.label)));
      return !found.length ? [] : theme ? el("optgroup", { label: theme }, found) : found;
    });
  }
  /** The list of indicators; only those that fit what is typed, open while one types. */
  function drawPicker() {
    const typed = byId("kg-search").value.trim(), select = byId("kg-indicator");
    show("kg-indicator", options((text) => core.matches(text, typed)));
    const found = select.options.length;
    select.size = typed ? Math.max(2, Math.min(8, found + select.querySelectorAll("optgroup").length)) : 0;
    select.value = state.layer;
    if (typed) say(t("found", { n: found }));
  }

  function drawChoices() {
    const of = layer(), unit = word(of.unit), several = level().periods.length > 1;
    byId("kg-indicator").value = state.layer;
    byId("kg-second").value = state.second;
    byId("kg-second").disabled = Boolean(of.kinds);
    const modes = Object.keys(of.modes);
    show("kg-mode", modes.map((one) => el("option", { value: one }, t(`mode_${one}`))));
    byId("kg-mode").value = modes.includes(state.mode) ? state.mode : "value";
    byId("kg-mode").disabled = state.second >= 0 || modes.length < 2;
    const slider = byId("kg-period");
    byId("kg-period-field").hidden = !several;
    slider.max = level().periods.length - 1;
    slider.value = state.period;
    slider.setAttribute("aria-valuetext", periodWord(state.period));
    show("kg-period-word", periodWord(state.period));
    show("kg-direction", of.kinds ? t("kinds_note") : (unit ? `${t("unit")}: ${unit} · ` : "") + t(of.direction));
    const facts = [
      ["formula", word(of.formula)], ["source", word(of.source)], ["standard", word(of.standard)],
      ["classes", view().pair ? t("pair_classes") : t(`method_${view().classes.method}`)],
    ].filter(([, text]) => text);
    show("kg-about-list", facts.map(([key, text]) => [el("dt", {}, t(key)), el("dd", {}, text)]));
    show("kg-subtitle", subtitle());
    show("kg-levels", data.levels.length < 2 ? [] : [
      ...data.levels.map((one, k) => press(levelWord(one), k === state.level && state.within === null, () => setLevel(k, null), {})),
      state.within === null ? null : el("span", {}, scopeWord()),
    ]);
  }

  const drawFooter = () => show("kg-footer",
    notes() ? el("p", { class: "kg-notes" }, notes()) : null, el("p", {}, sourceLine()));

  function drawLists() {
    const { pair, kinds } = view(), table = state.list === "table";
    show("kg-lists",
      press(t(pair ? "corners" : kinds ? "kinds" : "ranking"), !table, () => setList("ranking"), { id: "kg-as-ranking" }),
      press(t("table"), table, () => setList("table"), { id: "kg-as-table" }),
      pair || kinds || table ? null : el("span", {}, view().mode === "rank" ? t(`order_${view().layer.order}`) : t(`order_${view().orderKey}`)));
    show("kg-ranking", table ? core.table(page) : core.ranking(page));
    markLists();
  }
  function markLists() {
    for (const row of byId("kg-ranking").querySelectorAll("[data-region]")) {
      const i = Number(row.dataset.region);
      row.classList.toggle("kg-lit", i === state.lit);
      row.setAttribute("aria-current", String(i === state.region));
    }
    for (const tick of byId("kg-legend").querySelectorAll("[data-tick]")) {
      tick.classList.toggle("kg-lit", Number(tick.dataset.tick) === state.lit);
    }
  }

  /* Changes ---------------------------------------------------------------------- */
  /** Take over changes of the state and redraw what shows them. */
  function update(changes) {
    Object.assign(state, changes);
    if (layer().modes[state.mode] === undefined) state.mode = "value";
    if (state.second === state.layer || layer().kinds || level().layers[state.second]?.kinds) state.second = -1;
    page.forget();
    page.map.paint();
    drawChoices();
    show("kg-legend", core.legend(page));
    drawLists();
    drawFooter();
    if (state.region !== null) drawSheet();
    page.remember();
  }
  const say = (text) => { byId("kg-live").textContent = text; };
  const tell = () => say(t("showing", {
    indicator: [heading(), modeWord()].filter(Boolean).join(", "), period: page.whenWord() || t("no_period"),
  }));

  function choose(of) {
    update({ layer: level().layers.indexOf(of), only: new Set() });
    tell();
  }
  function setPeriod(i) {
    update({ period: i });
    tell();
  }
  function filter(key) {
    const only = new Set(key === null ? [] : state.only);
    if (key !== null && !only.delete(key)) only.add(key);
    update({ only });
    const button = [...byId("kg-legend").querySelectorAll("[data-key], [data-cell]")]
      .find((one) => (one.dataset.key ?? one.dataset.cell) === String(key));
    if (button) button.focus();
    say(key === null ? t("filter_off") : t("found", { n: level().names.filter((_, i) => isLoud(i)).length }));
  }
  function setList(list) {
    update({ list });
    byId(`kg-as-${list}`).focus();
  }
  function sortBy(key) {
    update({ sort: { key, up: state.sort.key === key ? !state.sort.up : key === "name" || key === "rank" } });
    byId("kg-ranking").querySelector(`[data-column="${key}"] button`).focus();
  }
  function setLanguage(language) {
    state.language = language;
    page.forget();
    drawFrame();
    update({});
    byId("kg-languages").querySelector("[aria-pressed=true]").focus();
  }
  function light(i) {
    if (state.lit === i) return;
    state.lit = i;
    page.map.light(i);
    markLists();
  }
  let showTiles = null;
  function toggleBasemap() {
    showTiles = showTiles || core.makeBasemap(page);
    state.basemap = !state.basemap;
    showTiles(state.basemap);
    show("kg-basemap", press(t("basemap"), state.basemap, toggleBasemap, {}));
    byId("kg-basemap").firstChild.focus();
  }

  /* Levels: the same indicator, period and mode where the other level has them. */
  const canDrill = (i) => state.level === 0 && data.levels.length > 1 &&
    data.levels[1].parents.some((code) => word(code) === level().codes[i]);
  function drillDown(i) {
    if (canDrill(i)) setLevel(1, i);
    else if (state.level > 0) setLevel(0, null);
  }
  function setLevel(to, within) {
    const before = layer(), second = level().layers[state.second], period = level().periods[state.period];
    closeSheet();
    const there = data.levels[to], find = (one) => there.layers.findIndex((other) => one && other.key === one.key);
    const same = find(before), then = there.periods.indexOf(period);
    state.level = to;
    page.forget();
    page.map.draw();
    update({
      within, layer: same < 0 ? there.first : same, second: find(second),
      period: then < 0 ? there.periods.length - 1 : then, only: new Set(), lit: null,
    });
    drawFrame();
    drawChoices();
    page.map.light(null);
    page.map.home();
    page.map.placeNames();
    say(`${t("map")}: ${scopeWord() || levelWord(there)}`);
  }

  /* The sheet -------------------------------------------------------------------- */
  let opener = null;
  function drawSheet() {
    show("kg-sheet", core.sheet(page, state.region)).setAttribute("aria-labelledby", "kg-sheet-title");
  }
  function showSheet(open) {
    byId("kg-sheet").hidden = !open;
    byId("kg-overview").hidden = open;
    document.body.classList.toggle("kg-open", open);
  }
  function openSheet(i) {
    if (state.region === null) opener = document.activeElement;
    state.region = i;
    page.map.choose(i);
    drawSheet();
    markLists();
    showSheet(true);
    byId("kg-panel").scrollTop = 0;
    byId("kg-sheet").focus({ preventScroll: true });
    if (innerWidth <= 820) byId("kg-sheet").scrollIntoView({ block: "start" });
    say(`${t("sheet")}: ${fullName(i)}`);
    page.remember();
  }
  function closeSheet() {
    const i = state.region;
    if (i === null) return;
    state.region = null;
    page.map.choose(null);
    showSheet(false);
    markLists();
    const back = opener && opener.isConnected && opener !== document.body ? opener
      : byId("kg-ranking").querySelector(`[data-region="${i}"]`);
    if (back) back.focus({ preventScroll: true });
    page.remember();
  }

  /* Periods that play ------------------------------------------------------------- */
  let playing = null;
  function play() {
    if (playing) return pause();
    if (state.period === level().periods.length - 1) setPeriod(0);
    playing = setInterval(() => {
      setPeriod(state.period + 1);
      if (state.period === level().periods.length - 1) pause();
    }, STEP);
    drawPlay();
  }
  function pause() {
    clearInterval(playing);
    playing = null;
    drawPlay();
  }
  function drawPlay() {
    const button = show("kg-play", playing ? "❚❚" : "▶");
    button.setAttribute("aria-label", t(playing ? "pause" : "play"));
    button.title = t(playing ? "pause" : "play");
  }

  Object.assign(page, { say, choose, filter, sortBy, openSheet, closeSheet, drillDown, canDrill, light, update, setLevel, drawFrame });
  Object.assign(page, core.makeAddress(page), core.makePaper(page));
  core.page = page;
  page.map = core.makeMap(page);
  core.map = page.map.leaflet;
  page.map.draw();
  page.map.home();
  core.map.setMinZoom(core.map.getZoom() - 1.5);
  page.points = core.makePoints(page);

  const on = (id, event, run) => byId(`kg-${id}`).addEventListener(event, run);
  on("print", "click", () => print());
  on("print-a3", "click", page.printA3);
  on("take-png", "click", () => core.savePng(page));
  on("take-svg", "click", () => core.saveSvg(page));
  on("take-csv", "click", () => core.saveCsv(page));
  on("indicator", "change", (event) => {
    if (event.target.value !== "") choose(level().layers[event.target.value]);
  });
  on("indicator", "click", endSearch);
  on("indicator", "keydown", (event) => { if (event.key === "Enter" || event.key === "Escape") endSearch(); });
  on("search", "input", drawPicker);
  on("search", "keydown", (event) => {
    const select = byId("kg-indicator");
    if (event.key === "ArrowDown") select.focus();
    else if (event.key === "Enter" && select.options.length) {
      choose(level().layers[select.options[0].value]);
      endSearch();
    } else if (event.key === "Escape") endSearch();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  function endSearch() {
    if (!byId("kg-search").value) return;
    byId("kg-search").value = "";
    drawPicker();
  }
  /* Rows of every list: pointing at one lights its region, its button opens the sheet. */
  const regionOf = (node) => node?.closest?.("[data-region]")?.dataset.region ?? null;
  const follow = (node) => light(regionOf(node) === null ? null : Number(regionOf(node)));
  on("ranking", "mouseover", (event) => follow(event.target));
  on("ranking", "mouseleave", () => light(null));
  on("ranking", "focusin", (event) => follow(event.target));
  on("ranking", "focusout", (event) => follow(event.relatedTarget));
  on("ranking", "click", (event) => {
    const button = event.target.closest("button"), region = regionOf(button);
    if (region !== null) openSheet(Number(region));
  });
  on("mode", "change", (event) => {
    update({ mode: event.target.value, only: new Set() });
    tell();
  });
  on("second", "change", (event) => {
    update({ second: Number(event.target.value), only: new Set() });
    page.map.placeLegend();
    tell();
  });
  for (const event of ["input", "change"]) {
    on("period", event, ({ target }) => {
      if (Number(target.value) !== state.period) setPeriod(Number(target.value));
    });
  }
  on("play", "click", play);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (byId("kg-take").open) byId("kg-take").open = false;
    else closeSheet();
  });
  addEventListener("click", (event) => {
    if (!byId("kg-take").contains(event.target) || event.target.closest("button")) byId("kg-take").open = false;
  });

  byId("kg-patterns").append(core.patterns());
  page.reopen();
  drawPlay();
  page.fit();
  page.points.draw();
  page.map.placeNames();
  performance.mark("kg-ready");
})(kkbpk);
