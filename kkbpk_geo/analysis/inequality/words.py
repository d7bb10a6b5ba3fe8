"""What each measure of inequality says, in a sentence.

In:     the table of measures and the regions that were measured.
Out:    name, value and sentence of each, in one language.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.wording import shown
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions import place_name

# A change smaller than this is a rounding error of what is even.
_EVEN = 1e-9


def sentences(
    table: pd.DataFrame,
    regions: pd.DataFrame,
    *,
    direction: str,
    by_order: bool,
    reference: str = "",
    language: Language,
) -> pd.DataFrame:
    """Return ``name``, ``value`` as text and ``sentence`` of each measure.

    Parameters
    ----------
    table, regions : DataFrame
        Of :class:`inequality.Inequality`; the regions that were measured.
    direction, by_order, reference
        As there.
    language : {"id", "en"}

    Returns
    -------
    DataFrame, index measure
        With standard errors also ``interval`` as text.
    """

    def word(key: str) -> str:
        return label(f"inequality_{key}", language)

    value: pd.Series[Any] = regions["value"]
    low, high = value.idxmin(), value.idxmax()
    best = high if direction == "better" else low
    top = regions["ridit"].idxmax() if by_order else best
    bottom = regions["ridit"].idxmin()
    # The ratio along an order has on top what should be the higher one.
    first, second = (top, bottom) if direction == "better" else (bottom, top)
    mean = float(np.average(value, weights=regions["population_share"]))
    common = {
        "mean": shown(mean, language),
        "low": shown(float(value.min()), language),
        "high": shown(float(value.max()), language),
        "low_name": place_name(low),
        "high_name": place_name(high),
        "best_name": place_name(best),
        "top_name": place_name(top),
        "bottom_name": place_name(bottom),
        "first_name": place_name(first),
        "second_name": place_name(second),
        "reference_name": place_name(reference),
        "ranking": word("ranking_stated" if by_order else "ranking_own"),
    }
    rows = []
    for key, row in table.iterrows():
        found = float(row["value"])
        if row["reason"]:
            text = word("undefined").format(reason=word(f"reason_{row['reason']}"))
        else:
            unit = "%" if key == "paf" else ""
            size = shown(abs(found), language) + unit
            # Along the order, whichever end should be the higher one.
            along = found if direction == "better" else -found
            text = word(f"{key}_means").format(
                value=shown(found, language),
                who=shown(float(row["who_value"]), language),
                change=word(_move(found)).format(size=size),
                along=word(_move(along)).format(size=size),
                side=word(_side(found)),
                **common,
            )
        rows.append((word(str(key)), shown(found, language), text))
    told = pd.DataFrame(rows, index=table.index, columns=["name", "value", "sentence"])
    if "low" in table:
        told["interval"] = [_span(row, language) for _, row in table.iterrows()]
    return told


def _span(row: pd.Series[Any], language: Language) -> str:
    """Write a 95 % interval; a dash where there is none."""
    low, high = float(row["low"]), float(row["high"])
    if not np.isfinite([low, high]).all():
        return "–"
    # A dash beside a minus is read as another minus.
    between = label("inequality_to", language) if min(low, high) < 0 else " – "
    return f"{shown(low, language)}{between}{shown(high, language)}"


def _move(value: float) -> str:
    if abs(value) < _EVEN:
        return "stays"
    return "rises" if value > 0 else "falls"


def _side(value: float) -> str:
    if abs(value) < _EVEN:
        return "side_even"
    return "side_high" if value > 0 else "side_low"
