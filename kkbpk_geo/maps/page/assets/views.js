/* One way to look at the map: which number, class and colour each region has.
 *
 * Pure, like core.js, and tested by Node. In: layers as payload.py wrote them. Out: a
 * view: values, classes, positions, keys of classes; map, legend, lists, sheet and
 * export all read it. Also what leaves the page: CSV, and the view as an address. */
"use strict";

(function (core) {
  const round = (value, digits) => {
    const scale = 10 ** digits;
    return Math.round(value * scale) / scale + 0;
  };

  /* The sums of the modes; modes.py does the same. */
  const lacking = (layer, has, standard) =>
    Math.max(0, layer.direction === "better" ? standard - has : has - standard);
  const SUMS = {
    gap: (layer, cells) => cells.values.map((v) =>
      v === null ? null : round(lacking(layer, v, layer.line), layer.digits)),
    need: (layer, { values, top, bottom }) => values.map((v, i) =>
      v === null || !top || top[i] === null || bottom[i] === null ? null
        : Math.ceil(lacking(layer, top[i], (layer.line / layer.factor) * bottom[i]) - 1e-9)),
    rank: (layer, cells) => core.rank(cells.values, core.ascending(layer)),
    change: (layer, cells, period) => {
      const before = period > 0 ? core.cells(layer, period - 1).values : [];
      return cells.values.map((v, i) => v === null || (before[i] ?? null) === null ? null
        : round(v - before[i], layer.digits));
    },
  };

  /** The cells of a layer in a mode; the reasons for no value stay. */
  core.modeCells = function (layer, mode, period) {
    const cells = core.cells(layer, period);
    if (mode === "value") return cells;
    let province = null;
    if (mode === "change" && period > 0) {
      const before = core.cells(layer, period - 1).province;
      if (cells.province !== null && before !== null) province = round(cells.province - before, layer.digits);
    }
    return { ...cells, values: SUMS[mode](layer, cells, period), province };
  };

  const ORDER = { gap: "largest", need: "largest", change: "largest" };

  /** Look at one layer. ``inside(i)`` says which regions take part. */
  core.single = function (layer, mode, period, pool, inside) {
    const cells = core.modeCells(layer, mode, period), classes = core.readClasses(pool, layer.modes[mode]);
    const { kinds } = layer; // what is a kind has an order of classes, and no position
    const ascending = kinds ? layer.direction !== "worse" : mode === "rank" || (mode === "value" && core.ascending(layer));
    const scoped = cells.values.map((v, i) => (inside(i) ? v : null));
    const ranked = kinds ? scoped.map(() => null) : scoped;
    const base = kinds ? ranked : core.cells(layer, period).values.map((v, i) => (inside(i) ? v : null));
    const keyOf = (i) => {
      const at = core.classOf(cells.values[i], classes);
      return at === null ? core.statusOf(cells, i) : at;
    };
    return {
      layer, mode, kinds, cells, classes, ascending, inside, keyOf,
      order: core.order(scoped, ascending).filter(inside),
      ranks: mode === "rank" ? scoped : core.rank(ranked, ascending),
      places: core.rank(base, core.ascending(layer)),
      orderKey: ORDER[mode] || layer.order,
      colourOf: (key) => classes.colours[key],
      counts: core.countKeys(cells.values.length, inside, keyOf),
    };
  };

  /** How many regions have each key (class or reason). */
  core.countKeys = function (n, inside, keyOf) {
    const counts = new Map();
    for (let i = 0; i < n; i++) {
      if (inside(i)) counts.set(keyOf(i), (counts.get(keyOf(i)) || 0) + 1);
    }
    return counts;
  };

  /** Level of attention of a value, 0 to 2, by thirds; as bivariate.py says it. */
  core.levelOf = function (value, breaks, direction) {
    if (value === null) return null;
    const at = breaks.filter((b) => b <= value).length;
    const level = breaks.length === 0 ? 1 : Math.floor((at * 2) / breaks.length);
    return direction === "better" ? 2 - level : level;
  };

  /** Look at two layers together: keys are "a,b", or why there is none. */
  core.pair = function (first, second, period, data, inside) {
    const layers = [first, second], cells = layers.map((one) => core.cells(one, period));
    const levels = layers.map((one, k) => cells[k].values.map((v) =>
      core.levelOf(v, data.pool[one.thirds], one.direction)));
    const keyOf = (i) => {
      const [a, b] = [levels[0][i], levels[1][i]];
      if (a === null) return core.statusOf(cells[0], i);
      return b === null ? core.statusOf(cells[1], i) : `${a},${b}`;
    };
    const n = cells[0].values.length;
    const urgency = (i) => (levels[0][i] ?? -3) + (levels[1][i] ?? -3);
    return {
      pair: layers, mode: "pair", pairCells: cells, cells: cells[0], layer: first, inside, keyOf,
      colourOf: (key) => {
        if (!/^\d,\d$/.test(key)) return undefined;
        const [a, b] = key.split(",");
        return data.pair_colours[b][a];
      },
      order: Array.from({ length: n }, (_, i) => i).filter(inside)
        .sort((a, b) => urgency(b) - urgency(a) || a - b),
      counts: core.countKeys(n, inside, keyOf),
    };
  };

  /** Rows in the order of one column; missing ones always last. */
  core.sortRows = function (rows, get, up) {
    const kind = (a, b) => typeof a === "string" ? String(a).localeCompare(String(b)) : a - b;
    return rows.slice().sort((a, b) => {
      const [x, y] = [get(a), get(b)];
      if (x === null || y === null) return (x === null) - (y === null) || a - b;
      return (up ? kind(x, y) : kind(y, x)) || a - b;
    });
  };

  const FORMULA = /^[=+\-@\t\r\n]/, NUMBER = /^[+-]?\d[\d.,]*\s*%?$/;

  /** A table as CSV that a spreadsheet opens and does not run. */
  core.csv = function (rows, decimal) {
    const comma = decimal === ",", mark = comma ? ";" : ",";
    const cell = (value) => {
      if (value === null || value === undefined) return "";
      if (typeof value === "number") return comma ? String(value).replace(".", ",") : String(value);
      const safe = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
      return /[";,\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    };
    return "\ufeff" + rows.map((row) => row.map(cell).join(mark) + "\r\n").join("");
  };

  /** Read "#ind=…&region=…" into a plain object, and write it. */
  core.readAddress = (hash) => Object.fromEntries(new URLSearchParams(hash.replace(/^#/, "")));
  core.writeAddress = (view) => "#" + new URLSearchParams(
    Object.entries(view).filter(([, value]) => value !== "" && value !== null)).toString();

  /** Whether a text has every word that was typed, in any order. */
  core.matches = function (text, typed) {
    const plain = (one) => one.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
    const where = plain(text);
    return plain(typed).split(/\s+/).every((word) => where.includes(word));
  };

  /** Gather points closer than ``far``: each goes to the first centre near it, in order.
   *
   * Gives groups of numbers; a grid of cells ``far`` wide keeps the search short. */
  core.gather = function (points, far) {
    const cells = new Map(), groups = [];
    const cellOf = (x, y) => `${x},${y}`;
    points.forEach((point, i) => {
      const cx = Math.floor(point.x / far), cy = Math.floor(point.y / far);
      let mine = null;
      for (let dx = -1; dx <= 1 && !mine; dx++) {
        for (let dy = -1; dy <= 1 && !mine; dy++) {
          mine = (cells.get(cellOf(cx + dx, cy + dy)) || []).find(({ at }) =>
            Math.hypot(at.x - point.x, at.y - point.y) < far);
        }
      }
      if (!mine) {
        mine = { at: point, members: [] };
        groups.push(mine);
        const key = cellOf(cx, cy);
        cells.set(key, [...(cells.get(key) || []), mine]);
      }
      mine.members.push(i);
    });
    return groups.map((group) => group.members);
  };

  /** Break a text into lines of at most ``most`` letters. */
  core.wrap = function (text, most) {
    const lines = [""];
    for (const word of text.split(/\s+/)) {
      for (let rest = word; rest; rest = rest.slice(most)) {
        const part = rest.slice(0, most);
        if (lines.at(-1) && lines.at(-1).length + 1 + part.length > most) lines.push("");
        lines[lines.length - 1] += (lines.at(-1) ? " " : "") + part;
      }
    }
    return lines;
  };

  /** A round length in metres, at most ``most``: 1, 2 or 5 times a power of ten. */
  core.roundLength = function (most) {
    const power = 10 ** Math.floor(Math.log10(most));
    return power * [5, 2, 1].find((step) => step * power <= most);
  };
})(typeof module === "object" ? require("./core.js") : kkbpk);
