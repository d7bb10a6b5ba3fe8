"""What is said around the table of a form: its year, its office, which edition it is.

In:     a grid, its headings, what the caller passed.
Out:    :class:`Around`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.intake.forms.header import Head
from kkbpk_geo.intake.forms.places import office_place
from kkbpk_geo.io import is_blank

if TYPE_CHECKING:
    from kkbpk_geo.intake.steps.stated import Options
    from kkbpk_geo.io import Grid

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SEVERAL_YEARS = re.compile(r"\b((?:19|20)\d\d)\s*(?:-|–|s\.?d\.?)\s*(?:19|20)\d\d\b")
# Where a year stands, the surest first: an estimate for next year stands beside it.
_STATED = tuple(
    re.compile(rf"\b{words}\b\W{{0,4}}((?:19|20)\d\d)\b", re.IGNORECASE)
    for words in (r"rencana tahun", r"perhitungan tahun", r"tahun anggaran",
                  r"t\W?a", r"tahun")
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is said around a table.

    ``place``: code of the office's district or province, ``""`` where nothing says it.
    ``first_year``: of a plan of several years. ``stage``: DPA, RKA …, as the box says.
    ``fund``: that of the whole document, by its titles.
    """

    province: str
    place: str
    year: int | None
    first_year: int | None
    stage: str = ""
    fund: str = ""


def look_around_form(
    grid: Grid, head: Head, options: Options, texts: Sequence[str]
) -> Around:
    """Read titles, headings and names; ``texts``: of lines between the rows."""
    titles = [_line(row) for row in grid.rows[: head.top]]
    headings = _own_headings(head)
    names = [grid.sheet, PurePath(grid.file).stem]
    province = options.province
    office = office_place([*titles, *texts], names, province)
    if head.form.levels == "kl":
        # A working paper is that of the ministry's office in the province.
        office = office or province
    said = [*titles, *texts, *names]
    return Around(
        province=province,
        place=office,
        year=_one_year(headings) or _year(said, options.year),
        first_year=_first_year(titles),
        stage=_stage(head, titles),
        fund=_fund(head, titles),
    )


def _line(row: Sequence[object]) -> str:
    return " ".join(as_text(cell).strip() for cell in row if not is_blank(cell))


def _own_headings(head: Head) -> list[str]:
    """Return the headings of what is planned, without those of other years."""
    spans = [*head.columns.get("budget", ()), *head.columns.get("target", ())]
    return [span.printed for span in spans]


def _one_year(headings: Sequence[str]) -> int | None:
    """Return the year that headings state; None where they state none, or several."""
    years = {int(year) for text in headings for year in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def _year(texts: Sequence[str], passed: int | None) -> int | None:
    """Return the year of the plan: as stated, else as the caller says."""
    for pattern in _STATED:
        for text in texts:
            found = pattern.search(text)
            if found:
                return int(found[1])
    return passed


def _first_year(titles: Sequence[str]) -> int | None:
    found = _SEVERAL_YEARS.search(" ".join(titles))
    return int(found[1]) if found else None


def _stage(head: Head, titles: Sequence[str]) -> str:
    """Return which document of a budget it is, by the box at its top."""
    for title in titles:
        words = fold_words(title).split()
        named = [word for word in words if word in head.form.stages]
        if named and "rincian" in words:
            return named[0]
    return ""


def _fund(head: Head, titles: Sequence[str]) -> str:
    """Return the fund of the whole document, where its titles say one."""
    said = f" {' '.join(map(fold_words, titles))} "
    for words, fund in head.form.title_funds.items():
        if f" {words} " in said:
            return fund
    return ""
