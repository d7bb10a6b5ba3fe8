/* The page: draws the map, keeps picker, legend, ranking and sheet in step.
 *
 * In: the data in #kg-data, Leaflet, the pure functions of core.js.
 * State is one object; every change goes through choose(), setPeriod(), setLanguage(),
 * openSheet() or light(), each of which redraws what depends on it. */
"use strict";

(function (core) {
  const { el, show } = core;
  const data = JSON.parse(document.getElementById("kg-data").textContent);
  const regions = data.codes.map((_, i) => i);
  const kinds = data.points.map((kind) => ({ ...kind, points: core.readPoints(kind) }));
  const state = {
    language: data.language, layer: data.first, period: data.periods.length - 1,
    region: null, lit: null, hidden: new Set(),
  };
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const byId = (id) => document.getElementById(id);

  /* Words and numbers ----------------------------------------------------------- */
  const t = (key, values) => core.fill(data.texts[state.language][key], values || {});
  const word = (words) => typeof words === "string" ? words : words[state.language];
  const number = (value, digits) =>
    core.formatNumber(value, digits, { thousands: t("thousands"), decimal: t("decimal") });
  const count = (value) => number(value, Number.isInteger(value) ? 0 : 1);
  const layer = () => data.layers[state.layer];
  const cells = () => layer().cells[state.period];
  const value = (of, v) => number(v, of.digits) + (word(of.unit) === "%" ? " %" : "");
  const valueWithUnit = (of, v) =>
    number(v, of.digits) + (word(of.unit) ? ` ${word(of.unit)}` : "");
  const periodWord = (i) => word(data.periods[i]);
  const statusWord = (status) => data.texts[state.language][status] || t("missing");
  function fullName(i) {
    const [kind, name] = [data.kinds[i], data.names[i]];
    return kind && !name.startsWith(kind) ? `${kind} ${name}` : name;
  }

  /** Layers by theme, in the order in which themes first occur. */
  function themes() {
    const found = new Map();
    for (const one of data.layers) {
      const theme = word(one.theme);
      found.set(theme, [...(found.get(theme) || []), one]);
    }
    return [...found];
  }

  function paint(i) {
    const at = core.classOf(cells().values[i], layer().classes);
    return at === null ? core.hatch(core.statusOf(cells(), i)) : layer().classes.colours[at];
  }

  /* The map --------------------------------------------------------------------- */
  const map = L.map("kg-map", {
    attributionControl: false, zoomControl: false, maxZoom: 14, zoomSnap: 0.25, zoomDelta: 0.5,
    zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm,
    renderer: L.svg({ padding: 1 }),
  });
  for (const [name, level] of [["around", 390], ["outline", 440], ["names", 620]]) {
    map.createPane(`kg-${name}`).style.zIndex = level;
    map.getPane(`kg-${name}`).style.pointerEvents = "none";
  }
  const still = { interactive: false, smoothFactor: 0, noClip: true };
  const around = core.readShapes(data.around);
  if (around.length) {
    L.polygon(around.flat(), { ...still, pane: "kg-around", color: "#fff", weight: 1, fillColor: "#d9d8d2", fillOpacity: 1 })
      .addTo(map);
  }
  const shapes = core.readShapes(data.shapes);
  const paths = shapes.map((shape, i) => {
    const path = L.polygon(shape, {
      smoothFactor: 0, noClip: true, color: "#46525b", weight: 0.9, fillOpacity: 1, className: "kg-region",
    });
    path.bindTooltip(() => regionTip(i), { sticky: true, direction: "auto" });
    path.on("mouseover", () => light(i)).on("mouseout", () => light(null));
    path.on("click", () => openSheet(i));
    return path.addTo(map);
  });
  const outline = (weight) =>
    L.polygon([], { ...still, pane: "kg-outline", fill: false, color: "#0a2233", weight }).addTo(map);
  const chosenOutline = outline(3.4), litOutline = outline(2.4);
  const bounds = L.featureGroup(paths).getBounds();
  /** Show all regions; where there is room to spare, beside the legend. */
  function home() {
    map.fitBounds(bounds, { padding: [14, 14], animate: false });
    const legend = byId("kg-legend");
    if (getComputedStyle(legend).position !== "absolute") return;
    const wide = map.latLngToLayerPoint(bounds.getNorthEast()).x - map.latLngToLayerPoint(bounds.getSouthWest()).x;
    const spare = Math.max(0, map.getSize().x - wide - 28);
    map.panBy([-Math.min(spare, legend.offsetWidth + 24) / 2, 0], { animate: false });
  }
  home();
  map.setMinZoom(Math.floor(map.getZoom()) - 2); // whole: clusters lose points otherwise
  L.control.scale({ imperial: false, position: "bottomright", maxWidth: 140 }).addTo(map);
  let zoomControl = null;

  function drawZoomControl() {
    if (zoomControl) zoomControl.remove();
    zoomControl = L.control.zoom({ position: "topright", zoomInTitle: "+", zoomOutTitle: "−" }).addTo(map);
    const reset = el("a", { href: "#", role: "button", title: t("reset"), "aria-label": t("reset"),
      onclick: (event) => { event.preventDefault(); home(); } }, "⌂");
    zoomControl.getContainer().append(reset);
    L.DomEvent.disableClickPropagation(zoomControl.getContainer());
  }

  function regionTip(i) {
    const of = layer(), here = cells(), v = here.values[i];
    const ranks = core.rank(here.values, core.ascending(of));
    const n = ranks.filter((r) => r !== null).length;
    const parts = v !== null && here.bottom && here.bottom[i] !== null
      ? ` (${count(here.top[i])} / ${count(here.bottom[i])})` : "";
    return el("div", { class: "kg-tip" },
      el("b", {}, fullName(i)),
      el("span", {}, word(of.label) + (periodWord(state.period) ? `, ${periodWord(state.period)}` : "")),
      el("span", { class: "kg-tip-value" },
        v === null ? statusWord(core.statusOf(here, i)) : valueWithUnit(of, v) + parts),
      v === null ? null
        : el("span", {}, `${t("position", { rank: ranks[i], n })} (${t("order_" + of.order)})`),
      core.statusOf(here, i) === "partial" ? el("span", {}, t("partial")) : null);
  }

  /* Keyboard on the map: one stop for Tab, arrows move, Enter opens. */
  const TOWARDS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  let stop = 0;
  function setStop(i) {
    paths[stop].getElement().setAttribute("tabindex", "-1");
    stop = i;
    paths[stop].getElement().setAttribute("tabindex", "0");
  }
  paths.forEach((path, i) => {
    const element = path.getElement();
    element.setAttribute("tabindex", i === 0 ? "0" : "-1");
    element.setAttribute("role", "button");
    element.addEventListener("focus", () => light(i));
    element.addEventListener("blur", () => light(null));
    element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") openSheet(i);
      else if (event.key in TOWARDS) {
        const places = data.places.map(([lon, lat]) => ({ x: lon, y: -lat }));
        const next = core.neighbourTowards(places, i, ...TOWARDS[event.key]);
        if (next >= 0) {
          setStop(next);
          paths[next].getElement().focus();
        }
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
  });

  /* Names: measured once, placed anew when the view changes. */
  const names = regions.map((i) => el("div", { class: "kg-name", "aria-hidden": "true", dir: "auto" }, data.names[i]));
  const lines = core.svg("svg", { class: "kg-lines", width: 1, height: 1, "aria-hidden": "true" });
  map.getPane("kg-names").append(lines, ...names);
  let sizes = [];
  function measureNames() {
    sizes = names.map((name) => {
      const range = document.createRange();
      range.selectNodeContents(name);
      return [Math.ceil(range.getBoundingClientRect().width) + 7, name.offsetHeight];
    });
    names.forEach((name, i) => { name.style.width = `${sizes[i][0]}px`; });
  }

  function placeNames() {
    const corner = map.containerPointToLayerPoint([0, 0]), size = map.getSize();
    const view = { left: corner.x, top: corner.y, right: corner.x + size.x, bottom: corner.y + size.y };
    const labels = regions.map((i) => {
      const [lon, lat, roomX, roomY] = data.places[i];
      const at = map.latLngToLayerPoint([lat, lon]);
      const edge = map.latLngToLayerPoint([lat + roomY, lon + roomX]);
      return { x: at.x, y: at.y, w: sizes[i][0], h: sizes[i][1], roomX: edge.x - at.x, roomY: at.y - edge.y };
    });
    const placed = core.placeNames(labels, view, regions.length <= 40 && size.x > 560);
    lines.replaceChildren();
    placed.forEach((place, i) => {
      names[i].hidden = place === null;
      if (!place) return;
      const { x, y, w, h } = { ...labels[i], ...place };
      L.DomUtil.setPosition(names[i], L.point(x - w / 2, y - h / 2));
      if (place.line) {
        const edge = {
          x: Math.max(x - w / 2, Math.min(x + w / 2, labels[i].x)),
          y: Math.max(y - h / 2, Math.min(y + h / 2, labels[i].y)),
        };
        lines.append(
          core.svg("line", { x1: labels[i].x, y1: labels[i].y, x2: edge.x, y2: edge.y }),
          core.svg("circle", { cx: labels[i].x, cy: labels[i].y, r: 2.2 }));
      }
    });
  }
  map.on("zoomstart", () => { map.getPane("kg-names").style.visibility = "hidden"; });
  map.on("zoomend moveend resize", () => {
    map.getPane("kg-names").style.visibility = "";
    placeNames();
  });

  /* Points ---------------------------------------------------------------------- */
  const SignIcon = L.Icon.extend({
    createIcon() {
      const { kind, point, marker } = this.options;
      const name = point.name || t("no_name");
      const icon = el("div", { class: "kg-sign", "aria-label": `${word(kind.label)}: ${name}` }, core.sign(kind, point.odd));
      this._setIconStyles(icon, "icon");
      icon.addEventListener("focus", () => tip(marker));
      icon.addEventListener("blur", () => marker.closeTooltip());
      return icon;
    },
    createShadow: () => null,
  });
  function tip(marker) {
    if (!marker.getTooltip()) marker.bindTooltip(() => pointTip(marker), { direction: "top", offset: [0, -6] });
    marker.openTooltip();
  }
  function pointTip(marker) {
    const { kind, point } = marker.options.icon.options;
    return el("div", { class: "kg-tip" },
      el("b", { dir: "auto" }, point.name || t("no_name")),
      el("span", {}, word(kind.label) + (point.region >= 0 ? ` · ${data.names[point.region]}` : "")),
      point.odd ? el("span", {}, t(`points_${point.odd}`)) : null);
  }
  function clusterTip(cluster) {
    const here = new Map();
    for (const marker of cluster.getAllChildMarkers()) {
      const label = word(marker.options.icon.options.kind.label);
      here.set(label, (here.get(label) || 0) + 1);
    }
    return el("div", { class: "kg-tip" },
      el("b", {}, t("cluster", { n: count(cluster.getChildCount()) })),
      [...here].map(([label, n]) => el("span", {}, `${label}: ${count(n)}`)));
  }
  let cluster = null;
  if (kinds.length) {
    cluster = L.markerClusterGroup({
      maxClusterRadius: 50, showCoverageOnHover: false, animate: !calm, spiderfyDistanceMultiplier: 1.3,
      iconCreateFunction(group) {
        const n = group.getChildCount(), size = n < 10 ? 24 : n < 100 ? 28 : 34;
        const html = el("div", { class: "kg-cluster", style: `width:${size}px;height:${size}px` }, String(n));
        return L.divIcon({ html, className: "", iconSize: [size, size] });
      },
    });
    for (const kind of kinds) {
      kind.markers = kind.points.map((point) => {
        const marker = L.marker([point.lat, point.lon]);
        marker.setIcon(new SignIcon({ kind, point, marker, iconSize: [20, 20] }));
        return marker;
      });
      if (kind.points.length > 30) state.hidden.add(kind.kind);
      else cluster.addLayers(kind.markers);
    }
    cluster.on("mouseover", (event) => tip(event.layer));
    cluster.on("clustermouseover", ({ layer: group }) => {
      group.bindTooltip(() => clusterTip(group), { direction: "top", offset: [0, -12] }).openTooltip();
    });
    map.addLayer(cluster);
  }
  /** Show these kinds and no others; clustered anew. */
  function showKinds(shown) {
    state.hidden = new Set(kinds.filter((kind) => !shown.includes(kind)).map((kind) => kind.kind));
    cluster.clearLayers();
    cluster.addLayers(shown.flatMap((kind) => kind.markers));
    drawPointList();
  }

  /* What stands around the map -------------------------------------------------- */
  function drawFrame() {
    document.documentElement.lang = state.language;
    document.title = word(data.title);
    show("kg-skip", t("skip"));
    show("kg-title", word(data.title));
    show("kg-indicator-label", t("indicator"));
    show("kg-period-label", t("period"));
    show("kg-about-title", t("about"));
    show("kg-print", t("print"));
    byId("kg-map").setAttribute("aria-label", t("map_help"));
    byId("kg-map").setAttribute("role", "group");
    byId("kg-view").setAttribute("aria-label", t("map"));
    byId("kg-legend").setAttribute("aria-label", t("legend"));
    byId("kg-languages").setAttribute("aria-label", t("language"));
    show("kg-languages", Object.keys(data.texts).map((language) => el("button",
      { type: "button", lang: language, "aria-pressed": String(language === state.language), onclick: () => setLanguage(language) },
      language.toUpperCase())));
    show("kg-ribbon", t("sample")).hidden = !data.sample;
    show("kg-indicator", themes().map(([theme, layers]) => {
      const options = layers.map((one) =>
        el("option", { value: data.layers.indexOf(one) }, word(one.label)));
      return theme ? el("optgroup", { label: theme }, options) : options;
    }));
    byId("kg-indicator").value = state.layer;
    show("kg-period", data.periods.map((_, i) => el("option", { value: i }, periodWord(i) || t("no_period"))));
    byId("kg-period").value = state.period;
    byId("kg-period-field").hidden = data.periods.length < 2;
    drawZoomControl();
    drawPointList();
  }

  /** Put the legend where it covers least of the map: top or bottom, on the left. */
  function placeLegend() {
    const box = byId("kg-legend"), size = map.getSize();
    const covered = (top) => shapes.flat(3).filter((vertex) => {
      const at = map.latLngToContainerPoint(vertex);
      return at.x < box.offsetWidth + 20 && (top ? at.y < box.offsetHeight + 20 : at.y > size.y - box.offsetHeight - 20);
    }).length;
    box.classList.toggle("kg-legend-top", covered(true) < covered(false));
  }

  function drawFooter() {
    const source = word(data.source) || word(layer().source);
    const line = [
      source ? `${t("numbers")}: ${source}` : "",
      word(data.boundaries),
      data.date ? `${t("made")}: ${data.date}` : "",
      t("made_with"),
    ];
    const notes = data.notes.map((note) => word(note));
    if (data.sample) notes.unshift(`${t("sample")}: ${t("sample_long")}`);
    show("kg-footer",
      notes.length ? el("p", { class: "kg-notes" }, notes.join(" ")) : null,
      el("p", {}, line.filter(Boolean).join(" · ")));
  }

  function drawPointList() {
    const shown = kinds.filter((kind) => !state.hidden.has(kind.kind));
    const total = (some) => count(some.reduce((sum, kind) => sum + kind.points.length, 0));
    byId("kg-points").hidden = !kinds.length;
    show("kg-points-title", el("b", {}, t("points")), " ", el("span", {}, t("points_shown", { n: total(shown), all: total(kinds) })));
    const all = (key, these) =>
      el("button", { type: "button", class: "kg-small", onclick: () => showKinds(these) }, t(key));
    show("kg-points-list",
      kinds.map((kind) => el("label", {},
        el("input", {
          type: "checkbox", checked: !state.hidden.has(kind.kind), "data-kind": kind.kind,
          onchange: (event) => {
            showKinds(kinds.filter((one) => (one === kind ? event.target.checked : shown.includes(one))));
            byId("kg-points").querySelector(`[data-kind="${CSS.escape(kind.kind)}"]`).focus();
          },
        }),
        core.sign(kind, ""), el("span", {}, word(kind.label)), el("span", {}, count(kind.points.length)))),
      el("p", {}, all("points_all", kinds), all("points_none", [])));
  }

  function drawAbout() {
    const of = layer(), unit = word(of.unit);
    show("kg-direction", (unit ? `${t("unit")}: ${unit} · ` : "") + t(of.direction));
    const facts = [
      ["formula", word(of.formula)], ["source", word(of.source)], ["standard", word(of.standard)],
      ["classes", t(`method_${of.classes.method}`)],
    ].filter(([, text]) => text);
    show("kg-about-list", facts.map(([key, text]) => [el("dt", {}, t(key)), el("dd", {}, text)]));
    show("kg-subtitle", [word(data.subtitle), periodWord(state.period)].filter(Boolean).join(" · "));
  }

  function drawLegend() {
    const of = layer(), { counts, others } = core.countClasses(cells(), of.classes);
    const unit = word(of.unit);
    const line = (swatch, text, n) =>
      el("li", {}, core.swatch(swatch), el("span", {}, text), el("span", {}, count(n)));
    const classes = counts.map((n, i) => line(of.classes.colours[i], of.classes.labels[state.language][i], n));
    if (of.direction !== "better") classes.reverse();
    show("kg-legend",
      el("h2", {}, word(of.label)),
      el("p", {}, [unit, periodWord(state.period)].filter(Boolean).join(" · ")),
      el("ul", {}, classes, Object.entries(others).map(([status, n]) =>
        line(core.hatch(status), statusWord(status), n))),
      el("p", {}, counts.some(Boolean)
        ? t(of.direction === "context" ? "rule_context" : "rule_attention") : t("all_missing")));
  }

  function drawRanking() {
    const of = layer(), { values, province } = cells();
    const ascending = core.ascending(of), ranks = core.rank(values, ascending);
    const known = [...values, province, of.line].filter((v) => v !== null);
    const scale = (v) => core.bar(v, Math.min(...known), Math.max(...known));
    const rows = core.order(values, ascending).map((i) => [values[i], regionRow(of, i, ranks[i], scale)]);
    if (province !== null) {
      const after = (v) => v === null || (ascending ? v > province : v < province);
      let at = rows.findIndex(([v]) => after(v));
      if (at < 0) at = rows.length;
      rows.splice(at, 0, [province, el("li", {}, rowOf("div", { class: "kg-row kg-province" }, "",
        t("province"), track(of, province, scale, null), value(of, province), false))]);
    }
    show("kg-ranking",
      el("div", { class: "kg-head" }, el("h2", {}, t("ranking")), el("span", {}, t(`order_${of.order}`))),
      el("ol", {}, rows.map(([, row]) => row)),
      of.line === null ? null
        : el("p", { class: "kg-note" }, `┆ ${t("standard")}: ${word(of.standard) || valueWithUnit(of, of.line)}`));
    markRanking();
  }
  function regionRow(of, i, rank, scale) {
    const v = values()[i], none = v === null;
    return el("li", {}, rowOf("button",
      {
        type: "button", class: "kg-row", "data-region": i,
        onclick: () => openSheet(i), onmouseenter: () => light(i), onmouseleave: () => light(null),
        onfocus: () => light(i), onblur: () => light(null),
      },
      none ? "" : String(rank), data.names[i],
      none ? el("span", {}) : track(of, v, scale, paint(i)),
      none ? statusWord(core.statusOf(cells(), i)) : value(of, v), none));
  }
  const values = () => cells().values;
  const rowOf = (tag, attributes, rank, name, bar, text, none) => el(tag, attributes,
    el("span", {}, rank), el("span", { class: "kg-row-name", title: name, dir: "auto" }, name), bar,
    el("span", { class: none ? "kg-row-value kg-none" : "kg-row-value" }, text));
  function track(of, v, scale, colour) {
    const { left, width } = scale(v);
    const line = of.line === null ? null
      : el("u", { style: `left:${scale(of.line).left + (of.line > 0 ? scale(of.line).width : 0)}%` });
    return el("span", { class: "kg-track", "aria-hidden": "true" },
      el("i", { style: `left:${left}%;width:${width}%` + (colour ? `;background:${colour}` : "") }), line);
  }
  function markRanking() {
    for (const row of byId("kg-ranking").querySelectorAll("[data-region]")) {
      const i = Number(row.dataset.region);
      row.classList.toggle("kg-lit", i === state.lit);
      row.setAttribute("aria-current", String(i === state.region));
    }
  }

  function paintRegions() {
    const of = layer();
    paths.forEach((path, i) => {
      const v = values()[i];
      path.setStyle({ fillColor: paint(i) });
      path.getElement().setAttribute("aria-label",
        `${fullName(i)}: ${v === null ? statusWord(core.statusOf(cells(), i)) : valueWithUnit(of, v)}; ${t("open")}`);
    });
  }

  /* Changes --------------------------------------------------------------------- */
  function drawLayer() {
    paintRegions();
    drawAbout();
    drawLegend();
    drawRanking();
    drawFooter();
    if (state.region !== null) drawSheet();
  }
  const say = (text) => { byId("kg-live").textContent = text; };

  function choose(of) {
    state.layer = data.layers.indexOf(of);
    byId("kg-indicator").value = state.layer;
    drawLayer();
    say(t("showing", { indicator: word(of.label), period: periodWord(state.period) || t("no_period") }));
  }
  function setPeriod(i) {
    state.period = i;
    choose(layer());
  }
  function setLanguage(language) {
    state.language = language;
    drawFrame();
    drawLayer();
    byId("kg-languages").querySelector("[aria-pressed=true]").focus();
  }
  function light(i) {
    state.lit = i;
    litOutline.setLatLngs(i === null ? [] : shapes[i]);
    markRanking();
  }

  let opener = null;
  function drawSheet() {
    show("kg-sheet", core.sheet(page, state.region)).setAttribute("aria-labelledby", "kg-sheet-title");
  }
  function openSheet(i) {
    if (state.region === null) opener = document.activeElement;
    state.region = i;
    setStop(i);
    chosenOutline.setLatLngs(shapes[i]);
    drawSheet();
    markRanking();
    byId("kg-sheet").hidden = false;
    byId("kg-overview").hidden = true;
    byId("kg-panel").scrollTop = 0;
    byId("kg-sheet").focus({ preventScroll: innerWidth > 820 });
    say(`${t("sheet")}: ${fullName(i)}`);
  }
  function closeSheet() {
    const i = state.region;
    if (i === null) return;
    state.region = null;
    chosenOutline.setLatLngs([]);
    byId("kg-sheet").hidden = true;
    byId("kg-overview").hidden = false;
    markRanking();
    const back = opener && opener.isConnected && opener !== document.body ? opener
      : byId("kg-ranking").querySelector(`[data-region="${i}"]`);
    back.focus({ preventScroll: true });
  }
  const page = {
    data, state, kinds, t, word, number, count, layer, value, periodWord, statusWord, fullName, themes,
    choose, closeSheet,
  };

  /* Printing: the map takes its printed size while the browser lays out the paper. */
  let opened = [];
  function beforePrint() {
    document.documentElement.classList.add("kg-printing");
    byId("kg-footer").after(byId("kg-sheet"));
    opened = [byId("kg-points")].filter((one) => !one.open);
    opened.forEach((one) => { one.open = true; });
    map.invalidateSize({ animate: false });
    home();
    placeLegend();
  }
  function afterPrint() {
    document.documentElement.classList.remove("kg-printing");
    byId("kg-panel").prepend(byId("kg-sheet"));
    opened.forEach((one) => { one.open = false; });
    map.invalidateSize({ animate: false });
  }
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", afterPrint);

  byId("kg-print").addEventListener("click", () => print());
  byId("kg-indicator").addEventListener("change", (event) => choose(data.layers[event.target.value]));
  byId("kg-period").addEventListener("change", (event) => setPeriod(Number(event.target.value)));
  addEventListener("keydown", (event) => { if (event.key === "Escape") closeSheet(); });

  byId("kg-patterns").append(core.patterns());
  drawFrame();
  drawLayer();
  measureNames();
  map.invalidateSize({ animate: false });
  home();
  placeLegend();
  placeNames();
  core.map = map;
})(kkbpk);
