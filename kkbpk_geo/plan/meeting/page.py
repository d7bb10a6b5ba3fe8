"""The page of the meeting: an agenda, then each district's matters, then the needs.

Why: whoever leads the meeting needs one sheet with what is to be decided and what hangs
on it; whoever prepares it needs the plans' own words, by district. The districts' years
are long, and stand on the page of the calendar.

In:     an :class:`~kkbpk_geo.plan.align.alignment.Alignment`, text for the minutes.
Out:    HTML text without scripts or outside requests, all text escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.missing import as_float
from kkbpk_geo.base.words import Words, both
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import Family, OverviewRow, as_records, region_anchor, render_page
from kkbpk_geo.plan.align.words import NOTHING, number_text
from kkbpk_geo.plan.lines.words import rupiah_text
from kkbpk_geo.plan.meeting.agenda import (
    AgendaLine,
    NeedRow,
    Voices,
    agenda_lines,
    in_agenda_order,
    need_rows,
    need_themes,
    rupiah_at_stake,
    unbroken,
    voices_of,
)
from kkbpk_geo.plan.year.outlook import look_ahead
from kkbpk_geo.plan.year.parts import only_spoken, year_cells, year_heads
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from kkbpk_geo.plan.align.alignment import Alignment
    from kkbpk_geo.plan.year.outlook import Outlook

_Record: TypeAlias = Mapping[Any, Any]
# Lines of two rows each that a sheet of A4 landscape holds below the message.
MOST_LINES = 18
# Matters of a district on the page; a page of thousands opens slowly and is read by
# nobody. The workbook has them all. Not fewer than the lines of the agenda.
MOST_MATTERS = 60
_AGENDA = (
    "number", "region", "matter", "voice_province", "voice_district", "rupiah",
    "choices", "choice",
)  # fmt: skip
_COLUMNS = ("kind", "work", "period", "field", "base", "province", "district", "note")
_COUNTS = (
    "lines", "agreed", "aligned_share", "conflicts", "double_funding",
    "need_without_activity", "unfunded_need",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Matter:
    """A decision of a district in the plans' own words; its number on the agenda."""

    number: str
    grave: bool
    kind: str
    amount: str
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class _District:
    """A section, and what it leads to.

    ``more`` and ``needs`` are sentences, ``year`` the page of its calendar; empty where
    there is none.
    """

    anchor: str
    heading: str
    matters: Sequence[_Matter]
    more: str
    needs: str
    year: str


