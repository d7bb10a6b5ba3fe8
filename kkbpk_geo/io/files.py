"""Tables as CSV, as offices open it.

In:     a path, rows of a table.
Out:    the file; or an error that names the path and the remedy.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.escaping import for_csv
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.catalogue.labels import mark_words
from kkbpk_geo.io.saving import write_text

if TYPE_CHECKING:
    import pandas as pd

# From here on six digits would round whole units away, so two decimals are kept.
_LARGE = 1e6


def write_csv(
    table: pd.DataFrame, path: Path, language: Language = "id", *, marks: Marks
) -> Path:
    """Write a table as offices open it: ``;`` and decimal comma in Indonesian.

    Text that a spreadsheet would run as a formula is made inert; codes stay text. The
    marks of the result that the table is of are a last column: rows that are copied out
    of a sample take them along.
    """
    comma = language == "id"
    words = mark_words(marks, language)
    last = [words] if words else []
    buffer = io.StringIO()
    out = csv.writer(buffer, delimiter=";" if comma else ",", lineterminator="\r\n")
    out.writerow([*map(for_csv, table.columns), *last])
    for row in table.itertuples(index=False, name=None):
        out.writerow([*(_cell(x, comma=comma) for x in row), *last])
    return write_text(path, "\ufeff" + buffer.getvalue())


def _cell(value: object, *, comma: bool) -> object:
    if value is None or str(value) in ("<NA>", "nan", "NaT"):
        return ""
    if isinstance(value, float):
        text = f"{value:.2f}" if abs(value) >= _LARGE else f"{value:.6g}"
        text = str(int(value)) if value.is_integer() else text
        return text.replace(".", ",") if comma else text
    return for_csv(value)
