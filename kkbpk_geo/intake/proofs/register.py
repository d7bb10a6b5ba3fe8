"""Rows held against the register: a kecamatan of another district, a village unknown.

Why: kecamatan Natar under Kabupaten Pringsewu is a figure of Natar or one of Pringsewu,
and nobody can say which; a name that the register of its parent does not have may be a
slip, or no place at all. It is never added in silence.

In:     an open sheet, what its rows say about their places, and when.
Out:    the sheet with rows listed that contradict the register; findings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.findings import Finding
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.proofs.standing import (
    Named,
    Names,
    Standing,
    standings,
)
from kkbpk_geo.regions import parent_of, region

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int_]

_SHOWN = 5  # names that one finding quotes


def check_register(
    sheet: OpenSheet,
    names: Names,
    periods: Sequence[str | None],
    *,
    places_only: bool,
) -> OpenSheet:
    """List rows whose kecamatan lies in another district; tell names not held.

    Parameters
    ----------
    sheet : OpenSheet
    names : Names
    periods : sequence of n
    places_only : bool
        Whether each row is a place: in lists a name that the register does not have
        changes nothing.
    """
    if not any(each.district for each in names.distinct):
        return sheet
    kecamatan = standings(each.of_kecamatan for each in names.distinct)
    for each, own in kecamatan.items():
        if own.what == "elsewhere":
            here = {n for n in names.distinct if n.of_kecamatan == each}
            rows = np.flatnonzero(names.among(here) & sheet.used)
            sheet = _contradicted(sheet, each, own, rows, periods)
    if not places_only:
        return sheet
    found = names.standings
    return sheet.told(
        [
            *_tell_unlisted(sheet, names, "kecamatan", kecamatan),
            *_tell_unlisted(sheet, names, "desa", found),
            *_tell_elsewhere(sheet, names, found),
        ]
    )


def _contradicted(
    sheet: OpenSheet,
    named: Named,
    standing: Standing,
    rows: Ints,
    periods: Sequence[str | None],
) -> OpenSheet:
    """List rows of a kecamatan that the register has in another district."""
    left_out = [
        i for i in rows.tolist()
        if not _was_there(standing.code, named.district, periods[i] or "")
    ]  # fmt: skip
    if not left_out:
        return sheet
    told = sheet.find(
        "kecamatan_elsewhere", left_out[0], None,
        value=f"{named.name}, {region(named.district).name}",
        expected=" / ".join(standing.shown), region=named.district,
        count=len(left_out),
    )  # fmt: skip
    reasons = dict.fromkeys(left_out, "other_district")
    return sheet.listing(reasons).told([told])


def _was_there(code: str, district: str, period: str) -> bool:
    """Whether a kecamatan still lay in a district at the time of a row.

    Kecamatan Pringsewu was in Tanggamus until Pringsewu was founded, in 2009.
    """
    unit = region(parent_of(code))
    until = unit.founded[:4]
    return bool(
        period and until and unit.predecessor_code == district and period[:4] <= until
    )


def _tell_unlisted(
    sheet: OpenSheet, names: Names, level: str, found: Mapping[Named, Standing]
) -> list[Finding]:
    """Tell once of the names of a level that the register does not have."""
    lost: dict[Named, Standing] = {}
    for each in names.distinct:
        own = _own(each, level)
        if own.level == level and found[own].what == "unlisted":
            lost[each] = found[own]
    rows = np.flatnonzero(names.among(set(lost)) & sheet.used)
    if not len(rows):
        return []
    first = dict.fromkeys(names.of(i) for i in rows.tolist())
    said = {_own(each, level).name: each for each in first}
    similar = [name for each in said.values() for name in lost[each].shown[:1]]
    column = next(iter(sheet.known.of_role(level)), None)
    one = sheet.find(
        "place_not_in_register", int(rows[0]), column, value=_some(said),
        expected=_some(dict.fromkeys(similar)) or "–", count=len(rows),
    )  # fmt: skip
    return [one]


def _own(each: Named, level: str) -> Named:
    """Return what a row says of one level: of its kecamatan, or of its village."""
    return each.of_kecamatan if level == "kecamatan" else each


def _some(texts: Mapping[str, object]) -> str:
    """Join the first of several texts, and say that there are more."""
    more = ["…"] if len(texts) > _SHOWN else []
    return ", ".join([*list(texts)[:_SHOWN], *more])


def _tell_elsewhere(
    sheet: OpenSheet, names: Names, found: Mapping[Named, Standing]
) -> list[Finding]:
    """Tell once of villages that the register has in another kecamatan."""
    moved = {each for each, own in found.items() if own.what == "elsewhere"}
    lost = {each for each in moved if each.level == "desa"}
    rows = np.flatnonzero(names.among(lost) & sheet.used)
    if not len(rows):
        return []
    each = names.of(int(rows[0]))
    column = next(iter(sheet.known.of_role("kecamatan", "desa")), None)
    one = sheet.find(
        "village_elsewhere", int(rows[0]), column,
        value=f"{each.name}, {each.kecamatan}",
        expected=" / ".join(found[each].shown), count=len(rows),
    )  # fmt: skip
    return [one]
