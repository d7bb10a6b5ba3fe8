/* Facilities and groups: signs, discs for many, kinds to switch, search, rings.
 *
 * In: the page. Out: page.points with draw, drawList, shown, drawn, boxes. map.js calls
 * draw when the view changes, before it places the names. */
"use strict";

(function (core) {
  const { el, show } = core;
  const RADII = [0, 1, 2, 5, 10]; // km
  const MOST_FOUND = 8, MOST_LISTED = 40;
  const MANY = 30; // a kind with more points is off at first
  const FAR = 50; // pixels: closer points are gathered

  core.makePoints = function (page) {
    const { data, state, t, word, count, byId } = page;
    const map = page.map.leaflet;
    const kinds = data.points.map((kind) => ({ ...kind, points: core.readPoints(kind) }));
    page.kinds = kinds;
    const rings = L.layerGroup().addTo(map), canvas = L.canvas({ pane: "kg-rings", padding: 0.5 });
    const signs = L.layerGroup().addTo(map);
    let drawn = [], found = [];

    const kindWord = (kind) => word(kind.label);
    const nameOf = (point) => point.name || t("no_name");
    const placeOf = (point) => point.region >= 0 ? ` · ${data.levels[0].names[point.region]}` : "";
    const pointTip = ({ kind, point }) => el("div", { class: "kg-tip" },
      el("b", { dir: "auto" }, nameOf(point)),
      el("span", {}, kindWord(kind) + placeOf(point)),
      point.odd ? el("span", {}, t(`points_${point.odd}`)) : null);
    function groupTip(members) {
      const here = new Map();
      for (const { kind } of members) here.set(kindWord(kind), (here.get(kindWord(kind)) || 0) + 1);
      return el("div", { class: "kg-tip" },
        el("b", {}, t("cluster", { n: count(members.length) })),
        [...here].map(([label, n]) => el("span", {}, `${label}: ${count(n)}`)));
    }

    /* Signs and discs: made anew for each view, only those in it. -------------------- */
    const shown = () => kinds.filter((kind) => !state.hidden.has(kind.kind));
    function icon(html, size, label) {
      html.setAttribute("aria-label", label);
      html.setAttribute("role", "img");
      return L.divIcon({ html, className: "kg-sign", iconSize: [size, size] });
    }
    function draw() {
      signs.clearLayers();
      drawn = [];
      const zoom = map.getZoom(), view = map.getPixelBounds(), pad = 60;
      const near = [];
      for (const kind of shown()) {
        for (const point of kind.points) near.push({ kind, point, ...map.project([point.lat, point.lon], zoom) });
      }
      for (const group of core.gather(near, FAR)) {
        const members = group.map((i) => near[i]), n = members.length;
        const mean = (axis) => members.reduce((sum, one) => sum + one[axis], 0) / n;
        const at = L.point(mean("x"), mean("y"));
        if (at.x < view.min.x - pad || at.x > view.max.x + pad || at.y < view.min.y - pad || at.y > view.max.y + pad) continue;
        const size = n === 1 ? 20 : n < 10 ? 24 : n < 100 ? 28 : 34;
        const marker = L.marker(map.unproject(at, zoom), {
          icon: n === 1 ? icon(core.sign(members[0].kind, members[0].point.odd), size, `${kindWord(members[0].kind)}: ${nameOf(members[0].point)}`)
            : icon(el("div", { class: "kg-cluster", style: `width:${size}px;height:${size}px` }, String(n)), size, t("cluster", { n })),
        });
        marker.bindTooltip(() => n === 1 ? pointTip(members[0]) : groupTip(members), { direction: "top", offset: [0, -size / 3] });
        marker.on("click", () => { if (n > 1) enter(members, marker); });
        marker.addTo(signs);
        const element = marker.getElement();
        element.addEventListener("focus", () => marker.openTooltip());
        element.addEventListener("blur", () => marker.closeTooltip());
        drawn.push({ lat: marker.getLatLng().lat, lon: marker.getLatLng().lng, members, size });
      }
    }
    /** Zoom until a group parts; where it cannot, list it. */
    function enter(members, marker) {
      const bounds = L.latLngBounds(members.map(({ point }) => [point.lat, point.lon]));
      const zoom = map.getBoundsZoom(bounds, false, L.point(60, 60));
      if (map.getZoom() < map.getMaxZoom() && zoom > map.getZoom()) map.fitBounds(bounds, { padding: [60, 60] });
      else if (map.getZoom() < map.getMaxZoom()) map.setView(bounds.getCenter(), map.getZoom() + 1);
      else {
        L.popup({ maxHeight: 260 }).setLatLng(marker.getLatLng()).setContent(el("ul", { class: "kg-list" },
          members.slice(0, MOST_LISTED).map(({ kind, point }) => el("li", {}, core.sign(kind, point.odd), el("span", { dir: "auto" }, nameOf(point)))),
          members.length > MOST_LISTED ? el("li", {}, `+ ${count(members.length - MOST_LISTED)}`) : null)).openOn(map);
      }
    }

    /** Show these kinds and no others. */
    function showKinds(these) {
      state.hidden = new Set(kinds.filter((kind) => !these.includes(kind)).map((kind) => kind.kind));
      draw();
      page.map.placeNames();
      drawRings();
      drawList();
    }

    /** Circles of so many kilometres around every point shown: straight lines, not roads. */
    function drawRings() {
      rings.clearLayers();
      if (!state.radius) return;
      for (const kind of shown()) {
        for (const { lat, lon } of kind.points) {
          L.circle([lat, lon], { radius: 1000 * state.radius, renderer: canvas, interactive: false,
            color: kind.colour, weight: 1.2, opacity: 0.8, fillColor: kind.colour, fillOpacity: 0.1 }).addTo(rings);
        }
      }
    }

    /** Go to a point: its kind is shown, the map is there, and says its name. */
    function goTo(kind, point) {
      if (state.hidden.has(kind.kind)) showKinds([...shown(), kind]);
      map.setView([point.lat, point.lon], Math.max(map.getZoom(), 12), { animate: false });
      L.popup({ offset: [0, -4] }).setLatLng([point.lat, point.lon]).setContent(pointTip({ kind, point })).openOn(map);
      page.say(`${kindWord(kind)}: ${nameOf(point)}${placeOf(point)}`);
    }

    function drawFound() {
      const typed = byId("kg-point-search").value.trim();
      found = [];
      if (typed.length > 1) {
        for (const kind of kinds) {
          for (const point of kind.points) {
            if (core.matches(`${point.name} ${word(kind.label)}`, typed)) found.push([kind, point]);
          }
        }
      }
      const begins = ([, point]) => nameOf(point).toLowerCase().startsWith(typed.toLowerCase());
      found.sort((a, b) => begins(b) - begins(a) || nameOf(a[1]).length - nameOf(b[1]).length);
      show("kg-points-found",
        typed.length > 1 ? el("p", { class: "kg-note", role: "status" }, t("found", { n: count(found.length) })) : null,
        found.slice(0, MOST_FOUND).map(([kind, point]) => el("button",
          { type: "button", class: "kg-found", onclick: () => goTo(kind, point) },
          core.sign(kind, point.odd), el("span", { dir: "auto" }, nameOf(point), el("small", {}, placeOf(point))))));
    }

    function drawList() {
      const here = shown();
      const total = (some) => count(some.reduce((sum, kind) => sum + kind.points.length, 0));
      byId("kg-points").hidden = !kinds.length;
      if (!kinds.length) return;
      show("kg-points-title", el("b", {}, t("points")), " ", el("span", {}, t("points_shown", { n: total(here), all: total(kinds) })));
      const all = (key, these) =>
        el("button", { type: "button", class: "kg-small", onclick: () => showKinds(these) }, t(key));
      const typed = byId("kg-point-search")?.value || "";
      show("kg-points-list",
        el("div", { class: "kg-two" },
          el("label", { class: "kg-label", for: "kg-point-search" }, t("points_search"),
            el("input", { type: "search", id: "kg-point-search", value: typed, autocomplete: "off", oninput: drawFound })),
          el("label", { class: "kg-label", for: "kg-radius" }, t("rings"),
            el("select", {
              id: "kg-radius",
              onchange: (event) => { state.radius = Number(event.target.value); drawRings(); },
            }, RADII.map((km) => el("option", { value: km, selected: km === state.radius }, km ? `${km} km` : t("rings_none")))))),
        el("div", { id: "kg-points-found" }),
        kinds.map((kind) => el("label", { class: "kg-kind" },
          el("input", {
            type: "checkbox", checked: !state.hidden.has(kind.kind), "data-kind": kind.kind,
            onchange: (event) => {
              showKinds(kinds.filter((one) => (one === kind ? event.target.checked : here.includes(one))));
              byId("kg-points").querySelector(`[data-kind="${CSS.escape(kind.kind)}"]`).focus();
            },
          }),
          core.sign(kind, ""), el("span", {}, word(kind.label)), el("span", {}, count(kind.points.length)))),
        el("p", {}, all("points_all", kinds), all("points_none", [])));
      drawFound();
    }

    for (const kind of kinds) if (kind.points.length > MANY) state.hidden.add(kind.kind);
    /** What names should not cover, in the pixels in which names are placed. */
    const boxes = () => drawn.map(({ lat, lon, size, members }) => {
      const wide = members.length > 1 ? size + 2 : 16; // a sign is smaller than its field
      return { ...map.latLngToLayerPoint([lat, lon]), w: wide, h: wide };
    });
    return { drawList, shown, draw, drawn: () => drawn, boxes };
  };
})(kkbpk);
