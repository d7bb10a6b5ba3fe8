"""Two periods side by side, on one and the same set of territories.

In:     the tidy table of ``compute_indicators``, or counts as :func:`count_table` gives
        them; two periods.
Out:    :class:`PeriodChange`: change, rank change with interval, where the change of
        the total comes from, which districts were added to their parents.
Rule:   a trend across a district split is computed on the parents, or refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.change.breaks import SHIFT, find_shifts
from kkbpk_geo.analysis.change.effects import (
    EFFECTS,
    NUMBERS,
    RANKS,
    decompose_change,
    rank_changes,
)
from kkbpk_geo.analysis.change.splits import (
    families,
    founded_shortly_before,
    roll_up_splits,
)
from kkbpk_geo.analysis.frames import item_name, province_of
from kkbpk_geo.analysis.paper import HIGH, INK, LOW, PLAIN, ROW, as_plain, paper
from kkbpk_geo.analysis.wording import listed
from kkbpk_geo.base.errors import EmptyDataError, IndicatorError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.periods import (
    canonical,
    canonical_each,
    format_period,
    order_periods,
    read_period,
)
from kkbpk_geo.base.periods import (
    families as kinds_of_time,
)
from kkbpk_geo.base.results import Result
from kkbpk_geo.catalogue.forms.eras import columns_of, crosses, crossing_of
from kkbpk_geo.catalogue.indicators import indicators
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.indicators import INDICATOR_COLUMNS, INDICATOR_KEYS, INDICATOR_PARTS
from kkbpk_geo.joining import as_tidy
from kkbpk_geo.regions import has_region, place_name, region

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from kkbpk_geo.joining import Joined

_KEYS = list(INDICATOR_KEYS[1:])
_PARTS = list(INDICATOR_PARTS)
_READ = [*INDICATOR_KEYS, *INDICATOR_PARTS, "value"]
_CHANGES = [*_KEYS, "earlier", "later", "change", "relative"]
_ROLLED = ["region_code", "name", "into", "founded", "law", "dates_verified"]
# Values of a published table are rounded: so far they may be from factor x n / d.
_CLOSE = 1e-6
_MOST = 5  # indicators in a summary


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class PeriodChange(Result):
    """What changed between two periods.

    Attributes
    ----------
    table : DataFrame, one row per indicator and region, the province last
        ``region_code, indicator, earlier, later, change`` (in the indicator's unit, or
        points for %), ``relative`` (% of the earlier; missing where that is 0),
        ``better`` (True, False, or missing for none and for context), the ranks
        ``rank_earlier, rank_later, rank_change`` (places gained) each with ``_low,
        _high`` (5-95 %), ``members`` (codes added together), ``status``: ``ok``,
        ``missing``, ``split_unclear``, ``era_break`` (the crosswalk forbids it: no
        change is given), ``level_shift`` (given, but the source may have changed).
    decomposition : DataFrame
        ``region_code, indicator, own_effect, shift_effect, effect``: see
        :func:`effects.decompose_change`.
    rolled : DataFrame
        ``region_code, name, into, founded, law, dates_verified``: districts that were
        added to the one they left after ``as_of``.
    earlier, later, as_of : str
        Periods, and the period whose districts are compared.
    """

    table: pd.DataFrame
    decomposition: pd.DataFrame
    rolled: pd.DataFrame
    earlier: str
    later: str
    as_of: str
    show_index = False  # the rows are named by their first two columns

    @property
    def indicators(self) -> tuple[str, ...]:
        """Indicators, in table order."""
        return tuple(dict.fromkeys(self.table["indicator"]))

    def of(self, indicator: str) -> pd.DataFrame:
        """Return the rows of one indicator, by region_code.

        Raises
        ------
        IndicatorError
            If it was not compared; names those that were.
        """
        if indicator not in self.indicators:
            msg = f"{indicator!r} was not compared; there is {list(self.indicators)}."
            raise IndicatorError(msg)
        return self.table[self.table["indicator"] == indicator].set_index("region_code")

    @property
    def wide(self) -> pd.DataFrame:
        """Columns that a map can draw: ``change:<indicator>``, by region_code.

        Districts that were added together each carry the number of their family.
        """
        members = self.table["members"].str.split(" + ", regex=False)
        rows = self.table.assign(region_code=members)
        flat = rows.explode("region_code")
        # Parent and children fill the parent's old outline with one colour.
        wide = flat.pivot(index="region_code", columns="indicator", values="change")
        wide = wide[list(self.indicators)].add_prefix("change:")
        return wide.sort_index().rename_axis(columns=None)

    def summary(self, language: Language = "id") -> str:
        """Say per indicator who rose and fell most, and what was added together."""
        said = [
            label("change_head", language).format(
                earlier=format_period(self.earlier, language),
                later=format_period(self.later, language),
            )
        ]
        said += [self._sentence(key, language) for key in self.indicators[:_MOST]]
        rest = len(self.indicators) - _MOST
        if rest > 0:
            said.append(label("change_more", language).format(n=rest))
        rolled = label("change_rolled", language)
        for into, children in self.rolled.groupby("into", sort=True):
            years = " (" + children["founded"].str[:4] + ")"
            names = ", ".join(children["name"] + years)
            said.append(rolled.format(children=names, parent=place_name(into)))
        if not self.rolled["dates_verified"].all():
            said.append(label("change_unverified", language))
        unclear = self.table[self.table["status"] == "split_unclear"]["region_code"]
        if len(unclear):
            regions = listed(dict.fromkeys(unclear), language)
            said.append(label("change_unclear", language).format(regions=regions))
        said += self._breaks(language)
        return " ".join(said)

    def _breaks(self, language: Language) -> list[str]:
        """Say which series may be broken between the periods, and why."""
        said = [self._era_said(key, language) for key in self.indicators]
        said.append(self._unexamined(language))
        shifted = self.table[self.table["status"] == "level_shift"]
        times = format_number(SHIFT, 1, language)
        for key in dict.fromkeys(shifted["indicator"]):
            own = shifted[shifted["indicator"] == key]
            regions = listed(dict.fromkeys(own["region_code"]), language)
            text = label("change_shift", language)
            name = item_name(key, language)
            said.append(text.format(name=name, regions=regions, times=times))
        return [sentence for sentence in said if sentence]

    def _era_said(self, key: str, language: Language) -> str:
        """Say why an indicator is not compared; empty where it is."""
        line = crossing_of(key, self.earlier, self.later)
        if line is None or line.comparable:
            return ""
        text = label("change_era", language)
        return text.format(name=item_name(key, language), reason=line.reason(language))

    def _unexamined(self, language: Language) -> str:
        """Name what is compared across eras though the crosswalk is silent on it."""
        if not crosses(self.earlier, self.later):
            return ""
        names = []
        for key in self.indicators:
            if columns_of(key) and crossing_of(key, self.earlier, self.later) is None:
                names.append(item_name(key, language))
        text = label("change_unexamined", language)
        return text.format(names=", ".join(names)) if names else ""

    def _sentence(self, key: str, language: Language) -> str:
        rows = self.of(key)
        rows = rows[rows.index != province_of(rows.index)]
        change = rows["change"].dropna().sort_values(kind="stable")
        name = item_name(key, language)
        if len(rows) and (rows["status"] == "era_break").any():
            return label("change_not_compared", language).format(name=name)
        if change.empty:
            return label("change_none", language).format(name=name)
        if not change.any():
            return label("change_same", language).format(name=name, n=len(change))

        def one(at: int) -> str:
            sign = "+" if change.iloc[at] > 0 else ""
            step = format_number(change.iloc[at], self.digits(key), language)
            return f"{place_name(change.index[at])} ({sign}{step})"

        return label("change_one", language).format(
            name=name,
            up=int((change > 0).sum()),
            down=int((change < 0).sum()),
            most=one(-1),
            least=one(0),
        )

    def digits(self, key: str) -> int:
        """Return the decimals an indicator is shown with."""
        return indicators()[key].digits if key in indicators() else 0

    def picture(self, indicator: str = "", language: Language = "id") -> Figure:
        """Draw one indicator (the first unless stated) as a slope per region."""
        return draw_slopes(self, indicator or self.indicators[0], language)

    def shown(self) -> pd.DataFrame:
        """Return the changes without the ranks."""
        return self.table[[*_CHANGES, "members", "status"]]


def count_table(joined: Joined) -> pd.DataFrame:
    """Return a Joined's counts in the shape of an indicator table.

    Returns
    -------
    DataFrame: ``indicators.INDICATOR_COLUMNS``
        ``indicator`` is the measure, numerator and value the count; no denominator.
    """
    values = joined.values.astype("Float64").stack(future_stack=True)
    status = joined.status.stack(future_stack=True)
    keys = values.index.set_names(list(INDICATOR_KEYS))
    count = values.to_numpy(float, na_value=np.nan)
    table = keys.to_frame(index=False).assign(
        numerator=count, denominator=np.nan, value=count, status=status.to_numpy()
    )
    return table[list(INDICATOR_COLUMNS)]


def compare_periods(
    table: pd.DataFrame,
    *,
    earlier: object = None,
    later: object = None,
    as_of: object = None,
    roll_up: bool = True,
    seed: int = 18,
) -> PeriodChange:
    """Compare two periods on the districts that existed at the earlier one.

    Parameters
    ----------
    table : DataFrame
        ``period`` (``2025``, ``2025-11``, ``2025-Q3`` …), ``region_code, indicator,
        value`` and, where known, ``numerator, denominator``: as ``compute_indicators``
        gives it. A row of the province is compared as it is.
    earlier, later : text, year, date, Timestamp or Period, optional
        The oldest and the newest period unless stated.
    as_of : str, optional
        Compare on the districts of this period instead of ``earlier``: where reports
        followed a founding late, a period before it. Children founded since that have
        no number in ``earlier`` are then taken to be inside their parent.
    roll_up : bool
        Add districts founded since to the one they left (both periods). False refuses
        where there is any.
    seed : int
        For the rank intervals.

    Raises
    ------
    EmptyDataError
        If the table has no rows.
    IndicatorError
        If columns or periods are absent or in the wrong order, a row stands twice, a
        value is not factor x numerator / denominator; if one period is a sum over
        several months and the other is not; if a split lies between the
        periods and ``roll_up`` is False, or there is nothing to add up.

    Examples
    --------
    Pringsewu (18.10) left Tanggamus (18.06) in 2009: the two are compared together.

    >>> table = pd.DataFrame(
    ...     [("2008", "18.06", 100), ("2025", "18.06", 60), ("2025", "18.10", 50)],
    ...     columns=["period", "region_code", "value"],
    ... ).assign(indicator="population", numerator=lambda t: t["value"])
    >>> compare_periods(table).of("population")["change"].to_dict()
    {'18.06': 10.0}
    """
    rows = _read(table)
    first, last, chosen = _periods(rows, earlier, later, as_of)
    every, rows = rows, rows[rows["period"].isin([first, last])]
    codes = list(dict.fromkeys(rows["region_code"]))
    province = province_of(pd.Index(codes))
    groups = families([c for c in codes if c != province], chosen)
    rolled = _rolled(groups)
    if groups and not roll_up:
        msg = (
            f"between {chosen} and {last} districts were split off: "
            f"{', '.join(rolled['name'] + ' (' + rolled['founded'] + ')')}. A trend "
            "across a split is false; use roll_up=True to add them to their parent."
        )
        raise IndicatorError(msg)
    if groups:
        rows = _roll(rows, groups, {first: chosen})
    pairs = _pairs(rows, first, last, province)
    unclear = _unclear(rows, first, last)
    keys = pairs[_KEYS].itertuples(index=False, name=None)
    hidden = np.array([key in unclear for key in keys], dtype=bool)
    broken = _broken(pairs["indicator"], first, last)
    full = pd.concat([pairs[_KEYS], _change(pairs, hidden, broken)], axis=1)
    ours = pairs[full["status"].eq("ok") & (pairs["region_code"] != province)]
    shifted = find_shifts(ours, every, first, last)
    full.loc[shifted[shifted].index, "status"] = "level_shift"
    full["members"] = [" + ".join(groups.get(c, (c,))) for c in full["region_code"]]
    # The province is compared as it is: no rank among its districts, no part in itself.
    ranked = full["change"].notna() & (full["region_code"] != province)
    ranks, effects = _ranks_and_effects(pairs[ranked], _scale(rows), seed)
    ranks = ranks.reindex(full.index).astype("Int64")
    changes = full[[*_CHANGES, "better"]]
    return PeriodChange(
        table=pd.concat([changes, ranks, full[["members", "status"]]], axis=1),
        decomposition=pd.concat([full.loc[ranked, _KEYS], effects], axis=1).reset_index(
            drop=True
        ),
        rolled=rolled,
        earlier=first,
        later=last,
        as_of=chosen,
    )


def _ranks_and_effects(
    pairs: pd.DataFrame, scale: dict[str, float], seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rank the regions of each indicator, and split the change of its total."""
    ranks = pd.DataFrame(np.nan, pairs.index, list(RANKS))
    effects = pd.DataFrame(np.nan, pairs.index, list(EFFECTS))
    for key, own in pairs.groupby("indicator", sort=False):
        numbers = own[list(NUMBERS)].to_numpy()
        better = _direction(str(key)) != "worse"
        ranks.loc[own.index] = rank_changes(numbers, better, seed=seed)
        effects.loc[own.index] = decompose_change(numbers, scale[str(key)])
    return ranks, effects


