"""No word about persons: what a table does not need for sure is not kept at all.

Why: offices add KETUA, NARAHUBUNG, a column without a heading. In a list, a column is
kept as text only if it is known to hold no person; in a table of counts by place, where
an unknown column is rarely one of names, its heading and its cells decide.

In:     an open sheet, its kind. Out: the sheet without columns and cells about persons,
        each told by its heading and its count, never by a value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kkbpk_geo.base.text import fold_words
from kkbpk_geo.catalogue.headings import may_name_persons, words
from kkbpk_geo.intake.cells.periods import DATES
from kkbpk_geo.intake.cells.persons import (
    are_kinds,
    are_names,
    leads_to_a_person,
    looks_like_a_name,
    masked_place,
    may_be_a_name,
    names_a_person,
)
from kkbpk_geo.intake.cells.places import CODES
from kkbpk_geo.intake.cells.values import content_of
from kkbpk_geo.intake.frames import PLACES
from kkbpk_geo.intake.kinds.kind import Kind
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.recognise.columns import UNKNOWN, Column
from kkbpk_geo.intake.recognise.phases import MEASURES
from kkbpk_geo.io import (
    Cell,
    is_about_a_person,
    may_reach_a_person,
    read_each,
    without_persons,
)

PERSONAL = "personal_data_dropped"
UNCERTAIN = "column_dropped_unknown"
_POINT = ("latitude", "longitude")
# Columns of figures are searched for persons once they are numbers: see read_figures.
_FIGURES = frozenset(["measure", "quantity", "percent", *_POINT, *DATES, *MEASURES])
_TEXTS = frozenset([UNKNOWN, "keep", "registration", "training"])
# Where these are, a point is that of an office and not of a home.
_OF_OFFICES = frozenset(["facility_name", "registration"])


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is left of a column: its cells, None for none; what was taken, and why."""

    cells: list[Cell] | None
    count: int = 0
    code: str = PERSONAL
    withheld: bool = False


def drop_persons(sheet: OpenSheet, kind: Kind) -> OpenSheet:
    """Take out columns and cells about persons; count them in findings."""
    sheet = _without_read_as_headings(sheet)
    judge = _judge_of(sheet, kind)
    cells, columns = sheet.cells.copy(), list(sheet.known.columns)
    told = []
    for column in sheet.known.columns:
        left = judge(column, sheet.column(column))
        if left.count:
            told.append(sheet.find(left.code, None, column, count=left.count))
            cells[:, column.position] = "" if left.cells is None else left.cells
        if left.cells is None:
            columns[column.position] = replace(column, role="drop", why="")
        elif left.withheld:
            columns[column.position] = replace(column, withheld=True)
    known = replace(sheet.known, columns=tuple(columns))
    return replace(sheet, cells=cells, known=known).told(told)


def _judge_of(sheet: OpenSheet, kind: Kind) -> Callable[[Column, list[Cell]], _Kept]:
    """Return what judges the columns of a sheet."""
    columns = sheet.known.columns
    offices = any(column.what in _OF_OFFICES for column in columns)
    homes = kind.of_persons and not offices
    if kind.unknown_texts == "dropped":
        return partial(_judged, homes=homes, texts=_of_list)
    beside = kind.unknown_texts == "of_known_words"
    beside = beside or any(column.role == "drop" for column in columns)
    texts = partial(_of_counts, beside=beside)
    return partial(_judged, homes=homes, texts=texts)


def _judged(
    column: Column,
    cells: list[Cell],
    *,
    homes: bool,
    texts: Callable[[Column, list[Cell]], _Kept],
) -> _Kept:
    if column.role == "drop" or (homes and column.role in _POINT):
        return _Kept(None, _filled(cells))
    if column.role in _TEXTS:
        return texts(column, cells)
    if column.role not in _FIGURES:
        return _of_names(column, cells)
    if column.role == "measure" and column.why:  # kept as text, for it is not counted
        return _Kept(*without_persons(cells, _slipped))
    return _Kept(cells)


