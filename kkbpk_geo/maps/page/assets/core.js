/* The pure part of the work map: reading the data, numbers, classes, order, names.
 *
 * Nothing here touches the page, so Node can test it (tests/maps/core.test.js).
 * In: what payload.py wrote. Out: plain values. */
"use strict";

const kkbpk = {};

(function (core) {
  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUE = new Map([...ALPHABET].map((letter, value) => [letter, value]));

  /** Read whole numbers written by encode_numbers: five bits a letter, sign last. */
  core.readNumbers = function (text) {
    const numbers = [];
    let number = 0, factor = 1;
    for (const letter of text) {
      const bits = VALUE.get(letter);
      number += (bits % 32) * factor;
      factor *= 32;
      if (bits < 32) {
        numbers.push(number % 2 ? -(number + 1) / 2 : number / 2);
        number = 0;
        factor = 1;
      }
    }
    return numbers;
  };

  /** Read a column written by encode_row: decimals, then numbers; a dot is missing. */
  core.readRow = function (text) {
    const scale = 10 ** VALUE.get(text[0]);
    return text.slice(1).split(/(?<=[A-Za-f.])/).map((cell) =>
      cell === "." ? null : core.readNumbers(cell)[0] / scale);
  };

  /** Give layers their pool and what they leave out: no words, no standard. */
  core.readLayers = (layers, pool) => layers.map((layer) => ({
    label: "", unit: "", theme: "", formula: "", source: "", standard: "", counts: "", when: "", line: null, ...layer, pool,
  }));

  /** The cells of a layer in a period, read when first asked for. */
  core.cells = function (layer, period) {
    const cells = layer.cells[period];
    if (typeof cells.values === "string") {
      cells.values = core.readRow(cells.values);
      for (const column of ["top", "bottom"]) {
        if (column in cells) cells[column] = core.readRow(layer.pool[cells[column]]);
      }
      cells.province = cells.province ?? null;
    }
    return cells;
  };

  /** Classes as the pool holds them: {method, digits, breaks, low, high, colours}. */
  core.readClasses = function (pool, at) {
    const [method, digits, breaks, low, high, colours] = pool[at];
    return { method, digits, breaks, low, high, colours: pool[colours] };
  };

  /** Needs by service and region, read when first asked for. */
  core.needs = function (level) {
    const needs = level.needs;
    if (needs && typeof needs.score === "string") {
      for (const key of ["score", "rank", "low", "high"]) needs[key] = core.readRow(needs[key]);
      for (const service of needs.services) {
        for (const key of ["need", "supply", "gap", "surplus", "part"]) service[key] = core.readRow(service[key]);
      }
    }
    return needs;
  };

  /** Read shapes: [polygon][ring][[lat, lon], ...] per shape; rings stay open. */
  core.readShapes = function (coverage) {
    const arcs = readArcs(core.readNumbers(coverage.arcs), coverage.per_degree);
    const numbers = core.readNumbers(coverage.shapes);
    const shapes = [];
    let at = 0;
    const times = (make) => Array.from({ length: numbers[at++] }, make);
    while (at < numbers.length) {
      shapes.push(times(() => times(() => {
        const ring = [];
        times(() => {
          const arc = numbers[at++];
          const line = arc < 0 ? arcs[-1 - arc].slice().reverse() : arcs[arc];
          for (const vertex of line.slice(0, -1)) ring.push(vertex);
        });
        return ring;
      })));
    }
    return shapes;
  };

  /** The parts of a shape that matter for a view: those with a fiftieth of the largest. */
  core.mainParts = function (shape) {
    const area = ([ring]) => Math.abs(ring.reduce((sum, [y, x], i) => {
      const [v, u] = ring[(i + 1) % ring.length];
      return sum + x * v - u * y;
    }, 0));
    const areas = shape.map(area), least = Math.max(...areas) / 50;
    return shape.filter((_, i) => areas[i] >= least);
  };

  /** Which shapes share a line with each: [[numbers], ...]. */
  core.readNeighbours = function (coverage) {
    const numbers = core.readNumbers(coverage.shapes), owners = new Map(), found = [];
    let at = 0;
    const times = (run) => { for (let left = numbers[at++]; left > 0; left--) run(); };
    while (at < numbers.length) {
      const shape = found.push(new Set()) - 1;
      times(() => times(() => times(() => {
        const arc = numbers[at++], line = arc < 0 ? -1 - arc : arc;
        const other = owners.get(line);
        if (other === undefined) owners.set(line, shape);
        else if (other !== shape) {
          found[other].add(shape);
          found[shape].add(other);
        }
      })));
    }
    return found.map((set) => [...set].sort((a, b) => a - b));
  };

  function readArcs(numbers, perDegree) {
    const arcs = [];
    let at = 0, x = 0, y = 0;
    while (at < numbers.length) {
      arcs.push(Array.from({ length: numbers[at++] }, () => {
        x += numbers[at++];
        y += numbers[at++];
        return [y / perDegree, x / perDegree];
      }));
    }
    return arcs;
  }

  /** Read numbers written by encode_runs: each with how often it stands in a row. */
  core.readRuns = function (text) {
    const runs = core.readNumbers(text), found = [];
    for (let at = 0; at < runs.length; at += 2) found.push(...Array(runs[at + 1]).fill(runs[at]));
    return found;
  };

  /** Read the points of a kind: [{lat, lon, region, regions, name, odd}, ...].
   *
   * ``regions`` has a number per level, -1 where the point lies in none. */
  core.readPoints = function (kind) {
    const steps = core.readNumbers(kind.at);
    const regions = core.readRuns(kind.regions), within = core.readRuns(kind.within || "");
    const points = [], odd = new Map();
    for (const [placement, text] of Object.entries(kind.odd)) {
      let at = 0;
      for (const step of core.readNumbers(text)) odd.set((at += step), placement);
    }
    let x = 0, y = 0, name = "";
    const names = kind.names.split("\n");
    for (let i = 0; i < names.length; i++) {
      x += steps[2 * i];
      y += steps[2 * i + 1];
      const text = names[i];
      name = name.slice(0, VALUE.get(text[0])) + text.slice(1);
      points.push({
        lat: y / kind.per_degree,
        lon: x / kind.per_degree,
        region: regions[i],
        regions: [regions[i], within[i] ?? -1],
        name,
        odd: odd.get(i) || "",
      });
    }
    return points;
  };

  /** Write a number as the language does; a missing one is an en dash. */
  core.formatNumber = function (value, digits, marks) {
    if (value === null || value === undefined) return "–";
    const [whole, part] = Math.abs(value).toFixed(digits).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, marks.thousands);
    const zero = Number(Math.abs(value).toFixed(digits)) === 0;
    return (value < 0 && !zero ? "-" : "") + grouped + (part ? marks.decimal + part : "");
  };

  /** Put values into "{name}" slots of a label. */
  core.fill = function (text, values) {
    return text.replace(/\{(\w+)\}/g, (slot, name) => name in values ? values[name] : slot);
  };

  /** The class of a value: how many breaks lie at or below it; null for missing. */
  core.classOf = function (value, classes) {
    if (value === null || value === undefined || !classes.colours.length) return null;
    let at = 0;
    while (at < classes.breaks.length && classes.breaks[at] <= value) at += 1;
    return at;
  };

  const STATUS = {
    k: "ok", p: "partial", m: "missing", r: "not_reported", f: "not_yet_founded",
    d: "no_denominator", i: "not_finite", s: "suppressed",
  };

  /** Why a cell is as it is: "ok", "partial", "missing", "not_reported", ... */
  core.statusOf = function (cells, i) {
    const status = cells.status ? STATUS[cells.status[i]] : "ok";
    return cells.values[i] === null && (status === "ok" || status === "partial") ? "missing" : status;
  };

  /** The words of classes, as Classes.labels in Python says them. */
  core.classLabels = function (classes, marks) {
    if (classes.low === null) return [];
    const { breaks, digits } = classes, step = 10 ** -digits;
    const text = (value) => core.formatNumber(value, digits, marks);
    const span = (a, b) => text(a) === text(b) ? text(a) : `${text(a)} – ${text(b)}`;
    if (classes.method === "fixed" && breaks.length) {
      return [
        `< ${text(breaks[0])}`,
        ...breaks.slice(1).map((b, i) => span(breaks[i], b - step)),
        `≥ ${text(breaks.at(-1))}`,
      ];
    }
    const ends = [...breaks.map((b) => b - step), classes.high];
    return [classes.low, ...breaks].map((low, i) => span(low, ends[i]));
  };

  /** Whether small values come first, given what position 1 means. */
  core.ascending = (layer) => layer.order === "best" && layer.direction === "worse";

  /** Positions, 1 first; equal values share one; null for missing. */
  core.rank = function (values, ascending) {
    const sorted = values.filter((v) => v !== null).sort((a, b) => ascending ? a - b : b - a);
    const first = new Map();
    sorted.forEach((v, i) => { if (!first.has(v)) first.set(v, i + 1); });
    return values.map((v) => v === null ? null : first.get(v));
  };

  /** Region numbers in order of position; missing ones last, then by map order. */
  core.order = function (values, ascending) {
    const ranks = core.rank(values, ascending);
    return values.map((_, i) => i)
      .sort((a, b) => (ranks[a] ?? Infinity) - (ranks[b] ?? Infinity) || a - b);
  };

  /** The place nearest to places[from] in a direction (dx, dy), y down; or -1. */
  core.neighbourTowards = function (places, from, dx, dy) {
    let best = -1, least = Infinity;
    places.forEach((place, i) => {
      const x = place.x - places[from].x, y = place.y - places[from].y;
      const along = x * dx + y * dy, across = Math.abs(x * dy - y * dx);
      if (i === from || along <= 0 || across > 2 * along) return;
      const cost = along + 2 * across;
      if (cost < least) [best, least] = [i, cost];
    });
    return best;
  };

  const overlaps = (a, b) =>
    Math.abs(a.x - b.x) * 2 < a.w + b.w && Math.abs(a.y - b.y) * 2 < a.h + b.h;

  /** Whether a point lies in a shape: [polygon][ring][[lat, lon], ...]; even-odd. */
  core.holds = function (shape, lat, lon) {
    let within = false;
    for (const ring of shape.flat()) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [y, x] = ring[i], [v, u] = ring[j];
        if (y > lat !== v > lat && lon < ((u - x) * (lat - y)) / (v - y) + x) within = !within;
      }
    }
    return within;
  };

  const inside = (box, view) =>
    box.x - box.w / 2 >= view.left && box.x + box.w / 2 <= view.right &&
    box.y - box.h / 2 >= view.top && box.y + box.h / 2 <= view.bottom;

  /** Place names without overlap, and beside signs rather than on them.
   *
   * Each label is {x, y, w, h, roomX, roomY}: its anchor, its size, and the half width
   * and height of the room in its shape. Where it fits it stands on its anchor, or a
   * little off it where a sign (a box) would be covered; else, with leaders, beside it
   * with a line, best where it lies on no other shape (apart(box, i)); else it is hidden.
   * Gives {x, y, line} or null for each. */
  core.placeNames = function (labels, view, { leaders, signs = [], apart = () => true }) {
    const placed = labels.map(() => null);
    const taken = [];
    const free = (box) => !taken.some((other) => overlaps(box, other));
    const clear = (box) => !signs.some((sign) => overlaps(box, sign));
    const put = (i, box, line) => {
      placed[i] = { x: box.x, y: box.y, line };
      taken.push(box);
    };
    const inOrder = labels.map((_, i) => i)
      .sort((a, b) => labels[b].roomX * labels[b].roomY - labels[a].roomX * labels[a].roomY);
    const rest = inOrder.filter((i) => {
      const at = labels[i];
      if (at.w > 4 * at.roomX || at.h > 3.5 * at.roomY) return true;
      const boxes = [...nearBoxes(at), ...besideBoxes(at, signs)].filter(free);
      const box = boxes.find(clear) || (free(at) ? at : null);
      if (box) put(i, box, false);
      return box === null;
    });
    if (!leaders) return placed;
    for (const i of rest) {
      const at = labels[i];
      const boxes = leaderBoxes(at).filter((one) => inside(one, view) && free(one) &&
        !labels.some((other, j) => j !== i && Math.abs(other.x - one.x) * 2 < one.w &&
          Math.abs(other.y - one.y) * 2 < one.h));
      const best = boxes.find((box) => clear(box) && apart(box, i)) || boxes.find(clear) || boxes[0];
      if (best) put(i, best, true);
    }
    return placed;
  };

  /** The anchor, then places around it with the middle of the name in or near its room. */
  function nearBoxes({ x, y, w, h, roomX, roomY }) {
    const at = (dx, dy) => ({ x: x + dx * roomX, y: y + dy * roomY, w, h });
    const boxes = [at(0, 0)];
    for (const far of [0.25, 0.45, 0.65, 0.85, 1.1]) {
      for (const [dx, dy] of [[0, 1], [0, -1], [1, 0], [-1, 0], [0.7, 0.7], [-0.7, 0.7], [0.7, -0.7], [-0.7, -0.7]]) {
        boxes.push(at(far * dx, far * dy));
      }
    }
    return boxes;
  }

  /** Places just above, below, left or right of the signs that the name would cover. */
  function besideBoxes(label, signs) {
    const { x, y, w, h, roomX, roomY } = label;
    return signs.filter((sign) => overlaps(label, sign)).flatMap((sign) => [
      ...[1, -1].map((side) => ({ x, y: sign.y + (side * (sign.h + h)) / 2 + side, w, h })),
      ...[1, -1].map((side) => ({ x: sign.x + (side * (sign.w + w)) / 2 + side, y, w, h })),
    ]).filter((box) => Math.abs(box.x - x) <= 1.5 * roomX && Math.abs(box.y - y) <= roomY + h)
      .sort((a, b) => Math.hypot(a.x - x, a.y - y) - Math.hypot(b.x - x, b.y - y));
  }

  function leaderBoxes(label) {
    const boxes = [];
    for (const far of [16, 30, 46, 64]) {
      for (const turn of [0, 4, 1, 7, 3, 5, 2, 6]) {
        const angle = (turn * Math.PI) / 4;
        const dx = Math.cos(angle), dy = Math.sin(angle);
        boxes.push({
          x: label.x + dx * (far + label.w / 2),
          y: label.y + dy * (far + label.h / 2),
          w: label.w,
          h: label.h,
        });
      }
    }
    return boxes;
  }

  /** Where a bar lies on a scale that holds zero: {left, width} in percent. */
  core.bar = function (value, low, high) {
    const from = Math.min(0, low), to = Math.max(0, high), span = to - from || 1;
    const left = (Math.min(0, value) - from) / span;
    return { left: 100 * left, width: (100 * Math.abs(value)) / span };
  };
})(kkbpk);

if (typeof module === "object") module.exports = kkbpk;
