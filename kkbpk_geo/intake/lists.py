"""Lists: one group, facility or person a row; what they say besides counts.

In:     an :class:`~kkbpk_geo.intake.opened.OpenSheet` of a list, the rows in use.
Out:    name, kind, coordinates and answers as typed columns, with findings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kkbpk_geo.base.text import as_text
from kkbpk_geo.catalogue.programme import facility_kinds, groups
from kkbpk_geo.intake.cells.numbers import as_measure
from kkbpk_geo.intake.cells.values import (
    is_group,
    is_short,
    kind_of,
    kind_of_name,
    yes_or_no,
)
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.recognise.headings import Column, Recognised
from kkbpk_geo.io import Cell, is_blank, kept_text, read_each, text_column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int_]

FLAGS = ("reporting", "has_kit", "has_decree", "low_stock")
NAMES = ("group_name", "facility_name")
_UNTRAINED = "belum"


def list_columns(
    sheet: OpenSheet, rows: Rows, columns: Sequence[Column]
) -> dict[str, Any]:
    """Return name, kind, coordinates and answers of the rows of a list."""
    cells: dict[str, list[Any]] = {}
    by_role: dict[str, Column] = {}
    for column in columns:
        role = column.role.partition(":")[0]
        role = "name" if role in NAMES else role
        by_role.setdefault(role, column)
        cells.setdefault(role, list(sheet.cells[rows, column.position]))
    if sheet.known.kind == "staff":
        return staff_columns(cells, len(rows))
    found: dict[str, Any] = {}
    found["name"] = kept_text(cells.get("name", [""] * len(rows)))
    kinds, odd = list_kinds(sheet.known, cells, len(rows))
    found["kind"] = text_column(kinds)
    choices = kind_choices(sheet.known.kind)
    for i, text in odd:
        row = int(rows[i])
        sheet.tell("kind_unknown", row, by_role["kind"], value=text, expected=choices)
    if len(rows) and "kind" not in by_role and not any(kinds):
        sheet.tell("group_unknown", None, by_role.get("name"))
    for role in ("longitude", "latitude"):
        if role in by_role:
            found[role] = sheet.numbers[by_role[role].position].values[rows]
    for role in FLAGS:
        if role in by_role:
            found[role], odd = flag_column(role, cells[role])
            answers = "Cukup, Kurang" if role == "low_stock" else "Ya, Tidak"
            for i, text in odd:
                sheet.tell(
                    "answer_unreadable", int(rows[i]), by_role[role],
                    value=text, expected=answers,
                )  # fmt: skip
    return found


def flag_column(
    role: str, cells: Sequence[Cell]
) -> tuple[pd.Series[bool], list[tuple[int, str]]]:
    """Read answers such as Ya and Tidak; also (position, text) of what is neither."""
    reader = is_short if role == "low_stock" else yes_or_no
    answers = read_each(cells, reader)
    odd = [
        (i, as_text(cell))
        for i, (cell, answer) in enumerate(zip(cells, answers, strict=True))
        if answer is None and not is_blank(cell)
    ]
    return pd.Series(pd.array(answers, dtype="boolean")), odd


def list_kinds(
    known: Recognised, cells: Mapping[str, Sequence[Cell]], n: int
) -> tuple[list[str | None], list[tuple[int, str]]]:
    """Return the group or facility kind of each row, and (position, text) unknown.

    The row's own word decides, then the heading (PUSKESMAS), then what a facility's
    name begins with; a facility of no known kind is ``other``.
    """
    facilities = known.kind != "groups"
    said = next((c.role for c in known.of_role(*_named(known)) if ":" in c.role), "")
    default = said.partition(":")[2] or ("" if facilities else known.group)
    words = [as_text(cell) for cell in cells.get("kind", [""] * n)]
    names = [as_text(cell) for cell in cells.get("name", [""] * n)]
    out: list[str | None] = []
    odd = []
    for i, (word, name) in enumerate(zip(words, names, strict=True)):
        kind = kind_of(word) if word else default
        if kind and is_group(kind) == facilities:
            kind = ""
        if facilities and not kind and not word:
            kind = kind_of_name(name)
        if not kind and word:
            odd.append((i, word))
        out.append(kind or ("other" if facilities else None))
    return out, odd


def _named(known: Recognised) -> list[str]:
    return [c.role for c in known.columns if c.role.startswith("facility_name")]


def kind_choices(kind: str) -> str:
    """Return the kinds that a list may name, for a reader."""
    if kind == "groups":
        return ", ".join(group.short for group in groups().values())
    return ", ".join(facility.id for facility in facility_kinds().values())


def staff_columns(
    cells: Mapping[str, Sequence[Cell]], n: int
) -> dict[str, pd.Series[Any]]:
    """Count a list of staff: one person a row, trained or not, one place each.

    Returns
    -------
    ``staff`` (1), ``staff_trained`` (0, 1 or missing where nothing is said), and
    ``facilities``: 1 in the first row of each registration number.
    """
    said = read_each(cells.get("training", [""] * n), as_text)
    trained = [
        np.nan if not text else float(not text.casefold().startswith(_UNTRAINED))
        for text in said
    ]
    out = {
        "staff": as_measure(np.ones(n)),
        "staff_trained": as_measure(np.array(trained, dtype=float)),
    }
    if "registration" in cells:
        numbers = kept_text(cells["registration"])
        first = numbers.notna() & ~numbers.duplicated()
        out["facilities"] = as_measure(first.to_numpy().astype(float))
    return out
