/* The views of the map, tested by Node: node --test tests/maps/views.test.js */
"use strict";

const test = require("node:test");
const assert = require("node:assert");
const core = require("../../../kkbpk_geo/maps/page/assets/core.js");
require("../../../kkbpk_geo/maps/page/assets/views.js");

const everyone = () => true;
const pool = [["quantile", 0, [50], 10, 60, 1], ["#a", "#b"], []];
const layer = (cells, more) => ({
  key: "x", digits: 0, direction: "better", order: "best", line: 50, factor: 100, cells, pool,
  modes: { value: 0, gap: 0, need: 0, rank: 0, change: 0 }, thirds: 2, ...more,
});

test("gap, need, rank and change start from what is shown", () => {
  const one = layer([
    { values: [60, 40, null], province: 50 },
    { values: [60, 42, 55], top: [6, 42, 55], bottom: [10, 101, 100], province: 51 },
  ]);
  const of = (mode) => core.modeCells(one, mode, 1);
  assert.deepEqual(of("gap").values, [0, 8, 0]);
  assert.deepEqual(of("need").values, [0, 9, 0], "half of 101 is 50.5; 8.5 are lacking: nine");
  assert.deepEqual(of("rank").values, [1, 3, 2]);
  assert.deepEqual(of("change").values, [0, 2, null]);
  assert.equal(of("change").province, 1);
  assert.deepEqual(core.modeCells(one, "change", 0).values, [null, null, null]);
});

test("a view ranks and counts only those inside", () => {
  const one = layer([{ values: [60, 40, null, 55], province: null }]);
  const view = core.single(one, "value", 0, pool, (i) => i !== 0);
  assert.deepEqual(view.order, [3, 1, 2]);
  assert.deepEqual(view.ranks, [null, 2, null, 1]);
  assert.deepEqual([...view.counts], [[0, 1], ["missing", 1], [1, 1]]);
});

test("the levels of two indicators say where attention is needed", () => {
  assert.deepEqual([1, 5, 9, null].map((v) => core.levelOf(v, [4, 8], "worse")), [0, 1, 2, null]);
  assert.deepEqual([1, 5, 9].map((v) => core.levelOf(v, [4, 8], "better")), [2, 1, 0]);
  assert.equal(core.levelOf(3, [], "context"), 1);
  assert.deepEqual([1, 9].map((v) => core.levelOf(v, [4], "context")), [0, 2]);
});

test("a region without one of the two has the reason as its key", () => {
  const data = { pool: [...pool, [4, 8]], pair_colours: [["00", "10", "20"], ["01", "11", "21"], ["02", "12", "22"]] };
  const first = layer([{ values: [1, 9, null], status: "kkr" }], { thirds: 3 });
  const second = layer([{ values: [1, null, 9], status: "kfk" }], { thirds: 3, direction: "worse" });
  const view = core.pair(first, second, 0, data, everyone);
  assert.deepEqual([0, 1, 2].map(view.keyOf), ["2,0", "not_yet_founded", "not_reported"]);
  assert.equal(view.colourOf("2,0"), "20");
  assert.equal(view.colourOf("missing"), undefined);
});

test("rows without a value come last, whichever way one sorts", () => {
  const values = [3, null, 1];
  assert.deepEqual(core.sortRows([0, 1, 2], (i) => values[i], true), [2, 0, 1]);
  assert.deepEqual(core.sortRows([0, 1, 2], (i) => values[i], false), [0, 2, 1]);
});

test("a table as CSV runs no formula and writes numbers as the language does", () => {
  const rows = [["nama", "nilai"], ["=1+1", 1234.5], ['a;"b"', null], ["-5", -5]];
  assert.equal(core.csv(rows, ","), '\ufeffnama;nilai\r\n\'=1+1;1234,5\r\n"a;""b""";\r\n-5;-5\r\n');
  assert.equal(core.csv([["a,b", 1.5]], "."), '\ufeff"a,b",1.5\r\n');
});

test("the address comes back as it was written", () => {
  const view = { ind: "a:b & c", region: "18.10", period: "", mode: null };
  assert.equal(core.writeAddress(view), "#ind=a%3Ab+%26+c&region=18.10");
  assert.deepEqual(core.readAddress(core.writeAddress(view)), { ind: "a:b & c", region: "18.10" });
  assert.deepEqual(core.readAddress(""), {});
});

test("a search asks for every word, in any order and without accents", () => {
  assert.ok(core.matches("Puskesmas Émas Baru", "baru emas"));
  assert.ok(!core.matches("Puskesmas", "baru"));
  assert.ok(core.matches("apa saja", ""));
});

test("points closer than asked are one group; all of them are in one", () => {
  const points = [{ x: 0, y: 0 }, { x: 100, y: 0 }, { x: 3, y: 4 }, { x: 0, y: 49 }];
  assert.deepEqual(core.gather(points, 50), [[0, 2, 3], [1]]);
  const many = Array.from({ length: 500 }, (_, i) => ({ x: (i * 37) % 600, y: (i * 91) % 400 }));
  assert.deepEqual(core.gather(many, 50).flat().sort((a, b) => a - b), many.map((_, i) => i));
});

test("text breaks into lines that fit, long words too", () => {
  assert.deepEqual(core.wrap("satu dua tiga", 8), ["satu dua", "tiga"]);
  assert.deepEqual(core.wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
});

test("a scale has a round length", () => {
  assert.deepEqual([999, 1000, 2300, 7].map(core.roundLength), [500, 1000, 2000, 5]);
});
