"""A workbook that is the same bytes for the same content, and says why it cannot be.

In:     a path and a title. Out: an open xlsxwriter workbook, saved when left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import IntakeError, PlanError
from kkbpk_geo.base.escaping import for_sheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet


HEAD_COLOUR = "#DDEBF7"  # behind the heads of tables, in every workbook
CREATED = datetime(2000, 1, 1)  # fixed: the same bytes on every day


@contextmanager
def new_workbook(path: Path, *, title: str, subject: str = "") -> Iterator[Workbook]:
    """Open a workbook to write; text in it never becomes a formula or a link.

    Raises
    ------
    IntakeError
        If the file cannot be written; names it and the usual causes.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    options = {"strings_to_formulas": False, "strings_to_urls": False}
    try:
        with xlsxwriter.Workbook(path, options) as book:
            book.set_properties(
                {
                    "title": title,
                    "subject": subject,
                    "author": "kkbpk_geo",
                    "created": CREATED,
                }
            )
            yield book
    except FileCreateError as err:
        msg = (
            f"{path}: cannot be written ({err}). Close it where it is open, and check "
            "that its folder exists and may be written to."
        )
        raise IntakeError(msg) from err


def workbook_path(path: str | Path, what: str) -> Path:
    """Return where a workbook goes, its folder made.

    Raises
    ------
    PlanError
        If the name does not end in ``.xlsx``; ``what`` says which workbook.
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        msg = f"{path.name}: {what} needs a name ending in .xlsx."
        raise PlanError(msg)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def write_cell(
    sheet: Worksheet,
    row: int,
    column: int,
    cell: object,
    style: Any = None,  # noqa: ANN401
) -> None:
    """Write a number as a number and a text as a text that is never a formula."""
    if isinstance(cell, (int, float)):
        sheet.write_number(row, column, cell, style)
    elif cell:
        sheet.write_string(row, column, str(for_sheet(cell)), style)


SHEET_NAME_LIMIT = 31


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a legal sheet name of at most 31 characters, and add it to ``taken``.

    Parameters
    ----------
    wanted : str
    taken : set of str
        Names in use, casefolded; changed.
    """
    base = re.sub(r"[\[\]:*?/\\\x00-\x1f]+", " ", wanted).strip(" '") or "-"
    name, number = base[:SHEET_NAME_LIMIT].strip(" '"), 1
    while name.casefold() in taken:
        number += 1
        tail = f" ({number})"
        name = base[: SHEET_NAME_LIMIT - len(tail)].strip(" '") + tail
    taken.add(name.casefold())
    return name
