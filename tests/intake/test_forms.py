"""Forms of all eras: every column's figure comes out, or it is told what becomes of it.

Headings are those that offices print; figures are invented.
"""

from __future__ import annotations

import pytest

from kkbpk_geo.intake import read_table

PLACES = ("Mesuji", "Pringsewu", "Kota Metro")


def read(headings, *rows, title="", storeys=(), name="daftar"):
    """Read a table by kabupaten/kota: its storeys of headings, a row per place."""
    top = [[title]] if title else []
    places = [[place, *row] for place, row in zip(PLACES, rows, strict=False)]
    lines = [*top, *storeys, ["Kabupaten/Kota", *headings], *places]
    width = max(map(len, lines))
    filled = [[*line, *[""] * (width - len(line))] for line in lines]
    return read_table(filled, province="18", source=name)


def figures(intake):
    """Figures of the first place, by measure."""
    places = {"code", "region_code", "period"}
    row = intake.data.iloc[0]
    return {
        column: row[column]
        for column in intake.data.columns
        if column not in places and isinstance(row[column], int | float)
    }
