"""Printed sums of a plan: totals below its lines, and sums beside its phases.

Why: a sum that somebody added up by hand hides a line, and one that is taken for a line
doubles a budget. Each is compared, to the rupiah, and then not used.

In:     an :class:`~kkbpk_geo.intake.open_sheet.OpenSheet` of a plan; its data.
Out:    findings.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from kkbpk_geo.base.text import as_text
from kkbpk_geo.findings import Finding
from kkbpk_geo.intake.cells.numbers import OK, read_numbers
from kkbpk_geo.intake.kinds.plans.times import heading_scale, split_target
from kkbpk_geo.intake.kinds.plans.wide import Sum
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.recognise.columns import Column
from kkbpk_geo.io import Cell, read_rupiah

if TYPE_CHECKING:
    import pandas as pd

MONEY = ("budget", "spent")


def check_totals(sheet: OpenSheet) -> list[Finding]:
    """Compare printed sums of money with the lines above them, to the rupiah.

    A total may be of the lines since the last total, or of all lines.
    """
    found: list[Finding] = []
    for column in sheet.known.of_role(*MONEY):
        found += _totals_of(sheet, column)
    return found


def _totals_of(sheet: OpenSheet, column: Column) -> list[Finding]:
    totals = np.flatnonzero(sheet.reasons == "total_row").tolist()
    if not totals:
        return []
    cells, scale = sheet.column(column), heading_scale(column.printed)
    amounts = [read_rupiah(cell, scale).value for cell in cells]
    found, previous = [], -1
    for row in totals:
        above = [i for i in sheet.rows.tolist() if i < row]
        whole = sum(amounts[i] or 0 for i in above)
        block = sum(amounts[i] or 0 for i in above if i > previous)
        previous, printed = row, amounts[row]
        if printed is not None and printed not in (block, whole):
            found.append(
                sheet.find(
                    "total_disagrees", row, column, value=as_text(cells[row]),
                    expected=_in_rupiah(whole),
                )
            )  # fmt: skip
    return found


def _in_rupiah(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def check_sum(
    sheet: OpenSheet, each: Sum, found: Mapping[str, pd.Series[Any]]
) -> tuple[bool, list[Finding]]:
    """Compare a figure over several phases with the lines that it says again.

    Percentages are not added: the highest or the last of them is that of the whole.

    Parameters
    ----------
    sheet : OpenSheet
    each : Sum
    found : mapping measure -> n values, and ``unit``; of the lines

    Returns
    -------
    bool
        Whether it says nothing that the lines do not.
    list of Finding
    """
    import pandas as pd

    column, cell = each.column, sheet.cells[each.row, each.column.position]
    parts = [found[column.role].iloc[i] for i in each.lines]
    if any(pd.isna(part) for part in parts):
        return False, []  # a phase that could not be read is told by itself
    exact = [Fraction(str(part)) for part in parts]
    printed, code, said = _printed_sum(column, cell)
    if printed is None:
        told = sheet.find(code, each.row, column, value=as_text(cell), expected=said)
        return False, [told]
    units = {found["unit"].iloc[i] for i in each.lines}
    share = "percent" in units and column.role not in MONEY
    expected = max(exact) if share else sum(exact, Fraction(0))
    if printed == expected or (share and printed == exact[-1]):
        return True, []
    text = _shown(expected, money=column.role in MONEY)
    told = sheet.find(
        "plan_sum_disagrees", each.row, column, value=as_text(cell), expected=text
    )
    return False, [told]


def _shown(amount: Fraction, *, money: bool) -> str:
    if money:
        return _in_rupiah(int(amount))
    whole = amount.denominator == 1
    return str(int(amount)) if whole else str(float(amount))


def _printed_sum(column: Column, cell: Cell) -> tuple[Fraction | None, str, str]:
    """Read a figure over several phases; else the finding due and what was expected."""
    if column.role in MONEY:
        amount = read_rupiah(cell, heading_scale(column.printed))
        if amount.value is not None:
            return Fraction(amount.value), "", ""
        return None, amount.fault or "rupiah_unreadable", "Rp 1.250.000"
    numbers = read_numbers([split_target(cell)[0]])
    if numbers.faults[0] == OK:
        return Fraction(str(float(numbers.values[0]))), "", ""
    return None, "number_unreadable", ""
