import math
import re
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.base.errors import CrsError, MapError
from kkbpk_geo.base.words import both
from kkbpk_geo.maps.content.catalogue_words import boundary_words, known_indicator
from kkbpk_geo.maps.content.layers import digits_for
from kkbpk_geo.maps.content.options import MapIndicator, MapOptions
from kkbpk_geo.maps.content.points import read_points, sign_of
from kkbpk_geo.maps.describe import describe_map


def whole(text):
    return f"^{re.escape(text)}$"


# Names


def test_a_region_without_a_name_is_called_by_its_code(strip, wide):
    names = [None, "  \x00\n", float("nan")]
    assert list(describe_map(strip.assign(name=names), wide).boundaries["name"]) == [
        "18.01", "18.02", "18.03",
    ]  # fmt: skip


def test_marks_that_turn_text_around_are_taken_out_of_names(strip, wide):
    names = ["\u202eBarat", "Way\x07 Kanan", "متر"]
    found = describe_map(strip.assign(name=names), wide)
    assert list(found.boundaries["name"]) == ["Barat", "Way Kanan", "متر"]
    assert list(strip["name"]) == ["Barat", "Tengah", "Kota Timur"], "not the caller's"


# Tables


def test_numbers_are_drawn_whatever_type_pandas_gives_them(strip):
    table = pd.DataFrame(
        {
            "campur": pd.Series([1, 2.5, None], dtype=object),
            "desimal": [Decimal("1.5"), None, Decimal(3)],
            "kosong": pd.Series([None] * 3, dtype=object),
            "ya": [True, False, True],
            "catatan": ["a", "b", "c"],
        }
    ).set_index(strip.index)
    found = describe_map(strip, table)
    assert [layer.indicator.key for layer in found.layers] == ["campur", "desimal"]
    assert found.layer("desimal").cells[""].values == (1.5, None, 3.0)
    (note,) = found.notes
    assert note["id"] == (
        "Kolom tabel yang bukan angka dan tidak digambar: kosong, ya, catatan."
    )
    asked = describe_map(strip, table, indicators=["ya"])
    assert asked.layer().classes.labels("id") == ("tidak", "ya")
    assert asked.layer().cells[""].values == (1, 0, 1)
    assert asked.notes == (), "what was not asked for is not missed"


def test_numbers_under_a_name_of_the_boundaries_are_told_not_to_be_drawn(strip):
    table = pd.DataFrame({"air": [1, 2, 3], "area_km2": [4, 5, 6]}, index=strip.index)
    (note,) = describe_map(strip, table).notes
    assert note["en"].endswith(": area_km2.")
    joined = strip.join(table[["air"]])
    assert describe_map(strip, joined).notes == (), "the area is the boundaries' own"


def test_numbers_of_more_kinds_than_can_be_told_apart_are_numbers(strip):
    packed = pd.Categorical([1, 2, 3], categories=range(9))
    table = pd.DataFrame({"air": packed}, index=strip.index)
    assert describe_map(strip, table).layer("air").cells[""].values == (1, 2, 3)
    few = pd.DataFrame({"air": pd.Categorical([5, 6, 7])}, index=strip.index)
    assert describe_map(strip, few).layer("air").cells[""].values == (0, 1, 2)


def test_a_period_is_shown_as_a_reader_writes_it(strip):
    table = pd.DataFrame({"air": [1, 2, 3]}, index=strip.index)
    found = describe_map(strip, table.assign(period=pd.Timestamp("2025-11-01")))
    assert found.periods == ("2025-11",)


def test_a_series_is_a_table_of_one_column(strip):
    values = pd.Series([1, 2, 3], index=strip.index)
    assert describe_map(strip, values).layer().indicator.key == "nilai"
    assert describe_map(strip, values.rename("air")).layer().indicator.key == "air"


def test_a_column_may_be_called_by_a_number(strip):
    table = pd.DataFrame([[1], [2], [3]], index=strip.index)
    assert describe_map(strip, table, indicators=[0]).layer().indicator.key == "0"


@pytest.mark.parametrize(
    ("column", "text"),
    [
        (
            [1 + 2j, 2, 3],
            "table: region 18.01, column 'air' is (1+2j); expected a number.",
        ),
        (
            pd.to_datetime(["2025-01-01"] * 3),
            "table: region 18.01, column 'air' is Timestamp('2025-01-01 00:00:00'); "
            "expected a number.",
        ),
        ([[1], 2, 3], "table: region 18.01, column 'air' is [1]; expected one value."),
    ],
)
def test_what_is_no_number_is_refused_with_its_cell(strip, column, text):
    table = pd.DataFrame({"air": column}, index=strip.index)
    with pytest.raises(MapError, match=whole(text)):
        describe_map(strip, table, indicators=["air"])


