"""What each column of a sheet is, and which kind of table that makes.

Why: YANG ADA means nothing by itself; the group stands in another heading, in the
title, in the name of the sheet. Recognition goes by headings, never by table numbers,
and what is not known stays text: a near match is no match.

In:     a :class:`~kkbpk_geo.intake.headers.Header`, what the columns hold, hints.
Out:    :class:`Recognised`: kind, group, and one :class:`Column` per column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kkbpk_geo.base.text import fold_words
from kkbpk_geo.catalogue.headings import (
    Heading,
    find_headings,
    groups_in,
    is_personal,
    phrase,
    words,
)
from kkbpk_geo.catalogue.programme import groups, is_column, measures
from kkbpk_geo.catalogue.tables import choose_kind, table_kinds
from kkbpk_geo.intake.cells.places import PLACES
from kkbpk_geo.intake.cells.values import Content
from kkbpk_geo.intake.recognise.headers import Header
from kkbpk_geo.intake.recognise.phases import MEASURES, Phase, find_phases
from kkbpk_geo.intake.recognise.stock import Stock, find_stock

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
        name for name in shared if words("title") & set(fold_words(name).split())
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


_OF_FACILITIES = frozenset(["low_stock", "latitude", "registration", "training"])


UNKNOWN = "unknown"
AS_TEXT = " (teks)"  # behind the heading of a column kept as text besides its values


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a sheet.

    ``role`` is what the catalogue says: a place, ``month``, ``percent``, ``keep``,
    ``drop`` ..., ``"measure"``, or ``"unknown"``. ``target`` is the catalogue column of
    a measure (``bkb_groups``; in lists ``members``), ``added`` whether several such
    columns add up. ``why`` is the finding an unusable column deserves. ``phase``: of
    a plan with its phases side by side, the time that a measure is of; ``stock``: of
    an inventory, the item and condition that a column counts.
    """

    position: int
    printed: str
    role: str
    target: str = ""
    added: bool = False
    why: str = ""
    phase: Phase | None = None
    stock: Stock | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What a sheet is: kind of table, its group, its columns."""

    kind: str
    group: str
    columns: tuple[Column, ...]

    def of_role(self, *roles: str) -> list[Column]:
        """Return the columns with one of these roles, in sheet order."""
        return [column for column in self.columns if column.role in roles]


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
    contents : sequence of {"number", "text", "kinds", "facilities", "items", "blank"}
        What each column holds.
    hints : sequence of str
        Where the group may be named if no heading does, best first (sheet, file).
    kind : str, optional
        The kind of table, if the caller knows it.
    """
    shared = shared_parents(header)
    found = [
        find_candidate(i, path, content, shared)
        for i, (path, content) in enumerate(zip(header.paths, contents, strict=True))
    ]
    titles = frozenset(phrase(" ".join(header.titles)).split())
    context = Context(titles=titles)
    given = table_kinds()[kind].group if kind else ""
    for _ in range(2):  # "with:" needs to know the others first
        found = [replace(c, entry=choose_meaning(c, context)) for c in found]
        fields = frozenset(c.entry.field.rstrip("+") for c in found if c.entry)
        group = given or ("" if kind else _sheet_group(found, header.titles, hints))
        context = Context(group=group, fields=fields, titles=titles)
    found = [replace(c, entry=choose_meaning(c, context)) for c in found]
    columns = [_column(c, context) for c in found]
    facilities = kind == "facilities" or any(
        c.content == "facilities" and c.entry and c.entry.field == "kind" for c in found
    )
    columns = _settle_names(columns, group, facilities=facilities)
    if kind == "plan" or (kind is None and _roles(columns) & _OF_PLANS):
        columns = _settle_phases(columns, header, contents)
    elif kind in (None, "inventory"):
        columns = _settle_stock(columns, header, contents, given=kind is not None)
    chosen = kind or choose_kind(_roles(columns), _targets(columns))
    if chosen == "inventory" and not {"quantity"} & _roles(columns):
        chosen = UNKNOWN  # a sheet of lists or explanations beside the inventory
    columns = _settle_lists(columns, chosen)
    return Recognised(kind=chosen, group=group, columns=tuple(_once(columns)))


