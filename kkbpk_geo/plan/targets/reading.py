"""The workbook of a division, read back: what it was, and what it is to become.

In:     a workbook that ``apportionment_workbook`` wrote and a meeting has filled in.
Out:    the Division as it was written, and the :class:`Revision` that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kkbpk_geo.base.errors import InfeasibleError, PlanError
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.intake import find_marks, first_row
from kkbpk_geo.io import AS_WRITTEN, Form, FormTable, both, headings, plain
from kkbpk_geo.plan.targets.budget import BudgetItem
from kkbpk_geo.plan.targets.divide import Method
from kkbpk_geo.plan.targets.division import (
    HISTORY,
    KINDS,
    Division,
    Revision,
    divide_targets,
)
from kkbpk_geo.plan.targets.layout import COLUMNS, GENERAL, HIDDEN, SETTINGS_COLUMNS
from kkbpk_geo.plan.targets.making import LIMITS
from kkbpk_geo.plan.targets.methods import METHODS
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    import pandas as pd

_Numbers = dict[str, dict[str, int]]  # by limit, then by region_code


@dataclass(frozen=True, slots=True)
class Rows:
    """The districts of one service.

    Attributes
    ----------
    table : FormTable
    at : mapping region_code -> row, from 0
    weights : mapping region_code -> exact weight, None where there is none
    now, was : mapping ``floor``, ``cap``, ``locked`` -> number by region_code
        As they stand, decisions among the locks; and as they were written.
    reasons : mapping region_code -> text
    """

    table: FormTable
    at: Mapping[str, int]
    weights: Mapping[str, Fraction | None]
    now: Mapping[str, Mapping[str, int]]
    was: Mapping[str, Mapping[str, int]]
    reasons: Mapping[str, str]

    @classmethod
    def read(cls, table: FormTable, codes: list[str]) -> Rows:
        """Read the rows; every district of ``codes`` stands there once.

        Raises
        ------
        CellError, PlanError
            For a cell that cannot be used, or a district that is gone.
        """
        at = _find_districts(table, codes)
        now: _Numbers = {name: {} for name in LIMITS.values()}
        was: _Numbers = {name: {} for name in LIMITS.values()}
        weights: dict[str, Fraction | None] = {}
        reasons: dict[str, str] = {}
        for code, row in at.items():
            for name in LIMITS.values():
                _keep(now[name], code, table.whole(row, name))
                _keep(was[name], code, table.whole(row, f"was_{name}"))
            lock, old = now["locked"].get(code), was["locked"].get(code)
            lock = _decided(table, row, lock, old)
            _keep(now["locked"], code, lock)
            weights[code] = _weight(table, row, locked=lock is not None)
            reason = table.text(row, "reason")
            if reason:
                reasons[code] = reason
        return cls(table, at, weights, now, was, reasons)

    def places(self) -> dict[tuple[str, str], str]:
        """Say where each limit stands: by region_code and limit."""
        found = {}
        for code, row in self.at.items():
            decided = self.table.cell(row, "decision") != ""
            for limit, name in LIMITS.items():
                key = "decision" if decided and name == "locked" else name
                found[code, limit] = self.table.at(row, key)
        return found

    def check_values(self, values: Mapping[Any, int]) -> None:
        """Refuse a number typed over one that was computed.

        Raises
        ------
        CellError
        """
        for code, row in self.at.items():
            if self.table.whole(row, "value") != values[code]:
                raise self.table.error(
                    row, "value", f"{values[code]}, as it was computed",
                    f"Write what was decided under {label('division_decision')!r}, "
                    "and put this cell back.",
                )  # fmt: skip


def _find_districts(table: FormTable, codes: list[str]) -> dict[str, int]:
    """Return the row of each district: there once, with its own name."""
    at: dict[str, int] = {}
    for row in table.rows():
        code = table.text(row, "region_code").strip()
        if code not in codes:
            raise table.error(
                row, "region_code", f"one of {', '.join(codes)}",
                "Districts cannot be added here; put the code back, or delete the "
                "row if it was added.",
            )  # fmt: skip
        if code in at:
            raise table.error(
                row, "region_code", f"each district once (row {at[code] + 1} has "
                "it already)", "Delete the row that is too much.",
            )  # fmt: skip
        at[code] = row
        _check_name(table, row, code)
    gone = [f"{code} {place_name(code)}" for code in codes if code not in at]
    if gone:
        msg = (
            f"{table.place}: the rows of {', '.join(gone)} are gone. Put them back; to "
            f"give a district nothing, write 0 under {label('division_decision')!r}."
        )
        raise PlanError(msg)
    return at


def _check_name(table: FormTable, row: int, code: str) -> None:
    """Refuse a row whose name is not that of its code: one of them has moved."""
    name = place_name(code)
    if fold_words(table.text(row, "name")) != fold_words(name):
        raise table.error(
            row, "name", f"{name}, the district of code {code}",
            "Put code and name back together; move rows only as a whole.",
        )  # fmt: skip


def _keep(into: dict[str, int], code: str, number: int | None) -> None:
    if number is not None:
        into[code] = number


def _decided(
    table: FormTable, row: int, lock: int | None, was: int | None
) -> int | None:
    """Return the number that a district is locked at: what was decided, or its lock."""
    decision = table.whole(row, "decision")
    if decision is None:
        return lock
    if lock not in (None, was, decision):
        raise table.error(
            row, "decision", f"{lock}, as under {label('division_locked')!r}",
            "Both lock the district's number; change one of them only.",
        )  # fmt: skip
    return decision


def _weight(table: FormTable, row: int, *, locked: bool) -> Fraction | None:
    """Return the exact weight of a district; one without any has to be locked."""
    if table.cell(row, "weight_exact") != "":
        return table.fraction(row, "weight_exact")
    if not locked:
        raise table.error(
            row, "locked", "a whole number, because the district has no weight",
            "Missing is not zero: write what the district gets.",
        )  # fmt: skip
    return None


def read_division(path: str | Path) -> tuple[Division, Revision]:
    """Read a division's workbook, with what was decided in it.

    Parameters
    ----------
    path : str or Path
        As :func:`write_division_workbook` wrote it; headings in either language.

    Returns
    -------
    Division
        As it was when the workbook was written, with its log.
    Revision
        What it is to become: give both to :func:`revise_division`. Where nobody
        changed a cell, it asks for what is there already.

    Raises
    ------
    CellError
        For a cell that cannot be used; names sheet, row, column and remedy.
    PlanError
        If a sheet, a heading or a district is gone, or the file is no such workbook.
    IntakeError
        If it cannot be opened.
    """
    form = Form.read(Path(path))
    settings = _one(form, SETTINGS_COLUMNS, ("service", "total"), "settings")
    log = _one(form, HISTORY, ("step", "kind"), "log")
    now, was = _General.read(settings)
    sheets = _service_tables(form)
    form.refuse_unstored([settings, *(table for _, table in sheets)])
    services = _read_services(settings, _each_once(settings, sheets))
    old = [_item(settings, row, rows, was) for row, rows in services.values()]
    new = [_item(settings, row, rows, now) for row, rows in services.values()]
    # A note says it in workbooks that were written before results had marks.
    stated = [find_marks(grid, [*first_row(grid), was.note]) for grid in form.grids]
    before = replace(_as_written(old, was, settings), marks=Marks.of(*stated))
    reasons: dict[tuple[str, str], str] = {}
    places = {("", "", ""): now.place}
    for key, (row, rows) in services.items():
        rows.check_values(before.results[key].table["value"].to_dict())
        reasons |= {(key, code): why for code, why in rows.reasons.items()}
        places[key, "", ""] = settings.at(row, "total")
        places |= {(key, *of): place for of, place in rows.places().items()}
    revision = Revision(
        items=tuple(new),
        budget=now.budget,
        method=now.method,
        meeting=now.meeting,
        reasons=reasons,
        places=places,
    )
    return before.with_log(_read_log(log)), revision


def _one(
    form: Form, keys: Iterable[str], anchors: tuple[str, ...], name: str
) -> FormTable:
    """Return the table of which there is one, with all its headings."""
    known = tuple(keys)
    for table in form.tables(headings("division_", known), anchors, HIDDEN):
        table.require(known, "division_")
        return table
    msg = (
        f"{form.name}: there is no sheet {label(f'division_{name}')!r}. Give the "
        "workbook that 'plan apportion -o …xlsx' wrote, with all its sheets."
    )
    raise PlanError(msg)


def _service_tables(form: Form) -> list[tuple[str, FormTable]]:
    """Return the services and their tables, each with all its headings."""
    heads, found = headings("division_", COLUMNS), []
    for table in form.tables(heads, ("region_code", "decision"), HIDDEN):
        table.require(COLUMNS, "division_")
        found.append((_service(table), table))
    return found


def _service(table: FormTable) -> str:
    """Return the service that a sheet divides; it stands above the headings."""
    for cells in table.grid.rows[: table.head]:
        if fold_words(as_text(cells[0])) in both("division_service"):
            return plain(cells[1])
    msg = (
        f"{table.place}: no row above the headings says which service it divides "
        f"({label('division_service')}). Put it back."
    )
    raise PlanError(msg)


def _each_once(
    settings: FormTable, found: list[tuple[str, FormTable]]
) -> dict[str, FormTable]:
    """Return the table of each service, which is to have one only."""
    keys = [key for key, _ in found]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        msg = f"{settings.grid.file}: several sheets divide {twice}; keep one of each."
        raise PlanError(msg)
    return dict(found)


def _read_services(
    settings: FormTable, tables: Mapping[str, FormTable]
) -> dict[str, tuple[int, Rows]]:
    """Return each service's row among the settings, and the rows of its districts."""
    found: dict[str, tuple[int, Rows]] = {}
    for row in settings.rows():
        key = settings.text(row, "service")
        if key in found:
            raise settings.error(
                row, "service", "each service once", "Delete the row that is too much."
            )
        if key not in tables:
            raise settings.error(
                row, "service", "a service that has its own sheet",
                "Put the sheet back (unhide it), or start from the workbook that was "
                "written.",
            )  # fmt: skip
        # Codes side by side look like the number of a person; they are none.
        codes = plain(settings.cell(row, "codes")).split()
        found[key] = (row, Rows.read(tables[key], codes))
    gone = sorted(set(tables) - set(found))
    if gone:
        msg = (
            f"{settings.place} has no row for the service {gone[0]!r} any more, but "
            "its sheet is there. Put the row back; a target of 0 leaves it out."
        )
        raise PlanError(msg)
    return found