def test_a_table_that_is_none_is_refused(strip):
    text = (
        "table is a set; expected a DataFrame with region codes as its index, or with "
        "the columns region_code, indicator, value. Read a file with pandas: "
        "pd.read_csv(path, dtype={'region_code': str})."
    )
    with pytest.raises(MapError, match=whole(text)):
        describe_map(strip, {"18.01"})


def test_columns_of_one_name_are_refused(strip):
    table = pd.DataFrame([[1, 2]] * 3, index=strip.index, columns=["air", "air"])
    text = "table has columns ['air'] more than once; rename or drop one of each."
    with pytest.raises(MapError, match=whole(text)):
        describe_map(strip, table)


def test_boundaries_that_are_no_areas_are_refused(strip, wide):
    shapes = [*strip.geometry[:2], strip.geometry.iloc[2].centroid]
    text = "boundaries: region 18.03 is a Point; expected a Polygon or MultiPolygon."
    with pytest.raises(MapError, match=whole(text)):
        describe_map(strip.set_geometry(shapes, crs=strip.crs), wide)


def test_boundaries_that_are_no_frame_are_refused(wide):
    text = (
        "boundaries is a str; expected a GeoDataFrame in EPSG:4326, as load_boundaries "
        "gives it."
    )
    with pytest.raises(CrsError, match=whole(text)):
        describe_map("Lampung", wide)


def test_no_class_at_all_is_refused(strip, wide):
    text = "k is 0; expected 1 to 7 classes, more cannot be told apart."
    with pytest.raises(MapError, match=whole(text)):
        describe_map(strip, wide, options=MapOptions(k=0))


def test_every_numeric_column_of_a_wide_frame_is_a_layer(strip, wide):
    table = wide.assign(catatan="teks", ya=[True, False, True])
    found = describe_map(strip, table)
    assert [layer.indicator.key for layer in found.layers] == ["air", "jalan"]
    assert found.layer("jalan").cells[""].values == (1.5, None, 3.25)
    assert found.layer("jalan").cells[""].status == ("ok", "missing", "ok")
    assert found.periods == ("",)


def test_the_tidy_frame_keeps_periods_reasons_and_the_province(strip, tidy):
    layer = describe_map(strip, tidy).layer("contraceptive_use")
    october, november = layer.cells["2025-10"], layer.cells["2025-11"]
    assert october.status == ("ok", "not_reported", "not_yet_founded")
    assert november.status == ("ok", "partial", "no_denominator")
    assert november.values == (62.0, 55.0, None)
    assert november.numerators == (62.0, 110.0, None)
    assert november.denominators == (100.0, 200.0, 0.0)
    assert november.province == 57.3, "172 / 300, as shown; it comes from the table"


def test_both_periods_share_their_classes(strip, tidy):
    classes = describe_map(strip, tidy).layer().classes
    assert (classes.low, classes.high) == (55.0, 62.0)
    assert classes.k == 3, "55, 60 and 62"


def test_a_standard_turned_over_is_shown_from_the_other_side():
    found = known_indicator("villages_per_officer")
    assert found.standard_value == 2.0  # half an officer per village
    assert found.standard["id"].startswith("≤ 2 desa/petugas: ")


def test_a_known_indicator_speaks_the_catalogues_words(strip, tidy):
    indicator = describe_map(strip, tidy).layer().indicator
    assert indicator.direction == "better"
    assert both(indicator.label)["id"] == "Kesertaan ber-KB (PA/PUS)"
    assert indicator.standard_value == 65.0
    assert both(indicator.standard)["id"].startswith("≥ 65 %: SPM KB 2010-2014")


def test_a_joined_column_speaks_the_catalogues_words(strip, wide):
    found = describe_map(strip, wide.rename(columns={"air": "bkb_groups"}))
    assert both(found.layer("bkb_groups").indicator.label)["id"].startswith("BKB: ")


def test_own_words_and_breaks_are_used_as_given(strip, wide):
    own = MapIndicator(
        key="air",
        label={"id": "Air bersih", "en": "Clean water"},
        unit="%",
        direction="better",
        breaks=(15.0, 30.0),
    )
    layer = describe_map(strip, wide, indicators=[own]).layer()
    assert layer.classes.labels() == ("< 15", "15 – 29", "≥ 30")
    assert layer.classes.counts(layer.cells[""].values) == (1, 1, 1)
    assert both(layer.indicator.label)["en"] == "Clean water"


