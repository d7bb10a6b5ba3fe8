"""What a reader of values does not see in a sheet: one record for all formats.

In:     what a format's own reader finds in a workbook. Out: :class:`Unseen`, by sheet.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kkbpk_geo.io.reading.grid import OddCell

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


def error_text(code: int) -> str:
    """Return what a spreadsheet program shows for the number of an error."""
    return ERRORS.get(code, "#VALUE!")


@dataclass(slots=True)
class Unseen:
    """Cells without a value, and what is hidden, of one sheet; all from 0."""

    odd: list[OddCell] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)

    def error(self, row: int, column: int, text: str) -> None:
        """Note a cell that shows an error."""
        self.odd.append(OddCell(row, column, "error", text or "#VALUE!"))

    def unstored(self, row: int, column: int, formula: str) -> None:
        """Note a formula without a result; one that is shared may have no text."""
        text = " ".join(formula.split()).removeprefix("=")
        self.odd.append(OddCell(row, column, "unstored", f"={text or '…'}"))
