"""What an index answers: scores, ranks with intervals, and why.

In:     built by :func:`composite.composite_index`.
Out:    :class:`CompositeIndex`.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from kkbpk_geo.analysis.frames import item_name
from kkbpk_geo.analysis.index.designs import DRAWN_MEANS, IndexDesign
from kkbpk_geo.analysis.index.hierarchy import INDEX, Mean
from kkbpk_geo.analysis.index.robustness import (
    FACTORS,
    Factor,
    Robustness,
    assess_ranks,
    scale_words,
)
from kkbpk_geo.analysis.wording import joined, signed, with_minus, with_names
from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.results import Result
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.joining import code_of
from kkbpk_geo.regions import NATION, is_nation, place_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Regions at either end, and indicators that lift or pull: what one sentence holds.
_SHOWN = 3


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class CompositeIndex(Result):
    """An index with its parts, its certainty and its design.

    Attributes
    ----------
    table : DataFrame, index region_code
        ``score`` (higher is better), ``rank`` (1 is the lowest score, most in need of
        attention), ``rank_low, rank_median, rank_high`` (5-95 % over random designs),
        ``p_top, p_bottom`` (chance to be among the three most, least in need),
        ``missing_share`` of the weights.
    normalised : DataFrame, region x indicator
    dimensions : DataFrame, region x dimension
        Empty without dimensions.
    contributions : DataFrame, region x indicator
        A row sums to the score.
    lifts : DataFrame, region x indicator
        What each indicator adds to, or takes from, the score in comparison with the
        yardstick, over the indicators that both have. A row sums to the difference.
    weights : DataFrame, index indicator
        ``parent``, ``weight`` (share among its siblings), ``effective`` (share in the
        index), ``correlation`` with the score.
    bounds : mapping indicator -> (low, high)
        Extremes or goalposts in use; as goalposts they make next year comparable.
    yardstick : str
        Code of the province whose row is compared with, or ``Indonesia``; empty: the
        median region.
    certainty : Robustness
    design : IndexDesign
    """

    table: pd.DataFrame
    normalised: pd.DataFrame
    dimensions: pd.DataFrame
    contributions: pd.DataFrame
    lifts: pd.DataFrame
    weights: pd.DataFrame
    bounds: Mapping[str, tuple[float, float]]
    yardstick: str
    certainty: Robustness
    design: IndexDesign

    @property
    def scores(self) -> pd.Series[float]:
        """The score of each region."""
        return self.table["score"]

    @property
    def ranks(self) -> pd.DataFrame:
        """Ranks, never without their interval."""
        return self.table[["rank", "rank_low", "rank_high"]]

    @property
    def correlations(self) -> pd.DataFrame:
        """Pearson correlations of the normalised indicators, where both are known.

        Below 0: the two pull the index apart (a trade-off). Near 1: both say the same.
        """
        return self.normalised.corr()

    @property
    def wide(self) -> pd.DataFrame:
        """Columns that a map can draw: ``index`` and ``index:<dimension>``."""
        parts = self.dimensions.add_prefix(f"{INDEX}:")
        return pd.concat([self.scores.rename(INDEX), parts], axis=1)

    def robustness(
        self,
        *,
        n: int = 10_000,
        seed: int = 18,
        top: int = 3,
        spread: float = 0.25,
        vary: Collection[Factor] = FACTORS,
        means: Collection[Mean] = DRAWN_MEANS,
    ) -> Robustness:
        """Draw designs anew: more of them, another seed, or only some choices.

        Parameters and errors as in :func:`robustness.assess_ranks`.
        """
        return assess_ranks(
            self.design,
            n=n,
            seed=seed,
            top=top,
            spread=spread,
            vary=vary,
            means=means,
        )

    def explain(self, region_code: str, language: Language = "id") -> str:
        """Say why a region has its rank: what lifts it, what pulls it down.

        Raises
        ------
        IndicatorError
            If the region is not in the index.
        """
        region_code = code_of(region_code, self.table.index)
        if region_code not in self.table.index:
            known = ", ".join(map(str, self.table.index[:3]))
            msg = (
                f"the index has no region {region_code!r}; it has {len(self.table)}: "
                f"{known} …"
            )
            raise IndicatorError(msg)
        row = self.table.loc[[region_code]].iloc[0]
        if pd.isna(row["score"]):
            return label("index_no_score", language).format(
                name=place_name(region_code),
                share=format_number(100 * row["missing_share"], 0, language),
            )
        lifts: pd.Series[float] = self.lifts.loc[region_code].dropna()  # type: ignore[assignment]
        lifts = lifts.sort_values(kind="stable")
        yardstick = label("analysis_median", language)
        if is_nation(self.yardstick):
            yardstick = NATION.name
        elif self.yardstick:
            yardstick = label("analysis_province", language).format(
                name=place_name(self.yardstick)
            )
        return label("index_explain", language).format(
            one=self._one(region_code, language),
            score=with_minus(format_number(row["score"], 1, language)),
            yardstick=yardstick,
            up=_named(lifts[lifts > 0][::-1], language),
            down=_named(lifts[lifts < 0], language),
        )

    def _several(self, codes: pd.Index, language: Language) -> str:
        return ", ".join(self._one(code, language) for code in codes) or "–"

    def _one(self, code: Hashable, language: Language) -> str:
        row = self.table.loc[[code]].iloc[0]
        low, high = int(row["rank_low"]), int(row["rank_high"])
        # Sure is only what no design moves.
        sure = low == high == int(row["rank"])
        key = "index_place_sure" if sure else "index_place_between"
        return label(key, language).format(
            name=place_name(code), rank=int(row["rank"]), low=low, high=high
        )

    def said(self, language: Language = "id") -> tuple[str, ...]:
        """Say who comes first, how sure that is, and what runs against the index."""
        known = self.scores.dropna().sort_values(kind="stable")
        # Nobody is both: of five the third is among the first only. Nor are all first.
        count = max(min(_SHOWN, len(known) - 1), 1)
        first, last = known.index[:count], known.index[count:][::-1][:_SHOWN]
        key = "index_one_first" if len(first) == 1 else "index_summary"
        parts = [
            label(key, language).format(
                first=joined(map(place_name, first), language),
                scored=len(known),
                rule=label("rank_rule", language),
            ),
            label("index_sure", language).format(places=self._several(first, language)),
            label("index_last", language).format(places=self._several(last, language)),
            label("index_direction", language).format(indicators=len(self.weights)),
            self.certainty.summary(language),
        ]
        against = self.weights.index[self.weights["correlation"] < 0]
        if len(against):
            names = ", ".join(item_name(str(key), language) for key in against)
            parts.append(label("index_against", language).format(names=names))
        return tuple(parts)

    def summary(self, language: Language = "id") -> str:
        """Say who comes first, how sure that is, and what runs against the index."""
        return " ".join(self.said(language))

    def method(self, language: Language = "id") -> str:
        """Name the formula behind the words, its choices and its source."""
        tree, how = self.design.tree, self.design.how
        kinds = dict.fromkeys(tree.means.values())
        means = [label(f"index_{kind}", language) for kind in kinds]
        method = label(f"index_{how.method}", language)
        # z-scores and ranks have no two ends, unless somebody stated them.
        if how.scale is not None or how.method not in ("zscore", "rank"):
            method += f", {scale_words(how.span, language)}"
        return label("index_method", language).format(
            indicators=len(tree.leaves),
            n=len(self.table),
            scored=int(self.scores.notna().sum()),
            method=method,
            mean=" → ".join(means),
            certainty=self.certainty.method(language),
        )

    def shown(self) -> pd.DataFrame:
        """Return the table with names, those most in need first."""
        return with_names(self.table.sort_values("rank", kind="stable"))

    def picture(self, language: Language = "id") -> Figure:
        """Draw each region's rank with its interval."""
        return self.certainty.picture(language)


def _named(lifts: pd.Series[float], language: Language) -> str:
    """Name the first three with their points."""
    found = []
    for key, lift in lifts[:_SHOWN].items():
        points = signed(lift, 1, language)
        found.append(f"{item_name(str(key), language)} ({points})")
    return ", ".join(found) or label("analysis_none", language)