@dataclass(frozen=True, slots=True)
class _Said:
    """What the page says in one language, and what it says it of."""

    alignment: Alignment
    outlook: Outlook | None
    voices: Voices
    themes: Sequence[str]
    calendar: str

    @property
    def language(self) -> Language:
        return self.alignment.language

    def say(self, key: str, **known: str) -> str:
        return label(f"meeting_{key}", self.language).format(**known)

    def number(self, value: float) -> str:
        return number_text(value, self.language)

    def content(self) -> dict[str, object]:
        """Return what the template asks for."""
        due = as_records(in_agenda_order(self.alignment.table))
        shown = _shown(due)
        told = [due[number - 1] for number in shown]
        lines = agenda_lines(told, self.voices, self.language, numbers=shown)
        needs = need_rows(self.alignment, self.themes, self.language)
        return {
            "message": self.message(due, len(self.alignment.table) - len(due)),
            "second": self.second(),
            "agenda_title": self.say("agenda"),
            "agenda_heads": list(map(self.say, _AGENDA)),
            "agenda": lines[:MOST_LINES],
            "more": self.more(due),
            "nothing": self.say("nothing"),
            "summary": self.say("summary"),
            "notes": [
                self.alignment.summary(self.language),
                *self.alignment.absence(self.language),
            ],
            **self.overview(lines, needs),
            "calendar": self.calendar,
            "calendar_all": self.say("calendar_all", path=self.calendar),
            "calendar_link": self.say("calendar"),
            **self.districts(due, lines, needs),
            "needs_title": self.say("needs_title"),
            "needs_note": self.say("needs_note"),
            "needs_heads": [self.say("region"), *map(self.theme, self.themes)],
            "needs": needs,
            "minutes_heading": self.say("minutes"),
        }

    def theme(self, key: str) -> str:
        return label(f"theme_{key}", self.language)

    def message(self, due: Sequence[_Record], needs: int) -> str:
        """Say how much is to be decided, what hangs on it, and what is left over."""
        said = self.say("message_none")
        if due:
            said = self.say("message_due", count=self.number(len(due)))
        stake = rupiah_at_stake(due)
        if stake:
            shown = rupiah_text(stake, self.language)
            said += self.say("message_stake", rupiah=shown)
        if needs:
            said += self.say("message_needs", count=self.number(needs))
        return unbroken(f"{said}.")

    def second(self) -> str:
        """Say how much agrees, and whether a plan is absent."""
        lines, agreed = len(self.alignment.compared), self.alignment.agreed
        share = 100 * agreed / lines if lines else None
        said = self.say(
            "second",
            agreed=self.number(agreed),
            lines=self.number(lines),
            share=format_number(share, 1, self.language),
        )
        absent = int(self.alignment.regions["status"].ne("").sum())
        if absent:
            said += f" {self.say('second_absent', count=self.number(absent))}"
        return said

    def more(self, due: Sequence[_Record]) -> str:
        """Say what the first sheet has no room for."""
        return self.left("more", due[MOST_LINES:])

    def left(self, key: str, rest: Sequence[_Record]) -> str:
        """Say how many decisions stand elsewhere, and what hangs on them."""
        if not rest:
            return ""
        stake, rupiah = rupiah_at_stake(rest), ""
        if stake:
            rupiah = f", {rupiah_text(stake, self.language)}"
        return unbroken(self.say(key, count=self.number(len(rest)), rupiah=rupiah))

    def overview(
        self, lines: Sequence[AgendaLine], needs: Sequence[NeedRow]
    ) -> dict[str, object]:
        """Count what is agreed and open by region, without columns that say nothing.

        A name leads to the section of its district, else to its needs.
        """
        anchors = {need.region_code: need.anchor for need in needs}
        anchors |= {line.region_code: line.anchor for line in lines}
        heads = [self.say(key) for key in _COUNTS] + year_heads(self.language)
        regions = self.alignment.regions
        codes = list(map(str, regions.index))
        cells = []
        for code, counts in zip(codes, as_records(regions), strict=True):
            own = [_count(counts[key], key, self.language) for key in _COUNTS]
            cells.append(own + year_cells(self.outlook, code, self.language))
        heads, cells = only_spoken(heads, cells)
        rows = []
        told = zip(codes, as_records(regions), cells, strict=True)
        for code, known, shown in told:
            anchor, note = anchors.get(code, ""), self.status(known["status"])
            rows.append(OverviewRow(known["name"], shown, anchor, note))
        return {"overview_heads": [self.say("region"), *heads], "overview": rows}

    def status(self, kind: str) -> str:
        """Say which plan a district lacks, if it lacks one."""
        return label(f"align_kind_{kind}", self.language) if kind else ""

    def districts(
        self,
        due: Sequence[_Record],
        lines: Sequence[AgendaLine],
        needs: Sequence[NeedRow],
    ) -> dict[str, object]:
        """Give each district with a matter its section, in the order of the codes."""
        columns = _spoken(due)
        lacking = {need.region_code: need for need in needs}
        by_code: dict[str, list[_Record]] = {}
        for record in due:
            by_code.setdefault(record["region_code"], []).append(record)
        own_lines: dict[str, list[AgendaLine]] = {}
        for line in lines:
            own_lines.setdefault(line.region_code, []).append(line)
        found = [
            self.district(own_lines[code], own, columns, lacking.get(code))
            for code, own in sorted(by_code.items())
        ]
        heads = list(map(self.say, ("number", *columns)))
        return {"heads": heads, "districts": found}

    def district(
        self,
        lines: Sequence[AgendaLine],
        own: Sequence[_Record],
        columns: Sequence[str],
        need: NeedRow | None,
    ) -> _District:
        """Return the section of a district: its matters, and what it leads to."""
        code = lines[0].region_code
        count = self.number(len(own))
        heading = self.say("district_heading", region=place_name(code), count=count)
        stake = rupiah_at_stake(own)
        if stake:
            heading += unbroken(f", {rupiah_text(stake, self.language)}")
        # The dearest are first in both.
        told = zip(lines, own, strict=False)
        matters = [self.matter(line, record, columns) for line, record in told]
        more = self.left("district_more", own[len(lines) :])
        needs = self.say("district_needs", count=need.count) if need else ""
        planned = self.outlook is not None and code in self.outlook.regions
        year = self.calendar if planned else ""
        return _District(region_anchor(code), heading, matters, more, needs, year)

    def matter(
        self, line: AgendaLine, record: _Record, columns: Sequence[str]
    ) -> _Matter:
        field = label(f"align_field_{record['field']}", self.language)
        texts = {**record, "field": field}
        amount = ""
        if record["rupiah"]:
            amount = rupiah_text(int(record["rupiah"]), self.language)
        return _Matter(
            number=self.number(line.number),
            grave=line.grave,
            kind=line.kind,
            amount=amount,
            texts=[unbroken(str(texts[key])) for key in columns if key != "kind"],
        )


def meeting_html(
    alignment: Alignment,
    minutes: Words,
    *,
    title: Words = "",
    outlook: Outlook | None = None,
    calendar: str = "",
    family: Family | None = None,
) -> str:
    """Lay a comparison out as one page to show, print or mail.

    Parameters
    ----------
    alignment : Alignment
        Its language is seen first.
    minutes : str, or mapping of a text per language
        The paragraph for the minutes.
    title : str, or mapping of a text per language, optional
    outlook : Outlook, optional
        The year of the districts' plans, where it is at hand.
    calendar : str, optional
        Path, seen from this page, of the page with the districts' years.
    family : Family, optional
        The other pages of the run.

    Returns
    -------
    str
        HTML that needs no script, network or other file.
    """
    outlook = outlook or look_ahead(alignment.districts)
    # What no language changes is looked up once for both.
    voices, themes = voices_of(alignment), need_themes(alignment)

    def said(language: Language) -> dict[str, object]:
        told = _Said(alignment.in_language(language), outlook, voices, themes, calendar)
        head = both(title)[language] or label("meeting_title", language)
        return {"title": head, "minutes": both(minutes)[language], **told.content()}

    return render_page(
        "meeting",
        said,
        language=alignment.language,
        marks=alignment.marks,
        family=family,
    )


def _count(value: object, name: str, language: Language) -> str:
    number = as_float(value)
    if number is None:
        return NOTHING
    digits = 1 if name == "aligned_share" else 0
    return format_number(number, digits, language)


def _shown(due: Sequence[_Record]) -> list[int]:
    """Return the numbers of what has room on the page: the first of each district."""
    count: dict[str, int] = {}
    found = []
    for number, record in enumerate(due, 1):
        code = record["region_code"]
        count[code] = count.get(code, 0) + 1
        if count[code] <= MOST_MATTERS:
            found.append(number)
    return found


def _spoken(due: Sequence[_Record]) -> list[str]:
    """Return the columns in which anything is said."""
    found = []
    for key in _COLUMNS:
        if {row[key] for row in due} - {"", NOTHING}:
            found.append(key)
    return found