def _as_written(
    items: list[BudgetItem], was: _General, settings: FormTable
) -> Division:
    try:
        return divide_targets(
            items,
            budget=was.budget,
            method=was.method,
            meeting=was.meeting,
            note=was.note,
        )
    except InfeasibleError as err:
        msg = (
            f"{settings.grid.file}: what the hidden columns keep of the division as it "
            f"was does not hold together ({err}) Start from the workbook that was "
            "written."
        )
        raise PlanError(msg) from None


@dataclass(frozen=True, slots=True)
class _General:
    """Settings of all services together."""

    method: Method
    budget: int | None
    meeting: str
    note: str
    mark: str  # "was_" for the settings as they were written
    place: str  # of the budget

    @classmethod
    def read(cls, settings: FormTable) -> tuple[_General, _General]:
        """Return the settings as they are now, and as they were written."""
        hidden, head = settings.columns["basis_exact"], settings.head
        cells: dict[str, tuple[FormTable, int]] = {}
        for row in range(settings.head):
            name = fold_words(as_text(settings.grid.rows[row][0]))
            head = row if name in both("division_setting") else head
            for key in GENERAL:
                if name in both(f"division_{key}"):
                    was = f"was_{key}"
                    columns = {key: 1, was: hidden}
                    cells[key] = (FormTable(settings.grid, head, columns, (was,)), row)
        absent = [label(f"division_{key}") for key in GENERAL if key not in cells]
        if absent:
            msg = f"{settings.place}: the rows {absent} are gone; put them back."
            raise PlanError(msg)
        return cls._of(cells, ""), cls._of(cells, "was_")

    @classmethod
    def _of(cls, cells: Mapping[str, tuple[FormTable, int]], mark: str) -> _General:
        words = _method_words() | {method: method for method in METHODS}
        names = " or ".join(label(f"plan_method_{method}") for method in METHODS)
        table, row = cells["method"]
        method = table.choice(
            row, f"{mark}method", words, names, "Choose one from the list."
        )
        budget, at = cells["budget"]
        return cls(
            method=cast("Method", method),
            budget=budget.whole(at, f"{mark}budget"),
            meeting=cells["meeting"][0].text(cells["meeting"][1], f"{mark}meeting"),
            note=cells["note"][0].text(cells["note"][1], f"{mark}note"),
            mark=mark,
            place=budget.at(at, "budget"),
        )


