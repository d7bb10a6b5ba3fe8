"""Columns that count nothing under the heading of a count: shares and differences.

Why: 17,9 and 12,0 per cent added up are 29,9 couples that nobody has; of 120 fewer and
200 more, 200 is no stock. What shows it stands in the figures and in the title; such a
column gives none, and is told once.

In:     a sheet whose numbers are read and whose rows are sorted.
Out:    the sheet without the figures of such columns, and a finding for each.
Rule:   per cent, fractions, "1 : 25", a cell format with %; two or more figures below
        nought, and a fifth of all: one alone is a slip of the hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.headings import phrase, words
from kkbpk_geo.intake.cells.numbers import OK, Numbers
from kkbpk_geo.intake.cells.values import RATIO
from kkbpk_geo.intake.recognise.columns import UNKNOWN
from kkbpk_geo.intake.recognise.spelling import said_change

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kkbpk_geo.intake.open_sheet import OpenSheet
    from kkbpk_geo.intake.recognise.columns import Column

    Floats = NDArray[np.float64]

# More than half of the figures with decimals: counts have none, a slip is one cell.
MOSTLY = 0.5
# Of figures up to 100 a fifth with decimals is enough: 50, 33,3, 100, 25 are shares.
SOME = 0.2
_FEW = 2  # one figure alone is a slip, not a column
_WHOLE = 100  # per cent
# What was done in per cent of a target may be several times the target.
_LARGEST_SHARE = 1000
# Whole figures are 100 * a / b by chance in a row or two, not in five different ones.
PROVING_ROWS = 5
_ROUNDED = 0.5 + 1e-9  # a share printed without decimals
_SAMPLE = 200  # rows that are compared with every pair of counts
# JUMLAH DAN RATA-RATA: numbers stand beside the means.
_BESIDES = frozenset(["dan", "serta"])
_SHARES, _CHANGES = "ratio_for_count", "change_for_count"


def without_shares(sheet: OpenSheet, titles: Sequence[str] = ()) -> OpenSheet:
    """Take the figures out of columns that hold shares, and tell of each column."""
    counted = sheet.known.of_role("measure")
    ratios = _Ratios(sheet, [c for c in counted if c.counts])
    columns, numbers, told = list(sheet.known.columns), dict(sheet.numbers), []
    for column in counted:
        if column.why not in ("", _SHARES, _CHANGES):
            continue
        code = column.why or _reason(sheet, column, titles, ratios)
        if not code:
            continue
        at = column.position
        columns[at] = replace(column, why=code)
        numbers[at] = _emptied(numbers[at])
        told.append(
            sheet.find(
                code, None, column, value=_example(sheet, column, code),
                count=int((sheet.cells[sheet.rows, at] != "").sum()),
            )
        )  # fmt: skip
    known = replace(sheet.known, columns=tuple(columns))
    return replace(sheet, known=known, numbers=numbers).told(told)


def _reason(
    sheet: OpenSheet, column: Column, titles: Sequence[str], ratios: _Ratios
) -> str:
    """Return why a column counts nothing, as its figures or the titles show it."""
    if _titled(sheet, column, titles) or _shows_shares(sheet, column, ratios):
        return _SHARES
    changes = _titled_changes(sheet, titles) or _holds_changes(sheet, column)
    return _CHANGES if changes else ""


def _titled_changes(sheet: OpenSheet, titles: Sequence[str]) -> bool:
    """Whether a title begins with growth or difference, and no heading says so."""
    begins = any(said_change(_first_word(each)) for each in titles)
    return begins and not any(said_change(c.printed) for c in sheet.known.columns)


def _holds_changes(sheet: OpenSheet, column: Column) -> bool:
    """Whether so many figures are below nought that they are differences."""
    values = sheet.numbers[column.position].values[sheet.rows]
    values = values[~np.isnan(values)]
    below = int((values < 0).sum())
    return below >= _FEW and below >= SOME * len(values)


def _emptied(read: Numbers) -> Numbers:
    """Return a column without its figures: nothing of it is used or told again."""
    return replace(
        read,
        values=np.full_like(read.values, np.nan),
        faults=np.full_like(read.faults, OK),
        from_text=np.zeros_like(read.from_text),
    )


def _example(sheet: OpenSheet, column: Column, code: str) -> str:
    cells = sheet.cells[sheet.rows, column.position]
    values = sheet.numbers[column.position].values[sheet.rows]
    shown = cells != ""
    if code == _CHANGES and (values < 0).any():
        shown = values < 0
    first = next(iter(cells[shown]), "")
    value = values[shown][:1]
    # A stored 17.8861788617886 would be hidden as if it named a person.
    stored = isinstance(first, float) and not np.isnan(value).all()
    return f"{value[0]:.4g}" if stored else as_text(first)


def _shows_shares(sheet: OpenSheet, column: Column, ratios: _Ratios) -> bool:
    return _holds_shares(sheet, column) or ratios.explain(column)


def _titled(sheet: OpenSheet, column: Column, titles: Sequence[str]) -> bool:
    """Whether a title begins with shares, means or ranks, and the figures may be such.

    A column of a share or a mean of its own is what the title speaks of.
    """
    begins = {word for each in titles if (word := _first_telling(each))}
    means = any(map(_says_mean, titles))
    if not (begins or means) or _has_own(sheet):
        return False
    values = sheet.numbers[column.position].values[sheet.rows]
    values = values[~np.isnan(values)]
    if not len(values):
        return False
    if begins & words("share_titles") and values.max() <= _LARGEST_SHARE:
        return True
    if means:
        return _is_of_title(sheet, column, titles)
    ranks = np.arange(1, len(values) + 1)
    ranked = len(values) > _FEW and bool((np.sort(values) == ranks).all())
    return bool(begins & words("rank_titles")) and ranked


def _has_own(sheet: OpenSheet) -> bool:
    """Whether a heading says itself that its column is of shares or means."""
    if sheet.known.of_role("percent"):
        return True
    said = {w for c in sheet.known.columns for w in fold_words(c.printed).split()}
    return bool(said & (words("share_titles") | words("mean_titles")))


def _says_mean(title: str) -> bool:
    """Whether a title is of means, and not of numbers besides."""
    if _first_telling(title) in words("mean_titles"):
        return True
    said = set(_words(title))
    return bool(said & words("mean_titles")) and not said & _BESIDES


def _is_of_title(sheet: OpenSheet, column: Column, titles: Sequence[str]) -> bool:
    """Whether a column is what the title is the mean of: those it names, else all."""
    others = sheet.known.of_role("measure", UNKNOWN)
    named = [each.position for each in others if _names(titles, each)]
    return column.position in named if named else True


def _names(titles: Sequence[str], column: Column) -> bool:
    """Whether a title has all the words of a heading."""
    said = set(phrase(column.printed).split())
    return bool(said) and any(said <= set(phrase(each).split()) for each in titles)


def _first_word(title: str) -> str:
    """Return the first word of a title behind ``Tabel 4.2``."""
    return next((word for word in _words(title) if word != "tabel"), "")


def _first_telling(title: str) -> str:
    """Return the first word that says of what a table is: REKAP DATA says nothing."""
    return next((w for w in _words(title) if w not in words("title_idle")), "")


def _words(title: str) -> list[str]:
    """Return the words of a title without numbers."""
    return [word for word in fold_words(title).split() if not word[0].isdigit()]


def _holds_shares(sheet: OpenSheet, column: Column) -> bool:
    """Whether the figures of a column show by themselves that they are shares."""
    read = sheet.numbers[column.position]
    if read.percent:
        return True
    values = read.values[sheet.rows]
    values = values[~np.isnan(values)]
    if _are_ratios(sheet, column, len(values)):
        return True
    fractions = int((np.floor(values) != values).sum())
    if not fractions or len(values) < _FEW:
        return False
    if fractions > MOSTLY * len(values):
        return True
    largest = float(np.abs(values).max())
    return largest <= 1 or (largest <= _WHOLE and fractions >= SOME * len(values))


def _are_ratios(sheet: OpenSheet, column: Column, figures: int) -> bool:
    """Whether more cells say ``100 : 25`` than are figures."""
    rows = sheet.rows[sheet.numbers[column.position].faults[sheet.rows] != OK]
    cells = [as_text(cell) for cell in sheet.cells[rows, column.position]]
    return sum(bool(RATIO.fullmatch(cell)) for cell in cells) > figures


class _Ratios:
    """What every pair of counts gives as per cent, in a sample of the rows."""

    def __init__(self, sheet: OpenSheet, counted: list[Column]) -> None:
        rows = sheet.rows[:: max(1, len(sheet.rows) // _SAMPLE)]
        self.at = {column.position: i for i, column in enumerate(counted)}
        read = [sheet.numbers[column.position].values[rows] for column in counted]
        self.values = np.array(read).reshape(len(counted), len(rows))
        self.scaled: NDArray[np.float64] | None = None

    def explain(self, column: Column) -> bool:
        """Whether a column of whole figures is the share of one count in another."""
        here = self.at[column.position]
        values = self.values[here]
        told = np.isfinite(values) & (values != 0)
        different = set(values[told].tolist()) - {_WHOLE}
        if len(different) < PROVING_ROWS or np.nanmax(values) > _WHOLE:
            return False
        if self.scaled is None:
            with np.errstate(divide="ignore", invalid="ignore"):
                self.scaled = _WHOLE * self.values[:, None, :] / self.values[None, :, :]
        agree = (np.abs(self.scaled - values) <= _ROUNDED) | ~told
        agree[here], agree[:, here] = False, False
        return bool(agree.all(axis=2).any())
