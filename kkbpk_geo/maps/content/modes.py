"""Five ways to look at one indicator: value, gap, need, rank, change.

Why: "58 %" is a value; a planner asks how far it is from the standard, how many people
that is, which place it gives, and whether it moved. Each way is a layer of its own
with classes and colours, so that the page and the print show the same.

In:     a :class:`Layer`. Out: a :class:`Layer` per mode that makes sense for it.
Rules:  ``gap`` is how far a value is on the wrong side of the standard, at least 0.
        ``need`` is the same in what the numerator counts, rounded up. ``rank`` is the
        position. ``change`` is the value minus that of the period before. All start
        from values as shown; ``views.js`` does the same sums and a test compares them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Literal

from kkbpk_geo.catalogue.indicators import Direction
from kkbpk_geo.maps.content.classes import Classes, Method, as_shown, classify
from kkbpk_geo.maps.content.layers import Cells, Layer
from kkbpk_geo.maps.content.palettes import colours_for, diverging
from kkbpk_geo.maps.content.tables import Row

Mode = Literal["value", "gap", "need", "rank", "change"]
MODES: tuple[Mode, ...] = ("value", "gap", "need", "rank", "change")
_NOISE = 1e-9


def modes_of(layer: Layer) -> dict[Mode, Layer]:
    """Return the layer in every mode that makes sense for it, ``value`` first.

    ``gap`` needs a standard and a direction; ``need`` also numerator, denominator and
    factor; ``rank`` two different values; ``change`` two periods. Kinds have none.
    """
    found: dict[Mode, Layer] = {"value": layer}
    indicator = layer.indicator
    if indicator.kinds:
        return found
    if indicator.standard_value is not None and indicator.direction != "context":
        found["gap"] = _made(layer, _gap, "worse")
        if indicator.factor and any(
            d is not None for c in layer.cells.values() for d in c.denominators
        ):
            found["need"] = _made(layer, _need, "worse", digits=0)
    if layer.classes.k > 1:
        direction: Direction = "worse"
        if indicator.ranking == "priority":
            direction = "better"
        elif indicator.ranking == "largest":
            direction = "context"
        found["rank"] = _made(layer, _rank, direction, digits=0)
        if direction == "context":
            ranked = found["rank"]
            dark_first = replace(ranked.classes, colours=ranked.classes.colours[::-1])
            found["rank"] = replace(ranked, classes=dark_first)
    if len(layer.cells) > 1:
        found["change"] = _changes(layer)
    return {mode: found[mode] for mode in MODES if mode in found}


def ranks(values: Row, *, ascending: bool) -> Row:
    """Return positions, 1 first; equal values share one, missing ones have none."""
    known = [v for v in values if v is not None]
    return tuple(
        None
        if value is None
        else float(1 + sum(v < value if ascending else v > value for v in known))
        for value in values
    )


def _made(
    layer: Layer,
    rule: Callable[[Layer, Cells], Row],
    direction: Direction,
    *,
    digits: int | None = None,
) -> Layer:
    """Put every cell through ``rule`` and class the results anew."""
    places = layer.classes.digits if digits is None else digits
    cells = {
        period: _with(one, rule(layer, one), places)
        for period, one in layer.cells.items()
    }
    classes = _classes([v for one in cells.values() for v in one.values], layer, places)
    if rule is _rank:
        classes = replace(classes, colours=colours_for(classes.k, direction))
    indicator = replace(
        layer.indicator, digits=places, direction=direction, standard_value=None
    )
    return Layer(indicator=indicator, classes=classes, cells=cells)


def _classes(values: list[float | None], layer: Layer, digits: int) -> Classes:
    """Class amounts as the layer is classed; nothing (0) is a class of its own."""
    old = layer.classes
    method: Method = "quantile"
    if old.method in ("equal", "jenks", "std"):
        method = old.method
    some = [v for v in values if v != 0]
    k = max(old.k, 1)
    found = classify(some, "worse", digits=digits, method=method, k=k)
    if len(some) == len(values):
        return found
    if not found.k:
        return classify(values, "worse", digits=digits)
    found = classify(some, "worse", digits=digits, method=method, k=max(k - 1, 1))
    return replace(
        found,
        low=0.0,
        breaks=(10**-digits, *found.breaks),
        colours=colours_for(found.k + 1, "worse"),
    )


def _with(cells: Cells, values: Row, digits: int) -> Cells:
    status = tuple(
        "missing" if value is None and why in ("ok", "partial") else why
        for value, why in zip(values, cells.status, strict=True)
    )
    return replace(
        cells,
        values=tuple(as_shown(v, digits) for v in values),
        status=status,
        province=None,
    )


def _lacking(layer: Layer, has: float, standard: float) -> float:
    """How far ``has`` is on the wrong side of the standard; 0 on the right side."""
    better = layer.indicator.direction == "better"
    return max(0.0, standard - has if better else has - standard)


def _line(layer: Layer) -> float:
    line = as_shown(layer.indicator.standard_value, layer.classes.digits)
    return 0.0 if line is None else line


def _gap(layer: Layer, cells: Cells) -> Row:
    line = _line(layer)
    return tuple(None if v is None else _lacking(layer, v, line) for v in cells.values)


def _need(layer: Layer, cells: Cells) -> Row:
    share = _line(layer) / (layer.indicator.factor or 1)
    rows = zip(cells.values, cells.numerators, cells.denominators, strict=True)
    return tuple(
        None
        if v is None or top is None or bottom is None
        else float(math.ceil(_lacking(layer, top, share * bottom) - _NOISE))
        for v, top, bottom in rows
    )


def _rank(layer: Layer, cells: Cells) -> Row:
    indicator = layer.indicator
    ascending = indicator.ranking == "best" and indicator.direction == "worse"
    return ranks(cells.values, ascending=ascending)


def _changes(layer: Layer) -> Layer:
    digits = layer.classes.digits
    periods = list(layer.cells)
    first = layer.cells[periods[0]]
    empty: Row = (None,) * len(first.values)
    cells = {periods[0]: _with(first, empty, digits)}
    for before, now in pairwise(periods):
        old, new = layer.cells[before], layer.cells[now]
        pairs = zip(old.values, new.values, strict=True)
        moved = tuple(None if a is None or b is None else b - a for a, b in pairs)
        cells[now] = replace(
            _with(new, moved, digits), province=_moved(old, new, digits)
        )
    pooled = [v for one in cells.values() for v in one.values if v is not None]
    indicator = replace(layer.indicator, standard_value=None, ranking="largest")
    return Layer(
        indicator=indicator,
        classes=_change_classes(pooled, digits, layer.indicator.direction),
        cells=cells,
    )


def _moved(old: Cells, new: Cells, digits: int) -> float | None:
    if old.province is None or new.province is None:
        return None
    return as_shown(new.province - old.province, digits)


def _change_classes(values: list[float], digits: int, direction: Direction) -> Classes:
    """Fall a lot, fall, same, rise, rise a lot; "a lot" is more than the median."""
    step = 10**-digits
    moves = [abs(v) for v in values if v]
    middle = as_shown(median(moves), digits) if moves else None
    breaks: tuple[float, ...] = (0.0, step)
    if middle is not None and middle > step:
        breaks = (-middle, *breaks, middle)
    k = len(breaks) + 1 if values else 0
    return Classes(
        method="fixed",
        breaks=breaks if values else (),
        low=min(values) if values else None,
        high=max(values) if values else None,
        colours=diverging(k, direction),
        digits=digits,
    )
