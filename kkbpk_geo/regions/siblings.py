"""One name, two districts: what the other names of a column say about a bare one.

Why: Blitar may be the kabupaten or the kota. Where the same column writes "KOTA BLITAR"
it is the kabupaten; a name alone says nothing. Layers and tables reason alike, here.

In:     the names of one column and what :func:`resolve_regions` makes of each.
Out:    codes of the names that their neighbours settle.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TYPE_CHECKING

from kkbpk_geo.regions.names import fold_name, kind_words
from kkbpk_geo.regions.register import region

if TYPE_CHECKING:
    import pandas as pd

SAME_NAME = "region_reason_same_name"
PROVINCE_NAME = "region_reason_province_name"
# Kota of other names that a column must mark before a bare name beside them is taken
# for the kabupaten: one may be chance, and nothing may stand against it.
_HABIT = 2


def codes_shown(suggestions: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of suggestions that are a kabupaten or kota.

    Examples
    --------
    >>> codes_shown(("75 Gorontalo", "75.01 Kabupaten Gorontalo"))
    ('75.01',)
    """
    codes = (text.partition(" ")[0] for text in suggestions)
    return tuple(code for code in codes if "." in code)


def of_kind(codes: Iterable[str], kind: str) -> tuple[str, ...]:
    """Return the codes whose region is of a kind: ``Kabupaten`` or ``Kota``."""
    return tuple(code for code in codes if region(code).kind == kind)


def left_over(
    found: pd.DataFrame, reasons: Iterable[str] = (SAME_NAME,)
) -> dict[Hashable, str]:
    """Settle names of several regions: what the others are, this one is not.

    Parameters
    ----------
    found : DataFrame
        What :func:`resolve_regions` says of the names of one column.
    reasons : iterable of str
        Of which ambiguous names.

    Returns
    -------
    dict
        Index of ``found`` -> code, for names of which one region is left.
    """
    taken = set(found["region_code"].dropna())
    settled = {}
    for at, codes in _vague(found, reasons):
        left = set(codes) - taken
        if len(left) == 1:
            settled[at] = left.pop()
    return settled


def by_habit(
    found: pd.DataFrame, reasons: Iterable[str] = (SAME_NAME,)
) -> dict[Hashable, str]:
    """Settle bare names in a column that says ``Kota`` of every kota, and only of them.

    Where the kota of that name has no row, its neighbours still show how the column
    writes: at least two kota are marked, none stands bare, and no kabupaten is marked.
    """
    known = found[found["status"] == "ok"]
    marks = {"Kota": 0, "Kabupaten": 0}
    for name, code in zip(known["value"], known["region_code"], strict=True):
        unit = region(str(code))
        says_kind = fold_name(str(name)) != fold_name(unit.bare)
        if unit.kind == "Kota" and not says_kind:
            return {}
        # An alias or a code is no mark; a word for the kind is.
        if says_kind and _states(str(name), unit.kind):
            marks[unit.kind] += 1
    if marks["Kabupaten"] or marks["Kota"] < _HABIT:
        return {}
    settled = {}
    for at, codes in _vague(found, reasons):
        plain = of_kind(codes, "Kabupaten")
        if len(plain) == 1:
            settled[at] = plain[0]
    return settled


def _states(name: str, kind: str) -> bool:
    """Whether a name begins or ends with a word for its kind."""
    key = fold_name(name)
    return any(key.startswith(w) or key.endswith(w) for w in kind_words(kind))


def _vague(
    found: pd.DataFrame, reasons: Iterable[str]
) -> Iterator[tuple[Hashable, tuple[str, ...]]]:
    """Yield the rows whose name is vague, and the codes that it may mean."""
    vague = found[found["reason"].isin(list(reasons))]
    for at, shown in vague["suggestions"].items():
        yield at, codes_shown(shown)