def _method_words() -> dict[str, str]:
    return headings("plan_method_", METHODS)


def _item(settings: FormTable, row: int, rows: Rows, general: _General) -> BudgetItem:
    """Return a service as it is now, or as it was written."""
    import pandas as pd

    mark = general.mark
    limits: Mapping[str, Mapping[str, int]] = rows.was if mark else rows.now
    remedy = "" if mark else "Write 1, or 2 for twice the share."
    priced = None if general.budget is None else 0  # a budget needs every price
    weights = pd.Series(dict(rows.weights), dtype=object)
    weights.attrs["shares"] = dict(_basis(settings, row))
    return BudgetItem(
        key=settings.text(row, "service"),
        total=settings.whole(row, f"{mark}total", least=0) or 0,
        batch=settings.whole(row, f"{mark}batch", least=1) or 1,
        unit_cost=settings.whole(row, f"{mark}unit_cost", least=priced),
        priority=float(settings.fraction(row, f"{mark}priority", remedy=remedy)),
        weights=weights,
        **cast("Any", {name: limits[key] for name, key in LIMITS.items()}),
    )


def _basis(settings: FormTable, row: int) -> Iterator[tuple[str, Fraction]]:
    for part in filter(None, settings.text(row, "basis_exact").split(";")):
        name, _, share = part.rpartition("=")
        try:
            yield name, Fraction(share)
        except (ValueError, ZeroDivisionError):
            raise settings.error(
                row, "basis_exact", "parts such as gap=1", AS_WRITTEN
            ) from None


def _read_log(table: FormTable) -> pd.DataFrame:
    import pandas as pd

    kinds = headings("division_kind_", KINDS)
    rows = []
    for row in table.rows():
        kind = table.choice(row, "kind", kinds, "a kind of change", AS_WRITTEN)
        line: dict[str, Any] = {"step": table.whole(row, "step", least=1), "kind": kind}
        for name in ("was", "became"):
            line[name] = _logged(table, row, name, kind)
        for name in ("service", "region_code", "reason", "decided_by"):
            line[name] = table.text(row, name)
        rows.append([line[name] for name in HISTORY])
    return pd.DataFrame(rows, columns=list(HISTORY), dtype=object)


def _logged(table: FormTable, row: int, name: str, kind: str) -> object:
    """Return what a setting was, or became, by the kind of change."""
    if kind == "method":
        return _method_words().get(fold_words(as_text(table.cell(row, name))))
    if kind == "priority":
        return float(table.fraction(row, name))
    return table.whole(row, name)
