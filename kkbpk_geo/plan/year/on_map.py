"""What the map shows of a plan: one frame by region, from everything that is known.

In:     Monitoring, Continuity, Supplies and any frame by region (alignment).
Out:    numbers by region_code that ``draw_work_map`` takes as they are, and the words
        for their columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from kkbpk_geo.base.errors import EmptyDataError, PlanError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.supplies import supply_items

if TYPE_CHECKING:
    from kkbpk_geo.plan.supplies.needs import Supplies
    from kkbpk_geo.plan.year.continuity import Continuity
    from kkbpk_geo.plan.year.monitoring import Monitoring

_MONITORING = ("physical", "absorption", "critical", "unreported")
_BUY, _REPAIR = "plan_buy_", "plan_repair_"


def map_frame(
    monitoring: Monitoring | None = None,
    continuity: Continuity | None = None,
    *,
    supplies: Supplies | None = None,
    alignment: pd.DataFrame | None = None,
    regions: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return one row per region with every number that a map of plans can draw.

    Parameters
    ----------
    monitoring, continuity, supplies : optional
    alignment : DataFrame, index region_code, optional
        Its numeric columns go in front (``Alignment.regions``: aligned %, conflicts,
        unfunded need).
    regions : sequence of str, optional
        Rows of the result; all regions of the parts unless stated.

    Returns
    -------
    DataFrame, index region_code, float64; missing stays missing
        ``plan_physical, plan_absorption, plan_critical, plan_unreported``;
        ``plan_continuity`` in %; ``plan_buy_<item>``, ``plan_repair_<item>``.

    Raises
    ------
    EmptyDataError
        If no part is given.
    PlanError
        If two parts have a column of the same name, or a region stands twice.
    """
    parts = []
    if alignment is not None:
        parts.append(alignment.select_dtypes("number"))
    if monitoring is not None:
        own = monitoring.regions[list(_MONITORING)]
        parts.append(own.add_prefix("plan_"))
    if continuity is not None:
        percent = 100 * continuity.scores[["score"]]
        parts.append(percent.set_axis(["plan_continuity"], axis=1))
    if supplies is not None:
        parts.append(supplies.wide("buy").add_prefix(_BUY))
        parts.append(supplies.wide("repair").add_prefix(_REPAIR))
    if not parts:
        msg = "there is nothing to draw; give at least one of the parts."
        raise EmptyDataError(msg)
    _refuse_doubles(parts)
    wide = pd.concat([part.astype("Float64") for part in parts], axis=1)
    rows = sorted(wide.index) if regions is None else list(regions)
    return wide.reindex(rows).rename_axis("region_code").astype(float)


def _refuse_doubles(parts: Sequence[pd.DataFrame]) -> None:
    """Refuse a region that stands twice, and a column that two parts have."""
    for part in parts:
        if part.index.has_duplicates:
            twice = part.index[part.index.duplicated()].unique().tolist()
            msg = f"regions {twice} stand more than once; keep one row per region."
            raise PlanError(msg)
    columns = Counter(str(column) for part in parts for column in part)
    if repeated := sorted(name for name, count in columns.items() if count > 1):
        msg = f"columns {repeated} stand in two parts; rename them in the alignment."
        raise PlanError(msg)


def map_words(column: str, language: Language = "id") -> str:
    """Return what a reader sees for a column of :func:`map_frame`.

    Raises
    ------
    CatalogueError
        If there are no words for it.
    """
    for prefix in (_BUY, _REPAIR):
        if (
            item := supply_items().get(column.removeprefix(prefix))
        ) and column != item.key:
            return label(f"{prefix}item", language).format(item=item.name(language))
    return label(f"plan_map_{column.removeprefix('plan_')}", language)
