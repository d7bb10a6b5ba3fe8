"""The districts of one service, as a workbook that was filled in has them.

In:     a sheet of a division's workbook. Out: limits as they were and as they are,
        what was decided, and why; or an error that names the cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.catalogue.headings import fold
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io.forms import Sheet
from kkbpk_geo.plan.apportionment_division import LIMITS
from kkbpk_geo.regions.register import place_name


@dataclass(frozen=True, slots=True)
class Rows:
    """The districts of one service.

    Attributes
    ----------
    sheet : Sheet
    at : mapping region_code -> row, from 0
    weights : mapping region_code -> exact weight, None where there is none
    now, was : mapping ``floor``, ``cap``, ``locked`` -> number by region_code
        As they stand, decisions among the locks; and as they were written.
    reasons : mapping region_code -> text
    """

    sheet: Sheet
    at: Mapping[str, int]
    weights: Mapping[str, Fraction | None]
    now: Mapping[str, Mapping[str, int]]
    was: Mapping[str, Mapping[str, int]]
    reasons: Mapping[str, str]

    @classmethod
    def read(cls, sheet: Sheet, codes: list[str]) -> Rows:
        """Read the rows; every district of ``codes`` stands there once.

        Raises
        ------
        CellError, PlanError
            For a cell that cannot be used, or a district that is gone.
        """
        at: dict[str, int] = {}
        for row in sheet.rows():
            code = sheet.text(row, "region_code").strip()
            if code not in codes:
                raise sheet.error(
                    row, "region_code", f"one of {', '.join(codes)}",
                    "Districts cannot be added here; put the code back, or delete the "
                    "row if it was added.",
                )  # fmt: skip
            if code in at:
                raise sheet.error(
                    row, "region_code", f"each district once (row {at[code] + 1} has "
                    "it already)", "Delete the row that is too much.",
                )  # fmt: skip
            at[code] = row
            _check_name(sheet, row, code)
        if gone := [code for code in codes if code not in at]:
            named = ", ".join(f"{code} {place_name(code)}" for code in gone)
            msg = (
                f"{sheet.place}: the rows of {named} are gone. Put them back; to give "
                f"a district nothing, write 0 under {label('division_decision')!r}."
            )
            raise PlanError(msg)
        now: dict[str, dict[str, int]] = {name: {} for name in LIMITS.values()}
        was: dict[str, dict[str, int]] = {name: {} for name in LIMITS.values()}
        for code, row in at.items():
            for name in LIMITS.values():
                for key, into in ((name, now), (f"was_{name}", was)):
                    cell = sheet.whole(row, key)
                    if cell is not None:
                        into[name][code] = cell
            decision = sheet.whole(row, "decision")
            if decision is not None:
                lock, old = now["locked"].get(code), was["locked"].get(code)
                if lock not in (None, old, decision):
                    raise sheet.error(
                        row, "decision",
                        f"{lock}, as under {label('division_locked')!r}",
                        "Both lock the district's number; change one of them only.",
                    )  # fmt: skip
                now["locked"][code] = decision
        weights = {
            code: sheet.fraction(row, "weight_exact")
            if sheet.cell(row, "weight_exact") != ""
            else None
            for code, row in at.items()
        }
        for code, weight in weights.items():
            if weight is None and code not in now["locked"]:
                raise sheet.error(
                    at[code], "locked",
                    "a whole number, because the district has no weight",
                    "Missing is not zero: write what the district gets.",
                )  # fmt: skip
        reasons = {
            code: why for code, row in at.items() if (why := sheet.text(row, "reason"))
        }
        return cls(sheet, at, weights, now, was, reasons)

    def places(self) -> dict[tuple[str, str], str]:
        """Say where each limit stands: by region_code and limit."""
        found = {}
        for code, row in self.at.items():
            decided = self.sheet.cell(row, "decision") != ""
            for limit, name in LIMITS.items():
                key = "decision" if decided and name == "locked" else name
                found[code, limit] = self.sheet.at(row, key)
        return found

    def check_values(self, values: Mapping[Any, int]) -> None:
        """Refuse a number typed over one that was computed.

        Raises
        ------
        CellError
        """
        for code, row in self.at.items():
            if self.sheet.whole(row, "value") != values[code]:
                raise self.sheet.error(
                    row, "value", f"{values[code]}, as it was computed",
                    f"Write what was decided under {label('division_decision')!r}, "
                    "and put this cell back.",
                )  # fmt: skip


def _check_name(sheet: Sheet, row: int, code: str) -> None:
    """Refuse a row whose name is not that of its code: one of them has moved.

    Raises
    ------
    CellError
    """
    name = place_name(code)
    if fold(sheet.text(row, "name")) != fold(name):
        raise sheet.error(
            row, "name", f"{name}, the district of code {code}",
            "Put code and name back together; move rows only as a whole.",
        )  # fmt: skip
