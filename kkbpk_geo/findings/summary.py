"""What a heap of findings comes to, in a sentence: how many, how grave, where most.

In:     findings and their causes. Out: sentences for the head of a page or workbook.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import has_label, label
from kkbpk_geo.findings.causes import Cause, most_told
from kkbpk_geo.findings.record import Finding
from kkbpk_geo.findings.words import Share, count_severities


def counted(noun: str, n: int, language: Language, *, spelled: bool = False) -> str:
    """Say how many: ``6 kesalahan``; spelled out where a word is short enough.

    Parameters
    ----------
    noun : str
        Label ``count_<noun>``, in English also ``count_<noun>_1``.
    n : int
    language : {"id", "en"}
    spelled : bool
        Numbers up to ten as words, as they stand in a sentence.
    """
    single = n == 1 and has_label(f"count_{noun}_1")
    key = f"count_{noun}_1" if single else f"count_{noun}"
    words = label("count_words", language).split()
    number = format_number(n, 0, language)
    if spelled and n < len(words):
        number = words[n]
    return label(key, language).format(n=number)


def severities(findings: Iterable[Finding], language: Language) -> str:
    """Say how many there are of each severity that there is: ``2 kesalahan``."""
    counts = count_severities(findings)
    return ", ".join(counted(key, n, language) for key, n in counts.items() if n)


def message(shares: Sequence[Share], language: Language) -> str:
    """Say what has to be done: errors before the meeting, warnings to be made sure."""
    counts = count_severities(found for share in shares for found in share.findings)
    errors, warnings, infos = (counts[key] for key in ("error", "warning", "info"))
    if not errors + warnings + infos:
        return label("feedback_none", language)
    parts = []
    if errors:
        said = counted("error", errors, language, spelled=True)
        parts.append(label("feedback_message_error", language).format(errors=said))
    if warnings:
        said = counted("warning", warnings, language, spelled=True)
        parts.append(label("feedback_message_warning", language).format(warnings=said))
    if not parts:
        said = counted("info", infos, language, spelled=True)
        parts.append(label("feedback_message_info", language).format(infos=said))
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def second_line(
    shares: Sequence[Share], causes: Sequence[Cause], language: Language
) -> str:
    """Say of how many causes, files and rows; and which district has most."""
    every = [found for share in shares for found in share.findings]
    if not every:
        return ""
    files = {found.file for found in every if found.file}
    rows = {(f.file, f.sheet, f.row) for f in every if f.row is not None}
    text = label("feedback_in_all", language).format(
        findings=counted("finding", len(every), language),
        causes=counted("cause", len(causes), language),
        files=counted("file", len(files), language),
        rows=counted("row", len(rows), language),
    )
    most = most_told(shares)
    if most is None:
        return text
    told = format_number(len(most.findings), 0, language)
    where = label("feedback_most", language).format(region=most.name, n=told)
    return f"{text} {where}"
