"""Several tables about the same thing laid over each other, by a stated rule.

Why: the number of couples stands in the monthly table of villages and in the yearly
table of targets. Adding them would be wrong, taking either silently as well.

In:     layers: sums of the tables of one kind and depth, by (period, code).
Out:    one value and one status per period, region and measure; conflicts; silence.
Rule:   a month's own table beats its year's, which beats one without a period; then the
        finer table beats the coarser; then the earlier one given.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kkbpk_geo.joining.register_facts import founded_after
from kkbpk_geo.joining.rolling import counted_from

if TYPE_CHECKING:
    from kkbpk_geo.joining.placing import MapRegions

# Kinds that no office reports: they say nothing of who kept silent.
OWN_KINDS = ("register", "village_counts")
CONFLICTS = (
    "period", "region_code", "measure", "kept", "kept_from", "other", "other_from",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """What the tables of one kind and depth say, summed by (period, code)."""

    kind: str
    depth: int
    files: tuple[str, ...]
    sums: pd.DataFrame
    blanks: pd.DataFrame
    say_conflict: bool = True
    # (period, code) of regions whose rows all stand in a block nobody reported.
    unreported: frozenset[tuple[str, str]] = frozenset()

    @property
    def source(self) -> str:
        """Files this layer was read from, shortened."""
        return ", ".join(self.files[:3]) + (" …" if len(self.files) > 3 else "")  # noqa: PLR2004


@dataclass(frozen=True, slots=True, eq=False)
class _Sheet:
    """One layer as arrays: the cells (period, region) of the result x its columns."""

    layer: Layer
    columns: np.ndarray
    offers: tuple[np.ndarray, ...]
    blanks: tuple[np.ndarray, ...]
    unreported: np.ndarray

    @property
    def says(self) -> np.ndarray:
        """Cells of (period, region) for which any number is given."""
        given = [np.isfinite(x).any(axis=1) for x in self.offers]
        return np.asarray(np.logical_or.reduce(given))


def combine(
    layers: list[Layer], regions: MapRegions, period: str | None = None
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Lay the layers over each other: values, status, conflicts, silent regions."""
    periods = _periods(layers) if period is None else [period]
    index = pd.MultiIndex.from_product(
        [periods, list(regions.codes)], names=["period", "region_code"]
    )
    columns = list(dict.fromkeys(str(c) for x in layers for c in x.sums.columns))
    place = {name: i for i, name in enumerate(columns)}
    sheets = [
        _lay(x, index, place) for x in sorted(layers, key=lambda layer: -layer.depth)
    ]
    value = np.full((len(index), len(columns)), np.nan)
    gaps = np.zeros(value.shape, dtype=int)
    origin = np.full(value.shape, -1)
    conflicts: list[tuple[object, ...]] = []
    for rank in range(3):
        for number, sheet in enumerate(sheets):
            offer, at = sheet.offers[rank], sheet.columns
            held = value[:, at]
            given = np.isfinite(offer)
            if sheet.layer.say_conflict:
                clash = given & np.isfinite(held) & (held != offer)
                for row, column in np.argwhere(clash):
                    kept = sheets[origin[row, at[column]]].layer.kind
                    conflicts.append(
                        (
                            *index[row],
                            columns[at[column]],
                            held[row, column],
                            kept,
                            offer[row, column],
                            sheet.layer.kind,
                        )
                    )
            take = given & ~np.isfinite(held)
            value[:, at] = np.where(take, offer, held)
            gaps[:, at] = np.where(take, sheet.blanks[rank], gaps[:, at])
            origin[:, at] = np.where(take, number, origin[:, at])
    silent, quiet = _silent(sheets, index, len(columns))
    for column, sources in counted_from(columns).items():
        own = [place[name] for name in sources if name in place]
        quiet[:, place[column]] |= quiet[:, own].any(axis=1)
    status = _status(value, gaps, quiet, index)
    return (
        pd.DataFrame({c: _whole(value[:, i]) for c, i in place.items()}).set_axis(
            index
        ),
        pd.DataFrame(status, index=index, columns=columns),
        pd.DataFrame(conflicts, columns=list(CONFLICTS)),
        silent,
    )


def _periods(layers: list[Layer]) -> list[str]:
    """All months; years that have no month of their own; ``""`` if there is neither."""
    found = {p for x in layers for p in x.sums.index.get_level_values(0)} - {""}
    months = {p for p in found if "-" in p}
    years = {p for p in found if "-" not in p}
    kept = months | {y for y in years if not any(m.startswith(y) for m in months)}
    return sorted(kept) or [""]


def _lay(layer: Layer, index: pd.MultiIndex, place: dict[str, int]) -> _Sheet:
    """Lay a layer on every cell: its own period, its year's, and without a period.

    A rank offers only what the ranks above it cannot be.
    """
    rows = {key: i for i, key in enumerate(layer.sums.index)}
    sums = layer.sums.to_numpy(float, na_value=np.nan)
    sums = np.vstack([sums, np.full(sums.shape[1], np.nan)])
    blanks = np.vstack([layer.blanks.to_numpy(int), np.zeros(sums.shape[1], dtype=int)])
    nowhere = len(rows)
    asked = (
        [rows.get((p, c), nowhere) for p, c in index],
        [rows.get((p[:4], c), nowhere) if p[:4] != p else nowhere for p, c in index],
        [rows.get(("", c), nowhere) if p else nowhere for p, c in index],
    )
    return _Sheet(
        layer,
        np.array([place[str(c)] for c in layer.sums.columns]),
        tuple(sums[at] for at in asked),
        tuple(blanks[at] for at in asked),
        np.array([(p, c) in layer.unreported for p, c in index], dtype=bool),
    )


def _silent(
    sheets: list[_Sheet], index: pd.MultiIndex, width: int
) -> tuple[pd.DataFrame, np.ndarray]:
    """List who a table says nothing about in a period that it does speak of."""
    quiet = np.zeros((len(index), width), dtype=bool)
    periods = index.get_level_values(0)
    found: list[tuple[Hashable, ...]] = []
    for sheet in sheets:
        if sheet.layer.kind in OWN_KINDS:
            continue
        says = sheet.says
        spoken = set(periods[says])
        mute = np.array([p in spoken for p in periods]) & ~says | sheet.unreported
        quiet[np.ix_(mute, sheet.columns)] = True
        found += [
            (sheet.layer.source, sheet.layer.kind, *index[i])
            for i in np.flatnonzero(mute).tolist()
        ]
    return pd.DataFrame(found, columns=["source", "kind", *index.names]), quiet


def _status(
    value: np.ndarray, gaps: np.ndarray, quiet: np.ndarray, index: pd.MultiIndex
) -> np.ndarray:
    gone = ~np.isfinite(value)
    late = np.array([founded_after(code, period) for period, code in index], bool)
    words = np.where(gaps > 0, "partial", "ok").astype(object)
    words[gone] = "missing"
    words[gone & quiet] = "not_reported"
    words[gone & late[:, None]] = "not_yet_founded"
    return words


def _whole(numbers: np.ndarray) -> pd.Series[Any]:
    """Return whole numbers as Int64, others as Float64; NaN is missing."""
    known = numbers[np.isfinite(numbers)]
    column = pd.Series(numbers, dtype="Float64")
    return column.astype("Int64") if (known % 1 == 0).all() else column
