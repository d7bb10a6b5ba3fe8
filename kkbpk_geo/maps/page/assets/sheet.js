/* The district sheet: what to do, need and supply, every indicator, points.
 *
 * In: the page's helpers (words, numbers, state). Out: elements. */
"use strict";

(function (core) {
  const { el } = core;

  /** Make the content of the sheet of a region. */
  core.sheet = function (page, region) {
    return [
      head(page, region),
      ...(page.level().needs ? needs(page, region) : []),
      ...(core.plan ? core.plan(page, region) : []),
      ...findings(page, region),
      ...indicators(page, region),
      ...points(page, region),
      ...neighbours(page, region),
    ];
  };

  function head(page, region) {
    const { t } = page, level = page.level();
    const area = level.areas[region];
    const about = [
      level.codes[region] ? `${t("code")} ${level.codes[region]}` : "",
      area ? `${page.number(area, area < 100 ? 1 : 0)} km²` : "",
    ];
    return el("div", { class: "kg-sheet-head" },
      el("div", {},
        el("h2", { id: "kg-sheet-title" }, page.fullName(region)),
        el("p", {}, about.filter(Boolean).join(" · ")),
        page.view().pair ? el("p", { class: "kg-pair-words" }, page.textOf(region)) : null,
        page.canDrill(region)
          ? el("button", { type: "button", class: "kg-small", onclick: () => page.drillDown(region) }, t("drill_down")) : null),
      el("button",
        { type: "button", class: "kg-button kg-close", id: "kg-close", "aria-label": t("close"), onclick: page.closeSheet },
        "✕"));
  }

  function needs(page, region) {
    const { t } = page;
    const { services, score, rank, low, high } = core.needs(page.level());
    const scored = rank.filter((r) => r !== null).length;
    const headline = score[region] === null
      ? t("no_score")
      : [
          priorityClass(page, region),
          rank[region] === null ? "" : t("priority", { rank: rank[region], n: scored }),
          low[region] === null ? "" : t("range", { low: low[region], high: high[region] }),
          t("score", { score: page.number(score[region], 2) }),
        ].filter(Boolean).join(" · ");
    const lacking = services.filter((s) => s.gap[region] > 0)
      .sort((a, b) => (b.part[region] || 0) - (a.part[region] || 0));
    const known = services.some((s) => s.gap[region] !== null);
    return [
      el("h3", {}, t("needs")),
      el("p", { class: "kg-note" }, headline),
      lacking.length
        ? el("ul", { class: "kg-todo" }, lacking.map((s) =>
            el("li", {}, core.fill(page.word(s.action), { gap: page.count(s.gap[region]) }))))
        : el("p", {}, t(known ? "no_gap" : "missing")),
      el("h3", {}, t("needs_table")),
      el("table", {},
        el("thead", {}, el("tr", {},
          ["service", "need", "supply", "gap"].map((key) => el("th", { scope: "col" }, t(key))))),
        el("tbody", {}, services.map((s) => needRow(page, s, region)))),
      el("details", { class: "kg-about" },
        el("summary", {}, t("standards")),
        el("dl", {}, services.map((s) =>
          [el("dt", {}, page.word(s.label)), el("dd", {}, page.word(s.standard))]))),
    ];
  }

  function priorityClass(page, region) {
    const layer = page.level().layers.find((one) => one.key === "priority_class");
    const place = layer ? core.cells(layer, layer.cells.length - 1).values[region] : null;
    return place === null ? "" : page.value(layer, place);
  }

  /** A limit ("at most") is told as what there is now and what may remain. */
  function needRow(page, service, region) {
    const small = (key) => service.most ? el("small", {}, page.t(key)) : null;
    const gap = service.gap[region];
    const surplus = service.surplus[region];
    const name = el("th", { scope: "row" }, page.word(service.label));
    if (gap === null) {
      return el("tr", {}, name,
        el("td", { colspan: 3 }, page.statusWord(page.word(service.status[region]))));
    }
    return el("tr", {}, name,
      el("td", {}, page.count(service.need[region]), small("now")),
      el("td", {}, page.count(service.supply[region]), small("limit"),
        surplus > 0 && !service.most ? el("small", {}, page.t("surplus", { n: page.count(surplus) })) : null),
      el("td", { class: gap > 0 ? "kg-lack" : null }, page.count(gap)));
  }

  function indicators(page, region) {
    const { t, state } = page, level = page.level();
    const bodies = [];
    for (const [theme, layers] of page.themes()) {
      const rows = layers
        .filter((layer) => !(level.needs && layer.order === "priority"))
        .map((layer) => indicatorRow(page, layer, region));
      if (!rows.length) continue;
      bodies.push(el("tbody", { class: "kg-theme" },
        theme ? el("tr", {}, el("th", { scope: "rowgroup", colspan: 4 }, theme)) : null, rows));
    }
    if (!bodies.length) return [];
    const period = page.periodWord(state.period);
    return [
      el("h3", {}, t("indicators") + (period ? `, ${period}` : "")),
      el("table", {},
        el("thead", {}, el("tr", {}, el("td", {}),
          ["value", "province_value", "place"].map((key) => el("th", { scope: "col" }, t(key))))),
        bodies),
      el("p", { class: "kg-note" }, `${t("place")}: ${t("order_best")}`),
    ];
  }

  function indicatorRow(page, layer, region) {
    const { t, state } = page;
    const cells = core.cells(layer, state.period);
    const series = layer.cells.map((_, p) => core.cells(layer, p).values[region]);
    const value = cells.values[region];
    const ranks = core.rank(cells.values, core.ascending(layer));
    const n = ranks.filter((r) => r !== null).length;
    const parts = value !== null && cells.bottom && cells.bottom[region] !== null
      ? `${page.count(cells.top[region])} / ${page.count(cells.bottom[region])}` : "";
    const status = core.statusOf(cells, region);
    const chosen = page.view().layer === layer;
    return el("tr", { class: chosen ? "kg-lit" : null },
      el("th", { scope: "row" },
        el("button",
          { type: "button", class: "kg-link", title: t("show"), onclick: () => page.choose(layer) },
          page.word(layer.label)),
        value === null || layer.kinds ? null : core.strip(cells, region),
        series.length > 2 && !layer.kinds ? core.spark(series, state.period) : null),
      el("td", {}, value === null ? page.statusWord(status) : page.value(layer, value),
        parts ? el("small", {}, parts) : null,
        status === "partial" ? el("small", {}, t("partial")) : null,
        change(page, layer, region)),
      el("td", {}, cells.province === null ? "–" : page.value(layer, cells.province)),
      el("td", {}, value === null || layer.kinds ? "–" : t("position", { rank: ranks[region], n }),
        value === null || layer.kinds || layer.order === "best" ? null : el("small", {}, t(`order_${layer.order}`))));
  }

  /** How the value moved since the period before, with an arrow; or nothing. */
  function change(page, layer, region) {
    const { period } = page.state;
    if (period === 0 || layer.kinds) return null;
    const now = core.cells(layer, period).values[region];
    const before = core.cells(layer, period - 1).values[region];
    if (now === null || before === null) return null;
    const by = now - before;
    const arrow = Number(by.toFixed(layer.digits)) === 0 ? "=" : by > 0 ? "▲" : "▼";
    const text = page.number(Math.abs(by), layer.digits);
    return el("small", { title: page.t("change", { change: text, period: page.periodWord(period - 1) }) },
      `${arrow} ${text}`);
  }

  /** What is odd about the data of this region. */
  function findings(page, region) {
    const found = page.data.findings[page.level().codes[region]];
    if (!found) return [];
    return [
      el("h3", {}, page.t("findings")),
      el("ul", { class: "kg-findings" }, found.map((one) => el("li", {}, page.word(one)))),
    ];
  }

  function neighbours(page, region) {
    const level = page.level();
    level.neighbours = level.neighbours || core.readNeighbours(level.shapes);
    const found = level.neighbours[region];
    if (!found.length) return [];
    return [
      el("h3", {}, page.t("neighbours")),
      el("p", { class: "kg-names" }, found.map((i) => el("button", {
        type: "button", class: "kg-chip", onclick: () => page.openSheet(i),
        onmouseenter: () => page.light(i), onmouseleave: () => page.light(null),
        onfocus: () => page.light(i), onblur: () => page.light(null),
      }, page.fullName(i)))),
    ];
  }

  function points(page, region) {
    const here = page.kinds
      .map((kind) => [kind, kind.points.filter((p) => p.regions[page.state.level] === region).length])
      .filter(([, n]) => n > 0);
    if (!here.length) return [];
    return [
      el("h3", {}, page.t("points_here")),
      el("table", {}, el("tbody", {}, here.map(([kind, n]) =>
        el("tr", {}, el("th", { scope: "row" }, page.word(kind.label)), el("td", {}, page.count(n)))))),
    ];
  }
})(kkbpk);
