"""What the records of an old workbook say that its values do not."""

from __future__ import annotations

import struct

import pytest

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.io.grids import load_grids
from kkbpk_geo.io.reading.grid import OddCell

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512


def record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def text(row, column, words):
    body = struct.pack("<HHHHB", row, column, 0, len(words), 0)
    return record(0x0204, body + words.encode("latin-1"))


def number(row, column, value):
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def failed(row, column, code):
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))


def formula(row, column, result, flags=0):
    tokens = b"\x1e\x05\x00"  # the whole number 5
    head = struct.pack("<HHH8sHI", row, column, 0, result, flags, 0)
    return record(0x0006, head + struct.pack("<H", len(tokens)) + tokens)


def hidden_row(row):
    return record(0x0208, struct.pack("<7HH", row, 0, 4, 255, 0, 0, 0x20, 15))


def hidden_columns(first, last):
    return record(0x007D, struct.pack("<6H", first, last, 2304, 15, 1, 0))


def records(*cells, password=False):
    """The stream of a workbook with one sheet, Data."""
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    if password:
        start += record(0x2F, b"\1\0\1\0\1\0" + bytes(48))
    name = b"Data"
    at = len(start) + 4 + 8 + len(name) + 4
    sheet = record(0x85, struct.pack("<IBBBB", at, 0, 0, len(name), 0) + name)
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
    return b"".join([start, sheet, record(0x0A), begin, *cells, record(0x0A)])


def compound(stream, name="Workbook"):
    """A compound file with one stream: a table, a directory, the stream."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // SECTOR)
    chain = [TABLE, END, *range(3, count + 2), END]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    entries = entry("Root Entry", 5, END, 0, child=1) + entry(name, 2, 2, len(stream))
    directory = entries.ljust(SECTOR, b"\0")
    return header + table + directory + stream.ljust(count * SECTOR, b"\0")


def entry(name, kind, first, size, child=FREE):
    wide = name.encode("utf-16-le")
    head = wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide) + 2, kind, 1)
    links = struct.pack("<3I", FREE, FREE, child)
    return (head + links + bytes(36) + struct.pack("<IQ", first, size)).ljust(
        128, b"\0"
    )


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
