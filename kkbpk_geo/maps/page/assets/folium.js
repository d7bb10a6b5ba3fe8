/* What the scripts of folium layers expect to find: a little "$", the pins, a map. */
"use strict";

(function (core) {
  /** The pictures of Leaflet's default pin, from inside the page. */
  core.pins = function (pictures) {
    delete L.Icon.Default.prototype._getIconUrl;
    L.Icon.Default.mergeOptions(pictures);
  };

  /** folium makes popups with $(`<div>…</div>`)[0] and waits with $(document).ready. */
  window.$ = function (given) {
    if (given === document) return { ready: (run) => run() };
    return [...new DOMParser().parseFromString(given, "text/html").body.children];
  };

  /** folium.Icon: a pin in its colour; its glyph needs a font that is not here. */
  const COLOURS = {
    red: "#c0392b", darkred: "#7f1d1d", lightred: "#e57373", orange: "#e67e22", beige: "#d9b38c",
    green: "#2e7d32", darkgreen: "#1b4d20", lightgreen: "#7cb342", blue: "#1f6fb2", darkblue: "#123f66",
    lightblue: "#64b5f6", purple: "#7b3fa0", darkpurple: "#4a235a", pink: "#d870ad", cadetblue: "#5f9ea0",
    white: "#ffffff", gray: "#6b7280", lightgray: "#b0b6bd", black: "#222222",
  };
  L.AwesomeMarkers = {
    icon(options) {
      const pin = core.svg("svg", { width: 26, height: 38, viewBox: "0 0 26 38" },
        core.svg("path", {
          d: "M13,37C11,28 1,22 1,13a12,12 0 1,1 24,0C25,22 15,28 13,37Z",
          fill: COLOURS[options.markerColor] || COLOURS.blue, stroke: "#fff", "stroke-width": 1.5,
        }),
        core.svg("circle", { cx: 13, cy: 13, r: 4.5, fill: "#fff" }));
      return L.divIcon({ html: pin, className: "", iconSize: [26, 38], iconAnchor: [13, 38], popupAnchor: [0, -34] });
    },
  };
})(kkbpk);
