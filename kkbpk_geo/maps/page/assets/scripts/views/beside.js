// @ts-check
/* What lies beside the place that one went into: in grey, as coarse as may be, by the
 * lines of the regions that are shown, so that no crack opens. */

import { shapesOf, upperShapes } from "../core/levels.js";
import { levelsAround, ownAt, setLevel } from "../page/places.js";
import { data, PLACE, watch } from "../page/state.js";
import { LAND, leafletMap } from "./map.js";

const landBeside = L.layerGroup().addTo(leafletMap);
const besideRenderer = L.svg({ pane: "kg-around", padding: 1 });

/** The regions around the place: their level, number and shape. */
function regionsBeside() {
  return levelsAround().flatMap((k) => {
    const { parents } = data.levels[k];
    const own = ownAt(k);
    const shapes = k ? shapesOf(data.levels, k) : upperShapes(data.levels);
    return shapes
      .map((shape, i) => ({ k, i, shape: shape.length ? shape : shapesOf(data.levels, k)[i] }))
      .filter(({ i }) => i !== own && (k === 0 || parents[i] === parents[own]));
  });
}

/** Draw them; a double click goes there. */
function drawBeside() {
  const style = { color: "#fff", weight: 0.9, fillColor: LAND, fillOpacity: 1 };
  const how = { className: "kg-beside", renderer: besideRenderer, pane: "kg-around" };
  for (const { k, i, shape } of regionsBeside()) {
    L.polygon(shape, { ...style, ...how })
      .bindTooltip(data.levels[k].names[i], { sticky: true })
      .on("dblclick", () => setLevel(k + 1, i, k))
      .addTo(landBeside);
  }
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let drawing;

watch(PLACE, () => {
  landBeside.clearLayers();
  clearTimeout(drawing);
  drawing = setTimeout(drawBeside); // once what one came for is there
});

/** Their shapes, for a picture of the map. */
export const shapesBeside = () => regionsBeside().map(({ shape }) => shape);
