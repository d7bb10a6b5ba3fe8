"""Lists of persons: midwives, field officers, volunteers, cadres; persons are counted.

Why: what tells two midwives apart is their names, and names are dropped at the door.
Who is listed twice is therefore found out before, and only the answer is kept.

In:     an open sheet of a list with one person a row.
Out:    one line a person; how many there are, and of which facilities.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from kkbpk_geo.base.text import as_text, fold_entry, fold_words
from kkbpk_geo.catalogue.headings import words
from kkbpk_geo.catalogue.programme import is_column
from kkbpk_geo.intake.cells.numbers import as_measure
from kkbpk_geo.intake.cells.periods import DATES
from kkbpk_geo.intake.cells.places import CODES
from kkbpk_geo.intake.frames import PLACES
from kkbpk_geo.intake.kinds.list import List, Listed
from kkbpk_geo.intake.open_sheet import NAMELESS, OpenSheet
from kkbpk_geo.intake.recognise.columns import UNKNOWN, Column
from kkbpk_geo.io import Cell, is_blank, read_each

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.findings import Finding
    from kkbpk_geo.intake.kinds.kind import Lines

_UNTRAINED = "belum"  # "Belum dilatih"; everything else that is said is a training
# A NIK has 16 digits, a NIP 18; what has fewer may be any office's own number.
_IDENTITY = re.compile(r"(?=(?:\D*\d){16,18}\D*$)[\d .-]+")
_MOSTLY = 0.5  # of the rows have a name: then a row without one is no person
# Kind of person -> its measure, narrower kinds first: Sub PPKBD says PPKBD, too.
_MEASURES = (
    "sub_village_volunteers",
    "village_volunteers",
    "officers",
    "staff",
    "cadres",
)
_CONTEXT = (*PLACES, *CODES, *DATES, "facility_name", "group_name", "registration")


def person_measure(columns: Sequence[Column], texts: Sequence[str], group: str) -> str:
    """Return the measure that the persons of a list are, ``""`` where it is not sure.

    Parameters
    ----------
    columns : sequence of Column
    texts : sequence of str
        Titles, name of the sheet, name of the file; the best first.
    group : str
        The group that the sheet is about: cadres are those of a group.
    """
    if any(column.role == "measure" for column in columns):
        return ""
    leaves = [
        column.printed.rpartition(" > ")[2]
        for column in columns
        if column.role == "drop"
    ]
    names = [leaf for leaf in leaves if fold_words(leaf).split()[:1] == ["nama"]]
    if not names or not any(column.role in PLACES for column in columns):
        return ""
    for text in (" ".join(names), *texts):
        named = _kinds_in(text)
        if named:
            return _with_group(named[0], group) if len(named) == 1 else ""
    return ""


def names_persons(text: str) -> bool:
    """Whether a text names a kind of person: Daftar Kader, Data Bidan."""
    return bool(_kinds_in(text))


def _kinds_in(text: str) -> list[str]:
    """Return the kinds of person that a text names."""
    rest, found = f" {fold_words(text)} ", []
    for measure in _MEASURES:
        for word in sorted(words(f"persons_{measure}"), key=len, reverse=True):
            if f" {word} " in rest:
                found.append(measure)
                rest = rest.replace(f" {word} ", "  ")
    return list(dict.fromkeys(found))


def _with_group(measure: str, group: str) -> str:
    if measure != "cadres":
        return measure
    name = f"{group}_cadres"
    return name if group and is_column(name) else ""


class Persons(List):
    """One person a row, of the kind that the sheet names."""

    untyped = frozenset(["keep", UNKNOWN])
    of_persons = True
    # Whether a row that names nobody is kept all the same.
    keeps_nameless: ClassVar[bool] = False

    def identify(self, sheet: OpenSheet) -> OpenSheet:
        """Remember for each row the first row about the same person."""
        return replace(sheet, persons=_same_persons(sheet))

    def lines(self, sheet: OpenSheet, head: pd.DataFrame) -> list[Lines]:
        """Return one line a person; who is listed again is listed apart."""
        sheet, trained = self._once(sheet)
        (lines,) = super().lines(sheet, head)
        data = lines.data
        if "staff_trained" in data and trained is not None:
            data = data.assign(staff_trained=as_measure(trained[lines.rows]))
        return [replace(lines, data=self.with_places(lines, data))]

    def with_places(self, lines: Lines, data: pd.DataFrame) -> pd.DataFrame:
        """Add what the rows say of facilities."""
        del lines
        return data

    def _once(self, sheet: OpenSheet) -> tuple[OpenSheet, Any]:
        """List rows without a person, and those of a person who stands above."""
        if sheet.persons is None:
            return sheet, None
        trained = _trained_of(sheet)
        first: dict[int, int] = {}
        again, nameless = [], []
        for row in sheet.rows.tolist():
            person = int(sheet.persons[row])
            if person == NAMELESS:
                nameless.append(row)
                trained[row] = 0
            elif person in first:
                again.append(row)
                before = first[person]
                trained[before] = np.fmax(trained[before], trained[row])
            else:
                first[person] = row
        reasons = dict.fromkeys(again, "repeated")
        if not self.keeps_nameless:
            reasons |= dict.fromkeys(nameless, "no_person")
        told = []
        for code, rows in (("person_twice", again), ("row_without_person", nameless)):
            if rows:
                told.append(sheet.find(code, rows[0], None, count=len(rows)))
        return sheet.listing(reasons).told(told), trained

    def typed(self, listed: Listed) -> tuple[dict[str, Any], list[Finding]]:
        """Count the persons, one a row."""
        measure = listed.sheet.known.person
        return {measure: as_measure(np.ones(len(listed.rows)))} if measure else {}, []


class Staff(Persons):
    """One person of a facility a row, trained or not, one place each."""

    keeps_nameless = True  # a facility without staff is a facility

    def typed(self, listed: Listed) -> tuple[dict[str, Any], list[Finding]]:
        """Count the persons.

        Returns
        -------
        ``staff`` (1; 0 where the row names nobody) and ``staff_trained`` (0, 1 or
        missing where nothing is said).
        """
        trained = read_each(listed.of("training"), _trained)
        persons = listed.sheet.persons
        named = np.ones(len(listed.rows))
        if persons is not None:
            named = (persons[listed.rows] != NAMELESS).astype(float)
        found: dict[str, Any] = {"staff": as_measure(named)}
        if "training" in listed.by_role:
            found["staff_trained"] = as_measure(np.array(trained, dtype=float))
        return found, []

    def with_places(self, lines: Lines, data: pd.DataFrame) -> pd.DataFrame:
        """Count each facility at its first row in each month.

        It is told by its registration number, else by its name and its place.
        """
        sheet, rows = lines.sheet, lines.rows
        by_role: dict[str, list[str]] = {}
        for column in sheet.known.columns:
            if column.what in ("registration", "facility_name"):
                cells = list(sheet.cells[rows, column.position])
                by_role.setdefault(column.what, read_each(cells, _key))
        if not by_role:
            return data
        nothing = [""] * len(rows)
        numbers = by_role.get("registration", nothing)
        names = by_role.get("facility_name", nothing)
        place = [name for name in (*PLACES, "region_code") if name in data]
        places = data[place].fillna("").agg("/".join, axis=1) if place else nothing
        own = zip(numbers, names, places, strict=True)
        keys = [number or (name and f"{name} / {where}") for number, name, where in own]
        keyed = data[["region_code", "period"]].assign(facility=keys)
        first = (keyed["facility"] != "") & ~keyed.duplicated()
        return data.assign(facilities=as_measure(first.to_numpy().astype(float)))


def _key(cell: Cell) -> str:
    return "" if is_blank(cell) else fold_entry(as_text(cell))


def _trained(cell: Cell) -> float:
    text = as_text(cell)
    return float(not text.casefold().startswith(_UNTRAINED)) if text else np.nan


def _trained_of(sheet: OpenSheet) -> np.ndarray:
    """Return for every row of a sheet whether its person is trained."""
    columns = sheet.known.of_role("training")
    if not columns:
        return np.full(len(sheet.cells), np.nan)
    return np.array(read_each(sheet.column(columns[0]), _trained), dtype=float)


# --- who is who -----------------------------------------------------------------------


def _same_persons(sheet: OpenSheet) -> np.ndarray:
    """Return for each row the first row of its person, or :data:`NAMELESS`.

    A person is the same by identity number and name, in the same place and month;
    where there is no such number, by every cell of the row. Without any name nobody is
    the same as another.
    """
    columns = sheet.known.columns
    personal = [c for c in columns if c.role == "drop"]
    context = [c for c in columns if c.what in _CONTEXT]
    everything = [c for c in columns if c.role != "ignore"]
    named = _rows_with_names(sheet, personal)
    expected = bool(len(named)) and named.mean() >= _MOSTLY
    first: dict[tuple[object, ...], int] = {}
    found = np.arange(len(sheet.cells))
    for row in range(len(sheet.cells)):
        own = _texts(sheet, row, personal)
        if not any(own):
            found[row] = NAMELESS if expected else row
            continue
        surely = any(map(_is_identity, own))
        key = (own, _texts(sheet, row, context if surely else everything))
        found[row] = first.setdefault(key, row)
    return found


def _rows_with_names(sheet: OpenSheet, personal: Sequence[Column]) -> np.ndarray:
    """Flag rows with a cell about a person; blank rows are not looked at."""
    filled = (sheet.cells != "").any(axis=1)
    positions = [c.position for c in personal]
    return np.asarray((sheet.cells[:, positions] != "").any(axis=1)[filled])


def _texts(sheet: OpenSheet, row: int, columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(_key(sheet.cells[row, column.position]) for column in columns)


def _is_identity(text: str) -> bool:
    return bool(_IDENTITY.fullmatch(text))


PERSONS, STAFF = Persons(), Staff()
