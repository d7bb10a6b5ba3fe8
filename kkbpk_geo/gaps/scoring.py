"""Gap scores: how far each region is from what is good enough, over all services.

In:     a Joined, standards, weights.
Out:    :class:`GapScores`: needs per service, one score per region with its rank, and
        how far that rank moves when the weights do.
Method: score = weighted mean of (1 - coverage) over the services a region has; equal
        weights per standard (a standard that exists for five group kinds counts once).
        Rank interval: 5th to 95th percentile over draws of weights w x U(0.5, 1.5) and
        leaving each standard out in turn, after Saisana, Saltelli & Tarantola (2005),
        J. R. Stat. Soc. A 168:307, doi:10.1111/j.1467-985X.2005.00350.x.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import EmptyDataError, IndicatorError, RegionError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import UNMARKED, Marks, mark_frame
from kkbpk_geo.base.periods import canonical
from kkbpk_geo.base.results import Result
from kkbpk_geo.catalogue.indicators import Standard
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.gaps.needs import active_standards, count_needs, is_amount
from kkbpk_geo.indicators import require_joined, with_derived
from kkbpk_geo.joining import Joined, as_mapping, at_period, match_labels

SCORE_COLUMNS = ("score", "rank", "rank_low", "rank_high", "missing_share")
# A score over less than two thirds of the weights is about something else.
MAX_MISSING = 1 / 3
# Half as large to half as large again; no document sets a range, this is a proposal.
_FACTORS = (0.5, 1.5)
# The 5 % at either end of an interval are then 50 draws.
_DRAWS = 1000
_SEED = 18
_ENDS = {"rank_low": 0.05, "rank_high": 0.95}
# Sums in another order differ by less: no reason to rank one region above another.
_TIE = 1e-12
_NAMED = 3


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class GapScores(Result):
    """Needs and gaps per service, scores per region, and what explains them.

    Attributes
    ----------
    table : DataFrame
        One row per service and region, province included: ``needs.NEED_COLUMNS``.
    scores : DataFrame, index region_code
        :data:`SCORE_COLUMNS`: ``score`` in [0, 1] (0: no gap, 1: nothing there; missing
        above the threshold), ``rank`` (1: largest gap), ``rank_low, rank_high`` (5-95
        %), ``missing_share`` of the weights.
    parts : DataFrame, index region_code, one column per service
        What each service adds to the score; a row sums to ``score``.
    weights : mapping service -> weight; sums to 1
    standards : mapping key -> Standard in use
    names : mapping region_code -> name
    period : str
    marks : Marks
        Whether they are of sample data.
    """

    table: pd.DataFrame
    scores: pd.DataFrame
    parts: pd.DataFrame
    weights: Mapping[str, float]
    standards: Mapping[str, Standard]
    names: Mapping[str, str]
    period: str
    marks: Marks = UNMARKED

    def worst(self, k: int = 5) -> pd.DataFrame:
        """Return the ``k`` regions with the largest gap, largest first."""
        scored = self.scores.dropna(subset=["score"])
        return scored.sort_values("score", ascending=False, kind="stable")[:k]

    def to_do(self, region_code: str, language: Language = "id") -> list[str]:
        """Say in countable things what a region needs, largest weighted gap first.

        Parameters
        ----------
        region_code : str
            Code of a region that was scored, or its name.

        Raises
        ------
        RegionError
            If it is none of them: nothing to do is another answer.
        """
        region_code = match_labels([region_code], self.names)[0]
        if region_code not in self.scores.index:
            known = ", ".join(map(str, self.scores.index[:3]))
            msg = (
                f"no region {region_code!r} was scored; there are {len(self.scores)}: "
                f"{known} …"
            )
            raise RegionError(msg)
        own = self.table[self.table["region_code"] == region_code].set_index("service")
        own = own[(own["gap"] > 0).fillna(False)]
        weight = np.array([self.weights[str(s)] for s in own.index], dtype=float)
        lack = 1 - own["coverage"].to_numpy(float)
        adds = pd.Series(lack * weight, own.index)
        said = []
        for service in adds.sort_values(ascending=False, kind="stable").index:
            number = format_number(int(own["gap"].loc[service]), 0, language)
            said.append(self.standards[str(service)].action(number, language))
        return said

    def summary(self, language: Language = "id") -> str:
        """Say which regions have the largest gaps, and how sure the order is."""
        one = label("gap_summary_one", language)
        worst = [
            one.format(
                name=self.names.get(str(code), code),
                score=format_number(row["score"], 2, language),
                low=int(row["rank_low"]),
                high=int(row["rank_high"]),
            )
            for code, row in self.worst(_NAMED).iterrows()
        ]
        return label("gap_summary", language).format(
            n=format_number(len(self.scores), 0, language),
            services=len(self.weights),
            scored=format_number(int(self.scores["score"].notna().sum()), 0, language),
            rule=label("rank_rule", language),
            worst="; ".join(worst) or "–",
        )

    def shown(self) -> pd.DataFrame:
        """Return the scored regions with their names, the largest gap first."""
        frame = self.worst(len(self.scores)).drop(columns=["missing_share"])
        frame.insert(0, "name", frame.index.map(dict(self.names)))
        return frame


def score_gaps(
    joined: Joined,
    *,
    standards: Mapping[str, float | Standard | None] | None = None,
    weights: Mapping[str, float] | None = None,
    period: object = None,
) -> GapScores:
    """Score every region's gaps against stated standards.

    Parameters
    ----------
    joined : Joined
    standards : mapping, optional
        Changes to the catalogue's standards: key (``kit:bkb`` or ``kit``) to a value, a
        :class:`Standard`, or None to leave it out.
    weights : mapping, optional
        Weight per standard (``kit:bkb`` or ``kit``), from 0 up; others keep 1.
    period : text, year, date, Timestamp or Period, optional
        The newest period unless stated.

    Returns
    -------
    GapScores
        A region that lacks more than a third of the weights has no score.

    Raises
    ------
    IndicatorError
        For an unknown standard or weight, or weights that are all zero.
    EmptyDataError
        If no standard can be scored with the tables given.
    JoinError
        If the period is absent.

    Examples
    --------
    >>> import kkbpk_geo as kg
    >>> from importlib.resources import files
    >>> sheet = files("kkbpk_geo") / "sample/data/tables/contoh_kampung_kb_2025.csv"
    >>> joined = kg.join_regions(kg.load_boundaries("Lampung"), [kg.read_table(sheet)])
    >>> score_gaps(joined).worst(1).index.tolist()
    ['18.11']
    """
    require_joined(joined)
    in_use = active_standards(as_mapping(standards, "standards"))
    values, status = with_derived(joined)
    chosen = joined.periods[-1] if period is None else canonical(period)
    joined.at(chosen)  # raises for an absent period
    table = count_needs(
        at_period(values, chosen),
        at_period(status, chosen),
        in_use,
        province=joined.province_code,
        period=chosen,
    )
    if table.empty:
        msg = (
            "no standard can be scored: the tables give none of the measures that "
            "standards.toml asks for."
        )
        raise EmptyDataError(msg)
    services = list(dict.fromkeys(table["service"]))
    weight = _weights(services, in_use, weights)
    vector = np.array(list(weight.values()))
    lack, idle = _lacks(table, len(services), len(joined.names))
    missing = _missing_share(lack, idle, vector)
    enough = missing <= MAX_MISSING
    score = np.where(enough, _mean(lack, vector[None, :])[0], np.nan)
    parts = np.where(enough[:, None], _shares(lack, vector), np.nan)
    index = pd.Index(list(joined.names), name="region_code")
    scores = pd.DataFrame({"score": score, "missing_share": missing}, index=index)
    _add_ranks(scores, enough, _ranks(lack[enough], vector, services))
    return GapScores(
        table=mark_frame(table, joined.marks),
        scores=scores[list(SCORE_COLUMNS)],
        parts=pd.DataFrame(parts, index=index, columns=services),
        weights=weight,
        standards={s: in_use[s] for s in services},
        names=joined.names,
        period=chosen,
        marks=joined.marks,
    )


def _lacks(
    table: pd.DataFrame, services: int, regions: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return 1 - coverage, and where nothing is needed: regions x services."""

    # Services follow each other, each with the regions in map order; the province last.
    def by_region(cells: np.ndarray) -> np.ndarray:
        return cells.reshape(services, -1)[:, :regions].T

    need = table["need"].to_numpy(float, na_value=np.nan)
    coverage = table["coverage"].to_numpy(float)
    return 1 - by_region(coverage), by_region(need == 0)


