"""What counts as missing, and numbers where there are some.

In:     any scalar.
Out:    whether it is missing; a float or an int, or None.
"""

from __future__ import annotations


def is_missing(value: object) -> bool:
    """Whether a cell says nothing: None, NaN or pandas' NA."""
    try:
        return value is None or bool(value != value)  # noqa: PLR0124 (NaN is not NaN)
    except TypeError:  # NA does not say whether it equals itself
        return True
