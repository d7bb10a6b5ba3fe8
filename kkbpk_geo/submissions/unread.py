"""What the name of a file that cannot be read says for certain; nothing is guessed.

In:     the path of a file. Out: :class:`Named`: district, kind of table and month, each
        only where names say it in one way.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath
from typing import NamedTuple

from kkbpk_geo.base.periods import period_of
from kkbpk_geo.catalogue.headings import groups_in
from kkbpk_geo.catalogue.tables import table_kinds
from kkbpk_geo.intake import find_district_code, find_period


class Named(NamedTuple):
    """What names say of a file; what they do not say is empty."""

    code: str = ""
    kind: str = ""
    period: str = ""


def name_says(
    path: PurePath, *, province: str, year: int | None, kinds: Collection[str]
) -> Named:
    """Return what the names of a file and of its folder say.

    Parameters
    ----------
    path : path
        Only its last two parts are looked at.
    province : str
        Name or code; ``""`` where it is all of them.
    year : int, optional
        Of months without one.
    kinds : collection of str
        Those that other files are of: a name that fits two of them says neither.
    """
    stem, folder = path.stem, path.parent.name
    codes = {find_district_code([name], province) for name in (stem, folder)} - {""}
    fitting = _kinds_of(stem, kinds)
    return Named(
        code=the_one(codes),
        kind=the_one(fitting),
        period=_month_of(stem, year),
    )


def the_one(names: Collection[str]) -> str:
    """Return the only one; of none or several, nothing: that would be a guess."""
    return next(iter(names)) if len(names) == 1 else ""


def _kinds_of(stem: str, kinds: Collection[str]) -> set[str]:
    named = groups_in(stem.replace("_", " "))
    if len(named) != 1:
        return set()
    return {key for key in kinds if key in table_kinds() and _is_of(key, named[0])}


def _is_of(kind: str, group: str) -> bool:
    return table_kinds()[kind].group == group


def _month_of(stem: str, year: int | None) -> str:
    said = find_period(["", "", stem])
    stated = said.year or year
    if said.unclear or said.years or stated is None or said.part is None:
        return ""
    return str(period_of(stated, said.part))
