"""From rows to units: every row is counted, and what is changed is told."""

import numpy as np
import pytest
import shapely
from making_villages import CELL, cells, four, path_of, row, shape, write_clone

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions.building import recipe
from kkbpk_geo.regions.building.recipe import build_units
from kkbpk_geo.regions.building.rules import Rules
from kkbpk_geo.regions.building.sources import open_source

A, B, C, D = sorted(four())


def build(tmp_path, rows, *, keep=("18",), rules=None, steps=None):
    source = open_source(write_clone(tmp_path, rows))
    told = [] if steps is None else steps
    return build_units(
        source,
        source.provinces,
        keep=frozenset(keep),
        rules=rules or Rules(),
        tell=told.append,
    )


def whats(changes):
    return [(each.what, each.code) for each in changes]


def test_four_villages_are_four_levels(tmp_path):
    built = build(tmp_path, four())
    assert built.codes == (A, B, C, D)
    assert {level: len(codes) for level, codes in built.levels.items()} == {
        "provinsi": 1,
        "kabkota": 1,
        "kecamatan": 2,
        "desa": 4,
    }
    assert built.areas == pytest.approx([4.906] * 4, abs=2e-3)
    assert (built.changes, built.faults, built.openings) == ((), (), ())


def test_villages_that_are_not_kept_are_joined_to_their_kecamatan(tmp_path):
    built = build(tmp_path, four(), keep=())
    assert built.codes == ("18.72.01", "18.72.02")
    assert "desa" not in built.levels
    assert built.outlined == (A, B, C, D)


def test_the_rows_add_up(tmp_path):
    square = path_of(cells(0, 0, 1, 1))
    text = "".join(
        [
            row(A, square),
            row(A, path_of(cells(5, 5, 6, 6))),  # another part of it
            row(A, path_of(cells(0, 0, 1, 0.9))),  # the same ground again
            row(B, ""),
            row(C, "[[[-5.0,105.0],[-5.0,105.1],[-5.0,105.0]]]"),
            row("18.99.01.2001", path_of(cells(9, 9, 10, 10))),
            row("18.72.09.2001", path_of(cells(3, 3, 4, 4))),  # of no known kecamatan
            "\t(cut\n",
        ]
    )
    built = build(tmp_path, text)
    (count,) = built.counts
    assert (count.rows, count.outlines, count.merged) == (8, 2, 1)
    assert (count.repeated, count.unusable, count.unknown) == (1, 3, 1)
    parts = (count.outlines, count.merged, count.repeated, count.unusable)
    assert sum(parts) + count.unknown == count.rows
    assert built.codes == (A, "18.72.09.2001")
    assert sorted(fault.what for fault in built.faults) == [
        "empty",
        "no_district",
        "parts_merged",
        "too_few_points",
        "unreadable",
    ]


def test_of_the_same_ground_twice_the_first_row_stands(tmp_path):
    text = row(A, path_of(cells(0, 0, 1, 1))) + row(A, path_of(cells(0, 0, 3, 3)))
    built = build(tmp_path, text)
    assert shapely.area(built.polygons)[0] / CELL**2 == pytest.approx(1)
    assert [fault.what for fault in built.faults] == ["repeated"]


@pytest.mark.parametrize(
    ("over", "what"), [(0.009, "parts_merged"), (0.011, "repeated")]
)
def test_parts_may_touch_by_a_hundredth_and_no_more(tmp_path, over, what):
    parts = (cells(0, 0, 1, 1), cells(1 - over, 0, 2 - over, 1))
    built = build(tmp_path, "".join(row(A, path_of(part)) for part in parts))
    assert [fault.what for fault in built.faults] == [what]


def test_an_overlap_a_crack_and_a_crossing_are_mended(tmp_path):
    crack = cells(0.999, 0.5, 1.001, 1.5)  # 4 metres wide
    rows = four()
    rows[A], rows[B] = rows[A] - crack, cells(0, 0.9, 1, 2) - crack
    rows[D] = shape((1, 1), (2, 2), (2, 1), (1, 2))
    built = build(tmp_path, rows)
    assert shapely.coverage_is_valid(built.polygons)
    # Of the crack a triangle in the crossing one's ground stays bare.
    sizes = shapely.area(built.polygons) / CELL**2
    assert sizes.sum() == pytest.approx(3.5, abs=0.01)
    assert ("invalid", D) in whats(built.changes)


def test_a_village_on_anothers_ground_is_told_and_has_no_outline(tmp_path):
    rows = {A: cells(0, 0, 3, 3), B: cells(1, 1, 1.5, 1.5)}
    built = build(tmp_path, rows)
    assert built.codes == built.outlined == (A,)
    assert whats(built.changes) == [("covered", B)]


@pytest.mark.parametrize(("moved", "told"), [(0.045, 0), (0.055, 2)])
def test_who_gives_more_than_a_twentieth_is_told(tmp_path, moved, told):
    # The first overlaps the second, which keeps it along its longer border.
    rows = {A: cells(0, 0, 1, 1), B: cells(1 - moved, -1, 2, 2)}
    built = build(tmp_path, rows)
    assert len(built.changes) == min(told, 1)
    if told:
        assert whats(built.changes) == [("gave", A)]


