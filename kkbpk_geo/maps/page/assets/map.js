/* The map itself: land, regions, names, what lies beside it; arrow keys on it.
 *
 * In: the page (see workmap.js). Out: page.map with draw, paint, light, choose, home. */
"use strict";

(function (core) {
  const { el } = core;
  const TOWARDS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const LAND = "#d9d8d2", FAINT = 0.14;
  const still = (pane) => ({ interactive: false, smoothFactor: 0, noClip: true, pane, renderer: L.svg({ pane, padding: 1 }) });

  core.makeMap = function (page) {
    const { data, t, calm, byId } = page;
    const map = L.map("kg-map", {
      attributionControl: false, zoomControl: false, maxZoom: 14, zoomSnap: 0.25, zoomDelta: 0.5,
      zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm,
      doubleClickZoom: data.levels.length < 2, renderer: L.svg({ padding: 1 }),
    });
    const boundsOf = ([west, south, east, north]) => L.latLngBounds([south, west], [north, east]);
    map.fitBounds(boundsOf(data.levels[0].extent), { animate: false });
    const panes = [["far", 380], ["around", 390], ["outline", 440], ["rings", 450], ["names", 590]];
    for (const [name, level] of panes) {
      map.createPane(`kg-${name}`).style.zIndex = level;
      map.getPane(`kg-${name}`).style.pointerEvents = "none";
    }
    const country = data.outline ? core.readShapes(data.outline) : [];
    const land = (shapes, pane, more) => {
      if (shapes.length) {
        L.polygon(shapes.flat(), { ...still(pane), weight: 1, fillColor: LAND, fillOpacity: 1, ...more }).addTo(map);
      }
    };
    const around = core.readShapes(data.around);
    if (around.length) {
      land(country, "kg-far", { color: LAND });
      L.rectangle(boundsOf(data.window), { ...still("kg-far"), stroke: false, fillColor: "#edf2f4", fillOpacity: 1 }).addTo(map);
    }
    land(around, "kg-around", { color: "#fff" });
    const line = (weight) =>
      L.polygon([], { ...still("kg-outline"), fill: false, color: "#0a2233", weight }).addTo(map);
    const chosenLine = line(3.4), litLine = line(2.4);
    const group = L.layerGroup().addTo(map);
    let paths = [], names = [], sizes = [], placed = [], stop = 0;
    const lines = core.svg("svg", { class: "kg-lines", width: 1, height: 1, "aria-hidden": "true" });

    /* Regions ------------------------------------------------------------------- */
    /** Put the regions of the level on the map. */
    function draw() {
      group.clearLayers();
      const level = page.level();
      level.drawn = level.drawn || core.readShapes(level.shapes);
      const weight = level.codes.length > 60 ? 0.6 : 0.9;
      paths = level.drawn.map((shape, i) => {
        const path = L.polygon(shape, {
          smoothFactor: 0, noClip: true, color: "#46525b", weight, fillOpacity: 1, className: "kg-region",
        });
        path.bindTooltip(() => page.tip(i), { sticky: true, direction: "auto" });
        path.on("mouseover", () => page.light(i)).on("mouseout", () => page.light(null));
        path.on("click", () => page.openSheet(i));
        path.on("dblclick", () => page.drillDown(i));
        return path.addTo(group);
      });
      stop = 0;
      paths.forEach((path, i) => listen(path.getElement(), i));
      names = level.names.map((name) => el("div", { class: "kg-name", "aria-hidden": "true", dir: "auto" }, name));
      map.getPane("kg-names").replaceChildren(lines, ...names);
      sizes = [];
    }

    /** Give every region its colour; what is not asked for is faint. */
    function paint() {
      const view = page.view(), base = page.state.basemap && map.getPane("kg-around").hidden ? 0.75 : 1;
      paths.forEach((path, i) => {
        const inside = page.inScope(i);
        const style = {
          fillColor: inside ? core.paint(view, i) : LAND, fillOpacity: inside && !page.isLoud(i) ? FAINT * base : base,
          color: inside ? "#46525b" : "#fff",
        };
        if (!inside) path.bringToBack();
        Object.assign(path.options, style);
        const element = path.getElement();
        element.setAttribute("fill", style.fillColor);
        element.setAttribute("fill-opacity", style.fillOpacity);
        element.setAttribute("stroke", style.color);
        element.setAttribute("aria-label", `${page.fullName(i)}: ${page.textOf(i)}; ${t("open")}`);
      });
    }

    /* One stop for Tab, arrows move, Enter opens. */
    function setStop(i) {
      paths[stop].getElement().setAttribute("tabindex", "-1");
      stop = i;
      paths[stop].getElement().setAttribute("tabindex", "0");
    }
    function listen(element, i) {
      element.setAttribute("tabindex", i === stop ? "0" : "-1");
      element.setAttribute("role", "button");
      element.addEventListener("focus", () => page.light(i));
      element.addEventListener("blur", () => page.light(null));
      element.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") page.openSheet(i);
        else if (event.key in TOWARDS) {
          const places = page.level().places.map(([lon, lat]) => ({ x: lon, y: -lat }));
          const next = core.neighbourTowards(places, i, ...TOWARDS[event.key]);
          if (next >= 0) {
            setStop(next);
            paths[next].getElement().focus();
          }
        } else return;
        event.preventDefault();
        event.stopPropagation();
      });
    }

    const light = (i) => litLine.setLatLngs(i === null ? [] : page.level().drawn[i]);
    function choose(i) {
      chosenLine.setLatLngs(i === null ? [] : page.level().drawn[i]);
      if (i !== null) setStop(i);
    }

    /* What is in view ----------------------------------------------------------- */
    const scope = () => page.level().drawn.filter((_, i) => page.inScope(i));
    /** Show all regions, or those one came for; beside the legend where there is room. */
    function home() {
      const { within } = page.state;
      const bounds = within === null ? boundsOf(page.level().extent)
        : L.latLngBounds(core.mainParts(scope().flat()).flat(2));
      const legend = byId("kg-legend"), size = map.getSize();
      const beside = getComputedStyle(legend).position === "absolute";
      map.fitBounds(bounds, { padding: [10, 10], animate: false });
      if (!beside) return;
      const wide = map.latLngToLayerPoint(bounds.getNorthEast()).x - map.latLngToLayerPoint(bounds.getSouthWest()).x;
      const spare = Math.max(0, size.x - wide - 20);
      map.panBy([-Math.min(spare, legend.offsetWidth + 24) / 2, 0], { animate: false });
    }

    /** Put the legend, then the inset, into the corner where they cover least. */
    function placeLegend() {
      const size = map.getSize(), at = scope().flat(3).map((vertex) => map.latLngToContainerPoint(vertex));
      const covered = (box, corner) => at.filter(({ x, y }) =>
        (corner.includes("left") ? x < box.offsetWidth + 20 : x > size.x - box.offsetWidth - 20) &&
        (corner.includes("top") ? y < box.offsetHeight + 20 : y > size.y - box.offsetHeight - 50)).length;
      const place = (id, corners) => {
        const box = byId(id), costs = corners.map((corner) => covered(box, corner));
        return (box.dataset.corner = corners[costs.indexOf(Math.min(...costs))]);
      };
      const taken = place("kg-legend", ["bottom-left", "top-left"]);
      place("kg-beside", ["top-left", "bottom-right", "bottom-left"].filter((one) => one !== taken));
    }

    /* Names: measured once, placed anew when the view changes. */
    function placeNames() {
      const level = page.level();
      if (!sizes.length) {
        const range = document.createRange();
        sizes = names.map((name) => {
          name.hidden = false;
          name.style.width = "";
          range.selectNodeContents(name);
          return [Math.ceil(range.getBoundingClientRect().width) + 7, name.offsetHeight];
        });
        names.forEach((name, i) => { name.style.width = `${sizes[i][0]}px`; });
      }
      const corner = map.containerPointToLayerPoint([0, 0]), size = map.getSize();
      const view = { left: corner.x, top: corner.y, right: corner.x + size.x, bottom: corner.y + size.y };
      const labels = level.places.map(([lon, lat, roomX, roomY], i) => {
        const at = map.latLngToLayerPoint([lat, lon]);
        const edge = map.latLngToLayerPoint([lat + roomY, lon + roomX]);
        const room = page.inScope(i) ? 1 : 0;
        return { x: at.x, y: at.y, w: sizes[i][0], h: sizes[i][1], roomX: room * (edge.x - at.x), roomY: room * (at.y - edge.y) };
      });
      const signs = page.points ? page.points.boxes() : [];
      const ground = (x, y) => {
        const { lat, lng } = map.layerPointToLatLng([x, y]);
        return level.drawn.findIndex((shape) => core.holds(shape, lat, lng));
      };
      const apart = ({ x, y, w }, i) => [-0.5, -0.2, 0.2, 0.5].every((k) => [-1, i].includes(ground(x + k * w, y)));
      const found = core.placeNames(labels, view, { leaders: level.codes.length <= 40 && size.x > 560, signs, apart });
      lines.replaceChildren();
      placed = [];
      found.forEach((place, i) => {
        names[i].hidden = place === null;
        if (!place) return;
        const { x, y, w, h } = { ...labels[i], ...place };
        L.DomUtil.setPosition(names[i], L.point(x - w / 2, y - h / 2));
        const label = { i, x, y, w, from: null };
        if (place.line) {
          label.from = labels[i];
          label.to = {
            x: Math.max(x - w / 2, Math.min(x + w / 2, labels[i].x)),
            y: Math.max(y - h / 2, Math.min(y + h / 2, labels[i].y)),
          };
          lines.append(...leader(label));
        }
        placed.push(label);
      });
    }
    const leader = ({ from, to }) => [
      core.svg("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, stroke: "#16212a" }),
      core.svg("circle", { cx: from.x, cy: from.y, r: 2.2, fill: "#16212a", stroke: "#fff" }),
    ];
    map.on("zoomstart", () => { map.getPane("kg-names").style.visibility = "hidden"; });
    map.on("zoomend moveend resize", () => {
      map.getPane("kg-names").style.visibility = "";
      if (page.points) page.points.draw();
      placeNames();
    });

    /* Beside the map ------------------------------------------------------------ */
    let zoom = null;
    function drawControls() {
      if (zoom) zoom.remove();
      zoom = L.control.zoom({ position: "topright", zoomInTitle: t("zoom_in"), zoomOutTitle: t("zoom_out") }).addTo(map);
      zoom.getContainer().append(el("a", { href: "#", role: "button", title: t("reset"), "aria-label": t("reset"),
        onclick: (event) => { event.preventDefault(); home(); } }, "⌂"));
      L.DomEvent.disableClickPropagation(zoom.getContainer());
      core.show("kg-north", core.svg("svg", { width: 20, height: 30, role: "img", "aria-label": t("north_long") }, core.north(t("north"))));
      if (!country.length) return;
      const high = Math.ceil(core.insetHeight(data.frame, 150));
      core.show("kg-inset", core.svg("svg", { width: 150, height: high, role: "img", "aria-label": t("inset") },
        core.inset(country, data.frame, data.levels[0].extent, 150)));
    }
    L.control.scale({ imperial: false, position: "bottomright", maxWidth: 140 }).addTo(map);

    return {
      leaflet: map, around, country, draw, paint, light, choose, home, placeLegend, placeNames, drawControls, leader,
      window: () => { // the corners of what "around" covers
        const [west, south, east, north] = data.window;
        return [[south, west], [north, west], [north, east], [south, east]];
      },
      paths: () => paths, placed: () => placed, remeasure: () => { sizes = []; },
    };
  };
})(kkbpk);
