"""Who is next to whom, as a caller holds it: a mapping, a table, a graph of libpysal.

Why: the 0 and 1 of a table of neighbours were taken for codes, and every region became
an island.

In:     what stands for "neighbours". Out: a mapping code -> codes, or JoinError.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import JoinError

if TYPE_CHECKING:
    import pandas as pd


def as_neighbours(given: Any) -> Mapping[str, Sequence[str]]:  # noqa: ANN401
    """Return who is next to whom as a mapping code -> codes.

    Parameters
    ----------
    given : mapping, square DataFrame of weights, or libpysal ``W`` or ``Graph``
        Of a frame every cell above 0 is a neighbour; rows and columns are the codes.

    Raises
    ------
    JoinError
        If it is none of these, its rows and columns differ, or it names a neighbour
        that has no entry of its own.

    Examples
    --------
    >>> import pandas as pd
    >>> as_neighbours(pd.DataFrame([[0, 1], [1, 0]], list("ab"), list("ab")))
    {'a': ('b',), 'b': ('a',)}
    """
    import pandas as pd

    if isinstance(given, pd.DataFrame):
        return _from_table(given)
    if isinstance(given, Mapping):
        return _known(given)
    if isinstance(beside := getattr(given, "neighbors", None), Mapping):
        return _known({key: tuple(each) for key, each in beside.items()})
    msg = (
        f"neighbours is a {type(given).__name__}; expected a mapping code -> codes, as "
        "kkbpk_geo.neighbours(boundaries) gives it, a square table of 0 and 1, or a W "
        "or Graph of libpysal."
    )
    raise JoinError(msg)


def _from_table(table: pd.DataFrame) -> Mapping[str, Sequence[str]]:
    if set(table.index) != set(table.columns):
        odd = sorted(map(str, set(table.index) ^ set(table.columns)))
        msg = (
            f"neighbours is a table whose rows and columns differ in {odd[:6]}; "
            "expected the same region codes on both."
        )
        raise JoinError(msg)
    found = {}
    for code, row in table.iterrows():
        beside = row[row.fillna(0) > 0].index
        found[str(code)] = tuple(str(each) for each in beside if each != code)
    return found


def _known(given: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Refuse a neighbour that is no region of the mapping; a text is refused later."""
    for code, beside in given.items():
        if isinstance(beside, str) or not isinstance(beside, Iterable):
            continue
        odd = [each for each in beside if each not in given]
        if odd:
            msg = (
                f"neighbours of {code!r} names {odd}, which has no entry of its own; "
                "compute it with kkbpk_geo.neighbours(boundaries)."
            )
            raise JoinError(msg)
    return given
