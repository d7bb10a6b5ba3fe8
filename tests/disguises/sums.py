"""Sums where figures are expected: rows of totals, and parts beside their sum.

In:     a clean table, hypothesis draws. Out: the table, disguised.
"""

from __future__ import annotations

from disguises.sent import Disguised, Draw, as_text, grid
from disguises.tables import Cell, Sheet, Table
from hypothesis import strategies as st

TOTALS = (
    "JUMLAH", "Jumlah", "JML", "JLH", "Jmlh", "Jml.", "TOTAL", "Grand Total", "TTL",
    "∑", "Σ", "Sub Jumlah", "SUB TOTAL", "REKAP", "REKAPITULASI", "KESELURUHAN",
    "Jumlah Total", "JUMLAH *)", "Total 1)", "Jumlah Keseluruhan", "Se-Kabupaten",
)  # fmt: skip


def total_row(draw: Draw, table: Table) -> Disguised:
    """Add the sum under a usual word, or under the name of what it is of."""
    names = list(TOTALS)
    if table.level != "kabkota":
        district = table.places[0][0]
        names += [f"Kab. {district}", f"KABUPATEN {district.upper()}"]
    else:
        names += ["Prov. Lampung", "PROVINSI LAMPUNG", "LAMPUNG", "Se-Provinsi"]
    label = draw(st.sampled_from(names))
    at = draw(st.integers(0, len(table.places[0])))
    head: list[Cell] = [""] * (1 + len(table.places[0]))
    head[at] = label
    sums = [sum(column) for column in zip(*table.values, strict=True)]
    rows = [*table.sheet(), [*head, *sums]]
    return Disguised("total", [grid(rows)], table.truth(), note=f"{label!r} in {at}")


PARTS = ("PEMERINTAH", "SWASTA", "MKJP", "L", "PNS", "BLORP", "Zufa", "KLAS A", "Xq")


def storey(draw: Draw, table: Table) -> Disguised:
    """Spread a measure over parts and their sum, under a header of two rows."""
    at = draw(st.integers(0, len(table.columns) - 1))
    parts = draw(st.lists(st.sampled_from(PARTS), min_size=2, max_size=3, unique=True))
    word = draw(st.sampled_from(["JUMLAH", "JML", "TOTAL", "Jlh"]))
    order = draw(st.permutations([*parts, word]))
    upper, lower, body = _spread(draw, table, at, order, word)
    rows = [*table.sheet()[:1], upper, lower, *body]
    if draw(st.booleans()):
        rows = as_text(rows)
    return Disguised("storey", [grid(rows)], table.truth(), note=f"{order}")


def _spread(
    draw: Draw, table: Table, at: int, order: list[str], word: str
) -> tuple[list[Cell], list[Cell], Sheet]:
    start = 1 + len(table.places[0]) + at
    header = table.header()
    upper = [*header[: start + 1], *[""] * (len(order) - 1), *header[start + 1 :]]
    lower: list[Cell] = [""] * len(upper)
    lower[start : start + len(order)] = order
    body: Sheet = []
    for row in table.body():
        shares = shares_of(draw, int(row[start]), len(order) - 1)
        cells: list[Cell] = []
        for name in order:
            cells.append(row[start] if name == word else shares.pop())
        body.append([*row[:start], *cells, *row[start + 1 :]])
    return upper, lower, body


def shares_of(draw: Draw, whole: int, n: int) -> list[int]:
    """Split a number into n parts."""
    parts = []
    for _ in range(n - 1):
        part = draw(st.integers(0, whole))
        parts.append(part)
        whole -= part
    return [*parts, whole]
