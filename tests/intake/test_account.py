"""The account always adds up: rows and figures read = used + set aside."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kkbpk_geo.intake.account import account_for
from kkbpk_geo.intake.reading import read_table

HEAD = ["KECAMATAN", "DESA", "PUS", "JUMLAH PA", "CATATAN ANGKA"]
TITLE = ["DATA PUS KABUPATEN PRINGSEWU NOVEMBER 2025", "", "", "", ""]


def read(rows, **more):
    return read_table([TITLE, HEAD, *rows], year=2025, province="Lampung", **more)


def test_every_reason_has_its_number():
    rows = [
        ["Pringsewu", "A", "100", "12", "x"],
        ["Pringsewu", "B", "-5", "7", ""],  # negative: not used
        ["Pringsewu", "C", "abc", "-", ""],  # no number; a dash is no figure
        ["Pringsewu", "C", "9", "8", ""],  # the same village: 9 is its only figure
        ["JUMLAH", "", "104", "27", ""],
    ]
    found = account_for([read(rows)])
    assert (found.rows, found.rows_used) == (5, 3)
    assert found.rows_aside == {"total_row": 1, "repeated": 1}
    # 100 -5 abc 9 104 and 12 7 8 27
    assert (found.cells, found.cells_used) == (9, 5)
    assert found.cells_aside == {
        "total_row": 2, "unusable": 1, "number_unreadable": 1,
    }  # fmt: skip


def test_figures_of_columns_that_nobody_counts_are_set_aside_and_not_forgotten():
    rows = [
        ["KABUPATEN", "PUS", "% PA", "STOK IUD", "FOO", "CATATAN"],
        ["Mesuji", "50000", "60,5", "12", "3", "baik"],
        ["Tanggamus", "120000", "61,5", "9", "-", "lengkap"],
    ]
    table = read_table(rows, year=2025, province="Lampung")
    found = account_for([table])
    # PUS 2, per cent 2, stock 2, FOO 1; texts are no figures
    assert (found.cells, found.cells_used) == (7, 2)
    assert sum(found.cells_aside.values()) == 5
    assert {"PUS", "FOO"} <= set(table.cells)
    assert "CATATAN" not in table.cells


def test_a_column_whose_kind_is_not_clear_is_in_the_account():
    rows = [["KABUPATEN", "BKB", "Memiliki Balita"], ["Mesuji", "5000", "9000"]]
    rows += [["Tanggamus", "8000", "12000"]]
    found = account_for([read_table(rows, year=2025, province="Lampung")])
    assert (found.cells, found.cells_used) == (4, 0)
    assert "kind_unclear" in found.cells_aside


def test_a_row_of_several_months_has_as_many_cells_as_are_printed():
    rows = [
        ["KABUPATEN", "JUMLAH DESA", "PUS JANUARI 2025", "PUS FEBRUARI 2025"],
        ["Mesuji", "105", "50000", "-3"],
        ["Tanggamus", "302", "120000", "120000"],
    ]
    found = account_for([read_table(rows, province="Lampung")])
    assert (found.cells, found.cells_used) == (6, 5)
    assert found.cells_aside == {"unusable": 1}


def test_two_versions_are_set_aside_unless_one_is_chosen(tmp_path):
    lines = [["Pringsewu", "A", "5", "2", ""], ["Pringsewu", "B", "6", "3", ""]]
    tables = []
    for name, users in (("a.csv", "2"), ("a REVISI.csv", "1")):
        lines[0][3] = users
        text = "\n".join(";".join(line) for line in [TITLE, HEAD, *lines])
        (tmp_path / name).write_text(text, encoding="utf-8")
        tables.append(read_table(tmp_path / name, year=2025, province="Lampung"))
    both, chosen = account_for(tables), account_for(tables, keep="newest")
    assert (both.rows, both.rows_used, both.cells, both.cells_used) == (4, 2, 8, 3)
    assert (chosen.rows_used, chosen.cells_used) == (2, 4)
    assert chosen.rows_aside == {"older_version": 2}


def test_an_output_of_this_program_is_left_alone_and_counted():
    rows = [["region_code", "score", "rank", "rank_low", "rank_high", "missing_share"]]
    table = read_table([*rows, ["18.01", "0.5", "1", "1", "2", "0"]])
    assert [(f.code, f.severity) for f in table.findings] == [("own_output", "info")]
    assert account_for([table]).rows_aside == {"own_output": 2}


cells = st.sampled_from(
    ["", "-", "0", "7", "12", "1.234", "1,5", "-3", "abc", "NIHIL", "12*)", "5 klp",
     "900000000", "n/a"]
)  # fmt: skip
lines = st.tuples(
    st.sampled_from(["Pringsewu", "Gading Rejo", "JUMLAH", "", "Sumber: dinas"]),
    st.sampled_from(["A", "B", "C", ""]),
    cells,
    cells,
    cells,
)


@given(st.lists(lines, min_size=1, max_size=12), st.booleans())
@settings(max_examples=150, deadline=None)
def test_the_account_of_a_messy_sheet_always_adds_up(rows, twice):
    intakes = [read([list(line) for line in rows])] * (1 + twice)
    found = account_for(intakes)
    assert found.rows == sum(
        len(table.data) + len(table.listed)
        for each in intakes
        for table in each.tables()
    )
    assert 0 <= found.rows_used <= found.rows
    assert 0 <= found.cells_used <= found.cells
    # Counted again where the figures are: in the data.
    data = intakes[0].data
    held = {c: int(data[c].notna().sum()) for c in ("couples", "users") if c in data}
    aside = [sum(c.aside.values()) for c in intakes[0].cells.values()]
    counted = {c.column: c for c in intakes[0].cells.values() if c.column}
    used = [int(c.used.sum()) for c in counted.values()]
    # A column that is no count is in the data without a figure.
    assert held == dict.fromkeys(held, 0) | dict(zip(counted, used, strict=True))
    assert found.cells == (1 + twice) * (
        sum(aside) + sum(int(c.used.sum()) for c in intakes[0].cells.values())
    )
    filled = pd.DataFrame(rows)[[2, 3]].isin(["", "-", "n/a"]).eq(False).sum().sum()
    blank_marks = {"", "-", "n/a"}
    figures = sum(cell not in blank_marks for line in rows for cell in line[2:4])
    assert filled == figures
    if set(intakes[0].cells) == {"PUS", "JUMLAH PA"}:
        assert sum(aside) + sum(used) == figures


@pytest.mark.parametrize(
    "headings",
    [
        "region_code;weight;quota;base;floor;cap;locked;value;why",
        "action;item;item_name;region_code;region_name;wanted;status",
        "action;item;item_name;region_code;region_name;wanted;funded;unit_price;cost",
        "region_code;region_name;item;item_name;base;need;good;minor;major;unstated;"
        "total;met;repair;replace;quantity_gap;quality_gap;buy;surplus;coverage;status",
    ],
)
def test_tables_of_divisions_and_supplies_are_outputs(headings: str):
    row = headings.split(";")
    table = read_table([row, ["18.01", *["1"] * (len(row) - 1)]])
    assert [found.code for found in table.findings] == ["own_output"]


def test_a_table_of_an_office_with_some_of_these_headings_is_read():
    rows = [["KODE", "KABUPATEN", "SARANA", "BAIK", "RUSAK RINGAN", "KETERANGAN"]]
    table = read_table([*rows, ["18.01", "Lampung Selatan", "BKB Kit", "5", "1", ""]])
    assert "own_output" not in {found.code for found in table.findings}


def test_figures_of_stock_are_in_the_account_column_by_column():
    rows = [
        ["KABUPATEN", "BKB KIT", "", "KKA", ""],
        ["", "BAIK", "RUSAK", "BAIK", "RUSAK"],
        ["Mesuji", "1", "0", "2", "1"],
        ["Tanggamus", "1", "", "dua", "3"],  # one cell that is no number: no stock
        ["Pringsewu", "4", "", "5", "-"],
        ["JUMLAH", "5", "0", "7", "1"],
    ]
    table = read_table(rows, kind="inventory", year=2025, province="Lampung")
    aside = {name: dict(cells.aside) for name, cells in table.cells.items()}
    used = {name: int(cells.used.sum()) for name, cells in table.cells.items()}
    assert used == {
        "BKB KIT > BAIK": 2, "BKB KIT > RUSAK": 1, "KKA > BAIK": 2, "KKA > RUSAK": 1,
    }  # fmt: skip
    assert aside == {
        "BKB KIT > BAIK": {"quantity_wrong": 1, "total_row": 1},
        "BKB KIT > RUSAK": {"total_row": 1},
        "KKA > BAIK": {"number_unreadable": 1, "total_row": 1},
        "KKA > RUSAK": {"quantity_wrong": 1, "total_row": 1},
    }
    found = account_for([table])
    assert (found.rows, found.rows_used) == (4, 2)
    assert (found.cells, found.cells_used) == (13, 6)
    assert sum(found.cells_aside.values()) == 7
