"""Work plans: one activity a row; its words as keys, its amounts exact, all text kept.

Why: two plans can only be compared once activity, source of funds, quarter and unit are
the same words. What is not understood keeps its text and gets a finding.

In:     an :class:`~kkbpk_geo.intake.open_sheet.OpenSheet` of a plan; its lines, as
        :mod:`kkbpk_geo.intake.kinds.plans.wide` lays them out.
Out:    the columns of a plan (see :func:`plan_columns`), with findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from kkbpk_geo.base.periods import YEAR
from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.activities import (
    activities,
    activity_of,
    fund_of,
    funds,
    indicator_of,
    term_of,
    terms,
)
from kkbpk_geo.catalogue.headings import words
from kkbpk_geo.catalogue.work.nomenclature import activity_of_work
from kkbpk_geo.findings import Finding
from kkbpk_geo.intake.cells.numbers import Numbers, read_numbers
from kkbpk_geo.intake.cells.periods import DATES
from kkbpk_geo.intake.cells.persons import looks_like_a_name
from kkbpk_geo.intake.kinds.plans.sums import check_sum
from kkbpk_geo.intake.kinds.plans.times import (
    Quarter,
    heading_scale,
    read_quarter,
    split_target,
)
from kkbpk_geo.intake.kinds.plans.wide import HALF_HEADING, PlanLines, half_texts
from kkbpk_geo.intake.open_sheet import QUOTED, OpenSheet
from kkbpk_geo.intake.recognise.columns import AS_TEXT, Column
from kkbpk_geo.intake.rows.columns import number_findings
from kkbpk_geo.io import (
    Cell,
    Rupiah,
    is_blank,
    kept_text,
    read_each,
    read_rupiah,
    text_column,
)

_ACTIVITY = ("activity", "sub_activity")
# Of a plan that was read from the forms of offices and written again: role -> column.
_OF_FORMS = {"code_of_work": "code", "edition_of_work": "edition", "detail": "detail"}
_CASH = ("cash_1", "cash_2", "cash_3", "cash_4")


def plan_columns(
    sheet: OpenSheet, lines: PlanLines
) -> tuple[dict[str, pd.Series[Any]], list[Finding]]:
    """Return the columns of a plan for its lines, and what there is to say of them.

    Returns
    -------
    dict
        ``line_id`` (text, if the sheet has one); ``programme, activity, indicator,
        fund, unit, status`` (keys of the catalogue, ``""`` where the text is none; a
        unit that is not known keeps its text), each but the last two with its text as
        written (``activity_text`` ...); ``quarter`` (Int64); ``target, realised``
        (Float64); ``budget, spent`` (Int64, rupiah); ``responsible`` (text). A column
        with cells that could not be read is there a second time as text,
        ``<heading> (teks)``.
    list of Finding
    """
    reader = _Reader(sheet, lines)
    return reader.read(), reader.found


class _Reader:
    """The columns of one plan being read; ``found`` is what there is to say."""

    def __init__(self, sheet: OpenSheet, lines: PlanLines) -> None:
        self.sheet, self.lines = sheet, lines
        self.by_role = {c.role: c for c in reversed(sheet.known.columns)}
        self.rows = lines.rows
        self.kept: dict[str, pd.Series[Any]] = {}
        self.found: list[Finding] = []

    def cells(self, role: str) -> list[Cell]:
        """Return the cells of a role; blank where a line has no such column."""
        if role in self.lines.at:
            at = self.lines.at[role]
            found = self.sheet.cells[self.rows, np.maximum(at, 0)]
            found[at < 0] = ""
            return list(found)
        if role not in self.by_role:
            return [""] * len(self.rows)
        return list(self.sheet.cells[self.rows, self.by_role[role].position])

    def column(self, role: str, line: int) -> Column:
        """Return the column that a line has a role from."""
        at = self.lines.at.get(role)
        if at is None or at[line] < 0:
            return self.by_role[role]
        return self.sheet.known.columns[int(at[line])]

    def texts(self, role: str) -> list[str]:
        """Return the cells of a role as text; dashes and the like are blank."""
        return read_each(
            self.cells(role), lambda c: "" if is_blank(c) else as_text(c).strip()
        )

    def keep(self, column: Column, *, everywhere: bool = False) -> None:
        """Keep a column as text besides what could be read of it.

        A phase is kept in the lines that are of it, unless ``everywhere``.
        """
        name = f"{column.printed}{AS_TEXT}"
        if name in {c.printed for c in self.sheet.known.columns}:
            return  # a plan that was written by us has it already
        cells = self.sheet.cells[self.rows, column.position]
        if column.phase and not everywhere:
            cells[self.lines.at[column.role] != column.position] = ""
        if column.role in QUOTED:  # what stands among figures may have slipped there
            cells[np.array(read_each(cells, looks_like_a_name), dtype=np.bool_)] = ""
        self.kept.setdefault(name, kept_text(cells))

    def tell_each(
        self, code: str, role: str, faults: Sequence[tuple[int, str]], expected: str
    ) -> None:
        """Report faults (position, text) of one column, and keep its text.

        A cell that stands in several lines is one fault.
        """
        told: set[tuple[int, int]] = set()
        for i, text in faults:
            column = self.column(role, i)
            row = int(self.rows[i])
            if (cell := (row, column.position)) in told:
                continue
            told.add(cell)
            self.found.append(
                self.sheet.find(code, row, column, value=text, expected=expected)
            )
            self.keep(column)

    def read(self) -> dict[str, pd.Series[Any]]:
        """Read every column."""
        found: dict[str, pd.Series[Any]] = {}
        if "line_id" in self.by_role:
            found["line_id"] = text_column(self.texts("line_id"))
        programme, indicator = self.texts("programme"), self.texts("indicator")
        activity = self.activities()
        keys = self.keys(activity, indicator)
        found["programme"] = _key_column(_programmes(programme, keys))
        found["activity"] = _key_column(keys)
        found["activity_text"] = text_column(activity)
        found["indicator"] = _key_column(_indicators(indicator, keys))
        found["quarter"] = self.quarters()
        found["target"], said = self.target("target")
        found["unit"] = self.units(said)
        found["budget"] = self.money("budget")
        found |= self.fund()
        found["responsible"] = self.responsible()
        found["status"] = self.status()
        found["realised"] = self.realised(found["unit"])
        found["spent"] = self.money("spent")
        self.check_sums(found)
        found["programme_text"] = text_column(programme)
        found["indicator_text"] = text_column(indicator)
        if any(halves := half_texts(self.lines)):
            found[HALF_HEADING] = text_column(halves)
        found |= self.of_forms()
        return {**found, **self.kept}

    def keys(self, texts: Sequence[str], indicators: Sequence[str]) -> list[str]:
        """Return the activity of each line: by its code where there is one."""
        keys = read_each(texts, activity_of)
        codes, editions = self.texts("code_of_work"), self.texts("edition_of_work")
        for i, code in enumerate(codes):
            if code:
                said = (indicators[i], texts[i])
                keys[i] = activity_of_work(code, editions[i], said)
        return keys

    def of_forms(self) -> dict[str, pd.Series[Any]]:
        """Read what a form of an office said, where such a plan was written again."""
        found: dict[str, pd.Series[Any]] = {}
        for role, name in _OF_FORMS.items():
            if role in self.by_role:
                found[name] = text_column(self.texts(role)).fillna("")
        if "physical" in self.by_role:
            found["physical"], _ = self.target("physical")
        cash = filter(self.by_role.__contains__, _CASH)
        return found | {role: self.money(role) for role in cash}

    def activities(self) -> list[str]:
        """Return the work of each line, as finely as it is named."""
        pairs = zip(self.texts("sub_activity"), self.texts("activity"), strict=True)
        if set(_ACTIVITY) <= set(self.by_role):
            self.keep(self.by_role["activity"])
        return [fine or coarse for fine, coarse in pairs]

    def check_sums(self, found: dict[str, pd.Series[Any]]) -> None:
        """Compare sums beside the phases; keep those that say something else."""
        for each in self.lines.sums:
            idle, told = check_sum(self.sheet, each, found)
            self.found += told
            if not idle:
                self.keep(each.column, everywhere=True)

    def quarters(self) -> pd.Series[Any]:
        """Read the quarter from wherever a date stands; a heading goes before it."""
        numbers: list[int | None] = [None] * len(self.rows)
        phased = [p is not None and p.size < YEAR for p in self.lines.phases]
        for role in ("quarter", *DATES):
            if role in self.by_role:
                read = self.quarters_in(role, phased)
                numbers = [n or q.number for n, q in zip(numbers, read, strict=True)]
        for i, phase in enumerate(self.lines.phases):
            if phase and phased[i]:
                numbers[i] = phase.quarter
        return pd.Series(pd.array(numbers, dtype="Int64"))

    def quarters_in(self, role: str, phased: Sequence[bool]) -> list[Quarter]:
        """Read one column; ``phased``: whether a heading says when the line is."""
        reader = partial(read_quarter, bare=role == "quarter")
        read = read_each(self.cells(role), reader)
        faults = []
        overruled = False
        for i, (quarter, by_heading) in enumerate(zip(read, phased, strict=True)):
            overruled |= bool(quarter.number) and by_heading
            if not quarter.fine and not by_heading:
                faults.append((i, quarter.rest))
        self.tell_each("quarter_unreadable", role, faults, "TW I … TW IV")
        if overruled and role != "year":
            self.keep(self.by_role[role])
        return read

    def target(self, role: str) -> tuple[pd.Series[Any], list[str]]:
        """Read targets (or results), and the units that stand in their cells."""
        split = read_each(self.cells(role), split_target)
        numbers = read_numbers([cell for cell, _ in split])
        if role in self.by_role:
            self.tell_numbers(role, numbers)
        missing = np.isnan(numbers.values)
        filled = np.where(missing, 0, numbers.values)
        units = [unit for _, unit in split]
        return pd.Series(pd.arrays.FloatingArray(filled, missing)), units

    def tell_numbers(self, role: str, numbers: Numbers) -> None:
        """Report what cannot be read as a number."""
        everywhere = np.arange(len(self.rows))
        cells = [as_text(cell) for cell in self.cells(role)]
        told = number_findings(self.by_role[role], cells, numbers, everywhere)
        for code, i, value, expected, _ in told:
            if code != "number_as_text":  # "120 orang" is how plans are written
                self.tell_each(code, role, [(i, value)], expected)

    def realised(self, units: pd.Series[str]) -> pd.Series[Any]:
        """Read results; one in another unit than its target is missing, and told."""
        values, said = self.target("realised")
        cells = self.cells("realised")
        faults: dict[str, list[tuple[int, str]]] = {}
        for i, (unit, beside) in enumerate(zip(units, said, strict=True)):
            if _other_unit(unit, _unit(beside)):
                values[i] = pd.NA
                faults.setdefault(unit, []).append((i, as_text(cells[i])))
        for unit, own in faults.items():
            shown = terms("unit")[unit].id if unit in terms("unit") else unit or "–"
            self.tell_each("realised_unit_differs", "realised", own, shown)
        return values

    def units(self, said: Sequence[str]) -> pd.Series[Any]:
        """Return units: the column's, else those that stand beside the targets."""
        out, faults = [], []
        for i, (own, beside) in enumerate(zip(self.texts("unit"), said, strict=True)):
            mine, other = _unit(own), _unit(beside)
            if mine and other and mine != other:
                faults.append((i, f"{own} / {beside}"))
            out.append(mine or other)
        if faults:
            self.tell_each("unit_disagrees", "target", faults, "")
        return _key_column(self.one_unit_a_row(out))

    def one_unit_a_row(self, units: Sequence[str]) -> list[str]:
        """Give the lines of a row the one unit that any of its phases names."""
        of_row: dict[int, set[str]] = {}
        for row, unit in zip(self.rows.tolist(), units, strict=True):
            of_row.setdefault(row, set()).update({unit} - {""})
        only = {row: own.pop() for row, own in of_row.items() if len(own) == 1}
        return [
            unit or only.get(row, "")
            for row, unit in zip(self.rows.tolist(), units, strict=True)
        ]

    def money(self, role: str) -> pd.Series[Any]:
        """Read amounts in rupiah; what is not exact is missing, and told."""
        if role not in self.by_role:
            return pd.Series(pd.array([None] * len(self.rows), dtype="Int64"))
        cells = self.cells(role)
        columns = [self.column(role, i) for i in range(len(cells))]
        scales = read_each((c.printed for c in columns), heading_scale)
        read = self.amounts(cells, scales)
        faults: dict[str, list[tuple[int, str]]] = {}
        for i, amount in enumerate(read):
            if amount.fault:
                faults.setdefault(amount.fault, []).append((i, as_text(cells[i])))
        for code, own in faults.items():
            self.tell_each(code, role, own, "Rp 1.250.000")
        told = {scale: columns[i] for i, scale in enumerate(scales) if scale > 1}
        for scale, column in told.items():
            said = self.sheet.find("rupiah_scaled", None, column, value=f"× {scale}")
            self.found.append(said)
        return pd.Series(pd.array([each.value for each in read], dtype="Int64"))

    @staticmethod
    def amounts(cells: Sequence[Cell], scales: Sequence[int]) -> list[Rupiah]:
        """Read amounts, those of one scale together: an amount stands in many lines."""
        of_scale = {
            scale: read_each(cells, partial(read_rupiah, scale=scale))
            for scale in set(scales)
        }
        return [of_scale[scale][i] for i, scale in enumerate(scales)]

    def fund(self) -> dict[str, pd.Series[Any]]:
        """Read the source of funds; a bare APBD stays what it is."""
        texts = self.texts("fund")
        keys = read_each(texts, fund_of)
        odd = [(i, text) for i, text in enumerate(texts) if text and not keys[i]]
        expected = ", ".join(fund.id for fund in funds().values())
        self.tell_each("fund_unknown", "fund", odd, expected)
        if bare := [i for i, key in enumerate(keys) if key and funds()[key].own]:
            self.found.append(
                self.sheet.find(
                    "fund_level_unstated", int(self.rows[bare[0]]),
                    self.by_role["fund"], value=texts[bare[0]],
                    expected="APBD provinsi / APBD kabupaten/kota", count=len(bare),
                )
            )  # fmt: skip
        return {"fund": _key_column(keys), "fund_text": text_column(texts)}

    def responsible(self) -> pd.Series[str]:
        """Return offices; what may be a person is not kept."""
        texts = self.texts("responsible")
        kept = read_each(texts, office_only)
        if lost := [i for i in range(len(texts)) if texts[i] and not kept[i]]:
            self.found.append(
                self.sheet.find(
                    "responsible_not_office", int(self.rows[lost[0]]),
                    self.by_role["responsible"], count=len(lost),
                )
            )  # fmt: skip
        return text_column(kept)

    def status(self) -> pd.Series[str]:
        """Read the state of each line."""
        texts = self.texts("plan_status")
        keys = read_each(texts, lambda text: term_of("status", text))
        odd = [(i, text) for i, text in enumerate(texts) if text and not keys[i]]
        expected = ", ".join(term.id for term in terms("status").values())
        self.tell_each("answer_unreadable", "plan_status", odd, expected)
        return _key_column(keys)


