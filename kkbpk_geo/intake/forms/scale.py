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
    for role in ("budget", *_SCALED):
        for span in head.columns.get(role, ()):
            scale = heading_scale(span.printed)
            if scale > 1:
                _fit_role(rows, role, scale)
                break


def _fit_role(rows: Rows, role: str, scale: int) -> None:
    """Scale a role, unless its parts are the budget without it."""
    factor = scale
    if role != "budget":
        proved = _proved(rows.nodes, scale)
        rows.scaled[role] = "true" if proved == scale else "untrue"
        factor = proved or scale
        if not proved:
            rows.scaled[role] = "open"
    for amounts in _all_amounts(rows):
        for key in amounts:
            if key.partition("@")[0] == role:
                amounts[key] *= factor


def _all_amounts(rows: Rows) -> list[dict[str, int]]:
    return [node.amounts for node in rows.nodes] + [each for _, each in rows.totals]


def _proved(nodes: Sequence[Node], scale: int) -> int:
    """Return the factor by which the parts of the money are the whole; 0 if none."""
    for node in nodes:
        whole = node.amounts.get("budget")
        parts = [n for key, n in node.amounts.items() if key.startswith("parts")]
        if whole and parts and sum(parts) * scale == whole:
            return scale
        if whole and parts and sum(parts) == whole:
            return 1
    return 0
