"""Any table of numbers by region, as the layers of a map.

Why: the map takes what the caller has: the tidy frame of ``compute_indicators``, or any
frame with one row per region. Both become the same thing here, and rows that belong to
no region of the map are kept and named, not dropped.

Layer:  8 (maps). Imports base, catalogue and this floor's description.
In:     a table and the codes of the map. Out: :class:`Layer` per indicator, the
        periods, and the codes that are not on the map.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.maps.classes import Classes, as_shown, classify, default_k
from kkbpk_geo.maps.known import known_indicator
from kkbpk_geo.maps.options import MapIndicator, MapOptions

if TYPE_CHECKING:
    import pandas as pd

TIDY = ("region_code", "indicator", "value")
STATUSES = (
    "missing",
    "not_reported",
    "not_yet_founded",
    "no_denominator",
    "not_finite",
    "suppressed",
)
_BESIDES = {"name", "kind", "parent_code", "area_km2", "geometry", "period"}
_MOST_DIGITS = 4

Row = tuple[float | None, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    value: float | None = None
    status: str = "missing"
    numerator: float | None = None
    denominator: float | None = None


Items = dict[tuple[str, str], dict[str, _Item]]  # (indicator, period) -> code -> item


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
    items = _from_tidy(table) if long else _from_wide(table, set(wanted))
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
            wanted.get(key) or _known(key),
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
    rows: dict[str, dict[str, _Item]],
    codes: Sequence[str],
    *,
    province: str,
    options: MapOptions,
) -> Layer:
    """Round, class and colour one indicator; classes are common to all periods."""
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
    classes = classify(
        pooled,
        indicator.direction,
        digits=digits,
        method=method,
        k=indicator.k or options.k or default_k(len(codes)),
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


def rows_of(
    codes: Sequence[str], values: Sequence[Any], status: Sequence[str] | None = None
) -> dict[str, _Item]:
    """Make cells from one column; an infinite value says so, a missing one too."""
    given = status or ["ok"] * len(codes)
    return {
        code: _item(value, why)
        for code, value, why in zip(codes, values, given, strict=True)
    }


def _cells(
    row: dict[str, _Item], codes: Sequence[str], province: str, digits: int
) -> Cells:
    absent = _Item()
    found = [row.get(code, absent) for code in codes]
    return Cells(
        values=tuple(as_shown(item.value, digits) for item in found),
        status=tuple(item.status for item in found),
        numerators=tuple(item.numerator for item in found),
        denominators=tuple(item.denominator for item in found),
        province=as_shown(row.get(province, absent).value, digits),
    )


def _as_indicator(given: str | MapIndicator) -> MapIndicator:
    if isinstance(given, str):
        return _known(given)
    return given if given.label else replace(given, label=given.key)


def _known(key: str) -> MapIndicator:
    return known_indicator(key) or MapIndicator(key=key, label=key)


def _item(
    value: object, status: str, numerator: object = None, denominator: object = None
) -> _Item:
    number = _number(value)
    if status in STATUSES:
        number = None
    elif number is None:
        status = "missing"
    elif as_shown(number, 9) is None:
        number, status = None, "not_finite"
    elif status != "partial":
        status = "ok"
    return _Item(
        value=number,
        status=status,
        numerator=as_shown(_number(numerator), 6),
        denominator=as_shown(_number(denominator), 6),
    )


def _number(value: Any) -> float | None:  # noqa: ANN401
    import pandas as pd

    return None if value is None or pd.isna(value) else float(value)


def _from_tidy(table: pd.DataFrame) -> Items:
    frame = table if set(TIDY) <= set(table.columns) else table.reset_index()
    n = len(frame)
    text: dict[str, list[Any]] = {}
    for column, spare in (
        ("period", ""),
        ("status", "ok"),
        ("numerator", None),
        ("denominator", None),
    ):
        given = column in frame
        text[column] = frame[column].astype(object).tolist() if given else [spare] * n
    codes = frame["region_code"].astype(object).tolist()
    keys = frame["indicator"].astype(object).tolist()
    values = frame["value"].astype(object).tolist()
    items: Items = {}
    for i in range(n):
        period = text["period"][i]
        row = items.setdefault((str(keys[i]), _text(period)), {})
        code = str(codes[i])
        if code in row:
            msg = (
                f"table has region {code!r} twice for indicator {keys[i]!r}, period "
                f"{_text(period)!r}; expected one row each. Add them up or drop one."
            )
            raise MapError(msg)
        row[code] = _item(
            values[i],
            _text(text["status"][i]) or "ok",
            text["numerator"][i],
            text["denominator"][i],
        )
    return items


def _from_wide(table: pd.DataFrame, wanted: set[str]) -> Items:
    import pandas as pd

    frame = table.set_index("region_code") if "region_code" in table else table
    levels = list(frame.index.names)
    if "period" in levels and "region_code" in levels:
        periods = [_text(p) for p in frame.index.get_level_values("period")]
        codes = [str(c) for c in frame.index.get_level_values("region_code")]
    else:
        periods = [_text(p) for p in frame["period"]] if "period" in frame else []
        periods = periods or [""] * len(frame)
        codes = [str(code) for code in frame.index]
    pairs = list(zip(periods, codes, strict=True))
    if len(set(pairs)) < len(pairs):
        twice = sorted({code for p, code in pairs if pairs.count((p, code)) > 1})
        msg = (
            f"table has more than one row for {', '.join(twice)}; expected one row per "
            "region and period. Add them up or drop one."
        )
        raise MapError(msg)
    items: Items = {}
    for column in frame.columns:
        cells = frame[column]
        key = str(column)
        if key in wanted or (
            key not in _BESIDES
            and pd.api.types.is_numeric_dtype(cells)
            and not pd.api.types.is_bool_dtype(cells)
        ):
            for (period, code), value in zip(
                pairs, _numeric(cells, key, codes), strict=True
            ):
                items.setdefault((key, period), {})[code] = _item(value, "ok")
    if not items:
        msg = (
            "table has no numeric column to draw; it has "
            f"{', '.join(map(str, frame.columns)) or 'no columns'}. Give a column of "
            "numbers per indicator, with region codes as the index."
        )
        raise MapError(msg)
    return items


def _numeric(cells: pd.Series[Any], key: str, codes: Sequence[str]) -> list[Any]:
    import pandas as pd

    values = cells.astype(object).tolist()
    for code, value in zip(codes, values, strict=True):
        if isinstance(value, str) or not pd.api.types.is_scalar(value):
            msg = (
                f"table: region {code}, column {key!r} is {value!r}; expected a number."
                " Read the sheet with read_table, or convert the column first."
            )
            raise MapError(msg)
    return values


def _text(value: Any) -> str:  # noqa: ANN401
    import pandas as pd

    return "" if value is None or pd.isna(value) else str(value)
