"""Figures that are no counts, or counts in another dress.

In:     a clean table, hypothesis draws. Out: the table, disguised.
"""

from __future__ import annotations

from disguises.sent import Disguised, Draw, grid
from disguises.tables import Cell, Table
from hypothesis import strategies as st


def percent(draw: Draw, table: Table) -> Disguised:
    """Put percentages or shares under the heading of a count."""
    at = draw(st.integers(0, len(table.columns) - 1))
    start = 1 + len(table.places[0]) + at
    form = draw(st.sampled_from(["number", "comma", "sign", "share"]))
    rows = table.sheet()
    for row in rows[2:]:
        value = draw(st.floats(1, 99)) + 0.123
        written: dict[str, Cell] = {
            "number": round(value, 3),
            "comma": f"{value:.2f}".replace(".", ","),
            "sign": f"{value:.1f}%",
            "share": round(value / 100, 4),
        }
        row[start] = written[form]
    column = list(table.columns.values())[at]
    truth = {key: v for key, v in table.truth().items() if key[1] != column}
    absent = frozenset((code, column) for code in table.codes)
    return Disguised("percent", [grid(rows)], truth, absent, note=form)


def odd_cell(draw: Draw, table: Table) -> Disguised:
    """Put something that is no number into one cell."""
    i = draw(st.integers(0, len(table.values) - 1))
    j = draw(st.integers(0, len(table.columns) - 1))
    cells: list[Cell] = ["#REF!", "#DIV/0!", "12 klp", "12*)", -5, 2.5, "12-13", "?"]
    written = draw(st.sampled_from(cells))
    rows = table.sheet()
    rows[2 + i][1 + len(table.places[0]) + j] = written
    disputed = (table.codes[i], list(table.columns.values())[j])
    truth = table.truth()
    del truth[disputed]
    note = f"{written!r}"
    return Disguised("cell", [grid(rows)], truth, frozenset([disputed]), note=note)


def nothing(draw: Draw, table: Table) -> Disguised:
    """Write NIHIL where none was counted."""
    i = draw(st.integers(0, len(table.values) - 1))
    j = draw(st.integers(0, len(table.columns) - 1))
    word = draw(st.sampled_from(["NIHIL", "Nihil", "nihil"]))
    zero = [list(row) for row in table.values]
    zero[i][j] = 0
    clean = Table(table.level, table.places, table.codes, table.columns, zero)
    rows = clean.sheet()
    rows[2 + i][1 + len(table.places[0]) + j] = word
    return Disguised("nihil", [grid(rows)], clean.truth(), note=word)


def thousands(draw: Draw, table: Table) -> Disguised:
    """Write figures in thousands and say so in the heading."""
    at = draw(st.integers(0, len(table.columns) - 1))
    start = 1 + len(table.places[0]) + at
    rows = table.sheet()
    said = draw(st.sampled_from(["(dalam ribuan)", "(ribu)", "(000)", "dalam ribuan"]))
    rows[1][start] = f"{rows[1][start]} {said}"
    column = list(table.columns.values())[at]
    truth = table.truth()
    scaled = {key: value * 1000 for key, value in truth.items() if key[1] == column}
    return Disguised("thousands", [grid(rows)], truth | scaled, note=said)


def of_shares(draw: Draw, table: Table) -> Disguised:
    """Put percentages without decimals under a title that says so."""
    rows = table.sheet()
    word = draw(st.sampled_from(["PERSENTASE", "Prosentase", "TABEL 5. RASIO"]))
    rows[0] = [f"{word} CAPAIAN NOVEMBER 2025"]
    head = 1 + len(table.places[0])
    for row in rows[2:]:
        row[head:] = [draw(st.integers(1, 100)) for _ in row[head:]]
    absent = frozenset(table.truth())
    return Disguised("shares", [grid(rows)], {}, absent, note=word)
