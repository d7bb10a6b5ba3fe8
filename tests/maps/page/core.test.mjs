/* The pure functions of the page, tested by Node: node --test tests/maps/core.test.mjs */
import assert from "node:assert";
import test from "node:test";

import { readRow } from "../../../kkbpk_geo/maps/page/assets/scripts/core/decode.js";
import { placeNames } from "../../../kkbpk_geo/maps/page/assets/scripts/core/names.js";
import { barOf, classOf, formatNumber, isAscending, orderOf, rank } from "../../../kkbpk_geo/maps/page/assets/scripts/core/numbers.js";
import { holds, mainParts, neighbourTowards, readNeighbours } from "../../../kkbpk_geo/maps/page/assets/scripts/core/shapes.js";
import { reasons, statusNamed, statusOf, useStatuses } from "../../../kkbpk_geo/maps/page/assets/scripts/core/statuses.js";
import { fill } from "../../../kkbpk_geo/maps/page/assets/scripts/core/text.js";

useStatuses([
  { key: "ok", letter: "k", id: "ada", en: "there" },
  { key: "missing", letter: "m", id: "tidak ada", en: "none", hatch: "M0,0 8,8" },
  { key: "not_reported", letter: "r", id: "belum", en: "not yet", hatch: "M8,0 0,8" },
  { key: "not_yet_founded", letter: "f", id: "baru", en: "new", hatch: "M0,4 H8" },
]);

const id = { thousands: ".", decimal: "," };

test("numbers are written as the language writes them", () => {
  assert.equal(formatNumber(1234.5, 1, id), "1.234,5");
  assert.equal(formatNumber(-1234567, 0, id), "-1.234.567");
  assert.equal(formatNumber(-0.04, 1, id), "0,0");
  assert.equal(formatNumber(999, 0, { thousands: ",", decimal: "." }), "999");
  assert.equal(formatNumber(null, 1, id), "–");
});

test("a label keeps a slot that has no value", () => {
  assert.equal(fill("{a} dari {b}", { a: 3 }), "3 dari {b}");
  assert.equal(fill("{a}", { a: "{b} $& $1" }), "{b} $& $1");
});

test("a value on a break is in the class above; a missing one in none", () => {
  const classes = { breaks: [10, 20], colours: ["a", "b", "c"] };
  assert.deepEqual([9.9, 10, 19.9, 20, null].map((v) => classOf(v, classes)), [0, 1, 1, 2, null]);
  assert.equal(classOf(1, { breaks: [], colours: [] }), null);
});

test("a column is read with its decimals; a dot is missing", () => {
  assert.deepEqual(readRow("C6H.3S"), [1.25, null, -3]);
  assert.deepEqual(readRow("A."), [null]);
  assert.deepEqual(readRow("AGI"), [3, 4]);
});

test("a value of null without a reason is missing", () => {
  const cells = { values: [1, null, null], status: "kkr" };
  assert.deepEqual([0, 1, 2].map((i) => statusOf(cells, i)), ["ok", "missing", "not_reported"]);
  assert.equal(statusOf({ values: [null] }, 0), "missing");
});

test("an unknown letter or word for a status is told, never drawn as another", () => {
  assert.throws(() => statusOf({ values: [null], status: "z" }, 0), /unknown letter "z" for a status; known: k, m, r, f/);
  assert.throws(() => statusNamed("few"), /unknown status "few"; known: ok, missing/);
});

test("what has a hatch has no number, in the order of the table", () => {
  assert.deepEqual(reasons().map(({ key }) => key), ["missing", "not_reported", "not_yet_founded"]);
});

test("shapes that share a line are neighbours", () => {
  // Three squares in a row, as encode_coverage writes them.
  const row = { per_degree: 1, arcs: "", shapes: "CCEACCCIEGBICCEFK" };
  assert.deepEqual(readNeighbours(row), [[1], [0, 2], [1]]);
});

test("equal values share a position and missing ones have none", () => {
  assert.deepEqual(rank([5, 9, 5, null], false), [2, 1, 2, null]);
  assert.deepEqual(rank([5, 9, 5, null], true), [1, 3, 1, null]);
  assert.deepEqual(orderOf([5, 9, 5, null], false), [1, 0, 2, 3]);
});

test("only for 'lower is better' small values come first", () => {
  assert.equal(isAscending({ order: "best", direction: "worse" }), true);
  assert.equal(isAscending({ order: "best", direction: "better" }), false);
  assert.equal(isAscending({ order: "priority", direction: "better" }), true);
  assert.equal(isAscending({ order: "priority", direction: "worse" }), false);
  assert.equal(isAscending({ order: "largest", direction: "better" }), false);
  assert.equal(isAscending({ order: "largest", direction: "context" }), false);
  assert.equal(isAscending({ order: "priority", direction: "worse" }), false);
});