def test_a_frame_by_period_and_region_has_periods(strip, wide):
    table = pd.concat({"2024": wide, "2025": wide * 2}, names=["period"])
    found = describe_map(strip, table)
    assert found.periods == ("2024", "2025")
    assert found.layer("air").cells["2025"].values == (20.0, 40.0, 80.0)


def test_an_infinite_value_is_no_value_and_says_so(strip, wide):
    table = wide.assign(air=[math.inf, 1.0, 2.0])
    cells = describe_map(strip, table).layer("air").cells[""]
    assert cells.values == (None, 1.0, 2.0)
    assert cells.status == ("not_finite", "ok", "ok")


def test_an_indicator_all_missing_is_kept_without_classes(strip, wide):
    layer = describe_map(strip, wide.assign(air=np.nan)).layer("air")
    assert layer.classes.k == 0
    assert layer.cells[""].status == ("missing",) * 3


def test_a_region_that_is_not_on_the_map_is_named(strip, wide):
    table = pd.concat([wide, pd.DataFrame({"air": [1.0]}, index=["99.01"])])
    (note,) = describe_map(strip, table).notes
    assert note["id"] == "1 wilayah dalam tabel tidak ada pada peta ini: 99.01."
    assert note["en"] == "Regions of the table that are not on this map (1): 99.01."


def test_one_region_is_a_map(strip, wide):
    found = describe_map(strip.iloc[:1], wide.iloc[:1])
    assert found.layer("air").classes.labels() == ("10",)


def test_regions_are_in_code_order_whatever_the_order_given(strip, wide):
    found = describe_map(strip.iloc[::-1], wide)
    assert found.codes == ["18.01", "18.02", "18.03"]
    assert found.layer("air").cells[""].values == (10.0, 20.0, 40.0)


@given(st.permutations(range(8)))
def test_the_order_of_rows_is_nothing(order):
    import geopandas as gpd
    from shapely.geometry import box

    codes = ["18.01", "18.02"]
    shapes = [box(0, 0, 1, 1), box(1, 0, 2, 1)]
    regions = gpd.GeoDataFrame(
        {"name": ["a", "b"]}, geometry=shapes, index=codes, crs="EPSG:4326"
    )
    rows = [
        (p, c, i, len(i) + int(p) / 7)
        for p in ("2024", "2025")
        for c in codes
        for i in ("x", "yy")
    ]
    table = pd.DataFrame(rows, columns=["period", "region_code", "indicator", "value"])
    one = describe_map(regions, table)
    other = describe_map(regions, table.iloc[list(order)])
    for key in ("x", "yy"):
        assert one.layer(key).classes == other.layer(key).classes
        for period in ("2024", "2025"):
            cells = one.layer(key).cells[period]
            assert cells.values == other.layer(key).cells[period].values


@pytest.mark.parametrize(
    ("values", "digits"),
    [([1, 2, None], 0), ([0.25, 0.5], 3), ([10.5, 90.1], 1), ([1e-9, 2e-9], 4)],
)
def test_decimals_are_as_many_as_tell_values_apart(values, digits):
    assert digits_for(values) == digits


def test_labels_in_one_language_serve_the_other():
    assert both({"id": "air"}) == {"id": "air", "en": "air"}
    assert both("air") == {"id": "air", "en": "air"}


# Refusals: the whole text


def test_a_table_of_another_level_is_refused_with_both_codes(strip, wide):
    wide.index = ["18.01.01", "18.01.02", "18.01.03"]
    text = (
        "none of the 3 region codes of table is on the map: table has '18.01.01', the "
        "map has '18.01'. Codes are text with dots; give the boundaries of the same "
        "level."
    )
    with pytest.raises(MapError, match=whole(text)):
        describe_map(strip, wide)


def test_an_unknown_indicator_is_refused_with_those_that_exist(strip, wide):
    text = "table has no indicator 'udara'; it has air, jalan."
    with pytest.raises(MapError, match=whole(text)):
        describe_map(strip, wide, indicators=["air", "udara"])
    text = "the map has no indicator 'udara'; it has air, jalan."
    with pytest.raises(MapError, match=whole(text)):
        describe_map(strip, wide, options=MapOptions(first="udara"))


def test_a_region_twice_is_refused_by_name(strip, wide, tidy):
    text = (
        "table has more than one row for 18.02; expected one row per region and period."
        " Add them up or drop one."
    )
    with pytest.raises(MapError, match=whole(text)):
        describe_map(strip, pd.concat([wide, wide.iloc[[1]]]))
    text = (
        "table has region '18.02' twice for indicator 'contraceptive_use', period "
        "'2025-10'; expected one row each. Add them up or drop one."
    )
    with pytest.raises(MapError, match=whole(text)):
        describe_map(strip, pd.concat([tidy, tidy.iloc[[1]]]))


