"""Any table by region, as cells: number, status, parts; kinds as numbers too.

Why: the map takes what the caller has: the tidy frame of ``compute_indicators``, or any
frame with one row per region, numbers or kinds in its columns. All become cells here.

In:     a table, and the indicators a caller has described.
Out:    :class:`Item` by indicator, period and region; the kinds of every column that
        holds kinds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.base.words import Words
from kkbpk_geo.catalogue.statuses import statuses
from kkbpk_geo.maps.content.catalogue_words import words
from kkbpk_geo.maps.content.classes import as_shown
from kkbpk_geo.maps.content.options import MapIndicator
from kkbpk_geo.maps.content.palettes import MOST_KINDS as MOST

if TYPE_CHECKING:
    import pandas as pd

TIDY = ("region_code", "indicator", "value")
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


def known_status(word: str, where: str) -> str:
    """Return a status that the catalogue has.

    Raises
    ------
    MapError
        For any other word: drawn as another status, it would say what is not so.
    """
    if word not in statuses():
        msg = f"{where} has status {word!r}; expected one of {list(statuses())}."
        raise MapError(msg)
    return word


def item_of(
    value: object, status: str, numerator: object = None, denominator: object = None
) -> Item:
    """Make one cell; a value and a status that contradict each other are no value."""
    number = _number(value)
    if not statuses()[status].value:
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


def as_frame(table: Any) -> pd.DataFrame:  # noqa: ANN401
    """Return a table as a frame; a Series is a frame of one column.

    Raises
    ------
    MapError
        If it is neither, or has two columns of one name.
    """
    import pandas as pd

    if isinstance(table, pd.Series):
        return table.to_frame("nilai" if table.name is None else table.name)
    if not isinstance(table, pd.DataFrame):
        msg = (
            f"table is a {type(table).__name__}; expected a DataFrame with region "
            "codes as its index, or with the columns region_code, indicator, value."
        )
        raise MapError(msg)
    if table.columns.has_duplicates:
        twice = sorted({str(c) for c in table.columns[table.columns.duplicated()]})
        msg = f"table has columns {twice} more than once; rename or drop one of each."
        raise MapError(msg)
    return table


def left_out(table: pd.DataFrame) -> list[str]:
    """Return the columns of a wide table that are drawn only when asked for."""
    if set(TIDY) <= set(table.reset_index().columns):
        return []
    besides = {*_BESIDES, "region_code"}
    kinds = kinds_in(table, {})
    return [
        str(column)
        for column in table.columns
        if not (str(column) in besides | set(kinds) or _holds_numbers(table[column]))
    ]


def _holds_numbers(cells: pd.Series[Any]) -> bool:
    """Whether a column is drawn unasked: numbers, whatever type pandas gives them."""
    import pandas as pd

    if pd.api.types.is_object_dtype(cells):
        known = [cell for cell in cells if pd.api.types.is_scalar(cell)]
        known = [cell for cell in known if not pd.isna(cell)]
        return len(known) > 0 and all(map(_is_number, known))
    return (
        pd.api.types.is_numeric_dtype(cells)
        and not pd.api.types.is_bool_dtype(cells)
        and not pd.api.types.is_complex_dtype(cells)
    )


def _is_yes_no(cells: pd.Series[Any]) -> bool:
    """Whether a column holds yes and no, whatever type pandas gives them."""
    import numpy as np
    import pandas as pd

    if pd.api.types.is_bool_dtype(cells):
        return True
    if not pd.api.types.is_object_dtype(cells):
        return False
    known = [c for c in cells if not (pd.api.types.is_scalar(c) and pd.isna(c))]
    return bool(known) and all(isinstance(c, bool | np.bool_) for c in known)


def _is_number(cell: object) -> bool:
    return isinstance(cell, Real | Decimal) and not isinstance(cell, bool)


def kinds_in(
    table: pd.DataFrame, wanted: Mapping[str, MapIndicator]
) -> dict[str, dict[str, Words]]:
    """Return the kinds of every column of kinds: value in the table to words.

    Those a caller has described, columns of pandas' type ``category``, and yes/no
    columns that are asked for. One that is not asked for and has too many kinds to
    tell apart is left alone.
    """
    import pandas as pd

    found = {key: dict(one.kinds) for key, one in wanted.items() if one.kinds}
    yes_no = {"False": words("map_no"), "True": words("map_yes")}
    for column in table.columns:
        key, dtype = str(column), table[column].dtype
        if key in wanted and key not in found and _is_yes_no(table[column]):
            found[key] = dict(yes_no)
        if not isinstance(dtype, pd.CategoricalDtype) or key in found:
            continue
        if key in wanted or (key not in _BESIDES and len(dtype.categories) <= MOST):
            named = [str(k) for k in dtype.categories if str(k).strip()]
            found[key] = {kind: kind for kind in named}
    return found


def from_tidy(table: pd.DataFrame, kinds: Mapping[str, Mapping[str, Words]]) -> Items:
    """Read a frame with a row per region, indicator and period.

    Raises
    ------
    MapError
        If a row stands twice, a value is neither a number nor a known kind, or a status
        is none of the catalogue.
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
        where = f"region {code}, indicator {key!r}"
        status = _text(text["status"][i]) or "ok"
        row[code] = item_of(
            _value(values[i], where, kinds.get(key)),
            known_status(status, f"table: {where}"),
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
            or (key not in _BESIDES and _holds_numbers(cells))
        ):
            for (period, code), cell in zip(
                pairs, cells.astype(object).tolist(), strict=True
            ):
                value = _value(cell, f"region {code}, column {key!r}", kinds.get(key))
                items.setdefault((key, period), {})[code] = item_of(value, "ok")
    if not items:
        found = ", ".join(map(str, frame.columns)) or "no columns"
        msg = (
            "table has no column of numbers to draw, and none of kinds, of which there "
            f"may be {MOST}; it has {found}. Give a column of numbers per indicator, "
            "with region codes as the index."
        )
        raise MapError(msg)
    return items


def _value(cell: Any, where: str, kinds: Mapping[str, Words] | None) -> Any:  # noqa: ANN401
    """Return a cell as a number; a kind as its place in the order of its kinds."""
    import numpy as np
    import pandas as pd

    if not pd.api.types.is_scalar(cell):
        msg = f"table: {where} is {cell!r}; expected one value."
        raise MapError(msg)
    if cell is None or pd.isna(cell):
        return None
    if kinds is not None:
        if not str(cell).strip():
            return None
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
    if not (_is_number(cell) or isinstance(cell, bool | np.bool_)):
        msg = f"table: {where} is {cell!r}; expected a number."
        raise MapError(msg)
    return cell


def _text(value: Any) -> str:  # noqa: ANN401
    import pandas as pd

    return "" if value is None or pd.isna(value) else str(value)
