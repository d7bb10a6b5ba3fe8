"""Whether a map of a disguised table shows a false figure.

In:     :class:`~disguises.sent.Disguised`. Out: sentences about what is false; none
        where every figure is the true one, or absent and told.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
from disguises.sent import Disguised
from disguises.tables import PERIOD

import kkbpk_geo as kg
from kkbpk_geo.base.errors import KkbpkGeoError
from kkbpk_geo.catalogue.statuses import statuses
from kkbpk_geo.findings import Finding

_LOUD = ("error", "warning")


@cache
def _map():
    return kg.load_boundaries("Lampung")


@dataclass(frozen=True)
class Verdict:
    """What a map shows of what was sent: false figures, and whether all true ones."""

    false: list[str]
    whole: bool = False


def judge(sent: Disguised, folder: Path | None = None) -> Verdict:
    """Say what a map shows of what is sent."""
    paths = []
    for name, text in sent.files.items():
        paths.append((folder or Path.cwd()) / name)
        paths[-1].write_text(text, encoding="utf-8")
    try:
        read = [kg.read_table([each], province="Lampung") for each in sent.grids]
        read += [kg.read_table(path, province="Lampung") for path in paths]
        joined = kg.join_regions(_map(), read)
    except KkbpkGeoError:
        return Verdict([])  # refused in a sentence: nothing false is shown
    found = [f for intake in read for f in intake.findings]
    found += getattr(joined, "findings", ())
    loud = [f for f in found if f.severity in _LOUD]
    keys = [*sent.truth, *sorted(sent.absent)]
    out = [_fault(joined, key, sent, loud) for key in keys]
    exact = [_shown(joined, *key) == sent.truth[key] for key in sent.truth]
    return Verdict([fault for fault in out if fault], all(exact))


def _fault(
    joined: kg.Joined, key: tuple[str, str], sent: Disguised, loud: list[Finding]
) -> str:
    region, column = key
    shown = _shown(joined, region, column)
    told = any(_names_a_spot(each) for each in loud)
    if key in sent.truth and shown == sent.truth[key]:
        return ""
    if shown is None:
        return "" if told else f"{key}: nothing shown and nothing told"
    if told and _is_marked(joined, region, column):
        return ""  # a part of the district, said to be one
    wanted = sent.truth.get(key, "nothing")
    return f"{key}: {shown} for {wanted}; told: {[f.code for f in loud]}"


def _names_a_spot(found: Finding) -> bool:
    return found.row is not None or bool(found.column) or bool(found.file)


def _cell(frame, region: str, column: str):
    """Return the cell of November 2025, else of no period at all."""
    for period in (PERIOD, ""):
        if column in frame and (period, region) in frame.index:
            return frame.loc[(period, region), column]
    return None


def _shown(joined: kg.Joined, region: str, column: str) -> float | None:
    value = _cell(joined.values, region, column)
    status = _cell(joined.status, region, column)
    if value is None or pd.isna(value) or status is None:
        return None
    return float(value) if statuses()[status].value else None


def _is_marked(joined: kg.Joined, region: str, column: str) -> bool:
    return _cell(joined.status, region, column) == "partial"
