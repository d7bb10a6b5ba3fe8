"""What this program writes, given to it again: recognised, and left alone.

Why: results lie in the folder of the inputs, and ``*.csv`` takes both. A list of rows
that were not placed looks like a table of an office; added, it would count twice.

In:     a grid. Out: whether it is an output; the intake that stands for it.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pandas as pd

from kkbpk_geo.base.text import fold_words
from kkbpk_geo.catalogue.headings import words
from kkbpk_geo.findings import finding
from kkbpk_geo.intake.frames import SOURCE
from kkbpk_geo.intake.model import Intake
from kkbpk_geo.io import text_column

if TYPE_CHECKING:
    from kkbpk_geo.io import Grid

# The headings of an output stand under a title, a stamp and a sentence at the most.
_HEAD = 8
REASON = "own_output"


def is_own_output(grid: Grid) -> bool:
    """Whether the headings of a sheet are those of an output."""
    signatures = [frozenset(line.split()) for line in words(REASON)]
    for row in islice(grid.rows, _HEAD):
        texts = [fold_words(cell) for cell in row if isinstance(cell, str)]
        said = frozenset(" ".join(texts).split())
        if any(signature <= said for signature in signatures):
            return True
    return False


def own_output(grid: Grid) -> Intake:
    """Return an intake of which no row is used, with the line that says so."""
    n = len(grid.rows)
    listed = pd.DataFrame(
        {
            "source_file": text_column([grid.file] * n),
            "source_sheet": text_column([grid.sheet] * n),
            "source_row": range(1, n + 1),
            "reason": text_column([REASON] * n),
        }
    )
    told = finding(REASON, file=grid.file, count=n)
    return Intake(
        kind="unknown",
        data=pd.DataFrame(columns=list(SOURCE)),
        findings=(told,),
        source=grid.file,
        listed=listed,
        headings={},
    )
