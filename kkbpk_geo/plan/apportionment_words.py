"""Why a region gets what it gets, in one line that adds up.

In:     an Apportionment. Out: sentences in both languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

import pandas as pd

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.programme import column_label, is_column
from kkbpk_geo.regions.register import place_name

if TYPE_CHECKING:
    from kkbpk_geo.plan.apportionment import Apportionment


def explain_value(result: Apportionment, code: str, language: Language) -> str:
    """Take a value apart: the share by weight, and what the limits made of it."""
    own = result.table.loc[code].to_dict()
    value, base, why = int(own["value"]), own["base"], str(own["why"])
    shown = format_number(value, 0, language)
    by_weight = None if pd.isna(base) else int(base)
    parts = []
    if by_weight is not None:
        basis = basis_words(result.basis, language)
        parts.append(f"{format_number(by_weight, 0, language)} {basis}")
    rest = value - (by_weight or 0)
    if rest or by_weight is None:
        # A floor only lifts and a cap only lowers; else the others moved it.
        if (why == "floor" and rest < 0) or (why == "cap" and rest > 0):
            why = "others"
        sign = ("+ " if rest > 0 else "− ") if parts else ""
        moved = format_number(abs(rest), 0, language)
        parts.append(f"{sign}{moved} {label(f'plan_part_{why}', language)}")
    return f"{place_name(code)}: {shown} = {' '.join(parts)}"


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


def summarise(result: Apportionment, language: Language) -> str:
    """Say what was divided, how, and whose limits count."""
    counts = result.table["why"].value_counts()
    key = "plan_apportion_part" if result.leftover else "plan_apportion_whole"
    divided = label(key, language).format(
        part=format_number(result.total - result.leftover, 0, language),
        total=format_number(result.total, 0, language),
    )
    text = label("plan_apportion_summary", language).format(
        divided=divided,
        n=len(result.table),
        method=label(f"plan_method_{result.method}", language),
        basis=basis_words(result.basis, language),
        **{
            why: int(counts.get(why, 0)) for why in ("floor", "cap", "locked", "others")
        },
    )
    if result.leftover:
        text += " " + label("plan_apportion_leftover", language).format(
            leftover=format_number(result.leftover, 0, language),
            batch=format_number(result.batch, 0, language),
        )
    if decided := int(result.log["kind"].isin(["override", "released"]).sum()):
        text += " " + label("plan_apportion_changed", language).format(n=decided)
    return text
