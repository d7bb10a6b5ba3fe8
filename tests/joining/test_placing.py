"""Rows of kecamatan and villages placed by their names, with outlines or without."""

from __future__ import annotations

import pandas as pd
import pytest

from kkbpk_geo.base.errors import EmptyDataError, JoinError
from kkbpk_geo.gaps import score_gaps
from kkbpk_geo.indicators import compute_indicators, hide_small
from kkbpk_geo.intake import read_table
from kkbpk_geo.joining import join_regions
from kkbpk_geo.joining.placing import map_regions
from kkbpk_geo.regions.resolving import regions_frame

HEAD = ["KABUPATEN", "KECAMATAN", "KODE", "DESA", "PUS", "UNMET NEED"]
# Kecamatan Ambarawa is 18.10.03; 2001 Ambarawa, 2003 Kresno Mulyo, 2004 Sumber Agung.
ROWS = [
    ["PRINGSEWU", "AMBARAWA", "", "AMBARAWA", 400, 40],
    ["PRINGSEWU", "KEC. AMBARAWA", "", "DESA KRESNO MULYO", 300, 30],
    ["PRINGSEWU", "AMBARAWA", "2004", "SUMBER AGUNGG", 200, 20],
    ["PRINGSEWU", "AMBARAWA", "", "TIDAK ADA", 100, 10],
]


def read(*rows, head=HEAD, province="Lampung", **options):
    return read_table([head, *rows], province=province, year=2025, **options)


def test_villages_are_placed_by_name_by_the_word_for_their_kind_and_by_their_code():
    joined = join_regions(regions_frame("Pringsewu", level="desa"), read(*ROWS))
    couples = joined.at()["couples"].dropna()
    assert couples.to_dict() == {
        "18.10.03.2001": 400,
        "18.10.03.2003": 300,
        "18.10.03.2004": 200,
    }
    assert joined.unplaced[["desa", "reason"]].to_numpy().tolist() == [
        ["TIDAK ADA", "region_unknown"]
    ]


@pytest.mark.parametrize(
    ("names", "placed"),
    [
        # 2003 is Kresno Mulyo, which stands there by its name; 2004 has one claim, then
        # two.
        ((["KRESNO MULYO", "2003"], ["ZZA", "2003"]), {"18.10.03.2003": 1}),
        ((["ZZA", "2004"], ["ZZB", "2004"]), {}),
        ((["ZZA", "2004"], ["ZZB", "2099"]), {"18.10.03.2004": 1}),
    ],
)
def test_a_code_decides_only_where_no_other_name_claims_it(names, placed):
    rows = [["PRINGSEWU", "AMBARAWA", code, name, 1, 0] for name, code in names]
    rows += [["PRINGSEWU", "AMBARAWA", "", "AMBARAWA", 1, 0]]
    joined = join_regions(regions_frame("Pringsewu", level="desa"), read(*rows))
    couples = joined.at()["couples"].dropna().to_dict()
    assert couples == {"18.10.03.2001": 1, **placed}


def test_a_name_written_otherwise_in_one_table_is_known_though_another_has_it_right():
    right = read(["PRINGSEWU", "AMBARAWA", "", "SUMBER AGUNG", 200, 20])
    head = ["KABUPATEN", "KECAMATAN", "KODE", "DESA", "BKB YANG ADA"]
    other = read(["PRINGSEWU", "AMBARAWA", "2004", "SBR AGUNG", 1], head=head)
    joined = join_regions(regions_frame("Pringsewu", level="desa"), [right, other])
    assert joined.at().loc["18.10.03.2004", "couples"] == 200
    assert joined.at().loc["18.10.03.2004", "bkb_groups"] == 1


BKB = ["KABUPATEN", "KECAMATAN", "DESA", "BKB YANG ADA"]
OTHERWISE = ["PRINGSEWU", "AMBARAWA", "SBR AGUNG", 1]


