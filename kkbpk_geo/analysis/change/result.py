"""What changed between two periods: a table, words, and a picture of slopes.

In:     built by :func:`periods.compare_periods`.
Out:    :class:`PeriodChange`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.change.breaks import SHIFT
from kkbpk_geo.analysis.frames import item_name, province_of
from kkbpk_geo.analysis.paper import INK, ROW, as_plain, paper
from kkbpk_geo.analysis.wording import listed, signed
from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.look.colours import ATTENTION, GOOD, NEITHER
from kkbpk_geo.base.periods import format_period
from kkbpk_geo.base.results import Result
from kkbpk_geo.catalogue.forms.eras import columns_of, crosses, crossing_of
from kkbpk_geo.catalogue.indicators import indicators
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.indicators import INDICATOR_KEYS
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Columns of the changes, without the ranks.
CHANGES = [*INDICATOR_KEYS[1:], "earlier", "later", "change", "relative"]
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
        ``rank_earlier, rank_later`` (1: most in need of attention; the highest where
        neither side is good), ``rank_change`` (places gained, away from need) each with
        ``_low, _high`` (5-95 %), ``members`` (codes added together), ``status``:
        ``ok``, ``missing``, ``split_unclear``, ``era_break`` (the crosswalk forbids it:
        no change is given), ``level_shift`` (given, but the source may have changed).
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

    def said(self, language: Language = "id") -> tuple[str, ...]:
        """Say per indicator where it got worse or better, and what was added."""
        said = [self._sentence(key, language) for key in self.indicators[:_MOST]]
        head = label("change_head", language).format(
            earlier=format_period(self.earlier, language),
            later=format_period(self.later, language),
        )
        # The answer first; what is compared, right behind it.
        said.insert(1, head)
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
        return (*said, *self._breaks(language))

    def summary(self, language: Language = "id") -> str:
        """Say per indicator where it got worse or better, and what was added."""
        return " ".join(self.said(language))

    def method(self, language: Language = "id") -> str:
        """Name what ranks, ranges and parts of the change rest on."""
        return label("change_method", language)

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

        entry = indicators().get(key)
        points = label("change_points", language) if _is_percent(key) else ""

        def one(at: int) -> str:
            step = signed(change.iloc[at], self.digits(key), language)
            return f"{place_name(change.index[at])} ({step}{points})"

        ends, up, down = (0, -1), int((change > 0).sum()), int((change < 0).sum())
        told = label("change_one", language)
        # Where a side is the good one, that is said; a rise is not always good news.
        if entry is not None and entry.direction != "context":
            told = label("change_better", language)
            if entry.direction == "worse":
                ends, up, down = (-1, 0), down, up
        return told.format(
            name=name,
            n=len(change),
            up=up,
            down=down,
            least=one(ends[0]),
            most=one(ends[1]),
        )

    def digits(self, key: str) -> int:
        """Return the decimals an indicator is shown with."""
        return indicators()[key].digits if key in indicators() else 0

    def picture(self, indicator: str = "", language: Language = "id") -> Figure:
        """Draw one indicator (the first unless stated) as a slope per region."""
        return draw_slopes(self, indicator or self.indicators[0], language)

    def shown(self) -> pd.DataFrame:
        """Return the changes without the ranks."""
        return self.table[[*CHANGES, "members", "status"]]


def _is_percent(key: str) -> bool:
    return key in indicators() and indicators()[key].unit == "%"


_LEAST_HEIGHT = 4.7  # inches
# So many names of 8 points fit above each other for every region drawn; at least
# eight, or two close lines of a small province would push their names far away.
_LINES_EACH, _FEWEST_LINES = 1.25, 8


def draw_slopes(found: PeriodChange, indicator: str, language: Language) -> Figure:
    """Draw one line per region from the earlier to the later value.

    Blue where it is for the better, warm where for the worse; the province is thick.
    """
    known = found.of(indicator).dropna(subset=["earlier", "later"])
    figure, axes = paper(item_name(indicator, language), "", "", language)
    figure.set_figheight(max(_LEAST_HEIGHT, 1.4 + ROW * len(known)))
    colours = {True: GOOD, False: ATTENTION}
    province = province_of(known.index) if len(known) else ""
    for code, row in known.iterrows():
        width = 3.2 if code == province else 1.4
        colour = NEITHER if pd.isna(row["better"]) else colours[bool(row["better"])]
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
