"""Long tables: a row per sex, method, age or indicator, brought to a row per place.

Why: portals publish one figure a row. Read as rows of places, equal figures of women
and men are one row given twice, and L, P and L+P are added to twice the people.

In:     an open sheet whose places and periods are known.
Out:    the sheet with one row per place and period: parts added where they are a whole,
        figures under the measure that their row names; else no figure, and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.headings import words
from kkbpk_geo.intake.cells.values import content_of
from kkbpk_geo.intake.frames import PLACES
from kkbpk_geo.intake.long.parts import FEMALE, MALE, part_of
from kkbpk_geo.intake.long.unfolding import (
    LongTable,
    Meaning,
    is_of_age,
    is_place_part,
    texts_of,
    unclear,
)
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.recognise.columns import UNKNOWN, Column
from kkbpk_geo.io import read_each

if TYPE_CHECKING:
    from numpy.typing import NDArray


_REPEATED = 0.5  # of the rows share place and period with another: it is a long table
_TOLD_APART = 0.95  # of the rows are one of a kind once the right column is beside them
_BLANK = 1 / 3  # of the places, at the least, where one stands for two rows and more
_MOST_VALUES = 110  # of a column that tells rows apart: as many as years of age
_CROSSED = 0.4  # of all pairs of place and value are there, at the least
# What a row is about besides its place, in words.
_NAMES = ("group_name", "facility_name")
_DIMENSIONS = 2  # columns that tell rows apart together: sex and age


def unfold(
    sheet: OpenSheet,
    places: dict[str, list[str]],
    periods: Sequence[str | None],
    meaning: Meaning,
) -> OpenSheet:
    """Bring a long table to one row per place and period; others come back as they are.

    Parameters
    ----------
    sheet : OpenSheet
    places : dict role -> n texts, filled from merged cells; their codes as well
    periods : n periods
    meaning : callable
        Paths of headings -> the columns that they mean in this sheet.
    """
    candidates = _candidates(sheet)
    rows = sheet.rows
    if not candidates or not len(rows):
        return sheet
    keys = _keys(sheet, places, periods)
    repeated = pd.Series(keys).duplicated(keep=False).mean()
    if repeated < _REPEATED:
        return _of_one_sex(sheet, candidates)
    texts = {c.position: texts_of(sheet, c) for c in candidates}
    found = _dimensions(keys, candidates, texts)
    if not found:
        return sheet
    table = LongTable(sheet, keys, found, texts, meaning)
    return sheet if table.says_again() else table.unfolded()


def with_blanks_filled(sheet: OpenSheet) -> OpenSheet:
    """Write a place that stands once over its rows of parts into each of them.

    MESUJI, and blank below it: the rows L and P are both about Mesuji where another
    column tells them apart.
    """
    role = next((r for r in reversed(PLACES) if sheet.known.of_role(r)), "")
    candidates = _candidates(sheet)
    rows = sheet.rows
    if not role or not candidates or not len(rows):
        return sheet
    place = sheet.known.of_role(role)[0]
    blank = sheet.cells[rows, place.position] == ""
    if blank[0] or blank.mean() < _BLANK:
        return sheet
    blocks = np.cumsum(~blank)
    texts = [texts_of(sheet, column) for column in candidates]
    if not any(_tells_apart(blocks, [each]) for each in texts):
        return sheet
    cells = sheet.cells.copy()
    cells[rows, place.position] = cells[rows[~blank], place.position][blocks - 1]
    told = sheet.find("place_filled_down", None, None, count=int(blank.sum()))
    return replace(sheet, cells=cells).told([told])


# --- recognising ----------------------------------------------------------------------


def _candidates(sheet: OpenSheet) -> list[Column]:
    """Return the columns of few texts that nobody knows, which may tell rows apart."""
    found = []
    for column in sheet.known.columns:
        if column.role not in (UNKNOWN, "keep") or not column.printed:
            continue
        cells = sheet.cells[sheet.rows, column.position]
        distinct = set(cells.tolist()) - {""}
        if not 0 < len(distinct) <= _MOST_VALUES:
            continue
        named = is_place_part(column) or is_of_age(column)
        if named or content_of(cells) != "number":
            found.append(column)
    return found


def _keys(
    sheet: OpenSheet, places: dict[str, list[str]], periods: Sequence[str | None]
) -> NDArray[np.int_]:
    """Return a number per row in use: the same for the same place and period."""
    rows = sheet.rows
    head = {name: np.array(texts, dtype=object)[rows] for name, texts in places.items()}
    head["period"] = np.array([each or "" for each in periods], dtype=object)[rows]
    named = ("kind", "code", "code_kabkota", "code_kemendagri", "code_bps", *_NAMES)
    for column in sheet.known.columns:
        if column.what in named:
            cells = sheet.cells[rows, column.position].tolist()
            head[f"#{column.position}"] = np.array(read_each(cells, as_text), object)
    frame = pd.DataFrame(head)
    groups = frame.groupby(list(frame), sort=False, dropna=False).ngroup()
    return np.asarray(groups, dtype=np.int_)


def _dimensions(
    keys: NDArray[np.int_], candidates: Sequence[Column], texts: dict[int, list[str]]
) -> list[Column]:
    """Return the fewest columns that tell apart the rows of one place and period."""
    for size in range(1, _DIMENSIONS + 1):
        for columns in combinations(candidates, size):
            if _tells_apart(keys, [texts[c.position] for c in columns]):
                return list(columns)
    return []


def _tells_apart(keys: NDArray[np.int_], texts: Sequence[Sequence[str]]) -> bool:
    frame = pd.DataFrame({"key": keys} | dict(enumerate(texts)))
    alone = 1 - frame.duplicated().mean()
    values = 1
    for i in range(len(texts)):
        values *= frame[i].nunique()
    crossed = len(frame) / (frame["key"].nunique() * values)
    return bool(values > 1 and alone >= _TOLD_APART and crossed >= _CROSSED)


def _of_one_sex(sheet: OpenSheet, candidates: Sequence[Column]) -> OpenSheet:
    """Use no figure of a table of women only, or men only, as one of all people."""
    for column in candidates:
        texts = set(texts_of(sheet, column)) - {""}
        headed = fold_words(column.printed) in words("sex_headings")
        parts = {part_of(text) for text in texts}
        if headed:
            parts -= {None}
        elif any(len(text) == 1 for text in texts) and fold_words(
            column.printed
        ) not in words("part_headings"):
            continue  # L and P alone may stand for anything
        if len(parts) == 1 and parts <= {MALE, FEMALE}:
            return unclear(sheet, [column])
    return sheet
