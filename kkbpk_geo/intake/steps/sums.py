"""The sums among the rows of a sheet: taken out, and held against their parts.

In:     an open sheet, places and times of its rows.
Out:    the sheet with sums listed, and findings where they do not add up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.intake.cells.periods import Periods
from kkbpk_geo.intake.cells.places import Places
from kkbpk_geo.intake.kinds.kind import Kind
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.proofs.sums import Sum
from kkbpk_geo.intake.rows.sorting import find_subtotals
from kkbpk_geo.intake.rows.totals import (
    Printed,
    check_percentages,
    check_totals,
    tell_asides,
)

if TYPE_CHECKING:
    from kkbpk_geo.intake.open_sheet import Cells, Flags


def without_subtotals(
    sheet: OpenSheet, kind: Kind, places: Places, keys: Sequence[str]
) -> OpenSheet:
    """List rows that say again what finer rows, or all other rows, say.

    ``keys``: as :func:`times_and_things` makes them.
    """
    if kind.stands_alone:
        return sheet
    # A row of the province is a total among districts; alone it is data.
    if (sheet.used & ~places.totals).any():
        sheet = as_totals(sheet, sheet.used & places.totals)
    subtotals = find_subtotals(
        places.texts, places.codes, places.levels, keys, sheet.used
    )
    return as_totals(sheet, subtotals)


def times_and_things(sheet: OpenSheet, kind: Kind, periods: Periods) -> list[str]:
    """Return when and about what each row is: only rows alike in both add up."""
    things = kind.things(sheet)
    pairs = zip(periods.periods, things, strict=True)
    return [f"{period or ''} {item}" for period, item in pairs]


def as_totals(sheet: OpenSheet, rows: Flags) -> OpenSheet:
    """List the flagged rows as sums of others."""
    return sheet.listing(dict.fromkeys(np.flatnonzero(rows).tolist(), "total_row"))


def tell_sums(
    sheet: OpenSheet,
    kind: Kind,
    places: Places,
    periods: Periods,
    by_figures: Mapping[int, Sum],
) -> OpenSheet:
    """Tell where printed sums and per cents are not those of the rows."""
    printed = _printed(sheet, kind, places, periods)
    totals = sheet.reasons == "total_row"
    return sheet.told(
        [
            *check_percentages(printed, sheet.used | totals),
            *check_totals(printed, sheet.used, totals, by_figures),
            *tell_asides(printed, sheet.reasons == "not_a_place"),
            *kind.check_sums(sheet),
        ]
    )


def _printed(sheet: OpenSheet, kind: Kind, places: Places, periods: Periods) -> Printed:
    """Return the figures of a sheet with what each row calls itself."""
    n = len(sheet.cells)
    blank = [""] * n
    labels = list(blank)
    for i in np.flatnonzero(~sheet.used).tolist():  # only of these is it told
        named = [texts[i] for texts in reversed(places.texts.values()) if texts[i]]
        labels[i] = named[0] if named else _first_text(sheet.cells[i])
    return Printed(
        known=sheet.known,
        numbers=sheet.numbers,
        labels=labels,
        parents=places.texts.get("kabkota", blank),
        regions=[code or "" for code in places.codes],
        periods=periods.periods,
        things=kind.things(sheet),
        file=sheet.grid.file,
        sheet=sheet.grid.sheet,
        first=sheet.first,
    )


def _first_text(cells: Cells) -> str:
    return next((cell for cell in cells if isinstance(cell, str) and cell), "")
