"""Numbers and words by region as a caller holds them: frames, columns, mappings, lists.

Why: each function would else take some of them and fall over the others, and a total
would be ranked as a region.

In:     whatever a caller gives for "numbers by region" or "a value for each name".
Out:    a Series or a frame whose index are the regions; a dict; or an error of the
        family that says what to call.
Rule:   nothing is guessed: rows of several periods or indicators are asked which, and a
        list stands for regions only where the call knows their order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from kkbpk_geo.base.errors import IndicatorError, RegionError
from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.base.periods import canonical
from kkbpk_geo.base.text import as_text
from kkbpk_geo.intake import known_fields
from kkbpk_geo.io import as_pandas
from kkbpk_geo.joining.given.labels import check_labels

if TYPE_CHECKING:
    import pandas as pd

CODE, PERIOD = "region_code", "period"
# What a table has at the least that has a row per region and indicator.
KEYS = (CODE, "indicator", "value")
# Our heading -> what the catalogue of headings calls it.
_HEADINGS = {CODE: "code_kemendagri", "indicator": "indicator", PERIOD: "period"}
_VALUES = ("nilai", "values")
_BY_CODE = (
    "codes such as '18.10' as its index, e.g. pd.Series(values, boundaries.index)"
)
# A frame with these has a row per indicator; its numbers are of several things.
_TIDY = {"indicator", "value"}
# What the catalogue of headings calls a column of kabupaten and kota.
_PLACES = {"code_kemendagri", "kabkota"}
_PAIR = 2


def as_series(given: Any, what: str, order: Sequence[str] = ()) -> pd.Series[Any]:  # noqa: ANN401
    """Return numbers by region as a Series.

    Parameters
    ----------
    given : Series, mapping code -> number, or frame of one column of numbers
        The regions may be its index or a column (``region_code``, KABUPATEN). Frames
        may be of polars, pyarrow … as well.
    what : str
        The argument, in the words of the error.
    order : sequence of str
        The regions in the order of the map, where the call knows it: a list or an
        array of as many numbers is in this order.

    Raises
    ------
    RegionError
        If it names no regions (a list, an array, a number), is a frame of several
        columns, or one of its rows is a total.

    Examples
    --------
    >>> as_series({"18.01": 3, "18.04": 5}, "values").to_dict()
    {'18.01': 3, '18.04': 5}
    >>> as_series([3, 5], "values", ["18.01", "18.04"]).to_dict()
    {'18.01': 3, '18.04': 5}
    """
    import pandas as pd

    read = as_pandas(_records(given), what)
    if isinstance(read, Mapping):
        read = pd.Series(dict(read))
    elif isinstance(read, pd.DataFrame):
        read = _only_column(as_region_frame(read, what), what)
    elif isinstance(read, pd.Series) and read is not given:
        # A column of another library: its rows have no names.
        read = read.tolist()
    if not isinstance(read, pd.Series):
        read = _in_order(read, what, order)
    elif order and _is_numbered(read.index) and len(read) == len(order):
        read = read.set_axis(list(order))
    if isinstance(read.index, pd.MultiIndex):
        read = read.set_axis(_one_level(read.index, what))
    check_labels(read.index, what)
    return read


def as_region_frame(given: Any, what: str) -> pd.DataFrame:  # noqa: ANN401
    """Return numbers by region and name as a frame whose index are the regions.

    Parameters
    ----------
    given : DataFrame, Series, mapping name -> column, list of mappings
        The regions may be its index or a column (``region_code``, KABUPATEN). Frames
        may be of polars, pyarrow … as well.
    what : str
        The argument, in the words of the error.

    Raises
    ------
    RegionError
        If it is none of these, its regions stand twice, or its rows are of several
        indicators or periods.

    Examples
    --------
    >>> import pandas as pd
    >>> own = pd.DataFrame({"KABUPATEN": ["Mesuji"], "air": [5]})
    >>> as_region_frame(own, "frame")["air"].to_dict()
    {'Mesuji': 5}
    """
    import pandas as pd

    frame = as_pandas(_records(given), what)
    if isinstance(frame, Mapping):
        frame = pd.DataFrame(dict(frame))
    if isinstance(frame, pd.Series):
        frame = frame.to_frame("value" if frame.name is None else frame.name)
    if not isinstance(frame, pd.DataFrame):
        msg = (
            f"{what} is a {type(given).__name__}; expected a DataFrame, one row per "
            f"region: pd.DataFrame({{'name': values}}, boundaries.index)."
        )
        raise RegionError(msg)
    if isinstance(frame.columns, pd.MultiIndex):
        frame = frame.set_axis(_one_level(frame.columns, what, axis="columns"), axis=1)
    frame = _with_regions(frame, what)
    if isinstance(frame.index, pd.MultiIndex):
        frame = frame.set_axis(_one_level(frame.index, what))
    # Shapes are of the map, and no numbers.
    shapes = [name for name in frame.columns if str(frame[name].dtype) == "geometry"]
    return pd.DataFrame(frame.drop(columns=shapes)) if shapes else frame


def as_tidy(given: Any, what: str) -> pd.DataFrame:  # noqa: ANN401
    """Return a table with a row per region, indicator and period under our headings.

    Parameters
    ----------
    given : DataFrame, or list of mappings
        Columns or levels of the index: ``region_code, indicator, value``, where known
        ``period``; also as an office calls them (KODE, INDIKATOR, NILAI, TAHUN, BULAN).
    what : str
        The argument, in the words of the error.

    Raises
    ------
    IndicatorError
        If a column is absent; names those that are there.

    Examples
    --------
    >>> row = {"region_code": "18.11", "INDIKATOR": "air", "NILAI": 5, "TAHUN": 2025}
    >>> as_tidy([row], "table").iloc[0].to_dict()
    {'region_code': '18.11', 'indicator': 'air', 'value': 5, 'period': '2025'}
    """
    import pandas as pd

    frame = as_pandas(_records(given), what)
    if not isinstance(frame, pd.DataFrame):
        msg = (
            f"{what} is a {type(given).__name__}; expected a table with the columns "
            f"{', '.join(KEYS)}, as kkbpk_geo.compute_indicators gives it."
        )
        raise IndicatorError(msg)
    frame = under_our_headings(frame)
    absent = [name for name in KEYS if name not in frame]
    if absent:
        msg = (
            f"{what} has no column {', '.join(absent)}; expected {', '.join(KEYS)}, as "
            "kkbpk_geo.compute_indicators gives them. It has "
            f"{', '.join(map(str, frame.columns)) or 'none'}."
        )
        raise IndicatorError(msg)
    return frame if PERIOD in frame else frame.assign(**{PERIOD: ""})


def under_our_headings(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose periods, and in a tidy one whose keys, have our names.

    Levels of the index that have a name become columns.

    Examples
    --------
    >>> import pandas as pd
    >>> own = pd.DataFrame({"air": [1, 2], "TAHUN": [2024, 2025], "BULAN": ["Mei", 6]})
    >>> under_our_headings(own)["period"].tolist()
    ['2024-05', '2025-06']
    """
    if CODE in frame.columns:
        _refuse_two_codes(frame, "table")
    if frame.index.nlevels > 1 or set(frame.index.names) & {PERIOD, *KEYS}:
        frame = _index_as_columns(frame)
    fields = {column: known_fields(str(column)) for column in frame.columns}
    return _with_periods(_with_keys(frame, fields), fields)


