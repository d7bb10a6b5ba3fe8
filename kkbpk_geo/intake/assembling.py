"""From cells to typed columns: the frame that the rest of the library works on.

Layer:  3 (intake).
In:     the cells of the rows in use, what each column is.
Out:    pandas columns, and the findings that only typing them can show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kkbpk_geo.catalogue.programme import facility_kinds, groups
from kkbpk_geo.intake.findings import finding
from kkbpk_geo.intake.headers import as_text
from kkbpk_geo.intake.headings import Column, Recognised
from kkbpk_geo.intake.model import Finding
from kkbpk_geo.intake.numbers import AMBIGUOUS, OK, UNREADABLE, Numbers, as_measure
from kkbpk_geo.intake.sheets import Cell
from kkbpk_geo.intake.values import (
    is_blank,
    is_group,
    is_short,
    kind_of,
    kind_of_name,
    read_each,
    yes_or_no,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TEXT: Any = "str" if int(pd.__version__.partition(".")[0]) >= 3 else object  # noqa: PLR2004
FLAGS = ("reporting", "has_kit", "has_decree", "low_stock")
_UNTRAINED = "belum"


def text_column(values: Iterable[object]) -> pd.Series[str]:
    """Return a text column; empty text and None are missing."""
    return pd.Series([value or None for value in values], dtype=_TEXT)


def kept_text(cells: Iterable[Cell]) -> pd.Series[str]:
    """Return cells as text as they stand; blank is missing."""
    return text_column(read_each(cells, as_text))


def add_up(parts: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Add columns up; a row whose parts are all missing stays missing."""
    if len(parts) == 1:
        return parts[0]
    stacked = np.vstack(parts)
    missing = np.isnan(stacked).all(axis=0)
    sums: NDArray[np.float64] = np.where(missing, np.nan, np.nansum(stacked, axis=0))
    return sums


def measure_columns(
    columns: Sequence[Column], numbers: Mapping[int, Numbers], rows: NDArray[np.int_]
) -> dict[str, pd.Series[Any]]:
    """Return the measures by catalogue column, for the rows in use."""
    parts: dict[str, list[NDArray[np.float64]]] = {}
    for column in columns:
        values = numbers[column.position].values[rows]
        parts.setdefault(column.target, []).append(values)
    return {name: as_measure(add_up(each)) for name, each in parts.items()}


def number_findings(
    column: Column, cells: Sequence[Cell], numbers: Numbers, rows: NDArray[np.int_]
) -> list[tuple[str, int, str, str, int]]:
    """Return what is odd about a column's numbers: code, row, value, expected, count.

    Only rows in use are looked at. Numbers stored as text are told once per column.
    """
    found: list[tuple[str, int, str, str, int]] = []
    faults = numbers.faults[rows]
    for i in rows[faults != OK].tolist():
        text = as_text(cells[i])
        if numbers.faults[i] == UNREADABLE:
            found.append(("number_unreadable", i, text, "", 1))
        elif numbers.faults[i] == AMBIGUOUS:
            digits = text.replace(".", "").replace(",", "")
            both = f"{digits} / {text.replace(',', '.')}"
            found.append(("number_ambiguous", i, text, both, 1))
    stored = rows[numbers.from_text[rows]]
    if column.role == "measure" and len(stored):
        first = int(stored[0])
        found.append(("number_as_text", first, as_text(cells[first]), "", len(stored)))
    return found


# --- lists ----------------------------------------------------------------------------


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


def column_findings(columns: Iterable[Column], file: str, sheet: str) -> list[Finding]:
    """Report columns that are not used, with why."""
    return [
        finding(
            column.why or "column_unknown",
            file=file,
            sheet=sheet,
            column=column.printed or f"#{column.position + 1}",
        )
        for column in columns
    ]
