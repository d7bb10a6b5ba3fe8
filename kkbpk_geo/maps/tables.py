"""Any table by region, as cells: number, status, parts; kinds as numbers too.

Why: the map takes what the caller has: the tidy frame of ``compute_indicators``, or any
frame with one row per region, numbers or kinds in its columns. All become cells here.

Layer:  8 (maps). Imports base and what a caller may say.
In:     a table, and the indicators a caller has described.
Out:    :class:`Item` by indicator, period and region; the kinds of every column that
        holds kinds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.maps.classes import as_shown
from kkbpk_geo.maps.options import MapIndicator, Words
from kkbpk_geo.maps.palettes import MOST_KINDS as MOST

if TYPE_CHECKING:
    import pandas as pd

TIDY = ("region_code", "indicator", "value")
STATUSES = (
    "missing",
    "not_reported",
    "not_yet_founded",
    "no_denominator",
    "not_finite",
    "suppressed",
)
_BESIDES = {"name", "kind", "parent_code", "area_km2", "geometry", "period"}

Row = tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One cell: a number (of a kind: its place in the order), why none, its parts."""

    value: float | None = None
    status: str = "missing"
    numerator: float | None = None
    denominator: float | None = None


Items = dict[tuple[str, str], dict[str, Item]]  # (indicator, period) -> code -> item


def rows_of(
    codes: Sequence[str], values: Sequence[Any], status: Sequence[str] | None = None
) -> dict[str, Item]:
    """Make cells from one column; an infinite value says so, a missing one too."""
    given = status or ["ok"] * len(codes)
    return {
        code: item_of(value, why)
        for code, value, why in zip(codes, values, given, strict=True)
    }


def item_of(
    value: object, status: str, numerator: object = None, denominator: object = None
) -> Item:
    """Make one cell; a value and a status that contradict each other are no value."""
    number = _number(value)
    if status in STATUSES:
        number = None
    elif number is None:
        status = "missing"
    elif as_shown(number, 9) is None:
        number, status = None, "not_finite"
    elif status != "partial":
        status = "ok"
    return Item(
        value=number,
        status=status,
        numerator=as_shown(_number(numerator), 6),
        denominator=as_shown(_number(denominator), 6),
    )


def _number(value: Any) -> float | None:  # noqa: ANN401
    import pandas as pd

    return None if value is None or pd.isna(value) else float(value)


def kinds_in(
    table: pd.DataFrame, wanted: Mapping[str, MapIndicator]
) -> dict[str, dict[str, Words]]:
    """Return the kinds of every column of kinds: value in the table to words.

    Those a caller has described, and columns of pandas' type ``category``; of these,
    one that is not asked for and has too many kinds to tell apart is left alone.
    """
    import pandas as pd

    found = {key: dict(one.kinds) for key, one in wanted.items() if one.kinds}
    for column in table.columns:
        key, dtype = str(column), table[column].dtype
        if not isinstance(dtype, pd.CategoricalDtype) or key in found:
            continue
        if key in wanted or (key not in _BESIDES and len(dtype.categories) <= MOST):
            found[key] = {str(kind): str(kind) for kind in dtype.categories}
    return found


def from_tidy(table: pd.DataFrame, kinds: Mapping[str, Mapping[str, Words]]) -> Items:
    """Read a frame with a row per region, indicator and period.

    Raises
    ------
    MapError
        If a row stands twice, or a value is neither a number nor a known kind.
    """
    frame = table if set(TIDY) <= set(table.columns) else table.reset_index()
    n = len(frame)
    text: dict[str, list[Any]] = {}
    for column, spare in (
        ("period", ""),
        ("status", "ok"),
        ("numerator", None),
        ("denominator", None),
    ):
        given = column in frame
        text[column] = frame[column].astype(object).tolist() if given else [spare] * n
    codes = frame["region_code"].astype(object).tolist()
    keys = frame["indicator"].astype(object).tolist()
    values = frame["value"].astype(object).tolist()
    items: Items = {}
    for i in range(n):
        period, key, code = text["period"][i], str(keys[i]), str(codes[i])
        row = items.setdefault((key, _text(period)), {})
        if code in row:
            msg = (
                f"table has region {code!r} twice for indicator {key!r}, period "
                f"{_text(period)!r}; expected one row each. Add them up or drop one."
            )
            raise MapError(msg)
        row[code] = item_of(
            _value(values[i], f"region {code}, indicator {key!r}", kinds.get(key)),
            _text(text["status"][i]) or "ok",
            text["numerator"][i],
            text["denominator"][i],
        )
    return items


def from_wide(
    table: pd.DataFrame, wanted: Set[str], kinds: Mapping[str, Mapping[str, Words]]
) -> Items:
    """Read a frame with a row per region (and period), a column per indicator.

    Raises
    ------
    MapError
        If a row stands twice, a value is neither a number nor a known kind, or there
        is nothing to draw.
    """
    import pandas as pd

    frame = table.set_index("region_code") if "region_code" in table else table
    levels = list(frame.index.names)
    if "period" in levels and "region_code" in levels:
        periods = [_text(p) for p in frame.index.get_level_values("period")]
        codes = [str(c) for c in frame.index.get_level_values("region_code")]
    else:
        periods = [_text(p) for p in frame["period"]] if "period" in frame else []
        periods = periods or [""] * len(frame)
        codes = [str(code) for code in frame.index]
    pairs = list(zip(periods, codes, strict=True))
    if len(set(pairs)) < len(pairs):
        twice = sorted({code for p, code in pairs if pairs.count((p, code)) > 1})
        msg = (
            f"table has more than one row for {', '.join(twice)}; expected one row per "
            "region and period. Add them up or drop one."
        )
        raise MapError(msg)
    items: Items = {}
    for column in frame.columns:
        cells = frame[column]
        key = str(column)
        if (
            key in wanted
            or key in kinds
            or (
                key not in _BESIDES
                and pd.api.types.is_numeric_dtype(cells)
                and not pd.api.types.is_bool_dtype(cells)
            )
        ):
            for (period, code), cell in zip(
                pairs, cells.astype(object).tolist(), strict=True
            ):
                value = _value(cell, f"region {code}, column {key!r}", kinds.get(key))
                items.setdefault((key, period), {})[code] = item_of(value, "ok")
    if not items:
        msg = (
            "table has no numeric column to draw; it has "
            f"{', '.join(map(str, frame.columns)) or 'no columns'}. Give a column of "
            "numbers per indicator, with region codes as the index."
        )
        raise MapError(msg)
    return items


def _value(cell: Any, where: str, kinds: Mapping[str, Words] | None) -> Any:  # noqa: ANN401
    """Return a cell as a number; a kind as its place in the order of its kinds."""
    import pandas as pd

    if not pd.api.types.is_scalar(cell):
        msg = f"table: {where} is {cell!r}; expected one value."
        raise MapError(msg)
    if cell is None or pd.isna(cell):
        return None
    if kinds is not None:
        for place, kind in enumerate(kinds):
            if kind == str(cell):
                return place
        msg = f"table: {where} is {cell!r}; expected one of {list(kinds)}."
        raise MapError(msg)
    if isinstance(cell, str):
        msg = (
            f"table: {where} is {cell!r}; expected a number. Read the sheet with "
            "read_table, convert the column first, or, for a column of kinds, give it "
            "the type 'category'."
        )
        raise MapError(msg)
    return cell


def _text(value: Any) -> str:  # noqa: ANN401
    import pandas as pd

    return "" if value is None or pd.isna(value) else str(value)
