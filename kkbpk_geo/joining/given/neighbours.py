"""Who is next to whom, as a caller holds it: a mapping, a table, a graph of libpysal.

Why: the 0 and 1 of a table of neighbours were taken for codes, and every region became
an island.

In:     what stands for "neighbours". Out: a mapping code -> codes, or JoinError.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import JoinError
from kkbpk_geo.io import as_pandas
from kkbpk_geo.regions import neighbours

if TYPE_CHECKING:
    import pandas as pd

_PAIR = 2


def as_neighbours(given: Any) -> Mapping[str, Sequence[str]]:  # noqa: ANN401
    """Return who is next to whom as a mapping code -> codes.

    Parameters
    ----------
    given : mapping, frame, boundaries, or libpysal ``W`` or ``Graph``
        A square frame of weights, whose rows and columns are the codes: every cell
        above 0 is a neighbour. A frame of pairs: two columns of codes, a row for each
        pair, as ``Graph.adjacency`` has them in its index. A Series of lists. Of
        boundaries those that share an edge.

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

    if hasattr(given, "geom_type"):
        return neighbours(given)
    given = as_pandas(given, "neighbours")
    if isinstance(given, pd.DataFrame):
        return _from_frame(given)
    if isinstance(given, pd.Series):
        return _from_series(given)
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


def _from_frame(frame: pd.DataFrame) -> Mapping[str, Sequence[str]]:
    """Read a square table, or pairs."""
    texts = [name for name in frame.columns if _is_codes(frame[name])]
    # Frames of other libraries have no index: the codes stand in a column of theirs.
    if len(texts) == 1 and frame.shape[1] == len(frame) + 1:
        return _from_table(frame.set_index(texts[0]))
    if len(texts) == _PAIR and not set(frame.index) & set(frame.columns):
        return _from_pairs(frame[texts[0]], frame[texts[1]])
    return _from_table(frame)


def _is_codes(cells: pd.Series[Any]) -> bool:
    return bool(len(cells)) and all(isinstance(cell, str) for cell in cells)


def _from_series(series: pd.Series[Any]) -> Mapping[str, Sequence[str]]:
    """Read lists by region, or the adjacency of a graph: pairs in two levels."""
    if series.index.nlevels != _PAIR:
        return _known(series.to_dict())
    # What a graph holds of a region without neighbours is a pair with itself, at 0.
    level = series.index.get_level_values
    focal, other = level(0), level(1)
    known = _from_pairs(focal[series > 0], other[series > 0])
    return {str(code): known.get(str(code), ()) for code in dict.fromkeys(focal)}


def _from_pairs(
    focal: Iterable[object], other: Iterable[object]
) -> dict[str, tuple[str, ...]]:
    """Return who is beside whom; a pair holds both ways."""
    found: dict[str, dict[str, None]] = {}
    for one, two in zip(map(str, focal), map(str, other), strict=True):
        found.setdefault(one, {})[two] = None
        found.setdefault(two, {})[one] = None
    for code, beside in found.items():
        beside.pop(code, None)
    return {code: tuple(beside) for code, beside in found.items()}


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
