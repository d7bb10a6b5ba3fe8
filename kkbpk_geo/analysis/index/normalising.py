"""Indicators in different units, onto one scale on which higher is better.

In:     numbers by region and indicator, and which of them are better when higher.
Out:    the same shape, normalised; missing stays missing.
Method: OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5,
        doi:10.1787/9789264043466-en. Each method gives y, then low + (high - low) * y:

        - ``minmax``: y = (x - min) / (max - min); lower-is-better: 1 - y.
        - ``goalposts``: the same between fixed posts, cut off at 0 and 1.
        - ``zscore``: y = (x - mean) / s, s with n - 1; lower-is-better: -y.
        - ``rank``: y = 1 for the worst up to n for the best; ties share the lowest.
        - ``target``: y = x / x*, at most 1; lower-is-better: x* / x, at most 1.
        - ``target_span``: y = (x - worst) / (x* - worst), at most 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import IndicatorError

Method = Literal["minmax", "goalposts", "zscore", "rank", "target", "target_span"]
METHODS: tuple[Method, ...] = get_args(Method)
# Need values that differ; the others have a yardstick of their own.
_RELATIVE = ("minmax", "zscore", "rank")

Posts = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Normalisation:
    """How every indicator is brought onto one scale.

    Attributes
    ----------
    method : {"minmax", "goalposts", "zscore", "rank", "target", "target_span"}
    bounds : mapping indicator -> (low, high)
        Goalposts in the indicator's own unit, low first, whatever its direction. They
        do not move between years, so indices of different years can be compared.
    targets : mapping indicator -> value
        For the two target methods.
    scale : (low, high), optional
        What 0 and 1 of the method become; (0, 100) for ``minmax`` and ``goalposts``,
        else (0, 1). A geometric mean needs values above 0: use (1, 100).
    """

    method: Method = "minmax"
    bounds: Posts = field(default_factory=lambda: MappingProxyType({}))
    targets: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    scale: tuple[float, float] | None = None

    @property
    def span(self) -> tuple[float, float]:
        """The scale in use."""
        if self.scale is not None:
            return self.scale
        return (0, 100) if self.method in ("minmax", "goalposts") else (0, 1)


def as_normalisation(given: Method | Normalisation) -> Normalisation:
    """Return a method's name as a :class:`Normalisation`, checked.

    Raises
    ------
    IndicatorError
        For an unknown method, or a scale whose low is not below its high.
    """
    found = given if isinstance(given, Normalisation) else Normalisation(method=given)
    if found.method not in METHODS:
        msg = f"normalise is {found.method!r}; expected one of {', '.join(METHODS)}."
        raise IndicatorError(msg)
    low, high = found.span
    if not (np.isfinite([low, high]).all() and low < high):
        msg = f"scale is {found.span!r}; expected (low, high) with low below high."
        raise IndicatorError(msg)
    return found


def normalise_columns(
    values: pd.DataFrame,
    higher_is_better: Mapping[str, bool],
    how: Normalisation,
    *,
    measured_by: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Normalise each column.

    Parameters
    ----------
    values : DataFrame, n rows, one column per indicator, float64
    higher_is_better : mapping indicator -> bool
    how : Normalisation
    measured_by : DataFrame, optional
        Rows that set minimum, maximum, mean and ranks; ``values`` themselves unless
        given. So the province is placed on the scale that its districts span.

    Returns
    -------
    DataFrame, float64, same index and columns

    Raises
    ------
    IndicatorError
        If a column is empty, is constant where the method needs differences, or lacks
        its goalposts or target; or these do not fit.
    """
    base = values if measured_by is None else measured_by
    check_names(how.bounds, values.columns, "bounds")
    check_names(how.targets, values.columns, "targets")
    low, high = how.span
    out = {}
    for column in values.columns:
        name = str(column)
        known = base[column].to_numpy(float)
        known = known[~np.isnan(known)]
        _check_spread(name, known, how.method)
        better = higher_is_better[name]
        y = _natural(name, values[column].to_numpy(float), known, better, how)
        out[column] = low + (high - low) * y
    return pd.DataFrame(out, index=values.index)


