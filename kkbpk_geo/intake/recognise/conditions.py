"""Conditions of headings.csv: where a line of the catalogue holds.

In:     a column with every line that might be meant, and what stands around it.
Out:    the first line whose conditions hold; the word that denies a meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kkbpk_geo.catalogue.headings import ABOUT, Heading
from kkbpk_geo.intake.cells.values import Content
from kkbpk_geo.intake.recognise.subject import Around


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A column with every line of the catalogue that might be meant."""

    position: int
    path: tuple[str, ...]
    content: Content
    entries: tuple[Heading, ...] = ()
    own: str = ""
    entry: Heading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What stands around a column."""

    group: str = ""
    fields: frozenset[str] = frozenset()
    titles: frozenset[str] = field(default_factory=frozenset)
    around: Around = field(default_factory=Around)
    matrix: bool = False


def choose_meaning(column: Candidate, context: Context) -> Heading | None:
    """Return the first line of the catalogue whose conditions hold, or None."""
    for entry in column.entries:
        if not entry.where or _held(entry, column, context):
            return entry
    return None


def _held(entry: Heading, column: Candidate, context: Context) -> tuple[str, ...]:
    """Return the terms of the first condition that holds, none where none does."""
    for terms in entry.where:
        if all(_holds(term, column, context) for term in terms):
            return terms
    return ()


def _holds(term: str, column: Candidate, context: Context) -> bool:
    if term.startswith("!"):
        return not _holds(term[1:], column, context)
    name, _, value = term.partition(":")
    if name in ABOUT:
        return bool(_said(term, column, context))
    answers = {
        "text": column.content != "number",
        "number": column.content in ("number", "blank"),
        "kinds": column.content in ("kinds", "facilities"),
        "items": column.content == "items",
        "answers": column.content == "answers",
        "ones": column.position in context.around.ones,
        "matrix": context.matrix and column.position in context.around.ones,
        "own": bool(column.own),
        "sheet": bool(context.group),
        "with": value in context.fields,
        "title": value in context.titles,
    }
    return answers.get(name, name in (column.own, context.group))


def _said(term: str, column: Candidate, context: Context) -> str:
    """Return the word for which a condition about a subject holds, or ``""``."""
    name, _, subject = term.partition(":")
    ask = context.around.named if name == "named" else context.around.beside
    return ask(column.position, subject)


def find_denial(column: Candidate, context: Context) -> str:
    """Return the word that denies what a heading would mean, as a person reads it."""
    held = _held(column.entry, column, context) if column.entry else ()
    for term in held:
        if term.startswith(ABOUT):
            return _said(term, column, context).replace("_", " ").upper()
        if term.startswith("title:"):
            return term.removeprefix("title:").upper()
    return ""
