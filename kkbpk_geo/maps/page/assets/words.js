/* What the page says: words in the language, numbers, and the view in words.
 *
 * In: the page (data, state). Out: functions of it; view() is computed once and kept
 * until forget(). */
"use strict";

(function (core) {
  const { el } = core;

  core.makeWords = function (page) {
    const { data, state } = page;

    const t = (key, values) => core.fill(data.texts[state.language][key], values || {});
    const word = (words) => {
      const found = typeof words === "number" ? data.pool[words] : words;
      if (typeof found === "string") return found;
      return Array.isArray(found) ? found[data.languages.indexOf(state.language)] : found[state.language];
    };
    const marks = () => ({ thousands: t("thousands"), decimal: t("decimal") });
    const number = (value, digits) => core.formatNumber(value, digits, marks());
    const count = (value) => number(value, Number.isInteger(value) ? 0 : 1);
    const level = () => data.levels[state.level];
    const layer = () => level().layers[state.layer];
    const periodWord = (i) => level().periods.length ? word(level().period_words[i]) : "";
    /** The time of the numbers shown: that of the period, or the layer's own. */
    const whenWord = () => word(layer().when) || periodWord(state.period);
    const statusWord = (status) => data.texts[state.language][status] || t("missing");
    const percent = (of) => word(of.unit) === "%";
    const value = (of, v) => of.kinds ? word(of.kinds[v]) : number(v, of.digits) + (percent(of) ? " %" : "");
    const withUnit = (of) => word(of.label) + (word(of.unit) ? ` (${word(of.unit)})` : "");
    function fullName(i) {
      const name = level().names[i], kind = level().kinds.length ? word(level().kinds[i]) : "";
      return kind && !name.startsWith(kind) ? `${kind} ${name}` : name;
    }

    /** Layers by theme, in the order in which themes first occur. */
    function themes() {
      const found = new Map();
      for (const one of level().layers) {
        const theme = word(one.theme);
        found.set(theme, [...(found.get(theme) || []), one]);
      }
      return [...found];
    }

    /* The view ------------------------------------------------------------------- */
    let seen = null;
    function view() {
      if (seen) return seen;
      const inside = inScope, second = level().layers[state.second];
      seen = second ? core.pair(layer(), second, state.period, data, inside)
        : core.single(layer(), state.mode, state.period, data.pool, inside);
      return seen;
    }
    const inScope = (i) => state.within === null ||
      word(level().parents[i]) === data.levels[0].codes[state.within];
    const isLoud = (i) => inScope(i) && (!state.only.size || state.only.has(view().keyOf(i)));

    const mode = () => view().mode;

    /** A number of the view, short for lists, long with its unit. */
    function short(v) {
      const { mode, layer: of, classes } = view();
      if (mode === "value" || mode === "pair") return value(of, v);
      if (mode === "change") return (v > 0 ? "+" : "") + number(v, classes.digits);
      return mode === "rank" ? count(v) : number(v, classes.digits);
    }
    const unitOf = () => {
      const { mode, layer: of, ranks } = view();
      if (mode === "need") return word(of.counts);
      if (mode === "rank") return t("of_n", { n: ranks.filter((r) => r !== null).length });
      return mode !== "value" && percent(of) ? t("points_percent") : word(of.unit);
    };
    const long = (v) => layer().kinds ? value(layer(), v) : mode() === "value" ? number(v, layer().digits) + (unitOf() ? ` ${unitOf()}` : "") : `${short(v)} ${unitOf()}`.trim();
    function textOf(i) {
      const seenNow = view();
      if (seenNow.pair) {
        const key = seenNow.keyOf(i);
        return seenNow.colourOf(key) ? core.pairWords(page, key) : statusWord(key);
      }
      const v = seenNow.cells.values[i];
      return v === null ? statusWord(core.statusOf(seenNow.cells, i)) : long(v);
    }
    const modeWord = () => mode() === "value" || mode() === "pair" ? "" : t(`mode_${mode()}`);
    function heading() {
      const { pair } = view();
      if (pair) return t("pair_title", { first: word(pair[0].label), second: word(pair[1].label) });
      return word(layer().label);
    }
    function subheading() {
      const { pair } = view();
      const parts = pair ? pair.map((one, k) => `${"AB"[k]}: ${withUnit(one)}`)
        : [mode() === "gap" || mode() === "need" ? `${modeWord()} (${t("standard")} ${value(layer(), layer().line)})` : modeWord(), unitOf()];
      if (mode() === "change" && state.period > 0) parts[0] = t("since", { period: periodWord(state.period - 1) });
      return [...parts, whenWord(), scopeWord()].filter(Boolean).join(" · ");
    }
    const scopeWord = () => state.within === null ? "" : data.levels[0].names[state.within];
    const subtitle = () => [word(data.subtitle), whenWord(), scopeWord()].filter(Boolean).join(" · ");
    function sourceLine() {
      const source = word(data.source) || word(layer().source);
      return [
        source ? `${t("numbers")}: ${source}` : "", word(data.boundaries),
        data.date ? `${t("made")}: ${data.date}` : "", t(data.basemap ? "made_with_basemap" : "made_with"),
      ].filter(Boolean).join(" · ");
    }

    function tip(i) {
      const now = view(), lines = [];
      const parts = (cells) => cells.values[i] !== null && cells.bottom && cells.bottom[i] !== null
        ? ` (${count(cells.top[i])} / ${count(cells.bottom[i])})` : "";
      if (now.pair) {
        now.pair.forEach((of, k) => lines.push(el("span", {}, `${word(of.label)}: `, el("b", { class: "kg-inline" },
          now.pairCells[k].values[i] === null ? statusWord(core.statusOf(now.pairCells[k], i)) : value(of, now.pairCells[k].values[i])))));
        if (now.colourOf(now.keyOf(i))) lines.push(el("span", {}, core.pairWords(page, now.keyOf(i))));
      } else {
        const cells = core.cells(now.layer, state.period), v = now.cells.values[i];
        lines.push(el("span", {}, [word(now.layer.label), modeWord(), whenWord()].filter(Boolean).join(", ")),
          el("span", { class: "kg-tip-value" }, textOf(i) + (mode() === "value" ? parts(cells) : "")));
        if (mode() !== "value" && cells.values[i] !== null) {
          lines.push(el("span", {}, `${t("value")}: ${value(now.layer, cells.values[i])}${parts(cells)}`));
        }
        if (v !== null && mode() !== "rank") {
          const n = now.ranks.filter((r) => r !== null).length;
          if (now.ranks[i] !== null) lines.push(el("span", {}, `${t("position", { rank: now.ranks[i], n })} (${t("order_" + now.orderKey)})`));
        }
        if (core.statusOf(cells, i) === "partial") lines.push(el("span", {}, t("partial")));
      }
      return el("div", { class: "kg-tip" }, el("b", {}, fullName(i)), lines);
    }

    /** What a reader must know, as one text. */
    const notes = () =>
      [data.sample ? `${t("sample")}: ${t("sample_long")}` : "", ...data.notes.map(word)].filter(Boolean).join(" ");
    const levelWord = (one) => [...new Set(one.kinds)].slice(0, 2).map(word).join("/");
    const forget = () => { seen = null; };

    return {
      t, word, marks, number, count, level, layer, value, short, long, periodWord, whenWord, statusWord, fullName, themes,
      withUnit, view, forget, inScope, isLoud, textOf, modeWord, scopeWord, levelWord, heading, subheading, subtitle,
      sourceLine, notes, tip,
    };
  };
})(kkbpk);
