/* Lines over time, tested by Node: node --test tests/maps/page/series.test.mjs */
import assert from "node:assert";
import test from "node:test";

import { exactOf } from "../../../kkbpk_geo/maps/page/assets/scripts/core/exact.js";
import { axisOf, bandOf, bandPath, dotOf, linePath, runsOf, seriesOf, slotsOf, timeOf } from "../../../kkbpk_geo/maps/page/assets/scripts/core/series.js";

const layer = (rows, more) => ({
  pool: [], digits: 1, cells: rows.map(([province, ...values]) => ({ values, province })), ...more,
});
const same = (value) => value;

test("a month is a month after the one before it, over the turn of the year too", () => {
  assert.equal(timeOf("2025-01") - timeOf("2024-12"), 1);
  assert.equal(timeOf("2025-Q1") - timeOf("2024-Q4"), 1);
  assert.equal(timeOf("2025-S2") - timeOf("2025-S1"), 1);
  assert.equal(timeOf("2025") - timeOf("2023"), 2);
  assert.equal(timeOf("2025-01..2025-11"), timeOf("2025-11"), "a running sum ends in its month");
  assert.equal(timeOf("2025-02..2025-04"), null);
  assert.equal(timeOf("sekarang"), null);
});

test("a month without any table has a place of its own", () => {
  assert.deepEqual(slotsOf({}, ["2025-08", "2025-10", "2025-11"], 2), [0, null, 1, 2]);
});

test("only periods of the span that is shown lie on one axis", () => {
  const periods = ["2025-01..2025-09", "2025-09", "2025-01..2025-10", "2025-10"];
  assert.deepEqual(slotsOf({ spans: [0, 1, 0, 1] }, periods, 3), [1, 3]);
  assert.deepEqual(slotsOf({ spans: [0, 1, 0, 1] }, periods, 0), [0, 2]);
});

test("periods that are no times stand in their order", () => {
  assert.deepEqual(slotsOf({}, ["a", "b", "c"], 2), [0, 1, 2]);
  assert.deepEqual(slotsOf({}, ["2025-02..2025-04", "2025-05"], 1), [0, 1]);
});

test("a region has its values, -1 the whole; no table is no number", () => {
  const one = layer([[50, 1, null], [null, 0, 4]]);
  assert.deepEqual(seriesOf(one, [0, null, 1], 0), [1, null, 0], "zero is a number");
  assert.deepEqual(seriesOf(one, [0, null, 1], 1), [null, null, 4]);
  assert.deepEqual(seriesOf(one, [0, null, 1], -1), [50, null, null]);
});

test("no line goes through a gap, and a value alone is a point", () => {
  const values = [1, 2, null, 3, null, 0];
  assert.deepEqual(runsOf(values), [[0, 1], [3], [5]]);
  assert.equal(linePath(values, same, same), "M0.0,1.0L1.0,2.0M3.0,3.0h0M5.0,0.0h0");
  assert.equal(linePath([null, null], same, same), "");
});

test("the band is the middle half of the regions, and none where fewer than four are known", () => {
  // 1, 2, 3, 4, 10: a quarter of the way is 2, three quarters 4.
  assert.deepEqual(bandOf([[10, 4, null, 3, 2, 1]]), [[2, 4]]);
  // 0, 1, 2, 3: 0.75 and 2.25.
  assert.deepEqual(bandOf([[3, 2, 1, 0]]), [[0.75, 2.25]]);
  assert.deepEqual(bandOf([[1, 2, 3, null], []]), [null, null]);
});

test("the band breaks where there is none", () => {
  const path = bandPath([[1, 2], [1, 3], null, [0, 1]], same, same);
  assert.equal(path, "M0.0,2.0L1.0,3.0L1.0,1.0L0.0,1.0ZM3.0,1.0L3.0,0.0Z");
});

test("the axis holds every number in round steps, and begins at zero where they are near", () => {
  assert.deepEqual(axisOf([48.3, 66], 1), { low: 45, high: 70, step: 5 });
  assert.deepEqual(axisOf([5, 19], 1), { low: 0, high: 20, step: 5 });
  assert.deepEqual(axisOf([-3, 3], 0), { low: -4, high: 4, step: 2 });
  assert.deepEqual(axisOf([0, 0], 1), { low: 0, high: 0.1, step: 0.1 });
  const { low, high } = axisOf([65, 65], 1);
  assert.deepEqual([low < 65, high > 65], [true, true]);
  assert.deepEqual(axisOf([7, 9], 0), { low: 7, high: 9, step: 1 }, "no finer than it is written");
});

test("the dot stands on what is shown, else on the last before it", () => {
  assert.equal(dotOf([1, 2, 3], 2), 2);
  assert.equal(dotOf([1, 2, 3], 1), 1, "not on what comes after");
  assert.equal(dotOf([1, null, null], 2), 0);
  assert.equal(dotOf([null, null, 5], 1), -1);
});

test("a value is told exactly by its parts, where they round to what is shown", () => {
  const cells = { values: [33.3, 50, 2.1, 7], top: [1, 50.4, 21, 7], bottom: [3, 100, 10_000, 0] };
  assert.equal(exactOf({ digits: 1 }, cells, 0), 100 / 3);
  assert.equal(exactOf({ digits: 1 }, cells, 1), 50, "50.4 of 100 is not what is shown");
  assert.equal(exactOf({ digits: 1 }, cells, 2), 2.1, "per thousand");
  assert.equal(exactOf({ digits: 1 }, cells, 3), 7, "of nothing there is no part");
  assert.equal(exactOf({ digits: 1 }, { values: [12.5] }, 0), 12.5);
});
