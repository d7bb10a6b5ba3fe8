"""Checks: what cannot be, what does not agree, what was copied."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue import rules as catalogue
from kkbpk_geo.catalogue.rules import Rule, rules
from kkbpk_geo.findings.words import finding_text, fold_findings
from kkbpk_geo.intake.checks.evidence import show
from kkbpk_geo.intake.checks.table import check_table, coordinate_faults
from kkbpk_geo.intake.checks.together import check_together
from kkbpk_geo.intake.model import Intake


def table(**columns):
    """A table of villages of one district, rows 2, 3, … of a sheet."""
    n = len(next(iter(columns.values())))
    frame = pd.DataFrame(
        {
            "source_row": range(2, n + 2),
            "kabkota": "PRINGSEWU",
            "region_code": "18.10",
            "desa": [f"DESA {i}" for i in range(n)],
            "period": "2025-11",
        }
    )
    for name, values in columns.items():
        text = any(isinstance(v, str) for v in values)
        frame[name] = pd.array(values, dtype=object if text else "Float64")
    return frame


def check(headings=None, **columns):
    return check_table(table(**columns), headings or {}, file="t.csv", sheet="S")


def said(findings):
    return [(f.code, f.row, f.column, f.value, f.expected) for f in findings]


# --- rules ----------------------------------------------------------------------------


def test_reporting_above_existing_names_row_heading_and_limit():
    headings = {"bkb_groups": "YANG ADA", "bkb_groups_reporting": "YANG LAPOR"}
    found = check(
        headings=headings, bkb_groups=[4, 4, 0], bkb_groups_reporting=[4, 5, 0]
    )
    assert said(found) == [
        ("reporting_above_existing", 3, "YANG LAPOR", "5", "≤ 4 (YANG ADA)")
    ]
    assert found[0].region == "18.10"
    assert found[0].place == "DESA 1, 2025-11"
    assert (found[0].file, found[0].sheet) == ("t.csv", "S")


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (
            {"bkb_members": [49.0], "bkb_attending": [95.0]},
            ("attending_above_members", 2, "bkb_attending", "95", "≤ 49 (bkb_members)"),
        ),
        (
            {"members": [3.0], "attending": [4.0]},  # a list with a row per group
            ("attending_above_members", 2, "attending", "4", "≤ 3 (members)"),
        ),
        (
            {"bkl_target_families": [35.0], "bkl_participating_families": [36.0]},
            (
                "participating_above_target",
                2,
                "bkl_participating_families",
                "36",
                "≤ 35 (bkl_target_families)",
            ),
        ),
        (
            {"users": [10.0], "users_iud": [11.0]},
            ("part_above_whole", 2, "users_iud", "11", "≤ 10 (users)"),
        ),
        (
            {"couples": [10.0], "users": [8.0], "couples_unmet_need": [3.0]},
            (
                "part_above_whole",
                2,
                "users + couples_unmet_need",
                "11",
                "≤ 10 (couples)",
            ),
        ),
        (
            {"users": [10.0], "users_modern": [8.0], "users_traditional": [1.0]},
            ("parts_do_not_add_up", 2, "users", "10", "9"),
        ),
        (
            {"bkr_groups_reporting": [0.0], "bkr_meetings": [2.0]},
            (
                "activity_without_report",
                2,
                "bkr_meetings",
                "2",
                "bkr_groups_reporting = 0",
            ),
        ),
        (
            {"bkb_groups_reporting": [1.0], "bkb_topic_other": [2.0]},
            (
                "topic_above_reporting",
                2,
                "bkb_topic_other",
                "2",
                "≤ 1 (bkb_groups_reporting)",
            ),
        ),
        (
            {"villages": [5.0], "bkb_villages_with_groups": [6.0]},
            ("part_above_whole", 2, "bkb_villages_with_groups", "6", "≤ 5 (villages)"),
        ),
    ],
    ids=lambda x: x[0] if isinstance(x, tuple) else "",
)
def test_each_contradiction_has_its_finding(columns, expected):
    assert said(check(**columns)) == [expected]


def test_a_missing_value_contradicts_nothing():
    assert check(bkb_groups=[4, None], bkb_groups_reporting=[None, 5]) == []
    found = check(users=[10, 10], users_modern=[None, 8], users_traditional=[9, None])
    assert found == []


def test_a_list_that_says_yes_or_no_is_not_compared_as_numbers():
    data = table(members=[3.0]).assign(reporting=[True], has_kit=[False])
    assert check_table(data, {}) == []


def test_the_part_of_another_group_kind_is_not_compared():
    assert check(bkb_groups=[1.0], bkr_groups_reporting=[2.0]) == []


counts = st.one_of(st.none(), st.integers(0, 6))
pairs = st.lists(st.tuples(counts, counts), min_size=1, max_size=20)


@given(pairs)
def test_exactly_the_rows_with_more_reporting_than_existing_are_told(rows):
    ada, lapor = zip(*rows, strict=True)
    found = check(bkb_groups=list(ada), bkb_groups_reporting=list(lapor))
    wrong = [
        i
        for i, (a, b) in enumerate(rows, 2)
        if a is not None and b is not None and b > a
    ]
    rows_told = [f.row for f in found if f.code == "reporting_above_existing"]
    assert rows_told == wrong


@given(pairs, st.randoms())
def test_the_order_of_rows_and_columns_changes_no_finding(rows, random):
    ada, lapor = zip(*rows, strict=True)
    data = table(bkb_groups=list(ada), bkb_groups_reporting=list(lapor))
    order = random.sample(range(len(data)), len(data))
    columns = random.sample(list(data.columns), data.shape[1])
    mixed = data.iloc[order][columns].reset_index(drop=True)
    assert set(check_table(data, {})) == set(check_table(mixed, {}))


# --- copied and frozen ----------------------------------------------------------------


def test_a_copied_column_is_said_once_with_how_many_rows():
    couples = [float(i % 9) for i in range(1, 101)]
    using = [couples[0] - 1, couples[1] - 1, *couples[2:]]
    found = check(
        headings={
            "bkb_attending_couples": "STATUS PUS",
            "bkb_attending_couples_using": "STATUS BER KB",
        },
        bkb_attending_couples=couples,
        bkb_attending_couples_using=using,
    )
    assert len(found) == 1
    # 11 of the 100 rows hold zero in both columns and say nothing
    assert finding_text(found[0]) == (
        "t.csv, lembar S: STATUS BER KB sama dengan STATUS PUS pada 87 dari 89 baris; "
        "kemungkinan disalin."
    )


def test_nearly_equal_is_not_copied_below_95_percent():
    couples = [float(i) for i in range(1, 21)]
    using = [*couples[:18], 1.0, 1.0]
    assert not check(bkb_attending_couples=couples, bkb_attending_couples_using=using)


def test_a_few_rows_or_few_values_prove_no_copy():
    nine = [float(i) for i in range(1, 10)]
    assert not check(bkb_attending_couples=nine, bkb_attending_couples_using=nine)
    ones = [1.0] * 50
    assert not check(bkb_attending_couples=ones, bkb_attending_couples_using=ones)


def test_two_columns_without_one_difference_are_told_even_without_a_rule():
    values = [float(i) for i in range(1, 13)]
    found = check(users_pill=values, users_iud=values)
    assert said(found) == [("column_copied", None, "users_iud", "12", "users_pill")]


def test_every_meeting_may_be_face_to_face():
    values = [float(i) for i in range(1, 13)]
    assert check(bkb_meetings=values, bkb_meetings_face_to_face=values) == []


def monthly(values, region="18.10"):
    n = len(values)
    return pd.DataFrame(
        {
            "source_row": range(2, n + 2),
            "region_code": region,
            "kabkota": "PRINGSEWU",
            "period": [f"2025-{i:02d}" for i in range(1, n + 1)],
            "couples": pd.array(values, dtype="Int64"),
        }
    )


def test_a_figure_that_never_moves_for_twelve_months_is_told():
    found = check_table(monthly([700] * 12), {"couples": "PUS"})
    assert [finding_text(f) for f in found] == [
        "PUS tetap 700 selama 12 periode (2025-01 … 2025-12)."
    ]
    assert found[0].region == "18.10"


@pytest.mark.parametrize("values", [[700] * 11, [*[700] * 11, 701], [0] * 12])
def test_eleven_months_or_a_move_or_zero_are_not_frozen(values):
    assert check_table(monthly(values), {}) == []


# --- single values --------------------------------------------------------------------


def test_impossible_numbers_are_told_each_once():
    found = check(couples=[-1.0, 2.5, np.inf, 4e8, -0.5, 7.0])
    assert said(found) == [
        ("value_absurd", 4, "couples", "inf", "0 … 300000000"),
        ("value_absurd", 5, "couples", "400000000", "0 … 300000000"),
        ("negative_count", 2, "couples", "-1", "≥ 0"),
        ("negative_count", 6, "couples", "-0.5", "≥ 0"),
        ("fractional_count", 3, "couples", "2.5", "0, 1, 2, …"),
    ]


def test_numbers_are_written_without_float_noise():
    assert [show(x) for x in (5.0, 2.5, 1234567.5, float("inf"))] == [
        "5",
        "2.5",
        "1234567.5",
        "inf",
    ]


# --- rows -----------------------------------------------------------------------------


def test_the_same_village_and_month_twice_is_told_with_the_first_row():
    data = table(couples=[1, 2, 3])
    data["desa"] = ["RAMBU-\nRAMBU", "LAIN", "Rambu - Rambu"]
    found = check_table(data, {})
    assert said(found) == [
        (
            "rows_contradict",
            4,
            "",
            "Rambu - Rambu, 2025-11: couples 1 ≠ 3",
            "2",
        )
    ]


def test_a_column_of_staff_makes_no_list_of_a_table_of_regions():
    data = pd.concat([table(staff=[12]), table(staff=[13])], ignore_index=True)
    assert [f.code for f in check_table(data, {})] == ["rows_contradict"]


def test_another_month_kecamatan_or_village_code_is_no_duplicate():
    data = pd.concat([table(couples=[1])] * 4, ignore_index=True)
    data["period"] = ["2025-10", "2025-11", "2025-11", "2025-11"]
    data["kecamatan"] = ["A", "A", "B", "B"]
    data["village_code"] = ["2001", "2001", "2001", "2002"]
    assert check_table(data, {}) == []


def test_a_row_without_any_place_is_no_duplicate():
    data = table(couples=[1, 2])
    data[["kabkota", "region_code", "desa"]] = pd.NA
    assert check_table(data, {}) == []


def test_an_entry_of_a_list_that_stands_twice_is_told():
    data = table(members=[1, 2, 3])
    data["desa"] = "WONODADI"
    data["kind"] = ["bkb", "bkb", "bkr"]
    data["name"] = ["Melati", "melati", "Melati"]
    found = check_table(data, {})
    assert said(found) == [("duplicate_entry", 3, "", "melati", "2")]


# --- coordinates ----------------------------------------------------------------------


def test_coordinates_are_missing_swapped_or_outside():
    longitude = np.array([105.2, -5.4, np.nan, 0.0, 10.0])
    latitude = np.array([-5.4, 105.2, -5.4, 0.0, 50.0])
    assert list(coordinate_faults(longitude, latitude)) == [
        "",
        "swapped",
        "missing",
        "missing",
        "outside",
    ]


def test_each_facility_without_usable_coordinates_is_told():
    data = table(
        longitude=[105.2, -5.4, None, 10.0], latitude=[-5.4, 105.2, None, 50.0]
    )
    data["name"] = ["A", "B", "C", "D"]
    found = check_table(data, {"latitude": "LINTANG"}, located=True)
    limits = "-11.2 … 6.2; 94.9 … 141.1"
    assert said(found) == [
        ("coordinates_missing", 4, "LINTANG", "C", limits),
        ("coordinates_swapped", 3, "LINTANG", "105.2; -5.4", "-5.4; 105.2"),
        ("coordinates_outside", 5, "LINTANG", "50; 10", limits),
    ]
    assert not check_table(data.iloc[[2]], {})  # optional there


def test_an_empty_table_has_no_findings():
    assert check_table(table(couples=[1]).iloc[:0], {}) == []


# --- across tables --------------------------------------------------------------------


def intake(data, source, **headings):
    return Intake(
        kind="couples",
        data=data,
        findings=(),
        source=source,
        listed=pd.DataFrame(),
        headings={v: k for k, v in headings.items()},
    )


def test_users_above_couples_of_another_sheet_are_told_with_both_files():
    users = table(users=[5, 50, 7])
    couples = table(couples=[10, 40]).iloc[::-1].reset_index(drop=True)
    couples["desa"] = couples["desa"].str.lower()
    found = check_together(
        [
            intake(users, "mix.csv", users="PA"),
            intake(couples, "pus.csv", couples="PUS"),
        ]
    )
    assert said(found) == [("part_above_whole", 3, "PA", "50", "≤ 40 (PUS; pus.csv)")]
    assert found[0].file == "mix.csv"


def test_another_month_is_not_compared_but_a_table_without_months_is():
    users, couples = table(users=[50]), table(couples=[40])
    couples["period"] = "2025-10"
    assert check_together([intake(users, "a"), intake(couples, "b")]) == []
    couples["period"] = pd.NA
    assert len(check_together([intake(users, "a"), intake(couples, "b")])) == 1


def test_what_one_sheet_already_shows_is_not_repeated():
    both = table(users=[50], couples=[40])
    assert len(check_table(both, {})) == 1
    assert check_together([intake(both, "a")]) == []


def test_the_same_measure_twice_for_a_region_and_month_is_told():
    first, second = table(couples=[1, 2]), table(couples=[3])
    found = check_together([intake(first, "a.csv"), intake(second, "b.csv")])
    assert said(found) == [
        (
            "two_versions",
            2,
            "",
            "DESA 0, 2025-11: couples 1 ≠ 3",
            "a.csv: 2",
        )
    ]
    assert check_together([intake(first, "a"), intake(table(users=[0]), "b")]) == []


def test_twelve_monthly_files_with_one_figure_are_told_once():
    whole = monthly([700] * 12)
    files = [
        intake(whole.iloc[[i]].reset_index(drop=True), f"{i}.csv") for i in range(12)
    ]
    assert [f.code for f in check_together(files)] == ["value_frozen"]


def test_a_list_given_twice_is_told_and_an_empty_table_left_out():
    groups = table(members=[3.0]).assign(name="Melati")
    found = check_together([intake(groups, "a"), intake(groups, "b")])
    assert said(found) == [("rows_repeated", 2, "", "Melati, DESA 0, 2025-11", "a: 2")]
    assert check_together([intake(groups.iloc[:0], "a")]) == []


# --- the catalogue of rules -----------------------------------------------------------


def test_every_rule_of_the_catalogue_is_valid():
    assert len(rules()) > 25


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"code": "nope"}, "rules.toml [k]: findings.toml has no [nope]."),
        ({"parts": ("nope",)}, "rules.toml [k]: measures.toml has no ['nope']."),
        (
            {"parts": ("attending", "users")},
            "rules.toml [k]: some of ['attending', 'users'] are per group and some "
            "are not; parts need one kind.",
        ),
        (
            {"whole": ""},
            "rules.toml [k]: every check but 'frozen' needs a whole.",
        ),
    ],
)
def test_a_wrong_rule_is_named(changes, message):
    right = {
        "key": "k",
        "check": "each_at_most",
        "code": "part_above_whole",
        "parts": ("attending",),
        "whole": "members",
    }
    catalogue._check(Rule(**right))
    with pytest.raises(CatalogueError) as err:
        catalogue._check(Rule(**{**right, **changes}))
    assert str(err.value) == message


# --- real exports ---------------------------------------------------------------------


@pytest.mark.real
def test_the_real_exports_have_the_faults_that_are_known(shared_data):
    from kkbpk_geo.intake.reading import read_table

    files = sorted((shared_data / "siga_sulbar").glob("*.csv"))
    intakes = [read_table(f, year=2025, province="Sulawesi Barat") for f in files]
    folded = fold_findings(f for each in intakes for f in each.findings)
    told = {(f.file, f.code, f.column): f.count for f in folded}
    bkb, wanted = "data_bkb_keluarga.csv", "sasaran_poktan_gabung.csv"
    hadir = "JUMLAH KELUARGA ANGGOTA BKB HADIR PERTEMUAN"
    assert told[bkb, "attending_above_members", hadir] == 17
    assert told[bkb, "column_copied", "STATUS BER KB"] == 1250
    assert told[wanted, "participating_above_target", "KESERTAAN BKB"] == 89
    assert told[wanted, "participating_above_target", "KESERTAAN BKR"] == 9
    assert told[wanted, "participating_above_target", "KESERTAAN BKL"] == 40
    kampung = "RUMAH DATAKU DI KAMPUNG KB"
    assert told["data_rdk.csv", "part_above_whole", kampung] == 4
    # nobody reports more groups than exist; methods add up to users in every village
    codes = {f.code for f in folded}
    assert not codes & {"reporting_above_existing", "parts_do_not_add_up"}
    assert [f.value for f in folded if f.code == "column_copied"] == ["1247", "1040"]
    assert check_together(intakes) == []


def test_a_row_about_a_district_is_told_with_its_name():
    first, second = table(couples=[1]), table(couples=[2])
    for each in (first, second):
        each["desa"] = pd.NA
    found = check_together([intake(first, "a.csv"), intake(second, "b.csv")])
    assert [f.value for f in found] == ["PRINGSEWU, 2025-11: couples 1 ≠ 2"]


def test_a_copy_of_many_rows_is_one_finding_not_one_for_each():
    first = table(couples=list(range(1, 88)))
    second = table(couples=[9, *range(2, 88)])
    found = check_together([intake(first, "a.csv"), intake(second, "a (1).csv")])
    assert [(f.code, f.count) for f in found] == [
        ("two_versions", 1), ("rows_repeated", 86),
    ]  # fmt: skip
    chosen = check_together(
        [intake(first, "a.csv"), intake(second, "a (1).csv")], keep="a (1).csv"
    )
    assert [(f.code, f.file, f.count) for f in chosen] == [
        ("version_replaced", "a.csv", 87)
    ]
