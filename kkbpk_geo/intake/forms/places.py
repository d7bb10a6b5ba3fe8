"""Where the lines of a form are: by its own words, else by those around the table.

Why: most rows of a plan name no place below the kabupaten, and many none at all; the
title names the office. "Semua Kab/Kota" is the province.

In:     a cell LOKASI, titles, names. Out: codes, ``""`` where nothing says it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kkbpk_geo.base.text import fold_words
from kkbpk_geo.intake.cells.titles import find_district_code, find_province_code

_ALL_DISTRICTS = re.compile(
    r"\b(?:semua|seluruh|se) (?:kab|kabupaten|kota)\b|\b\d+ kab(?:upaten)? kota\b"
)
_KIND = re.compile(r"\b(?:kab|kabupaten|kota)\b\.?", re.IGNORECASE)
# Words behind the name of a district in a column of places.
_BELOW = re.compile(
    r"\b(?:semua|seluruh)\s+(?:kecamatan|kelurahan|desa)\b.*", re.IGNORECASE | re.S
)


@lru_cache(maxsize=1 << 14)
def place_in(text: str, province: str) -> str:
    """Return the one place that a cell LOKASI names: a district, or the province.

    Examples
    --------
    >>> place_in("Kab. Pringsewu, Semua Kecamatan, Semua Kelurahan/Desa", "18")
    '18.10'
    >>> place_in("Semua Kab/Kota", "18"), place_in("Aula kantor", "18")
    ('18', '')
    """
    if not text.strip():
        return ""
    if _ALL_DISTRICTS.search(fold_words(text)):
        return province
    return find_district_code([_BELOW.sub("", text).strip(" ,;")], province)


@lru_cache(maxsize=1 << 14)
def district_named(text: str, province: str) -> str:
    """Return the district that a text names behind its kind, ``""`` where none."""
    if not _KIND.search(text):
        return ""
    # Two texts behind it: only the last two may be a bare name.
    return find_district_code([text, "", ""], province)


def office_place(texts: Sequence[str], names: Sequence[str], province: str) -> str:
    """Return where an office is, by its titles and the names of sheet and file."""
    district = find_district_code([*texts, *names], province)
    return district or find_province_code([*texts, *names])
