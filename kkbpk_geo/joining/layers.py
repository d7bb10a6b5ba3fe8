"""Several tables about the same thing laid over each other, by a stated rule.

Why: the number of couples stands in the monthly table of villages and in the yearly
table of targets. Adding them would be wrong, taking either silently as well.

Layer:  4 (joining).
In:     layers: sums of the tables of one kind and depth, by (period, code).
Out:    one value and one status per period, region and measure; conflicts; silence.
Rule:   a month's own table beats its year's, which beats one without a period; then the
        finer table beats the coarser; then the earlier one given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kkbpk_geo.joining.known import founded_after

if TYPE_CHECKING:
    from kkbpk_geo.joining.placing import MapRegions


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """What the tables of one kind and depth say, summed by (period, code)."""

    kind: str
    depth: int
    files: tuple[str, ...]
    sums: pd.DataFrame
    blanks: pd.DataFrame
    say_conflict: bool = True

    @property
    def source(self) -> str:
        """Files this layer was read from, shortened."""
        return ", ".join(self.files[:3]) + (" …" if len(self.files) > 3 else "")  # noqa: PLR2004


def combine(
    layers: list[Layer], regions: MapRegions, period: str | None = None
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Lay the layers over each other: values, status, conflicts, silent regions."""
    periods = _periods(layers) if period is None else [period]
    index = pd.MultiIndex.from_product(
        [periods, list(regions.codes)], names=["period", "region_code"]
    )
    order = [
        (kept, layer)
        for kept in (2, 1, 0)
        for layer in sorted(layers, key=lambda x: -x.depth)
    ]
    columns = list(dict.fromkeys(str(c) for x in layers for c in x.sums.columns))
    values: dict[str, pd.Series[int]] = {}
    blank: dict[str, np.ndarray] = {}
    conflicts: list[pd.DataFrame] = []
    seen = {id(x): _spread(x.sums, index) for x in layers}
    holes = {id(x): _spread(x.blanks, index) for x in layers}
    for column in columns:
        value = pd.Series(pd.NA, index=index, dtype="Float64")
        gaps = np.zeros(len(index), dtype=int)
        source = pd.Series("", index=index, dtype=object)
        for rank, layer in order:
            if column not in layer.sums.columns:
                continue
            offered = seen[id(layer)][rank][column].astype("Float64")
            take = value.isna() & offered.notna()
            differs = value.notna() & offered.notna() & (value != offered)
            differs = differs.fillna(False).astype(bool)
            if differs.any() and layer.say_conflict:
                conflicts.append(
                    _conflict(column, value, offered, source, layer, differs)
                )
            value = value.mask(take, offered)
            source[take] = layer.kind
            spread = holes[id(layer)][rank][column].fillna(0).to_numpy(int)
            gaps = np.where(take, spread, gaps)
        known = value.dropna()
        values[column] = value.astype("Int64") if (known % 1 == 0).all() else value
        blank[column] = gaps
    frame = pd.DataFrame(values, index=index)
    silent = _silent(layers, seen, index)
    status = _status(frame, blank, silent, layers)
    listed = (
        pd.concat(conflicts, ignore_index=True)
        if conflicts
        else pd.DataFrame(
            columns=[
                "period",
                "region_code",
                "measure",
                "kept",
                "kept_from",
                "other",
                "other_from",
            ]
        )
    )
    return frame, status, listed, silent


def _periods(layers: list[Layer]) -> list[str]:
    """All months; years that have no month of their own; ``""`` if there is neither."""
    found = {p for x in layers for p in x.sums.index.get_level_values(0)} - {""}
    months = {p for p in found if "-" in p}
    years = {p for p in found if "-" not in p}
    kept = months | {y for y in years if not any(m.startswith(y) for m in months)}
    return sorted(kept) or [""]


def _spread(frame: pd.DataFrame, index: pd.MultiIndex) -> dict[int, pd.DataFrame]:
    """Lay a frame on every period: 2 its own, 1 its year's, 0 without a period."""
    periods = [str(p) for p in index.get_level_values(0)]
    codes = [str(c) for c in index.get_level_values(1)]
    years = [p[:4] for p in periods]
    # A rank offers only what the ranks above it cannot be; None is in no frame.
    asked: dict[int, list[str | None]] = {
        2: list(periods),
        1: [y if y != p else None for y, p in zip(years, periods, strict=True)],
        0: ["" if p else None for p in periods],
    }
    out: dict[int, pd.DataFrame] = {}
    for rank, wanted in asked.items():
        part = frame.reindex(pd.MultiIndex.from_arrays([wanted, codes]))
        part.index = index
        out[rank] = part
    return out


def _conflict(
    column: str,
    value: pd.Series[float],
    offered: pd.Series[float],
    source: pd.Series[str],
    layer: Layer,
    differs: pd.Series[bool],
) -> pd.DataFrame:
    here = value.index[differs]
    return pd.DataFrame(
        {
            "period": here.get_level_values(0),
            "region_code": here.get_level_values(1),
            "measure": column,
            "kept": value[differs].to_numpy(float),
            "kept_from": source[differs].to_numpy(object),
            "other": offered[differs].to_numpy(float),
            "other_from": layer.kind,
        }
    )


def _silent(
    layers: list[Layer],
    seen: dict[int, dict[int, pd.DataFrame]],
    index: pd.MultiIndex,
) -> pd.DataFrame:
    """List the regions a layer says nothing about, in periods it does speak of."""
    found = []
    for layer in layers:
        if layer.kind in ("register", "village_counts"):
            continue
        said = pd.Series(False, index=index)
        for part in seen[id(layer)].values():
            said |= part.notna().any(axis=1)
        speaks = said.groupby(level=0).transform("any")
        mute = index[(speaks & ~said).to_numpy()]
        found.append(
            pd.DataFrame(
                {
                    "source": layer.source,
                    "kind": layer.kind,
                    "period": mute.get_level_values(0),
                    "region_code": mute.get_level_values(1),
                }
            )
        )
    return (
        pd.concat(found, ignore_index=True)
        if found
        else pd.DataFrame(columns=["source", "kind", "period", "region_code"])
    )


def _status(
    frame: pd.DataFrame,
    blank: dict[str, np.ndarray],
    silent: pd.DataFrame,
    layers: list[Layer],
) -> pd.DataFrame:
    out = pd.DataFrame("ok", index=frame.index, columns=frame.columns)
    mute = pd.MultiIndex.from_frame(silent[["period", "region_code"]])
    late = np.array(
        [founded_after(code, period) for period, code in frame.index], dtype=bool
    )
    for column in frame.columns:
        gone = frame[column].isna().to_numpy()
        kinds = {x.kind for x in layers if column in x.sums.columns}
        quiet = frame.index.isin(mute[silent["kind"].isin(kinds).to_numpy()])
        words = np.where(blank[column] > 0, "partial", "ok").astype(object)
        words[gone] = "missing"
        words[gone & quiet] = "not_reported"
        words[gone & late] = "not_yet_founded"
        out[column] = words
    return out
