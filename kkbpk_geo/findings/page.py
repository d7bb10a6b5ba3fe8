"""Findings as one page to read, print or mail; it needs nothing else.

In:     findings. Out: HTML text without scripts or outside requests, all text escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.findings import SEVERITIES
from kkbpk_geo.catalogue.labels import label, marked
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
from kkbpk_geo.io import build_page, build_table

ROWS_SHOWN = 8
_STYLE = """
body{max-width:72rem}
section table{table-layout:fixed;min-width:48rem}
section th:nth-child(1){width:7rem}section th:nth-child(3){width:9rem}
section th:nth-child(4){width:9rem}section th:nth-child(5){width:19rem}
td.error{border-left:.5rem solid #b3261e}
td.warning{border-left:.5rem solid #b26a00}
td.info{border-left:.5rem solid #1f5fa8}
summary{cursor:pointer}
"""


def findings_html(
    findings: Iterable[Finding] | Reported,
    language: Language = "id",
    *,
    title: str | None = None,
) -> str:
    """Lay findings out as one page: counts by severity, then each kabupaten/kota.

    The same fault in one column of one sheet is said once per kabupaten/kota, with
    every row where it stands.

    Parameters
    ----------
    findings : iterable of Finding, or a result that has findings
        Not folded. Of a result (an intake, a plan, a run) its marks are shown, too.
    language : {"id", "en"}
    title : str, optional

    Returns
    -------
    str
        HTML that needs no script, network or other file.
    """
    found, marks = findings_of(findings)
    shares = share_findings(found, language)
    head = marked(title or label("feedback_title", language), marks, language)
    parts = [f"<h1>{for_html(head)}</h1>"]
    if shares:
        parts.append(_summary(shares, language))
        parts += [_section(share, language) for share in shares]
    else:
        parts.append(f"<p>{_say('feedback_none', language)}</p>")
    return build_page(head, "\n".join(parts), language=language, style=_STYLE)


def _say(key: str, language: Language) -> str:
    return for_html(label(key, language))


def _anchor(share: Share) -> str:
    return {"": "umum", "?": "lain"}.get(share.code, f"r{share.code.replace('.', '-')}")


def _summary(shares: list[Share], language: Language) -> str:
    def row(name: str, findings: Iterable[Finding]) -> str:
        counts = list(count_severities(findings).values())
        cells = "".join(
            f'<td class="n">{format_number(n, 0, language)}</td>'
            for n in (*counts, sum(counts))
        )
        return f'<tr><th scope="row">{name}</th>{cells}</tr>\n'

    body = "".join(
        row(f'<a href="#{_anchor(s)}">{for_html(s.name)}</a>', s.findings)
        for s in shares
    )
    body += row(_say("feedback_all", language), (f for s in shares for f in s.findings))
    heads = [_say(f"finding_severity_{severity}", language) for severity in SEVERITIES]
    heads = [_say("feedback_region", language), *heads, _say("feedback_all", language)]
    title = f'<h2 id="h-ringkasan">{_say("feedback_summary", language)}</h2>\n'
    return title + build_table("h-ringkasan", heads, body)


def _section(share: Share, language: Language) -> str:
    """One district: each fault once, gravest first."""
    rows_of: dict[tuple[str, ...], list[int]] = {}
    for found in share.findings:
        if found.row is not None:
            rows_of.setdefault(_kind_of(found), []).append(found.row)
    folded = sorted(
        fold_findings(share.findings), key=lambda f: SEVERITIES.index(f.severity)
    )
    body = "".join(
        _row(found, rows_of.get(_kind_of(found), []), language) for found in folded
    )
    heads = [
        _say(f"feedback_{key}", language)
        for key in ("severity", "finding", "file", "rows", "remedy")
    ]
    anchor = _anchor(share)
    return (
        f'<section id="{anchor}"><h2 id="h-{anchor}">{for_html(share.name)}</h2>\n'
        + build_table(f"h-{anchor}", heads, body)
        + "</section>"
    )


def _kind_of(found: Finding) -> tuple[str, ...]:
    return (found.code, found.file, found.sheet, found.column)


def _row(found: Finding, rows: list[int], language: Language) -> str:
    severity = _say(f"finding_severity_{found.severity}", language)
    place = for_html(" · ".join(x for x in (found.file, found.sheet) if x))
    return (
        f'<tr><td class="{found.severity}">{severity}</td>'
        f"<td>{for_html(finding_sentence(found, language))}</td>"
        f"<td>{place}</td><td>{_row_list(rows)}</td>"
        f"<td>{for_html(remedy_text(found, language))}</td></tr>\n"
    )


def _row_list(rows: list[int]) -> str:
    """Rows as ranges (3, 7–9); a long list opens on demand."""
    ranges = []
    numbered = enumerate(sorted(set(rows)))
    for _, run in groupby(numbered, key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        first, last = numbers[0], numbers[-1]
        ranges.append(str(first) if first == last else f"{first}–{last}")
    if len(ranges) <= ROWS_SHOWN:
        return ", ".join(ranges)
    shown, rest = ", ".join(ranges[:ROWS_SHOWN]), ", ".join(ranges[ROWS_SHOWN:])
    return f"<details><summary>{shown} …</summary>{rest}</details>"