def _with_keys(
    frame: pd.DataFrame, fields: Mapping[Any, Collection[str]]
) -> pd.DataFrame:
    """Return a tidy frame under our headings; any other one as it is."""
    renamed: dict[Any, str] = {}
    for ours, field in _HEADINGS.items():
        column = None if ours in frame else _called(fields, field)
        if column is not None:
            renamed[column] = ours
    values = [column for column in frame.columns if str(column).casefold() in _VALUES]
    if "value" not in frame and len(values) == 1:
        renamed[values[0]] = "value"
    # An own column may be called indikator; a tidy table has its values beside it.
    here = {*frame.columns, *renamed.values()}
    return frame.rename(columns=renamed) if here >= _TIDY else frame


def _with_periods(
    frame: pd.DataFrame, fields: Mapping[Any, Collection[str]]
) -> pd.DataFrame:
    """Return a frame with a column of periods, from those of years and months."""
    year, month = _called(fields, "year"), _called(fields, "month")
    stated = _called(fields, "period")
    if PERIOD not in frame and stated in frame:
        return frame.rename(columns={stated: PERIOD})
    if PERIOD in frame or year is None:
        return frame
    months = [""] * len(frame) if month is None else frame[month].tolist()
    periods = list(map(_time, frame[year].tolist(), months))
    rest = frame.drop(columns=[year] if month is None else [year, month])
    return rest.assign(**{PERIOD: periods})


def _time(year: object, month: object) -> str:
    """Return the period of a year and a month, where there is one."""
    parts = [_plain(each) for each in (month, year) if not is_missing(each)]
    return canonical(" ".join(filter(None, parts)))


def _plain(cell: object) -> str:
    """Return a year or a month as text; a column with gaps holds 2025.0."""
    return as_text(cell).removesuffix(".0")


def _called(fields: Mapping[Any, Collection[str]], field: str) -> Any:  # noqa: ANN401
    """Return the first column that the catalogue calls so, None where there is none."""
    return next((column for column, known in fields.items() if field in known), None)


