"""The layers of a map: each indicator with its classes and its cells per period.

Why: whatever a table holds, the page and the print see layers; rows that belong to no
region of the map are kept and named, not dropped.

In:     a table and the codes of the map. Out: :class:`Layer` per indicator, the
        periods, and the codes that are not on the map.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, compress
from typing import TYPE_CHECKING, Any, Literal

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.periods import format_period, order_periods
from kkbpk_geo.base.results import OneLine
from kkbpk_geo.base.words import both
from kkbpk_geo.catalogue.forms.eras import Crossing, breaks_in
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.statuses import USUAL_LIMIT
from kkbpk_geo.maps.content.catalogue_words import (
    as_indicator,
    as_own,
    in_each,
    own_columns,
)
from kkbpk_geo.maps.content.classes import (
    Classes,
    Method,
    all_shown,
    as_shown,
    classify,
    classify_kinds,
    default_k,
)
from kkbpk_geo.maps.content.options import MapIndicator, MapOptions, Ranking
from kkbpk_geo.maps.content.palettes import OWN_KINDS
from kkbpk_geo.maps.content.tables import (
    Item,
    Row,
    from_tidy,
    from_wide,
    is_tidy,
    kinds_in,
)

if TYPE_CHECKING:
    import pandas as pd

_Said = Literal["label", "unit", "source", "standard", "formula", "when"]
# Status of a region of which the boundaries have only the shipped outline.
_NOT_DRAWN = "not_in_layer"
_MOST_DIGITS = 4
_STEPS = 50  # between lowest and highest: fewer, and neighbours look equal
# Below it four decimals cannot tell fifty steps apart: said per so many instead.
_SMALL = _STEPS * 10**-_MOST_DIGITS
_PER = (1_000, 10_000, 100_000)
_RARE = 1_000_000_000  # what is small even per 100,000
_RATIO = re.compile(r"/|\bper\b")  # a unit that says already of how many


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Cells:
    """One indicator in one period; each tuple has one item per region of the map.

    ``values`` are as shown (rounded); ``status`` is ``"ok"``, ``"partial"`` (a value,
    but some of its rows are blank) or why there is none.
    """

    values: Row
    status: tuple[str, ...]
    numerators: Row
    denominators: Row
    province: float | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Layer(OneLine):
    """One indicator: what it is, how it is classed, and its cells per period.

    Counts of persons below ``limit`` are hidden, where a cell says that one is.
    """

    indicator: MapIndicator
    classes: Classes
    cells: dict[str, Cells]
    limit: int = USUAL_LIMIT

    def said(self, field: _Said, language: Language) -> str:
        """Return words of the indicator in one language."""
        return both(getattr(self.indicator, field))[language]


def period_words(period: str) -> dict[str, str]:
    """Return a period in every language; no words where a table states none."""
    return in_each(lambda x: format_period(period, x) if period else "")


def break_words(key: str, periods: Sequence[str]) -> list[dict[str, str]]:
    """Say for each break of an indicator between two periods why it is one."""
    found = []
    for at, line in breaks_in(key, periods).items():
        before, after = periods[at - 1], periods[at]
        said = partial(_break_said, before=before, after=after, line=line)
        found.append(in_each(said))
    return found


def _break_said(language: Language, *, before: str, after: str, line: Crossing) -> str:
    return label("map_era_break", language).format(
        before=format_period(before, language),
        after=format_period(after, language),
        reason=line.reason(language),
    )


def pooled(cells: Mapping[str, Cells]) -> list[float | None]:
    """Return the values of all periods: classes and colours are common to them."""
    return list(chain.from_iterable(one.values for one in cells.values()))


def read_layers(
    table: pd.DataFrame,
    codes: Sequence[str],
    *,
    province: str,
    indicators: Sequence[str | MapIndicator] | None,
    options: MapOptions,
) -> tuple[tuple[Layer, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the layers, the periods (oldest first), and codes that are not on the map.

    Raises
    ------
    MapError
        If the table has no such indicator, no numbers, a region twice, or no region
        of the map at all.
    """
    # What a caller says of an indicator counts more than what the catalogue knows.
    wanted = {i.key: i for i in map(as_indicator, indicators or ())}
    kinds = kinds_in(table, wanted)
    if is_tidy(table):
        items = from_tidy(table, kinds)
    else:
        items = from_wide(table, set(wanted), kinds)
    keys = list(dict.fromkeys(key for key, _ in items))
    for key in wanted:
        if key not in keys:
            msg = f"table has no indicator {key!r}; it has {', '.join(keys) or 'none'}."
            raise MapError(msg)
    # The row of the province is no stranger: it is the value beside the legend.
    seen = set(chain.from_iterable(items.values())) - {province}
    _check_codes(seen, codes)
    periods = tuple(order_periods(period for _, period in items))
    own = own_columns(table.columns, kinds)
    first = [key for key in own if key in keys]
    layers = []
    for key in wanted or dict.fromkeys([*first, *keys]):
        said = as_own(wanted.get(key) or as_indicator(key), own)
        indicator = replace(said, kinds=kinds.get(key, {}))
        rows = {period: items.get((key, period), {}) for period in periods}
        layers.append(
            layer_of(indicator, rows, codes, province=province, options=options)
        )
    return tuple(layers), periods, tuple(sorted(seen - set(codes)))


