"""Five ways to look at one indicator: value, gap, need, rank, change.

Why: "58 %" is a value; a planner asks how far it is from the standard, how many people
that is, which place it gives, and whether it moved. Each way is a layer of its own
with classes and colours, so that the page and the print show the same.

In:     a :class:`Layer`. Out: a :class:`Layer` per mode that makes sense for it.
Rules:  ``gap`` is how far a value is on the wrong side of the standard, at least 0.
        ``need`` is the same in what the numerator counts, rounded up. ``rank`` is the
        position. ``change`` is the value minus that of the period before
        with which it may be compared. All start
        from values as shown; ``views.js`` does the same sums and a test compares them.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate, chain
from statistics import median
from typing import Literal

from kkbpk_geo.base.periods import families
from kkbpk_geo.catalogue.forms.eras import breaks_in
from kkbpk_geo.catalogue.indicators import Direction
from kkbpk_geo.maps.content.classes import Classes, Method, as_shown, classify
from kkbpk_geo.maps.content.layers import Cells, Layer, pooled
from kkbpk_geo.maps.content.palettes import colours_for, diverging
from kkbpk_geo.maps.content.tables import MISSING, OK, PARTIAL, Row

Mode = Literal["value", "gap", "need", "rank", "change"]
MODES: tuple[Mode, ...] = ("value", "gap", "need", "rank", "change")
_NOISE = 1e-9  # 0.3 * 100 is a little more than 30: it shall not be rounded up to 31


def modes_of(layer: Layer) -> dict[Mode, Layer]:
    """Return the layer in every mode that makes sense for it, ``value`` first.

    ``gap`` needs a standard and a direction; ``need`` also numerator, denominator and
    factor; ``rank`` two different values; ``change`` two periods. Kinds have none.
    """
    found: dict[Mode, Layer] = {"value": layer}
    indicator = layer.indicator
    if indicator.kinds:
        return found
    # Without a direction no side of a standard is the wrong one.
    if indicator.standard_value is not None and indicator.direction != "context":
        found["gap"] = _made(layer, _gap, "worse")
        if indicator.factor and _has_parts(layer):
            found["need"] = _made(layer, _need, "worse", digits=0)
    # Where all are equal, all are first: such a map says nothing.
    if layer.classes.k > 1:
        found["rank"] = _ranked(layer)
    if len(layer.cells) > 1:
        found["change"] = _changes(layer)
    return {mode: found[mode] for mode in MODES if mode in found}


def ranks(values: Row, *, ascending: bool) -> Row:
    """Return positions, 1 first; equal values share one, missing ones have none."""
    known = sorted(value for value in values if value is not None)

    def place(value: float) -> float:
        if ascending:
            return 1.0 + bisect_left(known, value)
        return 1.0 + len(known) - bisect_right(known, value)

    return _each(place, values)


def _each(rule: Callable[..., float], *rows: Row) -> Row:
    """Apply a rule region by region; None where one of its numbers is missing."""
    found = []
    for numbers in zip(*rows, strict=True):
        found.append(None if None in numbers else rule(*numbers))
    return tuple(found)


def _has_parts(layer: Layer) -> bool:
    """Say whether any denominator is known."""
    found = chain.from_iterable(one.denominators for one in layer.cells.values())
    return any(number is not None for number in found)


def _ranked(layer: Layer) -> Layer:
    """Return positions; position 1 is dark where it is what needs attention."""
    ranking = layer.indicator.ranking
    direction: Direction = "better" if ranking == "priority" else "worse"
    if ranking != "largest":
        return _made(layer, _rank, direction, digits=0)
    found = _made(layer, _rank, "context", digits=0)
    dark_first = replace(found.classes, colours=found.classes.colours[::-1])
    return replace(found, classes=dark_first)


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
    classes = _classes(pooled(cells), layer, places)
    # Places are few whole numbers; what is dark depends on what place 1 means.
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
    some = [v for v in values if v != 0]  # what lacks nothing is no low third of it
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
    status = list(cells.status)
    for i, value in enumerate(values):
        if value is None and status[i] in (OK, PARTIAL):
            status[i] = MISSING
    return replace(
        cells,
        values=tuple(as_shown(v, digits) for v in values),
        status=tuple(status),
        province=None,
    )


def _lacking(layer: Layer, has: float, standard: float) -> float:
    """How far ``has`` is on the wrong side of the standard; 0 on the right side."""
    better = layer.indicator.direction == "better"
    return max(0.0, standard - has if better else has - standard)


def _line(layer: Layer) -> float:
    # Rounded as the values are: what is shown as 60.0 meets a standard of 60.04.
    line = as_shown(layer.indicator.standard_value, layer.classes.digits)
    return 0.0 if line is None else line


def _gap(layer: Layer, cells: Cells) -> Row:
    line = _line(layer)
    return _each(lambda value: _lacking(layer, value, line), cells.values)


def _need(layer: Layer, cells: Cells) -> Row:
    # The standard in what the numerator counts, per unit of the denominator.
    share = _line(layer) / (layer.indicator.factor or 1)

    def lacking(_: float, top: float, bottom: float) -> float:
        return float(math.ceil(_lacking(layer, top, share * bottom) - _NOISE))

    return _each(lacking, cells.values, cells.numerators, cells.denominators)


def _rank(layer: Layer, cells: Cells) -> Row:
    indicator = layer.indicator
    # Small values come first where they are what position 1 stands for.
    small = {"priority": "better", "best": "worse"}.get(str(indicator.ranking))
    return ranks(cells.values, ascending=indicator.direction == small)


def spans_of(key: str, periods: Sequence[str]) -> list[int]:
    """Return a number for each period; those with one number may be compared.

    Periods of one family are compared, and of them those between which the crosswalk
    of the catalogue knows no break of the indicator.
    """
    kinds = families(periods)
    breaks = breaks_in(key, periods)
    if not breaks:
        return kinds
    eras = accumulate(int(at in breaks) for at in range(len(periods)))
    pairs = list(zip(kinds, eras, strict=True))
    known = list(dict.fromkeys(pairs))
    return [known.index(pair) for pair in pairs]


def earlier_of(periods: Sequence[str], key: str = "") -> list[str | None]:
    """Return the period that each is compared with: the last before it of its span.

    From a running sum to a month is no change of anything, nor is a new source.
    """
    last: dict[int, str] = {}
    found = []
    for period, span in zip(periods, spans_of(key, periods), strict=True):
        found.append(last.get(span))
        last[span] = period
    return found


def _changes(layer: Layer) -> Layer:
    digits, key = layer.classes.digits, layer.indicator.key
    periods = list(layer.cells)
    first = layer.cells[periods[0]]
    # The first period has none before it: no change is known, not a change of 0.
    empty: Row = (None,) * len(first.values)
    cells = {}
    for now, before in zip(periods, earlier_of(periods, key), strict=True):
        if before is None:
            cells[now] = _with(layer.cells[now], empty, digits)
            continue
        old, new = layer.cells[before], layer.cells[now]
        moved = _with(new, _each(_difference, old.values, new.values), digits)
        cells[now] = replace(moved, province=_moved(old, new, digits))
    values = [value for value in pooled(cells) if value is not None]
    indicator = replace(layer.indicator, standard_value=None)
    return Layer(
        indicator=indicator,
        classes=_change_classes(values, digits, layer.indicator.direction),
        cells=cells,
    )


def _difference(before: float, now: float) -> float:
    return now - before


def _moved(old: Cells, new: Cells, digits: int) -> float | None:
    if old.province is None or new.province is None:
        return None
    return as_shown(new.province - old.province, digits)


def _change_classes(values: list[float], digits: int, direction: Direction) -> Classes:
    """Fall a lot, fall, same, rise, rise a lot; "a lot" is more than the median."""
    if not values:
        return Classes(
            method="fixed", breaks=(), low=None, high=None, colours=(), digits=digits
        )
    step = 10**-digits
    moves = [abs(value) for value in values if value]
    middle = as_shown(median(moves), digits) if moves else None
    breaks: tuple[float, ...] = (0.0, step)
    # Where the median is one step, "a lot" would be as much as "a little".
    if middle is not None and middle > step:
        breaks = (-middle, *breaks, middle)
    return Classes(
        method="fixed",
        breaks=breaks,
        low=min(values),
        high=max(values),
        colours=diverging(len(breaks) + 1, direction),
        digits=digits,
    )
