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

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.frames import province_of, read_numbers, refuse_twice
from kkbpk_geo.analysis.paper import (
    INK,
    ROW,
    SOFT,
    as_plain,
    paper,
    write_legend,
)
from kkbpk_geo.analysis.weights import by_codes_of
from kkbpk_geo.analysis.wording import listed, with_names
from kkbpk_geo.base.errors import CellError, EmptyDataError, IndicatorError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.look.colours import ATTENTION, BETWEEN, GOOD, NEITHER
from kkbpk_geo.base.periods import canonical, format_period
from kkbpk_geo.base.results import Result
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.joining import as_series
from kkbpk_geo.regions import common_parent, place_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kkbpk_geo.joining import Joined

Kind = Literal["flow", "cumulative", "stock"]
MONTHS_A_YEAR = 12
_MONTH = r"\d{4}-(0[1-9]|1[0-2])"


STATUSES = ("reached", "on_track", "near", "behind", "missing", "no_target")


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class Achievement(Result):
    """Results against targets.

    Attributes
    ----------
    table : DataFrame, index region_code, the province last
        ``target, result`` (year to date, or last level of a stock), ``months_reported,
        months_due, achievement`` (% of the year's target), ``prorata_target,
        prorata_achievement`` (% of what is due for the months reported; of the whole
        target for a stock), ``forecast, forecast_low, forecast_high`` (December),
        ``forecast_achievement`` (%), ``pace`` (per month so far), ``needed_per_month``
        (to reach the target in the months left), ``status`` (:data:`STATUSES`),
        ``complete`` (every month due is reported). The province is there where a
        target names it or all codes lie inside one.
    kind : {"flow", "cumulative", "stock"}
    through : str
        Last month counted.
    bands : (on track, near), per cent
    province : str
        Code of the province; empty where there is none.
    province_target : float or None
        As stated.
    districts_target : float
        Sum of the districts' targets; missing where one is.
    """

    table: pd.DataFrame
    kind: str
    through: str
    bands: tuple[float, float]
    province: str
    province_target: float | None
    districts_target: float

    @property
    def difference(self) -> float:
        """Sum of the districts' targets less the province's; missing if either is."""
        if self.province_target is None:
            return float("nan")
        return self.districts_target - self.province_target

    @property
    def districts(self) -> pd.DataFrame:
        """The table without the province."""
        return self.table[self.table.index != self.province]

    @property
    def wide(self) -> pd.DataFrame:
        """Columns that a map can draw, districts only."""
        columns = ["achievement", "prorata_achievement", "forecast_achievement"]
        return self.districts[columns]

    def summary(self, language: Language = "id") -> str:
        """Say who reached, is on track, near or behind, and what the year will give."""
        low, high = (format_number(b, 0, language) for b in self.bands[::-1])
        said = [
            label(f"achieve_head_{self.kind}", language).format(
                through=format_period(self.through, language), high=high, low=low
            )
        ]
        status = self.districts["status"]
        for word in STATUSES:
            codes = status.index[status == word]
            if len(codes):
                name = label(f"achieve_{word}", language)
                regions = listed(codes, language)
                one = label("achieve_list", language)
                said.append(one.format(status=name, n=len(codes), regions=regions))
        late = self.districts.index[~self.districts["complete"].to_numpy(bool)]
        if len(late):
            text = label("achieve_incomplete", language)
            said.append(text.format(n=len(late), regions=listed(late, language)))
        return " ".join([*said, *self._province_words(language)])

    def _province_words(self, language: Language) -> list[str]:
        if self.province not in self.table.index:
            return []
        row = self.table.loc[[self.province]].iloc[0]

        def number(value: float, digits: int = 0) -> str:
            return format_number(value, digits, language)

        said = [
            label("achieve_province", language).format(
                name=place_name(self.province),
                result=number(row["result"]),
                target=number(row["target"]),
                share=number(row["achievement"], 1),
                forecast=number(row["forecast"]),
                low=number(row["forecast_low"]),
                high=number(row["forecast_high"]),
            )
        ]
        # A missing difference is not 0: a district without a target is said as a dash.
        if self.province_target is not None and self.difference:
            text = label("achieve_difference", language).format(
                districts=number(self.districts_target),
                province=number(self.province_target or float("nan")),
                difference=number(self.difference),
            )
            said.append(text)
        return said

    def picture(self, language: Language = "id") -> Figure:
        """Draw each district's achievement against what is due by now."""
        return draw_achievement(self, language)

    def shown(self) -> pd.DataFrame:
        """Return the table with names."""
        return with_names(self.table)


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

    Examples
    --------
    >>> import kkbpk_geo as kg
    >>> rows = [["KABUPATEN", "JUMLAH BKB", "BULAN"], ["Mesuji", "12", "MEI"]]
    >>> table = kg.read_table(rows, year=2025, province="Lampung")
    >>> joined = kg.join_regions(kg.load_boundaries("Lampung"), [table])
    >>> int(results_by_month(joined, "bkb_groups").loc["18.11", "2025-05"])
    12
    """
    if measure not in joined.values:
        msg = f"no table gives {measure!r}; there is {list(joined.values.columns)}."
        raise IndicatorError(msg)
    by_period = joined.values[measure].astype("Float64").unstack("period")
    periods = [period for period in joined.periods if period]
    # A quarter's sum stands beside months, and is none of them.
    months = [p for p in periods if re.fullmatch(_MONTH, p)] or periods
    return by_period[months].reindex(list(joined.names))


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

    Examples
    --------
    >>> results = pd.DataFrame({"2025-01": [90], "2025-02": [110]}, index=["18.01"])
    >>> targets = pd.Series([1200], index=["18.01"])
    >>> found = measure_achievement(results, targets).table.loc["18.01"]
    >>> int(found["forecast"]), found["status"]
    (1200, 'on_track')
    """
    numbers = read_numbers(results, "results").rename(columns=canonical)
    refuse_twice(numbers.columns, "results", "column")
    through = None if through is None else canonical(through)
    through = _check(numbers, kind, through, bands)
    named = as_series(targets, "targets")
    stated = by_codes_of(numbers.index, named).to_frame("target")
    given = read_numbers(stated, "targets")["target"]
    province = province_of(numbers.index.union(given.index)) or common_parent(
        numbers.index
    )
    own = _targets(given, numbers.index, province)
    for frame, what in ((numbers, "results"), (own.to_frame(), "targets")):
        _refuse_negative(frame, what)
    year, month = through[:4], int(through[5:])
    months = [f"{year}-{m:02d}" for m in range(1, month + 1)]
    cells = numbers.reindex(columns=months).to_numpy()
    counted = _count(numbers.index, cells, kind)
    table = counted.assign(target=own, months_due=month)
    whole = given.get(province) if province else None
    if whole is not None and np.isnan(whole):
        whole = None
    if province:
        table = pd.concat([table, _province(table, province, whole)])
    return Achievement(
        table=_judge(table, kind, bands, province),
        kind=kind,
        through=through,
        bands=bands,
        province=province,
        province_target=None if whole is None else float(whole),
        districts_target=float(own.sum(skipna=False)),
    )


