"""Decisions as people write them: in the meeting's workbook, or in a frame.

In:     a workbook, a frame or records. Out: one :class:`Choice` per decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import CellError, KkbpkGeoError, PlanError
from kkbpk_geo.base.marks import UNMARKED, Marks
from kkbpk_geo.base.missing import as_float, is_missing
from kkbpk_geo.base.periods import QUARTER, Period
from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.activities import fund_of, funds, term_of, terms
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.intake import (
    Said,
    bare_time,
    find_marks,
    first_row,
    read_numbers,
    read_periods,
    read_quarter,
    split_target,
)
from kkbpk_geo.io import (
    Form,
    FormTable,
    as_records,
    headings,
    is_about_a_person,
    looking,
    plain,
    read_rupiah,
)
from kkbpk_geo.plan.lines.words import unit_text

if TYPE_CHECKING:
    import pandas as pd

MERGING = ("province", "district", "base", "other")
NOTING = ("accepted", "follow_up")
NAMES = ("decision_id", "choice", "value", "why")
# What a decision is about: an answer is the answer to these words only.
ABOUT = ("base", "province", "district")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One decision taken: which side, or which other value, and why.

    ``place`` says where it was written: file, sheet and row; ``sheet`` the sheet alone.
    ``marks``: whether that workbook is about sample plans.
    """

    decision_id: str
    choice: str
    value: Any = ""
    why: str = ""
    place: tuple[str, int] = ("", 0)
    sheet: str = ""
    marks: Marks = UNMARKED


def choices_of(decision_id: str) -> tuple[str, ...]:
    """Return the choices that fit a decision, in the order of a list.

    Examples
    --------
    >>> choices_of("18.10:group_coaching:bkb:2026-Q1|line")
    ('province', 'district', 'base')
    >>> choices_of("plan:18.11|note")
    ('accepted', 'follow_up')
    """
    field = decision_id.rpartition("|")[2]
    if field == "note":
        return NOTING
    # A whole line cannot be another value.
    return MERGING[:-1] if field == "line" else MERGING


@cache
def choice_words() -> Mapping[str, str]:
    """Return every word for a choice, folded, and the choice that it stands for."""
    found = {}
    for key in (*MERGING, *NOTING):
        for text in (key, label(f"choice_{key}", "id"), label(f"choice_{key}", "en")):
            found[fold_words(text)] = key
    return MappingProxyType(found)


def read_decisions(
    source: str | Path | pd.DataFrame | Iterable[Mapping[str, Any]],
) -> list[Choice]:
    """Read decisions; rows without a choice are no decisions.

    Parameters
    ----------
    source : path, DataFrame or records
        A workbook of the meeting pack, or columns ``decision_id, choice`` and, where
        wanted, ``value, why``.

    Returns
    -------
    list of Choice

    Raises
    ------
    CellError
        For a choice that is none, a value without the choice that it is for, a choice
        without the id of its decision, or a reason with a number of a person; names
        sheet and row.
    PlanError
        If there is no column of ids, or one decision is taken twice, differently.
    IntakeError
        If a workbook cannot be read.
    """
    if isinstance(source, (str, Path)):
        rows = _from_workbook(Path(source))
    else:
        rows = _from_records(source)
    found: dict[str, Choice] = {}
    for row in rows:
        made = _choice(row)
        if made is None:
            continue
        other = found.setdefault(made.decision_id, made)
        if _answer(other) != _answer(made):
            msg = (
                f"decision {made.decision_id!r} is taken twice, as {_answer(other)!r} "
                f"in {other.place[0]}, row {other.place[1]}, and {_answer(made)!r} in "
                f"{made.place[0]}, row {made.place[1]}. Keep one."
            )
            raise PlanError(msg)
        # The same on two sheets: what either gives as a reason is on record.
        whys = dict.fromkeys(filter(None, (other.why, made.why)))
        found[made.decision_id] = replace(other, why="; ".join(whys))
    return list(found.values())


def _answer(made: Choice) -> str:
    """Return what is decided; a number is the same typed as text."""
    return " ".join(filter(None, (made.choice, as_text(made.value).strip())))


