"""The page of the meeting: what is agreed, what to decide, and each district's year.

In:     an :class:`~kkbpk_geo.plan.align.alignment.Alignment`, text for the minutes.
Out:    HTML text without scripts or outside requests, all text escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.missing import as_float
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import Family, OverviewRow, as_records, region_anchor, render_page
from kkbpk_geo.plan.align.table import CONFLICTS, NO_PLANS
from kkbpk_geo.plan.align.words import NOTHING, number_text
from kkbpk_geo.plan.lines.words import rupiah_text
from kkbpk_geo.plan.year.outlook import look_ahead
from kkbpk_geo.plan.year.parts import plan_parts, year_cells, year_heads
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.plan.align.alignment import Alignment
    from kkbpk_geo.plan.year.outlook import Outlook

_COLUMNS = ("kind", "work", "period", "field", "base", "province", "district", "note")
_COUNTS = (
    "lines", "agreed", "aligned_share", "decisions", "conflicts", "double_funding",
    "unfunded_need",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    """What is due: its kind, the rupiah it is about, the other columns."""

    weight: str
    kind: str
    amount: str
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class _District:
    """A section; ``year`` is HTML, empty where there is no plan to look at."""

    anchor: str
    heading: str
    due: Sequence[_Line]
    year: str


def meeting_html(
    alignment: Alignment,
    minutes: str,
    *,
    title: str = "",
    outlook: Outlook | None = None,
    family: Family | None = None,
) -> str:
    """Lay a comparison out as one page to show, print or mail.

    Parameters
    ----------
    alignment : Alignment
        Its language is seen first.
    minutes : str
        The paragraph for the minutes.
    title : str, optional
    outlook : Outlook, optional
        The year of the districts' plans, where it is at hand.
    family : Family, optional
        The other pages of the run.

    Returns
    -------
    str
        HTML that needs no script, network or other file.
    """
    language = alignment.language
    outlook = outlook or look_ahead(alignment.districts)

    def said(language: Language) -> dict[str, object]:
        head = title or label("meeting_title", language)
        told = _said(replace(alignment, language=language), outlook)
        return {"title": head, "minutes": minutes, **told}

    marks = alignment.marks
    return render_page("meeting", said, language=language, marks=marks, family=family)


def _said(alignment: Alignment, outlook: Outlook | None) -> dict[str, object]:
    """Return what the page says in the language of the alignment."""
    language = alignment.language
    due = dict(iter(alignment.table.groupby("region_code", sort=True)))
    codes = {*map(str, due)}
    if outlook:
        codes |= {*outlook.regions}
    districts = [
        _district(code, due.get(code), outlook, language) for code in sorted(codes)
    ]
    return {
        "notes": [alignment.summary(language), *alignment.absence(language)],
        "summary": _say("summary", language),
        "overview_heads": _overview_heads(language),
        "overview": _overview(alignment, outlook, codes),
        "heads": [_say(key, language) for key in _COLUMNS],
        "nothing": _say("nothing", language),
        "districts": districts,
        "minutes_heading": _say("minutes", language),
    }


def _say(key: str, language: Language) -> str:
    return label(f"meeting_{key}", language)


def _count(value: object, name: str, language: Language) -> str:
    number = as_float(value)
    if number is None:
        return NOTHING
    digits = 1 if name == "aligned_share" else 0
    return format_number(number, digits, language)


def _overview_heads(language: Language) -> list[str]:
    counts = [_say(key, language) for key in _COUNTS]
    return [_say("region", language), *counts, *year_heads(language)]


def _overview(
    alignment: Alignment, outlook: Outlook | None, here: set[str]
) -> list[OverviewRow]:
    """Count what is agreed and open by region; ``here`` have a section to go to."""
    language = alignment.language
    rows = []
    for code, line in alignment.regions.iterrows():
        cells = [_count(line[key], key, language) for key in _COUNTS]
        cells += year_cells(outlook, str(code), language)
        anchor = region_anchor(str(code)) if code in here else ""
        note = _kind_word(line["status"], language) if line["status"] else ""
        rows.append(OverviewRow(line["name"], cells, anchor, note))
    return rows


def _kind_word(kind: str, language: Language) -> str:
    return label(f"align_kind_{kind}", language)


def _district(
    code: str, rows: pd.DataFrame | None, outlook: Outlook | None, language: Language
) -> _District:
    anchor = region_anchor(code)
    due = []
    if rows is not None:
        due = [_line(record, language) for record in as_records(rows)]
    year = ""
    if outlook:
        year = plan_parts(outlook, code, anchor, language)
    total = number_text(len(due), language)
    return _District(anchor, f"{place_name(code)} ({total})", due, year)


def _line(record: dict[Any, Any], language: Language) -> _Line:
    grave = record["kind"] in (*NO_PLANS, *CONFLICTS)
    weight = "grave" if grave else "other"
    amount = ""
    if record["rupiah"]:
        amount = rupiah_text(int(record["rupiah"]), language)
    texts = {**record, "field": label(f"align_field_{record['field']}", language)}
    return _Line(
        weight=weight,
        kind=_kind_word(record["kind"], language),
        amount=amount,
        texts=[str(texts[key]) for key in _COLUMNS[1:]],
    )