def _count(codes: pd.Index, cells: np.ndarray, kind: Kind) -> pd.DataFrame:
    """Count result, months and pace of each region."""
    rows = []
    for code, row in zip(codes, cells, strict=True):
        at = np.flatnonzero(~np.isnan(row))
        steps, result, months = _steps(code, row, at, kind)
        low, high = (steps.min(), steps.max()) if steps.size else (np.nan, np.nan)
        rows.append((result, months, _pace(row, at, kind), low, high))
    names = ["result", "months_reported", "pace", "pace_low", "pace_high"]
    return pd.DataFrame(rows, index=codes, columns=names, dtype=float)


def _steps(
    code: object, row: np.ndarray, at: np.ndarray, kind: Kind
) -> tuple[np.ndarray, float, int]:
    """Return what each month reported added, the result, and the months it covers.

    Where months lie between two reports, each of them added the same.
    """
    known = row[at]
    if not at.size:
        return known, np.nan, 0
    if kind == "flow":
        return known, float(known.sum()), at.size
    # A level covers every month up to it, whether all of them were reported or not.
    result, months = float(known[-1]), int(at[-1]) + 1
    if kind == "stock":
        return np.diff(known) / np.diff(at), result, months
    # The year begins at 0: before January, month -1, nothing has been counted.
    steps = np.diff(known, prepend=0.0) / np.diff(at, prepend=-1)
    fallen = at[steps < 0]
    if fallen.size:
        _refuse_fall(code, int(fallen[0]) + 1, float(row[fallen[0]]))
    return steps, result, months


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


