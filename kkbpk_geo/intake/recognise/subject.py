"""What is said around a column: titles, names of sheet and file, headings, texts.

Why: PIL under PERSEDIAAN is a stock and BKB beside "Memiliki Balita" are families. A
heading by itself does not say so; what stands around it does.

In:     titles, names, paths of headings; cells of the sheet.
Out:    :class:`Around`, asked by :mod:`kkbpk_geo.intake.recognise.headings`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.headings import as_said, find_said, words
from kkbpk_geo.io import Cell, is_blank

_LOOKED_AT = 300  # cells; more do not change what a column is
_MOST_TEXTS = 12  # kinds of data and units are few; more are remarks
_NONE_OR_ONE = frozenset(["0", "1", "0.0", "1.0", "0,0", "1,0"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is said around the columns of a sheet.

    Attributes
    ----------
    names : str
        Titles, and the names of the sheet and the file, as :func:`as_said` makes them.
    paths : tuple of str, one per column
        The headings over each column, likewise.
    ones : frozenset of int
        Positions of the columns that hold nothing but 0 and 1.
    """

    names: str = " "
    paths: tuple[str, ...] = ()
    ones: frozenset[int] = frozenset()

    def named(self, position: int, subject: str) -> str:
        """Return the word of a subject that titles, names or own headings say."""
        own = self.paths[position] if self.paths else " "
        return find_said(self.names, subject) or find_said(own, subject)

    def beside(self, position: int, subject: str) -> str:
        """Return the word of a subject that another heading says."""
        for other, path in enumerate(self.paths):
            if other != position and (word := find_said(path, subject)):
                return word
        return ""


def look_around(
    titles: Sequence[str],
    names: Sequence[str],
    paths: Sequence[Sequence[str]],
    columns: Sequence[Iterable[Cell]] = (),
) -> Around:
    """Gather what is said around the columns of a sheet.

    Parameters
    ----------
    titles, names : sequence of str
        Lines above the table; names of the sheet and the file.
    paths : sequence of sequence of str
        The headings over each column.
    columns : sequence of iterables of cells
        What stands below; a unit (SATUAN: blister) says what is counted.
    """
    said = [as_said(" ".join(path)) for path in paths]
    ones = set()
    for position, cells in enumerate(columns):
        first = list(islice((c for c in cells if not is_blank(c)), _LOOKED_AT))
        # Most columns are none after a few cells; of the others every cell is seen.
        if first and _only_ones(first) and _only_ones(cells):
            ones.add(position)
        if _states(paths[position]):
            said[position] += as_said(" ".join(_few_texts(first)))
    return Around(
        names=as_said(" ".join([*titles, *names])),
        paths=tuple(said),
        ones=frozenset(ones),
    )


def _only_ones(cells: Iterable[Cell]) -> bool:
    """Whether there is nothing but 0, 1 and blanks."""
    filled = {as_text(cell) for cell in set(cells) if not is_blank(cell)}
    return filled <= _NONE_OR_ONE


def _states(path: Sequence[str]) -> bool:
    """Whether the texts of a column say what the figures beside it are."""
    return bool(path) and fold_words(path[-1]) in words("stating")


def _few_texts(cells: Iterable[Cell]) -> list[str]:
    texts = list(dict.fromkeys(map(as_text, cells)))
    return texts if len(texts) <= _MOST_TEXTS else []
