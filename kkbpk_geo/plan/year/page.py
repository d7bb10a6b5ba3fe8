"""The page of one plan: every district's calendar, continuity and progress.

Why: whoever checks a plan looks before they read; the tables beside this page hold the
same figures.

In:     a Plan. Out: HTML text without scripts or outside requests, all text escaped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import Family, OverviewRow, region_anchor, render_page
from kkbpk_geo.plan.year.outlook import Outlook, look_ahead
from kkbpk_geo.plan.year.parts import plan_parts, year_cells, year_heads
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from kkbpk_geo.plan.lines.plan import Plan


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
    title: str = "",
    family: Family | None = None,
) -> str:
    """Lay one plan out as a page: what it says, then each district's year.

    Parameters
    ----------
    plan : Plan
    language : {"id", "en"}
    outlook : Outlook, optional
        As :func:`kkbpk_geo.plan.year.outlook.look_ahead` gives it, where it is at hand.
    title : str, optional
    family : Family, optional
        The other pages of the run.

    Returns
    -------
    str
        HTML that needs no script, network or other file.
    """
    outlook = outlook or look_ahead(plan)
    year = "" if outlook is None else str(outlook.year)

    def said(language: Language) -> dict[str, object]:
        return {
            "title": title or _say("title", language).format(year=year).strip(),
            "notes": _notes(plan, outlook, language),
            "summary": _say("summary", language),
            "heads": [
                _say("region", language),
                _say("works", language),
                *year_heads(language),
            ],
            "overview": _overview(outlook, language),
            "districts": _districts(outlook, language),
            "no_work": _say("no_work", language),
        }

    return render_page("plan", said, language=language, marks=plan.marks, family=family)


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


def _overview(outlook: Outlook | None, language: Language) -> list[OverviewRow]:
    if outlook is None:
        return []
    works = outlook.continuity.calendar.index.get_level_values("region_code")
    rows = []
    for code in _codes(outlook):
        own = format_number(int((works == code).sum()), 0, language)
        cells = [own, *year_cells(outlook, code, language)]
        rows.append(OverviewRow(place_name(code), cells, region_anchor(code)))
    return rows


def _districts(outlook: Outlook | None, language: Language) -> list[_District]:
    if outlook is None:
        return []
    found = []
    for code in _codes(outlook):
        anchor = region_anchor(code)
        year = plan_parts(outlook, code, anchor, language)
        found.append(_District(anchor, place_name(code), year))
    return found
