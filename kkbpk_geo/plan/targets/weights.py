"""One weight per region out of several: need, gap, target population, last result.

In:     numbers by region, and how much each of them counts.
Out:    exact weights that remember what they were mixed of, and say so in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import CatalogueError, EmptyDataError, PlanError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.programme import column_label, is_column
from kkbpk_geo.joining import as_mapping, as_region_frame
from kkbpk_geo.plan.targets.numbers import (
    exact,
    number_of,
    read_regions,
    read_weights,
)

if TYPE_CHECKING:
    import pandas as pd


def mix_weights(
    parts: Mapping[str, Mapping[str, Any] | pd.Series[Any]],
    *,
    shares: Mapping[str, float] | None = None,
) -> pd.Series[Any]:
    """Mix need, gap, target population, last result … into one weight per region.

    Each part is first divided by its own sum, so that people and groups can be mixed;
    the result is exact and adds up to 1.

    Parameters
    ----------
    parts : mapping key -> mapping or Series by region_code, numbers from 0 up
        All of them over the same regions. Keys with a label ``plan_basis_<key>``
        (``need, gap, population, last``) are named so to a reader.
    shares : mapping key -> number above 0, optional
        What each part counts; equal unless stated. Need not add up to 1.

    Returns
    -------
    Series of Fraction, index region_code in order, named by its parts
        ``.attrs["shares"]`` keeps what it was mixed of.

    Raises
    ------
    PlanError
        If parts differ in regions, a number is missing or negative, a part is 0
        everywhere, or shares do not fit the parts.
    EmptyDataError
        If there is no part or no region.
    """
    import pandas as pd

    parts = _parts(parts)
    portion = _shares(parts, shares)
    first = next(iter(parts))
    known = read_regions(parts[first])[0]
    mixed = dict.fromkeys(known, Fraction())
    for key, part in parts.items():
        for code, own in _portions(key, part, first, known).items():
            mixed[code] += portion[key] * own
    out = pd.Series(mixed, dtype=object, name=" + ".join(parts))
    out = out.rename_axis("region_code")
    out.attrs["shares"] = portion
    return out


def _parts(given: Any) -> Mapping[str, Any]:  # noqa: ANN401
    """Return parts by name; the columns of a frame are parts."""
    if isinstance(given, Mapping):
        return given
    frame = as_region_frame(given, "parts")
    return {str(name): frame[name] for name in frame.columns}


def _portions(
    key: str,
    part: Mapping[str, Any] | pd.Series[Any],
    first: str,
    known: list[str],
) -> dict[str, Fraction]:
    """Return the regions' portions of one part, which add up to 1."""
    codes, raw = read_regions(part)
    if codes != known:
        odd = sorted(str(c) for c in set(codes) ^ set(known))
        msg = f"parts {first!r} and {key!r} differ in regions {odd}; align them."
        raise PlanError(msg)
    try:
        found = read_weights(codes, raw, (None,) * len(codes))
    except PlanError as err:
        msg = f"part {key!r}: {err}"
        raise PlanError(msg) from None
    cells = [cell or Fraction() for cell in found]
    total = sum(cells, Fraction())
    if not total:
        msg = f"part {key!r} is 0 in every region, so it divides nothing; drop it."
        raise PlanError(msg)
    return {code: cell / total for code, cell in zip(codes, cells, strict=True)}


def basis_of(weights: object) -> dict[str, Fraction]:
    """Return what weights stand for, as far as they say so."""
    mixed = getattr(weights, "attrs", {}).get("shares")
    if mixed:
        return {str(key): exact(share) for key, share in mixed.items()}
    name = getattr(weights, "name", None)
    if name and isinstance(name, str):
        return {name: Fraction(1)}
    return {}


def _shares(
    parts: Mapping[str, object], shares: Mapping[str, float] | None
) -> dict[str, Fraction]:
    """Return shares that add up to 1."""
    if not parts:
        msg = "there is nothing to mix; give at least one part."
        raise EmptyDataError(msg)
    given = as_mapping(shares, "shares") or dict.fromkeys(parts, 1.0)
    if set(given) != set(parts):
        msg = f"shares are for {sorted(given)}, parts are {sorted(parts)}; match them."
        raise PlanError(msg)
    found = {}
    for key in parts:
        # As text 0.75 may be 75 hundredths or 75.
        share = None if isinstance(given[key], str) else number_of(given[key])
        if share is None or share <= 0:
            msg = f"share of {key!r} is {given[key]!r}; expected a number above 0."
            raise PlanError(msg)
        found[key] = share
    total = sum(found.values(), Fraction())
    return {key: share / total for key, share in found.items()}


def basis_words(basis: Mapping[str, Fraction], language: Language) -> str:
    """Say what weights stand for: ``by need``, ``by mix (need 60 %, …)``."""
    names = {key: _basis_name(key, language) for key in basis}
    if len(basis) == 1:
        what = next(iter(names.values()))
    elif basis:
        listed = ", ".join(
            f"{names[key]} {format_number(float(100 * share), 0, language)} %"
            for key, share in basis.items()
        )
        what = f"{label('plan_basis_mix', language)} ({listed})"
    else:
        what = label("plan_basis_weight", language)
    return label("plan_by", language).format(basis=what)


def _basis_name(key: str, language: Language) -> str:
    """Return a basis in words: a label, a measure of the catalogue, or the key."""
    try:
        return label(f"plan_basis_{key}", language)
    except CatalogueError:
        return column_label(key, language) if is_column(key) else key
