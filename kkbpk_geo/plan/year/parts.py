"""What pages say of one district's plan: its calendar, its continuity, its progress.

In:     an :class:`~kkbpk_geo.plan.year.outlook.Outlook` and a region.
Out:    HTML parts, all text escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.formats import MONTHS, Language, format_number
from kkbpk_geo.base.missing import as_int, is_missing
from kkbpk_geo.base.words import LANGUAGES
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import as_records, render_part
from kkbpk_geo.plan.align.words import NOTHING, number_text
from kkbpk_geo.plan.lines.words import rupiah_text, unit_text
from kkbpk_geo.plan.year.continuity import PARTS
from kkbpk_geo.plan.year.gantt import GanttWork, gantt_html, gantt_key, gantt_works
from kkbpk_geo.plan.year.lines import work_name
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.plan.year.continuity import Continuity
    from kkbpk_geo.plan.year.outlook import Outlook

# A sign beside the word of a class, so that it is not told by colour alone.
CLASS_SIGNS = {
    "critical": "✕", "behind": "▼", "on_track": "=", "above": "▲",
    "not_reported": "?", "no_target": "–",
}  # fmt: skip
_HEADS = (
    "work", "target", "realised", "physical", "budget", "spent", "absorption", "class",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Work:
    """A line of the table of progress."""

    name: str
    cells: Sequence[str]
    klass: str
    sign: str
    word: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class YearFacts:
    """What a page says of every region in both languages, looked up once.

    ``works`` are those of the calendar, ``progress`` the rows of plan against
    realisation, ``scores`` and ``regions`` the figures of a region, all by its code;
    ``breaks`` the sentences on what breaks off, by language and code.
    """

    outlook: Outlook
    works: Mapping[str, Sequence[GanttWork]]
    progress: Mapping[str, Sequence[Mapping[Any, Any]]]
    scores: Mapping[str, Mapping[Any, Any]]
    regions: Mapping[str, Mapping[Any, Any]]
    breaks: Mapping[Language, Mapping[str, Sequence[str]]]
    reporting: frozenset[str]

    @classmethod
    def of(cls, outlook: Outlook) -> YearFacts:
        """Look the facts of a year up."""
        continuity, monitoring = outlook.continuity, outlook.monitoring
        works: dict[str, list[GanttWork]] = {}
        for work in gantt_works(continuity):
            works.setdefault(work.region_code, []).append(work)
        progress: dict[str, list[Mapping[Any, Any]]] = {}
        for row in as_records(monitoring.at()):
            progress.setdefault(row["region_code"], []).append(row)
        return cls(
            outlook=outlook,
            works=works,
            progress=progress,
            scores=_by_code(continuity.scores),
            regions=_by_code(monitoring.regions),
            breaks={each: _breaks(continuity, each) for each in LANGUAGES},
            reporting=outlook.reporting,
        )


def _breaks(continuity: Continuity, language: Language) -> dict[str, list[str]]:
    """Say what breaks off, by region; the place is left out: a heading names it."""
    said: dict[str, list[str]] = {}
    codes = continuity.table["region_code"]
    for code, text in zip(codes, continuity.sentences(None, language), strict=True):
        place = place_name(code)
        short = text.removeprefix(f"{place}, ").removeprefix(f"{place}: ")
        said.setdefault(code, []).append(short)
    return said


def _by_code(frame: pd.DataFrame) -> dict[str, Mapping[Any, Any]]:
    return dict(zip(map(str, frame.index), as_records(frame), strict=True))


def plan_parts(facts: YearFacts, code: str, anchor: str, language: Language) -> str:
    """Return what is known of a region's plan; nothing where it has no line.

    Parameters
    ----------
    facts : YearFacts
    code : str
        Code of the region.
    anchor : str
        Unique on the page: the heading of the section has the id ``h-<anchor>``.
    language : {"id", "en"}
    """
    works = facts.works.get(code)
    if not works:
        return ""
    continuity = facts.outlook.continuity
    return render_part(
        "year",
        language=language,
        anchor=anchor,
        where=year_line(facts, code, language),
        calendar=gantt_html(continuity, code, language, works=works),
        calendar_key=gantt_key(language),
        score=_score(facts, code, language),
        score_parts=_score_parts(facts, code, language),
        breaks=facts.breaks[language].get(code, ()),
        progress=_say("progress", language),
        progress_anchor=f"progress-{anchor}",
        to_date=_to_date(facts, code, language),
        heads=[_say(key, language) for key in _HEADS],
        works=_works(facts, code, language),
    )


def year_line(facts: YearFacts, code: str, language: Language) -> str:
    """Say where, when and how much: what a sheet must say that lies alone on a desk."""
    months = MONTHS[language]
    return label("plan_page_where", language).format(
        province=place_name(code[:2]),
        first=months[0],
        last=months[-1],
        year=facts.outlook.year,
        works=format_number(len(facts.works[code]), 0, language),
    )


def only_spoken(
    heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[list[str], list[list[str]]]:
    """Leave out the columns that say nothing in any row.

    Examples
    --------
    >>> only_spoken(["Baris", "Fisik"], [["2", "–"], ["3", "–"]])
    (['Baris'], [['2'], ['3']])
    """
    used = [set(column) != {NOTHING} for column in zip(*rows, strict=True)]
    kept = [list(compress(cells, used)) for cells in rows]
    return list(compress(heads, used)), kept


def year_heads(language: Language) -> list[str]:
    """Return the headings of :func:`year_cells`."""
    return [_say(key, language) for key in ("continuity", "physical", "absorption")]


def year_cells(outlook: Outlook | None, code: str, language: Language) -> list[str]:
    """Return a region's continuity, physical and money realisation for a table."""
    values: list[float | None] = [None, None, None]
    if outlook and code in outlook.continuity.scores.index:
        values[0] = 100 * outlook.continuity.scores.loc[code].to_dict()["score"]
    if outlook and code in outlook.monitoring.regions.index:
        own = outlook.monitoring.regions.loc[code].to_dict()
        values[1:] = [own["physical"], own["absorption"]]
    return [percent_text(value, language, 0) for value in values]