def _missing_share(
    lack: np.ndarray, idle: np.ndarray, weight: np.ndarray
) -> np.ndarray:
    """Share of the weights that a region owes an answer to and has none."""
    # No need (no groups that could report): nothing to judge, but nothing absent.
    due = ~idle * weight
    owed = due.sum(axis=1)
    unknown = (due * np.isnan(lack)).sum(axis=1)
    return np.where(owed > 0, unknown / np.maximum(owed, _TIE), 1.0)


def _shares(lack: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return what each service adds to the score, regions x services."""
    known = ~np.isnan(lack)
    held = (known * weight).sum(axis=1, keepdims=True)
    present = np.where(known, lack, 0) * weight
    return np.asarray(present / np.where(held > 0, held, np.nan))


def _add_ranks(scores: pd.DataFrame, enough: np.ndarray, drawn: np.ndarray) -> None:
    """Add the rank (1 = largest gap) and the interval of the ranks drawn."""
    rank = scores["score"].rank(ascending=False, method="min").astype("Int64")
    scores["rank"] = rank
    for name, share in _ENDS.items():
        column = np.full(len(scores), np.nan)
        column[enough] = _percentile(drawn, share)
        scores[name] = pd.array(column, dtype="Float64").astype("Int64")
    # The interval always holds the rank itself.
    scores["rank_low"] = scores[["rank_low", "rank"]].min(axis=1)
    scores["rank_high"] = scores[["rank_high", "rank"]].max(axis=1)


def _family(service: str) -> str:
    return service.partition(":")[0]


def _weights(
    services: list[str],
    in_use: Mapping[str, Standard],
    asked: Mapping[str, float] | None,
) -> dict[str, float]:
    """Share each standard's weight among its group kinds; weights sum to 1."""
    # A standard that exists for five group kinds counts once, not five times.
    size = Counter(_family(service) for service in services)
    found = {s: in_use[s].weight / size[_family(s)] for s in services}
    known = {*in_use, *map(_family, in_use)}
    for key, value in as_mapping(asked, "weights").items():
        here = [s for s in services if key in (s, _family(s))]
        if not here and key not in known:
            msg = f"weights name {key!r}, which is no standard; known: {services}."
            raise IndicatorError(msg)
        if not is_amount(value):
            msg = f"weight of {key!r} is {value!r}; expected a number from 0 up."
            raise IndicatorError(msg)
        for service in here:
            # A weight given to the whole family is divided among its kinds.
            found[service] = value if key == service else value / size[key]
    total = sum(found.values())
    if not total > 0:
        msg = "all weights are zero; give at least one standard a weight above 0."
        raise IndicatorError(msg)
    return {s: w / total for s, w in found.items()}


def _mean(lack: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted means over the services present: draws x regions."""
    present = ~np.isnan(lack)
    held = weights @ present.T
    total = weights @ np.where(present, lack, 0).T
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(held > 0, total / held, np.nan)


def _ranks(lack: np.ndarray, weight: np.ndarray, services: list[str]) -> np.ndarray:
    """Ranks (1 = largest gap) under drawn weights and without each standard."""
    rng = np.random.default_rng(_SEED)
    draws = [weight * rng.uniform(*_FACTORS, (_DRAWS, len(weight)))]
    families = [_family(s) for s in services]
    if len(set(families)) > 1:
        kinds = np.array(families)
        without = [kinds != out for out in dict.fromkeys(families)]
        draws.append(weight * np.array(without, dtype=float))
    scores = _mean(lack, np.concatenate(draws))
    higher = scores[:, None, :] > scores[:, :, None] + _TIE
    return np.asarray(1 + higher.sum(axis=2))


def _percentile(ranks: np.ndarray, share: float) -> np.ndarray:
    """Return a percentile of each column as a rank that occurs in it."""
    order = np.sort(ranks, axis=0)
    return np.asarray(order[round(share * (len(order) - 1))], dtype=float)