def test_text_where_a_number_should_be_is_refused_with_its_cell(strip, wide):
    table = wide.assign(air=["10", "1.234,5", "40"])
    text = (
        "table: region 18.01, column 'air' is '10'; expected a number. Read the sheet "
        "with read_table, convert the column first, or, for a column of kinds, give it "
        "the type 'category'."
    )
    with pytest.raises(MapError, match=whole(text)):
        describe_map(strip, table, indicators=["air"])


def test_a_table_without_numbers_is_refused(strip, wide):
    text = (
        "table has no column of numbers to draw, and none of kinds, of which there may "
        "be 8; it has catatan. Give a column of numbers per indicator, with region "
        "codes as the index."
    )
    with pytest.raises(MapError, match=whole(text)):
        describe_map(strip, pd.DataFrame({"catatan": list("abc")}, index=wide.index))


def test_boundaries_that_cannot_be_drawn_are_refused(strip, wide):
    with pytest.raises(
        MapError,
        match=whole("boundaries has no rows; a map needs at least one region."),
    ):
        describe_map(strip.iloc[:0], wide)
    text = "boundaries has codes more than once: ['18.01']. Dissolve them first."
    with pytest.raises(MapError, match=whole(text)):
        describe_map(pd.concat([strip, strip.iloc[:1]]), wide)
    text = (
        "boundaries has no column 'name'; it has kind, parent_code, area_km2, geometry."
        " Rename the column that names the regions."
    )
    with pytest.raises(MapError, match=whole(text)):
        describe_map(strip.drop(columns="name"), wide)
    text = (
        "boundaries has the code 0, which is no text; expected region codes such as "
        "'18.10' as the index. Call .set_index('region_code') first."
    )
    with pytest.raises(MapError, match=whole(text)):
        describe_map(strip.reset_index(drop=True), wide)
    text = "boundaries is in EPSG:32748; expected EPSG:4326. Call .to_crs('EPSG:4326')."
    with pytest.raises(CrsError, match=whole(text)):
        describe_map(strip.to_crs("EPSG:32748"), wide)


def test_an_unknown_language_is_refused(strip, wide):
    with pytest.raises(
        MapError, match=whole("language is 'jw'; expected 'id' or 'en'.")
    ):
        describe_map(strip, wide, options=MapOptions(language="jw"))


# Points


def test_points_are_placed_or_named(strip, points):
    kinds, unplaced = read_points(points, strip)
    hospitals, bkb = kinds
    assert unplaced == 1
    assert hospitals.names == ("RS Laut", "RS Barat", "RS Pindah")
    assert hospitals.regions == (-1, 0, 0), "where stated, the stated region counts"
    assert hospitals.placement == ("outside", "ok", "other_region")
    assert bkb.names == ("Melati",)
    assert bkb.regions == (2,)


def test_stated_placement_is_believed(strip, points):
    kinds, _ = read_points(points.assign(placement="ok"), strip)
    assert {p for kind in kinds for p in kind.placement} == {"ok"}


def test_points_of_the_map_are_counted_in_its_notes(strip, wide, points):
    notes = [n["id"] for n in describe_map(strip, wide, points=points).point_notes]
    assert notes == [
        "1 titik tanpa koordinat yang dapat dipakai tidak digambar.",
        "1 titik berada di luar semua wilayah peta (bertanda lingkaran merah).",
        "1 titik berada di wilayah lain daripada yang ditulis "
        "(bertanda lingkaran merah).",
    ]


def test_no_points_at_all_are_no_points(strip, points):
    assert read_points(points.iloc[:0], strip) == ((), 0)


def test_points_without_coordinates_columns_are_refused(strip, points):
    text = (
        "points has no column longitude, latitude; expected longitude and latitude in "
        "degrees (or LINTANG and BUJUR, lon and lat), or a GeoDataFrame; it has kind, "
        "name, region_code. Rename the columns, or read the sheet with "
        "kkbpk_geo.read_table."
    )
    with pytest.raises(MapError, match=whole(text)):
        read_points(points.drop(columns=["longitude", "latitude"]), strip)


def test_coordinates_that_are_text_are_refused_with_their_cell(strip, points):
    points = points.astype({"latitude": object})
    points.loc[2, "latitude"] = "5 LS"
    text = (
        "points: row 2, column 'latitude' is '5 LS'; expected degrees as a number. "
        "Correct the cell, or read the sheet with kkbpk_geo.read_table."
    )
    with pytest.raises(MapError, match=whole(text)):
        read_points(points, strip)


