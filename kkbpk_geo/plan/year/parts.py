"""What pages say of one district's plan: its calendar, its continuity, its progress.

In:     an :class:`~kkbpk_geo.plan.year.outlook.Outlook` and a region.
Out:    HTML parts, all text escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.missing import as_int, is_missing
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import render_part
from kkbpk_geo.plan.align.words import number_text
from kkbpk_geo.plan.lines.words import rupiah_text, unit_text
from kkbpk_geo.plan.year.continuity import PARTS
from kkbpk_geo.plan.year.gantt import gantt_html, gantt_key
from kkbpk_geo.plan.year.lines import work_name
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    import pandas as pd

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


def plan_parts(outlook: Outlook, code: str, anchor: str, language: Language) -> str:
    """Return what is known of a region's plan; nothing where it has no line.

    Parameters
    ----------
    outlook : Outlook
    code : str
        Code of the region.
    anchor : str
        Unique on the page: the heading of the section has the id ``h-<anchor>``.
    language : {"id", "en"}
    """
    if code not in outlook.regions:
        return ""
    return render_part(
        "year",
        language=language,
        anchor=anchor,
        calendar=gantt_html(outlook.continuity, code, language),
        calendar_key=gantt_key(language),
        score=_score(outlook, code, language),
        score_parts=_score_parts(outlook, code, language),
        breaks=_breaks(outlook, code, language),
        progress=_say("progress", language),
        progress_anchor=f"progress-{anchor}",
        to_date=_to_date(outlook, code, language),
        heads=[_say(key, language) for key in _HEADS],
        works=_works(outlook, code, language),
    )


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


def _score(outlook: Outlook, code: str, language: Language) -> str:
    """Say a district's continuity as one percentage."""
    score = outlook.continuity.scores.loc[code].to_dict()["score"]
    return f"{_say('continuity', language)} {percent_text(100 * score, language, 0)}"


def _score_parts(outlook: Outlook, code: str, language: Language) -> str:
    """Say what the percentage is the mean of."""
    scores = outlook.continuity.scores.loc[code].to_dict()
    parts = []
    for part in PARTS:
        percent = percent_text(100 * scores[part], language, 0)
        parts.append(f"{_say(f'part_{part}', language)} {percent}")
    return f"{_say('mean_of', language)}: {'; '.join(parts)}"


def _breaks(outlook: Outlook, code: str, language: Language) -> list[str]:
    """Say what breaks off; the place is left out, which the heading names."""
    place = place_name(code)
    return [
        sentence.removeprefix(f"{place}, ").removeprefix(f"{place}: ")
        for sentence in outlook.continuity.sentences(code, language)
    ]


def _own_rows(outlook: Outlook, code: str) -> pd.DataFrame:
    rows = outlook.monitoring.at()
    return rows[rows["region_code"] == code]


def _to_date(outlook: Outlook, code: str, language: Language) -> str:
    """Say how far the district is, or that it has reported nothing."""
    if code not in outlook.reporting:
        works = len(_own_rows(outlook, code))
        said = label("plan_page_no_report", language)
        return said.format(works=format_number(works, 0, language))
    own = outlook.monitoring.regions.loc[code].to_dict()
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


def _works(outlook: Outlook, code: str, language: Language) -> list[_Work]:
    """Hold plan against realisation, work by work; nothing where none is told."""
    if code not in outlook.reporting:
        return []
    return [_work(row, language) for _, row in _own_rows(outlook, code).iterrows()]


def _work(row: pd.Series[Any], language: Language) -> _Work:
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
