"""What of a cell may stand in a trail that is kept and mailed: never a person's name.

In:     a cell, the heading over it. Out: its text, masked where it may be a name.
"""

from __future__ import annotations

from kkbpk_geo.base.text import as_text
from kkbpk_geo.findings import LONGEST
from kkbpk_geo.intake.blocks.header_rows import heads_places
from kkbpk_geo.intake.cells.periods import DATES
from kkbpk_geo.intake.cells.persons import quoted, quoted_place, quoted_time
from kkbpk_geo.intake.recognise.meanings import known_fields
from kkbpk_geo.io import Cell

CUT = "…"  # behind what was too long for a finding
STOREY = " > "


def shown(cell: Cell, heading: str) -> str:
    """Return the text of a cell as it may be shown.

    Parameters
    ----------
    cell : cell
    heading : str
        As printed; of places and times more may be shown.
    """
    text = " ".join(as_text(cell).split())
    last = heading.rpartition(STOREY)[2]
    if heads_places(last):
        return cut(quoted_place(text))
    if known_fields(last) & set(DATES):
        return cut(quoted_time(text))
    return cut(quoted(text))


def cut(text: str) -> str:
    """Return a text no longer than a finding quotes."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + CUT
