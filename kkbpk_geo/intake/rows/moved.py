"""Rows whose cells stand one column too far to the right or to the left.

Why: one cell too many at the beginning (INDONESIA; LAMPUNG; PRINGSEWU ...) puts every
name under the wrong heading. The row is a place all the same: it is told, never taken
for a total, and never read as what its columns say.

In:     the cells below a header, what the columns are. Out: :class:`Moved`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.intake.frames import PLACES
from kkbpk_geo.intake.recognise.columns import Column, Recognised
from kkbpk_geo.io import is_blank, read_each
from kkbpk_geo.regions import is_register_name, province_code, resolve_regions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Cells = NDArray[np.object_]

_FIGURES = ("measure", "quantity", "latitude")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A row that was moved: by how much, and what shows it.

    ``value`` stands under another heading; it belongs into the column ``right``.
    ``district``: the code of the district that the row is about, if that can be said.
    """

    row: int
    way: Literal["right", "left"]
    value: str
    right: Column
    district: str = ""


def moved_rows(cells: Cells, known: Recognised, province: str = "") -> list[Moved]:
    """Find rows whose names of places stand under the heading beside their own.

    One name under a wrong heading may be a slip or a row of the province; two names
    that both fit the neighbouring heading are no accident.
    """
    columns = {c.role: c for c in known.columns if c.role in PLACES}
    found: dict[int, Moved] = {}
    if "kabkota" in columns:
        for each in _by_district(cells, columns["kabkota"]):
            found.setdefault(each.row, each)
    for each in _into_figures(cells, known, columns, province):
        found.setdefault(each.row, each)
    return [found[row] for row in sorted(found)]


def _by_district(cells: Cells, district: Column) -> Iterator[Moved]:
    """Yield rows in which the column of districts shows that names were moved.

    A province stands there with one of its districts behind it, or what is no district
    stands there with a district before it.
    """
    at = district.position
    own = cells[:, at]
    if at + 1 < cells.shape[1]:
        for i in _flagged(own, _is_only_a_province):
            if _is_district_of(cells[i, at + 1], own[i]):
                yield Moved(
                    row=i, way="right", value=as_text(cells[i, at + 1]),
                    right=district,
                    district=_code_of(cells[i, at + 1], own[i]),
                )  # fmt: skip
    if at > 0:
        for i in _flagged(cells[:, at - 1], _is_only_a_district):
            if own[i] != "" and not is_blank(own[i]) and not _is_district(own[i]):
                yield Moved(
                    row=i, way="left", value=as_text(cells[i, at - 1]),
                    right=district,
                )  # fmt: skip


def _into_figures(
    cells: Cells, known: Recognised, columns: Mapping[str, Column], province: str
) -> Iterator[Moved]:
    """Yield rows whose last name of a place stands where others have a figure."""
    names = [columns[role] for role in PLACES if role in columns]
    if not names:
        return
    first, last = names[0], names[-1]
    if last.position + 1 >= cells.shape[1]:
        return
    beside = known.columns[last.position + 1]
    if beside.role not in _FIGURES:
        return
    lettered = _flagged(cells[:, beside.position], _has_letters)
    if not lettered:
        return
    own = "kabkota" in columns
    places = frozenset(read_each(cells[:, last.position], _key)) - {""}
    for i in lettered:
        text = as_text(cells[i, beside.position])
        head = cells[i, first.position]
        # A name that others have in its column, while this row begins with nothing.
        listed = is_register_name(text, province) or _is_district(text)
        named = listed or _key(text) in places
        if named and (head == "" or not _has_letters(head)):
            district = cells[i, columns["kabkota"].position + 1] if own else ""
            yield Moved(
                row=i, way="right", value=text, right=last,
                district=_code_of(district, "") if district else "",
            )  # fmt: skip


def _flagged(cells: NDArray[np.object_], is_it: Callable[[object], bool]) -> list[int]:
    flags = read_each(cells, is_it)
    return [i for i, flag in enumerate(flags) if flag]


def _key(cell: object) -> str:
    return fold_words(cell) if isinstance(cell, str) else ""


def _has_letters(cell: object) -> bool:
    return isinstance(cell, str) and any(map(str.isalpha, cell)) and not is_blank(cell)


def _is_only_a_province(cell: object) -> bool:
    """Whether a cell names a province and no district: Lampung, not Gorontalo."""
    if not _has_letters(cell):
        return False
    text = str(cell)
    return province_code(text) is not None and not _is_district(text)


def _is_only_a_district(cell: object) -> bool:
    if not _has_letters(cell):
        return False
    text = str(cell)
    return province_code(text) is None and _is_district(text)


def _is_district(cell: object) -> bool:
    return _has_letters(cell) and _is_of(str(cell), "")


def _is_district_of(cell: object, province: object) -> bool:
    return _has_letters(cell) and _is_of(str(cell), province_code(str(province)) or "")


def _code_of(cell: object, province: object) -> str:
    """Return the code of the district that a cell names in a province, or ``""``."""
    found = resolve_regions([cell], province=province_code(str(province)))
    certain = found["status"].iloc[0] == "ok"
    return str(found["region_code"].iloc[0]) if certain else ""


@lru_cache(maxsize=10_000)
def _is_of(text: str, province: str) -> bool:
    """Whether a text is a district of a province, or of any; it may name several."""
    found = resolve_regions([text], province=province or None)
    return bool(found["status"].isin(["ok", "ambiguous"]).iloc[0])
