"""Results against targets: so far, pro rata, and where the year will end.

In:     results by region and month, a target for the year by region.
Out:    :class:`Achievement`.
Method: - flow: months add up (new users). Pro rata = target x months reported / 12; a
          month without report is missing, not 0, and is not held against the region.
        - cumulative: each month already holds the year so far; the last one counts.
        - stock: the last month counts, against the whole target (active users).
        - Forecast: the mean month so far goes on to December; low and high: as if all
          months to come were like the weakest, the strongest so far. It knows no
          season.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.achievement.result import Achievement
from kkbpk_geo.analysis.frames import province_of, read_numbers
from kkbpk_geo.base.errors import CellError, EmptyDataError, IndicatorError
from kkbpk_geo.regions import common_parent

if TYPE_CHECKING:
    from kkbpk_geo.joining import Joined

Kind = Literal["flow", "cumulative", "stock"]
MONTHS_A_YEAR = 12
_MONTH = r"\d{4}-(0[1-9]|1[0-2])"


def prorated_target(target: float, month: int) -> float:
    """Return the part of a year's target that is due by the end of a month.

    Raises
    ------
    IndicatorError
        If the month is not 1 to 12.

    Examples
    --------
    >>> prorated_target(1200, 11)
    1100.0
    """
    if not 1 <= month <= MONTHS_A_YEAR:
        msg = f"month is {month}; expected 1 to 12."
        raise IndicatorError(msg)
    return target * month / MONTHS_A_YEAR


def results_by_month(joined: Joined, measure: str) -> pd.DataFrame:
    """Return one measure of a Joined as one column per month, by region_code.

    Raises
    ------
    IndicatorError
        If no table gives the measure.
    """
    if measure not in joined.values:
        msg = f"no table gives {measure!r}; there is {list(joined.values.columns)}."
        raise IndicatorError(msg)
    return joined.values[measure].astype("Float64").unstack("period")[
        [p for p in joined.periods if p]
    ].reindex(list(joined.names))  # fmt: skip


def measure_achievement(
    results: pd.DataFrame,
    targets: pd.Series[float],
    *,
    kind: Kind = "flow",
    through: str | None = None,
    bands: tuple[float, float] = (100, 90),
) -> Achievement:
    """Compare results with the year's targets.

    Parameters
    ----------
    results : DataFrame, index region_code, columns ``YYYY-MM``
        Numbers from 0 up; missing where a month is not reported. Districts only: the
        province's result is their sum.
    targets : Series, index region_code
        Target for the year. The province's own target may stand among them, under its
        code; it is compared with the sum of the districts'.
    kind : {"flow", "cumulative", "stock"}
    through : str, optional
        Last month to count, ``YYYY-MM``; the newest unless stated. It sets the year.
    bands : (on track, near), per cent
        From the first on a region is on track, from the second on near; a proposal,
        no official value.

    Returns
    -------
    Achievement

    Raises
    ------
    EmptyDataError
        If there are no results.
    CellError
        If a result or target is negative, or a cumulative result falls.
    IndicatorError
        If a column is no month, ``through`` is not among them, kind or bands are
        unknown, a target belongs to no region, or results hold the province's row.
    """
    numbers = read_numbers(results, "results")
    through = _check(numbers, kind, through, bands)
    given = read_numbers(targets.to_frame("target"), "targets")["target"]
    province = province_of(numbers.index.union(given.index)) or common_parent(
        numbers.index
    )
    own = _targets(given, numbers.index, province)
    for frame, what in ((numbers, "results"), (own.to_frame(), "targets")):
        _refuse_negative(frame, what)
    year, month = through[:4], int(through[5:])
    months = [f"{year}-{m:02d}" for m in range(1, month + 1)]
    cells = numbers.reindex(columns=months).to_numpy()
    table = pd.DataFrame(
        _count(numbers.index, cells, kind), index=numbers.index
    ).assign(target=own, months_due=month)
    stated = given.get(province) if province else None
    total = _province(table, province, stated)
    table = pd.concat([table, total]) if total is not None else table
    return Achievement(
        table=_judge(table, kind, bands, province),
        kind=kind,
        through=through,
        bands=bands,
        province=province,
        province_target=None if stated is None or np.isnan(stated) else float(stated),
        districts_target=float(own.sum(skipna=False)),
    )


def _count(codes: pd.Index, cells: np.ndarray, kind: Kind) -> dict[str, np.ndarray]:
    """Count result, months and pace of each region."""
    rows = []
    for code, row in zip(codes, cells, strict=True):
        at = np.flatnonzero(~np.isnan(row))
        if not at.size:
            rows.append((np.nan, 0, np.nan, np.nan, np.nan))
            continue
        if kind == "flow":
            steps, result, months = row[at], float(row[at].sum()), at.size
        else:
            result, months = float(row[at[-1]]), int(at[-1]) + 1
            before = at if kind == "stock" else np.concatenate([[-1], at])
            levels = row[at] if kind == "stock" else np.concatenate([[0.0], row[at]])
            steps = np.diff(levels) / np.diff(before)
            if kind == "cumulative" and (steps < 0).any():
                month = int(before[1:][steps < 0][0]) + 1
                _refuse_fall(code, month, float(row[month - 1]))
        spread = (steps.min(), steps.max()) if steps.size else (np.nan, np.nan)
        pace = _pace(row, at, kind, result, months)
        rows.append((result, months, pace, *spread))
    names = ["result", "months_reported", "pace", "pace_low", "pace_high"]
    return dict(zip(names, np.array(rows, dtype=float).T, strict=True))


def _refuse_fall(code: object, month: int, value: float) -> None:
    table, column = "results", f"month {month}"
    raise CellError(
        table,
        str(code),
        column,
        value,
        expected="a cumulative number not below the one before",
        remedy="Correct it, or use kind='flow' if months stand alone.",
    )


def _pace(
    row: np.ndarray, at: np.ndarray, kind: Kind, result: float, months: int
) -> float:
    if kind != "stock":
        return result / months
    if at.size == 1:
        return float("nan")
    return float((row[at[-1]] - row[at[0]]) / (at[-1] - at[0]))


def _province(
    table: pd.DataFrame, province: str, stated: float | None
) -> pd.DataFrame | None:
    """Return the province's row: sums of its districts, its own target if stated."""
    if not province:
        return None
    known = table["target"].notna()
    weight = table.loc[known, "target"]
    reported = table.loc[known, "months_reported"]
    row = table.sum(skipna=False)
    row["result"] = table["result"].sum(min_count=1)
    # Months as the targets weigh them: districts that lag make the year shorter.
    row["months_reported"] = (
        (weight * reported).sum() / weight.sum() if weight.sum() > 0 else np.nan
    )
    row["months_due"] = table["months_due"].max()
    if stated is not None and not np.isnan(stated):
        row["target"] = stated
    return pd.DataFrame([row], index=[province])