def _index_as_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose named levels of the index are columns, each once."""
    absent = [n for n in frame.index.names if n is not None and n not in frame]
    kept: pd.DataFrame = frame.reset_index(level=absent)
    return kept.reset_index(drop=True)


def as_mapping(given: Any, what: str = "weights") -> dict[str, Any]:  # noqa: ANN401
    """Return a value for each name as a dict; nothing (None) is an empty one.

    Parameters
    ----------
    given : mapping, Series, frame of one column, or of names and values
    what : str
        The argument, in the words of the error.

    Raises
    ------
    IndicatorError
        If it does not say for which name a value is.

    Examples
    --------
    >>> import pandas as pd
    >>> as_mapping(pd.Series({"unmet_need": "worse"}))
    {'unmet_need': 'worse'}
    """
    import pandas as pd

    if given is None:
        return {}
    if isinstance(given, Mapping):
        return dict(given)
    read = as_pandas(given, what)
    if isinstance(read, pd.DataFrame):
        if read.shape[1] == _PAIR and _is_numbered(read.index):
            read = read.set_index(read.columns[0])
        if read.shape[1] == 1:
            read = read.iloc[:, 0]
    if not isinstance(read, pd.Series) or _is_numbered(read.index):
        msg = (
            f"{what} is a {type(given).__name__}, which does not say for which name "
            "each value is; expected a dict name -> value, or a Series with the names "
            "as its index."
        )
        raise IndicatorError(msg)
    return dict(zip(map(str, read.index), read.tolist(), strict=True))


def _records(given: Any) -> Any:  # noqa: ANN401
    """Return records as a frame, anything else as it is."""
    import pandas as pd

    is_list = isinstance(given, list | tuple) and len(given) > 0
    if is_list and all(isinstance(each, Mapping) for each in given):
        return pd.DataFrame(list(given))
    return given


def _is_numbered(index: pd.Index) -> bool:
    """Whether rows have only the numbers that pandas gives them."""
    return list(index) == list(range(len(index)))


def _in_order(given: Any, what: str, order: Sequence[str]) -> pd.Series[Any]:  # noqa: ANN401
    """Return a list of numbers by the regions of the map, if the call knows them."""
    import pandas as pd

    is_list = isinstance(given, list | tuple | np.ndarray | pd.Index)
    if is_list and np.ndim(given) == 1 and len(given) == len(order):
        return pd.Series(list(given), list(order))
    whose = ", which does not say whose numbers they are"
    if is_list and order and np.ndim(given) == 1:
        whose = f" of {len(given)} numbers, where the map has {len(order)} regions"
    msg = (
        f"{what} is a {type(given).__name__}{whose}; expected a Series with region "
        f"{_BY_CODE}, or a dict code -> number."
    )
    raise RegionError(msg)


def _only_column(frame: pd.DataFrame, what: str) -> pd.Series[Any]:
    """Return the one column of numbers of a frame."""
    if frame.shape[1] != 1:
        msg = (
            f"{what} has {frame.shape[1]} columns "
            f"({', '.join(map(str, frame.columns))}); expected one. Choose it: "
            "frame['column']."
        )
        raise RegionError(msg)
    return frame.iloc[:, 0]


def _with_regions(frame: pd.DataFrame, what: str) -> pd.DataFrame:
    """Return a frame with the regions as its index, from the column that has them."""
    if set(map(str, frame.columns)) >= _TIDY:
        found = list(map(str, dict.fromkeys(frame["indicator"])))
        msg = (
            f"{what} has a row per region and indicator ({', '.join(found[:6])}). Lay "
            "them side by side first: kkbpk_geo.wide_indicators(frame, period=...)."
        )
        raise RegionError(msg)
    if CODE in frame.columns:
        _refuse_two_codes(frame, what)
        return frame.set_index(CODE)
    if not _is_numbered(frame.index):
        return frame
    for column in frame.columns:
        if known_fields(str(column)) & _PLACES:
            return frame.set_index(column)
    return frame


def _refuse_two_codes(frame: pd.DataFrame, what: str) -> None:
    """Refuse an index and a column of codes that do not say the same."""
    if CODE not in frame.index.names or frame.index.nlevels > 1:
        return
    differs = frame.index.astype(object) != frame[CODE].astype(object).to_numpy()
    if differs.any():
        row = frame.index[int(np.flatnonzero(differs)[0])]
        msg = (
            f"{what}: row {row!r} has region_code {frame[CODE][row]!r} in a column and "
            "another as its index. Leave one out: .drop(columns='region_code')."
        )
        raise RegionError(msg)


def _one_level(index: Any, what: str, axis: str = "index") -> Any:  # noqa: ANN401
    """Return the level that names the rows (or columns) where the others say one thing.

    Raises
    ------
    RegionError
        If another level has several values: which of them is asked for is not known.
    """
    rows = axis == "index"
    names = list(index.names)
    # Periods stand outside and regions inside, if no level is called after them.
    own = names.index(CODE) if rows and CODE in names else index.nlevels - 1
    for level in range(index.nlevels):
        held = index.get_level_values(level).unique()
        if level == own or len(held) == 1:
            continue
        called = names[level] if names[level] is not None else level
        choose = f"level={called!r}" + ("" if rows else ", axis=1")
        msg = (
            f"{what} has {len(held)} values of {called!r} in its {axis} "
            f"({', '.join(map(str, held[:6]))}). Choose one: "
            f".xs({held[0]!r}, {choose})."
        )
        raise RegionError(msg)
    return index.get_level_values(own)
