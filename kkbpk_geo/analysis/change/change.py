"""What a comparison of two periods answers, and how it says so.

In:     built by :func:`kkbpk_geo.analysis.periods.compare_periods`.
Out:    :class:`PeriodChange`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from kkbpk_geo.analysis.frames import item_name, province_of
from kkbpk_geo.analysis.wording import listed
from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language, format_number, format_period
from kkbpk_geo.catalogue.indicators import indicators
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_MOST = 5  # indicators in a summary


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PeriodChange:
    """What changed between two periods.

    Attributes
    ----------
    table : DataFrame, one row per indicator and region, the province last
        ``region_code, indicator, earlier, later, change`` (in the indicator's unit, or
        points for %), ``relative`` (% of the earlier; missing where that is 0),
        ``better`` (True, False, or missing for none and for context), the ranks
        ``rank_earlier, rank_later, rank_change`` (places gained) each with ``_low,
        _high`` (5-95 %), ``members`` (codes added together), ``status``: ``ok``,
        ``missing``, ``split_unclear``.
    decomposition : DataFrame
        ``region_code, indicator, own_effect, shift_effect, effect``: see
        :func:`changes.decompose_change`.
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
        shown = self.indicators[:_MOST]
        said += [self._sentence(key, language) for key in shown]
        if len(self.indicators) > len(shown):
            rest = len(self.indicators) - len(shown)
            said.append(label("change_more", language).format(n=rest))
        for into, children in self.rolled.groupby("into", sort=True):
            said.append(
                label("change_rolled", language).format(
                    children=", ".join(
                        f"{name} ({str(founded)[:4]})"
                        for name, founded in zip(
                            children["name"], children["founded"], strict=True
                        )
                    ),
                    parent=place_name(into),
                )
            )
        if not self.rolled["dates_verified"].all():
            said.append(label("change_unverified", language))
        unclear = self.table[self.table["status"] == "split_unclear"]["region_code"]
        if len(unclear):
            said.append(
                label("change_unclear", language).format(
                    regions=listed(dict.fromkeys(unclear), language)
                )
            )
        return " ".join(said)

    def _sentence(self, key: str, language: Language) -> str:
        rows = self.of(key)
        rows = rows[rows.index != province_of(rows.index)]
        change = rows["change"].dropna().sort_values(kind="stable")
        name = item_name(key, language)
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
        from kkbpk_geo.analysis.index.picture import draw_slopes

        key = indicator or self.indicators[0]
        words = (
            item_name(key, language),
            format_period(self.earlier, language),
            format_period(self.later, language),
            self.digits(key),
        )
        return draw_slopes(self.of(key), words, language)

    def _repr_html_(self) -> str:
        columns = ["region_code", "indicator", "earlier", "later", "change", "relative"]
        frame = self.table[[*columns, "members", "status"]]
        return f"<p>{for_html(self.summary())}</p>" + frame.to_html(
            index=False, escape=True
        )