def _read(table: pd.DataFrame) -> pd.DataFrame:
    table = as_tidy(table, "table")
    if table.empty:
        msg = "table has no rows; there is nothing to compare."
        raise EmptyDataError(msg)
    rows = table.reindex(columns=_READ).reset_index(drop=True)
    rows["period"] = canonical_each(rows["period"].tolist())
    if not rows["period"].any():
        msg = "table has no column period (or TAHUN, BULAN): nothing to compare."
        raise IndicatorError(msg)
    twice = rows.duplicated(list(INDICATOR_KEYS))
    if twice.any():
        row = rows[twice].iloc[0]
        msg = (
            f"region {row['region_code']}, period {row['period']}, indicator "
            f"{row['indicator']!r} stands twice; keep one row."
        )
        raise IndicatorError(msg)
    for column in [*_PARTS, "value"]:
        rows[column] = rows[column].astype("Float64").to_numpy(float, na_value=np.nan)
    return rows


def _periods(
    rows: pd.DataFrame, earlier: object, later: object, as_of: object
) -> tuple[str, str, str]:
    known = order_periods(rows["period"])
    last = known[-1] if later is None else canonical(later)
    first = canonical(earlier) if earlier is not None else _oldest_like(last, known)
    for period in (first, last):
        if period not in known:
            msg = f"no rows for period {period!r}; there is {known}."
            raise IndicatorError(msg)
    if not first or first == last or order_periods([first, last])[0] != first:
        msg = f"cannot compare {first!r} with {last!r}; expected two periods in order."
        raise IndicatorError(msg)
    if len(set(kinds_of_time([first, last]))) > 1:
        msg = (
            f"cannot compare {first!r} with {last!r}: one is a sum over other months "
            f"than the other. Choose two of a kind; there is {known}."
        )
        raise IndicatorError(msg)
    chosen = first if as_of is None else canonical(as_of)
    # As exact as the less exact of the two: 2025 is not after 2025-11.
    given, earliest = read_period(chosen), read_period(first)
    if given and earliest and given.begins > earliest.ends:
        msg = (
            f"as_of is {chosen!r}; expected a period not after the earlier, {first!r}."
        )
        raise IndicatorError(msg)
    return first, last, chosen


