"""The layers of a map: each indicator with its classes and its cells per period.

Why: whatever a table holds, the page and the print see layers; rows that belong to no
region of the map are kept and named, not dropped.

In:     a table and the codes of the map. Out: :class:`Layer` per indicator, the
        periods, and the codes that are not on the map.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.base.words import both
from kkbpk_geo.maps.content.catalogue_words import known_indicator
from kkbpk_geo.maps.content.classes import (
    Classes,
    as_shown,
    classify,
    classify_kinds,
    default_k,
)
from kkbpk_geo.maps.content.options import MapIndicator, MapOptions
from kkbpk_geo.maps.content.tables import (
    TIDY,
    Item,
    Row,
    from_tidy,
    from_wide,
    kinds_in,
)

if TYPE_CHECKING:
    import pandas as pd

_MOST_DIGITS = 4


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


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Layer:
    """One indicator: what it is, how it is classed, and its cells per period."""

    indicator: MapIndicator
    classes: Classes
    cells: dict[str, Cells]


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
    wanted = {i.key: i for i in map(_as_indicator, indicators or ())}
    long = set(TIDY) <= set(table.reset_index().columns)
    kinds = kinds_in(table, wanted)
    items = from_tidy(table, kinds) if long else from_wide(table, set(wanted), kinds)
    keys = list(dict.fromkeys(key for key, _ in items))
    for key in wanted:
        if key not in keys:
            msg = f"table has no indicator {key!r}; it has {', '.join(keys) or 'none'}."
            raise MapError(msg)
    seen = {code for row in items.values() for code in row} - {province}
    if seen and not seen & set(codes):
        msg = (
            f"none of the {len(seen)} region codes of table is on the map: table has "
            f"{min(seen)!r}, the map has {codes[0]!r}. Codes are text with dots; give "
            "the boundaries of the same level."
        )
        raise MapError(msg)
    periods = tuple(sorted({period for _, period in items}))
    layers = tuple(
        layer_of(
            replace(wanted.get(key) or _known(key), kinds=kinds.get(key, {})),
            {p: items.get((key, p), {}) for p in periods},
            codes,
            province=province,
            options=options,
        )
        for key in (wanted or keys)
    )
    return layers, periods, tuple(sorted(seen - set(codes)))


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
        indicator = replace(indicator, digits=0, standard_value=None, factor=None)
        names = [both(words) for words in indicator.kinds.values()]
        return Layer(
            indicator=replace(indicator, ranking=indicator.ranking or "largest"),
            classes=classify_kinds(
                [(name["id"], name["en"]) for name in names], indicator.direction
            ),
            cells={p: _cells(row, codes, "", 0) for p, row in rows.items()},
        )
    pooled = [
        item.value
        for row in rows.values()
        for c, item in row.items()
        if c in set(codes)
    ]
    digits = indicator.digits
    if digits is None:
        digits = digits_for(pooled)
    ranking = indicator.ranking or (
        "largest" if indicator.direction == "context" else "best"
    )
    method = indicator.method or ("fixed" if indicator.breaks else options.method)
    breaks = indicator.breaks
    if method == "standard":
        standard = indicator.standard_value
        method = "quantile" if standard is None else method
        breaks = () if standard is None else (standard,)
    k = options.k if indicator.k is None else indicator.k
    classes = classify(
        pooled,
        indicator.direction,
        digits=digits,
        method=method,
        k=default_k(len(codes)) if k is None else k,
        breaks=breaks,
    )
    return Layer(
        indicator=replace(indicator, digits=digits, ranking=ranking),
        classes=classes,
        cells={p: _cells(row, codes, province, digits) for p, row in rows.items()},
    )


def digits_for(values: Iterable[float | None]) -> int:
    """Return how many decimals tell values apart: none for whole numbers, at most 4."""
    shown = [v for v in (as_shown(v, 12) for v in values) if v is not None]
    if all(v == int(v) for v in shown):
        return 0
    spread = (max(shown) - min(shown)) or abs(max(shown))
    digits = 1
    while digits < _MOST_DIGITS and spread * 10**digits < 50:  # noqa: PLR2004
        digits += 1
    return digits


def _cells(
    row: dict[str, Item], codes: Sequence[str], province: str, digits: int
) -> Cells:
    absent = Item()
    found = [row.get(code, absent) for code in codes]
    return Cells(
        values=tuple(as_shown(item.value, digits) for item in found),
        status=tuple(item.status for item in found),
        numerators=tuple(item.numerator for item in found),
        denominators=tuple(item.denominator for item in found),
        province=as_shown(row.get(province, absent).value, digits),
    )


def _as_indicator(given: str | MapIndicator) -> MapIndicator:
    if not isinstance(given, MapIndicator):
        return _known(str(given))  # a column may be called 0
    return given if given.label else replace(given, label=given.key)


def _known(key: str) -> MapIndicator:
    return known_indicator(key) or MapIndicator(key=key, label=key)
