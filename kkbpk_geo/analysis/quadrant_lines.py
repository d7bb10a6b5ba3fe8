"""Where a column is cut in two, and why there.

In:     a column, and a number, "median", "province" or "standard".
Out:    :class:`Line`, which can say itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.indicators import indicators, standards
from kkbpk_geo.catalogue.labels import label


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Where a column is cut, and why there.

    Attributes
    ----------
    column : str
    value : float
    basis : {"median", "province", "standard", "given"}
    higher_is_better : bool
    document : str
        Of a standard.
    """

    column: str
    value: float
    basis: str
    higher_is_better: bool
    document: str = ""

    def words(self, language: Language = "id", *, whole: bool = True) -> str:
        """Say the line, ``9,9 (median wilayah)``; with its document unless told."""
        why = label(f"quadrant_{self.basis}", language)
        if self.document and whole:
            why += f": {self.document}"
        return f"{shown_with_unit(self.value, self.column, language)} ({why})"


def draw_line(
    values: pd.Series[float], province: object, at: object, higher_is_better: bool
) -> Line:
    """Return the line of a column at a number, "median", "province" or "standard".

    Raises
    ------
    IndicatorError
        If it is none of these, or there is no such value.
    """
    column, document = str(values.name), ""
    if at == "median":
        value = float(values.median())
    elif at == "province":
        if not isinstance(province, float) or math.isnan(province):
            msg = (
                f"the line of {column!r} is to be the province's value, but the frame "
                "has no row of the province with one. Add it, or give a number."
            )
            raise IndicatorError(msg)
        value = float(province)
    elif at == "standard":
        value, document = _standard(column)
    elif (
        isinstance(at, (int, float)) and not isinstance(at, bool) and math.isfinite(at)
    ):
        value, at = float(at), "given"
    else:
        msg = (
            f"the line of {column!r} is {at!r}; expected a number, 'median', "
            "'province' or 'standard'."
        )
        raise IndicatorError(msg)
    return Line(
        column=column,
        value=value,
        basis=str(at),
        higher_is_better=higher_is_better,
        document=document,
    )


def _standard(column: str) -> tuple[float, str]:
    found = indicators().get(column)
    standard = standards().get(found.standard) if found else None
    # A standard of the indicator's own denominator is on its scale; others are not.
    if (
        found is None
        or standard is None
        or standard.value is None
        or standard.base != found.denominator
    ):
        msg = (
            f"the catalogue has no standard on the scale of {column!r}; give a number."
        )
        raise IndicatorError(msg)
    return standard.value * found.factor, f"{standard.document} {standard.year}"


def shown_with_unit(value: float, column: str, language: Language = "id") -> str:
    """Write a value of a column with its digits and unit."""
    found = indicators().get(column)
    unit = f" {found.unit}" if found else ""
    return format_number(value, found.digits if found else 1, language) + unit
