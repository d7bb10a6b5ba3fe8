/* What one takes away: the view as SVG and PNG, its table as CSV, made in the page.
 *
 * In: the page. Out: files that the browser saves; nothing is asked from anywhere. */
"use strict";

(function (core) {
  const { svg } = core;
  const FONT = "system-ui,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',sans-serif";
  const SIDE = 270, HEAD = 66, EDGE = 16;

  const text = (x, y, size, content, more) =>
    svg("text", { x, y, "font-size": size, fill: "#1d2a33", ...more }, content);
  const lines = (x, y, size, content, most, more) => core.wrap(content, most).map((one, k) =>
    text(x, y + k * size * 1.3, size, one, more));

  /** The view as an SVG element: title, map as it stands, legend, source. */
  core.picture = function (page) {
    const map = page.map.leaflet, size = map.getSize(), { data, t, word } = page;
    const notes = [page.notes(), page.sourceLine()].filter(Boolean)
      .flatMap((one) => core.wrap(one, Math.floor((size.x + SIDE) / 6.4)));
    const legend = legendPart(page), tall = Math.max(size.y, legend.height);
    const [width, height] = [size.x + SIDE + 3 * EDGE, HEAD + tall + EDGE + 14 * notes.length + EDGE];
    return svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FONT },
      core.patterns(),
      svg("clipPath", { id: "kg-clip" }, svg("rect", { width: size.x, height: size.y })),
      svg("rect", { width, height, fill: "#fff" }),
      text(EDGE, 30, 21, word(data.title), { "font-weight": 700 }),
      text(EDGE, 52, 14, page.subtitle(), { fill: "#51606b" }),
      data.sample ? text(width - EDGE, 34, 16, t("sample"), { "text-anchor": "end", "font-weight": 700, fill: "#b3261e" }) : null,
      svg("g", { transform: `translate(${EDGE} ${HEAD})` },
        svg("g", { "clip-path": "url(#kg-clip)" }, mapPart(page, size)),
        svg("rect", { width: size.x, height: size.y, fill: "none", stroke: "#8ba3b1" })),
      svg("g", { transform: `translate(${size.x + 2 * EDGE} ${HEAD})` }, legend.parts),
      notes.map((one, k) => text(EDGE, HEAD + tall + EDGE + 8 + 14 * k, 11, one, { fill: "#51606b" })));
  };

  function mapPart(page, size) {
    const { map } = page, leaflet = map.leaflet, view = page.view();
    const path = (shape) => shape.flat().map((ring) => "M" + ring.map((vertex) => {
      const at = leaflet.latLngToContainerPoint(vertex);
      return `${at.x.toFixed(1)},${at.y.toFixed(1)}`;
    }).join(" ") + "Z").join("");
    const corner = leaflet.containerPointToLayerPoint([0, 0]);
    return [
      svg("rect", { width: size.x, height: size.y, fill: "#edf2f4" }),
      map.around.length && map.country.length ? [
        svg("path", { d: map.country.map(path).join(""), fill: "#d9d8d2" }),
        svg("path", { d: path([[map.window()]]), fill: "#edf2f4" }),
      ] : null,
      map.around.map((shape) => svg("path", { d: path(shape), fill: "#d9d8d2", stroke: "#fff" })),
      page.level().drawn.map((shape, i) => [shape, i]).sort((a, b) => page.inScope(a[1]) - page.inScope(b[1])).map(([shape, i]) => svg("path", {
        d: path(shape), fill: page.inScope(i) ? core.paint(view, i) : "#d9d8d2",
        "fill-opacity": page.isLoud(i) || !page.inScope(i) ? 1 : 0.14,
        stroke: i === page.state.region ? "#0a2233" : page.inScope(i) ? "#46525b" : "#fff",
        "stroke-width": i === page.state.region ? 3 : 0.9,
      })),
      svg("g", { transform: `translate(${-corner.x} ${-corner.y})` }, namesPart(page), pointsPart(page)),
      svg("g", { transform: "translate(10 10)" }, core.north(page.t("north"))),
      scalePart(page, size),
    ];
  }

  function namesPart(page) {
    return page.map.placed().map((label) => {
      const rows = core.wrap(page.level().names[label.i], Math.max(6, Math.floor((label.w + 4) / 7.2)));
      const y = label.y - (rows.length - 1) * 7 + 4;
      const words = (more) => rows.map((row, k) =>
        text(label.x, y + 14 * k, 12.5, row, { "text-anchor": "middle", "font-weight": 600, ...more }));
      return [
        label.from ? page.map.leader(label) : null,
        words({ stroke: "#fff", "stroke-width": 3.5, "stroke-linejoin": "round", "stroke-opacity": 0.9 }), words({}),
      ];
    });
  }

  function pointsPart(page) {
    const map = page.map.leaflet;
    return page.points.drawn().map(({ lat, lon, members }) => {
      const { x, y } = map.latLngToLayerPoint([lat, lon]), n = members.length, { kind } = members[0];
      if (n > 1) {
        return [svg("circle", { cx: x, cy: y, r: n < 10 ? 11 : n < 100 ? 13 : 16, fill: "#fff", stroke: "#24323c", "stroke-width": 2 }),
          text(x, y + 4, 12, String(n), { "text-anchor": "middle", "font-weight": 700 })];
      }
      return [svg("path", { d: core.signPath(kind), transform: `translate(${x} ${y})`, fill: kind.colour, stroke: "#fff", "stroke-width": 1.2 }),
        kind.letter ? text(x, y + 3, 8.6, kind.letter, { "text-anchor": "middle", "font-weight": 700, fill: "#fff" }) : null];
    });
  }

  function scalePart(page, size) {
    const map = page.map.leaflet, y = size.y / 2;
    const metres = map.distance(map.containerPointToLatLng([0, y]), map.containerPointToLatLng([140, y]));
    const length = core.roundLength(metres), wide = (140 * length) / metres;
    const words = length >= 1000 ? `${page.count(length / 1000)} km` : `${length} m`;
    return svg("g", { transform: `translate(${size.x - wide - 14} ${size.y - 14})` },
      svg("path", { d: `M0,-6V0H${wide}V-6`, fill: "none", stroke: "#1d2a33", "stroke-width": 1.5 }), text(4, -4, 11, words));
  }

  function legendPart(page) {
    const { t, data } = page, view = page.view();
    const parts = [...lines(0, 14, 15, page.heading(), 32, { "font-weight": 700 })];
    let y = 14 + 20 * (parts.length - 1) + 20;
    const say = (content, size) => {
      const rows = lines(0, y, size, content, 42, { fill: "#51606b" });
      parts.push(...rows);
      y += rows.length * size * 1.3 + 6;
    };
    say(page.subheading(), 12.5);
    if (view.pair) {
      parts.push(svg("g", { transform: `translate(0 ${y})` }, core.pairSquare(page)));
      y += 132;
    }
    for (const line of core.legendLines(page)) {
      parts.push(svg("rect", { x: 0.5, y, width: 30, height: 15, fill: line.paint, stroke: "#66737c" }),
        text(40, y + 12, 13.5, line.text), text(SIDE - 6, y + 12, 13.5, page.count(line.n), { "text-anchor": "end", fill: "#51606b" }));
      y += 21;
    }
    y += 12;
    say(core.legendRule(page), 12.5);
    for (const [key, names] of view.pair ? core.cornerNames(page) : []) {
      parts.push(svg("rect", { x: 0.5, y, width: 22, height: 12, fill: view.colourOf(key), stroke: "#66737c" }));
      const rows = core.wrap(core.pairWords(page, key), 34), more = core.wrap(names.join(", ") || t("nobody"), 42);
      parts.push(...rows.map((row, k) => text(30, y + 10 + 15 * k, 11.5, row, { "font-weight": 600 })));
      y += 15 * rows.length + 12;
      parts.push(...more.map((row, k) => text(0, y + 15 * k, 11.5, row)));
      y += 15 * more.length + 4;
    }
    for (const kind of page.points.shown()) {
      parts.push(svg("path", { d: core.signPath(kind), transform: `translate(8 ${y + 4})`, fill: kind.colour }),
        ...lines(24, y + 8, 12, page.word(kind.label), 38, {}).slice(0, 1));
      y += 19;
    }
    if (page.map.country.length) {
      parts.push(svg("g", { transform: `translate(0 ${y + 8})` }, core.inset(page.map.country, data.frame, data.levels[0].extent, 150)));
      y += 8 + core.insetHeight(data.frame, 150);
    }
    return { parts, height: y };
  }

  /* Saving ---------------------------------------------------------------------- */
  function save(name, blob) {
    const link = core.el("a", { href: URL.createObjectURL(blob), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  const fileName = (page, ending) => {
    const parts = [page.heading(), page.subheading()].join(" ").normalize("NFKD");
    return `${parts.replace(/[^\w.-]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 80).toLowerCase() || "peta"}.${ending}`;
  };
  const source = (page) => new XMLSerializer().serializeToString(core.picture(page));

  core.saveSvg = (page) => save(fileName(page, "svg"), new Blob([source(page)], { type: "image/svg+xml" }));

  /** Draw the SVG on a canvas, twice its size; the picture is a data: address. */
  core.savePng = async function (page) {
    const picture = new Image();
    picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(source(page));
    await picture.decode();
    const canvas = core.el("canvas", { width: 2 * picture.width, height: 2 * picture.height });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(fileName(page, "png"), blob), "image/png");
  };

  core.saveCsv = function (page) {
    const columns = core.columns(page), level = page.level(), view = page.view();
    const when = page.whenWord(), sample = page.data.sample ? page.t("sample") : "";
    const more = [["period", when], ["note", sample]].filter(([, text]) => text);
    const rows = [
      [page.t("code"), ...columns.map((one) => one.title), page.t("status"), ...more.map(([key]) => page.t(key))],
      ...view.order.map((i) => [level.codes[i], ...columns.map((one) => one.show && one.get(i) !== null ? one.show(one.get(i)) : one.get(i)),
        view.pair ? "" : page.statusWord(core.statusOf(core.cells(view.layer, page.state.period), i)),
        ...more.map(([, text]) => text)]),
    ];
    save(fileName(page, "csv"), new Blob([core.csv(rows, page.marks().decimal)], { type: "text/csv" }));
  };
})(kkbpk);
