"""Whether a village has a group: Ada and Tidak ada, ticks, 1 and 0, read as such.

Why: provinces keep a row per village and a column per kind of group. Its answers are no
number of groups, but they are the villages that have any: one row, one village.

In:     a column of answers; the lines of its table.
Out:    1, 0 or missing per row (blank is no answer, and no "no"); findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kkbpk_geo.base.text import as_text
from kkbpk_geo.intake.cells.numbers import Numbers
from kkbpk_geo.intake.cells.values import yes_or_no
from kkbpk_geo.intake.kinds.kind import Lines
from kkbpk_geo.io import is_blank, read_each

if TYPE_CHECKING:
    from kkbpk_geo.findings import Finding
    from kkbpk_geo.intake.open_sheet import Flags, OpenSheet
    from kkbpk_geo.intake.recognise.columns import Column

_EXPECTED = "Ada, Tidak ada"


def read_answers(sheet: OpenSheet, column: Column) -> tuple[Numbers, list[Finding]]:
    """Read a column of answers as 1 and 0; tell what is neither."""
    cells = sheet.column(column)
    answers = read_each(cells, yes_or_no)
    values = np.array(answers, dtype=object).astype(float)  # None becomes NaN
    n = len(values)
    told = [
        sheet.find(
            "answer_unreadable", i, column, value=as_text(cells[i]), expected=_EXPECTED
        )
        for i in np.flatnonzero(np.isnan(values)).tolist()
        if not is_blank(cells[i])
    ]
    read = Numbers(
        values=values,
        faults=np.zeros(n, dtype=np.int8),
        from_text=np.zeros(n, dtype=np.bool_),
        digits=np.zeros(n, dtype=np.int8),
    )
    return read, told


def only_by_village(lines: Lines) -> Lines:
    """Take away answers of rows that are no village: a kecamatan has many."""
    answered = [column for column in lines.columns if column.answered and column.counts]
    coarse = lines.data["level"].ne("desa").fillna(True).to_numpy(dtype=bool)
    if not answered or not coarse.any():
        return lines
    return _without(lines, answered, coarse)


def _without(lines: Lines, answered: Sequence[Column], coarse: Flags) -> Lines:
    """Make answers missing in some rows; tell each column that has any there."""
    data, told = lines.data.copy(), []
    for column in answered:
        given = coarse & data[column.target].notna().to_numpy()
        count = int(given.sum())
        if count:
            only = int(lines.rows[given][0]) if count == 1 else None
            code = "presence_not_by_village"
            told.append(lines.sheet.find(code, only, column, count=count))
    data.loc[coarse, [column.target for column in answered]] = pd.NA
    return replace(lines, data=data, sheet=lines.sheet.told(told))
