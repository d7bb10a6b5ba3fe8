"""Lists (one row per group or facility) turned into the measures that tables give.

Why: an office keeps either a table of counts or a list of names; from here on both are
the same thing. A region with rows in a list has zero of the kinds it does not list; a
region without any row has *no answer*.

In:     ``Intake.data`` of kinds ``groups`` and ``facilities``.
Out:    the same rows with measure columns (0 or 1, or the numbers of the row).
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from kkbpk_geo.catalogue.programme import facility_kinds, groups, is_column, measures

# A list is counted, not read, for these: a row is one group, and in one village.
_COUNTED = ("groups", "villages_with_groups")
_ROW_FLAGS = {
    "reporting": "groups_reporting",
    "has_kit": "groups_with_kit",
    "has_decree": "groups_with_decree",
}


def count_list(kind: str, data: pd.DataFrame) -> pd.DataFrame:
    """Add the measure columns of a list; other kinds of table come back unchanged.

    Parameters
    ----------
    kind : str
        Table kind; only ``groups`` and ``facilities`` are lists.
    data : DataFrame, n rows
        With ``kind`` per row: the key of a group or facility kind, or missing.

    Returns
    -------
    DataFrame, n rows, same index
        ``<group>_groups`` and so on, or ``facilities_<kind>``, and ``facilities`` (all
        but extension offices) where the list holds more than one kind.

    Examples
    --------
    >>> listed = pd.DataFrame({"kind": ["bkb", "bkr", "bkb"]})
    >>> count_list("groups", listed)["bkb_groups"].tolist()
    [1, 0, 1]
    """
    if kind == "groups":
        return data.assign(**_count_groups(data))
    if kind == "facilities":
        return data.assign(**_count_facilities(data))
    return data


def measure_columns(data: pd.DataFrame) -> list[str]:
    """Columns of a frame that are measures of the catalogue, in frame order."""
    return [str(c) for c in data.columns if is_column(str(c))]


def _count_groups(data: pd.DataFrame) -> dict[str, pd.Series[Any]]:
    flags = {
        measure: data[column].astype("boolean").astype("Int64")
        for column, measure in _ROW_FLAGS.items()
        if _says(data, column)
    }
    numbers = {
        measure: pd.to_numeric(data[measure]).astype("Float64")
        for measure in _row_measures()
        if measure in data.columns and measure not in flags
    }
    found: dict[str, pd.Series[Any]] = {}
    for group in groups():
        here = _is_kind(data, group)
        if not here.any():
            continue
        found[f"{group}_groups"] = here.astype("Int64")
        # Rows of other kinds add 0, so that a sum over all rows is this kind's.
        for measure, flag in flags.items():
            found[f"{group}_{measure}"] = flag.where(here, 0)
        for measure, number in numbers.items():
            found[f"{group}_{measure}"] = _whole_if_all_are(number.where(here, 0))
    return found


def _row_measures() -> list[str]:
    """Return what one group of a list can say of itself: every measure per group."""
    per_group = [name for name, each in measures().items() if each.per_group]
    return [name for name in per_group if name not in _COUNTED]


def _is_kind(data: pd.DataFrame, kind: str) -> pd.Series[bool]:
    return data["kind"].eq(kind).fillna(False).astype(bool)


def _says(data: pd.DataFrame, column: str) -> bool:
    """Whether any row has an answer in a column."""
    return column in data.columns and bool(data[column].notna().any())


def _whole_if_all_are(numbers: pd.Series[Any]) -> pd.Series[Any]:
    whole = (numbers.dropna() % 1 == 0).all()
    return numbers.astype("Int64") if whole else numbers


def _count_facilities(data: pd.DataFrame) -> dict[str, pd.Series[Any]]:
    found: dict[str, pd.Series[Any]] = {}
    present = [k for k in facility_kinds() if data["kind"].eq(k).any()]
    for facility in present:
        found[f"facilities_{facility}"] = _is_kind(data, facility).astype("Int64")
    # A list of one kind only (all Puskesmas) is not every place of service.
    # An extension office (balai penyuluhan) gives no contraceptives: it counts apart.
    if len(set(present) - {"extension_office"}) > 1:
        found["facilities"] = (~_is_kind(data, "extension_office")).astype("Int64")
    if _says(data, "low_stock"):
        low = data["low_stock"].astype("boolean")
        found["facilities_low_stock"] = low.astype("Int64")
    return found
