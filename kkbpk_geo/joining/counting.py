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

from kkbpk_geo.catalogue.programme import facility_kinds, groups, is_column

_ROW_MEASURES = ("members", "attending", "meetings", "cadres", "cadres_trained")
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
    found: dict[str, pd.Series[Any]] = {}
    for group in groups():
        here = data["kind"].eq(group).fillna(False).astype(bool)
        if not here.any():
            continue
        found[f"{group}_groups"] = here.astype("Int64")
        for column, measure in _ROW_FLAGS.items():
            if column in data.columns and data[column].notna().any():
                flag = data[column].astype("boolean").astype("Int64")
                found[f"{group}_{measure}"] = flag.where(here, 0)
        for measure in _ROW_MEASURES:
            if measure in data.columns:
                numbers = pd.to_numeric(data[measure]).astype("Float64")
                whole = numbers.where(here, 0)
                found[f"{group}_{measure}"] = (
                    whole.astype("Int64") if (whole.dropna() % 1 == 0).all() else whole
                )
    return found


def _count_facilities(data: pd.DataFrame) -> dict[str, pd.Series[Any]]:
    found: dict[str, pd.Series[Any]] = {}
    present = [k for k in facility_kinds() if data["kind"].eq(k).any()]
    for facility in present:
        here = data["kind"].eq(facility).fillna(False).astype(bool)
        found[f"facilities_{facility}"] = here.astype("Int64")
    # A list of one kind only (all Puskesmas) is not every place of service.
    if len(set(present) - {"extension_office"}) > 1:
        offices = data["kind"].eq("extension_office").fillna(False).astype(bool)
        found["facilities"] = (~offices).astype("Int64")
    if "low_stock" in data.columns and data["low_stock"].notna().any():
        found["facilities_low_stock"] = (
            data["low_stock"].astype("boolean").astype("Int64")
        )
    return found
