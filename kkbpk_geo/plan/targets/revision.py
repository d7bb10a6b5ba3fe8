"""Targets revised, as functions: what a Targets does itself by ``revise``.

In:     Targets, and a :class:`Revision` (from a workbook, or made in Python).
Out:    new Targets whose log is continued; the old ones stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kkbpk_geo.plan.targets.division import Changes, Revision, Targets

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Revision", "override_division", "revise_division", "with_history"]


def revise_division(
    before: Targets, revision: Revision, *, decided_by: str = ""
) -> Targets:
    """Divide again as revised; see :meth:`Targets.revise`."""
    return before.revise(revision, decided_by=decided_by)


def override_division(
    before: Targets, changes: Changes, *, reason: str = "", decided_by: str = ""
) -> Targets:
    """Set cells as a planner decides; see :meth:`Targets.override`."""
    return before.override(changes, reason=reason, decided_by=decided_by)


def with_history(division: Targets, log: pd.DataFrame) -> Targets:
    """Return targets with the log they had when they were written."""
    return division.with_log(log)
