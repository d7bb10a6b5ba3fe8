// @ts-check
/* Periods: the slider, and playing one after the other. */

import { setPeriod } from "../page/actions.js";
import { byId, inputById, show } from "../page/dom.js";
import { layer, level, state, update } from "../page/state.js";
import { periodWord, t, word } from "../page/words.js";

const STEP = 1100; // milliseconds a period stays while playing
/** @type {ReturnType<typeof setInterval> | undefined} */
let timer;

const lastPeriod = () => level().periods.length - 1;

export function drawPeriods() {
  const slider = inputById("kg-period");
  byId("kg-period-field").hidden = lastPeriod() < 1;
  slider.max = String(lastPeriod());
  slider.value = String(state.period);
  slider.setAttribute("aria-valuetext", periodWord(state.period));
  show("kg-period-word", periodWord(state.period));
}

/** Say under the slider where the numbers before and after are not of one kind. */
export function drawBreaks() {
  const shown = [layer(), level().layers[state.second]].filter(Boolean);
  const said = shown.flatMap(({ breaks }) => breaks ?? []).map(word);
  show("kg-period-note", [...new Set(said)].join(" ")).hidden = !said.length;
}

export function drawPlay() {
  const action = t(state.playing ? "pause" : "play");
  const button = show("kg-play", state.playing ? "❚❚" : "▶");
  button.setAttribute("aria-label", action);
  button.title = action;
}

function togglePlay() {
  if (state.playing) {
    stopPlaying();
    return;
  }
  if (state.period === lastPeriod()) setPeriod(0);
  timer = setInterval(() => {
    setPeriod(state.period + 1);
    if (state.period === lastPeriod()) stopPlaying();
  }, STEP);
  update({ playing: true });
}

function stopPlaying() {
  clearInterval(timer);
  update({ playing: false });
}

export function listenToPeriods() {
  const slider = inputById("kg-period");
  // Some browsers tell only of the end of a move, others of every step: no step twice.
  for (const event of ["input", "change"]) {
    slider.addEventListener(event, () => {
      if (Number(slider.value) !== state.period) setPeriod(Number(slider.value));
    });
  }
  byId("kg-play").addEventListener("click", togglePlay);
}
