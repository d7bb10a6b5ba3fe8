"""Findings as one page to read, print or mail; it needs nothing else.

Why: a habit that fills a thousand rows is mended once. The page says each cause once,
gravest first, with its spots folded in; a district finds its own by its name.

In:     findings. Out: HTML text without scripts or outside requests, all text escaped.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.findings import SEVERITIES
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.findings.causes import Cause, Spot, causes_of, what_and_effect
from kkbpk_geo.findings.record import Finding, Severity
from kkbpk_geo.findings.summary import counted, message, second_line, severities
from kkbpk_geo.findings.words import (
    Reported,
    Share,
    count_severities,
    findings_of,
    remedy_text,
    share_findings,
)
from kkbpk_geo.io import Family, region_anchor, render_page

# Ranges of rows and values in a line; further rows open on demand.
ROWS_SHOWN, VALUES_SHOWN = 8, 3
# Spots of a cause on paper: about a quarter of a page. All of them are in the workbook.
PRINTED = 12
# Districts named beside a cause; of more their number is said.
NAMED = 2
_PAGE = "findings"
# Of the shares that are no region: what concerns all, and what could not be placed.
_ANCHORS = {"": "umum", "?": "lain"}
_SIGNS = {"error": "!", "warning": "!", "info": "i"}


@dataclass(frozen=True, slots=True)
class _Row:
    """A district in the table beside the causes; what is nought is a dash."""

    anchor: str
    name: str
    counts: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A line of a cause's table; ``more_rows`` open on demand."""

    district: str
    place: str
    rows: str
    more: str
    more_rows: str
    written: str
    count: str


@dataclass(frozen=True, slots=True)
class _Cause:
    anchor: str
    title: str
    column: str
    about: str
    facts: Sequence[tuple[str, str]]
    spots: Sequence[_Spot]
    spots_title: str
    not_printed: str


@dataclass(frozen=True, slots=True)
class _Group:
    """The causes of one severity."""

    severity: str
    sign: str
    title: str
    about: str
    causes: Sequence[_Cause]


@dataclass(frozen=True, slots=True)
class _Line:
    """A cause as a district reads it: a way to it, and how often it is found there."""

    anchor: str
    severity: str
    sign: str
    word: str
    title: str
    column: str
    count: str


@dataclass(frozen=True, slots=True)
class _District:
    anchor: str
    name: str
    about: str
    lines: Sequence[_Line]


def findings_html(
    findings: Iterable[Finding] | Reported,
    language: Language = "id",
    *,
    title: str | None = None,
    family: Family | None = None,
) -> str:
    """Lay findings out as one page: each cause once, then what concerns each district.

    Parameters
    ----------
    findings : iterable of Finding, or a result that has findings
        Not folded. Of a result (an intake, a plan, a run) its marks are shown, too.
    language : {"id", "en"}
        The one that is seen first.
    title : str, optional
    family : Family, optional
        The other pages of the run, and the workbook that says the same.

    Returns
    -------
    str
        HTML that needs no script, network or other file.
    """
    found, marks = findings_of(findings)
    book = posixpath.basename(family.book(_PAGE)) if family else ""

    def said(language: Language) -> dict[str, object]:
        shares = share_findings(found, language)
        return {
            "title": title or label("feedback_title", language),
            **_Said(shares, language, book).content(),
        }

    return render_page(_PAGE, said, language=language, marks=marks, family=family)


