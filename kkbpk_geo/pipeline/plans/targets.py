"""Targets from the offices' own tables: by what to divide, within what limits.

In:     a :class:`~kkbpk_geo.pipeline.running.Run` and what is asked for, in the words
        of a planner; or a workbook that a meeting has filled in.
Out:    a :class:`~kkbpk_geo.plan.targets.division.Targets`, and its files.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import InfeasibleError, PersonError, PlanError, ProjectError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.periods import format_period
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import as_records, write_csv, writing
from kkbpk_geo.pipeline.plans.asks import (
    TargetAsk,
    limit_of,
    locks_of,
    rows_of,
    scores_of,
    weights_of,
)

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.pipeline.running import Run
    from kkbpk_geo.plan import Method, Targets


def plan_targets(
    run: Run,
    asks: Sequence[TargetAsk],
    *,
    budget: int | None = None,
    method: Method = "largest_remainder",
    meeting: str = "",
) -> Targets:
    """Divide targets over the districts by what the offices' tables say.

    Parameters
    ----------
    run : Run
        Its gaps and values are taken at the newest period.
    asks : sequence of TargetAsk
    budget : int, rupiah, optional
        Then every ask needs a ``unit_cost``.
    method : {"largest_remainder", "sainte_lague"}
    meeting : str
        Who decides.

    Raises
    ------
    PlanError
        If nothing can be scored, a service is unknown, or districts have no number.
    InfeasibleError
        If no division keeps the limits: which, and by how much.
    """
    from kkbpk_geo.plan import BudgetItem, divide_targets

    items = []
    for ask in asks:
        rows = rows_of(run, ask.service)
        items.append(
            BudgetItem(
                key=ask.service,
                total=ask.total,
                locked=locks_of(rows, ask),
                weights=weights_of(run, rows, ask),
                floors=limit_of(run, rows, ask.floor, ask.service),
                caps=limit_of(run, rows, ask.cap, ask.service),
                batch=ask.batch,
                unit_cost=ask.unit_cost,
            )
        )
    return divide_targets(
        items,
        budget=budget,
        method=method,
        meeting=meeting,
        note=_note(run, scores_of(run).period),
        marks=run.marks,
    )


def revise_targets(path: str | Path, *, decided_by: str = "") -> tuple[Targets, int]:
    """Read a division's workbook and divide again as it was filled in.

    Parameters
    ----------
    path : str or Path
    decided_by : str
        A label of an office or a meeting; the workbook's own if left out.

    Returns
    -------
    Targets
    int
        Lines of its log that stood in the workbook already; the rest is new.

    Raises
    ------
    CellError, PlanError, IntakeError, PersonError
        If the workbook cannot be used; names sheet, row, column and remedy.
    InfeasibleError
        If its limits leave no division: which service and limit, by how much.
    """
    from kkbpk_geo.plan import read_division

    before, revision = read_division(path)
    name = Path(path).name
    try:
        after = before.revise(revision, decided_by=decided_by)
    except InfeasibleError as err:
        limit = err.limit if err.region else ""
        place = revision.places.get((err.item, err.region, limit), name)
        msg = f"{place}: {err}"
        raise InfeasibleError(
            msg, limit=err.limit, excess=err.excess, item=err.item, region=err.region
        ) from None
    except (PersonError, PlanError) as err:
        msg = f"{name}: {err}"
        raise type(err)(msg) from None
    return after, len(before.log)


def explain_division(division: Targets, language: Language = "id") -> list[str]:
    """Return a line per district: how many, and why; services by their key."""
    lines = []
    for key, result in division.results.items():
        if len(division.results) > 1:
            lines.append(f"{key}:")
        lines += [f"  {result.explain(str(c), language)}" for c in result.table.index]
    return lines


def explain_changes(
    division: Targets, language: Language = "id", *, known: int = 0
) -> list[str]:
    """Say what the last revision changed: was, became, why.

    Parameters
    ----------
    known : int
        Lines of the log that are not news.
    """
    from kkbpk_geo.regions import place_name

    news = division.log.iloc[known:]
    if news.empty:
        return [label("division_unchanged", language)]
    step = int(news["step"].max())
    head = label("division_changes", language).format(n=len(news), step=step)
    lines = [head]
    for line in as_records(news):
        places = [line["service"], place_name(line["region_code"])]
        what = ", ".join(filter(None, places))
        kind, why = str(line["kind"]), str(line["reason"])
        cells = {name: _said(line[name], kind, language) for name in ("was", "became")}
        lines.append(
            label("division_moved", language).format(
                what=what or label("division_settings", language),
                kind=label(f"division_kind_{kind}", language),
                reason=f": {why}" if why else "",
                **cells,
            )
        )
    return lines


def write_division(
    division: Targets, path: str | Path, language: Language = "id"
) -> Path:
    """Write a division: a workbook to decide in (.xlsx), or a table (.csv).

    Raises
    ------
    ProjectError, PlanError, IntakeError
        If it cannot be written, or has another ending.
    """
    from kkbpk_geo.plan import write_division_workbook

    path = Path(path)
    ending = path.suffix.lower()
    if ending not in (".xlsx", ".csv"):
        msg = (
            f"{path.name}: a division is written to .xlsx (a workbook to decide in) or "
            ".csv (a table); end the name in one of them."
        )
        raise ProjectError(msg)
    with writing(path.parent):
        if ending == ".xlsx":
            return write_division_workbook(division, path, language=language)
        table = _listed(division, language)
        return write_csv(table, path, language, marks=division.marks)


def _listed(division: Targets, language: Language) -> pd.DataFrame:
    """Return every number with its reason; one service needs no column for it."""
    import pandas as pd

    parts = []
    for key, result in division.results.items():
        part = result.table.reset_index()
        part["why"] = [result.explain(str(c), language) for c in result.table.index]
        price = division.items[key].unit_cost
        if price is not None:
            part["cost"] = part["value"] * price
        if len(division.results) > 1:
            part.insert(0, "service", key)
        parts.append(part.astype(object))
    return pd.concat(parts, ignore_index=True)


def _note(run: Run, period: str) -> str:
    """Say what the numbers come from."""
    language = run.project.language
    when = format_period(period, language) if period else ""
    return label("division_made_from", language).format(
        place=run.joined.province_name,
        period=when or label("division_whole_year", language),
        sources=label("division_files", language).format(n=len(run.intakes)),
    )


def _said(cell: object, kind: str, language: Language) -> str:
    if kind == "method":
        return label(f"plan_method_{cell}", language)
    digits = 2 if kind == "priority" else 0
    return format_number(cell, digits, language)  # type: ignore[arg-type]
