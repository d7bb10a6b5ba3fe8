"""Amounts that a heading says are in thousands, and are perhaps in rupiah.

Why: the report on special allocations is headed "(Rp. Dalam Ribuan)" by a regulation,
and the program that prints it does not divide. The sums say which it is.

In:     nodes of a form. Out: the same, its scaled amounts in rupiah; told where the
        heading was not true, or where nothing proves it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kkbpk_geo.intake.kinds.plans.times import heading_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kkbpk_geo.intake.forms.header import Head
    from kkbpk_geo.intake.forms.rows import Rows
    from kkbpk_geo.intake.forms.tree import Node

_SCALED = ("parts", "spent")


def fit_scale(rows: Rows, head: Head) -> None:
    """Bring amounts under scaled headings to rupiah, by what the sums prove."""
    scales = {role: _scale(head, role) for role in ("budget", *_SCALED)}
    stated = max(scales[role] for role in _SCALED)
    # Proved before anything is scaled: parts that are scaled prove nothing any more.
    proved = _proved(rows.nodes, scales["budget"], stated)
    for role, scale in scales.items():
        if scale == 1:
            continue
        factor = scale
        rows.scaled[role] = "stated"
        if role in _SCALED:
            factor = proved or scale
            rows.scaled[role] = {scale: "true", 1: "untrue"}.get(proved, "open")
        for amounts in _all_amounts(rows):
            _scale_role(amounts, role, factor)


def _scale(head: Head, role: str) -> int:
    printed = (span.printed for span in head.columns.get(role, ()))
    return max(map(heading_scale, printed), default=1)


def _scale_role(amounts: dict[str, int], role: str, factor: int) -> None:
    for key in amounts:
        if key.partition("@")[0] == role:
            amounts[key] *= factor


def _all_amounts(rows: Rows) -> list[dict[str, int]]:
    totals = [amounts for _, amounts in rows.totals]
    return [*totals, *(node.amounts for node in rows.nodes)]


def _proved(nodes: Sequence[Node], of_whole: int, scale: int) -> int:
    """Return the factor by which the parts of the money are the whole; 0 if none."""
    for node in nodes:
        whole = node.amounts.get("budget", 0) * of_whole
        parts = [n for key, n in node.amounts.items() if key.startswith("parts")]
        for factor in (scale, 1):
            if whole and parts and sum(parts) * factor == whole:
                return factor
    return 0
