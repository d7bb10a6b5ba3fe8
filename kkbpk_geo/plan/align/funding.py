"""Who funds what: a row per region, year, work and source, the two plans side by side.

Why: before anybody talks of double funding, both sides look at one table that adds up
to their plans, to the rupiah.

In:     an Alignment. Out: a frame, in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.plan.align.alignment import Alignment
from kkbpk_geo.plan.align.funds import Works, paid_works
from kkbpk_geo.plan.align.matching import VOICES, Key, Line, Side
from kkbpk_geo.plan.align.words import line_work
from kkbpk_geo.plan.lines.words import fund_text
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    import pandas as pd

FUNDING = (
    "region_code", "region", "year", "work", "fund", "province", "district", "paid_by",
)  # fmt: skip


def funding_table(
    alignment: Alignment, language: Language | None = None
) -> pd.DataFrame:
    """Return who pays for what: a row per region, year, work and source of funds.

    Parameters
    ----------
    alignment : Alignment
    language : {"id", "en"}, optional
        Of the words; that of the comparison if left out.

    Returns
    -------
    DataFrame
        ``region_code, region, year, work, fund`` (words), ``province, district``
        (Int64, rupiah of each plan; missing where it pays nothing from the source),
        ``paid_by`` (of the work as a whole: ``province``, ``district`` or ``both``).

    Examples
    --------
    >>> from kkbpk_geo.plan import align_plans, make_plan
    >>> line = {"region_code": "18.11", "activity_text": "KIE", "year": 2026}
    >>> ours = make_plan([{**line, "budget": 5, "fund_text": "APBN"}], owner="province")
    >>> theirs = make_plan([{**line, "budget": 7, "fund_text": "BOKB"}])
    >>> found = funding_table(align_plans(None, ours, theirs), "en")
    >>> list(found["paid_by"]), int(found["province"].sum())
    (['both', 'both'], 5)
    >>> int(found["district"].sum())
    7
    """
    import pandas as pd

    language = language or alignment.language
    rows = []
    works = paid_works(alignment.cells)
    payers = _payers(works)
    for key in sorted(works):
        sides = works[key]
        first = next(iter(sides.values()))[0]
        region, year, *_ = key
        named = (region, place_name(region), year or None, line_work(first, language))
        paying = payers[first.key]
        by = "both" if len(paying) == len(VOICES) else next(iter(paying))
        for fund, said in _by_fund(sides, language).items():
            paid = (said.get(side) for side in VOICES)
            rows.append((*named, fund, *paid, by))
    frame = pd.DataFrame(rows, columns=list(FUNDING))
    return frame.astype({"year": "Int64", "province": "Int64", "district": "Int64"})


def _payers(works: Works) -> dict[Key, set[Side]]:
    """Return who pays for work; a whole and its parts are paid by the same."""
    found: dict[Key, set[Side]] = {}
    for sides in works.values():
        for side, lines in sides.items():
            for line in lines:
                found.setdefault(line.key, set()).add(side)
    return found


def _by_fund(
    sides: Mapping[Side, Sequence[Line]], language: Language
) -> dict[str, dict[Side, int]]:
    """Return the rupiah of each source of funds, by side; the sources in order."""
    found: dict[str, dict[Side, int]] = {}
    for side, lines in sides.items():
        for line in lines:
            own = line.stated
            unsaid = label("align_fund_unsaid", language)
            name = fund_text(own.fund, own.fund_text, language) or unsaid
            paid = found.setdefault(name, {})
            paid[side] = paid.get(side, 0) + (line.budget or 0)
    return dict(sorted(found.items()))
