"""One sentence per measure of inequality: what it means for these regions.

In:     the measures and the regions judged.
Out:    name, value and sentence of each measure, in either language.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.wording import shown
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions import place_name

_EVEN = 1e-9


def sentences(
    table: pd.DataFrame,
    regions: pd.DataFrame,
    *,
    direction: str,
    by_order: bool,
    language: Language,
) -> pd.DataFrame:
    """Return ``name``, ``value`` as text and ``sentence`` of each measure."""

    def word(key: str) -> str:
        return label(f"inequality_{key}", language)

    value = regions["value"].to_numpy(float)
    names = [place_name(code) for code in regions.index]
    low, high = int(value.argmin()), int(value.argmax())
    best = high if direction == "better" else low
    top = int(regions["ridit"].to_numpy().argmax()) if by_order else best
    common = {
        "mean": shown(
            float(np.average(value, weights=regions["population_share"])), language
        ),
        "low": shown(value[low], language),
        "high": shown(value[high], language),
        "low_name": names[low],
        "high_name": names[high],
        "best_name": names[best],
        "top_name": names[top],
        "ranking": word("ranking_stated" if by_order else "ranking_own"),
    }
    rows = []
    for key, row in table.iterrows():
        found = float(row["value"])
        if row["reason"]:
            text = word("undefined").format(reason=word(f"reason_{row['reason']}"))
        else:
            size = shown(abs(found), language) + ("%" if key == "paf" else "")
            text = word(f"{key}_means").format(
                value=shown(found, language),
                who=shown(float(row["who_value"]), language),
                change=word(_move(found)).format(size=size),
                side=word(_side(found)),
                **common,
            )
        rows.append((word(str(key)), shown(found, language), text))
    return pd.DataFrame(rows, index=table.index, columns=["name", "value", "sentence"])


def _move(value: float) -> str:
    if abs(value) < _EVEN:
        return "stays"
    return "rises" if value > 0 else "falls"


def _side(value: float) -> str:
    if abs(value) < _EVEN:
        return "side_even"
    return "side_high" if value > 0 else "side_low"
