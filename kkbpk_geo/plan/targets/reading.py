"""The workbook of a division, read back: what it was, and what it is to become.

In:     a workbook that ``apportionment_workbook`` wrote and a meeting has filled in.
Out:    the Division as it was written, and the :class:`Revision` that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kkbpk_geo.base.errors import InfeasibleError, PlanError
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.base.text import as_text
from kkbpk_geo.catalogue.headings import fold
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.intake import find_marks, first_row
from kkbpk_geo.io import (
    AS_WRITTEN,
    Grid,
    Sheet,
    both,
    find_sheet,
    load_grids,
    plain,
    refuse_unstored,
)
from kkbpk_geo.plan.targets.budget import BudgetItem
from kkbpk_geo.plan.targets.divide import Method
from kkbpk_geo.plan.targets.division import (
    HISTORY,
    KINDS,
    LIMITS,
    Division,
    divide_targets,
)
from kkbpk_geo.plan.targets.layout import COLUMNS, GENERAL, SETTINGS_COLUMNS
from kkbpk_geo.plan.targets.methods import METHODS
from kkbpk_geo.plan.targets.revision import Revision, with_history
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Rows:
    """The districts of one service.

    Attributes
    ----------
    sheet : Sheet
    at : mapping region_code -> row, from 0
    weights : mapping region_code -> exact weight, None where there is none
    now, was : mapping ``floor``, ``cap``, ``locked`` -> number by region_code
        As they stand, decisions among the locks; and as they were written.
    reasons : mapping region_code -> text
    """

    sheet: Sheet
    at: Mapping[str, int]
    weights: Mapping[str, Fraction | None]
    now: Mapping[str, Mapping[str, int]]
    was: Mapping[str, Mapping[str, int]]
    reasons: Mapping[str, str]

    @classmethod
    def read(cls, sheet: Sheet, codes: list[str]) -> Rows:
        """Read the rows; every district of ``codes`` stands there once.

        Raises
        ------
        CellError, PlanError
            For a cell that cannot be used, or a district that is gone.
        """
        at: dict[str, int] = {}
        for row in sheet.rows():
            code = sheet.text(row, "region_code").strip()
            if code not in codes:
                raise sheet.error(
                    row, "region_code", f"one of {', '.join(codes)}",
                    "Districts cannot be added here; put the code back, or delete the "
                    "row if it was added.",
                )  # fmt: skip
            if code in at:
                raise sheet.error(
                    row, "region_code", f"each district once (row {at[code] + 1} has "
                    "it already)", "Delete the row that is too much.",
                )  # fmt: skip
            at[code] = row
            _check_name(sheet, row, code)
        if gone := [code for code in codes if code not in at]:
            named = ", ".join(f"{code} {place_name(code)}" for code in gone)
            msg = (
                f"{sheet.place}: the rows of {named} are gone. Put them back; to give "
                f"a district nothing, write 0 under {label('division_decision')!r}."
            )
            raise PlanError(msg)
        now: dict[str, dict[str, int]] = {name: {} for name in LIMITS.values()}
        was: dict[str, dict[str, int]] = {name: {} for name in LIMITS.values()}
        for code, row in at.items():
            for name in LIMITS.values():
                for key, into in ((name, now), (f"was_{name}", was)):
                    cell = sheet.whole(row, key)
                    if cell is not None:
                        into[name][code] = cell
            decision = sheet.whole(row, "decision")
            if decision is not None:
                lock, old = now["locked"].get(code), was["locked"].get(code)
                if lock not in (None, old, decision):
                    raise sheet.error(
                        row, "decision",
                        f"{lock}, as under {label('division_locked')!r}",
                        "Both lock the district's number; change one of them only.",
                    )  # fmt: skip
                now["locked"][code] = decision
        weights = {
            code: sheet.fraction(row, "weight_exact")
            if sheet.cell(row, "weight_exact") != ""
            else None
            for code, row in at.items()
        }
        for code, weight in weights.items():
            if weight is None and code not in now["locked"]:
                raise sheet.error(
                    at[code], "locked",
                    "a whole number, because the district has no weight",
                    "Missing is not zero: write what the district gets.",
                )  # fmt: skip
        reasons = {
            code: why for code, row in at.items() if (why := sheet.text(row, "reason"))
        }
        return cls(sheet, at, weights, now, was, reasons)

    def places(self) -> dict[tuple[str, str], str]:
        """Say where each limit stands: by region_code and limit."""
        found = {}
        for code, row in self.at.items():
            decided = self.sheet.cell(row, "decision") != ""
            for limit, name in LIMITS.items():
                key = "decision" if decided and name == "locked" else name
                found[code, limit] = self.sheet.at(row, key)
        return found

    def check_values(self, values: Mapping[Any, int]) -> None:
        """Refuse a number typed over one that was computed.

        Raises
        ------
        CellError
        """
        for code, row in self.at.items():
            if self.sheet.whole(row, "value") != values[code]:
                raise self.sheet.error(
                    row, "value", f"{values[code]}, as it was computed",
                    f"Write what was decided under {label('division_decision')!r}, "
                    "and put this cell back.",
                )  # fmt: skip


def _check_name(sheet: Sheet, row: int, code: str) -> None:
    """Refuse a row whose name is not that of its code: one of them has moved.

    Raises
    ------
    CellError
    """
    name = place_name(code)
    if fold(sheet.text(row, "name")) != fold(name):
        raise sheet.error(
            row, "name", f"{name}, the district of code {code}",
            "Put code and name back together; move rows only as a whole.",
        )  # fmt: skip


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
    grids = load_grids(Path(path))
    settings = _one(grids, SETTINGS_COLUMNS, ("service", "total"), "settings", path)
    log = _one(grids, HISTORY, ("step", "kind"), "log", path)
    now, was = _General.read(settings)
    sheets = _services(grids, Path(path), settings)
    old: list[BudgetItem] = []
    new: list[BudgetItem] = []
    reasons: dict[tuple[str, str], str] = {}
    values: dict[str, Rows] = {}
    places = {("", "", ""): now.place}
    for row in settings.rows():
        key = settings.text(row, "service")
        if key in values:
            raise settings.error(
                row, "service", "each service once", "Delete the row that is too much."
            )
        if key not in sheets:
            raise settings.error(
                row, "service", "a service that has its own sheet",
                "Put the sheet back (unhide it), or start from the workbook that was "
                "written.",
            )  # fmt: skip
        rows = Rows.read(sheets[key], settings.text(row, "codes").split())
        old.append(_item(settings, row, rows, was))
        new.append(_item(settings, row, rows, now))
        reasons |= {(key, code): why for code, why in rows.reasons.items()}
        places[key, "", ""] = settings.at(row, "total")
        places |= {(key, *of): place for of, place in rows.places().items()}
        values[key] = rows
    if gone := sorted(set(sheets) - set(values)):
        msg = (
            f"{settings.place} has no row for the service {gone[0]!r} any more, but "
            "its sheet is there. Put the row back; a target of 0 leaves it out."
        )
        raise PlanError(msg)
    # A note says it in workbooks that were written before results had marks.
    stated = [find_marks(grid, [*first_row(grid), was.note]) for grid in grids]
    before = replace(_as_written(old, was, settings), marks=Marks.of(*stated))
    for key, rows in values.items():
        rows.check_values(before.results[key].table["value"].to_dict())
    return (
        with_history(before, _read_log(log)),
        Revision(
            items=tuple(new),
            budget=now.budget,
            method=now.method,
            meeting=now.meeting,
            reasons=reasons,
            places=places,
        ),
    )


def _as_written(items: list[BudgetItem], was: _General, settings: Sheet) -> Division:
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


def _one(
    grids: list[Grid],
    keys: Mapping[str, int] | tuple[str, ...],
    anchors: tuple[str, ...],
    name: str,
    path: str | Path,
) -> Sheet:
    for grid in grids:
        found = find_sheet(grid, tuple(keys), anchors)
        if found:
            return found
    msg = (
        f"{Path(path).name}: there is no sheet {label(f'division_{name}')!r}. Give the "
        "workbook that 'plan apportion -o …xlsx' wrote, with all its sheets."
    )
    raise PlanError(msg)


def _services(grids: list[Grid], path: Path, settings: Sheet) -> dict[str, Sheet]:
    """Return the sheet of each service; refuse two of one, and unstored formulas."""
    found = [_service(grid, s) for grid in grids if (s := _services_sheet(grid))]
    refuse_unstored(path, [settings, *(sheet for _, sheet in found)])
    keys = [key for key, _ in found]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        msg = f"{settings.grid.file}: several sheets divide {twice}; keep one of each."
        raise PlanError(msg)
    return dict(found)


def _services_sheet(grid: Grid) -> Sheet | None:
    return find_sheet(grid, tuple(COLUMNS), ("region_code", "decision"))


def _service(grid: Grid, sheet: Sheet) -> tuple[str, Sheet]:
    """Return the service that a sheet divides; it stands above the headings."""
    for cells in grid.rows[: sheet.head]:
        if fold(as_text(cells[0])) in both("division_service"):
            return plain(cells[1]), sheet
    msg = (
        f"{sheet.place}: no row above the headings says which service it divides "
        f"({label('division_service')}). Put it back."
    )
    raise PlanError(msg)


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
    def read(cls, settings: Sheet) -> tuple[_General, _General]:
        """Return the settings as they are now, and as they were written."""
        hidden, head = settings.columns["basis_exact"], settings.head
        cells: dict[str, tuple[Sheet, int]] = {}
        for row in range(settings.head):
            name = fold(as_text(settings.grid.rows[row][0]))
            head = row if name in both("division_setting") else head
            for key in GENERAL:
                if name in both(f"division_{key}"):
                    columns = {key: 1, f"was_{key}": hidden}
                    cells[key] = (Sheet(settings.grid, head, columns), row)
        absent = [label(f"division_{key}") for key in GENERAL if key not in cells]
        if absent:
            msg = f"{settings.place}: the rows {absent} are gone; put them back."
            raise PlanError(msg)
        return cls._of(cells, ""), cls._of(cells, "was_")

    @classmethod
    def _of(cls, cells: Mapping[str, tuple[Sheet, int]], mark: str) -> _General:
        sheet, row = cells["method"]
        said = fold(sheet.text(row, f"{mark}method"))
        words = {word: m for m in METHODS for word in (*both(f"plan_method_{m}"), m)}
        if said not in words:
            names = [label(f"plan_method_{m}") for m in METHODS]
            raise sheet.error(
                row, f"{mark}method", " or ".join(names), "Choose one from the list."
            )
        return cls(
            method=cast("Method", words[said]),
            budget=cells["budget"][0].whole(cells["budget"][1], f"{mark}budget"),
            meeting=cells["meeting"][0].text(cells["meeting"][1], f"{mark}meeting"),
            note=cells["note"][0].text(cells["note"][1], f"{mark}note"),
            mark=mark,
            place=cells["budget"][0].at(cells["budget"][1], "budget"),
        )


def _item(settings: Sheet, row: int, rows: Rows, general: _General) -> BudgetItem:
    import pandas as pd

    mark = general.mark
    priced = None if general.budget is None else 0  # a budget needs every price
    weights = pd.Series(dict(rows.weights), dtype=object)
    weights.attrs["shares"] = dict(_basis(settings, row))
    limits: dict[str, Any] = {
        name: (rows.was if mark else rows.now)[key] for name, key in LIMITS.items()
    }
    return BudgetItem(
        key=settings.text(row, "service"),
        total=settings.whole(row, f"{mark}total", least=0) or 0,
        batch=settings.whole(row, f"{mark}batch", least=1) or 1,
        unit_cost=settings.whole(row, f"{mark}unit_cost", least=priced),
        priority=float(settings.fraction(row, f"{mark}priority")),
        weights=weights,
        **limits,
    )


def _basis(settings: Sheet, row: int) -> Iterator[tuple[str, Fraction]]:
    for part in filter(None, settings.text(row, "basis_exact").split(";")):
        name, _, share = part.rpartition("=")
        try:
            yield name, Fraction(share)
        except (ValueError, ZeroDivisionError):
            raise settings.error(
                row, "basis_exact", "parts such as gap=1", AS_WRITTEN
            ) from None


def _read_log(sheet: Sheet) -> pd.DataFrame:
    import pandas as pd

    kinds = {word: kind for kind in KINDS for word in both(f"division_kind_{kind}")}
    methods = {word: m for m in METHODS for word in both(f"plan_method_{m}")}
    rows = []
    for row in sheet.rows():
        kind = kinds.get(fold(sheet.text(row, "kind")))
        if kind is None:
            raise sheet.error(row, "kind", "a kind of change", AS_WRITTEN)
        line: dict[str, Any] = {"step": sheet.whole(row, "step", least=1), "kind": kind}
        for name in ("was", "became"):
            cell = sheet.cell(row, name)
            if kind == "method":
                line[name] = methods.get(fold(as_text(cell)))
            elif kind == "priority":
                line[name] = float(sheet.fraction(row, name))
            else:
                line[name] = sheet.whole(row, name)
        for name in ("service", "region_code", "reason", "decided_by"):
            line[name] = sheet.text(row, name)
        rows.append([line[name] for name in HISTORY])
    return pd.DataFrame(rows, columns=list(HISTORY), dtype=object)