def test_the_code_that_one_table_states_of_a_name_holds_in_every_table():
    coded = read(["PRINGSEWU", "AMBARAWA", "2004", "SBR AGUNG", 200, 20])
    joined = join_regions(
        regions_frame("Pringsewu", level="desa"), [coded, read(OTHERWISE, head=BKB)]
    )
    here = joined.at().loc["18.10.03.2004"]
    assert (here["couples"], here["bkb_groups"]) == (200, 1)
    assert joined.unplaced.empty


@pytest.mark.parametrize(
    "others",
    [
        # Another table has both names: two villages. Another states another code.
        [read(OTHERWISE, ["PRINGSEWU", "AMBARAWA", "SUMBER AGUNG", 1], head=BKB)],
        [read(["PRINGSEWU", "AMBARAWA", "2003", "SBR AGUNG", 1, 1])],
    ],
)
def test_a_code_that_any_table_speaks_against_decides_in_none(others):
    coded = read(
        ["PRINGSEWU", "AMBARAWA", "2004", "SBR AGUNG", 200, 20],
        ["PRINGSEWU", "AMBARAWA", "", "AMBARAWA", 1, 0],
    )
    joined = join_regions(regions_frame("Pringsewu", level="desa"), [coded, *others])
    assert joined.at()["couples"].dropna().to_dict() == {"18.10.03.2001": 1}


def test_what_is_one_kecamatan_is_the_sum_of_its_villages():
    joined = join_regions(regions_frame("Pringsewu"), read(*ROWS))
    assert joined.at()["couples"].dropna().to_dict() == {"18.10.03": 1000}
    assert (joined.level, joined.province_code, joined.province_name) == (
        "kecamatan",
        "18.10",
        "Pringsewu",
    )


def test_a_village_without_its_kecamatan_is_placed_where_its_district_has_it_once():
    head = ["KABUPATEN", "DESA", "PUS"]
    rows = [["PRINGSEWU", "KRESNOMULYO", 50], ["PRINGSEWU", "PODOMORO", 60]]
    joined = join_regions(
        regions_frame("Pringsewu", level="desa"), read(*rows, head=head)
    )
    assert joined.at()["couples"].dropna().to_dict() == {
        "18.10.01.2009": 60,
        "18.10.03.2003": 50,
    }


def test_kecamatan_and_villages_of_any_province_are_placed():
    rows = [
        ["MAJENE", "BANGGAE", "", "TOTOLI", 70, 7],
        ["PASANGKAYU", "BAMBAIRA", "", "KASOLOANG", 80, 8],
    ]
    tables = read(*rows, province="Sulawesi Barat")
    found = {}
    for level in ("kecamatan", "desa"):
        joined = join_regions(regions_frame("Sulawesi Barat", level=level), tables)
        found[level] = joined.at()["couples"].dropna().to_dict()
        assert joined.unplaced.empty
    assert found["kecamatan"] == {"76.01.10": 80, "76.05.01": 70}
    assert set(found["desa"].values()) == {70, 80}


def test_villages_and_their_groups_are_counted_against_the_register():
    head = ["KABUPATEN", "KECAMATAN", "DESA", "BKB YANG ADA"]
    rows = [["MAJENE", "BANGGAE", "TOTOLI", 1], ["MAJENE", "BANGGAE", "BANGGAE", 0]]
    table = read(*rows, head=head, province="Sulawesi Barat")
    by = {
        level: join_regions(regions_frame("Majene", level=level), table).at()
        for level in ("kecamatan", "desa")
    }
    # Banggae has 6 kelurahan and 2 desa; one of those told has a group.
    assert by["kecamatan"].loc["76.05.01", "villages"] == 8
    assert by["kecamatan"].loc["76.05.01", "bkb_villages_with_groups"] == 1
    # A village is one village: what every village needs, this one needs.
    assert set(by["desa"]["villages"]) == {1}


