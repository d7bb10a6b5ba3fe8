"""What counts as missing, and numbers where there are some.

In:     any scalar.
Out:    whether it is missing; a float or an int, or None.
"""

from __future__ import annotations

from decimal import Decimal
from math import isnan
from numbers import Integral, Real


def is_missing(value: object) -> bool:
    """Whether a cell says nothing: None, NaN, NaT or pandas' NA.

    An empty text is not missing: it is for the caller to say whether it is a value.

    Examples
    --------
    >>> [is_missing(x) for x in (None, float("nan"), 0, "", False)]
    [True, True, False, False, False]
    """
    try:
        return value is None or bool(value != value)  # noqa: PLR0124 (NaN is not NaN)
    except TypeError:  # NA does not say whether it equals itself
        return True


def as_float(value: object) -> float | None:
    """Return the number of a cell; None where it says nothing or is no number.

    Examples
    --------
    >>> [as_float(x) for x in (2, 0.5, float("nan"), None, "2")]
    [2.0, 0.5, None, None, None]
    """
    # What nearly every cell is, first: to ask of what kind a type is takes ten times
    # as long, and a map of 7,000 regions asks a million times.
    if type(value) is float:
        return None if isnan(value) else value
    # A text is no number here: how people write numbers is for the reader of sheets.
    if is_missing(value) or not isinstance(value, Real):
        return None
    return float(value)


def as_int(value: object) -> int | None:
    """Return the whole part of a cell's number, None as :func:`as_float`.

    Examples
    --------
    >>> [as_int(x) for x in (2, 2.0, float("nan"), None, "2")]
    [2, 2, None, None, None]
    """
    if isinstance(value, Integral):  # may have more digits than a float keeps
        return int(value)
    number = as_float(value)
    return None if number is None else int(number)


def is_number(value: object) -> bool:
    """Whether a value is a number; yes and no are none, though Python counts with them.

    Examples
    --------
    >>> [is_number(x) for x in (2, 0.5, True, "3", None)]
    [True, True, False, False, False]
    """
    return isinstance(value, Real | Decimal) and not isinstance(value, bool)