def is_constant(values: pd.DataFrame) -> bool:
    """Whether some column has no two different values."""
    return bool((values.nunique() < 2).any())  # noqa: PLR2004


def _natural(
    name: str, x: np.ndarray, known: np.ndarray, better: bool, how: Normalisation
) -> np.ndarray:
    match how.method:
        case "minmax":
            y = (x - known.min()) / (known.max() - known.min())
            return np.asarray(y if better else 1 - y)
        case "goalposts":
            low, high = _posts(name, how.bounds)
            y = np.clip((x - low) / (high - low), 0, 1)
            return y if better else 1 - y
        case "zscore":
            y = (x - known.mean()) / known.std(ddof=1)
            return np.asarray(y if better else -y)
        case "rank":
            up = 1.0 if better else -1.0
            # Ties share the lowest: how many are worse, plus one.
            below = np.searchsorted(np.sort(known * up), x * up, side="left")
            return np.where(np.isnan(x), np.nan, below + 1.0)
        case "target":
            return _ratio(name, x, known, better, _target(name, how.targets))
        case _:
            return _span(name, x, known, better, _target(name, how.targets))


def _ratio(
    name: str, x: np.ndarray, known: np.ndarray, better: bool, target: float
) -> np.ndarray:
    if not target > 0 or known.min() < 0:
        msg = (
            f"target method, {name!r}: target {target:g}, smallest value "
            f"{known.min():g}; expected a target above 0 and values from 0 up. Use "
            "'target_span' for values below zero."
        )
        raise IndicatorError(msg)
    with np.errstate(divide="ignore"):
        # Lower is better, and nothing left of it: reached (x* / 0 is cut off at 1).
        y = x / target if better else target / x
    return np.minimum(y, 1)


def _span(
    name: str, x: np.ndarray, known: np.ndarray, better: bool, target: float
) -> np.ndarray:
    worst = known.min() if better else known.max()
    side = "above" if better else "below"
    if not (target > worst if better else target < worst):
        msg = (
            f"target of {name!r} is {target:g}; expected a value {side} the worst "
            f"region, {worst:g}."
        )
        raise IndicatorError(msg)
    return np.asarray(np.minimum((x - worst) / (target - worst), 1))


def _posts(name: str, bounds: Posts) -> tuple[float, float]:
    found = bounds.get(name)
    if found is None:
        msg = f"goalposts: {name!r} has no bounds; give (low, high) in its own unit."
        raise IndicatorError(msg)
    low, high = found
    if not (np.isfinite([low, high]).all() and low < high):
        msg = f"bounds of {name!r} are {found!r}; expected (low, high), low below high."
        raise IndicatorError(msg)
    return float(low), float(high)


def _target(name: str, targets: Mapping[str, float]) -> float:
    found = targets.get(name)
    if found is None or not np.isfinite(found):
        msg = f"target of {name!r} is {found!r}; expected a number in its own unit."
        raise IndicatorError(msg)
    return float(found)


def check_names(given: Mapping[str, object], columns: pd.Index, what: str) -> None:
    """Refuse names that are no columns; names them and those that are.

    Raises
    ------
    IndicatorError
        If there is any.
    """
    if strange := sorted(set(given) - set(columns)):
        msg = f"{what} name {strange}, which are no columns; known: {list(columns)}."
        raise IndicatorError(msg)


def _check_spread(name: str, known: np.ndarray, method: str) -> None:
    if not known.size:
        msg = f"column {name!r} has no values at all; leave it out of the index."
        raise IndicatorError(msg)
    if method in _RELATIVE and known.min() == known.max():
        msg = (
            f"column {name!r} is {known[0]:g} in all {known.size} regions that have "
            f"it, so {method!r} cannot tell them apart; leave it out or use fixed "
            "goalposts."
        )
        raise IndicatorError(msg)