def test_names_that_stand_twice_are_told_apart_by_what_they_lie_in():
    regions = map_regions(regions_frame("Lampung", level="desa"))
    called = list(regions.names.values())
    assert len(set(called)) == len(called) == 2651
    assert regions.names["18.10.03.2001"] == "Ambarawa"
    twice = {n for n in called if n.startswith("Sumber Agung (")}
    assert "Sumber Agung (Ambarawa)" in twice


def test_two_kecamatan_of_one_name_have_their_district_beside_it():
    names = pd.DataFrame(
        {"name": ["Sukoharjo", "Sukoharjo", "Natar"]},
        index=["18.10.08", "33.11.09", "18.01.04"],
    )
    assert list(map_regions(names).names.values()) == [
        "Sukoharjo (Pringsewu)",
        "Sukoharjo (Sukoharjo)",
        "Natar",
    ]


def test_a_table_that_stops_above_the_level_is_told_and_counted_nowhere():
    coarse = read(["PRINGSEWU", 100], head=["KABUPATEN", "JUMLAH PKB"])
    joined = join_regions(regions_frame("Pringsewu"), [coarse, read(*ROWS)])
    (found,) = [f for f in joined.findings if f.code == "table_coarser"]
    assert (found.value, found.expected, found.count) == (
        "kabupaten/kota",
        "kecamatan",
        1,
    )
    counted = set(joined.values) - {"villages", "subdistricts", "population"}
    assert counted == {"couples", "couples_unmet_need"}


def test_a_coarser_row_beside_finer_ones_is_no_table_that_stops():
    rows = [["MESUJI", "", "", "", 5000, 100], *ROWS[:3]]
    joined = join_regions(regions_frame("Lampung"), read(*rows))
    assert joined.unplaced["reason"].tolist() == ["coarser_than_map"]
    assert "table_coarser" not in {f.code for f in joined.findings}


def test_rows_of_other_districts_are_off_the_map_whatever_they_name():
    rows = [*ROWS[:1], ["MESUJI", "MESUJI", "", "WIRALAGA I", 50, 5]]
    rows += [["METRO", "", "", "", 60, 6]]
    joined = join_regions(regions_frame("Pringsewu", level="desa"), read(*rows))
    assert joined.unplaced["reason"].tolist() == ["region_off_map"] * 2


def test_where_every_table_stops_above_the_level_one_sentence_says_so():
    coarse = read(["PRINGSEWU", 100], head=["KABUPATEN", "PUS"])
    with pytest.raises(EmptyDataError, match="are about larger regions"):
        join_regions(regions_frame("Pringsewu", level="desa"), coarse)


def test_what_has_coordinates_only_is_on_no_name():
    head = ["NAMA PUSKESMAS", "LINTANG", "BUJUR"]
    rows = [["PUSKESMAS X", -5.3, 104.9]]
    joined = join_regions(
        regions_frame("Pringsewu"), [read(*rows, head=head), read(*ROWS)]
    )
    assert "PUSKESMAS X" in joined.unplaced["name"].tolist()


def test_indicators_gaps_and_small_counts_stand_on_names_alone():
    small = [["PRINGSEWU", "AMBARAWA", "", "MARGODADI", 90, 3]]
    joined = join_regions(regions_frame("Pringsewu", level="desa"), read(*ROWS, *small))
    hidden = hide_small(joined)
    status = hidden.status_at()["couples_unmet_need"]
    by_name = {hidden.names[code]: word for code, word in status.items()}
    assert by_name["Margodadi"] == "few_persons"
    assert "suppressed" in set(status)
    table = compute_indicators(hidden)
    assert table["region_code"].eq("18.10").any()  # the sum of the place asked for
    assert len(score_gaps(hidden).scores) == len(joined.names)


def test_what_is_no_frame_of_regions_is_refused_with_both_ways_to_get_one():
    with pytest.raises(JoinError, match="as regions_frame does"):
        join_regions([1], read(*ROWS))
