"""A cell as text.

In:     what a sheet or a frame holds. Out: its text.
"""

from __future__ import annotations

from kkbpk_geo.base.missing import is_missing

# From here on a float no longer tells whole numbers apart, so its digits say nothing.
_EXACT = 1e16


def as_text(cell: object) -> str:
    """Return a cell as text; a whole number without ``.0``, a date as ISO.

    What is missing is an empty text.

    Examples
    --------
    >>> [as_text(x) for x in ("18.1", 18.0, 18.1, None, float("nan"))]
    ['18.1', '18', '18.1', '', '']
    """
    if isinstance(cell, str):
        return cell
    if is_missing(cell):
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    return str(cell)