def _oldest_like(last: str, known: Sequence[str]) -> str:
    """Return the oldest period that can be compared with the last."""
    (newest,) = kinds_of_time([last])
    alike = zip(known, kinds_of_time(known), strict=True)
    return next(period for period, kind in alike if kind == newest)


def _rolled(groups: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    rows = []
    for family, members in groups.items():
        for unit in map(region, members):
            if unit.code != family:
                law = unit.founded, unit.law, unit.dates_verified
                rows.append((unit.code, unit.name, family, *law))
    return pd.DataFrame(rows, columns=_ROLLED)


def _roll(
    rows: pd.DataFrame,
    groups: dict[str, tuple[str, ...]],
    structure: dict[str, str],
) -> pd.DataFrame:
    members = {code for family in groups.values() for code in family}
    inside = rows["region_code"].isin(members)
    # Rates cannot be added; only what they are made of can.
    bare = rows[inside & rows["value"].notna() & rows["numerator"].isna()]
    if len(bare):
        row = bare.iloc[0]
        msg = (
            f"indicator {row['indicator']!r} of region {row['region_code']} has a "
            "value but no numerator, so it cannot be added to that of the district it "
            "was split from. Give numerators and denominators."
        )
        raise IndicatorError(msg)
    sums = roll_up_splits(rows[inside], groups, structure)
    scale = _scale(rows)
    below = sums["denominator"].where(sums["denominator"] != 0)
    factor = sums["indicator"].map(scale)
    ratio = factor * sums["numerator"] / below
    sums["value"] = ratio.where(factor.notna(), sums["numerator"])
    return pd.concat([rows[~inside], sums], ignore_index=True)


def _scale(rows: pd.DataFrame) -> dict[str, float]:
    groups = rows.groupby("indicator", sort=False)
    return {str(key): _factor(part) for key, part in groups}


def _factor(rows: pd.DataFrame) -> float:
    """Return value / (numerator / denominator); NaN for counts."""
    if rows["denominator"].isna().all():
        return float("nan")
    key = str(rows["indicator"].iloc[0])
    known = rows[(rows["numerator"] > 0) & (rows["denominator"] > 0)]
    found = known["value"] * known["denominator"] / known["numerator"]
    found = found.dropna()
    if found.empty:
        return indicators()[key].factor if key in indicators() else 1.0
    # One wrong row does not move the median, and is then the one that stands out.
    factor = float(found.median())
    wrong = found[(found / factor - 1).abs() > _CLOSE]
    if len(wrong):
        row = rows.loc[wrong.index[0]]
        msg = (
            f"indicator {key!r}, region {row['region_code']}, period {row['period']}: "
            f"value {row['value']:g} is not {factor:g} x {row['numerator']:g} / "
            f"{row['denominator']:g} as elsewhere; correct the row."
        )
        raise IndicatorError(msg)
    return factor


def _unclear(rows: pd.DataFrame, earlier: str, later: str) -> set[tuple[str, str]]:
    """Return (region, indicator) that may still be counted inside another district.

    A district founded up to two years before the earlier period without a number then,
    but with one later, may stand inside its parent: neither can be compared.
    """
    found = set()
    known = rows[rows["value"].notna()]
    have = set(known[["period", *_KEYS]].itertuples(index=False, name=None))
    for code, key in rows[_KEYS].drop_duplicates().itertuples(index=False):
        # Who had a number before, or has none now, hides in nobody.
        if (later, code, key) not in have or (earlier, code, key) in have:
            continue
        if has_region(code) and founded_shortly_before(code, earlier):
            found |= {(code, key), (region(code).predecessor_code, key)}
    return found


def _pairs(rows: pd.DataFrame, earlier: str, later: str, province: str) -> pd.DataFrame:
    """Put both periods side by side: indicators as they came, the province last."""

    def side(period: str, when: str) -> pd.DataFrame:
        own = rows[rows["period"] == period].set_index(_KEYS)[[*_PARTS, "value"]]
        own.columns = pd.Index([*(f"{part}_{when}" for part in _PARTS), when])
        return own

    first, last = side(earlier, "earlier"), side(later, "later")
    both = first.join(last, how="outer").reset_index()
    order = {key: i for i, key in enumerate(dict.fromkeys(rows["indicator"]))}
    both["at"] = both["indicator"].map(order)
    both["last"] = both["region_code"] == province
    return both.sort_values(["at", "last", "region_code"], ignore_index=True)


def _broken(indicator: pd.Series[str], earlier: str, later: str) -> pd.Series[bool]:
    """Return which rows are of an indicator that changed its meaning in between."""
    found = {}
    for key in indicator.unique():
        line = crossing_of(key, earlier, later)
        found[key] = line is not None and not line.comparable
    return indicator.map(found).astype(bool)


def _change(
    pairs: pd.DataFrame, hidden: np.ndarray, broken: pd.Series[bool]
) -> pd.DataFrame:
    """Compute change, per cent, and whether it is for the better."""
    out = pairs[["earlier", "later"]].mask(pd.Series(hidden, pairs.index), axis=0)
    # Both values are true, each in its era; only their difference means nothing.
    step = (out["later"] - out["earlier"]).mask(broken)
    out["change"] = step
    out["relative"] = 100 * step / out["earlier"].where(out["earlier"] != 0)
    # Context, such as a number of people, is neither better nor worse.
    signs = {"better": 1.0, "worse": -1.0, "context": 0.0}
    good = step * pairs["indicator"].map(_direction).map(signs)
    moved = good.notna() & (good != 0)
    out["better"] = (good > 0).astype("boolean").where(moved)
    known = out[["earlier", "later"]].notna().all(axis=1)
    status = np.where(step.isna(), "missing", "ok")
    status = np.where(broken & known, "era_break", status)
    out["status"] = np.where(hidden, "split_unclear", status)
    return out


def _direction(key: str) -> str:
    return indicators()[key].direction if key in indicators() else "context"


_LEAST_HEIGHT = 4.7  # inches
# So many names of 8 points fit above each other for every region drawn; at least
# eight, or two close lines of a small province would push their names far away.
_LINES_EACH, _FEWEST_LINES = 1.25, 8


def draw_slopes(found: PeriodChange, indicator: str, language: Language) -> Figure:
    """Draw one line per region from the earlier to the later value.

    Blue where it is for the better, red where for the worse; the province is thick.
    """
    known = found.of(indicator).dropna(subset=["earlier", "later"])
    figure, axes = paper(item_name(indicator, language), "", "", language)
    figure.set_figheight(max(_LEAST_HEIGHT, 1.4 + ROW * len(known)))
    colours = {True: LOW, False: HIGH}
    province = province_of(known.index) if len(known) else ""
    for code, row in known.iterrows():
        width = 3.2 if code == province else 1.4
        colour = PLAIN if pd.isna(row["better"]) else colours[bool(row["better"])]
        # A line would say that the one became the other.
        line = "o" if row["status"] == "era_break" else "-o"
        axes.plot(
            [0, 1], [row["earlier"], row["later"]], line,
            markersize=4, linewidth=width, color=colour,
        )  # fmt: skip
    digits = found.digits(indicator)
    gap = _gap(known)
    _write_values(axes, known["earlier"], (0, -0.04), gap, digits, language)
    _write_values(axes, known["later"], (1, 1.04), gap, digits, language)
    axes.set_xlim(-0.75, 1.75)
    ends = [format_period(p, language) for p in (found.earlier, found.later)]
    axes.set_xticks([0, 1], ends)
    axes.set_yticks([])
    axes.spines[["left"]].set_visible(False)
    axes.grid(visible=False)
    return figure


def _gap(known: pd.DataFrame) -> float:
    """How far apart the names beside the lines must stand, in units of the values."""
    if known.empty:
        return 1.0
    ends = known[["earlier", "later"]].to_numpy(float)
    # All values equal: any distance will do.
    span = float(np.ptp(ends)) or 1.0
    return span / max(_LINES_EACH * len(known), _FEWEST_LINES)


def _write_values(
    axes: Axes,
    values: pd.Series[float],
    at: tuple[float, float],
    gap: float,
    digits: int,
    language: Language,
) -> None:
    """Write name and value beside each end of a line; ``at``: of line and of words."""
    x, beside = at
    side = "right" if beside < x else "left"
    for code, y, place in _spread(values.astype(float), gap):
        text = f"{place_name(code)} {format_number(y, digits, language)}"
        axes.annotate(
            as_plain(text), (x, y), (beside, place),
            ha=side, va="center", fontsize=8, color=INK,
        )  # fmt: skip


def _spread(values: pd.Series[float], gap: float) -> list[tuple[object, float, float]]:
    """Place labels in order, at least ``gap`` apart, near their values."""
    ordered = values.sort_values(kind="stable")
    places: list[float] = []
    for y in ordered:
        lowest = places[-1] + gap if places else y
        places.append(max(y, lowest))
    # They were only pushed up: move all back by the mean push.
    drift = sum(p - y for p, y in zip(places, ordered, strict=True))
    drift /= max(len(places), 1)
    return [
        (code, float(y), place - drift)
        for (code, y), place in zip(ordered.items(), places, strict=True)
    ]
