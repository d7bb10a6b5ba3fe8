"""The page of one plan: every district's calendar, continuity and progress.

Why: whoever checks a plan looks before they read; the tables beside this page hold the
same figures.

In:     a Plan. Out: HTML text without scripts or outside requests, all text escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.base.words import Words, both
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import Family, OverviewRow, region_anchor, render_page
from kkbpk_geo.plan.year.outlook import Outlook, look_ahead
from kkbpk_geo.plan.year.parts import (
    YearFacts,
    only_spoken,
    plan_parts,
    year_cells,
    year_heads,
)
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from kkbpk_geo.plan.lines.plan import Plan

_NAMED = 3  # districts in the message: where to look first, not a list of all


@dataclass(frozen=True, slots=True)
class _District:
    """A section; ``year`` is HTML, empty where the district plans nothing."""

    anchor: str
    name: str
    year: str


def plan_html(
    plan: Plan,
    language: Language = "id",
    *,
    outlook: Outlook | None = None,
    title: Words = "",
    marks: Marks | None = None,
    family: Family | None = None,
) -> str:
    """Lay one plan out as a page: what it says, then each district's year.

    Parameters
    ----------
    plan : Plan
    language : {"id", "en"}
    outlook : Outlook, optional
        As :func:`kkbpk_geo.plan.year.outlook.look_ahead` gives it, where it is at hand.
    title : str, or mapping of a text per language, optional
    marks : Marks, optional
        Those of the plan unless a run knows more.
    family : Family, optional
        The other pages of the run.

    Returns
    -------
    str
        HTML that needs no script, network or other file.
    """
    outlook = outlook or look_ahead(plan)
    year = "" if outlook is None else str(outlook.year)
    # What no language changes is looked up once for both.
    facts = None if outlook is None else YearFacts.of(outlook)

    def said(language: Language) -> dict[str, object]:
        spoken = _say("title", language).format(year=year).strip()
        return {
            "title": both(title)[language] or spoken,
            **_message(facts, language),
            "notes": _notes(plan, outlook, language),
            "summary": _say("summary", language),
            **_overview(facts, language),
            "districts": _districts(facts, language),
            "no_work": _say("no_work", language),
        }

    marks = plan.marks if marks is None else marks
    return render_page("plan", said, language=language, marks=marks, family=family)


def _say(key: str, language: Language) -> str:
    return label(f"plan_page_{key}", language)


def _notes(plan: Plan, outlook: Outlook | None, language: Language) -> list[str]:
    """Say what the plan holds, and how its year looks as far as it can be told."""
    said = [plan.summary(language)]
    if outlook is None:
        return [*said, _say("nothing", language)]
    return [
        *said,
        outlook.continuity.summary(language),
        outlook.monitoring.summary(language),
    ]


def _codes(outlook: Outlook) -> list[str]:
    return sorted((*outlook.regions, *outlook.idle))


def _message(facts: YearFacts | None, language: Language) -> dict[str, str]:
    """Say how much is planned, and how much of it breaks off, most of it where."""
    if facts is None:
        return {}
    works = {code: len(own) for code, own in facts.works.items()}
    # The province has work of its own, and is no district.
    districts = [code for code in works if "." in code]
    said = _say("message", language).format(
        works=format_number(sum(works.values()), 0, language),
        districts=format_number(len(districts), 0, language),
        year=facts.outlook.year,
    )
    breaks = facts.breaks[language]
    count = sum(map(len, breaks.values()))
    if not count:
        return {"message": said + _say("message_whole", language)}
    shown = format_number(count, 0, language)
    said += _say("message_breaks", language).format(count=shown)
    most = [f"{place_name(code)} ({len(breaks[code])})" for code in _worst(breaks)]
    if most:
        said += _say("message_most", language).format(most=", ".join(most))
    return {"message": f"{said}."}


def _worst(breaks: Mapping[str, Sequence[str]]) -> list[str]:
    """Name whose year breaks off most; not some of many that are alike."""
    order = sorted(breaks, key=lambda code: (-len(breaks[code]), code))
    after = order[_NAMED : _NAMED + 1]
    most = max((len(breaks[code]) for code in after), default=0)
    return [code for code in order[:_NAMED] if len(breaks[code]) > most]


def _overview(facts: YearFacts | None, language: Language) -> dict[str, object]:
    """Count works by region, without the columns that say nothing."""
    if facts is None:
        return {"heads": [], "overview": []}
    codes = _codes(facts.outlook)
    cells = []
    for code in codes:
        own = format_number(len(facts.works.get(code, ())), 0, language)
        cells.append([own, *year_cells(facts.outlook, code, language)])
    heads = [_say("works", language), *year_heads(language)]
    heads, kept = only_spoken(heads, cells)
    rows = [
        OverviewRow(place_name(code), own, region_anchor(code))
        for code, own in zip(codes, kept, strict=True)
    ]
    return {"heads": [_say("region", language), *heads], "overview": rows}


def _districts(facts: YearFacts | None, language: Language) -> list[_District]:
    if facts is None:
        return []
    found = []
    for code in _codes(facts.outlook):
        anchor = region_anchor(code)
        year = plan_parts(facts, code, anchor, language)
        found.append(_District(anchor, place_name(code), year))
    return found
