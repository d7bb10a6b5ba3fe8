"""Joining tables to regions: nothing lost, nothing doubled, missing is not zero."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kkbpk_geo.base.errors import EmptyDataError, JoinError
from kkbpk_geo.base.periods import EXPECTED
from kkbpk_geo.catalogue.programme import measures
from kkbpk_geo.intake.model import Intake
from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.joining.counting import count_list
from kkbpk_geo.joining.tables import join_regions


def village(code, desa, groups, period="2025-11", **more):
    return {
        "region_code": code,
        "kecamatan": "Natar",
        "desa": desa,
        "period": period,
        "bkb_groups": groups,
        **more,
    }


def test_villages_are_summed_into_their_district(strip, make_intake):
    table = make_intake(
        "bkb_report",
        [village("18.01", "A", 2), village("18.01", "B", 3), village("18.02", "C", 5)],
    )
    got = join_regions(strip, [table]).at()
    assert got.loc["18.01", "bkb_groups"] == 5
    assert got.loc["18.02", "bkb_groups"] == 5


def test_a_row_with_a_blank_month_fills_no_month_and_is_listed(strip):
    rows = [
        ["KABUPATEN", "PUS", "BULAN"],
        ["Lampung Selatan", "3", "OKTOBER"],
        ["Lampung Tengah", "4", "OKTOBER"],
        ["Lampung Selatan", "5", "NOVEMBER"],
        ["Lampung Tengah", "9", ""],
    ]
    joined = join_regions(strip, [read_table(rows, province="Lampung", year=2025)])
    assert joined.periods == ("2025-10", "2025-11")
    assert joined.at("2025-10")["couples"].sum() == 3 + 4
    assert joined.at("2025-11")["couples"].sum() == 5
    assert pd.isna(joined.at("2025-11").loc["18.02", "couples"])
    assert joined.unplaced["reason"].tolist() == ["period_unknown"]


def test_a_district_without_rows_is_not_reported_and_not_zero(strip, make_intake):
    joined = join_regions(
        strip, [make_intake("bkb_report", [village("18.01", "A", 2)])]
    )
    assert pd.isna(joined.at().loc["18.03", "bkb_groups"])
    assert joined.status_at().loc["18.03", "bkb_groups"] == "not_reported"
    assert joined.silent["region_code"].tolist() == ["18.02", "18.03"]


def test_a_blank_among_numbers_makes_the_sum_partial(strip, make_intake):
    table = make_intake(
        "bkb_report", [village("18.01", "A", 2), village("18.01", "B", None)]
    )
    joined = join_regions(strip, [table])
    assert joined.at().loc["18.01", "bkb_groups"] == 2
    assert joined.status_at().loc["18.01", "bkb_groups"] == "partial"


def test_a_blank_cell_in_a_row_that_reports_is_missing(strip, make_intake):
    rows = [
        {"region_code": "18.01", "period": "2025-11", "couples": 9, "users": None},
        {"region_code": "18.02", "period": "2025-11", "couples": 8, "users": 3},
    ]
    status = join_regions(strip, [make_intake("couples", rows)]).status_at()
    assert status.loc["18.01", "users"] == "missing"
    assert status.loc["18.03", "users"] == "not_reported"


def test_a_block_nobody_reported_is_not_reported_though_groups_exist(
    strip, make_intake
):
    rows = [
        village("18.01", "A", 2, not_reported=True, bkb_groups_reporting=None),
        village("18.02", "B", 2, not_reported=False, bkb_groups_reporting=1),
    ]
    joined = join_regions(strip, [make_intake("bkb_report", rows)])
    assert joined.at().loc["18.01", "bkb_groups"] == 2
    status = joined.status_at().loc["18.01"]
    assert status["bkb_groups"] == "ok"
    assert status["bkb_groups_reporting"] == "not_reported"
    assert joined.status_at().loc["18.03", "bkb_villages_with_groups"] == "not_reported"
    assert joined.silent["region_code"].tolist() == ["18.01", "18.03"]


def test_a_district_founded_later_is_not_yet_founded(strip, make_intake):
    young = strip.rename(index={"18.03": "18.13"})
    rows = [{"region_code": "18.01", "period": "2010-11", "couples": 9}]
    joined = join_regions(young, [make_intake("couples", rows)])
    assert joined.status_at().loc["18.13", "couples"] == "not_yet_founded"
    assert joined.status_at().loc["18.02", "couples"] == "not_reported"


def test_rows_of_no_region_on_the_map_are_listed_with_a_reason(strip, make_intake):
    rows = [
        village("18.01", "A", 1),
        village("76.01", "B", 2),
        {**village(None, "C", 4), "kabkota": "Lampung Tenggara"},
        {"region_code": None, "bkb_groups": 8, "period": "2025-11", "level": "kabkota"},
    ]
    joined = join_regions(strip, [make_intake("bkb_report", rows)])
    assert joined.unplaced["reason"].tolist() == [
        "region_off_map",
        "region_unknown",
        "region_blank",
    ]
    assert joined.unplaced["source_row"].tolist() == [3, 4, 5]
    assert joined.ledger.iloc[0].tolist() == ["tabel.csv", "bkb_report", 4, 1, 3]


def test_a_subtotal_beside_its_parts_is_not_added(strip, make_intake):
    rows = [
        village("18.01", "A", 1, level="desa"),
        village("18.01", "B", 2, level="desa"),
        village("18.01", None, 3, level="kecamatan"),
    ]
    joined = join_regions(strip, [make_intake("bkb_report", rows)])
    assert joined.at().loc["18.01", "bkb_groups"] == 3
    assert joined.unplaced["reason"].tolist() == ["subtotal"]


def test_the_same_file_given_twice_counts_once(strip, make_intake):
    rows = [village("18.01", "A", 2), village("18.01", "B", 3)]
    tables = [make_intake("bkb_report", rows), make_intake("bkb_report", rows, "b.csv")]
    joined = join_regions(strip, tables)
    assert joined.at().loc["18.01", "bkb_groups"] == 5
    assert joined.unplaced["reason"].tolist() == ["repeated", "repeated"]


def test_one_file_per_subdistrict_adds_up(strip, make_intake):
    first = make_intake("bkb_report", [village("18.01", "A", 2)])
    second = make_intake("bkb_report", [village("18.01", "B", 3)], "b.csv")
    assert join_regions(strip, [first, second]).at().loc["18.01", "bkb_groups"] == 5


def test_two_answers_for_one_district_are_both_refused(strip, make_intake):
    rows = [
        {"region_code": "18.01", "period": "2025-11", "couples": 9},
        {"region_code": "18.01", "period": "2025-11", "couples": 10},
        {"region_code": "18.02", "period": "2025-11", "couples": 7},
    ]
    joined = join_regions(strip, [make_intake("couples", rows)])
    assert pd.isna(joined.at().loc["18.01", "couples"])
    assert joined.unplaced["reason"].tolist() == ["contradicts", "contradicts"]


def test_subdistricts_of_one_district_are_added_not_refused(strip, make_intake):
    one = {"region_code": "18.01", "period": "2025-11", "level": "kecamatan"}
    rows = [
        {**one, "kecamatan": "Natar", "couples": 9},
        {**one, "kecamatan": "Kalianda", "couples": 10},
    ]
    joined = join_regions(strip, [make_intake("couples", rows)])
    assert joined.at().loc["18.01", "couples"] == 19


def test_two_villages_of_one_name_with_codes_are_two(strip, make_intake):
    rows = [
        village("18.01", "A", 2, village_code="2001"),
        village("18.01", "A", 2, village_code="2002"),
    ]
    joined = join_regions(strip, [make_intake("bkb_report", rows)])
    assert joined.at().loc["18.01", "bkb_groups"] == 4


def test_villages_with_a_group_are_counted_by_village(strip, make_intake):
    rows = [
        village("18.01", "A", 2),
        village("18.01", "B", 0),
        village("18.01", "C", 1),
    ]
    got = join_regions(strip, [make_intake("bkb_report", rows)]).at()
    assert got.loc["18.01", "bkb_villages_with_groups"] == 2


def test_a_line_break_in_a_village_name_makes_no_second_village(strip, make_intake):
    groups = {f"{g}_groups": 1 for g in ("bkb", "bkr", "bkl", "uppka", "pik_r")}
    one = {"region_code": "18.01", "kecamatan": "X", "period": "2025-11"}
    tables = [
        make_intake(
            f"{g}_report",
            [
                {
                    **one,
                    "desa": "RAMBU-\nRAMBU" if g == "bkb" else "RAMBU- RAMBU",
                    f"{g}_groups": groups[f"{g}_groups"],
                }
            ],
            f"{g}.csv",
        )
        for g in ("bkb", "bkr", "bkl", "uppka", "pik_r")
    ]
    got = join_regions(strip, tables).at()
    assert got.loc["18.01", "villages_with_all_groups"] == 1


def test_the_register_gives_villages_where_no_table_does(strip, make_intake):
    got = join_regions(strip, [make_intake("bkb_report", [village("18.01", "A", 2)])])
    assert got.at().loc["18.01", "villages"] == 260  # 4 kelurahan + 256 desa


def test_a_list_of_groups_is_counted_by_kind(strip, make_intake):
    rows = [
        {"region_code": "18.01", "kind": "bkb", "reporting": True, "members": 20},
        {"region_code": "18.01", "kind": "bkb", "reporting": False, "members": 10},
        {"region_code": "18.01", "kind": "bkl", "reporting": True, "members": 5},
        {"region_code": "18.02", "kind": "bkb", "reporting": True, "members": 7},
    ]
    got = join_regions(strip, [make_intake("groups", rows)]).at()
    assert got.loc[
        "18.01", ["bkb_groups", "bkb_groups_reporting", "bkb_members"]
    ].tolist() == [2, 1, 30]
    assert got.loc["18.02", "bkl_groups"] == 0  # listed, and none of this kind
    assert pd.isna(got.loc["18.03", "bkl_groups"])  # not listed at all


def test_a_listed_facility_without_district_is_placed_by_its_point(strip, make_intake):
    rows = [
        {"region_code": None, "kind": "clinic", "longitude": 105.5, "latitude": -4.5},
        {"region_code": None, "kind": "clinic", "longitude": 90.0, "latitude": -4.5},
    ]
    joined = join_regions(strip, [make_intake("facilities", rows)])
    assert joined.at().loc["18.02", "facilities_clinic"] == 1
    assert len(joined.unplaced) == 1


def test_months_without_a_year_are_not_added_up_but_listed(strip, make_intake):
    rows = [village("18.01", "A", 2, None), village("18.01", "B", 3, "2025-11")]
    table = replace(
        make_intake("bkb_report", rows), headings={"BULAN": "period", "YANG ADA": "x"}
    )
    joined = join_regions(strip, [table])
    assert joined.at().loc["18.01", "bkb_groups"] == 3
    assert joined.unplaced["reason"].tolist() == ["period_unknown"]
    only = replace(table, data=table.data.iloc[:1])
    with pytest.raises(EmptyDataError, match=r"tabel\.csv row 2\)\. Say the year"):
        join_regions(strip, [only])


def test_a_list_of_one_kind_is_not_every_place_of_service(strip, make_intake):
    one = {"region_code": "18.01", "kind": "clinic"}
    only_clinics = join_regions(strip, [make_intake("facilities", [one])]).at()
    assert "facilities" not in only_clinics
    both = [one, {"region_code": "18.01", "kind": "hospital"}]
    assert (
        join_regions(strip, [make_intake("facilities", both)])
        .at()
        .loc["18.01", "facilities"]
        == 2
    )


def test_a_period_nobody_reported_is_refused_by_name(strip, make_intake):
    table = make_intake("bkb_report", [village("18.01", "A", 2)])
    with pytest.raises(
        EmptyDataError, match="no table holds numbers for period '2024-01'"
    ):
        join_regions(strip, [table], period="2024-01")
    with pytest.raises(JoinError, match=r"'2024-01'; there is \['2025-11'\]"):
        join_regions(strip, [table]).at("2024-01")


def test_boundaries_that_repeat_a_code_are_refused(strip, make_intake):
    twice = pd.concat([strip, strip.iloc[:1]])
    with pytest.raises(JoinError, match=r"codes more than once: \['18.01'\]"):
        join_regions(twice, [make_intake("bkb_report", [village("18.01", "A", 2)])])


def test_boundaries_of_mixed_levels_are_refused(strip, make_intake):
    mixed = strip.rename(index={"18.03": "18.03.01"})
    with pytest.raises(JoinError, match=r"'18.01' and '18.03.01'"):
        join_regions(mixed, [make_intake("bkb_report", [village("18.01", "A", 2)])])


def test_subdistricts_are_found_by_name_within_their_district(strip, make_intake):
    finer = strip.copy()
    finer.index = pd.Index(["18.01.01", "18.01.02", "18.02.01"], name="region_code")
    finer["name"] = ["Sukamaju", "Natar", "Sukamaju"]
    rows = [
        {**village("18.02", "A", 2), "kecamatan": "SUKA MAJU"},
        {**village("18.01", "B", 3), "kecamatan": "Sukamaju"},
        {**village("18.01", "C", 4), "kecamatan": "Lain"},
    ]
    joined = join_regions(finer, [make_intake("bkb_report", rows)])
    assert joined.at()["bkb_groups"].tolist()[0] == 3
    assert joined.at().loc["18.02.01", "bkb_groups"] == 2
    assert joined.unplaced["reason"].tolist() == ["region_unknown"]


rows_of_villages = st.lists(
    st.tuples(
        st.sampled_from(["18.01", "18.02", "76.01", None]),
        st.sampled_from([None, "A", "B", "C", "D"]),
        st.none() | st.integers(0, 50),
        st.sampled_from(["2025-10", "2025-11", None]),
    ),
    min_size=1,
    max_size=12,
)


@given(rows_of_villages, st.randoms())
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=30,
    deadline=None,
)
def test_every_number_is_in_one_region_or_listed(strip, rows, random):
    def table(order):
        data = pd.DataFrame([village(*r[:3], r[3]) for r in order]).astype(
            {"bkb_groups": "Int64"}
        )
        data["level"] = data["desa"].notna().map({True: "desa", False: "kecamatan"})
        data["source_row"] = range(len(data))
        return Intake(
            kind="bkb_report",
            data=data,
            findings=(),
            source="x",
            listed=pd.DataFrame(),
            headings={},
        )

    if not any(r[0] in ("18.01", "18.02") for r in rows):
        with pytest.raises(EmptyDataError, match="rows could be used"):
            join_regions(strip, [table(rows)])
        return
    joined = join_regions(strip, [table(rows)])
    assert joined.ledger["rows_in"].sum() == len(rows)
    values = joined.values
    timed = [r for r in rows if r[3] is not None]
    if len(timed) == len(rows):  # a row without period counts in every period
        placed = values["bkb_groups"].sum() if "bkb_groups" in values else 0
        listed = joined.unplaced["bkb_groups"].sum() if len(joined.unplaced) else 0
        assert placed + listed == sum(r[2] or 0 for r in rows)

    shuffled = join_regions(strip, [table(random.sample(rows, len(rows)))])
    pd.testing.assert_frame_equal(shuffled.values, values)


@pytest.mark.parametrize("order", [1, -1])
def test_periods_in_any_spelling_are_one_and_in_order_of_time(
    strip, make_intake, order
):
    rows = [village("18.01", "A", 2, "2025-9"), village("18.01", "B", 3, "Sep 2025"),
            village("18.01", "A", 4, "2025-10")]  # fmt: skip
    joined = join_regions(strip, [make_intake("bkb_report", rows[::order])])
    assert joined.periods == ("2025-09", "2025-10")
    assert joined.at("2025-9").loc["18.01", "bkb_groups"] == 5
    assert joined.at().loc["18.01", "bkb_groups"] == 4
    chosen = join_regions(
        strip, [make_intake("bkb_report", rows)], period="Oktober 2025"
    )
    assert chosen.periods == ("2025-10",)


def test_a_month_of_a_quarter_is_not_taken_for_the_quarter(strip, make_intake):
    table = make_intake("bkb_report", [village("18.01", "A", 2, "2025-07")])
    with pytest.raises(EmptyDataError) as error:
        join_regions(strip, [table], period="TW III 2025")
    assert str(error.value) == (
        "no table holds numbers for period '2025-Q3'; nothing to join. There is "
        "2025-07."
    )


@pytest.mark.parametrize(
    ("cell", "more", "message"),
    [
        (
            "Minggu 2",
            {"year": 2025},
            "'Minggu 2' in column BULAN cannot be read as one; expected such as "
            f"{EXPECTED}.",
        ),
        (
            "MEI",
            {},
            "the tables name months without a year. Say the year: --year, tahun in the "
            "project file, or read_table(..., year=...).",
        ),
    ],
)
def test_rows_without_a_period_are_refused_with_the_true_reason(
    strip, cell, more, message
):
    rows = [["KABUPATEN", "PUS", "BULAN"], ["Lampung Selatan", "3", cell]]
    with pytest.raises(EmptyDataError) as error:
        join_regions(strip, [read_table(rows, province="Lampung", **more)])
    assert str(error.value) == f"none of 1 rows has a period: {message}"


def test_rows_whose_columns_contradict_are_refused_with_both_times(strip):
    rows = [["KABUPATEN", "PUS", "PERIODE", "TAHUN"],
            ["Lampung Selatan", "3", "Nov 2024", "2025"]]  # fmt: skip
    with pytest.raises(EmptyDataError, match=r"Nov 2024 / 2025 are several; state one"):
        join_regions(strip, [read_table(rows, province="Lampung")])


def test_a_list_of_groups_keeps_every_measure_of_a_group(strip):
    rows = [
        ["KABUPATEN", "JENIS", "NAMA KELOMPOK", "APE", "Keluarga Sasaran", "PUS"],
        ["Lampung Selatan", "BKB", "Mawar", 3, 40, 12],
        ["Lampung Selatan", "BKB", "Melati", 2, 50, 9],
        ["Lampung Selatan", "BKR", "Anggrek", 1, 60, 8],
    ]
    table = read_table(rows, province="Lampung", year=2025)
    got = join_regions(strip, [table]).at().loc["18.01"]
    assert (got["bkb_groups"], got["bkb_play_kits"]) == (2, 5)
    assert (got["bkb_target_families"], got["bkr_target_families"]) == (90, 60)
    # The couples of a group are not those of its district, and that is told.
    assert "couples" not in got
    found = [f for f in table.findings if f.code == "measure_not_of_group"]
    assert [f.column for f in found] == ["PUS"]


def test_every_measure_per_group_can_come_from_a_list_but_what_a_list_counts():
    read = {name for name, each in measures().items() if each.per_group}
    row = dict.fromkeys(read - {"groups", "villages_with_groups"}, 7)
    data = pd.DataFrame([{"kind": "bkb", **row}])
    counted = count_list("groups", data)
    for measure in row:
        assert counted[f"bkb_{measure}"].tolist() == [7], measure
    assert counted["bkb_groups"].tolist() == [1]
