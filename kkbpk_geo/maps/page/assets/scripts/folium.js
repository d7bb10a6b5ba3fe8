// @ts-check
/* Only in a page with folium layers: what their scripts expect to find, which is a
 * little "$", the pins, and folium.Icon. */

import { svg } from "./page/dom.js";

/**
 * Take the pictures of Leaflet's default pin from inside the page.
 * @param {L.IconOptions} pictures
 */
export function pins(pictures) {
  delete (/** @type {any} */ (L.Icon.Default.prototype)._getIconUrl);
  L.Icon.Default.mergeOptions(pictures);
}

/**
 * folium makes popups with $(`<div>…</div>`)[0] and waits with $(document).ready.
 * @param {Document | string} given
 */
function dollar(given) {
  if (typeof given !== "string") return { ready: (/** @type {() => void} */ run) => run() };
  return [...new DOMParser().parseFromString(given, "text/html").body.children];
}

/* The colours of folium.Icon. */
/** @type {Record<string, string>} */
const COLOURS = {
  red: "#c0392b",
  darkred: "#7f1d1d",
  lightred: "#e57373",
  orange: "#e67e22",
  beige: "#d9b38c",
  green: "#2e7d32",
  darkgreen: "#1b4d20",
  lightgreen: "#7cb342",
  blue: "#1f6fb2",
  darkblue: "#123f66",
  lightblue: "#64b5f6",
  purple: "#7b3fa0",
  darkpurple: "#4a235a",
  pink: "#d870ad",
  cadetblue: "#5f9ea0",
  white: "#ffffff",
  gray: "#6b7280",
  lightgray: "#b0b6bd",
  black: "#222222",
};

/**
 * folium.Icon: a pin in its colour; its glyph needs a font that is not here.
 * @param {{markerColor: string}} options
 */
function pinIcon({ markerColor }) {
  const pin = svg(
    "svg",
    { width: 26, height: 38, viewBox: "0 0 26 38" },
    svg("path", {
      d: "M13,37C11,28 1,22 1,13a12,12 0 1,1 24,0C25,22 15,28 13,37Z",
      fill: COLOURS[markerColor] || COLOURS.blue,
      stroke: "#fff",
      "stroke-width": 1.5,
    }),
    svg("circle", { cx: 13, cy: 13, r: 4.5, fill: "#fff" }),
  );
  const html = /** @type {HTMLElement} */ (/** @type {Element} */ (pin));
  return L.divIcon({
    html,
    className: "",
    iconSize: [26, 38],
    iconAnchor: [13, 38],
    popupAnchor: [0, -34],
  });
}

Object.assign(window, { $: dollar });
Object.assign(L, { AwesomeMarkers: { icon: pinIcon } });