def test_every_kind_has_its_own_sign():
    from kkbpk_geo.catalogue.programme import facility_kinds, groups

    kinds = [*facility_kinds(), *groups()]
    signs = [sign_of(kind) for kind in kinds]
    assert len({(s.shape, s.letter) for s in signs}) == len(kinds), "without colour too"
    assert len({s.colour for s in signs}) == len(kinds)
    assert sign_of("warung").shape == "circle"


# Needs


def test_needs_stand_in_map_order_and_missing_stays_missing(strip, wide, gaps):
    needs = describe_map(strip, wide, gaps=gaps).needs
    kit, well = needs.services
    assert kit.gap == (12.0, None, 0.0)
    assert kit.status == ("ok", "missing", "ok")
    assert kit.surplus == (0.0, None, 2.0)
    assert kit.label["id"] == "Setiap BKB memiliki BKB Kit"
    assert kit.action["id"] == "sediakan {gap} BKB Kit"
    assert well.label == {"id": "sumur", "en": "sumur"}
    assert needs.score == (0.425, None, 0.0)
    assert needs.rank == (1.0, None, 2.0)


def test_score_and_gaps_are_layers_of_the_newest_period(strip, tidy, gaps):
    found = describe_map(strip, tidy, gaps=gaps)
    keys = [layer.indicator.key for layer in found.layers]
    assert keys == ["contraceptive_use", "gap_score", "gap:kit:bkb", "gap:sumur"]
    kit = found.layer("gap:kit:bkb")
    assert kit.cells["2025-11"].values == (12.0, None, 0.0)
    assert kit.cells["2025-10"].values == (None, None, None)
    assert (kit.indicator.ranking, kit.indicator.digits) == ("priority", 0)


# --- what boundaries say about themselves ------------------------------------------

NOTES = [
    {"id": "Dataran tinggi.", "en": "Upland.", "codes": ("18.02", "18.99")},
    {"id": "Asal.", "en": "Origin."},
]


def test_a_map_shows_what_its_boundaries_say_of_regions_that_are_drawn(strip, wide):
    strip.attrs["map_notes"] = NOTES
    notes = [note["id"] for note in describe_map(strip, wide).notes]
    assert notes[-2:] == ["Dataran tinggi.", "Asal."]
    east = strip.loc[["18.03"]]
    notes = describe_map(east, wide.loc[["18.03"]]).notes
    assert notes == ({"id": "Asal.", "en": "Origin."},)


def test_land_around_of_another_source_is_credited(strip, wide):
    around = strip.iloc[[0]].set_axis(["16.02"])
    options = MapOptions(context=around)
    assert describe_map(strip, wide, options=options).notes == ()
    around.attrs = {"attribution": "pemetaan lain, CC BY"}
    (note,) = describe_map(strip, wide, options=MapOptions(context=around)).notes
    assert note == {
        "id": "Daratan sekitar: pemetaan lain, CC BY.",
        "en": "Land around: pemetaan lain, CC BY.",
    }
    nothing = MapOptions(context=around.iloc[:0])
    assert describe_map(strip, wide, options=nothing).notes == ()


def test_the_credit_line_names_the_state_of_the_source(strip):
    words = boundary_words(strip.attrs)
    assert words == {"id": "Batas: contoh buatan", "en": "Boundaries: contoh buatan"}
    strip.attrs |= {"commit": "0123456789abcdef", "date": "2026-01-31"}
    said = boundary_words(strip.attrs)
    assert said["id"] == "Batas: contoh buatan, 0123456, 2026-01-31"


# What regions are compared with


@pytest.mark.parametrize(
    ("codes", "place", "said"),
    [
        (["18.01", "18.02", "18.03"], ("18", "Lampung"), "Provinsi"),
        (["18.71.01", "18.71.02", "18.71.03"], ("18.71", "Kota Contoh"), "Kota Contoh"),
        (["18.71.01", "18.71.02", "18.02.03"], ("18.71", "Kota Contoh"), "Provinsi"),
        (["18", "32", "73"], ("", "Indonesia"), "Indonesia"),
    ],
)
def test_the_sum_of_a_city_is_called_by_its_name_and_not_the_province(
    strip, codes, place, said
):
    frame = strip.set_axis(pd.Index(codes, name="region_code"))
    frame.attrs = {"province_code": place[0], "province_name": place[1]}
    found = describe_map(frame, pd.DataFrame({"air": [1, 2, 3]}, index=frame.index))
    assert found.whole["id"] == said
