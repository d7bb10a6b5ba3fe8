// @ts-check
/* Only in a page made with basemap="osm": tiles of OpenStreetMap, on when asked for.
 * The policy of such a page allows that host and no other.
 *
 * The tile servers refuse who does not say which page asks (osm.wiki/Blocked_tiles), and
 * a page opened from a file has no address to say. So there the button explains itself,
 * and loads nothing. */

import { byId, el, pressButton, show } from "./page/dom.js";
import { state, update, watch } from "./page/state.js";
import { t } from "./page/words.js";
import { leafletMap, paneOf } from "./views/map.js";

const TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";
const COPYRIGHT = "https://www.openstreetmap.org/copyright";
const isServed = /^https?:$/.test(location.protocol);

const credit = el("div", { class: "kg-credit", role: "status" });
const CreditControl = L.Control.extend({ onAdd: () => credit });
const creditControl = new CreditControl({ position: "bottomright" });

const tiles = L.tileLayer(TILES, {
  maxNativeZoom: 19,
  maxZoom: 19,
  referrerPolicy: "strict-origin-when-cross-origin",
});
tiles.on("tileerror", () => credit.replaceChildren(t("basemap_failed")));

const copyrightLink = () =>
  el("a", { href: COPYRIGHT, target: "_blank", rel: "noopener" }, "OpenStreetMap");

function drawBasemap() {
  const loads = state.basemap && isServed;
  for (const name of ["far", "around"]) paneOf(name).hidden = loads;
  const words = isServed
    ? ["© ", copyrightLink(), ` ${t("basemap_credit")}`]
    : [t("basemap_file")];
  credit.replaceChildren(...words);
  if (state.basemap) creditControl.addTo(leafletMap);
  else creditControl.remove();
  if (loads) tiles.addTo(leafletMap);
  else tiles.remove();
}

function drawBasemapButton() {
  const toggle = () => {
    update({ basemap: !state.basemap });
    const button = byId("kg-basemap").firstChild;
    if (button instanceof HTMLElement) button.focus();
  };
  show("kg-basemap", pressButton(t("basemap"), state.basemap, toggle));
}

watch(["basemap", "language"], drawBasemap);
watch(["basemap", "language"], drawBasemapButton);
