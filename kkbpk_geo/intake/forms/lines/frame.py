"""Frames of a form that was read: its lines, and the rows that are none.

In:     records of lines; reasons by row.
Out:    ``data`` and ``listed`` of an intake.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kkbpk_geo.intake.forms.lines.making import NEXT_BUDGET, NEXT_TARGET
from kkbpk_geo.io import text_column

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.io import Grid

_TEXTS = (
    "programme", "activity", "activity_text", "indicator", "unit", "fund", "fund_text",
    "responsible", "status", "programme_text", "indicator_text", "code", "edition",
    "detail",
)  # fmt: skip
_WHOLE = ("quarter", "budget", "spent", "cash_1", "cash_2", "cash_3", "cash_4")
_REAL = ("target", "realised", "physical")
_PROVINCE = 2  # letters of its code


def lines_frame(grid: Grid, records: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the lines as every plan has them, one row each."""
    import pandas as pd

    n = len(records)
    codes = [record["region_code"] or None for record in records]
    found: dict[str, Any] = {
        "source_file": text_column([grid.file] * n),
        "source_sheet": text_column([grid.sheet] * n),
        "source_row": [grid.top + record["row"] + 1 for record in records],
        "region_code": text_column(codes),
        "level": text_column(map(_level, codes)),
        "period": text_column(map(_period, records)),
    }
    for name in _TEXTS:
        texts = [record.get(name, "") for record in records]
        found[name] = text_column(texts).fillna("")
    for name in _WHOLE:
        whole = [record.get(name) for record in records]
        found[name] = pd.array(whole, "Int64")
    for name in _REAL:
        real = [record.get(name) for record in records]
        found[name] = pd.array(real, "Float64")
    for name in (NEXT_TARGET, NEXT_BUDGET):
        kept = [record.get(name, "") for record in records]
        if any(kept):
            found[name] = text_column(kept)
    return pd.DataFrame(found)


def _level(code: str | None) -> str | None:
    if not code:
        return None
    return "provinsi" if len(code) == _PROVINCE else "kabkota"


def _period(record: Mapping[str, Any]) -> str | None:
    year, month = record["year"], record.get("month")
    if year is None:
        return None
    return f"{year}-{month:02d}" if month else str(year)


def listed_frame(
    grid: Grid,
    first: int,
    records: Sequence[Mapping[str, Any]],
    reasons: Mapping[int, str],
) -> pd.DataFrame:
    """Return the rows below the headings that are no line, each with its reason.

    A level above the lines is a sum; one below is a part of its line.
    """
    import pandas as pd

    used = {record["row"] for record in records}
    start = min([first, *used, *reasons])
    rows = [row for row in range(start, len(grid.rows)) if row not in used]
    said = [reasons.get(row, "total_row") for row in rows]
    return pd.DataFrame(
        {
            "source_file": text_column([grid.file] * len(rows)),
            "source_sheet": text_column([grid.sheet] * len(rows)),
            "source_row": [grid.top + row + 1 for row in rows],
            "reason": text_column(said),
        }
    )
