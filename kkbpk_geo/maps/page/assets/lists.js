/* The lists beside the map: ranking with bars, table to sort, four corners in words.
 *
 * In: the page. Out: elements; rows carry data-region, by which workmap.js hears what
 * happens to them. core.columns also serves the CSV. */
"use strict";

(function (core) {
  const { el } = core;

  /* Ranking --------------------------------------------------------------------- */
  core.ranking = function (page) {
    const view = page.view(), { t } = page;
    if (view.pair) return corners(page);
    if (view.kinds) return kinds(page);
    const { values, province } = view.cells;
    const line = view.mode === "value" ? view.layer.line : null;
    const known = [...values.filter((_, i) => view.inside(i)), province, line].filter((v) => v !== null);
    const scale = (v) => core.bar(v, Math.min(...known), Math.max(...known));
    const rows = view.order.map((i) => [values[i], regionRow(page, i, scale, line)]);
    if (province !== null) {
      const after = (v) => v === null || (view.ascending ? v > province : v < province);
      let at = rows.findIndex(([v]) => after(v));
      if (at < 0) at = rows.length;
      rows.splice(at, 0, [province, el("li", {}, rowOf("div", { class: "kg-row kg-province" }, "",
        t("province"), track(page, province, scale, null, line), page.short(province), false))]);
    }
    return [
      el("ol", {}, rows.map(([, row]) => row)),
      line === null ? null
        : el("p", { class: "kg-note" }, `┆ ${t("standard")}: ${page.word(view.layer.standard) || page.long(line)}`),
    ];
  };

  function regionRow(page, i, scale, line) {
    const view = page.view(), v = view.cells.values[i], none = v === null;
    const quiet = page.isLoud(i) ? "" : " kg-quiet";
    return el("li", {}, rowOf("button",
      { type: "button", class: `kg-row${quiet}`, "data-region": i },
      none ? "" : String(view.ranks[i]), page.level().names[i],
      none ? el("span", {}) : track(page, v, scale, core.paint(view, i), line),
      none ? page.statusWord(core.statusOf(view.cells, i)) : page.short(v), none));
  }

  const rowOf = (tag, attributes, rank, name, bar, text, none) => el(tag, attributes,
    el("span", {}, rank), el("span", { class: "kg-row-name", title: name, dir: "auto" }, name), bar,
    el("span", { class: none ? "kg-row-value kg-none" : "kg-row-value" }, text));

  function track(page, v, scale, colour, line) {
    const { left, width } = scale(v);
    const mark = line === null ? null
      : el("u", { style: `left:${scale(line).left + (line > 0 ? scale(line).width : 0)}%` });
    return el("span", { class: "kg-track", "aria-hidden": "true" },
      el("i", { style: `left:${left}%;width:${width}%` + (colour ? `;background:${colour}` : "") }), mark);
  }

  /* Four corners ---------------------------------------------------------------- */
  const CORNERS = ["2,2", "2,0", "0,2", "0,0"];

  /** The four corners and who is in them: [[key, [names]], ...]. */
  core.cornerNames = (page) => CORNERS.map((key) =>
    [key, page.view().order.filter((i) => page.view().keyOf(i) === key).map((i) => page.level().names[i])]);

  function corners(page) {
    const view = page.view(), { t } = page;
    const rest = peopleOf(page, (key) => view.colourOf(key) && !CORNERS.includes(key));
    return [
      ...CORNERS.map((key) => corner(page, view.colourOf(key), core.pairWords(page, key), peopleOf(page, (k) => k === key))),
      corner(page, null, t("pair_rest"), rest),
      absent(page),
    ];
  }

  /** Who is of which kind, kind by kind, as the legend has them. */
  const kinds = (page) => [
    ...core.legendLines(page).filter(({ key }) => page.view().colourOf(key)).map(({ key, paint, text }) =>
      corner(page, paint, text, peopleOf(page, (k) => k === key))),
    absent(page),
  ];

  const peopleOf = (page, test) => page.view().order.filter((i) => test(page.view().keyOf(i)));
  function absent(page) {
    const these = peopleOf(page, (key) => !page.view().colourOf(key));
    return these.length ? corner(page, null, page.t("missing"), these) : null;
  }
  const corner = (page, paint, title, these) => el("div", { class: "kg-corner" },
    el("h3", {}, paint ? core.swatch(paint) : null, title),
    these.length
      ? el("p", { class: "kg-names" }, these.map((i) => el("button",
          { type: "button", class: page.isLoud(i) ? "kg-chip" : "kg-chip kg-quiet", "data-region": i }, page.level().names[i])))
      : el("p", { class: "kg-note" }, page.t("nobody")));

  /* Table ----------------------------------------------------------------------- */
  /** The columns of the current view: {key, label, get(i), digits, show}. */
  core.columns = function (page) {
    const view = page.view(), { t, word } = page, level = page.level();
    const number = (key, label, values, digits, title) =>
      ({ key, label, digits, title: title || label, get: (i) => values[i] ?? null });
    const columns = [{ key: "name", label: t("region"), title: t("region"), get: (i) => level.names[i] }];
    if (view.pair) {
      view.pair.forEach((layer, k) => columns.push(
        number(`value${k}`, `${"AB"[k]}: ${page.withUnit(layer)}`, view.pairCells[k].values, layer.digits)));
      return columns;
    }
    const { layer, mode } = view, now = core.cells(layer, page.state.period);
    const unit = word(layer.unit), short = unit && unit.length < 6 ? `${t("value")} (${unit})` : t("value");
    columns.push({ ...number("value", short, now.values, layer.digits, page.withUnit(layer)),
      show: view.kinds ? (v) => page.value(layer, v) : null });
    if (mode === "gap" || mode === "need") {
      columns.push(number(mode, t(`mode_${mode}`), view.cells.values, view.classes.digits));
    }
    if (now.top) {
      columns.push(number("top", t("numerator"), now.top, null), number("bottom", t("denominator"), now.bottom, null));
    }
    if (view.kinds) return columns;
    columns.push(number("rank", t("place"), view.places, 0));
    if (layer.modes.change !== undefined && page.state.period > 0) {
      columns.push(number("change", t("mode_change"), core.modeCells(layer, "change", page.state.period).values, layer.digits));
    }
    return columns;
  };

  core.table = function (page) {
    const { state, t } = page, view = page.view(), columns = core.columns(page);
    const sorted = columns.find((one) => one.key === state.sort.key);
    const rows = sorted ? core.sortRows(view.order, sorted.get, state.sort.up) : view.order;
    const reason = (i) => view.pair ? "–" : page.statusWord(core.statusOf(core.cells(view.layer, state.period), i));
    const cell = (column, i) => {
      const v = column.get(i);
      if (v === null) return column.key === "value" ? reason(i) : "–";
      if (column.show) return column.show(v);
      return column.digits === null ? page.count(v) : page.number(v, column.digits);
    };
    const button = (column) => el("button", {
      type: "button", class: "kg-sort",
      onclick: () => page.sortBy(column.key),
    }, column.label, column === sorted ? (state.sort.up ? " ▲" : " ▼") : "");
    const aria = (column) => column !== sorted ? "none" : state.sort.up ? "ascending" : "descending";
    return el("div", { class: "kg-scroll", tabindex: "0", role: "region", "aria-label": t("table") },
      el("table", { class: "kg-table" },
        el("caption", { class: "kg-hidden" }, `${page.heading()}. ${page.subheading()}`),
        el("thead", {}, el("tr", {}, columns.map((column) =>
          el("th", { scope: "col", "aria-sort": aria(column), "data-column": column.key }, button(column))))),
        el("tbody", {}, rows.map((i) => el("tr",
          { "data-region": i, class: page.isLoud(i) ? null : "kg-quiet" },
          el("th", { scope: "row" }, el("button", { type: "button", class: "kg-link", dir: "auto" }, page.level().names[i])),
          columns.slice(1).map((column) => el("td", {}, cell(column, i))))))));
  };
})(kkbpk);
