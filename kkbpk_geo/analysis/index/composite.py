"""One index from many indicators, and everything needed to question it.

In:     indicators by region, which direction is good, weights, dimensions.
Out:    :class:`CompositeIndex`: scores, ranks with their intervals, why each rank.
Method: OECD/JRC, Handbook on Constructing Composite Indicators (2008), steps 5-7,
        doi:10.1787/9789264043466-en; the modules ``normalising``, ``aggregating`` and
        ``robustness`` hold the formulas.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.frames import (
    better_if_higher,
    has_whole,
    read_numbers,
    set_province_apart,
)
from kkbpk_geo.analysis.index.aggregating import aggregate_values, not_positive, slopes
from kkbpk_geo.analysis.index.designs import IndexDesign
from kkbpk_geo.analysis.index.hierarchy import INDEX, Hierarchy, Mean, build_hierarchy
from kkbpk_geo.analysis.index.normalising import (
    Method,
    Normalisation,
    as_normalisation,
    check_names,
    normalise_columns,
)
from kkbpk_geo.analysis.index.result import CompositeIndex
from kkbpk_geo.analysis.index.robustness import assess_ranks
from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.base.missing import is_number
from kkbpk_geo.joining import as_mapping
from kkbpk_geo.regions import NATION

# With a third of the weight missing, what is left is an index of something else.
MIN_SHARE = 2 / 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Aggregation:
    """How indicators are joined, and how much may be missing.

    Attributes
    ----------
    means : {"arithmetic", "geometric", "harmonic"} or one of them per level
        Lowest level first: ``("arithmetic", "geometric")`` averages within dimensions
        and multiplies over them.
    min_share : float in [0, 1]
        A dimension, or the index, is missing where indicators (dimensions) that hold
        less than this share of its weight are present; else the weights of those
        present are scaled up. 1 wants everything, 0 takes what there is.
    """

    means: Mean | tuple[Mean, ...] = "arithmetic"
    min_share: float = MIN_SHARE


def composite_index(
    frame: pd.DataFrame,
    *,
    directions: Mapping[str, object] | None = None,
    dimensions: Mapping[str, str] | None = None,
    weights: Mapping[str, float] | None = None,
    normalise: Method | Normalisation = "minmax",
    aggregate: Mean | tuple[Mean, ...] | Aggregation = "arithmetic",
) -> CompositeIndex:
    """Make one index of many indicators: a higher score is better, rank 1 the lowest.

    Rank 1 is the region most in need of attention, as on the map.

    Parameters
    ----------
    frame : DataFrame, n >= 2 rows, index region_code, one numeric column per indicator
        Missing cells allowed. A row of the province, whose code all others begin with
        (``18`` among ``18.01`` ...), is no competitor: it is what strengths and
        weaknesses are measured against. Without it, that is the median region.
    directions : mapping indicator -> "better" or "worse" (or 1, -1)
        What a higher value means. Indicators of the catalogue need none.
    dimensions : mapping name -> name, optional
        Indicator to its dimension, dimension to a higher one; whatever has no entry
        stands directly under the index.
    weights : mapping name -> number from 0 up, optional
        Of indicators and dimensions, among their siblings; 1 where not stated. From
        several people's points: :func:`hierarchy.budget_weights`.
    normalise : str or Normalisation
        ``minmax``, ``zscore``, ``rank``; a :class:`Normalisation` with ``bounds`` for
        ``goalposts``, with ``targets`` for ``target`` and ``target_span``.
    aggregate : str, tuple of str or Aggregation
        ``arithmetic``, ``geometric`` or ``harmonic``; one per level, lowest first;
        :class:`Aggregation` also says how much may be missing (a third unless stated).

    Raises
    ------
    EmptyDataError, CellError
        If there is nothing to index, or a cell is no number.
    IndicatorError
        If a direction, weight, dimension or method does not fit; if a column is empty,
        or is constant where the method needs differences; or if a geometric or
        harmonic mean meets a value of 0 or less.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"a": [0, 5, 10], "b": [3, 2, 1]}, index=["x", "y", "z"])
    >>> index = composite_index(frame, directions={"a": "better", "b": "worse"})
    >>> index.scores.tolist(), index.table["rank"].tolist()
    ([0.0, 50.0, 100.0], [1, 2, 3])
    """
    join = aggregate
    if not isinstance(join, Aggregation):
        join = Aggregation(means=join)
    _check_share(join.min_share)
    numbers = read_numbers(frame)
    names = tuple(str(column) for column in numbers.columns)
    stated = as_mapping(directions, "directions")
    check_names(stated, numbers.columns, "directions")
    districts, province = set_province_apart(numbers)
    better = {name: better_if_higher(name, stated.get(name)) for name in names}
    design = IndexDesign(
        values=districts,
        higher_is_better=better,
        how=as_normalisation(normalise),
        tree=build_hierarchy(
            names,
            as_mapping(dimensions, "dimensions"),
            _amounts(as_mapping(weights, "weights")),
            join.means,
        ),
        min_share=join.min_share,
    )
    own_row = numbers.loc[[province]] if has_whole(numbers.index, province) else None
    return _index(design, own_row)


def _amounts(weights: Mapping[str, Any]) -> dict[str, float]:
    """Return weights that Python can count with, also of Decimals; no texts."""
    for name, value in weights.items():
        if not is_number(value):
            msg = f"weight of {name!r} is {value!r}; expected a number from 0 up."
            raise IndicatorError(msg)
    exact = {name: each for name, each in weights.items() if isinstance(each, Decimal)}
    return {**weights, **{name: float(each) for name, each in exact.items()}}


def _index(design: IndexDesign, province: pd.DataFrame | None) -> CompositeIndex:
    tree, values = design.tree, design.values
    better, how = design.higher_is_better, design.how
    normalised = normalise_columns(values, better, how)
    cells = normalised.to_numpy()
    nodes = _nodes(design, cells)
    _refuse_not_positive(tree, normalised, nodes)
    yardstick = np.nanmedian(cells, axis=0)
    if province is not None:
        own = normalise_columns(province, better, how, measured_by=values)
        yardstick = own.to_numpy()[0]
    certainty = assess_ranks(design)
    scores = nodes[INDEX][0]
    # Value times slope sums to the score (Euler), whatever the kind of mean.
    steps = slopes(tree, cells, cells, (nodes, nodes))
    contributions = np.where(np.isnan(scores)[:, None], np.nan, cells * steps)
    effective = np.array(list(tree.effective().values()))
    ranks = certainty.table.drop(columns="shift")
    ranks.insert(0, "score", scores)
    ranks["missing_share"] = np.isnan(cells) @ effective

    dimensions = {name: nodes[name][0] for name in tree.dimensions}
    bounds = dict(how.bounds)
    if not bounds:
        for column, own_values in values.items():
            bounds[str(column)] = float(own_values.min()), float(own_values.max())

    def by_indicator(array: np.ndarray) -> pd.DataFrame:
        return pd.DataFrame(array, index=values.index, columns=values.columns)

    return CompositeIndex(
        table=ranks,
        normalised=normalised,
        dimensions=pd.DataFrame(dimensions, index=values.index),
        contributions=by_indicator(contributions),
        lifts=by_indicator(_lifts(design, cells, yardstick)),
        weights=_weights(tree, normalised, scores),
        bounds=bounds,
        yardstick="" if province is None else str(province.index[0]) or NATION.name,
        certainty=certainty,
        design=design,
    )


def _nodes(design: IndexDesign, cells: np.ndarray) -> dict[str, np.ndarray]:
    tree = design.tree
    with np.errstate(all="ignore"):  # what a mean cannot take is refused by name
        return aggregate_values(tree, cells, tree.weights(), min_share=design.min_share)


def _refuse_not_positive(
    tree: Hierarchy, normalised: pd.DataFrame, nodes: Mapping[str, np.ndarray]
) -> None:
    found = not_positive(tree, normalised.to_numpy(), nodes, tree.means)
    if found is None:
        return
    node, name, row = found
    msg = (
        f"a {tree.means[node]} mean needs values above 0, but {name!r} of region "
        f"{normalised.index[row]} is 0 or less once normalised. Normalise onto another "
        "scale: Normalisation(method='minmax', scale=(1, 100))."
    )
    raise IndicatorError(msg)


def _lifts(design: IndexDesign, cells: np.ndarray, yardstick: np.ndarray) -> np.ndarray:
    tree = design.tree
    start = np.where(np.isnan(cells), np.nan, yardstick)
    end = np.where(np.isnan(start), np.nan, cells)
    nodes = _nodes(design, start), _nodes(design, end)
    with np.errstate(all="ignore"):
        found = slopes(tree, start, end, nodes) * (end - start)
    unscored = np.isnan(_nodes(design, cells)[INDEX][0])
    found[unscored] = np.nan
    return np.asarray(found)


def _weights(
    tree: Hierarchy, normalised: pd.DataFrame, scores: np.ndarray
) -> pd.DataFrame:
    beside = normalised.copy()
    # A column whose name no indicator can have.
    beside[object()] = scores
    leaves = list(tree.leaves)
    table = pd.DataFrame(index=pd.Index(leaves, name="indicator"))
    table["parent"] = [tree.parent[leaf] for leaf in leaves]
    table["weight"] = [tree.shares[leaf] for leaf in leaves]
    table["effective"] = list(tree.effective().values())
    return table.assign(correlation=beside.corr().iloc[-1, :-1].to_numpy())


def _check_share(min_share: float) -> None:
    if not 0 <= min_share <= 1:
        msg = f"min_share is {min_share!r}; expected a share from 0 to 1."
        raise IndicatorError(msg)
