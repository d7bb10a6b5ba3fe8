"""What every analysis asks of a frame: one row per region, numbers, and a name.

In:     wide frames by region_code, or the tidy frame of ``compute_indicators``.
Out:    checked numbers; the province's row set apart; words for codes and columns.
"""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from kkbpk_geo.base.errors import CellError, EmptyDataError, IndicatorError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.missing import is_number
from kkbpk_geo.base.periods import canonical, canonical_each, order_periods
from kkbpk_geo.catalogue.indicators import Direction, indicators
from kkbpk_geo.catalogue.programme import column_label, is_column
from kkbpk_geo.joining import as_region_frame, as_tidy, check_labels


def wide_indicators(tidy: Any, *, period: object = None) -> pd.DataFrame:  # noqa: ANN401
    """Return one period of a tidy indicator table as one column per indicator.

    Parameters
    ----------
    tidy : DataFrame, also of polars, pyarrow …
        ``indicators.INDICATOR_COLUMNS``, as ``compute_indicators`` gives it; period,
        numerator, denominator and status may be absent.
    period : str, int, date, Timestamp or Period, optional
        The newest unless stated.

    Returns
    -------
    DataFrame, index region_code, float64; missing stays missing
        In the table's order of regions and indicators; the province's row is kept.

    Raises
    ------
    EmptyDataError
        If the table has no rows.
    IndicatorError
        If there is no such period, or a region has an indicator twice.
    PeriodError
        If there are several periods and one of them is no time.

    Examples
    --------
    >>> tidy = pd.DataFrame(
    ...     [("2025", "18.01", "unmet_need", 9.5), ("2025", "18.02", "unmet_need", 8)],
    ...     columns=["period", "region_code", "indicator", "value"],
    ... )
    >>> wide_indicators(tidy)["unmet_need"].to_dict()
    {'18.01': 9.5, '18.02': 8.0}
    """
    table = as_tidy(tidy, "tidy")
    if table.empty:
        msg = "the indicator table has no rows; nothing can be analysed."
        raise EmptyDataError(msg)
    stated = pd.Series(canonical_each(table["period"].tolist()), table.index)
    periods = order_periods(stated)
    chosen = periods[-1] if period is None else canonical(period)
    if chosen not in periods:
        msg = f"no indicators for period {chosen!r}; there is {periods}."
        raise IndicatorError(msg)
    here = table[stated == chosen]
    twice = here.duplicated(["region_code", "indicator"])
    if twice.any():
        row = here[twice].iloc[0]
        msg = (
            f"region {row['region_code']} has indicator {row['indicator']!r} twice in "
            f"period {chosen!r}; keep one row."
        )
        raise IndicatorError(msg)
    wide = here.pivot(index="region_code", columns="indicator", values="value")
    # A pivot sorts; a reader looks for the order of the map and of the catalogue.
    rows = list(dict.fromkeys(here["region_code"]))
    columns = list(dict.fromkeys(here["indicator"]))
    return wide.loc[rows, columns].astype(float).rename_axis(columns=None)


def read_numbers(given: Any, what: str = "frame") -> pd.DataFrame:  # noqa: ANN401
    """Return a frame as float64 with NaN for missing; the caller's is not touched.

    A text is no number, whatever it looks like: ``1.234`` may be a thousand.

    Raises
    ------
    EmptyDataError
        If it has no rows or no columns.
    RegionError
        If a row is a total, or its code a number.
    IndicatorError
        If a region or a column stands twice.
    CellError
        If a cell is no finite number; names the first.
    """
    frame = as_region_frame(given, what)
    if frame.empty:
        msg = (
            f"{what} has {len(frame)} rows and {frame.shape[1]} columns; an analysis "
            "needs at least one of each."
        )
        raise EmptyDataError(msg)
    check_labels(frame.index, what)
    refuse_twice(frame.index, what, "region")
    refuse_twice(frame.columns, what, "column")
    out = {}
    for column in frame.columns:
        cells = frame[column]
        numbers = _as_floats(cells)
        bad = (np.isnan(numbers) & cells.notna().to_numpy()) | np.isinf(numbers)
        if bad.any():
            at = int(np.flatnonzero(bad)[0])
            raise CellError(
                what,
                frame.index[at],
                str(column),
                cells.tolist()[at],
                expected="a finite number or nothing",
                remedy=_remedy(cells.tolist()[at]),
            )
        out[column] = numbers
    return pd.DataFrame(out, index=frame.index)


