"""A village is its name inside its kecamatan; no row of a table is lost over it."""

from __future__ import annotations

import pytest

from kkbpk_geo.base.errors import EmptyDataError
from kkbpk_geo.joining.villages import find_villages, join_villages, lies_in
from kkbpk_geo.regions import NATION, Region, find_area

PLACE = {"region_code": "18.10", "period": "2025"}
PRINGSEWU = find_area("Pringsewu")
GADING = "GADING REJO"


def row(kecamatan, desa, code=None, groups=1, kind="bkb"):
    return {
        **PLACE, "kecamatan": kecamatan, "desa": desa, "village_code": code,
        f"{kind}_groups": groups,
    }  # fmt: skip


def found(make_intake, *rows):
    tables = [make_intake("bkb_report", list(rows))]
    return tables, find_villages(tables, PRINGSEWU)


def test_the_register_gives_the_villages_whether_or_not_a_table_names_them(make_intake):
    _, villages = found(make_intake, row(GADING, "WONO-\nDADI"))
    assert len(villages.frame) == 131
    assert villages.findings == ()
    own = villages.frame.loc["18.10.02.2007"]
    assert (own["name"], own["subdistrict"], own["district_code"]) == (
        "Wonodadi", "Gading Rejo", "18.10",
    )  # fmt: skip


def test_another_spelling_is_the_village_of_its_code_in_that_kecamatan(make_intake):
    tables, villages = found(make_intake, row(GADING, "WANADADI", "2007", 3))
    assert villages.frame["listed"].all()
    assert [f.code for f in villages.findings] == ["village_by_code"]
    assert "18.10.02.2007 Wonodadi" in villages.findings[0].expected
    joined = join_villages(tables, villages)
    assert joined.at().loc["18.10.02.2007", "bkb_groups"] == 3


def test_another_spelling_is_its_village_in_every_table(make_intake):
    tables = [
        make_intake("bkb_report", [row(GADING, "WANADADI", "2007", 3)], source="a.csv"),
        make_intake("bkr_report", [row(GADING, "WONODADI", kind="bkr")]),
        make_intake("bkl_report", [row(GADING, "WANADADI", groups=2, kind="bkl")]),
    ]
    villages = find_villages(tables, PRINGSEWU)
    assert len(villages.frame) == 131
    assert [(f.code, f.file) for f in villages.findings] == [
        ("village_by_code", "a.csv")
    ]
    here = join_villages(tables, villages).at().loc["18.10.02.2007"]
    assert (here["bkb_groups"], here["bkr_groups"], here["bkl_groups"]) == (3, 1, 2)


def test_words_for_the_kind_of_place_make_no_other_village(make_intake):
    _, villages = found(make_intake, row("KEC. GADING REJO", "DESA WONODADI"))
    assert (len(villages.frame), villages.findings) == (131, ())
    rows = [row(GADING, "BARU"), row("KEC. GADING REJO", "WONODADI")]
    rows += [row("KEC. GADING REJO", "BARU")]
    tables, villages = found(make_intake, *rows)
    assert len(villages.frame) == 132
    joined = join_villages(tables, villages)
    assert joined.at().loc["18.10.02.baru", "bkb_groups"] == 2


@pytest.mark.parametrize(
    "rows",
    [
        # No code; a code of no village; the village is named by another row; two
        # writings of one code.
        [row(GADING, "WANADADI")],
        [row(GADING, "WANADADI", "2999")],
        [
            row(GADING, "WANADADI", "2007"),
            row(GADING, "WONODADI", "2007"),
        ],
        [
            row(GADING, "WANADADI", "2007"),
            row(GADING, "WANADADA", "2007"),
        ],
        [row("GADINGREJA", "WONODADI", "2007")],
    ],
)
def test_what_is_not_surely_a_village_of_the_register_stands_by_itself(
    make_intake, rows
):
    tables, villages = found(make_intake, *rows)
    own = villages.frame[~villages.frame["listed"]]
    assert len(own) >= 1
    assert {f.code for f in villages.findings} == {"village_unlisted"}
    joined = join_villages(tables, villages)
    assert joined.at()["bkb_groups"].sum() == len(rows)
    assert joined.unplaced.empty


def test_a_village_of_its_own_lies_in_the_kecamatan_it_names(make_intake):
    _, villages = found(make_intake, row(GADING, "DESA BARU", "2999"))
    own = villages.frame[~villages.frame["listed"]].iloc[0]
    assert (own["subdistrict_code"], own["subdistrict"]) == ("18.10.02", "Gading Rejo")
    _, villages = found(make_intake, row("KECAMATAN BARU", "DESA BARU"))
    own = villages.frame[~villages.frame["listed"]].iloc[0]
    assert own["subdistrict"] == "KECAMATAN BARU"
    assert own["subdistrict_code"].startswith("18.10.")


def test_without_a_kecamatan_a_name_that_the_district_has_once_is_enough(make_intake):
    tables, villages = found(make_intake, row(None, "WONODADI"))
    assert join_villages(tables, villages).at().loc["18.10.02.2007", "bkb_groups"] == 1


def test_where_the_register_has_no_villages_those_of_the_tables_are_all(make_intake):
    place = Region(code="99", name="Negeri Rekaan", kind="Provinsi")
    rows = [{**row("SATU", "A"), "region_code": "99.01"}]
    villages = find_villages([make_intake("bkb_report", rows)], place)
    assert list(villages.frame.index) == ["99.01.satu.a"]
    with pytest.raises(EmptyDataError, match="Negeri Rekaan"):
        find_villages([make_intake("bkb_report", [row("X", "Y")])], place)


def test_rows_of_a_kecamatan_are_left_over_with_the_reason(make_intake):
    rows = [row(GADING, "WONODADI"), row(GADING, None)]
    tables, villages = found(make_intake, *rows)
    left = join_villages(tables, villages).unplaced
    assert list(left["reason"]) == ["coarser_than_map"]


def test_a_code_lies_in_its_areas_by_whole_parts():
    assert lies_in("18.10.02.2007", "18.10.02")
    assert not lies_in("18.100", "18.10")
    assert lies_in("18.10", NATION.code)
