/* Only in a page made with basemap="osm": tiles of OpenStreetMap, on when asked for.
 * The policy of such a page allows that host and no other.
 *
 * The tile servers refuse who does not say which page asks (osm.wiki/Blocked_tiles), and
 * a page opened from a file has no address to say. So there the button explains itself,
 * and loads nothing. */
"use strict";

(function (core) {
  const { el } = core;
  core.makeBasemap = function (page) {
    const { t } = page, map = page.map.leaflet;
    const served = /^https?:$/.test(location.protocol);
    const tiles = L.tileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png", {
      maxNativeZoom: 19, maxZoom: 19, referrerPolicy: "strict-origin-when-cross-origin",
    });
    const credit = L.control({ position: "bottomright" });
    const box = el("div", { class: "kg-credit", role: "status" });
    credit.onAdd = () => box;
    const link = () => el("a",
      { href: "https://www.openstreetmap.org/copyright", target: "_blank", rel: "noopener" }, "OpenStreetMap");
    tiles.on("tileerror", () => box.replaceChildren(t("basemap_failed")));
    return function show(on) {
      const loads = on && served;
      for (const name of ["far", "around"]) map.getPane(`kg-${name}`).hidden = loads;
      box.replaceChildren(...(served ? ["© ", link(), ` ${t("basemap_credit")}`] : [t("basemap_file")]));
      if (on) credit.addTo(map);
      else credit.remove();
      if (loads) tiles.addTo(map);
      else tiles.remove();
      page.map.paint();
    };
  };
})(kkbpk);
