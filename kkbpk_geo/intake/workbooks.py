"""A workbook that is the same bytes for the same content, and says why it cannot be.

In:     a path and a title. Out: an open xlsxwriter workbook, saved when left.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import IntakeError

if TYPE_CHECKING:
    from xlsxwriter import Workbook

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
