"""Titles between the tables of a sheet: where they begin, and what they are about.

Why: ``B. KELOMPOK BKR`` belongs to the table under it, ``Halaman 2`` to none, and a
line ``KABUPATEN MESUJI`` over the same headings makes them those of another place.

In:     the rows of a grid, lines of titles. Out: what each speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.headings import groups_in, words
from kkbpk_geo.intake.blocks.header_rows import count_known, has_number
from kkbpk_geo.intake.cells.stated import find_period
from kkbpk_geo.intake.cells.titles import named_places
from kkbpk_geo.intake.rows.sorting import begins_signature, is_note
from kkbpk_geo.io import Cell
from kkbpk_geo.regions import is_total

_FEW = 2  # texts: a title is one, with a second where it is cut in two cells
_APART = 3  # blank rows between a title and its header; more is the end of the page
ENUMERATED = re.compile(r"^\s*\(?(?:[IVX]{1,5}|[A-Z]|\d{1,2})[.)]\s+", re.IGNORECASE)


def title_start(rows: Sequence[Sequence[Cell]], header: int, least: int) -> int:
    """Return the first row of the titles over a header, its upper storey included.

    Parameters
    ----------
    rows : sequence of rows
    header : int, the row of the headings
    least : int, the row above which nothing can belong to it
    """
    at = header
    if at > least and _is_storey(rows[at - 1]):
        at -= 1
    start, blank = at, 0
    while at > least:
        texts = [as_text(cell) for cell in rows[at - 1] if cell != ""]
        if not texts:
            blank += 1
            if blank > _APART:
                break
        elif _is_title(texts) and (start == header or not blank or _speaks(texts)):
            start, blank = at - 1, 0
        else:
            break
        at -= 1
    return start


def _is_storey(row: Sequence[Cell]) -> bool:
    """Whether a row over a header is its upper storey: several headings, no figure."""
    texts = [as_text(cell) for cell in row if cell != ""]
    mostly = count_known(texts) * 2 > len(texts)
    return len(texts) > 1 and not has_number(texts) and mostly


def _is_title(texts: Sequence[str]) -> bool:
    if len(texts) > _FEW or has_number(texts) or is_total(texts[0]):
        return False
    return not is_note(texts[0]) and not any(map(begins_signature, texts))


def _speaks(texts: Sequence[str]) -> bool:
    """Whether a line is surely a title: it says what, where or when."""
    line = " ".join(texts)
    titled = words("title") & set(fold_words(line).split())
    return bool(titled) or bool(aspects_of(line))


def begins_page(title: str) -> bool:
    """Whether a line only counts pages: Halaman 2, Lanjutan."""
    said = [word for word in fold_words(title).split() if not word.isdigit()]
    return not said or set(said) <= words("page")


@lru_cache(maxsize=2048)
def aspects_of(line: str) -> frozenset[tuple[str, str]]:
    """Return what a title is about: its groups, month, year, and places.

    Examples
    --------
    >>> sorted(aspects_of("B. KELOMPOK BKR NOVEMBER 2025"))
    [('group', 'bkr'), ('month', '11'), ('year', '2025')]
    """
    found = {("group", group) for group in groups_in(line)}
    said = find_period([line])
    if said.part is not None:
        months = dict.fromkeys((said.part.first, said.part.last))
        found.add(("month", "-".join(map(str, months))))
    if said.year is not None:
        found.add(("year", str(said.year)))
    found |= set(named_places(line))
    if not found and (code := _bare_region(ENUMERATED.sub("", line))):
        found.add(("kabkota", code))
    return frozenset(found)


def _bare_region(name: str) -> str:
    """Return the code of the kabupaten/kota that a line names and nothing else."""
    from kkbpk_geo.regions import resolve_regions

    found = resolve_regions([name])
    known = found["status"].iloc[0] in ("ok", "ambiguous")
    return str(found["region_code"].iloc[0] or name) if known else ""


def about(lines: Iterable[str]) -> set[str]:
    """Return which aspects some titles speak of: group, month, kabkota ..."""
    return {name for line in lines for name, _ in aspects_of(line)}


def differs(lines: Sequence[str], others: Sequence[str]) -> bool:
    """Whether titles say something else than others about what either speaks of."""
    mine = {each for line in lines for each in aspects_of(line)}
    theirs = {each for line in others for each in aspects_of(line)}
    return bool(mine - theirs)