def _of_names(column: Column, cells: list[Cell]) -> _Kept:
    """Judge a column of places, of names of groups, of a plan's words."""
    if _is_bare_name(column) and are_names(cells):
        return _Kept(None, _filled(cells))
    about = _slipped if column.role in CODES else is_about_a_person
    left, count = without_persons(cells, about)
    if left is None or column.role not in PLACES:
        return _Kept(left, count)
    masked = read_each(left, masked_place)
    if masked != left:
        count += sum(one is not other for one, other in zip(masked, left, strict=True))
    return _Kept(masked, count)


def _filled(cells: Sequence[Cell]) -> int:
    return sum(cell != "" for cell in cells)


def _slipped(cell: Cell) -> bool:
    """Whether a cell of a column of figures is a name or a number of a person."""
    return looks_like_a_name(cell) or leads_to_a_person(cell)


def _is_bare_name(column: Column) -> bool:
    """Whether NAMA was read as that of a place, for want of anything else."""
    return column.role == "kabkota" and fold_words(column.printed) == "nama"


# --- columns that are kept as text ----------------------------------------------------


def _of_list(column: Column, cells: list[Cell]) -> _Kept:
    """Judge a column of a list: what is not known to hold no person is dropped."""
    filled = _filled(cells)
    if _is_sure(column) or are_kinds(cells) or not filled:
        # Names of trainings (CTU, ABPK) are no words that anybody knows.
        about = leads_to_a_person if column.role == "training" else _slipped
        return _Kept(*without_persons(cells, about))
    left, _ = without_persons(cells, leads_to_a_person)
    if left is None or may_name_persons(column.printed):
        return _Kept(None, filled)
    content = content_of(left)
    if content == "blank":  # dashes name nobody
        return _Kept(cells)
    if content in ("number", "answers") and column.role == UNKNOWN:
        # Figures may be missing from the map: they are counted, and not handed on.
        return _Kept(cells, withheld=True)
    return _Kept(None, filled, UNCERTAIN)


def _is_sure(column: Column) -> bool:
    """Whether the catalogue says that a column is kept, and it is no free remark."""
    return column.role != UNKNOWN and not column.foreign and not _is_remark(column)


def _is_remark(column: Column) -> bool:
    """Whether a column holds remarks: KETERANGAN, CATATAN."""
    return fold_words(column.printed.rpartition(" > ")[2]) in words("notes")


def _of_counts(column: Column, cells: list[Cell], *, beside: bool) -> _Kept:
    """Judge a column of a table of counts, of a plan, of an inventory.

    A column whose words are all known (Perempuan, Suntik, Baik) names nobody.
    ``beside``: columns about persons are to be expected beside the known ones.
    """
    about = _slipped if _is_remark(column) else leads_to_a_person
    left, count = without_persons(cells, about)
    if left is None:
        return _Kept(None, count)
    texts = content_of(left) == "text" and any(map(may_be_a_name, left))
    if not texts or _is_sure(column):
        return _Kept(left, count)
    if may_name_persons(column.printed) or are_names(left):
        return _Kept(None, _filled(cells))
    if beside and not _is_of_village(column):
        return _Kept(None, _filled(cells), UNCERTAIN)
    return _Kept(left, count)


def _is_of_village(column: Column) -> bool:
    """Whether a column names parts of a village, of which the figures are."""
    return fold_words(column.printed.rpartition(" > ")[2]) in words("place_parts")


# --- a list without headings ----------------------------------------------------------


def _without_read_as_headings(sheet: OpenSheet) -> OpenSheet:
    """Forget headings that are the first person of a list without headings."""
    printed = [column.printed for column in sheet.known.columns]
    if not any(may_reach_a_person(text) or names_a_person(text) for text in printed):
        return sheet
    columns = list(sheet.known.columns)
    for i, column in enumerate(columns):
        if column.role in ("drop", UNKNOWN):
            columns[i] = replace(column, printed="")
    return replace(sheet, known=replace(sheet.known, columns=tuple(columns)))
