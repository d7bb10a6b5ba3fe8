"""Numbers by region as a caller holds them: Series, mapping, frame of one column.

Why: each function would else take some of them and fall over the others, and a total
would be ranked as a region.

In:     whatever a caller gives for "numbers by region".
Out:    a Series, labels as codes; or RegionError, which says what to call.
Rule:   a total is no region and is refused by name. A code that pandas holds as a
        number (18.1 may have been 18.10) is refused. Names stand for themselves; only a
        map, which knows its regions, turns them into codes (:func:`match_labels`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from kkbpk_geo.base.errors import RegionError
from kkbpk_geo.base.missing import is_number
from kkbpk_geo.regions import fold_name, is_total, resolve_regions, split_kind

if TYPE_CHECKING:
    import pandas as pd

_BY_CODE = (
    "codes such as '18.10' as its index, e.g. pd.Series(values, boundaries.index)"
)


def as_series(given: Any, what: str) -> pd.Series[Any]:  # noqa: ANN401
    """Return numbers by region as a Series.

    Parameters
    ----------
    given : Series, mapping code -> number, or DataFrame of one column
    what : str
        The argument, in the words of the error.

    Raises
    ------
    RegionError
        If it names no regions (a list, an array, a number), is a frame of several
        columns, or one of its rows is a total.

    Examples
    --------
    >>> as_series({"18.01": 3, "18.04": 5}, "values").to_dict()
    {'18.01': 3, '18.04': 5}
    """
    import pandas as pd

    if isinstance(given, pd.DataFrame):
        if given.shape[1] != 1:
            msg = (
                f"{what} has {given.shape[1]} columns "
                f"({', '.join(map(str, given.columns))}); expected one. Choose it: "
                "frame['column']."
            )
            raise RegionError(msg)
        given = given.iloc[:, 0]
    if isinstance(given, Mapping):
        given = pd.Series(dict(given))
    if not isinstance(given, pd.Series):
        msg = (
            f"{what} is a {type(given).__name__}, which does not say whose numbers "
            f"they are; expected a Series with region {_BY_CODE}, or a dict code -> "
            "number."
        )
        raise RegionError(msg)
    check_labels(given.index, what)
    return given


def as_mapping(given: Any) -> Any:  # noqa: ANN401
    """Return a Series as a mapping label -> value; anything else as it is.

    Examples
    --------
    >>> import pandas as pd
    >>> as_mapping(pd.Series({"unmet_need": "worse"}))
    {'unmet_need': 'worse'}
    """
    return given.to_dict() if hasattr(given, "to_dict") else given


def check_labels(labels: Iterable[object], what: str) -> None:
    """Refuse rows that are no regions: totals, and codes that are numbers.

    Rows that are only numbered, from 0 on, have no codes and are as they are.

    Raises
    ------
    RegionError
        Names the row and the remedy.

    Examples
    --------
    >>> check_labels(["Mesuji", "JUMLAH"], "frame")
    Traceback (most recent call last):
    kkbpk_geo.base.errors.RegionError: frame: row 'JUMLAH' is a total, no region; it \
would be counted as one. Leave it out: .drop(index='JUMLAH').
    """
    rows = list(labels)
    numbers = [each for each in rows if is_number(each)]
    if numbers and set(numbers) != set(range(len(rows))):
        _refuse_number(numbers[0], what)
    for each in rows:
        if isinstance(each, str) and is_sum(each):
            msg = (
                f"{what}: row {each!r} is a total, no region; it would be counted as "
                f"one. Leave it out: .drop(index={each!r})."
            )
            raise RegionError(msg)


def _refuse_number(label: object, what: str) -> NoReturn:
    msg = (
        f"{what}: row {label!r} is a number, no region code; codes are text (as a "
        "number 18.10 and 18.1 are the same). Read the column with dtype=str and set "
        "it as the index: .set_index('region_code')."
    )
    raise RegionError(msg)


def is_sum(text: str) -> bool:
    """Whether a label is a total, or a province by that word."""
    kind, _ = split_kind(text)
    return is_total(text) or kind == "Provinsi"


def match_labels(
    labels: Sequence[Any], names: Mapping[str, str], province: str = ""
) -> list[Any]:
    """Return the code of each label that is a region of a map; others as they are.

    Parameters
    ----------
    labels : sequence of n
        Codes, or names: exact, or as :func:`resolve_regions` knows them.
    names : mapping code -> name
        The regions of the map.
    province : str
        Code of their province, where it is known.

    Raises
    ------
    RegionError
        If a label is a number: ``18.1`` may have been 18.10.

    Examples
    --------
    >>> match_labels(["Lampung Barat", "JUMLAH"], {"18.04": "Lampung Barat"}, "18")
    ['18.04', 'JUMLAH']
    """
    numbers = list(filter(is_number, labels))
    if numbers:
        _refuse_number(numbers[0], "table")
    own: dict[str, list[str]] = {}
    for code, name in names.items():
        own.setdefault(fold_name(name), []).append(code)
    known = {each: each for each in (*names, province)}
    for each in dict.fromkeys(filter(_is_text, labels)):
        same = own.get(fold_name(each), ())
        if each not in known and len(same) == 1:
            known[each] = same[0]
    rest = dict.fromkeys(filter(_is_text, labels)).keys() - known.keys()
    asked = sorted(each for each in rest if not is_sum(each))
    if asked:
        found = resolve_regions(asked, province=province or None)["region_code"]
        for each, code in zip(asked, found, strict=True):
            if code in names:
                known[each] = code
    return [_looked_up(known, each) for each in labels]


def _looked_up(known: Mapping[str, str], label: Any) -> Any:  # noqa: ANN401
    """Return the code of a text; what is no text may not even be hashable."""
    return known.get(label, label) if _is_text(label) else label


def _is_text(label: object) -> bool:
    return isinstance(label, str)
