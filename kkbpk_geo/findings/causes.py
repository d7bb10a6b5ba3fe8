"""Findings by cause: one habit that fills a thousand rows is mended once.

Why: a page with a line for each finding is not read. What is wrong is said once, with
what becomes of the figures and what to do; where it is wrong follows, district by
district, and no finding is lost from the counts.

In:     findings, shared out to the districts that they concern.
Out:    causes, gravest first; of each its spots, with the rows of each.
Rule:   a cause is a kind of finding and the heading it is about. What is said of whole
        tables and columns is one cause for each kind: their headings are its spots.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.findings import SEVERITIES, finding_kinds
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.statuses import statuses
from kkbpk_geo.findings.record import Finding, Severity
from kkbpk_geo.findings.words import Share, filled_in, finding_sentence


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """Where a cause shows: a column of a sheet, in the rows of one district."""

    share: Share
    file: str
    sheet: str
    column: str
    findings: tuple[Finding, ...]

    def rows(self) -> list[str]:
        """Return the rows as ranges: 3, 7–9."""
        return row_ranges(found.row for found in self.findings if found.row is not None)

    def values(self) -> list[str]:
        """Return what stands there, each once, in the order of the findings."""
        return list(dict.fromkeys(one.value for one in self.findings if one.value))


@dataclass(frozen=True, slots=True, eq=False)
class Cause:
    """A kind of finding about one heading, and all findings of it.

    ``column`` is empty where the cause is about no heading, or about several.
    """

    code: str
    severity: Severity
    column: str
    spots: tuple[Spot, ...]

    @property
    def findings(self) -> list[Finding]:
        """All of them, spot by spot."""
        return [found for spot in self.spots for found in spot.findings]

    @property
    def shares(self) -> list[Share]:
        """The districts that it concerns, each once."""
        return list({spot.share.code: spot.share for spot in self.spots}.values())

    def title(self, language: Language) -> str:
        """Say what is wrong, without where."""
        return finding_kinds()[self.code].title(language)


def cause_of(found: Finding) -> tuple[str, str]:
    """Return what a finding shares with others of its cause."""
    return found.code, "" if found.row is None else found.column


def causes_of(shares: Iterable[Share]) -> list[Cause]:
    """Return the causes of findings: errors first, then those of most findings.

    Parameters
    ----------
    shares : iterable of Share
        Of all findings, in the order in which the spots are to stand.
    """
    spots: dict[tuple[str, str], dict[tuple[str, ...], list[Finding]]] = {}
    by_code: dict[str, Share] = {}
    for share in shares:
        by_code[share.code] = share
        for found in share.findings:
            place = (share.code, found.file, found.sheet, found.column)
            at = spots.setdefault(cause_of(found), {})
            at.setdefault(place, []).append(found)
    causes = [_cause(key, at, by_code) for key, at in spots.items()]
    return sorted(causes, key=_rank)


def _cause(
    key: tuple[str, str],
    at: dict[tuple[str, ...], list[Finding]],
    shares: dict[str, Share],
) -> Cause:
    code, column = key
    spots = tuple(
        Spot(shares[region], file, sheet, heading, tuple(found))
        for (region, file, sheet, heading), found in at.items()
    )
    return Cause(code, spots[0].findings[0].severity, column, spots)


def _rank(cause: Cause) -> tuple[int, int, str, str]:
    grave = SEVERITIES.index(cause.severity)
    return grave, -len(cause.findings), cause.code, cause.column


def row_ranges(rows: Iterable[int]) -> list[str]:
    """Write rows as ranges: 3, 7–9."""
    ranges = []
    numbered = enumerate(sorted(set(rows)))
    # Rows that follow each other are equally far from their place in the list.
    for _, run in groupby(numbered, key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        first, last = numbers[0], numbers[-1]
        ranges.append(str(first) if first == last else f"{first}–{last}")
    return ranges


def what_and_effect(found: Finding, language: Language) -> tuple[str, str]:
    """Say what was found, and apart from it what becomes of the figures.

    Most sentences of the catalogue that are followed by another say there what was
    done. Where that one names a value, it is part of what was found.
    """
    kind = finding_kinds()[found.code]
    template = kind.sentence(language)
    what, _, effect = template.partition(". ")
    if effect and "{" not in effect and found.count == 1:
        return filled_in(f"{what}.", found, language), effect
    said = finding_sentence(found, language)
    if kind.effect(language) or not kind.status:
        return said, kind.effect(language)
    word = statuses()[kind.status].name(language)
    return said, label("feedback_effect", language).format(status=word)


def most_told(shares: Sequence[Share]) -> Share | None:
    """Return the district with most findings; None where no one has more than others.

    What concerns all of them, and what could not be placed, is no district.
    """
    ranked = sorted(
        (share for share in shares if share.code not in ("", "?")),
        key=lambda share: -len(share.findings),
    )
    if not ranked:
        return None
    first, *rest = ranked
    if rest and len(rest[0].findings) == len(first.findings):
        return None
    return first
