/* Only in a page made with basemap="osm": tiles of OpenStreetMap, on when asked for.
 * The policy of such a page allows that host and no other. */
"use strict";

(function (core) {
  core.makeBasemap = function (page) {
    const tiles = L.tileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png", { maxNativeZoom: 19, maxZoom: 19 });
    const credit = L.control.attribution({ prefix: false, position: "bottomright" });
    credit.addAttribution("© OpenStreetMap");
    return function show(on) {
      for (const name of ["far", "around"]) page.map.leaflet.getPane(`kg-${name}`).hidden = on;
      if (on) {
        tiles.addTo(page.map.leaflet);
        credit.addTo(page.map.leaflet);
      } else {
        tiles.remove();
        credit.remove();
      }
      page.map.paint();
    };
  };
})(kkbpk);
