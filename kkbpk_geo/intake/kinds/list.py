"""Lists: one group or facility a row; what they say besides counts.

In:     an open sheet of a list.
Out:    name, kind, coordinates and answers as typed columns, with findings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from kkbpk_geo.base.text import as_text
from kkbpk_geo.catalogue.programme import facility_kinds, groups, measures
from kkbpk_geo.intake.cells.values import (
    is_group,
    is_short,
    kind_of,
    kind_of_name,
    yes_or_no,
)
from kkbpk_geo.intake.frames import FLAGS
from kkbpk_geo.intake.kinds.kind import PLAN_ROLES, STOCK_ROLES, Kind, Lines
from kkbpk_geo.intake.recognise.columns import NAMES, Column, Recognised
from kkbpk_geo.intake.rows.columns import measure_columns
from kkbpk_geo.intake.rows.kept import unused_columns
from kkbpk_geo.io import Cell, is_blank, kept_text, read_each, text_column

if TYPE_CHECKING:
    from kkbpk_geo.findings import Finding
    from kkbpk_geo.intake.open_sheet import OpenSheet, Rows

# Of a list these are counted, not read: a row is one group, in one village.
_COUNTED = ("groups", "villages_with_groups")


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """The rows in use of a list, by role; the first of several columns counts."""

    sheet: OpenSheet
    rows: Rows
    by_role: Mapping[str, Column]
    cells: Mapping[str, list[Cell]]

    def of(self, role: str) -> list[Cell]:
        """Return the cells of a role, blank where the list has no such column."""
        return self.cells.get(role) or [""] * len(self.rows)


def _listed(sheet: OpenSheet) -> Listed:
    rows = sheet.rows
    by_role: dict[str, Column] = {}
    for column in sheet.known.columns:
        by_role.setdefault("name" if column.what in NAMES else column.what, column)
    cells = {role: list(sheet.cells[rows, c.position]) for role, c in by_role.items()}
    return Listed(sheet, rows, by_role, cells)


class List(Kind):
    """One thing of a kind a row."""

    foreign = PLAN_ROLES | STOCK_ROLES
    stands_alone = True
    unknown_texts = "dropped"

    def lines(self, sheet: OpenSheet, head: pd.DataFrame) -> list[Lines]:
        """Return one line a row."""
        listed = _listed(sheet)
        found, told = self.typed(listed)
        counted = [c for c in sheet.known.columns if c.counts]
        found |= measure_columns(counted, sheet.numbers, listed.rows)
        data = head.iloc[listed.rows].reset_index(drop=True)
        data = pd.concat([data, pd.DataFrame(found, index=data.index)], axis=1)
        lines = Lines(
            key=sheet.known.kind,
            sheet=sheet.told([*unused_columns(sheet), *told]),
            data=data,
            rows=listed.rows,
            columns=sheet.known.columns,
        )
        return [lines]

    def typed(self, listed: Listed) -> tuple[dict[str, Any], list[Finding]]:
        """Return name, kind, coordinates and answers of the rows."""
        found: dict[str, Any] = {"name": kept_text(listed.of("name"))}
        kinds, told = self._kinds(listed)
        found["kind"] = text_column(kinds)
        for role in ("longitude", "latitude"):
            if role in listed.by_role:
                position = listed.by_role[role].position
                found[role] = listed.sheet.numbers[position].values[listed.rows]
        for role in FLAGS:
            if role in listed.by_role:
                found[role], more = _answers(role, listed)
                told += more
        return found, told

    def _kinds(self, listed: Listed) -> tuple[list[str | None], list[Finding]]:
        """Return the kind of each row, and what is to be said about the words."""
        words = [as_text(cell) for cell in listed.of("kind")]
        names = [as_text(cell) for cell in listed.of("name")]
        default = self.stated(listed.sheet.known)
        keys = [self.kind_of(*each, default) for each in zip(words, names, strict=True)]
        column, choices = listed.by_role.get("kind"), self.choices()
        told = [
            listed.sheet.find(
                "kind_unknown", int(row), column, value=word, expected=choices
            )
            for row, word, key in zip(listed.rows, words, keys, strict=True)
            if word and not key
        ]
        kinds = [key or self.other for key in keys]
        if kinds and column is None and not any(kinds):
            nameless = listed.by_role.get("name")
            told.append(listed.sheet.find("group_unknown", None, nameless))
        return kinds, told

    # Kind of a row of which nobody says any.
    other: ClassVar[str | None] = None

    def stated(self, known: Recognised) -> str:
        """Return the kind that a heading states for all rows (PUSKESMAS), or ``""``."""
        return self.stated_kind(known.columns)

    def stated_kind(self, columns: Sequence[Column]) -> str:
        """Return the kind that the heading of the names states, or ``""``."""
        named = [c.role for c in columns if c.what in NAMES and ":" in c.role]
        return named[0].partition(":")[2] if named else ""

    def kind_of(self, word: str, name: str, default: str) -> str:
        """Return the kind of one row: its own word decides, then the heading."""
        del word, name
        return default

    def choices(self) -> str:
        """Return the kinds that a row may name, for a reader."""
        return ""


class Groups(List):
    """One group a row."""

    def own(self, columns: Sequence[Column]) -> list[Column]:
        """Return the columns as figures of one group; no others can be counted."""
        stated = super().stated_kind(columns)
        kept = self._kept(columns)
        return [self._of_group(column, stated) for column in kept]

    def _of_group(self, column: Column, stated: str) -> Column:
        """Return a column as the group's own, or as one that is not the group's."""
        if not column.counts and column.why != "group_unknown":
            return column
        if column.role != "measure":
            return column
        bare = self._without_group(column)
        named = column.target.removesuffix(f"_{bare.target}")
        foreign = stated and bare.target != column.target and named != stated
        own = bare.target in measures() and measures()[bare.target].per_group
        if own and not foreign and bare.target not in _COUNTED:
            return bare
        return replace(column, why="measure_not_of_group")

    def stated(self, known: Recognised) -> str:
        """Return the kind that a heading, else the sheet states for all rows."""
        return super().stated(known) or known.group

    def kind_of(self, word: str, name: str, default: str) -> str:
        """Return the kind of group; nothing where the word is that of a facility."""
        del name
        kind = kind_of(word) if word else default
        return kind if is_group(kind) else ""

    def choices(self) -> str:
        """Return the short names of the kinds of group."""
        return group_choices()


class Facilities(List):
    """One facility a row; a facility of no known kind is ``other``."""

    of_facilities = True
    located = True
    other = "other"

    def kind_of(self, word: str, name: str, default: str) -> str:
        """Return the kind of facility; where nothing says it, its own name does."""
        kind = kind_of(word) if word else default
        if is_group(kind):
            kind = ""
        return kind or ("" if word else kind_of_name(name))

    def choices(self) -> str:
        """Return the kinds of facility."""
        return ", ".join(facility.id for facility in facility_kinds().values())


GROUPS, FACILITIES = Groups(), Facilities()


def group_choices() -> str:
    """Return the kinds of group that a row may name, for a reader."""
    return ", ".join(group.short for group in groups().values())


def _answers(role: str, listed: Listed) -> tuple[pd.Series[bool], list[Finding]]:
    """Read answers such as Ya and Tidak; tell what is neither."""
    short = role == "low_stock"
    expected = "Cukup, Kurang" if short else "Ya, Tidak"
    answers = read_each(listed.of(role), is_short if short else yes_or_no)
    told = [
        listed.sheet.find(
            "answer_unreadable", int(row), listed.by_role[role],
            value=as_text(cell), expected=expected,
        )
        for row, cell, answer in zip(
            listed.rows, listed.of(role), answers, strict=True
        )
        if answer is None and not is_blank(cell)
    ]  # fmt: skip
    return pd.Series(pd.array(answers, dtype="boolean")), told