def _check_codes(seen: Set[str], codes: Sequence[str]) -> None:
    """Refuse a table of which nothing is on the map."""
    if seen and not seen & set(codes):
        remedy = "Codes are text with dots; give the boundaries of the same level."
        if not min(seen)[:1].isdigit():
            remedy = (
                "Rows are regions, by code or by a name that kkbpk_geo.resolve_regions "
                "knows; table.T turns columns into rows."
            )
        msg = (
            f"none of the {len(seen)} region codes of table is on the map: table has "
            f"{min(seen)!r}, the map has {codes[0]!r}. {remedy}"
        )
        raise MapError(msg)


def layer_of(
    indicator: MapIndicator,
    rows: dict[str, dict[str, Item]],
    codes: Sequence[str],
    *,
    province: str,
    options: MapOptions,
) -> Layer:
    """Round, class and colour one indicator; classes are common to all periods."""
    if indicator.kinds:
        return _layer_of_kinds(indicator, rows, codes)
    indicator, rows = _worded(indicator, rows, codes)
    found = _values_of(rows, codes)
    digits = digits_for(found) if indicator.digits is None else indicator.digits
    # Who needs most is read first; without a direction, what is large.
    usual: Ranking = "largest" if indicator.direction == "context" else "priority"
    method, breaks = _cut_of(indicator, options.method)
    k = options.k if indicator.k is None else indicator.k
    # Of all regions, not of those with a value: months share one number of classes.
    if k is None:
        k = default_k(len(codes))
    return Layer(
        indicator=replace(indicator, digits=digits, ranking=indicator.ranking or usual),
        classes=classify(
            found,
            indicator.direction,
            digits=digits,
            method=method,
            k=k,
            breaks=breaks,
        ),
        cells={p: _cells(row, codes, province, digits) for p, row in rows.items()},
        limit=options.limit or USUAL_LIMIT,
    )


def _values_of(
    rows: Mapping[str, Mapping[str, Item]], codes: Sequence[str]
) -> list[float | None]:
    """Return the values on the map; the province's row is on none and in no class."""
    found: list[float | None] = []
    for row in rows.values():
        found += [row[code].value for code in codes if code in row]
    return found


def _worded(
    indicator: MapIndicator, rows: dict[str, dict[str, Item]], codes: Sequence[str]
) -> tuple[MapIndicator, dict[str, dict[str, Item]]]:
    """Return an indicator and its rows, per so many where its values are small."""
    # Who says how many decimals to show has seen the values.
    if indicator.digits is not None:
        return indicator, rows
    whole = _whole_of(indicator)
    per = per_of(_values_of(rows, codes), whole)
    if per == 1:
        return indicator, rows
    times = per / whole
    larger = {period: _multiplied(row, times) for period, row in rows.items()}
    return _worded_per(indicator, per, times), larger


def per_of(values: Iterable[float | None], whole: int = 1) -> int:
    """Return per how many a rate is worded: 1, unless four decimals cannot tell it.

    The least of 1,000, 10,000 and 100,000 that brings the largest to 1 or more; values
    are shares of ``whole`` (100 where they are percent).
    """
    shown = all_shown(values, 15)  # 15: all that a float holds
    largest = max(map(abs, shown), default=0.0)
    if not 0 < largest < _SMALL:
        return 1
    share = largest / whole
    fitting = (per for per in _PER if share * per >= 1)
    spare = _PER[-1] if share * _PER[-1] >= _SMALL else _RARE
    return next(fitting, spare)


def _whole_of(indicator: MapIndicator) -> int:
    """Return what values are shares of: a percent is one of a hundred already."""
    return 100 if both(indicator.unit)["id"] == "%" else 1


