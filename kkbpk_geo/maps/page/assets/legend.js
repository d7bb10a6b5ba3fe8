/* The legend: classes with counts and the spread of the values, or the square of two
 * indicators. Clicking a class shows only its regions; clicking it again shows all.
 *
 * In: the page. Out: elements; page.legendLines also serves the exported picture. */
"use strict";

(function (core) {
  const { el, svg } = core;

  /** The lines of the legend: [{key, paint, text, n}], as they are shown. */
  core.legendLines = function (page) {
    const view = page.view();
    const reasons = [...view.counts].filter(([key]) => view.colourOf(key) === undefined)
      .map(([key, n]) => ({ key, paint: core.hatch(key), text: page.statusWord(key), n }));
    if (view.pair) return reasons;
    const labels = view.kinds ? view.kinds.map(page.word) : core.classLabels(view.classes, page.marks());
    const lines = view.classes.colours.map((paint, key) =>
      ({ key, paint, text: labels[key], n: view.counts.get(key) || 0 }));
    const upwards = view.mode === "rank" || (view.kinds ? view.ascending : view.mode === "value" && view.layer.direction === "better");
    return [...(upwards ? lines : lines.reverse()), ...reasons];
  };

  /** What the colours mean, in a sentence. */
  core.legendRule = function (page) {
    const { mode, layer, pair, classes, kinds } = page.view();
    if (kinds && layer.direction === "context") return page.t("rule_kinds");
    if (pair) return page.t("pair_classes");
    if (!classes.colours.length) return page.t("all_missing");
    if (mode === "change") return page.t(`rule_change_${layer.direction}`);
    if (mode === "value" && classes.method === "standard" && layer.direction !== "context") return page.t("rule_standard");
    const plain = mode === "value" || mode === "rank" ? layer.direction === "context" : false;
    return page.t(plain && layer.order !== "priority" ? "rule_context" : "rule_attention");
  };

  core.legend = function (page) {
    const { state, t } = page, view = page.view();
    const lines = core.legendLines(page);
    return [
      el("h2", {}, page.heading()),
      el("p", {}, page.subheading()),
      view.pair ? square(page) : spread(page),
      el("ul", {}, lines.map(({ key, paint, text, n }) => el("li", {},
        el("button", {
          type: "button", class: "kg-class", "data-key": key, "aria-pressed": String(state.only.has(key)),
          title: t("filter"), onclick: () => page.filter(key),
        }, core.swatch(paint), el("span", {}, text), el("span", {}, page.count(n)))))),
      el("p", {}, core.legendRule(page)),
      state.only.size
        ? el("p", {}, el("button", { type: "button", class: "kg-small", onclick: () => page.filter(null) }, t("filter_off")))
        : null,
    ];
  };

  /** A tick per region where its value lies between the lowest and the highest. */
  function spread(page) {
    const view = page.view(), { low, high } = view.classes;
    if (low === null || low === high || view.mode === "rank" || view.kinds) return null;
    const x = (v) => 4 + (220 * (v - low)) / (high - low);
    const ticks = view.cells.values.map((v, i) => v === null || !view.inside(i) ? null
      : svg("line", { x1: x(v), x2: x(v), y1: 1, y2: 13, "data-tick": i, stroke: page.isLoud(i) ? "#16212a" : "#c3ccd1" }));
    const { line } = view.layer;
    const bands = view.classes.colours.map((fill, k) => {
      const from = k ? view.classes.breaks[k - 1] : low, to = view.classes.breaks[k] ?? high;
      const [left, right] = [x(Math.max(from, low)), x(Math.min(to, high))];
      return svg("rect", { x: left, width: Math.max(0, right - left), y: 14, height: 5, fill });
    });
    return svg("svg", { class: "kg-spread", viewBox: "0 0 228 21", role: "img", "aria-label": page.t("spread") },
      bands, ticks,
      view.mode === "value" && line !== null && line >= low && line <= high
        ? svg("line", { class: "kg-spread-line", x1: x(line), x2: x(line), y1: 0, y2: 21 }) : null);
  }

  /** The square of nine classes, in a box of 150 by 126, as SVG. */
  core.pairSquare = function (page) {
    const { data, t } = page, { pair, counts } = page.view();
    const cell = 36, left = 20, cells = [];
    for (let b = 0; b < 3; b++) {
      for (let a = 0; a < 3; a++) {
        const key = `${a},${b}`, n = counts.get(key) || 0;
        const fill = data.pair_colours[b][a], x = left + a * cell, y = (2 - b) * cell;
        cells.push(svg("g", { "data-cell": key },
          svg("rect", { x, y, width: cell - 1.5, height: cell - 1.5, fill, stroke: page.state.only.has(key) ? "#b3261e" : "#66737c",
            "stroke-width": page.state.only.has(key) ? 2.5 : 0.6 }),
          svg("text", { x: x + cell / 2 - 1, y: y + cell / 2 + 4, "text-anchor": "middle", "font-size": 12,
            fill: a + b >= 3 ? "#fff" : "#16212a" }, n ? page.count(n) : "")));
      }
    }
    const axis = (letter, direction) => `${letter}: ${t(direction === "better" ? "axis_down" : "axis_up")} →`;
    return svg("g", {}, cells,
      svg("text", { x: left, y: 3 * cell + 13, "font-size": 11.5, fill: "#1d2a33" }, axis("A", pair[0].direction)),
      svg("text", { x: 12, y: 3 * cell - 2, "font-size": 11.5, fill: "#1d2a33", transform: `rotate(-90 12 ${3 * cell - 2})` },
        axis("B", pair[1].direction)));
  };

  function square(page) {
    const box = svg("svg", { class: "kg-square", viewBox: "0 0 150 126", width: 190, height: 160, role: "group", "aria-label": page.t("legend") },
      core.pairSquare(page));
    for (const cell of box.querySelectorAll("[data-cell]")) {
      const key = cell.dataset.cell, choose = () => page.filter(key);
      cell.setAttribute("role", "button");
      cell.setAttribute("tabindex", "0");
      cell.setAttribute("aria-pressed", String(page.state.only.has(key)));
      cell.setAttribute("aria-label", `${core.pairWords(page, key)}: ${page.count(page.view().counts.get(key) || 0)}`);
      cell.addEventListener("click", choose);
      cell.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          choose();
        }
      });
    }
    return box;
  }

  /** Say a cell: "Unmet need tinggi, Kesertaan ber-KB rendah". */
  core.pairWords = function (page, key) {
    const { pair } = page.view();
    const [first, second] = key.split(",").map((level, k) => {
      const at = pair[k].direction === "better" ? 2 - level : Number(level);
      return page.t(`pair_${["low", "mid", "high"][at]}`);
    });
    return page.t("pair_words", { first: page.word(pair[0].label), a: first, second: page.word(pair[1].label), b: second });
  };
})(kkbpk);
