"""The lines of a plan on one year: which work, which months, what may be added up.

Why: a plan states some work by month, some by quarter and some for the whole year; a
total for the year beside its quarters must not be counted twice, and a percentage is
not added up at all. Calendar and monitoring both read plans through here.

In:     a Plan, or its frame. Out: :class:`PlanLines`, and every line that was left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import CatalogueError, EmptyDataError, PlanError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.base.periods import read_period
from kkbpk_geo.catalogue.activities import activities, term_of
from kkbpk_geo.catalogue.indicators import indicators
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.programme import column_label
from kkbpk_geo.io import read_each
from kkbpk_geo.plan.lines.reading import as_plan

if TYPE_CHECKING:
    from collections.abc import Iterable


TEXTS = ("line_id", "activity", "activity_text", "indicator", "unit", "status")
NUMBERS = ("quarter", "month", "target", "budget", "realised", "spent")
MONEY = ("budget", "spent")
_QUARTERS = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PlanLines:
    """The lines of one year, ready to be placed on a calendar.

    Attributes
    ----------
    table : DataFrame, one row per line
        Columns of the plan; ``work`` (what the line is about: its activity, else its
        text as written, else its indicator), ``first, last`` (months 1-12), ``span``
        (``month``, ``quarter`` or ``year``), ``additive`` (False for percentages).
        Cancelled lines are kept; see ``status``.
    left_out : DataFrame
        Lines that are not here, whole, with ``reason``: ``other_year``, ``no_year``,
        ``no_region``.
    year : int
    """

    table: pd.DataFrame
    left_out: pd.DataFrame
    year: int


def read_lines(plan: Any, *, year: Any = None) -> PlanLines:  # noqa: ANN401
    """Return the lines of one year of a plan; the newest unless stated.

    Parameters
    ----------
    plan : Plan, its file, or DataFrame
        One row per line; ``region_code`` and ``year`` must be there, ``line_id,
        activity, activity_text, indicator, quarter, month, target, unit, budget,
        status, realised, spent`` where the plan has them. The caller's
        frame is not touched.

    Raises
    ------
    PlanError
        If a column that must be there is absent, a quarter or month is none, or the
        plan has no line in ``year``.
    EmptyDataError
        If the plan has no lines.
    """
    year = _year_of(year)
    # A frame needs not be a whole plan: what is counted here is enough.
    plain = isinstance(plan, pd.DataFrame) and {"region_code", "year"} & set(plan)
    frame = plan if plain else as_plan(plan).data
    absent = sorted({"region_code", "year"} - set(frame.columns))
    if absent:
        msg = f"the plan has no column {absent}; it has {list(frame.columns)}."
        raise PlanError(msg)
    if frame.empty:
        msg = (
            "the plan has no lines; write a row per activity, region and time below "
            "its headings."
        )
        raise EmptyDataError(msg)
    lines = frame.reset_index(drop=True).copy()
    for name in TEXTS:
        if name not in lines:
            lines[name] = ""
    for name in ("region_code", *TEXTS):
        lines[name] = list(map(_text, lines[name].to_numpy(dtype=object)))
    for name in (*NUMBERS, "year"):
        cells = lines.get(name, pd.NA)
        kind = "Int64" if name not in ("target", "realised") else "Float64"
        lines[name] = pd.Series(cells, index=lines.index, dtype=kind)
    years = lines["year"].dropna()
    chosen = year
    if chosen is None:
        chosen = int(years.max()) if len(years) else 0
    reason = pd.Series("", index=lines.index, dtype=object)
    reason[lines["year"].ne(chosen).fillna(False).to_numpy(bool)] = "other_year"
    reason[lines["year"].isna().to_numpy(bool)] = "no_year"
    reason[lines["region_code"].eq("").to_numpy(bool)] = "no_region"
    kept = lines[reason.eq("")].reset_index(drop=True)
    if kept.empty:
        raise PlanError(_why_none(reason, chosen, set(years)))
    _check_range(kept, "quarter", 4)
    _check_range(kept, "month", 12)
    left = lines[reason.ne("")].assign(reason=reason[reason.ne("")])
    return PlanLines(
        table=_placed(kept), left_out=left.reset_index(drop=True), year=int(chosen)
    )


def _year_of(year: Any) -> int | None:  # noqa: ANN401
    """Return a year, also of a text, a date or a Period.

    Raises
    ------
    PlanError
        If it is none.
    """
    if year is None:
        return None
    found = read_period(year)
    if found is None or found.year is None:
        msg = f"year is {year!r}; expected a year such as 2026."
        raise PlanError(msg)
    return found.year


def _why_none(reason: pd.Series[str], year: int, years: set[int]) -> str:
    """Say why no line can be used, and what to do about each reason."""
    counts = reason.value_counts()
    known = ", ".join(map(str, sorted(years)))
    remedies = {
        "no_year": "without a year (add a column TAHUN, or state the year)",
        "other_year": f"of other years (there are {known}, not {year})",
        "no_region": "without a region of the province (see the findings about places, "
        "or state the province)",
    }
    said = [f"{counts[key]} {text}" for key, text in remedies.items() if key in counts]
    return f"the plan has no line that can be used: {'; '.join(said)}."


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return "" if is_missing(value) else str(value)


def _check_range(lines: pd.DataFrame, name: str, most: int) -> None:
    bad = ~lines[name].between(1, most).fillna(True).to_numpy(bool)
    if bad.any():
        row = lines[bad].iloc[0]
        which = row["line_id"] or int(bad.argmax())
        msg = (
            f"line {which!r} has {name} {row[name]}; expected "
            f"1 to {most}, or nothing for the whole year."
        )
        raise PlanError(msg)


def _placed(lines: pd.DataFrame) -> pd.DataFrame:
    """Add what a line is about, its months, and whether it may be added up."""
    by_month = lines["month"].notna().to_numpy(bool)
    by_quarter = lines["quarter"].notna().to_numpy(bool) & ~by_month
    month = lines["month"].fillna(1).to_numpy(int)
    quarter = lines["quarter"].fillna(1).to_numpy(int)
    lines["first"] = np.select([by_month, by_quarter], [month, 3 * quarter - 2], 1)
    lines["last"] = np.select([by_month, by_quarter], [month, 3 * quarter], 12)
    lines["span"] = np.select([by_month, by_quarter], ["month", "quarter"], "year")
    naming = ("activity", "activity_text", "indicator")
    named = (lines[name].to_numpy(dtype=object) for name in naming)
    lines["work"] = [
        activity or " ".join(text.split()).casefold() or indicator
        for activity, text, indicator in zip(*named, strict=True)
    ]
    lines["additive"] = read_each(
        lines["unit"].to_numpy(dtype=object), lambda unit: not _is_percent(unit)
    )
    return lines


def _is_percent(unit: str) -> bool:
    return "%" in unit or term_of("unit", unit) == "percent"


def annual_totals(lines: pd.DataFrame, column: str) -> pd.Series[bool]:
    """Mark lines for the whole year whose column the work's own periods state as well.

    Such a line is the sum of the others, or ought to be: it is compared with them and
    never added to them.
    """
    keys = ["region_code", "work"]
    if column not in MONEY:  # people and groups are not parts of one total
        keys.append("unit")
    stated = (lines["span"] != "year") & lines[column].notna()
    phased = stated.groupby([lines[k] for k in keys]).transform("any")
    return (lines["span"] == "year") & phased & lines[column].notna()


def work_name(work: str, text: str = "", language: Language = "id") -> str:
    """Return what a reader sees for a piece of work."""
    if work in activities():
        return activities()[work].name(language)
    if text:
        return " ".join(text.split())
    if work in indicators():
        return indicators()[work].name(language)
    try:
        return column_label(work, language)
    except CatalogueError:
        return work


def months_words(months: Iterable[int], language: Language = "id") -> str:
    """Say months; whole quarters as such: ``TW II, Juli``."""
    from kkbpk_geo.base.formats import MONTHS

    left, words = sorted(set(months)), []
    for at, roman in enumerate(_QUARTERS):
        own = [m for m in left if (m - 1) // 3 == at]
        if len(own) == len(_QUARTERS) - 1:
            words.append(label("plan_quarter", language).format(roman=roman, n=at + 1))
        else:
            words += [MONTHS[language][m - 1] for m in own]
    return ", ".join(words)
