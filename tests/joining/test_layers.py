"""Several tables about one thing: the closer period wins, then the finer table."""

import pandas as pd
import pytest

import kkbpk_geo as kg
from kkbpk_geo.joining.register_facts import is_incomplete
from kkbpk_geo.joining.tables import join_regions
from kkbpk_geo.regions import children


def natar(period, groups):
    """One village of one district, with its groups in a month."""
    place = {"region_code": "18.01", "kecamatan": "Natar", "desa": "A"}
    return {**place, "period": period, "bkb_groups": groups}


def test_a_yearly_table_holds_for_the_months_of_its_year_only(strip, make_intake):
    monthly = make_intake(
        "bkb_report",
        [natar("2024-12", 1), natar("2025-01", 2)],
    )
    yearly = make_intake(
        "targets", [{"region_code": "18.01", "period": "2025", "couples": 90}], "t.xlsx"
    )
    joined = join_regions(strip, [monthly, yearly])
    assert joined.periods == ("2024-12", "2025-01")
    assert pd.isna(joined.at("2024-12").loc["18.01", "couples"])
    assert joined.at("2025-01").loc["18.01", "couples"] == 90


def test_a_table_without_period_holds_for_all_of_them(strip, make_intake):
    monthly = make_intake(
        "bkb_report",
        [natar("2025-10", 1), natar("2025-11", 2)],
    )
    timeless = make_intake(
        "targets", [{"region_code": "18.01", "couples": 90}], "t.csv"
    )
    joined = join_regions(strip, [monthly, timeless])
    assert joined.at("2025-10").loc["18.01", "couples"] == 90
    assert joined.at("2025-11").loc["18.01", "couples"] == 90


def test_the_monthly_table_wins_and_the_difference_is_listed(strip, make_intake):
    monthly = make_intake(
        "couples", [{"region_code": "18.01", "period": "2025-11", "couples": 100}]
    )
    yearly = make_intake(
        "targets", [{"region_code": "18.01", "period": "2025", "couples": 90}], "t.xlsx"
    )
    for order in ([monthly, yearly], [yearly, monthly]):
        joined = join_regions(strip, order)
        assert joined.at().loc["18.01", "couples"] == 100
        assert joined.conflicts.iloc[0].tolist() == [
            "2025-11", "18.01", "couples", 100.0, "couples", 90.0, "targets",
        ]  # fmt: skip


def test_quarters_half_years_and_running_sums_are_periods_of_their_own(
    strip, make_intake
):
    times = ["2025-01", "2025-Q1", "2025-S1", "2025-01..2025-03", "2025-01..2025-11"]
    rows = [natar(period, n) for n, period in enumerate(times, 1)]
    joined = join_regions(strip, [make_intake("bkb_report", rows)])
    found = {p: joined.at(p).loc["18.01", "bkb_groups"] for p in joined.periods}
    assert found == {
        "2025-01": 1, "2025-Q1": 2, "2025-01..2025-03": 4, "2025-S1": 3,
        "2025-01..2025-11": 5,
    }  # fmt: skip
    assert len(joined.conflicts) == 0


def test_a_yearly_table_holds_for_the_quarters_and_running_sums_of_its_year(
    strip, make_intake
):
    rows = [
        natar("2024-10..2025-03", 1),
        natar("2025-Q2", 2),
        natar("s.d. Nov 2025", 3),
    ]
    target = {"region_code": "18.01", "period": "2025", "couples": 90}
    tables = [
        make_intake("bkb_report", rows),
        make_intake("targets", [target], "t.csv"),
    ]
    joined = join_regions(strip, tables)
    assert joined.periods == ("2024-10..2025-03", "2025-01..2025-11", "2025-Q2")
    # A span over two years has no year whose figures could hold for it.
    assert pd.isna(joined.at("2024-10..2025-03").loc["18.01", "couples"])
    assert joined.at("2025-01..2025-11").loc["18.01", "couples"] == 90
    assert joined.at("TW II 2025").loc["18.01", "couples"] == 90


def test_a_finer_table_that_says_less_than_a_coarser_one_of_its_time_is_told():
    kecamatan = [["KABUPATEN", "KECAMATAN", "PUS"]]
    kecamatan += [["Mesuji", "Way Serdang", 5000], ["Mesuji", "Mesuji", 7000]]
    villages = [["KABUPATEN", "KECAMATAN", "DESA", "PUS"]]
    villages += [["Mesuji", "Way Serdang", "Bukoposo", 3000]]
    villages += [["Mesuji", "Way Serdang", "Kejadian", 2000]]
    read = [
        kg.read_table(rows, year=2025, province="Lampung")
        for rows in (kecamatan, villages)
    ]
    joined = kg.join_regions(kg.load_boundaries("Lampung"), read)
    (told,) = [f for f in joined.findings if f.severity != "info"]
    assert (told.code, told.region) == ("tables_disagree", "18.11")
    assert (told.value, told.expected) == ("5000 (2025)", "12000")
    # Tables of one sum, or of another time, are no contradiction.
    villages += [["Mesuji", "Mesuji", "Wiralaga I", 7000]]
    other = kg.read_table(villages, year=2025, province="Lampung")
    again = kg.join_regions(kg.load_boundaries("Lampung"), [read[0], other])
    assert again.findings == ()