def _as_floats(cells: pd.Series[Any]) -> npt.NDArray[np.float64]:
    """Return numbers as float64; NaN for what is none, texts and dates too."""
    kind = cells.dtype
    if pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_complex_dtype(kind):
        return cells.to_numpy(float, na_value=np.nan)
    if pd.api.types.is_datetime64_any_dtype(kind):
        return np.full(len(cells), np.nan)
    plain = cells.astype(object)
    plain = plain.where(plain.map(_is_usual), None)
    return pd.to_numeric(plain, errors="coerce").to_numpy(float, na_value=np.nan)


def _is_usual(cell: object) -> bool:
    """Whether a cell is a number, or yes or no, which count as 1 and 0."""
    return isinstance(cell, bool | np.bool_) or is_number(cell)


def _remedy(cell: object) -> str:
    if isinstance(cell, str) and any(map(str.isdigit, cell)):
        return (
            "As text 1.234 may be a thousand: convert the column with pd.to_numeric, "
            "or read the sheet with kkbpk_geo.read_table."
        )
    if _is_usual(cell):
        return "Correct the cell or leave it empty."
    return "Correct the cell, or choose the columns of numbers: frame[['a', 'b']]."


def refuse_twice(labels: pd.Index, what: str, axis: str = "region") -> None:
    """Raise IndicatorError where a label stands more than once; names all of them."""
    if labels.has_duplicates:
        twice = labels[labels.duplicated()].unique().tolist()
        msg = f"{what}: {axis} {twice} stands more than once; keep one."
        raise IndicatorError(msg)


def set_province_apart(numbers: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return the rows of the districts, and the code of the province's row if any."""
    province = province_of(numbers.index)
    return numbers.drop(index=province, errors="ignore"), province


def has_whole(codes: pd.Index, whole: str) -> bool:
    """Whether the row of the province, or of the country, stands among others.

    Examples
    --------
    >>> has_whole(pd.Index(["11", "18", ""]), ""), has_whole(pd.Index(["11", "18"]), "")
    (True, False)
    """
    return whole in codes and len(codes) > 1


def province_of(codes: pd.Index) -> str:
    """Return the code that all other codes lie inside; empty if there is none.

    That of the country is empty, too: :func:`has_whole` says whether its row is there.
    """
    texts = [str(code) for code in codes]
    shortest = min(texts, key=len)
    # A single row is a district: nothing lies inside it.
    inside = all(c == shortest or c.startswith(f"{shortest}.") for c in texts)
    return shortest if inside and len(texts) > 1 else ""


def item_name(key: str, language: Language = "id") -> str:
    """Return what a reader sees for an indicator or measure, or the key itself."""
    if key in indicators():
        return indicators()[key].name(language)
    return column_label(key, language) if is_column(key) else key


def check_direction(direction: object) -> None:
    """Raise IndicatorError unless it is what a high value may mean."""
    if direction not in get_args(Direction):
        known = ", ".join(get_args(Direction))
        msg = f"direction is {direction!r}; expected one of {known}."
        raise IndicatorError(msg)


def better_if_higher(key: str, stated: object = None) -> bool:
    """Return whether higher is better: as stated, else as the catalogue says.

    Raises
    ------
    IndicatorError
        If neither says "better" or "worse".
    """
    if stated is None and key in indicators():
        stated = indicators()[key].direction
    for words, answer in ((("better", 1), True), (("worse", -1), False)):
        # True equals 1 in Python; who writes it may mean anything.
        if not isinstance(stated, bool) and stated in words:
            return answer
    msg = (
        f"direction of {key!r} is {stated!r}; expected 'better' (higher is better) or "
        "'worse'."
    )
    raise IndicatorError(msg)