def _multiplied(row: Mapping[str, Item], times: float) -> dict[str, Item]:
    found = {}
    for code, item in row.items():
        value = None if item.value is None else item.value * times
        found[code] = item._replace(value=value)
    return found


def _worded_per(indicator: MapIndicator, per: int, times: float) -> MapIndicator:
    """Return an indicator whose unit, standard and breaks are per so many."""
    units = both(indicator.unit)

    def say(language: Language) -> str:
        unit, key = units[language], "map_unit_per"
        if _RATIO.search(unit):
            key = "map_unit_times"
        number = format_number(per, 0, language)
        counted = "" if unit == "%" else unit
        return label(key, language).format(unit=counted, n=number).strip()

    def larger(number: float | None) -> float | None:
        return None if number is None else number * times

    return replace(
        indicator,
        unit=in_each(say),
        standard_value=larger(indicator.standard_value),
        factor=larger(indicator.factor),
        breaks=tuple(cut * times for cut in indicator.breaks),
    )


def _layer_of_kinds(
    indicator: MapIndicator, rows: dict[str, dict[str, Item]], codes: Sequence[str]
) -> Layer:
    """Colour one indicator of kinds; a province is of no kind."""
    words = [both(named) for named in indicator.kinds.values()]
    names = [(one["id"], one["en"]) for one in words]
    return Layer(
        indicator=replace(
            indicator,
            digits=0,
            standard_value=None,
            factor=None,
            ranking=indicator.ranking or "largest",
        ),
        classes=_kind_classes(indicator, names),
        cells={p: _cells(row, codes, "", 0) for p, row in rows.items()},
    )


def _kind_classes(indicator: MapIndicator, names: list[tuple[str, str]]) -> Classes:
    """Class kinds; those of our own analyses have the colours that readers know."""
    classes = classify_kinds(names, indicator.direction)
    if indicator.direction == "context" and indicator.kinds.keys() <= OWN_KINDS.keys():
        colours = tuple(OWN_KINDS[kind] for kind in indicator.kinds)
        return replace(classes, colours=colours)
    return classes


def _cut_of(indicator: MapIndicator, usual: Method) -> tuple[Method, tuple[float, ...]]:
    """Return the method and its breaks; without a standard nothing parts at it."""
    method = indicator.method or ("fixed" if indicator.breaks else usual)
    if method != "standard":
        return method, indicator.breaks
    if indicator.standard_value is None:
        return "quantile", ()
    return method, (indicator.standard_value,)


def digits_for(values: Iterable[float | None]) -> int:
    """Return how many decimals tell values apart: none for whole numbers, at most 4."""
    shown = all_shown(values, 12)  # 12: what is left of a sum of floats is no decimal
    if all(v == int(v) for v in shown):
        return 0
    # All equal: the size of the number itself says what a digit is worth.
    spread = (shown[-1] - shown[0]) or abs(shown[-1])
    digits = 1
    while digits < _MOST_DIGITS and spread * 10**digits < _STEPS:
        digits += 1
    return digits


def _cells(
    row: dict[str, Item], codes: Sequence[str], province: str, digits: int
) -> Cells:
    absent = Item()
    found = [row.get(code, absent) for code in codes]
    values, status, numerators, denominators = zip(*found, strict=True)
    return Cells(
        values=tuple(as_shown(value, digits) for value in values),
        status=status,
        numerators=numerators,
        denominators=denominators,
        province=as_shown(row.get(province, absent).value, digits),
    )


def without_cells(layer: Layer, codes: Sequence[str], absent: Collection[str]) -> Layer:
    """Return a layer that shows no number of regions which the boundaries lack.

    Their land is known and hatched; a number on it would be read off a border that
    the layer does not have.
    """
    if not absent:
        return layer
    hidden = [code in absent for code in codes]
    cells = {period: _hide(one, hidden) for period, one in layer.cells.items()}
    return replace(layer, cells=cells)


def _hide(cells: Cells, hidden: Sequence[bool]) -> Cells:
    gone = list(compress(range(len(hidden)), hidden))

    def blank(row: Sequence[Any], word: str | None) -> tuple[Any, ...]:
        cells = dict(enumerate(row)) | dict.fromkeys(gone, word)
        return tuple(cells.values())

    return replace(
        cells,
        values=blank(cells.values, None),
        status=blank(cells.status, _NOT_DRAWN),
        numerators=blank(cells.numerators, None),
        denominators=blank(cells.denominators, None),
    )
