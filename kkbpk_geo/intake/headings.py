"""What each column of a sheet is, and which kind of table that makes.

Why: YANG ADA means nothing by itself; the group stands in another heading, in the
title, in the name of the sheet. Recognition goes by headings, never by table numbers,
and what is not known stays text: a near match is no match.

Layer:  3 (intake).
In:     a :class:`~kkbpk_geo.intake.headers.Header`, what the columns hold, hints.
Out:    :class:`Recognised`: kind, group, and one :class:`Column` per column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kkbpk_geo.catalogue.headings import (
    Heading,
    find_headings,
    fold,
    groups_in,
    is_personal,
    phrase,
)
from kkbpk_geo.catalogue.programme import groups, is_column, measures
from kkbpk_geo.catalogue.tables import choose_kind, table_kinds
from kkbpk_geo.intake.headers import Header
from kkbpk_geo.intake.values import Content

PLACES = ("provinsi", "kabkota", "kecamatan", "desa")
UNKNOWN = "unknown"
_WITH_OWN = frozenset(
    ["percent", "has_kit", "has_decree", "reporting", "keep", "ignore", "ambiguous",
     "kind", "name"]
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a sheet.

    ``role`` is what the catalogue says: a place, ``month``, ``percent``, ``keep``,
    ``drop`` ..., ``"measure"``, or ``"unknown"``. ``target`` is the catalogue column of
    a measure (``bkb_groups``; in lists ``members``), ``added`` whether several such
    columns add up. ``why`` is the finding an unusable column deserves.
    """

    position: int
    printed: str
    role: str
    target: str = ""
    added: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What a sheet is: kind of table, its group, its columns."""

    kind: str
    group: str
    columns: tuple[Column, ...]

    def of_role(self, *roles: str) -> list[Column]:
        """Return the columns with one of these roles, in sheet order."""
        return [column for column in self.columns if column.role in roles]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A column with every line of the catalogue that might be meant."""

    position: int
    path: tuple[str, ...]
    content: Content
    entries: tuple[Heading, ...] = ()
    own: str = ""
    entry: Heading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """What stands around a column."""

    group: str = ""
    fields: frozenset[str] = frozenset()
    titles: frozenset[str] = field(default_factory=frozenset)


def recognise(
    header: Header,
    contents: Sequence[Content],
    *,
    hints: Sequence[str] = (),
    kind: str | None = None,
) -> Recognised:
    """Recognise every column of a sheet and the kind of table.

    Parameters
    ----------
    header : Header
    contents : sequence of {"number", "text", "kinds", "blank"}
        What each column holds.
    hints : sequence of str
        Where the group may be named if no heading does, best first (sheet, file).
    kind : str, optional
        The kind of table, if the caller knows it.
    """
    shared = _shared_parents(header)
    found = [
        _candidate(i, path, content, shared)
        for i, (path, content) in enumerate(zip(header.paths, contents, strict=True))
    ]
    titles = frozenset(phrase(" ".join(header.titles)).split())
    context = _Context(titles=titles)
    given = table_kinds()[kind].group if kind else ""
    for _ in range(2):  # "with:" needs to know the others first
        found = [replace(c, entry=_choose(c, context)) for c in found]
        fields = frozenset(c.entry.field for c in found if c.entry)
        group = given or ("" if kind else _sheet_group(found, header.titles, hints))
        context = _Context(group=group, fields=fields, titles=titles)
    found = [replace(c, entry=_choose(c, context)) for c in found]
    columns = [_column(c, context) for c in found]
    is_list = kind is not None and table_kinds()[kind].is_list
    columns = _settle_names(columns, group, is_list=is_list)
    chosen = kind or choose_kind(_roles(columns), _targets(columns))
    columns = _settle_lists(columns, chosen)
    return Recognised(kind=chosen, group=group, columns=tuple(_once(columns)))


def _roles(columns: Sequence[Column]) -> set[str]:
    return {column.role.partition(":")[0] for column in columns}


def _targets(columns: Sequence[Column]) -> set[str]:
    return {column.target for column in columns if column.role == "measure"}


# --- one column -----------------------------------------------------------------------


def _shared_parents(header: Header) -> frozenset[str]:
    """Parents that stand over every column with a parent: titles in the header."""
    over = [path[:-1] for path in header.paths if len(path) > 1]
    if len(over) < 3:  # noqa: PLR2004
        return frozenset()
    return frozenset(set(over[0]).intersection(*over[1:]))


def _candidate(
    position: int, path: tuple[str, ...], content: Content, shared: frozenset[str]
) -> _Candidate:
    """Look a path of headings up: whole, then without parents that add nothing."""
    candidate = _Candidate(position=position, path=path, content=content)
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
        words = text.split()
        named = [word for word in words if word in groups()]
        if len(set(named)) == 1:
            rest = " ".join(word for word in words if word != named[0])
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
    words = [word for word in phrase(parent).split() if word not in groups()]
    if not words or words == ["jumlah"]:
        return True
    above = {entry.field for entry in find_headings(" ".join(words))}
    below = {entry.field.removesuffix("+") for entry in entries}
    return "parent" in above or any(
        under == name or under.startswith(f"{name}_") or under == "percent"
        for name in above
        for under in below
    )


def _choose(column: _Candidate, context: _Context) -> Heading | None:
    for entry in column.entries:
        if not entry.where or any(
            all(_holds(term, column, context) for term in terms)
            for terms in entry.where
        ):
            return entry
    return None


