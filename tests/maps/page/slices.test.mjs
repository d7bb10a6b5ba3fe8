/* Long lists, tested by Node: node --test tests/maps/page/slices.test.mjs */
import assert from "node:assert";
import test from "node:test";

import { drawInSlices, drawRests, SLICE } from "../../../kkbpk_geo/maps/page/assets/scripts/core/slices.js";

const LONG = 2 * SLICE; // 200: a screen of 40, then 100, then 60

/* Draws a list into an array of lines; `slices` says from where to where, `ends` how often it ended. */
function drawn(list, n) {
  const found = { lines: [], slices: [], ends: 0 };
  const draw = (from, to) => {
    found.slices.push([from, to]);
    for (let i = from; i < to; i++) found.lines.push(i);
  };
  drawInSlices(list, n, draw, () => { found.ends += 1; });
  return found;
}

/* Long enough for the few slices here, however busy the machine is. */
const later = async () => {
  for (let i = 0; i < 10; i++) await new Promise((done) => setTimeout(done, 5));
};
const upTo = (n) => [...Array(n).keys()];

test("a list of one slice is drawn at once", async () => {
  const list = drawn("d", 3);
  assert.deepEqual(drawn("a", SLICE).slices, [[0, 100]]);
  assert.deepEqual(drawn("b", 38).lines, upTo(38));
  assert.equal(drawn("c", 0).ends, 1, "an empty list has come to its end");
  await later();
  assert.deepEqual([list.slices, list.ends], [[[0, 3]], 1], "and not once more");
});

test("of a long list a screen is drawn at once and every line soon, each once", async () => {
  const list = drawn("a", LONG);
  assert.deepEqual(list.slices, [[0, 40]]);
  assert.equal(list.ends, 0);
  await later();
  assert.deepEqual(list.slices, [[0, 40], [40, 140], [140, 200]]);
  assert.deepEqual(list.lines, upTo(LONG));
  assert.equal(list.ends, 1);
});

test("what is left of a list is dropped when it is drawn anew, that of others is not", async () => {
  const [old, other] = [drawn("a", LONG), drawn("b", LONG)];
  const now = drawn("a", LONG);
  await later();
  assert.deepEqual([old.lines.length, old.ends], [40, 0]);
  assert.deepEqual([now.lines.length, now.ends], [LONG, 1]);
  assert.deepEqual([other.lines.length, other.ends], [LONG, 1]);
});

test("the short list that follows a long one is all there is", async () => {
  const old = drawn("a", LONG);
  drawn("a", 3);
  await later();
  assert.equal(old.lines.length, 40);
});

test("whoever needs every line has it at once", async () => {
  const lists = [drawn("a", LONG), drawn("b", 5000)];
  drawRests();
  assert.deepEqual(lists.map((list) => list.lines.length), [LONG, 5000]);
  await later();
  assert.deepEqual(lists.map((list) => list.ends), [1, 1], "and nothing is drawn twice");
});