class _Said:
    """What the page says in one language."""

    def __init__(self, shares: Sequence[Share], language: Language, book: str) -> None:
        self._shares, self._language, self._book = shares, language, book
        self._causes = causes_of(shares)
        self._anchors = {
            (cause.code, cause.column): f"sebab-{n}"
            for n, cause in enumerate(self._causes, 1)
        }

    def content(self) -> dict[str, object]:
        """Return what the template asks for."""
        shares, language = self._shares, self._language
        rail = [self._row(share) for share in shares]
        districts = [self._district(share) for share in shares]
        return {
            "message": message(shares, language),
            "second": second_line(shares, self._causes, language),
            "rail_title": self._say("feedback_by_district"),
            "rail_head": self._say("feedback_region"),
            "signs": self._signs(),
            "rail": rail,
            "total": self._total(),
            "download": self._say("feedback_book").format(book=self._book),
            "book_note": self._say("feedback_book_note"),
            "elsewhere": self._elsewhere(),
            "spot_heads": self._spot_heads(),
            "groups": self._groups(),
            "districts_title": self._say("feedback_each_district"),
            "districts": districts,
        }

    def _say(self, key: str) -> str:
        return label(key, self._language)

    def _word(self, severity: str) -> str:
        return label(f"finding_severity_{severity}", self._language)

    def _number(self, n: int) -> str:
        return format_number(n, 0, self._language)

    def _signs(self) -> list[tuple[str, str, str]]:
        return [(key, _SIGNS[key], self._word(key)) for key in SEVERITIES]

    # Beside the causes: the districts.

    def _row(self, share: Share) -> _Row:
        return _Row(_anchor(share), share.name, self._counts(share.findings))

    def _total(self) -> _Row:
        every = [found for share in self._shares for found in share.findings]
        return _Row("", self._say("feedback_all"), self._counts(every))

    def _counts(self, findings: Iterable[Finding]) -> list[str]:
        # A dash is quieter than nought, so that what is there stands out.
        counts = count_severities(findings).values()
        return [format_number(n or None, 0, self._language) for n in counts]

    # The causes.

    def _spot_heads(self) -> list[str]:
        keys = ("region", "file", "rows", "written", "count")
        return [label(f"feedback_{key}", self._language) for key in keys]

    def _groups(self) -> list[_Group]:
        groups = []
        for severity in SEVERITIES:
            causes = [each for each in self._causes if each.severity == severity]
            if causes:
                groups.append(self._group(severity, causes))
        return groups

    def _group(self, severity: Severity, causes: Sequence[Cause]) -> _Group:
        n = sum(len(cause.findings) for cause in causes)
        counts = (
            counted("finding", n, self._language),
            counted("cause", len(causes), self._language),
        )
        asked = label(f"feedback_group_{severity}", self._language)
        return _Group(
            severity=severity,
            sign=_SIGNS[severity],
            title=self._word(severity).capitalize(),
            about=f"{', '.join(counts)}: {asked}",
            causes=[self._cause(cause) for cause in causes],
        )

    def _cause(self, cause: Cause) -> _Cause:
        spots = [self._spot(spot, cause) for spot in cause.spots]
        # One spot of few rows is said in a line.
        folded = len(spots) > 1 or bool(spots[0].more)
        hidden = len(spots) - PRINTED
        return _Cause(
            anchor=self._anchors[cause.code, cause.column],
            title=cause.title(self._language),
            column=cause.column,
            about=self._about(cause),
            facts=self._facts(cause, told=not folded),
            spots=spots if folded else (),
            spots_title=counted("spot", len(spots), self._language),
            not_printed=self._more("spot", hidden),
        )

    def _about(self, cause: Cause) -> str:
        shares = cause.shares
        where = ", ".join(share.name for share in shares)
        if len(shares) > NAMED:
            where = counted("district", len(shares), self._language)
        n = counted("finding", len(cause.findings), self._language)
        return f"{where} · {n}"

    def _facts(self, cause: Cause, *, told: bool) -> list[tuple[str, str]]:
        """Say where, what, what becomes of it, what to do; the unknown is left out."""
        first = cause.spots[0].findings[0]
        what, effect = what_and_effect(first, self._language)
        key = "what" if len(cause.findings) == 1 else "example"
        facts = [
            ("where", self._where(cause)),
            (key, what),
            ("consequence", effect),
            ("action", remedy_text(first, self._language)),
        ]
        shown = facts if told else facts[1:]
        return [
            (label(f"feedback_{key}", self._language), text)
            for key, text in shown
            if text
        ]

    def _where(self, cause: Cause) -> str:
        """Say where the only spot of a cause is, every row of it."""
        spot = cause.spots[0]
        places = [spot.file]
        if spot.sheet:
            sheet = self._say("finding_in_sheet").format(sheet=spot.sheet)
            places.append(sheet)
        if rows := spot.rows():
            places.append(self._say("finding_in_row").format(row=", ".join(rows)))
        where = ", ".join(place for place in places if place)
        named = spot.findings[0].place if len(spot.findings) == 1 else ""
        return f"{where} ({named})" if named else where

    def _spot(self, spot: Spot, cause: Cause) -> _Spot:
        ranges = spot.rows()
        more = ranges[ROWS_SHOWN:]
        return _Spot(
            district=spot.share.name,
            place=" · ".join(part for part in (spot.file, spot.sheet) if part),
            rows=", ".join(ranges[:ROWS_SHOWN]),
            more=self._more("range", len(more)),
            more_rows=", ".join(more),
            written=self._written(spot, cause),
            count=self._number(len(spot.findings)),
        )

    def _written(self, spot: Spot, cause: Cause) -> str:
        values = spot.values()
        shown = values[:VALUES_SHOWN]
        if len(values) > VALUES_SHOWN:
            shown.append("…")
        heading = "" if cause.column else spot.column
        return ": ".join(part for part in (heading, "; ".join(shown)) if part)

    def _more(self, noun: str, n: int) -> str:
        if n <= 0:
            return ""
        things = counted(noun, n, self._language)
        return self._say("feedback_more").format(things=things)

    def _elsewhere(self) -> str:
        """Say where the rows and spots stand for which paper has no room."""
        book = self._book or self._say("feedback_on_screen")
        return self._say("feedback_elsewhere").format(book=book)

    # What a district reads of it.

    def _district(self, share: Share) -> _District:
        return _District(
            anchor=_anchor(share),
            name=share.name,
            about=severities(share.findings, self._language),
            lines=[self._line(cause) for cause in causes_of([share])],
        )

    def _line(self, cause: Cause) -> _Line:
        return _Line(
            anchor=self._anchors[cause.code, cause.column],
            severity=cause.severity,
            sign=_SIGNS[cause.severity],
            word=self._word(cause.severity),
            title=cause.title(self._language),
            column=cause.column,
            count=counted("finding", len(cause.findings), self._language),
        )


def _anchor(share: Share) -> str:
    return _ANCHORS.get(share.code) or region_anchor(share.code)
