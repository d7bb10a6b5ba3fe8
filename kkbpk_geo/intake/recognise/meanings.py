"""What one heading can mean by itself, before anyone looks at what stands around it.

In:     one heading. Out: the fields that it can stand for.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kkbpk_geo.catalogue.headings import (
    Heading,
    find_headings,
    groups_in,
    is_personal,
    phrase,
)
from kkbpk_geo.catalogue.programme import is_column
from kkbpk_geo.intake.recognise.spelling import (
    form_path,
    plain,
    says_share,
    without_translation,
)

# A figure where headings are looked for: "1.234", "(12)", "56,7 %".
NUMERIC = re.compile(r"[-+(]*\d[\d\s.,]*\)?\s*%?")
LONGEST_HEADING = 120  # characters; what is longer is a sentence
# What may be left beside a group where the groups themselves are counted.
COUNT = ("", "jumlah")
# Fields over names, codes and dates: what stands below them is data, not a heading.
IDENTIFYING = frozenset(
    ["provinsi", "kabkota", "kecamatan", "desa", "code", "code_kabkota",
     "code_kemendagri", "code_bps", "month", "year", "period", "kind", "name",
     "group_name", "facility_name", "item"]
)  # fmt: skip


def find_lines(folded: str) -> tuple[Heading, ...]:
    """Return the lines of the catalogue for a phrase, in one language or two."""
    return find_headings(folded) or find_headings(without_translation(folded))


@lru_cache(maxsize=8192)
def known_fields(text: str) -> frozenset[str]:
    """Fields a heading can stand for, whatever stands around it; empty if unknown."""
    if not text or len(text) > LONGEST_HEADING:
        return frozenset()
    *_, name = form_path(text)
    if is_column(name.casefold()):
        return frozenset({name.casefold()})
    words = phrase(plain(name))
    found = find_lines(words)
    if not found and (named := groups_in(name)):  # BKB by itself: how many there are
        rest = " ".join(word for word in words.split() if word not in named)
        if rest in COUNT:
            return frozenset({"groups"})
        found = find_headings(rest)
    fields = {heading.field for heading in found}
    if says_share(words):
        fields.add("percent")
    if not fields and is_personal(text):
        fields.add("drop")
    return frozenset(fields)
