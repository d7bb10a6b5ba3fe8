"""How much of the inequality lies between groups of regions, how much within them.

Why: if kota and kabupaten differ, the answer is another one than if kabupaten differ
among themselves.

In:     values, population shares and a group per region, none missing.
Out:    parts that add up to the whole, and the groups.
Method: Theil and mean log deviation are additively decomposable, Shorrocks (1980),
        Econometrica 48:613, doi:10.2307/1913126; so is the variance. The Gini is not.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kkbpk_geo.analysis.inequality.measures import mld, theil
from kkbpk_geo.analysis.weights import Floats


def decompose(
    y: Floats, p: Floats, groups: pd.Series[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split bgv, theil and mld into what lies between and within groups.

    Returns
    -------
    DataFrame, index measure
        ``total, between, within, between_share``; between + within = total.
    DataFrame, index group, in the order of their names
        ``regions, population_share, mean, bgv, theil, mld`` within the group.
    """
    names = sorted(set(groups), key=str)
    rows = []
    for name in names:
        own = (groups == name).to_numpy()
        share = float(p[own].sum())
        inner = p[own] / share
        mean = float(inner @ y[own])
        positive = bool(y[own].min() >= 0 and mean > 0)
        rows.append(
            {
                "regions": int(own.sum()),
                "population_share": share,
                "mean": mean,
                "bgv": float(inner @ (y[own] - mean) ** 2),
                "theil": theil(y[own], inner) if positive else np.nan,
                "mld": mld(y[own], inner) if positive else np.nan,
            }
        )
    table = pd.DataFrame(rows, index=pd.Index(names, name="group"))
    shares, means = table["population_share"].to_numpy(), table["mean"].to_numpy()
    whole = float(p @ y)
    parts: dict[str, tuple[float, float]] = {
        "bgv": (
            float(shares @ (means - whole) ** 2),
            float(shares @ table["bgv"].to_numpy()),
        )
    }
    if y.min() >= 0 and whole > 0:
        held = shares * means / whole  # each group's share of the indicator's total
        inside = np.where(means > 0, table["theil"].to_numpy(), 0.0)
        parts["theil"] = (theil(means, shares), held @ inside)
        parts["mld"] = (mld(means, shares), shares @ table["mld"].to_numpy())
    found = pd.DataFrame(parts, index=["between", "within"]).T
    found = found.reindex(["bgv", "theil", "mld"]).rename_axis("measure")
    found.insert(0, "total", found["between"] + found["within"])
    found["between_share"] = (found["between"] / found["total"]).where(
        found["total"] > 0
    )
    return found, table