def _judge(
    table: pd.DataFrame, kind: Kind, bands: tuple[float, float], province: str
) -> pd.DataFrame:
    out = table[["target", "result", "months_reported", "months_due"]].copy()
    target = out["target"].where(out["target"] > 0)
    share = 1.0 if kind == "stock" else out["months_reported"] / MONTHS_A_YEAR
    left = MONTHS_A_YEAR - out["months_reported"]
    out["achievement"] = 100 * out["result"] / target
    out["prorata_target"] = out["target"] * share
    due = (target * share).where(out["months_reported"] > 0)
    out["prorata_achievement"] = 100 * out["result"] / due
    for name, pace in (("", "pace"), ("_low", "pace_low"), ("_high", "pace_high")):
        forecast = out["result"] + table[pace] * left
        if province:
            forecast[province] = forecast.drop(province).sum(skipna=False)
        out[f"forecast{name}"] = forecast
    out["forecast_achievement"] = 100 * out["forecast"] / target
    out["pace"] = table["pace"]
    remaining = MONTHS_A_YEAR - out["months_due"]
    to_go = (out["target"] - out["result"]).clip(lower=0)
    out["needed_per_month"] = to_go / remaining.where(remaining > 0)
    judged = out["prorata_achievement"]
    out["status"] = np.select(
        [
            target.isna(),
            out["result"].isna(),
            out["result"] >= out["target"],
            judged >= bands[0],
            judged >= bands[1],
        ],
        ["no_target", "missing", "reached", "on_track", "near"],
        "behind",
    )
    out["complete"] = out["months_reported"] >= out["months_due"]
    return out.rename_axis("region_code")


def _targets(
    given: pd.Series[float], codes: pd.Index, province: str
) -> pd.Series[float]:
    if province in codes:
        msg = (
            f"results hold the province's row {province!r}; its result is the sum of "
            "its districts. Drop it."
        )
        raise IndicatorError(msg)
    if strange := sorted(map(str, set(given.index) - set(codes) - {province})):
        msg = f"targets name {strange}, which have no results; add a row, even empty."
        raise IndicatorError(msg)
    return given.reindex(codes).rename("target")


def _refuse_negative(frame: pd.DataFrame, what: str) -> None:
    bad = np.argwhere(frame.to_numpy() < 0)
    if len(bad):
        row, column = (int(i) for i in bad[0])
        raise CellError(
            what, frame.index[row], str(frame.columns[column]),
            float(frame.to_numpy()[row, column]), expected="a number from 0 up",
            remedy="Correct the cell or leave it empty.",
        )  # fmt: skip


def _check(
    numbers: pd.DataFrame, kind: str, through: str | None, bands: tuple[float, float]
) -> str:
    if kind not in get_args(Kind):
        msg = f"kind is {kind!r}; expected one of {', '.join(get_args(Kind))}."
        raise IndicatorError(msg)
    columns = pd.Series([str(c) for c in numbers.columns])
    wrong = columns[~columns.str.fullmatch(_MONTH)]
    if len(wrong):
        msg = f"results have the column {wrong.iloc[0]!r}; expected months, YYYY-MM."
        raise IndicatorError(msg)
    if not (bands[0] >= bands[1] > 0):
        msg = f"bands are {bands!r}; expected (on track, near), the first not below."
        raise IndicatorError(msg)
    if numbers.isna().all(axis=None):
        msg = "results hold no number at all; there is nothing to compare."
        raise EmptyDataError(msg)
    newest = max(numbers.columns[numbers.notna().any()])
    if through is None:
        return str(newest)
    if through not in set(columns):
        msg = f"through is {through!r}; results have {sorted(columns)}."
        raise IndicatorError(msg)
    return through
