"""Several tables about one thing: the closer period wins, then the finer table."""

import pandas as pd

import kkbpk_geo as kg
from kkbpk_geo.joining.tables import join_regions


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


def test_two_tables_of_one_time_that_differ_are_told(strip, make_intake):
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
    told = [f for f in joined.findings if f.code == "tables_disagree"]
    assert joined.at("2025-11").loc["18.01", "bkb_groups"] == 3
    assert [(f.column, f.value, f.expected, f.region) for f in told] == [
        ("bkb_groups", "3 (2025-11)", "4", "18.01")
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
