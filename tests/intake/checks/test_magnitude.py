"""Figures beside the register: what is ten times too small or too large is told.

Pringsewu has 444,834 people in the register, Mesuji 241,280, Metro 182,293, Pesawaran
501,047, Tanggamus 641,036.
"""

from __future__ import annotations

import pandas as pd
import pytest

from kkbpk_geo.intake.checks import magnitude
from kkbpk_geo.intake.checks.evidence import Sheet
from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.regions import children, region, regions_of

PEOPLE = {"Pringsewu": 444834, "Mesuji": 241280, "Kota Metro": 182293,
          "Pesawaran": 501047, "Tanggamus": 641036}  # fmt: skip


def read(heading, figures, title=""):
    rows = [["KABUPATEN", heading], *map(list, figures.items())]
    return read_table([[title], *rows], province="Lampung", year=2025)


def read_beside(heading, figures):
    """Read a column beside one of usual size: people, or couples where they are it."""
    beside = times(1, 0.17) if heading == "PENDUDUK" else PEOPLE
    head = ["KABUPATEN", "PUS" if heading == "PENDUDUK" else "PENDUDUK", heading]
    rows = [[name, beside[name], figure] for name, figure in figures.items()]
    return read_table([head, *rows], province="Lampung", year=2025)


def told(table):
    codes = (
        "magnitude_column",
        "magnitude_impossible",
        "magnitude_place",
        "villages_unlike_register",
    )
    return [(f.code, f.region, f.count) for f in table.findings if f.code in codes]


def times(factor, share=1.0):
    return {name: round(n * share * factor) for name, n in PEOPLE.items()}


@pytest.mark.parametrize("factor", [0.001, 0.01, 0.1, 10, 100])
@pytest.mark.parametrize(
    ("heading", "column", "share"),
    [
        ("PENDUDUK", "population", 1.0),
        ("PUS", "couples", 0.17),
        ("PESERTA KB AKTIF", "users", 0.12),
        ("JUMLAH KELUARGA", "families", 0.29),
        ("REMAJA 10-24", "adolescents", 0.26),
    ],
)
def test_a_column_in_another_unit_is_told_and_not_used(heading, column, share, factor):
    table = read(heading, times(factor, share))
    assert told(table) == [("magnitude_column", "", 5)]
    assert table.data[column].isna().all()


def test_four_districts_ten_times_too_small_are_warned_of_and_used():
    four = dict(list(times(0.1, 0.17).items())[:4])
    table = read("PUS", four)
    assert [found for found, _, _ in told(table)] == ["magnitude_place"] * 4
    assert table.data["couples"].notna().all()


def test_four_districts_in_thousands_are_warned_of_and_used():
    four = dict(list(times(0.001, 0.17).items())[:4])
    table = read("PUS", four)
    assert [found for found, _, _ in told(table)] == ["magnitude_place"] * 4
    assert table.data["couples"].notna().all()


# A fifth of 444,834 people are 88,967 couples; 142 are 1.6 for each thousand of them.
@pytest.mark.parametrize(("couples", "used"), [(142, False), (143, True)])
def test_beside_other_districts_one_as_far_off_as_thousands_is_not_used(couples, used):
    figures = times(1, 0.17) | {"Pringsewu": couples}
    table = read_beside("PUS", figures)
    code = "magnitude_place" if used else "magnitude_impossible"
    assert told(table) == [(code, "18.10", 1)]
    assert table.data["couples"].notna().tolist() == [used, True, True, True, True]


def test_users_in_tens_beside_couples_in_thousands_are_not_used():
    users = dict(zip(PEOPLE, (52, 53, 54, 55, 51), strict=True))
    table = read_beside("PESERTA KB AKTIF", users)
    assert told(table) == [("magnitude_column", "", 5)]
    assert table.data["users"].isna().all()


def test_figures_that_are_small_all_over_are_a_trial_and_used():
    few = dict(zip(PEOPLE, (40, 20, 40, 40, 17), strict=True))
    table = read("PUS", few)
    assert told(table) == [("magnitude_place", "", 5)]
    assert table.data["couples"].tolist() == list(few.values())


# Pringsewu has 131 villages, Mesuji 105.
def read_bare(*rows, heading="BKB", beside="Kampung KB"):
    head = ["KABUPATEN", heading, beside]
    return read_table([head, *map(list, rows)], province="Lampung", year=2025)


