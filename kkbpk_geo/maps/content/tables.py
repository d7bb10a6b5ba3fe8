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
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from kkbpk_geo.base.errors import IntakeError, MapError, RegionError
from kkbpk_geo.base.missing import is_number
from kkbpk_geo.base.periods import canonical
from kkbpk_geo.base.results import Result
from kkbpk_geo.base.words import Words
from kkbpk_geo.catalogue.statuses import statuses
from kkbpk_geo.io import as_pandas
from kkbpk_geo.joining import as_series, match_labels, under_our_headings
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
_NAMED = {NAME, KIND, PARENT, AREA}
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


def as_frame(table: Any, order: Sequence[str] = ()) -> pd.DataFrame:  # noqa: ANN401
    """Return a table as a frame under our headings.

    Parameters
    ----------
    table : DataFrame, Series, mapping, list of numbers or of mappings, or a result
        Of our own results it is the table. A mapping is numbers by region, or columns
        by name. A frame may be of polars, pyarrow … as well.
    order : sequence of str
        The regions in the order of the map, which a list or an array is in.

    Raises
    ------
    MapError
        If it is none of these, or has two columns of one name.
    """
    import pandas as pd

    if isinstance(table, Result):
        table = table.table
    try:
        found = _read(table, list(order))
    except (IntakeError, RegionError) as err:
        raise MapError(str(err)) from None
    if isinstance(found, pd.Series):
        found = found.to_frame("nilai" if found.name is None else found.name)
    if isinstance(found.columns, pd.MultiIndex):
        found = found.set_axis(_column_names(found.columns), axis=1)
    if found.columns.has_duplicates:
        twice = sorted({str(c) for c in found.columns[found.columns.duplicated()]})
        msg = f"table has columns {twice} more than once; rename or drop one of each."
        raise MapError(msg)
    return under_our_headings(found)


def _read(table: Any, order: list[str]) -> Any:  # noqa: ANN401
    """Return a frame or a Series of whatever a caller calls a table."""
    import pandas as pd

    given = as_pandas(table, "table")
    if isinstance(given, pd.DataFrame):
        return given
    if isinstance(given, pd.Series) and given is table:
        return given
    is_scalar = pd.api.types.is_scalar
    if isinstance(given, Mapping) and not all(map(is_scalar, given.values())):
        return _of_columns(given, order)
    if isinstance(given, list | tuple) and given and isinstance(given[0], Mapping):
        return pd.DataFrame(list(given))
    # Arrays and columns of other libraries have dimensions.
    if isinstance(given, list | tuple | Mapping) or hasattr(given, "ndim"):
        return as_series(given, "table", order)
    msg = (
        f"table is a {type(table).__name__}; expected a DataFrame with region codes as "
        "its index, or with the columns region_code, indicator, value. Read a file "
        "with pandas: pd.read_csv(path, dtype={'region_code': str})."
    )
    raise MapError(msg)


def _of_columns(given: Mapping[Any, Any], order: list[str]) -> pd.DataFrame:
    """Return columns by name as a frame; lists as long as the map are in its order."""
    import pandas as pd

    lists = [each for each in given.values() if isinstance(each, list | tuple)]
    sizes = set(map(len, lists))
    if len(sizes) > 1:
        msg = f"table has columns of {sorted(sizes)} cells; expected as many in each."
        raise RegionError(msg)
    frame = pd.DataFrame(dict(given))
    named = CODE in frame or any(map(_is_text_column, frame.columns, repeat(frame)))
    if len(frame) == len(order) and len(lists) == len(given) and not named:
        return frame.set_axis(order)
    return frame


def _is_text_column(name: Any, frame: pd.DataFrame) -> bool:  # noqa: ANN401
    return any(isinstance(cell, str) for cell in frame[name])


def _column_names(columns: pd.MultiIndex) -> list[str]:
    """Return columns of several levels by the parts of their names that differ."""
    levels = [
        level
        for level in range(columns.nlevels)
        if columns.get_level_values(level).nunique() > 1
    ]
    kept = levels or [columns.nlevels - 1]
    parts = zip(*(columns.get_level_values(level) for level in kept), strict=True)
    return [" ".join(filter(None, map(str, each))) for each in parts]


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
            codes = match(table[CODE].tolist())
            return table.reset_index(drop=True).assign(**{CODE: codes})
        if isinstance(table.index, pd.MultiIndex):
            return table
        column = _column_of_names(table, names, match)
        if column is not None:
            codes = match(table[column].tolist())
            rest: pd.DataFrame = table.drop(columns=column)
            return rest.assign(**{CODE: codes})
        _refuse_numbered(table)
        return table.set_axis(match(table.index.tolist()), axis=0)
    except RegionError as err:
        raise MapError(str(err)) from None


def _refuse_numbered(table: pd.DataFrame) -> None:
    """Refuse rows that have numbers only, where no column names regions either."""
    rows = list(table.index)
    if rows and rows == list(range(len(rows))):
        msg = (
            "table has row numbers as its index, and no column of it names the "
            "regions of the map. Set the column of their codes or names as the index: "
            ".set_index('region_code'); kkbpk_geo.resolve_regions turns names into "
            "codes."
        )
        raise MapError(msg)


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
        # Of the caller's own numbers under such a name nothing is drawn either.
        own = str(column) in _NAMED and not hasattr(table, "geometry")
        numbers = _holds_numbers(table[column])
        if (own and numbers) or (str(column) not in besides and not numbers):
            found.append(str(column))
    return found


def _holds_numbers(cells: pd.Series[Any]) -> bool:
    """Whether a column is drawn unasked: numbers, whatever type pandas gives them."""
    import pandas as pd

    if pd.api.types.is_object_dtype(cells):
        # A cell that holds a list does not make a column of text; it is refused later.
        known = list(filter(pd.api.types.is_scalar, _known(cells)))
        return len(known) > 0 and all(map(is_number, known))
    if isinstance(cells.dtype, pd.CategoricalDtype):
        # A few are kinds; numbers of many kinds are numbers that were packed so.
        categories = cells.cat.categories
        return len(categories) > MOST and pd.api.types.is_numeric_dtype(categories)
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
        raise MapError(_why_nothing(frame))
    return items


def _why_nothing(frame: pd.DataFrame) -> str:
    """Say why nothing of a wide table can be drawn, and what would be."""
    for column in frame.columns:
        if _is_yes_no(frame[column]):
            return (
                f"table: column {str(column)!r} holds yes and no, which are drawn when "
                f"they are asked for: indicators=[{str(column)!r}]."
            )
        texts = [cell for cell in frame[column] if isinstance(cell, str)]
        if texts and any(map(str.isdigit, texts[0])):
            return (
                f"table: column {str(column)!r} holds texts such as {texts[0]!r}, "
                "which are no numbers: 1.234 may be a thousand. Convert it with "
                "pd.to_numeric, or read the sheet with kkbpk_geo.read_table."
            )
    found = ", ".join(map(str, frame.columns)) or "no columns"
    return (
        "table has no column of numbers to draw, and none of kinds, of which there "
        f"may be {MOST}; it has {found}. Give a column of numbers per indicator, "
        "with region codes as the index."
    )


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
