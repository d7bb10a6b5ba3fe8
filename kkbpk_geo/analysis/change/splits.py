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
from kkbpk_geo.base.periods import YEAR, read_period
from kkbpk_geo.indicators import INDICATOR_KEYS, INDICATOR_PARTS
from kkbpk_geo.joining import founded_after
from kkbpk_geo.regions import has_region, province_part, region, regions_of

# Reports may still count a new district inside its parent for this long; no document
# says how long, two years are a proposal.
LAG_MONTHS = 24
# Dots in the code of a kabupaten/kota, ``18.10``.
_DISTRICT_DOTS = 1
_PROVINCE_CODE = 2  # digits, ``18``
_SUMS = (*INDICATOR_KEYS, *INDICATOR_PARTS)


def ancestor(code: str, period: str) -> str:
    """Return the district that held this one's territory in a period.

    Itself, if it existed or the register knows no founding date.

    Examples
    --------
    >>> ancestor("18.10", "2008"), ancestor("18.10", "2025-11")
    ('18.06', '18.10')
    """
    # Pringsewu left Tanggamus, which had left Lampung Selatan: go back step by step.
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
    for code in sorted(known):
        if code.count(".") > _DISTRICT_DOTS:
            _refuse_younger(code, as_of)
    # A sibling that is not in the table took its part of the territory all the same.
    every = set(known)
    for province in {province_part(code) for code in known if has_region(code)}:
        every |= {unit.code for unit in regions_of("kabkota", province)}
    if any(len(code) == _PROVINCE_CODE for code in known):
        every |= {unit.code for unit in regions_of("provinsi")}
    found: dict[str, set[str]] = {}
    for code in every:
        if code.count(".") <= _DISTRICT_DOTS:
            top = ancestor(code, as_of)
            found.setdefault(top, {top}).add(code)
    return {
        top: tuple(sorted(members))
        for top, members in sorted(found.items())
        if len(members) > 1 and known & members
    }


def _refuse_younger(code: str, as_of: str) -> None:
    """Refuse a kecamatan or desa whose district did not exist at a period."""
    district = ".".join(code.split(".")[: _DISTRICT_DOTS + 1])
    if ancestor(district, as_of) == district:
        return
    unit = region(district)
    msg = (
        f"region {code} lies in {unit.name}, founded {unit.founded}, after {as_of}; "
        "its own code is younger too. Compare kabupaten/kota instead, where children "
        "are added to their parent."
    )
    raise IndicatorError(msg)


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
    members_of_all = {code for members in groups.values() for code in members}
    inside = rows[rows["region_code"].isin(members_of_all)]
    cells = inside.groupby(["period", "indicator"], sort=False)
    out = []
    for (period, indicator), here in cells:
        numbers = here.set_index("region_code")[list(INDICATOR_PARTS)]
        then = (structure or {}).get(str(period), str(period))
        for family, members in groups.items():
            total = _family_sum(numbers.reindex(list(members)), then)
            out.append((period, family, indicator, *total))
    return pd.DataFrame(out, columns=list(_SUMS))


def _family_sum(own: pd.DataFrame, then: str) -> list[float]:
    """Add up a family; a member that existed and has no number makes it missing."""
    # A child that was not founded then counts only if it has a number all the same.
    founded = [not founded_after(str(code), then) for code in own.index]
    due = own[own.notna().any(axis=1) | pd.Series(founded, own.index)]
    if due.empty:
        return [float("nan")] * own.shape[1]
    return due.sum(skipna=False).tolist()


def founded_shortly_before(code: str, period: str) -> bool:
    """Whether a district was founded within two years before a period."""
    if not has_region(code) or founded_after(code, period):
        return False
    founded = region(code).founded
    then, now = read_period(founded), read_period(period)
    if then is None or now is None:
        return False
    (y1, m1), (y2, m2) = then.begins, now.ends
    return YEAR * (y2 - y1) + m2 - m1 <= LAG_MONTHS