@pytest.mark.parametrize(
    ("heading", "beside", "groups", "used"),
    [
        ("BKB", "Kampung KB", 393, True),
        ("BKB", "Kampung KB", 394, False),  # more than three in each village
        ("BKB", "KECAMATAN DALAM ANGKA", 1482, True),
        ("BKB", "KECAMATAN DALAM ANGKA", 1483, False),  # one for each 300 people
        ("JUMLAH KELOMPOK BKB", "Kampung KB", 1483, True),  # so it says
    ],
)
def test_a_bare_heading_counts_groups_as_far_as_villages_and_people_reach(
    heading, beside, groups, used
):
    table = read_bare(["Pringsewu", groups, 4], heading=heading, beside=beside)
    assert table.data["bkb_groups"].notna().all() == used
    expected = [] if used else [("magnitude_column", "18.10", 1)]
    assert told(table) == expected


@pytest.mark.parametrize("growth", [0.45, 1.0, 2.2])
def test_other_years_and_splits_of_districts_are_no_fault(growth):
    assert told(read("PENDUDUK", times(growth))) == []


def test_a_single_district_in_thousands_is_told_of_people():
    table = read("PENDUDUK", {"Pringsewu": 445})
    assert told(table) == [("magnitude_column", "18.10", 1)]
    found = table.findings[0]
    assert (found.severity, found.value) == ("error", "445 (Pringsewu)")
    assert found.expected == "≈ 440000"
    assert table.data["population"].isna().all()


def test_one_figure_among_good_ones_is_warned_of_and_used():
    table = read("PUS", times(1, 0.17) | {"Mesuji": 4101})
    assert told(table) == [("magnitude_place", "18.11", 1)]
    assert table.findings[0].severity == "warning"
    assert table.data["couples"].tolist() == [75622, 4101, 30990, 85178, 108976]


def test_couples_of_one_district_a_thousand_times_too_few_are_warned_of():
    # 0.17 of 444,834 people are 75,622 couples.
    table = read("PUS", {"Pringsewu": 76})
    assert told(table) == [("magnitude_place", "18.10", 1)]
    assert told(read("PUS", {"Pringsewu": 400})) == []  # off by no known factor


def test_figures_that_are_off_by_no_common_factor_are_told_once():
    odd = dict(zip(PEOPLE, (3735, 2200, 3000, 9000, 17_000), strict=True))
    assert told(read("PUS", odd)) == [("magnitude_place", "", 5)]
    odd = dict(zip(PEOPLE, (17_452, 11_000, 15_000, 45_000, 85_000), strict=True))
    people = read("PENDUDUK", odd)
    assert told(people) == [("magnitude_place", "", 5)]
    assert people.data["population"].notna().all()


def test_a_hundred_times_too_few_by_no_common_factor_are_warned_of():
    odd = dict(zip(PEOPLE, (3735, 310, 90, 2100, 210), strict=True))
    assert told(read_beside("PUS", odd)) == [("magnitude_place", "", 5)]
    odd |= {"Tanggamus": 17}  # 7,500 times too few, and by no slip of the unit
    assert ("magnitude_impossible", "18.06", 1) in told(read_beside("PUS", odd))


def test_figures_that_are_all_far_off_by_no_common_factor_are_not_used():
    odd = dict(zip(PEOPLE, (40, 20, 40, 40, 17), strict=True))
    for heading in ("PUS", "PENDUDUK"):
        assert told(read_beside(heading, odd)) == [("magnitude_column", "", 5)]


def test_more_users_of_a_method_or_members_than_people_can_be_are_not_used():
    assert told(read("PESERTA KB AKTIF PIL", times(0.25))) == []
    assert told(read("PESERTA KB AKTIF PIL", times(0.35))) == [
        ("magnitude_column", "", 5)
    ]
    assert told(read("JUMLAH ANGGOTA BKB", times(0.45))) == []
    assert told(read("JUMLAH ANGGOTA BKB", times(0.55)))[0][0] == "magnitude_column"


def villages(name):
    unit = next(u for u in regions_of("kabkota", "18") if u.name == name)
    return unit.n_desa + unit.n_kelurahan


def test_hundreds_of_groups_in_each_village_are_something_else():
    n = villages("Pringsewu")
    assert told(read("JUMLAH KELOMPOK BKB", {"Pringsewu": 50 * n})) == []
    table = read("JUMLAH KELOMPOK BKB", {"Pringsewu": 50 * n + 1})
    assert told(table) == [("magnitude_column", "18.10", 1)]
    assert table.data["bkb_groups"].isna().all()
    kampung = read("JUMLAH KAMPUNG KB", {"Pringsewu": 5 * n + 1})
    assert told(kampung) == [("magnitude_column", "18.10", 1)]
    assert told(read("JUMLAH KAMPUNG KB", {"Pringsewu": 5 * n})) == []


def by_village(heading, figures, unit="18.10"):
    units = children(unit, "desa")
    rows = [["KABUPATEN", "KECAMATAN", "DESA", heading]]
    for each, figure in zip(units, figures, strict=False):
        rows.append(["Pringsewu", region(each.parent_code).name, each.name, figure])
    return read_table(rows, province="Lampung", year=2025)


