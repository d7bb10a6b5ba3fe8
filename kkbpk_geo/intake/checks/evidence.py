"""A typed table with what a finding needs to say where it is.

In:     ``Intake.data``, the printed headings, file and sheet.
Out:    :class:`Sheet` (columns as arrays, regions, keys of places) and findings made
        for the rows at fault only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.base.text import fold_entry
from kkbpk_geo.catalogue.programme import is_column, measures
from kkbpk_geo.findings import Finding, finding
from kkbpk_geo.io import is_no_value

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


LATITUDES = (-11.2, 6.2)  # Indonesia, degrees
LONGITUDES = (94.9, 141.1)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Sheet:
    """One table under check.

    Attributes
    ----------
    data : DataFrame
        As in :class:`~kkbpk_geo.intake.model.Intake`.
    headings : mapping catalogue column -> heading as printed
    file, sheet : str
    """

    data: pd.DataFrame
    headings: Mapping[str, str]
    file: str = ""
    sheet: str = ""

    def heading(self, column: str) -> str:
        """Return the heading as printed, else the column's own name."""
        return self.headings.get(column, column)

    def numbers(self, column: str) -> Floats:
        """Return a column as float64; missing is NaN."""
        return self.data[column].to_numpy(dtype="float64", na_value=float("nan"))

    def text(self, column: str) -> list[str]:
        """Return a column as text, missing as ``""``; all ``""`` where it is absent."""
        if column not in self.data:
            return [""] * len(self.data)
        values = self.data[column]
        cells = [str(value) for value in values.tolist()]
        for i in np.flatnonzero(values.isna()).tolist():
            cells[i] = ""
        return cells

    def regions(self) -> list[str]:
        """Kabupaten/kota code of each row, or its name as written."""
        pairs = zip(self.text("region_code"), self.text("kabkota"), strict=True)
        return [code or name for code, name in pairs]

    def rows(self) -> list[int]:
        """Row numbers as the person sees them; counted from 1 where unknown."""
        if "source_row" in self.data:
            return [int(row) for row in self.data["source_row"].tolist()]
        return list(range(1, len(self.data) + 1))

    def columns(self) -> list[str]:
        """Names of the numeric measures."""
        dtypes = self.data.dtypes
        return [
            name
            for name, dtype in zip(self.data.columns, dtypes, strict=True)
            if is_measure(name) and dtype.kind in "iuf"
        ]

    def places(self) -> list[str]:
        """Key of the place of each row, folded; ``""`` where none is named.

        What shows an error names no place: two of them are not the same one.
        """
        levels = (self.regions(), self.text("kecamatan"), self.text("desa"))
        odd = {text for level in levels for text in set(level) if is_no_value(text)}
        return [_place_key(place, odd) for place in zip(*levels, strict=True)]

    def place_names(self) -> Callable[[int], str]:
        """Return what a person calls a row, by its position."""
        levels = ("name", "desa", "kecamatan", "period")
        names = [self.text(column) for column in levels]
        return lambda i: ", ".join(each[i] for each in names if each[i])


def _place_key(levels: tuple[str, ...], odd: Set[str]) -> str:
    if odd and not odd.isdisjoint(levels):
        return ""
    return "|".join(map(fold_entry, levels)) if any(levels) else ""


@lru_cache(maxsize=4096)
def is_measure(name: str) -> bool:
    """Whether a column of the data is one that counts."""
    return is_column(name) or name in measures()


def show(value: float) -> str:
    """Write a number as in the sheet: whole numbers without a decimal point."""
    whole = math.isfinite(value) and value == math.floor(value)
    return f"{value:.0f}" if whole else f"{value:.10g}"


def at_rows(
    code: str,
    table: Sheet,
    faults: Flags,
    *,
    column: str,
    says: Callable[[int], tuple[object, object]],
) -> list[Finding]:
    """Make a finding for each row at fault.

    Parameters
    ----------
    code : str
        Entry of ``findings.toml``.
    table : Sheet
    faults : array of bool, one per row
    column : str
        Catalogue column at fault, or ``""`` for the whole row.
    says : callable
        Gives (value, expected) for a row position.
    """
    where = faults.nonzero()[0].tolist()
    if not where:
        return []
    rows, regions = table.rows(), table.regions()
    place = table.place_names()
    heading = table.heading(column) if column else ""
    found = []
    for i in where:
        value, expected = says(i)
        found.append(
            finding(
                code,
                file=table.file,
                sheet=table.sheet,
                row=rows[i],
                column=heading,
                value=value,
                expected=expected,
                region=regions[i],
                place=place(i),
            )
        )
    return found


def on_column(
    code: str, table: Sheet, column: str, *, other: str, seen: tuple[int, int]
) -> Finding:
    """Make one finding for a whole column beside another: ``seen`` = (same, of)."""
    return finding(
        code,
        file=table.file,
        sheet=table.sheet,
        column=table.heading(column),
        value=seen[0],
        expected=table.heading(other),
        count=seen[1],
    )