def answers_in(path: str | Path) -> dict[str, list[dict[str, Any]]]:
    """Return what was typed into a workbook of the meeting pack, as it was typed.

    Returns
    -------
    dict decision_id -> rows of cells
        Of :data:`NAMES` and :data:`ABOUT`, one for each sheet with an answer. Empty
        where the workbook cannot be read: whoever writes a new one keeps this one
        anyway.
    """
    try:
        with looking():
            rows = _from_workbook(Path(path), (*NAMES, *ABOUT))
    except KkbpkGeoError:
        return {}
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        typed = [_said(row, name) for name in ("choice", "value", "why")]
        personal = any(map(is_about_a_person, typed))
        if not all(map(_blank, typed)) and not personal:
            found.setdefault(plain(row["decision_id"]), []).append(row)
    return found


def _from_records(source: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    records = as_records(source) if hasattr(source, "columns") else list(source)
    rows = []
    for i, record in enumerate(records, 1):
        row = {str(name): value for name, value in record.items()}
        if "decision_id" not in row or "choice" not in row:
            msg = (
                f"decisions: row {i} has {sorted(row)}; expected 'decision_id' and "
                "'choice', and where wanted 'value' and 'why'."
            )
            raise PlanError(msg)
        rows.append({**row, "place": ("decisions", i), "marks": UNMARKED})
    return rows


def _from_workbook(path: Path, names: Iterable[str] = NAMES) -> list[dict[str, Any]]:
    form = Form.read(path)
    anchors = ("decision_id", "choice")
    tables = list(form.tables(headings("meeting_", names), anchors))
    if not tables:
        msg = (
            f"{path.name}: no sheet has the headings {label('meeting_decision_id')!r} "
            f"and {label('meeting_choice')!r}. Give the workbook that the meeting pack "
            "wrote, filled in."
        )
        raise PlanError(msg)
    for table, row, key in form.unstored(tables):
        if row > table.head:
            raise _wrong(
                {"place": _place(table, row)}, key, "",
                "a formula with its result stored",
                "Open the workbook in a spreadsheet program and save it, or type the "
                "text.",
            )  # fmt: skip
    marks = Marks.of(*(find_marks(grid, first_row(grid)) for grid in form.grids))
    rows = []
    for table in tables:
        for row in table.rows():
            cells = {key: table.cell(row, key) for key in table.columns}
            said_in = {"place": _place(table, row), "sheet": table.grid.sheet}
            rows.append({**cells, **said_in, "marks": marks})
    return rows


def _place(table: FormTable, row: int) -> tuple[str, int]:
    """Return file and sheet, and the row as a person counts it."""
    return f"{table.grid.file}, {table.grid.sheet}", row + 1


def _blank(value: object) -> bool:
    return is_missing(value) or value == ""


def _choice(row: Mapping[str, Any]) -> Choice | None:
    """Return what a row decides; None where it decides nothing."""
    value = _said(row, "value")
    if _blank(row["decision_id"]):
        if _blank(_said(row, "choice")):
            return None
        raise _wrong(
            row, "decision_id", "", "the id of the decision, as the meeting pack wrote "
            "it", "Copy the row again from the workbook of the meeting pack.",
        )  # fmt: skip
    if _blank(_said(row, "choice")) and _blank(value):
        return None
    key = _key(row)
    if key != "other" and not _blank(value):
        raise _wrong(
            row, "value", value, f"nothing beside {label(f'choice_{key}')!r}",
            f"Choose {label('choice_other')!r}, or empty the value.",
        )  # fmt: skip
    return Choice(
        decision_id=str(row["decision_id"]).removeprefix("'"),
        choice=key,
        value=value,
        why=_reason(row),
        place=row["place"],
        sheet=row.get("sheet", ""),
        marks=row["marks"],
    )


def _said(row: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401
    """Return a cell, ``""`` where it says nothing or there is no such column."""
    cell = row.get(name, "")
    return "" if _blank(cell) else cell


def _key(row: Mapping[str, Any]) -> str:
    said = _said(row, "choice")
    key = choice_words().get(fold_words(str(said)), "")
    if not key:
        names = ", ".join(label(f"choice_{key}") for key in (*MERGING, *NOTING))
        raise _wrong(row, "choice", said, names, "Choose one from the list.")
    return key


def _reason(row: Mapping[str, Any]) -> str:
    why = _said(row, "why")
    if is_about_a_person(why):
        raise _wrong(
            row, "why", "•••", "a reason without a number of a person",
            "Take the number out; it is kept nowhere.",
        )  # fmt: skip
    return as_text(why).strip()


def _wrong(
    row: Mapping[str, Any], name: str, found: object, expected: str, remedy: str
) -> CellError:
    table, number = row["place"]
    heading = label(f"meeting_{name}")
    return CellError(table, number, heading, found, expected=expected, remedy=remedy)


def parse_value(choice: Choice, field: str, *, year: int | None) -> Any:  # noqa: ANN401
    """Read another value that a meeting decided on.

    Parameters
    ----------
    choice : Choice
    field : str
        Which field it is for.
    year : int, optional
        Of the line, where a time names no year.

    Raises
    ------
    CellError
        If it cannot be read as a value of the field, or is below 0 or without end;
        names sheet and row.
    """
    cell = choice.value
    known_funds = ", ".join(fund.id for fund in funds().values())
    known_statuses = ", ".join(term.id for term in terms("status").values())
    readers = {
        "target": (_target, "a number, with or without a unit, such as 120 kelompok"),
        "realised": (_number, "a number"),
        "budget": (_rupiah, "whole rupiah, such as Rp 1.250.000"),
        "spent": (_rupiah, "whole rupiah, such as Rp 1.250.000"),
        "period": (lambda c: _period(c, year), "a time, such as TW II 2026 or April"),
        "fund": (_fund, known_funds),
        "status": (_status, known_statuses),
        "responsible": (_text, "the name of an office"),
    }
    if field not in readers:
        raise CellError(
            *choice.place, label("meeting_choice"), label("choice_other"),
            expected="one of the two plans, or neither",
            remedy="A whole line cannot be another value; change its fields instead.",
        )  # fmt: skip
    read, expected = readers[field]
    if field in ("target", "realised") and not _countable(cell):
        raise CellError(
            *choice.place, label("meeting_value"), cell,
            expected="a number of 0 or more that a plan can hold",
            remedy="Write the value that was decided.",
        )  # fmt: skip
    value = None if _blank(cell) else read(cell)
    if value is None:
        raise CellError(
            *choice.place, label("meeting_value"), cell, expected=expected,
            remedy="Write the value that was decided.",
        )  # fmt: skip
    return value


def unit_lacking(choice: Choice, units: Iterable[str]) -> CellError:
    """Say that a target needs its unit, because the plans count in several."""
    names = " / ".join(unit_text(unit) for unit in units)
    return CellError(
        *choice.place, label("meeting_value"), choice.value,
        expected=f"a number with its unit, because the plans say {names}",
        remedy="Write the unit behind the number, such as 120 kelompok.",
    )  # fmt: skip


def _number(cell: Any) -> float | None:  # noqa: ANN401
    return as_float(read_numbers([cell]).values[0])


def _countable(cell: Any) -> bool:  # noqa: ANN401
    """Whether a number is one to plan or report; what is no number is judged later."""
    try:
        value = _number(split_target(cell)[0])
    except OverflowError:  # a whole number beyond every float
        return False
    return value is None or 0 <= value < float("inf")


def _target(cell: Any) -> tuple[float, str] | None:  # noqa: ANN401
    bare, unit = split_target(cell)
    value = _number(bare)
    if value is None:
        return None
    return value, term_of("unit", unit) if unit else ""


def _rupiah(cell: Any) -> int | None:  # noqa: ANN401
    return read_rupiah(cell).value


def _period(cell: Any, year: int | None) -> tuple[int | None, ...] | None:  # noqa: ANN401
    quarter = read_quarter(cell)
    if not quarter.fine or bare_time(cell):
        return None
    read = read_periods({"period": [quarter.rest]}, [True], said=Said(year=year))
    period = read.periods[0]
    if period is None:
        return None
    found = Period.parse(period)
    if not (found.is_year or found.month):
        return None
    number = (found.month - 1) // QUARTER + 1 if found.month else quarter.number
    return found.begins[0], number, found.month


def _fund(cell: Any) -> tuple[str, str] | None:  # noqa: ANN401
    key = fund_of(as_text(cell))
    return (key, as_text(cell)) if key else None


def _status(cell: Any) -> str | None:  # noqa: ANN401
    return term_of("status", as_text(cell)) or None


def _text(cell: Any) -> str | None:  # noqa: ANN401
    return None if is_about_a_person(cell) else as_text(cell).strip() or None