def _roles(columns: Sequence[Column]) -> set[str]:
    return {column.role.partition(":")[0] for column in columns}


def _targets(columns: Sequence[Column]) -> set[str]:
    return {column.target for column in columns if column.role == "measure"}


def _column(column: Candidate, context: Context) -> Column:
    printed = " > ".join(column.path)
    made = Column(position=column.position, printed=printed, role=UNKNOWN)
    if not column.path:
        return replace(made, role="ignore" if column.content == "number" else UNKNOWN)
    personal = is_personal(column.path[-1])
    if personal or printed.endswith(AS_TEXT):
        return replace(made, role="drop" if personal else "keep")
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


def _sheet_group(
    found: Sequence[Candidate], titles: Sequence[str], hints: Sequence[str]
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
    columns: Sequence[Column], group: str, *, facilities: bool
) -> list[Column]:
    """Decide what a bare NAMA is: of a facility, a group, a region, or of a person."""
    roles = {column.role for column in columns}
    if facilities or (roles & _OF_FACILITIES and not group):
        name = "facility_name"
    elif group or "kind" in roles:
        name = "group_name"
    else:
        name = "drop" if roles & set(PLACES) else "kabkota"
    return [replace(c, role=name) if c.role == "name" else c for c in columns]


def _settle_phases(
    columns: Sequence[Column], header: Header, contents: Sequence[Content]
) -> list[Column]:
    """Give the phases of a plan that stand side by side their measure and time."""
    plain = {c.position: c.role for c in columns if c.role in MEASURES}
    paths = [
        path if columns[i].role in (UNKNOWN, *MEASURES) else ()
        for i, path in enumerate(header.paths)
    ]
    found = find_phases(paths, contents, plain)
    settled = list(columns)
    for i, (measure, phase) in found.items():
        settled[i] = replace(columns[i], role=measure, phase=phase, why="")
    return settled


def _settle_stock(
    columns: Sequence[Column],
    header: Header,
    contents: Sequence[Content],
    *,
    given: bool,
) -> list[Column]:
    """Give the columns of an inventory the item and condition that they count."""
    free = (UNKNOWN, "measure", "item", "kind", "has_kit", "low_stock", "keep")
    paths = [
        path if columns[i].role in free else () for i, path in enumerate(header.paths)
    ]
    roles = {c.position: c.role for c in columns}
    settled = list(columns)
    for i, (role, stock) in find_stock(paths, contents, roles, given=given).items():
        settled[i] = replace(
            columns[i], role=role, target="", added=False, why="", stock=stock
        )
    return settled


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
        elif column.role.partition(":")[0] in _foreign(kind, is_list=is_list):
            settled.append(replace(column, role="keep"))
        else:
            settled.append(column)
    return settled


_OF_PLANS = frozenset(["activity", "sub_activity", "indicator"])
_LIST_ROLES = frozenset(
    ["group_name", "facility_name", "reporting", "has_kit", "has_decree", "low_stock",
     "registration", "training"]
)  # fmt: skip


_PLAN_ROLES = frozenset(
    ["programme", "activity", "sub_activity", "indicator", "target", "unit", "budget",
     "fund", "responsible", "plan_status", "realised", "spent", "quarter", "line_id"]
)  # fmt: skip


_STOCK_ROLES = frozenset(["item", "condition"])


def _foreign(kind: str, *, is_list: bool) -> frozenset[str]:
    """Return the roles that mean nothing in a table of this kind."""
    if kind == "plan":
        return _LIST_ROLES | _STOCK_ROLES
    if kind == "inventory":
        return _LIST_ROLES | _PLAN_ROLES
    others = _PLAN_ROLES | _STOCK_ROLES
    return others if is_list else _LIST_ROLES | others


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
        if column.phase or column.stock:  # the same measure of another time or thing
            out.append(column)
        elif column.added and column.target in whole:
            out.append(replace(column, role="keep", target=""))
        elif alike[column.printed, column.target] > 1 and column.role == "measure":
            out.append(replace(column, role=UNKNOWN, target="", why="column_ambiguous"))
        elif repeatable or column.added or name not in seen:
            seen.add(name)
            out.append(column)
        else:
            out.append(replace(column, role=UNKNOWN, target="", why="column_twice"))
    return out
