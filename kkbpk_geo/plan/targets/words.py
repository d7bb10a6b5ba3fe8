"""What a target was divided by, in words.

In:     the basis of a Target.
Out:    a phrase in both languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.programme import column_label, is_column


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