def test_a_district_whose_reports_mix_numbers_and_words_is_unusable_not_silent():
    rows = [["KABUPATEN", "BKB YANG ADA", "BKB YANG LAPOR"]]
    rows += [["Mesuji", 20, 10], ["Tanggamus", 20, "kurang"], ["Pringsewu", 20, "x"]]
    table = kg.read_table(rows, year=2025, province="Lampung")
    joined = kg.join_regions(kg.load_boundaries("Lampung"), [table])
    status = joined.status.loc["2025", "bkb_groups_reporting"]
    assert status[["18.06", "18.10", "18.11"]].tolist() == ["unusable"] * 3


# Kota Metro has 5 kecamatan and 22 villages.
@pytest.mark.parametrize(
    ("rows", "used", "code"),
    [(1, 900, "finer_incomplete"), (4, 900, "finer_incomplete"),
     (5, 500, "tables_disagree")],
)  # fmt: skip
def test_some_subdistricts_are_no_district_where_a_table_has_all(rows, used, code):
    names = [unit.name for unit in children("18.72", "kecamatan")][:rows]
    finer = [
        ["KABUPATEN", "KECAMATAN", "PUS"],
        *(["Kota Metro", n, 100] for n in names),
    ]
    whole = [["KABUPATEN", "PUS"], ["Kota Metro", 900]]
    for tables in ([finer, whole], [whole, finer]):
        read = [kg.read_table(t, year=2025, province="Lampung") for t in tables]
        joined = kg.join_regions(kg.load_boundaries("Lampung"), read)
        assert joined.at("2025").loc["18.72", "couples"] == used
        (told,) = [f for f in joined.findings if f.severity == "warning"]
        other = 900 + rows * 100 - used
        assert (told.code, told.value) == (code, f"{used} (2025)")
        assert (told.expected, told.region) == (str(other), "18.72")


@pytest.mark.parametrize(("villages", "incomplete"), [(19, True), (20, False)])
def test_nine_villages_in_ten_are_a_district(villages, incomplete):
    assert is_incomplete("18.72", "desa", villages) == incomplete
    assert not is_incomplete("18.72", "kabkota", 1)
    assert is_incomplete("18.72.01", "desa", 1)  # one of its five kelurahan
    assert not is_incomplete("18.72.01", "desa", 5)
    assert not is_incomplete("18.72.01.1001", "desa", 0)  # a village has no parts


def test_some_subdistricts_stand_where_no_other_table_knows_the_district():
    rows = [["KABUPATEN", "KECAMATAN", "PUS"], ["Kota Metro", "Metro Pusat", 100]]
    read = [kg.read_table(rows, year=2025, province="Lampung")]
    joined = kg.join_regions(kg.load_boundaries("Lampung"), read)
    assert joined.at("2025").loc["18.72", "couples"] == 100


@pytest.mark.parametrize(
    ("monthly", "code", "value", "place", "count"),
    [
        (["Mesuji"], "year_in_months", "75000", "18.10", 1),
        (["Mesuji", "Pringsewu"], "year_under_months", "75000", "18.10", 2),
    ],
)
def test_a_year_beside_its_months_is_told(monthly, code, value, place, count):
    head = ["KABUPATEN", "PUS"]
    year = [head, ["Mesuji", 42000], ["Pringsewu", 75000]]
    month = [head, *([name, 40000] for name in monthly)]
    read = [
        kg.read_table(year, year=2025, province="Lampung"),
        kg.read_table(month, year=2025, month=11, province="Lampung"),
    ]
    joined = kg.join_regions(kg.load_boundaries("Lampung"), read)
    assert joined.periods == ("2025-11",)
    (told,) = [f for f in joined.findings if f.code.startswith("year_")]
    assert (told.code, told.column, told.count) == (code, "couples", count)
    assert (told.value, told.region, told.expected) == (value, place, "2025-11")
    alone = kg.join_regions(kg.load_boundaries("Lampung"), read[:1])
    assert alone.findings == ()


def test_a_village_beside_a_table_of_its_district_is_told_and_not_used(
    strip, make_intake
):
    finer = make_intake("bkb_report", [natar("2025-11", 3)])
    coarse = make_intake(
        "bkb_report",
        [
            {
                "region_code": "18.01",
                "level": "kabkota",
                "period": "2025-11",
                "bkb_groups": 4,
            }
        ],
        "kab.csv",
    )
    joined = join_regions(strip, [finer, coarse])
    told = [f for f in joined.findings if f.code == "finer_incomplete"]
    assert joined.at("2025-11").loc["18.01", "bkb_groups"] == 4
    assert [(f.column, f.value, f.expected, f.region) for f in told] == [
        ("bkb_groups", "4 (2025-11)", "3", "18.01")
    ]
    # A month and its year are no two claims.
    yearly = make_intake(
        "bkb_report",
        [
            {
                "region_code": "18.01",
                "level": "kabkota",
                "period": "2025",
                "bkb_groups": 9,
            }
        ],
        "year.csv",
    )
    codes = [f.code for f in join_regions(strip, [finer, yearly]).findings]
    assert "tables_disagree" not in codes
