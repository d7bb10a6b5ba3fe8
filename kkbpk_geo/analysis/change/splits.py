"""District splits: which district held which territory when.

Why: when Pringsewu left Tanggamus in 2009, Tanggamus lost a third of its people on
paper. That is no decline. Children are added to the parent of the earlier date, which
is exact; the other way round would need weights, and is not done.

In:     region codes and a period; counts by region. Out: families, and their sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.joining import founded_after
from kkbpk_geo.regions import has_region, province_part, region, regions_of

# Reports may still count a new district inside its parent for this long.
LAG_MONTHS = 24
_DISTRICT_DOTS = 1


def ancestor(code: str, period: str) -> str:
    """Return the district that held this one's territory in a period.

    Itself, if it existed or the register knows no founding date.

    Examples
    --------
    >>> ancestor("18.10", "2008"), ancestor("18.10", "2025-11")
    ('18.06', '18.10')
    """
    while founded_after(code, period) and region(code).predecessor_code:
        code = region(code).predecessor_code
    return code


def families(codes: Iterable[str], as_of: str) -> dict[str, tuple[str, ...]]:
    """Group districts by the one that held their territory, where that was several.

    Parameters
    ----------
    codes : iterable of str
        Districts in use; the register adds siblings that are not among them, for
        without those a parent's later number is too small.
    as_of : str
        Period of the structure to compare on.

    Returns
    -------
    dict ancestor -> members, itself among them, sorted; only families of two or more

    Raises
    ------
    IndicatorError
        If a code is a kecamatan or desa of a district that did not exist then.
    """
    known = set(codes)
    provinces = {province_part(code) for code in known if has_region(code)}
    every = known | {u.code for p in provinces for u in regions_of("kabkota", p)}
    for code in sorted(known):
        district = ".".join(code.split(".")[: _DISTRICT_DOTS + 1])
        if code.count(".") > _DISTRICT_DOTS and ancestor(district, as_of) != district:
            unit = region(district)
            msg = (
                f"region {code} lies in {unit.name}, founded {unit.founded}, after "
                f"{as_of}; its own code is younger too. Compare kabupaten/kota "
                "instead, where children are added to their parent."
            )
            raise IndicatorError(msg)
    found: dict[str, set[str]] = {}
    for code in every:
        if code.count(".") <= _DISTRICT_DOTS:
            found.setdefault(ancestor(code, as_of), set()).add(code)
    return {
        top: tuple(sorted({top, *members}))
        for top, members in sorted(found.items())
        if {top, *members} != {top} and known & {top, *members}
    }


def roll_up_splits(
    rows: pd.DataFrame,
    groups: dict[str, tuple[str, ...]],
    structure: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Add children to their parent, period by period.

    Parameters
    ----------
    rows : DataFrame
        ``period, region_code, indicator, numerator, denominator``, one row each.
    groups : dict ancestor -> members
        Of :func:`families`.
    structure : mapping period -> period, optional
        The districts that must have a number in a period are those of this one; the
        period itself unless stated. A child that is younger and has no number is taken
        to be inside its parent.

    Returns
    -------
    DataFrame, the same columns, one row per family
        A sum is missing unless every member that must have a number has one.
    """
    top = {code: family for family, members in groups.items() for code in members}
    inside = rows[rows["region_code"].isin(top)].copy()
    wanted = inside.drop_duplicates(["period", "indicator"])[["period", "indicator"]]
    out = []
    for period, indicator in wanted.itertuples(index=False):
        here = inside[(inside["period"] == period) & (inside["indicator"] == indicator)]
        numbers = here.set_index("region_code")[["numerator", "denominator"]]
        for family, members in groups.items():
            own = numbers.reindex(list(members))
            then = (structure or {}).get(period, period)
            absent = [founded_after(code, then) for code in members]
            due = own[own.notna().any(axis=1) | ~pd.Series(absent, own.index)]
            total = due.sum(skipna=False) if len(due) else [float("nan")] * 2
            out.append((period, family, indicator, *total))
    return pd.DataFrame(
        out,
        columns=["period", "region_code", "indicator", "numerator", "denominator"],
    )


def founded_shortly_before(code: str, period: str) -> bool:
    """Whether a district was founded within two years before a period."""
    if not has_region(code) or founded_after(code, period):
        return False
    founded = region(code).founded
    return bool(founded) and _months(period, 12) - _months(founded, 1) <= LAG_MONTHS


def _months(date: str, month: int) -> int:
    parts = date.split("-")
    return 12 * int(parts[0]) + (int(parts[1]) if len(parts) > 1 else month)
