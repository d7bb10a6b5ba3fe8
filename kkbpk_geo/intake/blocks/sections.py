"""Lines between the rows of a table that say what the rows under them are about.

Why: ``I. KABUPATEN PRINGSEWU`` stands alone above its kecamatan, ``BULAN OKTOBER``
above the rows of a month. Read as a row it is a region without figures, and the rows
below have no district.

In:     an open sheet whose rows are classified. Out: the sheet with such lines listed,
        and what they say in columns of its rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.headings import groups_in
from kkbpk_geo.catalogue.programme import group_of
from kkbpk_geo.intake.blocks.titles import (
    ENUMERATED,
    aspects_of,
    begins_page,
    title_start,
)
from kkbpk_geo.intake.cells.periods import DATES
from kkbpk_geo.intake.cells.stated import find_period
from kkbpk_geo.intake.cells.titles import PLACE_WORDS, named_places
from kkbpk_geo.intake.cells.values import kind_of
from kkbpk_geo.intake.frames import PLACES
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.recognise.columns import Column
from kkbpk_geo.regions import is_register_name

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]

# What a section says -> the heading that a column of it would have.
_HEADINGS = {
    "provinsi": "PROVINSI", "kabkota": "KABUPATEN/KOTA", "kecamatan": "KECAMATAN",
    "month": "BULAN", "year": "TAHUN", "kind": "JENIS KELOMPOK",
}  # fmt: skip
# What begins anew under another: a kecamatan ends with its kabupaten.
_INSIDE = {"provinsi": ("kabkota", "kecamatan"), "kabkota": ("kecamatan",)}
_NUMBER = re.compile(r"[IVX]{1,5}|[A-Z]|\d{1,2}", re.IGNORECASE)
_TITLE_ROWS = 12  # over the headings of a page; titles are shorter than this
_TIME_WORDS = frozenset(["bulan", "periode", "keadaan", "tahun", "laporan", "bln"])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """A line and what it says: role -> text."""

    row: int
    says: Mapping[str, str]
    total: bool = False  # whether it carries the sum of its rows


def with_sections(sheet: OpenSheet) -> OpenSheet:
    """List the lines that head sections, and give their rows what they say.

    A line that names another group than the sheet is about begins a table that nobody
    can tell apart: it is told, and the rows from there on are not used.
    """
    sheet = _without_page_titles(sheet)
    if not sheet.known.of_role("measure"):
        return sheet
    found = [each for row in _alone(sheet) if (each := _read(sheet, row))]
    foreign = [each for each in found if _is_foreign(sheet, each)]
    if foreign:
        sheet = _cut_off(sheet, foreign[0].row)
        found = [each for each in found if each.row < foreign[0].row]
    sheet = sheet.listing(dict.fromkeys((each.row for each in found), "section_row"))
    totals = _with_sums(sheet)
    sheet = sheet.listing(dict.fromkeys((each.row for each in totals), "total_row"))
    found = sorted([*found, *totals], key=lambda each: each.row)
    if found:
        told = sheet.find("section_rows", found[0].row, None, count=len(found))
        sheet = sheet.told([told])
    return _with_columns(sheet, found)


def _without_page_titles(sheet: OpenSheet) -> OpenSheet:
    """List the titles that are printed again over the headings of every page."""
    again = np.flatnonzero(sheet.reasons == "repeated_header").tolist()
    reasons = {}
    for row in again:
        top = max(0, row - _TITLE_ROWS)
        above = sheet.cells[top : row + 1].tolist()
        start = top + title_start(above, row - top, 0)
        for i in range(start, row):
            texts = [as_text(cell) for cell in sheet.cells[i] if cell != ""]
            line = " ".join(texts)
            if texts and sheet.reasons[i] == "" and _is_of_page(line):
                reasons[i] = "repeated_header"
    return sheet.listing(reasons) if reasons else sheet


def _is_of_page(line: str) -> bool:
    return begins_page(line) or bool(aspects_of(line))


def _alone(sheet: OpenSheet) -> list[int]:
    """Return the rows in use with one text, perhaps its number, and no figure."""
    filled = (sheet.cells != "").sum(axis=1)
    figures = np.zeros(len(filled), dtype=bool)
    for read in sheet.numbers.values():
        figures |= ~np.isnan(read.values)
    # One text, or a number of the section and its text.
    return np.flatnonzero(sheet.used & ~figures & (filled > 0) & (filled <= 2)).tolist()  # noqa: PLR2004


def _with_sums(sheet: OpenSheet) -> list[_Section]:
    """Return the lines that name the place of the rows below and carry their sum.

    Below its rows such a line is a sum and no head; so the first one must stand above
    all other rows; and where every row is one, the kecamatan are the data.
    """
    finest = [role for role in PLACES if sheet.known.of_role(role)]
    if not finest:
        return []
    column = sheet.known.of_role(finest[-1])[0]
    data = np.flatnonzero((sheet.reasons == "") | (sheet.reasons == "total_row"))
    texts = sheet.cells[:, column.position]
    if not len(data) or not isinstance(texts[data[0]], str):
        return []
    above = [c.position for c in sheet.known.of_role(*finest[:-1])]
    found = []
    for row in data.tolist():
        text = texts[row]
        # A row that says what it lies in is a row: kecamatan Kota Agung of Tanggamus.
        lies_in = bool((sheet.cells[row, above] != "").any())
        heads = isinstance(text, str) and not lies_in and _begins_with_place(text)
        if heads and not is_register_name(ENUMERATED.sub("", text), sheet.province):
            says = _places(sheet, ENUMERATED.sub("", text))
            if says:
                found.append(_Section(row=row, says=says, total=True))
        elif not found:
            return []
    return found if len(found) < len(data) else []


def _begins_with_place(text: str) -> bool:
    first = fold_words(text).split()[:2]  # its number may stand before it
    return not PLACE_WORDS.keys().isdisjoint(first)


def _read(sheet: OpenSheet, row: int) -> _Section | None:
    """Read a line as the head of a section; None where it is none."""
    texts = [as_text(cell) for cell in sheet.cells[row] if cell != ""]
    if len(texts) > 1 and not _NUMBER.fullmatch(texts[0].strip(" .()")):
        return None
    line = ENUMERATED.sub("", texts[-1])
    says = _places(sheet, line) or _time(sheet, line) or _group(sheet, line)
    return _Section(row=row, says=says) if says else None


def _places(sheet: OpenSheet, line: str) -> dict[str, str]:
    """Return the places that a line names, if they are above those of the rows."""
    first = fold_words(line).partition(" ")[0]
    if first not in PLACE_WORDS:
        return {}
    finest = [role for role in PLACES if sheet.known.of_role(role)]
    if not finest:
        return {}
    coarser = PLACES[: PLACES.index(finest[-1])]
    named = dict(named_places(line))
    if not named or not set(named) <= set(coarser):
        return {}
    said = {role: text.title() for role, text in named.items()}
    if "kabkota" in named:  # Kota Metro is not the kabupaten of a like name
        kind = "Kota" if first.startswith(("kota", "kodya")) else "Kabupaten"
        said["kabkota"] = f"{kind} {named['kabkota']}".title()
    return said


def _time(sheet: OpenSheet, line: str) -> dict[str, str]:
    """Return month and year of a line that names nothing else."""
    if sheet.known.of_role(*DATES):
        return {}
    said = find_period([line])
    # A quarter, or a sum up to a month, is no month of the rows below.
    part = said.part
    if part is None or part.running or part.first != part.last:
        return {}
    words = [w for w in fold_words(line).split() if w not in _TIME_WORDS]
    most = 1 + (said.year is not None)  # the month, and its year
    if len(words) > most:
        return {}
    found = {"month": str(part.first)}
    return found | ({"year": str(said.year)} if said.year is not None else {})


def _group(sheet: OpenSheet, line: str) -> dict[str, str]:
    """Return the group that a line names, where figures of a group are in the rows."""
    named = groups_in(line)
    roles = sheet.known.of_role("kind")
    counted = [c for c in sheet.known.columns if c.role == "measure"]
    of_groups = [c for c in counted if c.why == "group_unknown" or group_of(c.target)]
    if len(named) != 1 or roles or not of_groups:
        return {}
    return {"kind": named[0]}


def _is_foreign(sheet: OpenSheet, section: _Section) -> bool:
    """Whether a section is of another group than the headings or the title say."""
    group = section.says.get("kind", "")
    if not group or any(c.why == "group_unknown" for c in sheet.known.columns):
        return False
    own = {group_of(c.target) for c in sheet.known.columns if c.role == "measure"}
    return kind_of(group) not in own


def _cut_off(sheet: OpenSheet, row: int) -> OpenSheet:
    """List a line and all rows below it: they are of a table that nobody can read."""
    rows = [i for i in np.flatnonzero(sheet.used).tolist() if i >= row]
    line = " ".join(as_text(cell) for cell in sheet.cells[row] if cell != "")
    told = sheet.find("table_below_unread", row, None, value=line, count=len(rows))
    return sheet.listing(dict.fromkeys(rows, "other_table")).told([told])


def _with_columns(sheet: OpenSheet, found: list[_Section]) -> OpenSheet:
    """Write what sections say into columns: there is one, or it is added."""
    cells, columns = sheet.cells, list(sheet.known.columns)
    used = sheet.used
    used[[each.row for each in found if each.total]] = True
    for role, heading in _HEADINGS.items():
        if not any(role in each.says for each in found):
            continue
        texts = _down(found, role, len(cells))
        texts[~used] = ""
        own = sheet.known.of_role(role)
        if own:
            cells = cells.copy()
            at = own[0].position
            cells[:, at] = np.where(cells[:, at] == "", texts, cells[:, at])
            continue
        added = Column(position=len(columns), printed=heading, role=role)
        columns.append(added)
        cells = np.column_stack([cells, texts])
    known = replace(sheet.known, columns=tuple(columns))
    return replace(sheet, cells=cells, known=known)


def _down(found: list[_Section], role: str, n: int) -> NDArray[np.object_]:
    """Return the text of a role for each row, from its section to the next."""
    texts = np.full(n, "", dtype=object)
    for section in found:
        if role in section.says:
            texts[section.row :] = section.says[role]
        elif any(role in _INSIDE.get(other, ()) for other in section.says):
            texts[section.row :] = ""
    return texts
