"""Several tables in one sheet: each is read as if it were alone."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

import kkbpk_geo as kg
from kkbpk_geo.intake.blocks.tables import find_blocks
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.recognise.columns import UNKNOWN, Column, Recognised
from kkbpk_geo.io import load_grids

NOTHING = Column(position=0, printed="", role=UNKNOWN)

DISTRICTS = ["Lampung Barat", "Tanggamus", "Mesuji", "Kota Metro"]
CODES = ["18.04", "18.06", "18.11", "18.72"]


def table(title, heading, start, *, total=False):
    """Return the rows of a small table of four districts, three columns wide."""
    rows = [[title, "", ""]] if title else []
    rows.append(["NO", "KABUPATEN/KOTA", heading])
    rows += [[str(i + 1), name, str(start + i)] for i, name in enumerate(DISTRICTS)]
    if total:
        rows.append(["", "JUMLAH", str(4 * start + 6)])
    return rows


def read(rows, **options):
    return kg.read_table(rows, province="Lampung", **options)


def figures(*intakes):
    """Return (measure, district, period, value) of all tables."""
    found = []
    for intake in intakes:
        for part in intake.tables():
            data = part.data
            names = [c for c in data if str(c).partition("_")[0] in GROUPS]
            for name in names:
                for _, row in data.iterrows():
                    found.append(
                        (name, row["region_code"], row.get("period"), int(row[name]))
                    )
    return sorted(found, key=str)


GROUPS = ("bkb", "bkr", "bkl", "uppka", "couples")


def told(intake, severity="error"):
    return [f.code for f in intake.findings if f.severity == severity]


# --- under each other -----------------------------------------------------------------


def test_a_second_header_begins_a_table_with_the_group_of_its_own_title():
    rows = [
        ["DATA POKTAN NOVEMBER 2025", "", ""],
        *table("A. KELOMPOK BKB", "YANG ADA", 20, total=True),
        ["", "", ""],
        *table("B. KELOMPOK BKR", "YANG ADA", 120, total=True),
    ]
    intake = read(rows)
    bkb, bkr = intake.tables()
    assert bkb.data["bkb_groups"].tolist() == [20, 21, 22, 23]
    assert bkr.data["bkr_groups"].tolist() == [120, 121, 122, 123]
    assert bkr.data["period"].tolist() == ["2025-11"] * 4  # of the title over both
    assert bkr.data["source_row"].tolist() == [12, 13, 14, 15]
    assert told(intake) == []


def test_a_title_of_no_known_group_does_not_take_the_group_of_the_table_above():
    rows = [
        *table("A. KELOMPOK BKB 2025", "YANG ADA", 20),
        *table("B. KELOMPOK LAIN-LAIN 2025", "ANGGOTA", 1),
    ]
    intake = read(rows)
    assert figures(intake) == figures(read(rows[:6]))
    assert any(code in told(intake) for code in ("group_unknown", "table_unknown"))


def test_other_headings_without_a_title_or_a_blank_row_begin_a_table():
    rows = [*table("", "JUMLAH BKB", 10), *table("", "JUMLAH PUS", 500)]
    first, second = read(rows, year=2025).tables()
    assert first.data["bkb_groups"].tolist() == [10, 11, 12, 13]
    assert second.data["couples"].tolist() == [500, 501, 502, 503]


@pytest.mark.parametrize(
    "between",
    [
        [],
        [["", "", ""]],
        [["Halaman 2", "", ""]],
        [["", "", ""], ["Halaman 2 dari 3", "", ""]],
        [["DATA BKB NOVEMBER 2025", "", ""]],
        [["DATA BKB NOVEMBER 2025", "", ""], ["(lanjutan)", "", ""]],
    ],
)
def test_headings_printed_again_on_the_next_page_begin_no_table(between):
    rows = table("DATA BKB NOVEMBER 2025", "YANG ADA", 20)
    rows += [*between, rows[1], ["5", "Pringsewu", "24"]]
    intake = read(rows)
    assert intake.parts == ()
    assert intake.data["bkb_groups"].tolist() == [20, 21, 22, 23, 24]
    assert told(intake) == []


@pytest.mark.parametrize(
    ("titles", "found"),
    [
        (("OKTOBER 2025", "NOVEMBER 2025"), ["2025-10", "2025-11"]),
        (("TAHUN 2024", "TAHUN 2025"), ["2024", "2025"]),
    ],
)
def test_the_same_headings_under_another_month_are_those_of_that_month(titles, found):
    rows = [["DATA BKB", "", ""]]
    for title in titles:
        rows += table(title, "YANG ADA", 20)
    periods = [part.data["period"].unique().tolist() for part in read(rows).tables()]
    assert periods == [[period] for period in found]


def test_the_same_headings_under_another_district_are_about_that_district():
    rows = [["DATA BKB 2025", "", ""]]
    for district, place in (("PRINGSEWU", "Gading Rejo"), ("MESUJI", "Way Serdang")):
        rows += [
            [f"KABUPATEN {district}", "", ""],
            ["NO", "KECAMATAN", "YANG ADA"],
            ["1", place, "7"],
        ]
    codes = [part.data["region_code"].tolist() for part in read(rows).tables()]
    assert codes == [["18.10"], ["18.11"]]


def test_a_title_with_an_unknown_district_does_not_take_the_one_above():
    rows = [["DATA BKB 2025", "", ""]]
    for district in ("PRINGSEWU", "ATLANTIS"):
        rows += [
            [f"KABUPATEN {district}", "", ""],
            ["NO", "DESA", "YANG ADA"],
            ["1", "Wonodadi", "7"],
        ]
    codes = [part.data["region_code"].isna().tolist() for part in read(rows).tables()]
    assert codes == [[False], [True]]


def test_of_two_tables_that_nothing_tells_apart_neither_is_used_and_it_is_told():
    rows = [
        ["PUS 2025", "", ""],
        *table("A. UMUR MUDA", "JUMLAH PUS", 500),
        *table("B. UMUR TUA", "JUMLAH PUS", 300),
    ]
    intake = read(rows)
    assert figures(intake) == []
    (finding,) = [f for f in intake.findings if f.code == "several_tables"]
    assert (finding.row, finding.value) == (9, "B. UMUR TUA")
    assert sorted(intake.listed["source_row"]) == list(range(4, 14))[:4] + list(
        range(8, 14)
    )


def test_the_same_places_under_a_title_of_other_words_are_no_next_page():
    rows = [["A. PESERTA KB AKTIF 2025", "", ""], ["KABUPATEN", "IUD", "PIL"]]
    rows += [["Mesuji", "3", "4"], ["B. PESERTA KB BARU 2025", "", ""], rows[1]]
    rows += [["Mesuji", "1", "2"]]
    intake = read(rows)
    assert intake.data["users_iud"].dropna().tolist() == [3]
    assert "several_tables" in told(intake)


def test_a_signature_between_two_tables_belongs_to_the_upper_one():
    rows = [
        *table("DATA BKB NOVEMBER 2025", "YANG ADA", 20),
        ["Sumber: SIGA", "", ""],
        ["", "", "Mesuji, 5 Desember 2025"],
        ["", "", "Kepala Dinas"],
        ["", "", "NIP. 19700101"],
        ["", "", ""],
        *table("DATA BKR NOVEMBER 2025", "YANG ADA", 30),
    ]
    upper, lower = read(rows).tables()
    assert upper.data["bkb_groups"].tolist() == [20, 21, 22, 23]
    assert lower.data["bkr_groups"].tolist() == [30, 31, 32, 33]
    assert "DATA BKR" not in " ".join(map(str, upper.listed.to_numpy().ravel()))


def test_blank_rows_and_notes_inside_a_table_cut_nothing():
    rows = table("DATA BKB 2025", "YANG ADA", 20)
    rows[4:4] = [["", "", ""], ["", "", ""], ["*) data sementara", "", ""]]
    assert len(find_blocks(load_grids(rows)[0])) == 1
    assert read(rows).data["bkb_groups"].tolist() == [20, 21, 22, 23]


def test_every_row_of_the_sheet_below_the_first_header_is_used_or_listed():
    rows = [
        *table("A. BKB 2025", "YANG ADA", 20, total=True),
        ["", "", ""],
        *table("B. BKR 2025", "YANG ADA", 30),
    ]
    intake = read(rows)
    found = [*intake.data["source_row"], *intake.listed["source_row"]]
    assert sorted(found) == list(range(3, len(rows) + 1))


@pytest.mark.parametrize("seed", range(20))
def test_stacked_tables_give_the_figures_of_the_tables_read_one_by_one(seed):
    draw = random.Random(seed)
    titles = [
        ("DATA BKB NOVEMBER 2025", "YANG ADA"), ("DATA BKR NOVEMBER 2025", "YANG ADA"),
        ("DATA BKL OKTOBER 2025", "JUMLAH KELOMPOK"), ("DATA PUS 2025", "JUMLAH PUS"),
        ("KELOMPOK UPPKA TAHUN 2025", "YANG ADA"),
    ]  # fmt: skip
    chosen = draw.sample(titles, draw.randint(2, 3))
    tables = [
        table(*each, draw.randint(5, 900), total=draw.random() < 0.5) for each in chosen
    ]
    sheet = []
    for each in tables:
        sheet += [*each, *[["", "", ""]] * draw.randint(0, 3)]
    together, alone = read(sheet), [read(each) for each in tables]
    assert figures(together) == figures(*alone)
    assert told(together) == [code for each in alone for code in told(each)]


@pytest.mark.parametrize(
    "head",
    [
        [["KABUPATEN", ":", "PRINGSEWU", ""], ["BULAN", ":", "NOVEMBER 2025", ""]],
        [["KABUPATEN", "PRINGSEWU", "BULAN", "NOVEMBER 2025"], [""] * 4],
        [["KABUPATEN", "PRINGSEWU", "BULAN", "NOVEMBER"], ["TAHUN", "2025", "", ""]],
    ],
)
def test_words_before_their_values_over_a_table_are_its_titles(head):
    rows = [*head, ["NO", "KECAMATAN", "BKB YANG ADA", "BKB YANG LAPOR"]]
    rows += [["1", "Gading Rejo", "5", "4"]]
    intake = read(rows)
    assert (intake.kind, intake.parts) == ("bkb_report", ())
    assert intake.data["region_code"].tolist() == ["18.10"]
    assert intake.data["period"].tolist() == ["2025-11"]


def test_a_second_header_of_unknown_headings_is_told_and_the_upper_table_read():
    rows = [["KABUPATEN", "JUMLAH BKB", "", ""], ["Mesuji", "5", "", ""]]
    rows += [["KABUPATEN", "FOO", "BAR", "BAZ"], ["Mesuji", "1", "2", "3"]]
    intake = read(rows, year=2025)
    assert figures(intake) == [("bkb_groups", "18.11", "2025", 5)]
    assert "several_tables" in told(intake)


@pytest.mark.parametrize(("blank", "found"), [(3, "bkr"), (4, "")])
def test_a_title_stands_at_most_three_blank_rows_over_its_header(blank, found):
    lower = table("DATA BKR 2025", "ANGGOTA", 30)
    lower[1:1] = [["", "", ""]] * blank
    block = find_blocks(load_grids([*table("BKB", "YANG ADA", 20), *lower])[0])[1]
    assert block.titles == (("DATA BKR 2025",) if found else ())


def test_merged_cells_of_a_lower_table_stay_with_their_rows():
    rows = [*table("BKB 2025", "YANG ADA", 20), *table("BKR 2025", "YANG ADA", 30)]
    (grid,) = load_grids(rows)
    lower = find_blocks(replace(grid, merged=(((8, 1), (9, 1)),)))[1].grid
    sheet = OpenSheet(
        grid=lower, known=Recognised(kind="x", group="", columns=(NOTHING,) * 3),
        cells=np.array(lower.rows[2:], dtype=object), numbers={},
        reasons=np.full(4, "", dtype=object), first=lower.top + 3,
    )  # fmt: skip
    assert sheet.merged_down() == [(1, 0, 1)]


# --- beside each other ----------------------------------------------------------------


def beside(left, right, gap):
    """Put two tables side by side, with so many empty columns between them."""
    return [[*a, *[""] * gap, *b] for a, b in zip(left, right, strict=True)]


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_tables_beside_each_other_have_each_its_own_title(gap):
    left = table("KELOMPOK BKB 2025", "YANG ADA", 20)
    right = table("KELOMPOK BKR 2025", "YANG ADA", 30)
    intake = read(beside(left, right, gap))
    assert figures(intake) == figures(read(left), read(right))
    assert told(intake) == []


def test_one_table_whose_rows_go_on_to_the_right_is_read_whole():
    rows = [
        ["DATA BKB 2025", "", "", "", "", ""],
        ["NO", "KABUPATEN", "YANG ADA", "NO", "KABUPATEN", "YANG ADA"],
        ["1", "Mesuji", "3", "3", "Pringsewu", "4"],
        ["2", "Tanggamus", "5", "", "", ""],
    ]
    assert [(code, value) for _, code, _, value in figures(read(rows))] == [
        ("18.06", 5), ("18.10", 4), ("18.11", 3),
    ]  # fmt: skip


def test_an_empty_column_inside_one_header_cuts_nothing():
    rows = [
        ["DATA 2025", "", "", ""],
        ["KABUPATEN", "BKB", "", "BKR"],
        ["Mesuji", "3", "", "4"],
    ]
    intake = read(rows)
    assert intake.parts == ()
    assert (intake.data["bkb_groups"][0], intake.data["bkr_groups"][0]) == (3, 4)


def test_tables_in_two_rows_and_two_columns_are_four():
    upper = beside(
        table("BKB 2025", "YANG ADA", 10), table("BKR 2025", "YANG ADA", 20), 1
    )
    lower = beside(
        table("BKL 2025", "YANG ADA", 30), table("UPPKA 2025", "YANG ADA", 40), 1
    )
    blank = [[""] * 7]
    names = {name for name, *_ in figures(read([*upper, *blank, *lower]))}
    assert names == {"bkb_groups", "bkr_groups", "bkl_groups", "uppka_groups"}
