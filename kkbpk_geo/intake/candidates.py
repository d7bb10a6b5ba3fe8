"""What one column may mean: lines of the catalogue, and which of them holds here.

In:     the headings over a column, what it holds, what stands around it.
Out:    :class:`Candidate`; the line of the catalogue that holds, or None.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kkbpk_geo.catalogue.headings import (
    Heading,
    find_headings,
    fold,
    groups_in,
    phrase,
    words,
)
from kkbpk_geo.catalogue.programme import groups, is_column, measures
from kkbpk_geo.intake.headers import Header
from kkbpk_geo.intake.values import Content

_WITH_OWN = frozenset(
    ["percent", "has_kit", "has_decree", "reporting", "keep", "ignore", "ambiguous",
     "kind", "name"]
)  # fmt: skip


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


def shared_parents(header: Header) -> frozenset[str]:
    """Return titles inside the header: over every column that has a heading above."""
    over = [set(path[:-1]) for path in header.paths if len(path) > 1]
    shared = set.intersection(*over) if over else set()
    return frozenset(
        name for name in shared if words("title") & set(fold(name).split())
    )


def find_candidate(
    position: int, path: tuple[str, ...], content: Content, shared: frozenset[str]
) -> Candidate:
    """Look a path of headings up: whole, then without parents that add nothing."""
    candidate = Candidate(position=position, path=path, content=content)
    for start in range(len(path)):
        entries, own = _look_up(path[start:])
        if entries and all(
            parent in shared or _adds_nothing(parent, entries)
            for parent in path[:start]
        ):
            above = [g for parent in path[:start] for g in groups_in(parent)]
            own = own or (above[0] if len(set(above)) == 1 else "")
            return replace(candidate, entries=entries, own=own)
    return candidate


def _look_up(path: tuple[str, ...]) -> tuple[tuple[Heading, ...], str]:
    """Return the lines for headings joined, and the group that they name."""
    if path and is_column(path[-1].casefold()):  # the catalogue's own name
        return (Heading(phrase="", field=path[-1].casefold()),), ""
    whole = phrase(" ".join(path))
    once = " ".join(dict.fromkeys(whole.split()))
    for text in dict.fromkeys((whole, once)):
        if entries := find_headings(text):
            return entries, ""
        tokens = text.split()
        named = [token for token in tokens if token in groups()]
        if len(set(named)) == 1:
            rest = " ".join(token for token in tokens if token != named[0])
            if rest in ("", "jumlah"):
                counted = Heading(phrase=rest, field="groups", where=(("number",),))
                return (counted,), named[0]
            entries = tuple(e for e in find_headings(rest) if _takes_group(e.field))
            if entries:
                return entries, named[0]
    if "persen" in once.split():
        return (Heading(phrase=once, field="percent"),), ""
    return (), ""


def _takes_group(name: str) -> bool:
    return (
        name in _WITH_OWN
        or name.startswith("stratum:")
        or (name in measures() and measures()[name].per_group)
    )


def _adds_nothing(parent: str, entries: tuple[Heading, ...]) -> bool:
    """Whether a heading above may be left out without changing what is meant below."""
    rest = " ".join(token for token in phrase(parent).split() if token not in groups())
    if rest in ("", "jumlah"):
        return True
    above = {entry.field for entry in find_headings(rest)}
    below = {entry.field.removesuffix("+") for entry in entries}
    return "parent" in above or any(
        under == name or under.startswith(f"{name}_") or under == "percent"
        for name in above
        for under in below
    )


def choose_meaning(column: Candidate, context: Context) -> Heading | None:
    """Return the first line of the catalogue whose conditions hold, or None."""
    for entry in column.entries:
        if not entry.where or any(
            all(_holds(term, column, context) for term in terms)
            for terms in entry.where
        ):
            return entry
    return None


def _holds(term: str, column: Candidate, context: Context) -> bool:
    if term.startswith("!"):
        return not _holds(term[1:], column, context)
    name, _, value = term.partition(":")
    answers = {
        "text": column.content != "number",
        "number": column.content in ("number", "blank"),
        "kinds": column.content in ("kinds", "facilities"),
        "items": column.content == "items",
        "own": bool(column.own),
        "sheet": bool(context.group),
        "with": value in context.fields,
        "title": value in context.titles,
    }
    return answers.get(name, name in (column.own, context.group))
