"""Any table by region, as cells: number, status, parts; kinds as numbers too.

Why: the map takes what the caller has: the tidy frame of ``compute_indicators``, or any
frame with one row per region, numbers or kinds in its columns. All become cells here.

In:     a table, and the indicators a caller has described.
Out:    :class:`Item` by indicator, period and region; the kinds of every column that
        holds kinds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from kkbpk_geo.base.errors import MapError, RegionError
from kkbpk_geo.base.missing import is_number
from kkbpk_geo.base.periods import canonical
from kkbpk_geo.base.results import Result
from kkbpk_geo.base.words import Words
from kkbpk_geo.catalogue.statuses import statuses
from kkbpk_geo.joining import match_labels
from kkbpk_geo.maps.content.catalogue_words import own_kinds, words
from kkbpk_geo.maps.content.classes import as_shown
from kkbpk_geo.maps.content.options import MapIndicator
from kkbpk_geo.maps.content.palettes import MOST_KINDS as MOST

if TYPE_CHECKING:
    import pandas as pd

CODE, PERIOD = "region_code", "period"
TIDY = (CODE, "indicator", "value")
# What a tidy table may lack, and what stands for it.
_SPARE = {PERIOD: "", "status": "ok", "numerator": None, "denominator": None}
# Columns of boundaries: what a caller has joined to them is not an indicator.
NAME, KIND, PARENT, AREA = "name", "kind", "parent_code", "area_km2"
_BESIDES = {NAME, KIND, PARENT, AREA, "geometry", PERIOD}
# Of the rows: a column names regions where it does so in at least as many.
_MOSTLY = 0.8
# The keys of statuses.toml that rules on maps speak of.
OK, PARTIAL, MISSING, NOT_FINITE = "ok", "partial", "missing", "not_finite"

Row = tuple[float | None, ...]


class Item(NamedTuple):
    """One cell: a number (of a kind: its place in the order), why none, its parts."""

    value: float | None = None
    status: str = MISSING
    numerator: float | None = None
    denominator: float | None = None


Items = dict[tuple[str, str], dict[str, Item]]  # (indicator, period) -> code -> item


def rows_of(
    codes: Sequence[str], values: Sequence[Any], status: Sequence[str] | None = None
) -> dict[str, Item]:
    """Make cells from one column; an infinite value says so, a missing one too."""
    given = status or [OK] * len(codes)
    items = map(item_of, values, given)
    return dict(zip(codes, items, strict=True))


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
        status = MISSING
    # 9 decimals: more than any table holds, so only infinity has none.
    elif as_shown(number, 9) is None:
        number, status = None, NOT_FINITE
    elif status != PARTIAL:
        status = OK
    return Item(
        value=number,
        status=status,
        # 6 decimals: sums of floats must not show their noise in what is counted.
        numerator=as_shown(_number(numerator), 6),
        denominator=as_shown(_number(denominator), 6),
    )


def _number(value: Any) -> float | None:  # noqa: ANN401
    import pandas as pd

    return None if value is None or pd.isna(value) else float(value)


def as_frame(table: Any) -> pd.DataFrame:  # noqa: ANN401
    """Return a table as a frame; a Series is one column, a result of ours its table.

    Raises
    ------
    MapError
        If it is neither, or has two columns of one name.
    """
    import pandas as pd

    if isinstance(table, Result):
        table = table.table
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


def by_code(
    table: pd.DataFrame, names: Mapping[str, str], province: str
) -> pd.DataFrame:
    """Return a table whose rows are known by the codes of the map.

    Rows may be named (in the index, in ``region_code``, or in a column of names such as
    KABUPATEN): exactly, or as :func:`~kkbpk_geo.resolve_regions` knows them.

    Raises
    ------
    MapError
        If codes are numbers.
    """
    import pandas as pd

    match = partial(match_labels, names=names, province=province)
    try:
        if CODE in table:
            return table.assign(**{CODE: match(table[CODE].tolist())})
        if isinstance(table.index, pd.MultiIndex):
            return table
        column = _column_of_names(table, names, match)
        if column is not None:
            codes = match(table[column].tolist())
            rest: pd.DataFrame = table.drop(columns=column)
            return rest.assign(**{CODE: codes})
        return table.set_axis(match(table.index.tolist()), axis=0)
    except RegionError as err:
        raise MapError(str(err)) from None


def _column_of_names(
    table: pd.DataFrame,
    names: Mapping[str, str],
    match: Callable[[list[str]], list[str]],
) -> Any:  # noqa: ANN401 (a column may be called anything)
    """Return the column that names regions of the map, where the index does not."""
    if set(map(str, table.index)) & set(names):
        return None
    for column in table.columns:
        texts = [cell for cell in table[column] if isinstance(cell, str)]
        # A column of places names one in nearly every row; a total or two may stand by.
        known = sum(code in names for code in match(texts))
        if texts and known >= _MOSTLY * len(table):
            return column
    return None


def is_tidy(table: pd.DataFrame) -> bool:
    """Say whether a table has a row per region and indicator."""
    return set(TIDY) <= set(table.reset_index().columns)


def left_out(table: pd.DataFrame) -> list[str]:
    """Return the columns of a wide table that are drawn only when asked for."""
    if is_tidy(table):
        return []
    besides = {*_BESIDES, CODE, *kinds_in(table, {})}
    found = []
    for column in table.columns:
        if str(column) not in besides and not _holds_numbers(table[column]):
            found.append(str(column))
    return found


def _holds_numbers(cells: pd.Series[Any]) -> bool:
    """Whether a column is drawn unasked: numbers, whatever type pandas gives them."""
    import pandas as pd

    if pd.api.types.is_object_dtype(cells):
        # A cell that holds a list does not make a column of text; it is refused later.
        known = list(filter(pd.api.types.is_scalar, _known(cells)))
        return len(known) > 0 and all(map(is_number, known))
    # For pandas yes/no ("b") and complex numbers ("c") are numeric too.
    return pd.api.types.is_numeric_dtype(cells) and cells.dtype.kind not in "bc"


def _is_yes_no(cells: pd.Series[Any]) -> bool:
    """Whether a column holds yes and no, whatever type pandas gives them."""
    import numpy as np
    import pandas as pd

    if pd.api.types.is_bool_dtype(cells):
        return True
    if not pd.api.types.is_object_dtype(cells):
        return False
    known = _known(cells)
    return len(known) > 0 and all(isinstance(c, bool | np.bool_) for c in known)


def _known(cells: pd.Series[Any]) -> list[Any]:
    """Return the cells that are not missing; a list in a cell is not missing."""
    import pandas as pd

    return [
        cell for cell in cells if not (pd.api.types.is_scalar(cell) and pd.isna(cell))
    ]


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
    for column in table.columns:
        key, dtype = str(column), table[column].dtype
        if key in found:
            continue
        if own := own_kinds(key, table[column]):
            found[key] = own
        elif isinstance(dtype, pd.CategoricalDtype):
            # Names and codes are often categories; drawn, they would be a rainbow.
            few = key not in _BESIDES and len(dtype.categories) <= MOST
            if key in wanted or few:
                named = filter(str.strip, map(str, dtype.categories))
                found[key] = {kind: kind for kind in named}
        elif key in wanted and _is_yes_no(table[column]):
            found[key] = {"False": words("map_no"), "True": words("map_yes")}
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
    columns = [_column(frame, name) for name in (*TIDY, *_SPARE)]
    items: Items = {}
    for code, key, value, when, why, top, bottom in zip(*columns, strict=True):
        region, indicator, period = str(code), str(key), _time(when)
        row = items.setdefault((indicator, period), {})
        if region in row:
            msg = (
                f"table has region {region!r} twice for indicator {indicator!r}, "
                f"period {period!r}; expected one row each. Add them up or drop one."
            )
            raise MapError(msg)
        where = f"region {region}, indicator {indicator!r}"
        cell = _value(value, where, kinds.get(indicator))
        status = known_status(_text(why) or OK, f"table: {where}")
        row[region] = item_of(cell, status, top, bottom)
    return items


def _column(frame: pd.DataFrame, name: str) -> list[Any]:
    """Return the cells of a column; its stand-in where a tidy table lacks it."""
    if name not in frame and name in _SPARE:
        return [_SPARE[name]] * len(frame)
    return frame[name].astype(object).tolist()


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
    frame = table.set_index(CODE) if CODE in table else table
    rows = _wide_rows(frame)
    asked = wanted | set(kinds)
    items: Items = {}
    for column in frame.columns:
        key, cells = str(column), frame[column]
        if key not in asked and (key in _BESIDES or not _holds_numbers(cells)):
            continue
        for (period, code), cell in zip(rows, _column(frame, column), strict=True):
            value = _value(cell, f"region {code}, column {key!r}", kinds.get(key))
            items.setdefault((key, period), {})[code] = item_of(value, OK)
    if not items:
        found = ", ".join(map(str, frame.columns)) or "no columns"
        msg = (
            "table has no column of numbers to draw, and none of kinds, of which there "
            f"may be {MOST}; it has {found}. Give a column of numbers per indicator, "
            "with region codes as the index."
        )
        raise MapError(msg)
    return items


def _wide_rows(frame: pd.DataFrame) -> list[tuple[str, str]]:
    """Return period (empty where none is stated) and code of each row of a wide table.

    Raises
    ------
    MapError
        If two rows are of one region and period.
    """
    levels = frame.index.names
    codes: Any = frame.index
    periods: Any = frame[PERIOD] if PERIOD in frame else [""] * len(frame)
    # What pandas calls levels of the index: a table that was grouped has both.
    if PERIOD in levels and CODE in levels:
        codes = frame.index.get_level_values(CODE)
        periods = frame.index.get_level_values(PERIOD)
    found = list(zip(map(_time, periods), map(str, codes), strict=True))
    if len(set(found)) < len(found):
        twice = sorted({code for (_, code), n in Counter(found).items() if n > 1})
        msg = (
            f"table has more than one row for {', '.join(twice)}; expected one row per "
            "region and period. Add them up or drop one."
        )
        raise MapError(msg)
    return found


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
        return _place(cell, where, list(kinds))
    if isinstance(cell, str):
        msg = (
            f"table: {where} is {cell!r}; expected a number. Read the sheet with "
            "read_table, convert the column first, or, for a column of kinds, give it "
            "the type 'category'."
        )
        raise MapError(msg)
    if not (is_number(cell) or isinstance(cell, bool | np.bool_)):
        msg = f"table: {where} is {cell!r}; expected a number."
        raise MapError(msg)
    return cell


def _place(cell: object, where: str, kinds: Sequence[str]) -> int | None:
    text = str(cell)
    # An analysis of ours says so of a region that it could not judge.
    unjudged = text == MISSING and text not in kinds
    if unjudged or not text.strip():
        return None
    if text not in kinds:
        msg = f"table: {where} is {cell!r}; expected one of {kinds}."
        raise MapError(msg)
    return kinds.index(text)


def _time(value: Any) -> str:  # noqa: ANN401
    """Return a period in its text form: ``2025-9`` is ``2025-09``."""
    return canonical(value) if _text(value) else ""


def _text(value: Any) -> str:  # noqa: ANN401
    import pandas as pd

    return "" if value is None or pd.isna(value) else str(value)
