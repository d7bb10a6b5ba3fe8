// @ts-check
/* Fingers: where the page scrolls, one scrolls it and two move the map. */

import { byId, el } from "../page/dom.js";
import { t } from "../page/words.js";
import { leafletMap } from "./map.js";

const HINT_TIME = 1500; // milliseconds: long enough to read four words

/** Whether what one finger does is meant for the page: this one, or one around it. */
const scrolls = () =>
  window !== window.top || document.documentElement.scrollHeight > window.innerHeight;

export function listenToFingers() {
  const map = byId("kg-map");
  const hint = el("div", { class: "kg-hint", "aria-hidden": "true", hidden: true });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let hiding;
  map.append(hint);
  // The browser must know before a finger comes down.
  const tellBrowser = () => map.classList.toggle("kg-two-fingers", scrolls());
  tellBrowser();
  addEventListener("resize", tellBrowser);
  map.addEventListener(
    "pointerdown",
    ({ pointerType }) => {
      tellBrowser();
      if (pointerType === "touch" && scrolls()) leafletMap.dragging.disable();
      else leafletMap.dragging.enable();
    },
    { capture: true },
  );
  map.addEventListener(
    "touchmove",
    ({ touches }) => {
      hint.hidden = touches.length > 1 || leafletMap.dragging.enabled();
      hint.textContent = t("two_fingers");
      clearTimeout(hiding);
      hiding = setTimeout(() => hint.toggleAttribute("hidden", true), HINT_TIME);
    },
    { passive: true },
  );
}
