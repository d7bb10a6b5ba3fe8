"""The trail of corrections: who said what, when, and what came of it.

In:     corrections, used or not. Out: a frame, one row each; a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.findings import finding_sentence
from kkbpk_geo.intake.corrections.settling import tell_correction
from kkbpk_geo.intake.model import Correction

if TYPE_CHECKING:
    import pandas as pd

AUDIT = (
    "state", "by", "date", "from", "to", "file", "sheet", "row", "column",
    "region_code", "note", "workbook", "workbook_sheet", "workbook_row", "said",
)  # fmt: skip


def audit_frame(lines: Iterable[Correction], language: Language = "id") -> pd.DataFrame:
    """Lay corrections out as a table, one row each, in the order of the workbooks.

    Parameters
    ----------
    lines : iterable of Correction
    language : {"id", "en"}
        Of the column ``said``.

    Returns
    -------
    DataFrame, index 0..n-1
        ``state`` (an entry of findings.toml; empty where no table was read with it),
        ``by, date, from, to`` (text), ``file, sheet`` (text), ``row`` (Int64, missing
        for a whole table), ``column, region_code, note, workbook, workbook_sheet``
        (text), ``workbook_row`` (Int64), ``said`` (what became of it, a sentence).

    Examples
    --------
    >>> from kkbpk_geo.intake import Correction, audit_frame
    >>> line = Correction(file="bkb.csv", row=7, column="ADA", value=3, by="Kabid KB")
    >>> audit_frame([line])[["by", "to"]].values.tolist()
    [['Kabid KB', '3']]
    """
    import pandas as pd

    rows = [
        (
            x.state, x.by, x.date, x.was or x.written, x.now, x.file, x.sheet, x.row,
            x.column, x.region, x.note, x.book, x.book_sheet, x.book_row,
            _said(x, language),
        )
        for x in lines
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(AUDIT))
    return frame.astype({"row": "Int64", "workbook_row": "Int64"})


def _said(line: Correction, language: Language) -> str:
    return finding_sentence(tell_correction(line), language) if line.state else ""


def say_corrected(lines: Sequence[Correction], language: Language = "id") -> str:
    """Say how many cells were corrected, by how many workbooks, and what was not used.

    Examples
    --------
    >>> from kkbpk_geo.intake import Correction, say_corrected
    >>> line = Correction(file="bkb.csv", book="temuan.xlsx", state="corrected")
    >>> say_corrected([line])
    '1 sel dibetulkan menurut 1 buku kerja.'
    """
    used = [line for line in lines if line.is_used]
    rows = [line.book for line in used if line.action == "row"]
    cells = [line.book for line in used if line.action != "row"]
    unused = sum(line.state.startswith("correction_") for line in lines)
    unused -= sum(line.state in _NO_LOSS for line in lines)
    parts = []
    if cells:
        parts.append(("corrections_cells", len(cells), len(set(cells))))
    if rows:
        parts.append(("corrections_rows", len(rows), len(set(rows))))
    if not parts:
        parts.append(("corrections_none", 0, 0))
    if unused:
        parts.append(("corrections_unused", unused, 0))
    said = []
    for key, *counts in parts:
        n, books = (format_number(count, 0, language) for count in counts)
        said.append(label(key, language).format(n=n, books=books))
    return " ".join(said)


# Not used again, or used with a word of warning: nothing that was asked is missing.
_NO_LOSS = ("correction_done", "correction_repeated", "correction_still")