def test_some_villages_are_not_the_whole_district_and_may_say_anything():
    assert told(by_village("PENDUDUK", [340] * 2)) == []
    n = len(children("18.10", "desa"))
    # 340 people in each of all villages: a tenth of what the district has.
    assert told(by_village("PENDUDUK", [340] * n)) == [("magnitude_column", "18.10", 1)]
    assert told(by_village("PENDUDUK", [340] * round(0.85 * n))) == []
    assert told(by_village("PENDUDUK", [3400] * n)) == []


def test_groups_of_some_villages_are_held_against_those_villages():
    found = by_village("JUMLAH KELOMPOK BKB", [79, 434])
    assert told(found) == [("magnitude_column", "18.10", 1)]
    one = by_village("JUMLAH KELOMPOK BKB", [1, 2, 101, 1, 1, 1])
    assert told(one) == [("magnitude_place", "18.10", 1)]
    assert one.findings[0].row == 4
    assert told(by_village("JUMLAH KELOMPOK BKB", [1, 2, 100, 1, 1, 1])) == []


def test_more_villages_than_the_register_counts_are_told():
    n = villages("Pringsewu")
    assert told(read("JUMLAH DESA", {"Pringsewu": n})) == []
    table = read("JUMLAH DESA", {"Pringsewu": n + 1})
    assert told(table) == [("villages_unlike_register", "18.10", 1)]
    assert table.findings[0].expected == str(n)
    assert table.data["villages"].tolist() == [n + 1]


def test_a_row_of_the_district_beside_its_villages_is_not_added_to_them():
    n = villages("Pringsewu")
    rows = {"region_code": "18.10", "period": "2025", "level": ["kabkota", "desa"]}
    data = pd.DataFrame({**rows, "villages": [n, n]})
    assert magnitude.find_misfits(Sheet(data=data, headings={})) == []


def test_each_month_is_held_by_itself():
    rows = [["KABUPATEN", "PUS", "BULAN"]]
    for month in ("OKTOBER", "NOVEMBER"):
        rows += [[name, round(n * 0.17), month] for name, n in PEOPLE.items()]
    assert told(read_table(rows, province="Lampung", year=2025)) == []


def test_ten_times_off_is_told_where_another_district_has_its_usual_size():
    rows = [["KABUPATEN", "PUS"], ["Mesuji", 41_000], ["Pringsewu", 310]]
    found = told(read_table(rows, province="Lampung", year=2025))
    assert found == [("magnitude_place", "18.10", 1)]
    small = [["KABUPATEN", "PUS"], ["Mesuji", 250], ["Pringsewu", 310]]
    assert told(read_table(small, province="Lampung", year=2025)) == []  # a trial


def unusable(table):
    columns = [name for name in table.data if table.data[name].isna().all()]
    return [name for name in columns if name.startswith(("users", "couples", "new_"))]


@pytest.mark.parametrize(("most", "lost"), [(100, True), (101, False)])
def test_beside_users_in_per_cent_all_of_the_couples_are_per_cent(most, lost):
    rows = [["KABUPATEN", "PUS", "PA", "UNMET NEED"]]
    for name, people in PEOPLE.items():
        rows.append([name, round(people * 0.17), 70, most])
    table = read_table(rows, province="Lampung", year=2025)
    assert unusable(table) == ["users", *(["couples_unmet_need"] if lost else [])]
    codes = [f.code for f in table.findings]
    assert codes.count("magnitude_beside") == lost
    assert table.data["couples"].notna().all()


@pytest.mark.parametrize(("denied", "lost"), [(1, False), (2, True)])
def test_where_two_kinds_of_group_are_families_a_third_is_no_group(denied, lost):
    bare = ["BKB", "BKR"][:denied]
    rows = [["KABUPATEN", "DESA", *bare, "UPPKA", "PIK-R YANG ADA"]]
    for unit in children("18.10", "kecamatan")[:1]:
        for village in children(unit.code, "desa"):
            rows.append(["Pringsewu", village.bare, *[120] * denied, 4, 3])
    table = read_table(rows, province="Lampung", year=2025)
    assert bool(table.data["uppka_groups"].isna().all()) == lost
    assert table.data["pik_r_groups"].tolist() == [3] * (len(rows) - 1)


def test_the_numbers_of_the_rules_are_these():
    assert (magnitude.FACTOR, magnitude.NEAR, magnitude.SLIPS) == (
        5,
        1.6,
        (10, 100, 1000),
    )
    assert (magnitude.ALIKE, magnitude.PLACES, magnitude.COMPLETE) == (0.8, 5, 0.9)
    assert (magnitude.MOST_GROUPS, magnitude.MOST_IN_ONE) == (50, 100)
