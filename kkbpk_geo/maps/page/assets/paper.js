/* Printing: the map takes its printed size while the browser lays out the paper.
 *
 * In: the page. Out: fit(), which shows the whole map in the room there is, printA3(). */
"use strict";

(function (core) {
  core.makePaper = function (page) {
    const { byId } = page, root = document.documentElement;
    let closed = false;

    function fit() {
      page.map.leaflet.invalidateSize({ animate: false });
      page.map.home();
      page.map.placeLegend();
      page.map.home();
    }
    addEventListener("beforeprint", () => {
      root.classList.add("kg-printing");
      byId("kg-footer").after(byId("kg-sheet"));
      closed = !byId("kg-points").open;
      byId("kg-points").open = true;
      fit();
    });
    addEventListener("afterprint", () => {
      root.classList.remove("kg-printing", "kg-a3");
      byId("kg-paper").textContent = "";
      byId("kg-panel").prepend(byId("kg-sheet"));
      if (closed) byId("kg-points").open = false;
      page.map.leaflet.invalidateSize({ animate: false });
    });

    /** A3 is A4 enlarged: the same layout, every length times the root of two. */
    function printA3() {
      byId("kg-paper").textContent = "@page { size: A3 landscape; margin: 12.7mm; }";
      root.classList.add("kg-a3");
      print();
    }
    return { fit, printA3 };
  };
})(kkbpk);
