"""What a comparison with targets answers, and how it says so.

In:     built by :func:`kkbpk_geo.analysis.achievement.measure_achievement`.
Out:    :class:`Achievement`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from kkbpk_geo.analysis.paper import HIGH, INK, LOW, PLAIN, ROW, SOFT, paper
from kkbpk_geo.analysis.wording import listed
from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language, format_number, format_period
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure


STATUSES = ("reached", "on_track", "near", "behind", "missing", "no_target")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Achievement:
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
                said.append(
                    label("achieve_list", language).format(
                        status=label(f"achieve_{word}", language),
                        n=len(codes),
                        regions=listed(codes, language),
                    )
                )
        late = self.districts.index[~self.districts["complete"].to_numpy(bool)]
        if len(late):
            said.append(
                label("achieve_incomplete", language).format(
                    n=len(late), regions=listed(late, language)
                )
            )
        said += self._province_words(language)
        return " ".join(said)

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
        if self.difference:  # missing counts: it is said as a dash
            said.append(
                label("achieve_difference", language).format(
                    districts=number(self.districts_target),
                    province=number(self.province_target or float("nan")),
                    difference=number(self.difference),
                )
            )
        return said if self.province_target is not None else said[:1]

    def picture(self, language: Language = "id") -> Figure:
        """Draw each district's achievement against what is due by now."""
        return draw_achievement(self, language)

    def _repr_html_(self) -> str:
        frame = self.table.copy()
        frame.insert(0, "name", [place_name(code) for code in frame.index])
        return f"<p>{for_html(self.summary())}</p>" + frame.to_html(escape=True)


_BARS = {
    "reached": LOW,
    "on_track": LOW,
    "near": "#c98a1b",
    "behind": HIGH,
    "no_target": PLAIN,
}


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
    figure.set_figheight(max(3.2, 1.6 + ROW * len(table)))
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
    axes.set_yticks(at, [place_name(c).replace("$", r"\$") for c in table.index])
    figure.legend(loc="outside lower center", fontsize=8, frameon=False)
    return figure
