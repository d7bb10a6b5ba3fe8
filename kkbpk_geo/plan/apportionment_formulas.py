"""Formulas in a workbook whose result is not stored: they would read as empty.

Why: a planner types ``=20+5``. A spreadsheet program stores the formula and 25; other
programs store the formula only, and a reader sees nothing. A decision must not vanish.

Layer:  7 (plan).
In:     an .xlsx that reading has already accepted (its size is bounded). Out: nothing,
        or an error that names sheet and cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

from kkbpk_geo.base.errors import PlanError

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def refuse_unstored(path: Path) -> None:
    """Refuse a workbook with a formula whose result is not stored.

    Parameters
    ----------
    path : Path
        Other files than .xlsx are passed over: they always store results.

    Raises
    ------
    PlanError
        Names file, sheet and cell.
    """
    try:
        with ZipFile(path) as book:
            for sheet, cell in _unstored(book):
                msg = (
                    f"{path.name}, sheet {sheet!r}, cell {cell}: holds a formula whose "
                    "result is not stored. Open the workbook in a spreadsheet program "
                    "and save it, or type the number."
                )
                raise PlanError(msg)
    except (BadZipFile, KeyError, ET.ParseError):
        return  # no workbook of this kind; reading has said what there is to say


def _unstored(book: ZipFile) -> Iterator[tuple[str, str]]:
    """Yield (sheet, cell) of every formula without a result."""
    links = {
        link.get("Id"): str(link.get("Target"))
        for link in ET.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    }
    for sheet in ET.fromstring(book.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        target = links[sheet.get(_LINK)]
        inside = PurePosixPath("xl") / target if target[0] != "/" else target[1:]
        with book.open(str(inside)) as content:
            for _, cell in ET.iterparse(content):
                if cell.tag != f"{_MAIN}c":
                    continue
                formula, value = cell.find(f"{_MAIN}f"), cell.find(f"{_MAIN}v")
                if formula is not None and (value is None or not value.text):
                    yield str(sheet.get("name")), str(cell.get("r"))
                cell.clear()
