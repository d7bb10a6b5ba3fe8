"""Rows and columns in other places than a clean table has them.

In:     a clean table, hypothesis draws. Out: the table, disguised.
"""

from __future__ import annotations

from disguises.printed import clock
from disguises.sent import Disguised, Draw, grid
from disguises.sums import shares_of
from disguises.tables import Cell, Sheet, Table
from hypothesis import strategies as st


def shift(draw: Draw, table: Table) -> Disguised:
    """Move one row by a column."""
    i = draw(st.integers(0, len(table.values) - 1))
    rows = table.sheet()
    moved = rows[2 + i]
    rows[2 + i] = draw(st.sampled_from([["INDONESIA", *moved], ["", *moved]]))
    truth, absent = table.truth(), set()
    for column in table.columns.values():
        del truth[table.codes[i], column]
        absent.add((table.codes[i], column))
    return Disguised("shift", [grid(rows)], truth, frozenset(absent))


def long_form(draw: Draw, table: Table) -> Disguised:
    """Give a row for each sex, with or without their sum."""
    heading = draw(st.sampled_from(["JENIS KELAMIN", "JK", "L/P", "SEX"]))
    words = draw(st.sampled_from([["L", "P"], ["Laki-laki", "Perempuan"]]))
    summed = draw(st.sampled_from(["", "L+P", "JUMLAH"]))
    head = 1 + len(table.places[0])
    header = table.header()
    rows: Sheet = [[table.sheet()[0][0]], [*header[:head], heading, *header[head:]]]
    for row in table.body():
        parts = [shares_of(draw, int(value), 2) for value in row[head:]]
        for word, figures in zip(words, zip(*parts, strict=True), strict=True):
            rows.append([*row[:head], word, *figures])
        if summed:
            rows.append([*row[:head], summed, *row[head:]])
    return Disguised("long", [grid(rows)], table.truth(), note=f"{words} {summed}")


def stacked(draw: Draw, table: Table) -> Disguised:
    """Put each measure into a table of its own, below or beside the others."""
    beside = draw(st.booleans())
    head = 1 + len(table.places[0])
    title = table.sheet()[0][0]
    tables: list[Sheet] = []
    for j, heading in enumerate(table.columns):
        body = [[*row[:head], row[head + j]] for row in table.body()]
        own = [[title]] if draw(st.booleans()) or j == 0 else []
        tables.append([*own, [*table.header()[:head], heading], *body])
    rows: Sheet = []
    if beside:
        height, width = max(map(len, tables)), head + 1
        rows = [[] for _ in range(height)]
        for each in tables:
            blank = [[""]] * (height - len(each))
            for row, cells in zip(rows, [*blank, *each], strict=True):
                row += [*cells, *[""] * (width - len(cells)), ""]
    else:
        for each in tables:
            rows += [*each, [""]]
    return Disguised(
        "stacked", [grid(rows)], table.truth(), note="beside" if beside else "below"
    )


def sections(draw: Draw, table: Table) -> Disguised:
    """Name the district once, on a line above its rows."""
    if table.level == "kabkota":
        return clock(draw, table)
    word = draw(st.sampled_from(["KABUPATEN", "Kab.", "I. KABUPATEN", "A. KAB."]))
    line = f"{word} {table.places[0][0].upper()}"
    header = table.header()
    rows: Sheet = [table.sheet()[0], [header[0], *header[2:]], ["", line]]
    rows += [[row[0], *row[2:]] for row in table.body()]
    return Disguised("section", [grid(rows)], table.truth(), note=line)


def months_abreast(draw: Draw, table: Table) -> Disguised:
    """Set two months side by side under each measure; November is the second."""
    at = draw(st.integers(0, len(table.columns) - 1))
    start = 1 + len(table.places[0])
    header = table.header()
    upper = [*header[:start], header[start + at], ""]
    lower: list[Cell] = [*[""] * start, "OKTOBER 2025", "NOVEMBER 2025"]
    body: Sheet = []
    for row in table.body():
        before = int(row[start + at]) + draw(st.integers(0, 2))
        body.append([*row[:start], before, row[start + at]])
    column = list(table.columns.values())[at]
    truth = {key: v for key, v in table.truth().items() if key[1] == column}
    rows = [["REKAPITULASI DATA"], upper, lower, *body]
    return Disguised("abreast", [grid(rows)], truth)