def test_a_village_of_two_metres_is_told(tmp_path):
    tiny = cells(5, 5, 5.001, 5.001)
    built = build(tmp_path, {**four(), "18.72.03.1001": tiny})
    assert built.codes == (A, B, C, D)
    assert whats(built.changes) == [("lost", "18.72.03.1001")]


@pytest.mark.parametrize(
    ("ring", "told"),
    [
        # Four points on a line; a square of a tenth of a metre.
        ([(9, 5), (9, 6), (9, 7), (9, 8), (9, 5)], ["invalid", "lost"]),
        ([(9, 5), (9, 5.00005), (9.00005, 5.00005), (9.00005, 5), (9, 5)], ["lost"]),
    ],
)
def test_an_outline_that_bounds_no_ground_is_told(tmp_path, ring, told):
    built = build(tmp_path, {**four(), "18.72.03.1001": shape(*ring)})
    assert built.codes == (A, B, C, D)
    assert whats(built.changes) == [(what, "18.72.03.1001") for what in told]


def test_a_village_that_the_grid_has_no_room_for_is_told(tmp_path, monkeypatch):
    def without_last(units, _codes):
        return np.array([*units[:3], shapely.Polygon()])

    monkeypatch.setattr(recipe, "on_grid", without_last)
    built = build(tmp_path, four())
    assert built.codes == (A, B, C)
    assert whats(built.changes) == [("vanished", D)]
    assert built.changes[0].before_km2 == pytest.approx(4.906, abs=2e-3)
    assert len(built.areas) == 3


def test_a_hole_stays_and_is_told(tmp_path):
    rows = {A: cells(0, 0, 3, 3) - cells(1, 1, 2, 2)}
    (opening,) = build(tmp_path, rows).openings
    assert opening.km2 == pytest.approx(4.906, abs=2e-3)
    assert opening.place == pytest.approx((-4.97, 105.03))


def test_small_parts_beside_another_kecamatan_are_counted(tmp_path):
    beside = shapely.union_all([cells(0, 0, 1, 1), cells(2, 0, 2.1, 0.1)])
    alone = shapely.union_all([cells(1, 0, 2, 1), cells(8, 8, 8.1, 8.1)])
    built = build(tmp_path, {A: beside, C: alone}, keep=())
    n, km2 = built.crumbs
    assert n == 1
    assert km2 == pytest.approx(0.049, abs=1e-3)


def test_two_provinces_are_fitted_together(tmp_path):
    write_clone(tmp_path, {"16.72.01.1001": cells(-1, 0, 0.01, 1)}, province="16")
    steps = []
    built = build(tmp_path, four(), keep=("18",), steps=steps)
    assert built.codes == ("16.72.01", A, B, C, D)
    assert shapely.coverage_is_valid(built.polygons)
    assert [(step.what, step.place, step.done, step.total) for step in steps] == [
        ("province", "16", 0, 6),
        ("province", "18", 1, 6),
        ("joining", "", 2, 6),
        ("ground", "", 3, 6),
        ("grid", "", 4, 6),
        ("proof", "", 5, 6),
    ]
    assert steps[-1].units == 5


def test_a_source_without_one_usable_row_is_refused(tmp_path):
    with pytest.raises(BoundaryError, match="no row of the source"):
        build(tmp_path, row(A, ""))


def test_the_same_rows_make_the_same_units_in_any_order(tmp_path):
    rows = four()
    one = build(tmp_path / "a", rows)
    two = build(tmp_path / "b", dict(reversed(rows.items())))
    assert np.array_equal(shapely.to_wkb(one.polygons), shapely.to_wkb(two.polygons))


def test_a_province_without_a_usable_row_is_still_counted(tmp_path):
    write_clone(tmp_path, row("16.72.01.1001", ""), province="16")
    built = build(tmp_path, four())
    first = built.counts[0]
    assert (first.province, first.rows, first.unusable) == ("16", 1, 1)


def test_a_village_lost_while_provinces_are_joined_has_no_outline(
    tmp_path, monkeypatch
):
    plain = recipe.clean

    def lose_last(polygons, *, snapping=None, **more):
        if snapping is None:
            return plain(polygons, **more)
        found = plain(polygons, snapping=snapping, **more)
        found.polygons[-1] = shapely.Polygon()
        return found

    monkeypatch.setattr(recipe, "clean", lose_last)
    write_clone(tmp_path, {"16.72.01.1001": cells(-1, 0, 0, 1)}, province="16")
    built = build(tmp_path, four())
    assert built.outlined == ("16.72.01.1001", A, B, C)


def test_districts_alone_are_two_levels(tmp_path):
    import geopandas as gpd

    frame = gpd.GeoDataFrame(
        {"kode": ["18.71", "18.72"]},
        geometry=[cells(0, 0, 1, 1), cells(1, 0, 2, 1)],
        crs="EPSG:4326",
    )
    frame.to_file(tmp_path / "kab.gpkg", engine="pyogrio")
    source = open_source(tmp_path / "kab.gpkg")
    built = build_units(
        source, ("18",), keep=frozenset(), rules=Rules(), tell=lambda _: None
    )
    assert list(built.levels) == ["provinsi", "kabkota"]
    assert built.crumbs == (0, 0)