def _programmes(texts: Sequence[str], activity: Sequence[str]) -> list[str]:
    """Return the programme a line names; that of its activity where it names none."""
    keys = read_each(texts, lambda text: term_of("programme", text))
    serves = read_each(activity, lambda key: key and activities()[key].programme)
    for i, text in enumerate(texts):
        keys[i] = keys[i] if text else keys[i] or serves[i]
    return keys


def _indicators(texts: Sequence[str], activity: Sequence[str]) -> list[str]:
    """Return the indicator a line names, else the one that its activity serves."""
    keys = read_each(texts, indicator_of)
    serves = read_each(activity, lambda key: key and activities()[key].indicator)
    return [key or own for key, own in zip(keys, serves, strict=True)]


def _other_unit(unit: str, beside: str) -> bool:
    """Whether a result is in another unit; a bare target may be in any but percent."""
    return bool(beside) and beside != unit and (bool(unit) or beside == "percent")


def _unit(text: str) -> str:
    return (term_of("unit", text) or fold_words(text)) if text else ""


def _key_column(keys: Sequence[str]) -> pd.Series[str]:
    """Return keys as text; ``""`` stays, it says that the text is no known word."""
    return text_column(keys).fillna("")


def office_only(text: str) -> str:
    """Return a text that names an office, nothing for one that may name a person."""
    folded = f" {fold_words(text)} "
    is_office = any(f" {word} " in folded for word in words("offices"))
    return text if is_office else ""
