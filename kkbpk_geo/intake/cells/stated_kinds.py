"""Whether a bare name is a kabupaten's or a kota's, where the table says so.

Why: statistics write "Kabupaten" and "Kota" once, above the rows of each; others give
the kota a column of their own, or the kind a column. The name beside it is bare.

In:     the cells of the place columns. Out: names, a kind per row, the rows above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.io import Cell, read_each
from kkbpk_geo.regions import stated_kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Kinds:
    """Kinds of n rows ("" where nothing states one) and the rows that only state one.

    ``names``: the names of kabupaten and kota together.
    """

    names: list[str]
    kinds: list[str]
    sections: Flags


def kind_column(columns: Sequence[Sequence[Cell]], usable: Flags) -> Sequence[Cell]:
    """Return the first column that says nothing but kinds; empty if there is none."""
    rows = np.flatnonzero(usable).tolist()
    for cells in columns:
        first = next((cells[i] for i in rows if cells[i] != ""), "")
        # One cell spares most columns the reading of all of them.
        if not (isinstance(first, str) and stated_kind(first)):
            continue
        used = {str(cells[i]) for i in rows if cells[i] != ""}
        if all(map(stated_kind, used)):
            return cells
    return ()


def read_kinds(
    names: Sequence[str],
    kota: Sequence[str],
    column: Sequence[Cell],
    usable: Flags,
) -> Kinds:
    """Read what the table says of the kind of each row.

    Parameters
    ----------
    names : n texts of the column of kabupaten (or of both)
    kota : n texts of a column of kota beside it, or none
    column : n cells that state a kind, or none
    usable : array of bool, n rows
    """
    n = len(names)
    whole, kinds = list(names), [""] * n
    rows = np.flatnonzero(usable).tolist()
    # A row with both names would be of two districts: then KOTA is something else.
    if kota and not any(names[i] and kota[i] for i in rows):
        for i in rows:
            filled = {"Kota": kota[i], "Kabupaten": names[i]}
            kinds[i] = next((kind for kind, name in filled.items() if name), "")
            whole[i] = names[i] or _as_kota(kota[i])
    elif column:
        kinds = read_each(column, lambda cell: stated_kind(str(cell)))
    sections = np.zeros(n, dtype=bool)
    said = read_each(whole, stated_kind)
    if any(said):
        above = ""
        for i in rows:
            sections[i] = bool(said[i])
            above = said[i] or above
            kinds[i] = kinds[i] or above
    return Kinds(whole, kinds, sections)


def _as_kota(name: str) -> str:
    """Return the name of a kota with its kind, as other columns write it."""
    bare = name.casefold().startswith("kota ") or not name
    return name if bare else f"Kota {name}"
