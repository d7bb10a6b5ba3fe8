"""Findings as one page to read, print or mail; it needs nothing else.

In:     findings. Out: HTML text without scripts or outside requests, all text escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.findings import SEVERITIES
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.findings.record import Finding
from kkbpk_geo.findings.words import (
    Reported,
    Share,
    count_severities,
    finding_sentence,
    findings_of,
    fold_findings,
    remedy_text,
    share_findings,
)
from kkbpk_geo.io import Family, OverviewRow, region_anchor, render_page

# Ranges of rows; the others open on demand, or a page of one habit is all rows.
ROWS_SHOWN = 8
_COLUMNS = ("severity", "finding", "file", "rows", "remedy")
# Of the shares that are no region: what concerns all, and what could not be placed.
_ANCHORS = {"": "umum", "?": "lain"}


@dataclass(frozen=True, slots=True)
class _Fault:
    """A line of a district's table; ``more_rows`` open on demand."""

    severity: str
    severity_word: str
    sentence: str
    place: str
    rows: str
    more_rows: str
    remedy: str


@dataclass(frozen=True, slots=True)
class _District:
    anchor: str
    name: str
    faults: Sequence[_Fault]


def findings_html(
    findings: Iterable[Finding] | Reported,
    language: Language = "id",
    *,
    title: str | None = None,
    family: Family | None = None,
) -> str:
    """Lay findings out as one page: counts by severity, then each kabupaten/kota.

    The same fault in one column of one sheet is said once per kabupaten/kota, with
    every row where it stands.

    Parameters
    ----------
    findings : iterable of Finding, or a result that has findings
        Not folded. Of a result (an intake, a plan, a run) its marks are shown, too.
    language : {"id", "en"}
        The one that is seen first.
    title : str, optional
    family : Family, optional
        The other pages of the run.

    Returns
    -------
    str
        HTML that needs no script, network or other file.
    """
    found, marks = findings_of(findings)

    def said(language: Language) -> dict[str, object]:
        return {
            "title": title or label("feedback_title", language),
            **_said(found, language),
        }

    return render_page("findings", said, language=language, marks=marks, family=family)


def _said(found: Sequence[Finding], language: Language) -> dict[str, object]:
    """Return what the page says in one language."""
    shares = share_findings(found, language)
    severities = [_severity_word(severity, language) for severity in SEVERITIES]
    districts = [_district(share, language) for share in shares]
    return {
        "none_found": label("feedback_none", language),
        "summary": label("feedback_summary", language),
        "summary_heads": [
            label("feedback_region", language),
            *severities,
            label("feedback_all", language),
        ],
        "overview": _overview(shares, language),
        "heads": [label(f"feedback_{column}", language) for column in _COLUMNS],
        "districts": districts,
    }


def _severity_word(severity: str, language: Language) -> str:
    return label(f"finding_severity_{severity}", language)


def _anchor(share: Share) -> str:
    return _ANCHORS.get(share.code) or region_anchor(share.code)


def _overview(shares: Sequence[Share], language: Language) -> list[OverviewRow]:
    """Count each share's findings by severity, and those of all."""
    rows = [
        OverviewRow(share.name, _counts(share.findings, language), _anchor(share))
        for share in shares
    ]
    every = [found for share in shares for found in share.findings]
    total = OverviewRow(label("feedback_all", language), _counts(every, language))
    return [*rows, total]


def _counts(findings: Iterable[Finding], language: Language) -> list[str]:
    counts = list(count_severities(findings).values())
    return [format_number(n, 0, language) for n in (*counts, sum(counts))]


def _district(share: Share, language: Language) -> _District:
    """One district: each fault once, gravest first."""
    rows_of: dict[tuple[str, ...], list[int]] = {}
    for found in share.findings:
        if found.row is not None:
            rows_of.setdefault(_kind_of(found), []).append(found.row)
    folded = sorted(
        fold_findings(share.findings), key=lambda f: SEVERITIES.index(f.severity)
    )
    faults = [
        _fault(found, rows_of.get(_kind_of(found), []), language) for found in folded
    ]
    return _District(_anchor(share), share.name, faults)


def _kind_of(found: Finding) -> tuple[str, ...]:
    return (found.code, found.file, found.sheet, found.column)


def _fault(found: Finding, rows: list[int], language: Language) -> _Fault:
    ranges = _row_ranges(rows)
    return _Fault(
        severity=found.severity,
        severity_word=_severity_word(found.severity, language),
        sentence=finding_sentence(found, language),
        place=" · ".join(part for part in (found.file, found.sheet) if part),
        rows=", ".join(ranges[:ROWS_SHOWN]),
        more_rows=", ".join(ranges[ROWS_SHOWN:]),
        remedy=remedy_text(found, language),
    )


def _row_ranges(rows: list[int]) -> list[str]:
    """Write rows as ranges: 3, 7–9."""
    ranges = []
    numbered = enumerate(sorted(set(rows)))
    # Rows that follow each other are equally far from their place in the list.
    for _, run in groupby(numbered, key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        first, last = numbers[0], numbers[-1]
        ranges.append(str(first) if first == last else f"{first}–{last}")
    return ranges