def _say(key: str, language: Language) -> str:
    return label(f"plan_page_{key}", language)


def percent_text(value: float | None, language: Language, digits: int = 1) -> str:
    """Write a percentage; an en dash where there is none."""
    shown = format_number(value, digits, language)
    return shown if shown == "–" else f"{shown} %"


def _score(facts: YearFacts, code: str, language: Language) -> str:
    """Say a district's continuity as one percentage."""
    score = percent_text(100 * facts.scores[code]["score"], language, 0)
    return f"{_say('continuity', language)} {score}"


def _score_parts(facts: YearFacts, code: str, language: Language) -> str:
    """Say what the percentage is the mean of."""
    parts = []
    for part in PARTS:
        percent = percent_text(100 * facts.scores[code][part], language, 0)
        parts.append(f"{_say(f'part_{part}', language)} {percent}")
    return f"{_say('mean_of', language)}: {'; '.join(parts)}"


def _to_date(facts: YearFacts, code: str, language: Language) -> str:
    """Say how far the district is, or that it has reported nothing."""
    if code not in facts.reporting:
        works = len(facts.progress.get(code, ()))
        said = label("plan_page_no_report", language)
        return said.format(works=format_number(works, 0, language))
    own = facts.regions[code]
    said = label("plan_page_to_date", language).format(
        physical=percent_text(own["physical"], language),
        absorption=percent_text(own["absorption"], language),
        klass=label(f"plan_class_{own['klass']}", language),
        reported=int(own["reported"]),
        works=int(own["works"]),
    )
    if own["pattern"]:
        said += f" {label('plan_pattern_' + own['pattern'], language).capitalize()}."
    return said


def _works(facts: YearFacts, code: str, language: Language) -> list[_Work]:
    """Hold plan against realisation, work by work; nothing where none is told."""
    if code not in facts.reporting:
        return []
    return [_work(row, language) for row in facts.progress[code]]


def _work(row: Mapping[Any, Any], language: Language) -> _Work:
    unit = unit_text(row["unit"], language)
    klass = row["klass"]
    cells = [
        _count(row["target"], unit, language),
        _count(row["realised"], unit, language),
        percent_text(row["physical"], language),
        rupiah_text(as_int(row["budget"]), language),
        rupiah_text(as_int(row["spent"]), language),
        percent_text(row["absorption"], language),
    ]
    name = work_name(row["work"], row["text"], language)
    word = label(f"plan_class_{klass}", language)
    return _Work(name, cells, klass, CLASS_SIGNS[klass], word)


def _count(value: float, unit: str, language: Language) -> str:
    if is_missing(value):
        return "–"
    return f"{number_text(float(value), language)} {unit}".strip()
