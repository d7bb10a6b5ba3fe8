"""Files as they are written: folders, CSV, and what stops a writer.

In:     a path, rows of a table.
Out:    files; or an error that names the path and the remedy.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import ProjectError
from kkbpk_geo.base.escaping import for_sheet
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.catalogue.labels import mark_words

if TYPE_CHECKING:
    import pandas as pd

# From here on six digits would round whole units away, so two decimals are kept.
_LARGE = 1e6


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Make a folder, and turn a refusal of the system into a sentence."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as err:
        msg = (
            f"{err.filename or folder}: cannot be written ({err.strerror}). Close it "
            "if another program has it open, or choose another folder."
        )
        raise ProjectError(msg) from None


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
    out.writerow([*table.columns, *last])
    for row in table.itertuples(index=False, name=None):
        out.writerow([*(_cell(x, comma=comma) for x in row), *last])
    path.write_text("\ufeff" + buffer.getvalue(), encoding="utf-8", newline="")
    return path


def _cell(value: object, *, comma: bool) -> object:
    if value is None or str(value) in ("<NA>", "nan", "NaT"):
        return ""
    if isinstance(value, float):
        text = f"{value:.2f}" if abs(value) >= _LARGE else f"{value:.6g}"
        text = str(int(value)) if value.is_integer() else text
        return text.replace(".", ",") if comma else text
    return for_sheet(value)
