// @ts-check
/* The page: what is drawn when what changes, then the start.
 *
 * The order of the lines below is the order of drawing. Names come after the legend and
 * the signs, which they go around. */

import { closeSheet, openSheet, tellPlace } from "./page/actions.js";
import { byId } from "./page/dom.js";
import { patterns } from "./page/drawings.js";
import { parts } from "./page/parts.js";
import { data, drawAll, layer, level, PLACE, SHOWN, state, update, watch } from "./page/state.js";
import { view } from "./page/words.js";
import { drawAddress, listenToAddress, wantedView } from "./views/address.js";
import {
  drawChoices,
  drawFooter,
  drawFrame,
  drawPicker,
  drawSecondOptions,
  listenToChoices,
} from "./views/choices.js";
import { drawNames, followMap, inkNames, makeNames, writeFigures } from "./views/labels.js";
import { drawLegend } from "./views/legend.js";
import { drawKept, drawLists, listenToLists, markLists } from "./views/lists.js";
import {
  clearRegions,
  drawRegions,
  leafletMap,
  outlineChosen,
  outlineLit,
  paintRegions,
} from "./views/map.js";
import { listenToPrinting } from "./views/paper.js";
import { drawBreaks, drawPeriods, drawPlay, listenToPeriods } from "./views/periods.js";
import { makePicture } from "./views/picture.js";
import { crowdedKinds, drawnSigns, drawPointList, drawPoints, drawRings, kinds } from "./views/points.js";
import { drawControls, fitMap, fitRegions, followRoom } from "./views/room.js";
import { listenToSaving } from "./views/save.js";
import { drawSheet, listenToEscape } from "./views/sheet.js";
import { listenToFingers } from "./views/touch.js";

byId("kg-patterns").append(patterns());
fitRegions();
// A step and a half farther out than the whole map: more would show nothing of it.
leafletMap.setMinZoom(leafletMap.getZoom() - 1.5);
update({ hidden: crowdedKinds(), ...wantedView() });

watch(PLACE, clearRegions);
watch(PLACE, fitRegions);
watch(PLACE, drawRegions);
watch(PLACE, makeNames);
watch(["language"], drawFrame);
watch(["language"], drawControls);
watch(["language", "level"], drawPicker);
watch(["language", "level"], drawSecondOptions);
watch([...SHOWN, "only", "basemap"], paintRegions);
watch([...SHOWN, "values"], drawChoices);
watch(["language", "level", "period"], drawPeriods);
watch(SHOWN, drawBreaks);
watch(["language", "playing"], drawPlay);
watch([...SHOWN, "only"], drawLegend);
watch([...SHOWN, "only", "list", "sort"], drawLists);
watch(SHOWN, drawFooter);
watch([...PLACE, "lit"], outlineLit);
watch([...PLACE, "region", "kept"], outlineChosen);
watch(["language", ...PLACE, "region", "kept"], drawKept);
watch([...SHOWN, "region", "other", "theme"], drawSheet);
watch([...SHOWN, "only", "list", "sort", "lit", "region", "kept"], markLists);
watch(["language", "hidden"], drawPointList);
watch(["language", ...PLACE, "hidden"], drawPoints);
watch(["hidden", "radius"], drawRings);
watch([...PLACE, "hidden"], drawNames);
watch([...SHOWN, "values"], writeFigures);
watch([...SHOWN, "only"], inkNames);

drawAll();
tellPlace(parts.hasMoved());
fitMap();
drawPoints();
drawNames();

// From here on changes come from the reader.
watch([...SHOWN, "list", "region", "kept", "other", "theme", "values"], drawAddress);
followMap();
followRoom();
listenToAddress();
listenToChoices();
listenToEscape();
listenToFingers();
listenToLists();
listenToPeriods();
listenToPrinting();
listenToSaving();
performance.mark("kg-ready");

/* What layers of folium and tests may ask for, as kkbpk.map, kkbpk.page, ... */
export const map = leafletMap;
export const picture = makePicture;
export const page = {
  data,
  state,
  level,
  layer,
  view,
  update,
  openSheet,
  closeSheet,
  kinds,
  points: { draw: drawPoints, drawn: drawnSigns },
};