def _holds(term: str, column: _Candidate, context: _Context) -> bool:
    if term.startswith("!"):
        return not _holds(term[1:], column, context)
    name, _, value = term.partition(":")
    answers = {
        "text": column.content in ("text", "kinds", "blank"),
        "number": column.content in ("number", "blank"),
        "kinds": column.content == "kinds",
        "own": bool(column.own),
        "sheet": bool(context.group),
        "with": value in context.fields,
        "title": value in context.titles,
    }
    return answers.get(name, name in (column.own, context.group))


def _column(column: _Candidate, context: _Context) -> Column:
    printed = " > ".join(column.path)
    made = Column(position=column.position, printed=printed, role=UNKNOWN)
    if not column.path:
        return replace(made, role="ignore" if column.content == "number" else UNKNOWN)
    if is_personal(column.path[-1]):
        return replace(made, role="drop")
    if column.entry is None or column.entry.field == "ambiguous":
        return replace(made, why="column_ambiguous" if column.entry else "")
    name = column.entry.field
    if name == "name" and column.own:
        name = "group_name"
    group = column.own or context.group
    name, added = _measure(name, group), name.endswith("+")
    if name in measures() and measures()[name].per_group:
        return replace(made, role="measure", target=name, why="group_unknown")
    if is_column(name):
        return replace(made, role="measure", target=name, added=added)
    return made if name.startswith("groups_stratum_") else replace(made, role=name)


def _measure(name: str, group: str) -> str:
    """Return the column that a field stands for, with its group where one is known."""
    name = name.removesuffix("+")
    if name.startswith("stratum:"):
        word = name.partition(":")[2]
        top = bool(group) and groups()[group].strata[-1:] == (word,)
        name = "groups_top_stratum" if top else f"groups_stratum_{word}"
    if group and name in measures() and measures()[name].per_group:
        return f"{group}_{name}"
    return name


# --- the sheet ------------------------------------------------------------------------


def _sheet_group(
    found: Sequence[_Candidate], titles: Sequence[str], hints: Sequence[str]
) -> str:
    """Return the one group that headings name, else titles, else the hints."""
    named = {c.own for c in found if c.own}
    for c in found:
        if c.entry and is_column(c.entry.field):
            named |= {g for g in groups() if c.entry.field.startswith(f"{g}_")}
    if any(c.entry and c.entry.field == "kind" for c in found):
        return ""  # the group stands in the rows
    if named:
        return next(iter(named)) if len(named) == 1 else ""
    for text in (" ".join(titles), *hints):
        if (here := groups_in(text)) and len(here) == 1:
            return here[0]
    return ""


def _settle_names(
    columns: Sequence[Column], group: str, *, is_list: bool
) -> list[Column]:
    """Decide what a bare NAMA is: of a group, a facility, a region, or of a person."""
    roles = {column.role for column in columns}
    settled = []
    for column in columns:
        role = column.role
        if role == "name":
            if group or is_list or {"group_name", "kind"} & roles:
                role = "facility_name" if _is_facility_list(columns) else "group_name"
            elif "latitude" in roles:
                role = "facility_name"
            elif not roles & set(PLACES):
                role = "kabkota"
            else:
                role = "drop"
        settled.append(replace(column, role=role))
    return settled


def _is_facility_list(columns: Sequence[Column]) -> bool:
    """Whether the other headings speak of facilities rather than of groups."""
    words = {word for column in columns for word in fold(column.printed).split()}
    return bool({"faskes", "stok", "alokon", "tenaga", "fasilitas"} & words)


def _settle_lists(columns: Sequence[Column], kind: str) -> list[Column]:
    """In a list, measures belong to the row; elsewhere names are only kept."""
    is_list = kind in table_kinds() and table_kinds()[kind].is_list
    settled = []
    for column in columns:
        if is_list and column.role == "measure":
            bare = column.target
            for group in groups():
                rest = bare.removeprefix(f"{group}_")
                bare = rest if rest in measures() else bare
            settled.append(replace(column, target=bare, why=""))
        elif not is_list and column.role.partition(":")[0] in _LIST_ROLES:
            settled.append(replace(column, role="keep"))
        else:
            settled.append(column)
    return settled


_LIST_ROLES = frozenset(
    ["group_name", "facility_name", "reporting", "has_kit", "has_decree", "low_stock",
     "registration", "training"]
)  # fmt: skip


def _once(columns: Sequence[Column]) -> list[Column]:
    """Keep the first of two columns for one thing; the other stays as text.

    Where both have the same heading (under years, say) neither can be told from the
    other, and neither is counted.
    """
    whole = {c.target for c in columns if c.role == "measure" and not c.added}
    alike = Counter((c.printed, c.target) for c in columns if c.role == "measure")
    seen: set[str] = set()
    out = []
    for column in columns:
        name = column.target if column.role == "measure" else column.role
        repeatable = column.role in ("ignore", "drop", "percent", "keep", UNKNOWN)
        if column.added and column.target in whole:
            out.append(replace(column, role="keep"))
        elif alike[column.printed, column.target] > 1 and column.role == "measure":
            out.append(replace(column, role=UNKNOWN, why="column_ambiguous"))
        elif repeatable or column.added or name not in seen:
            seen.add(name)
            out.append(column)
        else:
            out.append(replace(column, role=UNKNOWN, why="column_twice"))
    return out
