"""What the records of an old workbook say that its values do not."""

from __future__ import annotations

import struct

import pytest
from fuzz.old_excel import (
    SECTOR,
    compound,
    failed,
    formula,
    hidden_columns,
    hidden_row,
    number,
    record,
    records,
    text,
)

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.io.grids import load_grids
from kkbpk_geo.io.reading.grid import OddCell


def load(folder, *cells, **options):
    path = folder / "a.xls"
    path.write_bytes(compound(records(*cells, **options)))
    (grid,) = load_grids(path)
    return grid


def test_errors_of_an_old_workbook_are_texts_and_known(tmp_path):
    ref = b"\2\0\x17\0\0\0\xff\xff"  # a formula whose result is #REF!
    grid = load(tmp_path, text(0, 0, "PUS"), number(1, 0, 7), failed(2, 0, 0x07),
                formula(3, 0, ref))  # fmt: skip
    assert grid.rows == [["PUS"], [7], ["#DIV/0!"], ["#REF!"]]
    assert grid.odd_cells == (
        OddCell(2, 0, "error", "#DIV/0!"), OddCell(3, 0, "error", "#REF!")
    )  # fmt: skip


EMPTY = b"\3\0\0\0\0\0\xff\xff"


@pytest.mark.parametrize(
    ("result", "flags", "shown"),
    [
        (EMPTY, 3, "=…"),  # a writer that computes nothing, and says "compute me"
        (EMPTY, 0, ""),  # a formula whose result is an empty text
        (bytes(8), 3, "=…"),  # another writer: it stores 0 and says the same
        (bytes(8), 1, 0),  # NOW() and its like are computed always; 0 is a result
        (bytes(8), 0, 0),
        (struct.pack("<d", 4.0), 3, 4),
    ],
)
def test_a_formula_of_an_old_workbook_has_a_result_or_is_known_to_have_none(
    tmp_path, result, flags, shown
):
    grid = load(tmp_path, text(0, 0, "PUS"), number(1, 1, 7),
                formula(1, 0, result, flags))  # fmt: skip
    assert grid.rows == [["PUS", ""], [shown, 7]]
    assert bool(grid.odd_cells) == (shown == "=…")


def test_hidden_rows_and_columns_of_an_old_workbook_are_known(tmp_path):
    cells = [number(row, column, 1) for row in range(3) for column in range(4)]
    grid = load(tmp_path, hidden_columns(1, 2), hidden_row(1), *cells)
    assert (grid.hidden_rows, grid.hidden_columns) == ({1}, {1, 2})


def test_an_old_workbook_with_a_password_is_said_to_have_one(tmp_path):
    with pytest.raises(IntakeError) as error:
        load(tmp_path, number(0, 0, 1), password=True)
    assert str(error.value) == (
        "a.xls: it is protected by a password. Open it with the password and save a "
        "copy without one."
    )


@pytest.mark.parametrize(
    ("stream", "what"),
    [
        ("EncryptedPackage", "it is protected by a password"),
        ("WordDocument", "this is a Word document (.doc), not a sheet"),
        ("PowerPoint Document", "this is a presentation (.ppt), not a sheet"),
        ("__properties_version1.0", "this is a mail message (.msg), not a sheet"),
    ],
)
def test_a_compound_file_that_is_no_workbook_is_named(tmp_path, stream, what):
    (tmp_path / "a.xlsx").write_bytes(compound(b"x", stream))
    with pytest.raises(IntakeError) as error:
        load_grids(tmp_path / "a.xlsx")
    assert what in str(error.value)


def damaged(chain=None, cut=None):
    whole = bytearray(compound(records(number(0, 0, 1))))
    if chain is not None:
        struct.pack_into("<I", whole, SECTOR + 4 * chain, 2)  # back to the beginning
    return bytes(whole[:cut])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (damaged(chain=6), "its chain of sectors runs in a circle"),
        (damaged(cut=4 * SECTOR), "a part of it is cut off"),
        (damaged(cut=2 * SECTOR + 200), "its directory is cut off"),
        (damaged(cut=100), "its header is cut off"),
        (compound(record(0x85, b"\1")), "a record of it is cut off"),
    ],
)
def test_a_damaged_old_workbook_is_told_before_anybody_follows_it(tmp_path, data, why):
    (tmp_path / "a.xls").write_bytes(data)
    with pytest.raises(IntakeError) as error:
        load_grids(tmp_path / "a.xls")
    assert str(error.value) == (
        f"a.xls: damaged workbook ({why}). Open it in a spreadsheet program and save "
        "it again."
    )
