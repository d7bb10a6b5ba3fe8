/* Making elements: the only place where the page gets new content.
 *
 * Text goes in as text nodes; there is no way in for markup. */
"use strict";

(function (core) {
  const SVG = "http://www.w3.org/2000/svg";

  const wanted = (children) => children.flat(Infinity).filter((child) => child !== null);

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...wanted(children));
    return element;
  }

  /** An HTML element: el("b", {class: "x", onclick: f}, "text", another, [more]). */
  core.el = (tag, attributes, ...children) =>
    fill(document.createElement(tag), attributes, children);

  /** The same for SVG. */
  core.svg = (tag, attributes, ...children) =>
    fill(document.createElementNS(SVG, tag), attributes, children);

  /** Put new content where the old was. */
  core.show = (id, ...children) => {
    const element = document.getElementById(id);
    element.replaceChildren(...wanted(children));
    return element;
  };

  /* Hatches: what has no value looks like nothing that has one, in print too. */
  const HATCHES = {
    missing: "M-2,2 2,-2 M0,8 8,0 M6,10 10,6",
    not_reported: "M0,0 8,8 M8,0 0,8",
    not_yet_founded: "M2,2h1.6v1.6h-1.6z M6,6h1.6v1.6h-1.6z",
    no_denominator: "M0,2 H8 M0,6 H8",
    not_finite: "M2,0 V8 M6,0 V8",
    suppressed: "M0,4 L4,0 8,4 M0,8 L4,4 8,8",
  };

  core.patterns = () => core.svg("defs", {}, Object.entries(HATCHES).map(([key, path]) =>
    core.svg("pattern",
      { id: `kg-${key}`, width: 8, height: 8, patternUnits: "userSpaceOnUse" },
      core.svg("rect", { width: 8, height: 8, fill: "#fafafa" }),
      core.svg("path", { d: path, stroke: "#6c7780", "stroke-width": 1, fill: "none" }))));

  core.hatch = (status) => `url(#kg-${status in HATCHES ? status : "missing"})`;

  core.paint = (view, i) => view.colourOf(view.keyOf(i)) || core.hatch(view.keyOf(i));

  core.swatch = (paint) => core.svg("svg", { class: "kg-swatch", "aria-hidden": "true" },
    core.svg("rect", { width: "100%", height: "100%", fill: paint }));

  /* Signs of points, drawn around (0, 0) with a radius of about 6. */
  const polygon = (corners, turn, radius) => "M" + Array.from({ length: corners }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / corners;
    const far = Array.isArray(radius) ? radius[i % radius.length] : radius;
    return `${(far * Math.cos(angle)).toFixed(2)},${(far * Math.sin(angle)).toFixed(2)}`;
  }).join("L") + "Z";
  const UP = -Math.PI / 2;
  const SHAPES = {
    circle: "M-6,0a6,6 0 1,0 12,0a6,6 0 1,0 -12,0Z",
    square: polygon(4, Math.PI / 4, 7.2),
    diamond: polygon(4, 0, 7.4),
    triangle: polygon(3, UP, 7.6),
    pentagon: polygon(5, UP, 6.8),
    hexagon: polygon(6, UP, 6.6),
    star: polygon(10, UP, [8, 3.6]),
    cross: "M-2.3,-6.5H2.3V-2.3H6.5V2.3H2.3V6.5H-2.3V2.3H-6.5V-2.3H-2.3Z",
  };

  core.signPath = (kind) => SHAPES[kind.shape] || SHAPES.circle;

  /** The sign of a kind of point; a red ring marks one that is not where it should be. */
  core.sign = (kind, odd) => core.svg("svg",
    { width: 20, height: 20, viewBox: "-10 -10 20 20", "aria-hidden": "true" },
    odd ? core.svg("circle", { r: 9.2, fill: "#fff", stroke: "#b3261e", "stroke-width": 1.6 }) : null,
    core.svg("path", {
      d: core.signPath(kind), fill: kind.colour, stroke: "#fff",
      "stroke-width": 1.2, "stroke-linejoin": "round",
    }),
    kind.letter ? core.svg("text", {
      y: 3.1, "text-anchor": "middle", "font-size": 8.6, "font-weight": 700, fill: "#fff",
    }, kind.letter) : null);

  /** Values of all regions on a line, this one as a disc, the province as a dash. */
  core.strip = (cells, region) => {
    const known = [...cells.values, cells.province].filter((v) => v !== null);
    const low = Math.min(...known), span = Math.max(...known) - low || 1;
    const x = (value) => 4 + (192 * (value - low)) / span;
    const tick = (value, more) =>
      core.svg("line", { x1: x(value), x2: x(value), y1: 2, y2: 10, ...more });
    return core.svg("svg",
      { class: "kg-strip", viewBox: "0 0 200 12", preserveAspectRatio: "none", "aria-hidden": "true" },
      cells.values.filter((v) => v !== null).map((v) => tick(v, {})),
      cells.province === null ? null
        : tick(cells.province, { class: "kg-strip-province", y1: 0, y2: 12 }),
      core.svg("ellipse", { cx: x(cells.values[region]), cy: 6, rx: 3.2, ry: 4.4 }));
  };

  /** Values over the periods as a line; a gap where there is none, a disc on ``at``. */
  core.spark = function (values, at) {
    const known = values.filter((v) => v !== null);
    if (known.length < 2) return null;
    const low = Math.min(...known), span = Math.max(...known) - low || 1;
    const x = (i) => 3 + (114 * i) / (values.length - 1), y = (v) => 19 - (16 * (v - low)) / span;
    const line = values.map((v, i) => v === null ? ""
      : `${i > 0 && values[i - 1] !== null ? "L" : "M"}${x(i).toFixed(1)},${y(v).toFixed(1)}`).join("");
    return core.svg("svg", { class: "kg-spark", viewBox: "0 0 120 22", "aria-hidden": "true" },
      core.svg("path", { d: line }),
      values[at] === null ? null : core.svg("circle", { cx: x(at), cy: y(values[at]), r: 2.6 }));
  };

  /** An arrow to the north, drawn in a box of 20 by 30. */
  core.north = (letter) => core.svg("g", {},
    core.svg("path", { d: "M10,1 16,18 10,14.5 4,18Z", fill: "#16212a" }),
    core.svg("text", { x: 10, y: 29, "text-anchor": "middle", "font-size": 11, "font-weight": 700, fill: "#16212a" }, letter));

  /** Where the map lies in the country, in a box ``width`` wide. */
  core.inset = function (shapes, frame, extent, width) {
    const [west, south, east, north] = frame, scale = width / (east - west);
    const x = (lon) => ((lon - west) * scale).toFixed(1), y = (lat) => ((north - lat) * scale).toFixed(1);
    const line = shapes.flat(2).map((ring) =>
      "M" + ring.map(([lat, lon]) => `${x(lon)},${y(lat)}`).join(" ") + "Z").join("");
    const side = Math.max(6, (extent[2] - extent[0]) * scale), high = Math.max(6, (extent[3] - extent[1]) * scale);
    return core.svg("g", {},
      core.svg("rect", { width, height: y(south), fill: "#edf2f4", stroke: "#8ba3b1" }),
      core.svg("path", { d: line, fill: "#aab3b8" }),
      core.svg("rect", { x: x((extent[0] + extent[2]) / 2) - side / 2, y: y((extent[1] + extent[3]) / 2) - high / 2,
        width: side, height: high, fill: "#b3261e33", stroke: "#b3261e", "stroke-width": 1.6 }));
  };
  core.insetHeight = ([west, south, east, north], width) => ((north - south) * width) / (east - west);
})(kkbpk);
