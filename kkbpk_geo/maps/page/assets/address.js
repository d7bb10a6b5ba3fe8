/* The view in the address, so that a link opens what one sees.
 *
 * In: the page. Out: remember(), which writes it, and reopen(), which reads it. */
"use strict";

(function (core) {
  core.makeAddress = function (page) {
    const { data, state } = page;
    let written = location.hash, opened = false;

    function remember() {
      if (!opened) return;
      const level = page.level(), second = level.layers[state.second];
      written = core.writeAddress({
        ind: page.layer().key, mode: state.mode === "value" ? "" : state.mode, with: second ? second.key : "",
        period: level.periods[state.period] || "", region: state.region === null ? "" : level.codes[state.region],
        level: state.level || "", in: state.within === null ? "" : data.levels[0].codes[state.within],
        list: state.list === "table" ? "table" : "", lang: state.language === data.language ? "" : state.language,
      });
      try {
        history.replaceState(null, "", written);
      } catch {
        // A frame without an address of its own (Jupyter) cannot keep the view.
      }
    }

    /** Open what the address asks for; what the map does not have is left out. */
    function reopen() {
      opened = false;
      const wanted = core.readAddress(location.hash), to = wanted.level === "1" && data.levels[1] ? 1 : 0;
      if (data.texts[wanted.lang]) state.language = wanted.lang;
      const within = to ? data.levels[0].codes.indexOf(wanted.in) : -1;
      if (to !== state.level || within >= 0) page.setLevel(to, within < 0 ? null : within);
      const find = (key) => page.level().layers.findIndex((one) => one.key === key);
      const [ind, period] = [find(wanted.ind), page.level().periods.indexOf(wanted.period)];
      page.forget();
      page.drawFrame();
      page.update({
        layer: ind < 0 ? state.layer : ind, second: find(wanted.with), mode: wanted.mode || "value",
        period: period < 0 ? state.period : period, list: wanted.list === "table" ? "table" : "ranking", only: new Set(),
      });
      const region = page.level().codes.indexOf(wanted.region);
      if (region >= 0) page.openSheet(region);
      else page.closeSheet();
      opened = true;
    }
    addEventListener("hashchange", () => { if (location.hash !== written) reopen(); });
    return { remember, reopen };
  };
})(kkbpk);