test("arrow keys go to what lies that way", () => {
  const places = [{ x: 0, y: 0 }, { x: 10, y: 1 }, { x: 4, y: 20 }];
  assert.equal(neighbourTowards(places, 0, 1, 0), 1);
  assert.equal(neighbourTowards(places, 0, 0, 1), 2);
  assert.equal(neighbourTowards(places, 0, -1, 0), -1);
});

const VIEW = { left: -200, top: -200, right: 200, bottom: 200 };
const roomy = (x) => ({ x, y: 0, w: 40, h: 12, roomX: 40, roomY: 40 });

test("names that fit stand where they belong", () => {
  assert.deepEqual(placeNames([roomy(0), roomy(100)], VIEW, { leaders: true }),
    [{ x: 0, y: 0, line: false }, { x: 100, y: 0, line: false }]);
});

test("a name without room stands beside, with a line; or is hidden", () => {
  const small = { ...roomy(0), roomX: 2, roomY: 2 };
  const [placed] = placeNames([small], VIEW, { leaders: true });
  assert.equal(placed.line, true);
  assert.ok(Math.abs(placed.x) > 20 || Math.abs(placed.y) > 6);
  assert.deepEqual(placeNames([small], VIEW, { leaders: false }), [null]);
});

test("a name moves off a sign within its room, and stays where that is not possible", () => {
  const sign = { x: 6, y: 2, w: 24, h: 24 };
  const [moved] = placeNames([roomy(0)], VIEW, { leaders: true, signs: [sign] });
  assert.ok(Math.abs(moved.x - 6) >= 32 || Math.abs(moved.y - 2) >= 18);
  assert.ok(Math.abs(moved.x) <= 44 && Math.abs(moved.y) <= 44 && !moved.line);
  const wall = { x: 0, y: 0, w: 400, h: 400 };
  assert.deepEqual(placeNames([roomy(0)], VIEW, { leaders: true, signs: [wall] }), [{ x: 0, y: 0, line: false }]);
});

test("no name stands where none may, whatever its room", () => {
  const barred = [{ x: 0, y: 0, w: 20, h: 20 }];
  const [moved] = placeNames([roomy(0)], VIEW, { leaders: true, barred });
  assert.ok(Math.abs(moved.x) >= 30 || Math.abs(moved.y) >= 16);
  const all = [{ x: 0, y: 0, w: 2000, h: 2000 }];
  assert.deepEqual(placeNames([roomy(0)], VIEW, { leaders: true, barred: all }), [null]);
});

test("a name beside its shape rather lies on none than on another one", () => {
  const small = { ...roomy(0), roomX: 2, roomY: 2 };
  const apart = ({ x, y }) => Math.abs(x) < 1 && y < -40;
  const [placed] = placeNames([small], VIEW, { leaders: true, apart });
  assert.ok(placed.line && Math.abs(placed.x) < 1 && placed.y < -40);
  const [anywhere] = placeNames([small], VIEW, { leaders: true, apart: () => false });
  assert.ok(anywhere.line);
});

test("a point is in a shape, not in its hole and not beside it", () => {
  const square = (a, b) => [[a, a], [a, b], [b, b], [b, a]];
  const shape = [[square(0, 10), square(4, 6)], [square(20, 22)]];
  assert.deepEqual([[1, 1], [5, 5], [15, 15], [21, 21]].map(([lat, lon]) => holds(shape, lat, lon)),
    [true, false, false, true]);
});

test("no two names overlap, however close they are", () => {
  const labels = Array.from({ length: 30 }, (_, i) => roomy(7 * i - 100));
  const shown = placeNames(labels, VIEW, { leaders: true }).filter(Boolean);
  assert.ok(shown.length > 4);
  for (const a of shown) {
    for (const b of shown) {
      assert.ok(a === b || Math.abs(a.x - b.x) >= 40 || Math.abs(a.y - b.y) >= 12);
    }
  }
});

test("bars grow from zero, to either side", () => {
  assert.deepEqual(barOf(50, 25, 100), { left: 0, width: 50 });
  assert.deepEqual(barOf(-5, -5, 5), { left: 0, width: 50 });
  assert.deepEqual(barOf(5, -5, 5), { left: 50, width: 50 });
  assert.deepEqual(barOf(0, 0, 0), { left: 0, width: 0 });
});

test("only parts of a size that matters decide the view", () => {
  const square = (x, side) => [[[0, x], [0, x + side], [side, x + side], [side, x]]];
  assert.deepEqual(mainParts([square(0, 1), square(5, 0.1), square(9, 0.5)]), [square(0, 1), square(9, 0.5)]);
});