def _pace(row: np.ndarray, at: np.ndarray, kind: Kind) -> float:
    """Return the mean month so far; of a stock its mean step, if there are two."""
    if not at.size or (kind == "stock" and at.size == 1):
        return float("nan")
    if kind == "flow":
        return float(row[at].sum()) / at.size
    first, last = int(at[0]), int(at[-1])
    if kind == "stock":
        return float((row[last] - row[first]) / (last - first))
    return float(row[last]) / (last + 1)


def _province(table: pd.DataFrame, province: str, stated: float | None) -> pd.DataFrame:
    """Return the province's row: sums of its districts, its own target if stated."""
    known = table["target"].notna()
    # A district without a target has no part in what is due.
    weight = table.loc[known, "target"]
    reported = table.loc[known, "months_reported"]
    row = table.sum(skipna=False)
    row["result"] = table["result"].sum(min_count=1)
    # Months as the targets weigh them: districts that lag make the year shorter.
    row["months_reported"] = np.nan
    if weight.sum() > 0:
        row["months_reported"] = (weight * reported).sum() / weight.sum()
    row["months_due"] = table["months_due"].max()
    if stated is not None:
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
    # Nothing is due of a region that has not reported: it is missing, not behind.
    due = (target * share).where(out["months_reported"] > 0)
    out["prorata_achievement"] = 100 * out["result"] / due
    for name, pace in (("", "pace"), ("_low", "pace_low"), ("_high", "pace_high")):
        forecast = out["result"] + table[pace] * left
        if province:
            # Districts at their own paces: a province's pace would hide who lags.
            forecast[province] = forecast.drop(province).sum(skipna=False)
        out[f"forecast{name}"] = forecast
    out["forecast_achievement"] = 100 * out["forecast"] / target
    out["pace"] = table["pace"]
    remaining = MONTHS_A_YEAR - out["months_due"]
    # Who has reached the target needs nothing more, not less than nothing.
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
    # A column of a month to come, still empty, is not the newest.
    newest = max(numbers.columns[numbers.notna().any()])
    if through is None:
        return str(newest)
    if through not in set(columns):
        msg = f"through is {through!r}; results have {sorted(columns)}."
        raise IndicatorError(msg)
    return through


# Reached is on track and more: one colour; the words tell them apart.
_BARS = {
    "reached": GOOD,
    "on_track": GOOD,
    "near": BETWEEN,
    "behind": ATTENTION,
    "no_target": NEITHER,
}


_LEAST_HEIGHT = 3.2  # inches


def draw_achievement(found: Achievement, language: Language = "id") -> Figure:
    """Draw a bar per district, most behind first, and what is due by now."""
    table = found.districts.dropna(subset=["achievement"])
    due = 100 * table["prorata_target"] / table["target"]
    order = (table["achievement"] / due).sort_values(ascending=False, kind="stable")
    table, due = table.loc[order.index], due.loc[order.index]
    title = label("achieve_title", language).format(
        through=format_period(found.through, language)
    )
    figure, axes = paper(title, label("achieve_axis", language), "", language)
    figure.set_figheight(max(_LEAST_HEIGHT, 1.6 + ROW * len(table)))
    at = list(range(len(table)))
    axes.barh(
        at, table["achievement"].to_numpy(), height=0.62,
        color=[_BARS[s] for s in table["status"]],
    )  # fmt: skip
    axes.plot(
        due.to_numpy(), at, "|", color=INK, markersize=13, markeredgewidth=2,
        label=label("achieve_due", language),
    )  # fmt: skip
    axes.axvline(100, color=SOFT, linewidth=1)
    axes.set_yticks(at, [as_plain(place_name(code)) for code in table.index])
    write_legend(figure, columns=1)
    return figure
