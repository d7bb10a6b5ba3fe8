"""What each heading means: by itself, and beside the others.

Why: YANG ADA means nothing by itself; the group stands in another heading, in the
title, in the name of the sheet. Recognition goes by headings, never by table numbers,
and what is not known stays text: a near match is no match.

In:     a :class:`~kkbpk_geo.intake.recognise.headers.Header`, what the columns hold,
        hints.
Out:    :class:`Meant`: the group, and one
        :class:`~kkbpk_geo.intake.recognise.columns.Column` per column. Which kind of
        table that makes, :mod:`kkbpk_geo.intake.kinds.choosing` says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kkbpk_geo.base.text import fold_words
from kkbpk_geo.catalogue.headings import (
    GROUP_ALONE,
    Heading,
    find_below,
    find_headings,
    groups_in,
    is_personal,
    phrase,
    words,
)
from kkbpk_geo.catalogue.programme import group_of, groups, is_column, measures
from kkbpk_geo.intake.cells.values import Content
from kkbpk_geo.intake.recognise.columns import AS_TEXT, UNKNOWN, Column
from kkbpk_geo.intake.recognise.conditions import (
    Candidate,
    Context,
    choose_meaning,
    find_denial,
)
from kkbpk_geo.intake.recognise.headers import Header
from kkbpk_geo.intake.recognise.meanings import COUNT, find_lines
from kkbpk_geo.intake.recognise.parts import settle_parts
from kkbpk_geo.intake.recognise.spelling import (
    form_path,
    plain,
    said_change,
    says_share,
    says_sum,
    scale_of,
    without_change,
)
from kkbpk_geo.intake.recognise.storeys import is_unit
from kkbpk_geo.intake.recognise.subject import Around, look_around

# Fields that a group in the same heading belongs to: "BKB yang punya SK".
_WITH_OWN = frozenset(
    ["percent", "has_kit", "has_decree", "reporting", "keep", "ignore", "ambiguous",
     "kind", "name"]
)  # fmt: skip
# Two columns may happen to hold 0 and 1; three side by side are a matrix of answers.
_MATRIX = 3
_STOREYS = 2  # from here on a heading stands under another
# What figures are in -> the finding that a column of them deserves.
_SCALES = {
    "thousands": "unit_of_thousands",
    "shares": "ratio_for_count",
    "changes": "change_for_count",
}
# Of these each may stand over the others: PERIODE over BULAN and TAHUN.
_TIMES = frozenset(["month", "year", "period"])
# A table with one of these is a plan, and read as one.
_PLAN_ROLES = frozenset(["activity", "target", "indicator", "budget", "programme"])
# People are foreseen by the statistics office; villages stay what they are.
_FORESEEN = frozenset(["population", "villages", "subdistricts"])
# Fields that are no meaning but the lack of one.
_NO_FIELD = frozenset(["unclear", "ambiguous"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What the headings of a sheet mean.

    ``facilities``: whether a column says which kind of facility each row is.
    """

    columns: list[Column]
    group: str
    facilities: bool


def read_headings(
    header: Header,
    contents: Sequence[Content],
    *,
    hints: Sequence[str],
    group: str | None,
    around: Around | None = None,
) -> Meant:
    """Say what each heading means.

    Parameters
    ----------
    header : Header
    contents : sequence of Content
        What each column holds.
    hints : sequence of str
        Where the group may be named if no heading does, best first (sheet, file).
    group : str or None
        The group that the caller's kind of table is about (``""``: about none); None
        where the caller names no kind.
    around : Around, optional
        What is said around the columns; gathered from header and hints if left out.
    """
    shared = shared_parents(header)
    found = [
        find_candidate(i, path, content, shared)
        for i, (path, content) in enumerate(zip(header.paths, contents, strict=True))
    ]
    titles = frozenset(phrase(" ".join(header.titles)).split())
    around = around or look_around(header.titles, hints, header.paths)
    matrix = _is_matrix(found, around)
    context = Context(titles=titles, around=around, matrix=matrix)
    own = group or ""
    for _ in range(2):  # "with:" needs to know the others first
        found = _choose_all(found, context)
        if group is None:
            own = _sheet_group(found, header.titles, hints)
        context = replace(context, group=own, fields=_fields(found))
    found = _choose_all(found, context)
    columns = [_column(candidate, context) for candidate in found]

    def target_of(path: tuple[str, ...]) -> str:
        """Return the measure that headings stand for where figures are below them."""
        position = _first_under(path, header)
        over = find_candidate(position, path, "number", shared)
        chosen = replace(over, entry=choose_meaning(over, context))
        column = _column(chosen, context)
        return column.target if column.counts else ""

    columns = settle_parts(columns, header, contents, target_of)
    return Meant(
        columns=_of_results(_scaled(columns, header), header),
        group=own,
        facilities=any(map(_says_facility, found)),
    )


def _first_under(path: tuple[str, ...], header: Header) -> int:
    """Return the first column under these headings, whose surroundings are theirs."""
    wanted = set(path)
    under = (i for i, own in enumerate(header.paths) if wanted <= set(own))
    return next(under, 0)


def _choose_all(found: Sequence[Candidate], context: Context) -> list[Candidate]:
    return [replace(c, entry=choose_meaning(c, context)) for c in found]


def _fields(found: Sequence[Candidate]) -> frozenset[str]:
    meant = {c.entry.field.rstrip("+") for c in found if c.entry}
    return frozenset(meant | {f"{c.own}_groups" for c in found if _counts_group(c)})


def _counts_group(column: Candidate) -> bool:
    """Whether a column of figures names a group alone: BKB, JUMLAH KAMPUNG KB."""
    alone = any(entry.phrase == GROUP_ALONE for entry in column.entries)
    return alone and column.content == "number"


def _is_matrix(found: Sequence[Candidate], around: Around) -> bool:
    """Whether groups stand alone side by side over 0 and 1, a village in each row."""
    alone = {c.position for c in found if _counts_group(c)}
    villages = any(entry.field == "desa" for c in found for entry in c.entries)
    # A single 2 among them, and all of them are numbers of groups.
    return villages and len(alone) >= _MATRIX and alone <= around.ones


def _says_kind(column: Candidate) -> bool:
    return column.entry is not None and column.entry.field == "kind"


def _says_facility(column: Candidate) -> bool:
    return column.content == "facilities" and _says_kind(column)


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
    """Look a path of headings up: whole, then without parents that add nothing.

    JUMLAH and REALISASI under a measure are the measure, TARGET and BULAN LALU are kept
    as text; a unit under it is left out.
    """
    candidate = Candidate(position=position, path=path, content=content)
    plain_path = _plain_path(path)
    entries, own = _find_entries(plain_path, shared)
    if not entries and any(map(said_change, plain_path)):  # of what is it the growth?
        plain_path = without_change(plain_path)
        entries, own = _find_entries(plain_path, shared)
    # JUMLAH may be a measure of its own, under conditions: these come first.
    sure = any(not entry.where for entry in entries)
    if sure or content not in ("number", "blank") or len(plain_path) < _STOREYS:
        return replace(candidate, entries=entries, own=own)
    leaf = plain_path[-1]
    if says_sum(leaf) or says_now(leaf) or says_other(leaf):
        above, own = _find_entries(plain_path[:-1], shared)
        measured = tuple(entry for entry in above if _is_measure(entry.field))
        if measured and says_other(leaf):
            measured = (Heading(phrase=phrase(leaf), field="keep"),)
        entries += measured
    return replace(candidate, entries=entries, own=own)


def says_now(text: str) -> bool:
    """Whether a heading says that its figure is what was: REALISASI, BULAN INI."""
    return phrase(text) in words("figure_now")


def says_other(text: str) -> bool:
    """Whether a heading is of a target or of another time: PPM, BULAN LALU."""
    return phrase(text) in words("figure_other")


def _plain_path(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the headings without what tools and printers put around them."""
    names = [plain(name) for part in path for name in form_path(part)]
    said = [name for name in names if not is_unit(name)]
    return tuple(said or names)


def _is_measure(name: str) -> bool:
    bare = name.removesuffix("+")
    return is_column(bare) or bare in measures()


def _find_entries(
    path: tuple[str, ...], shared: frozenset[str]
) -> tuple[tuple[Heading, ...], str]:
    for start in range(len(path)):
        entries, own = _look_up(path[start:])
        parents = path[:start]
        idle = [p in shared or _adds_nothing(p, entries) for p in parents if entries]
        if entries and all(idle):
            return entries, own or _group_above(parents)
    return (), ""


def _group_above(parents: Sequence[str]) -> str:
    """Return the one group that the headings above name, ``""`` if not just one."""
    named = {group for parent in parents for group in groups_in(parent)}
    return named.pop() if len(named) == 1 else ""


def _look_up(path: tuple[str, ...]) -> tuple[tuple[Heading, ...], str]:
    """Return the lines for headings joined, and the group that they name."""
    if path and is_column(path[-1].casefold()):  # the catalogue's own name
        return (Heading(phrase="", field=path[-1].casefold()),), ""
    whole = phrase(" ".join(path))
    # A parent repeated in its child ("BKB > BKB YANG ADA") says nothing twice.
    once = " ".join(dict.fromkeys(whole.split()))
    for text in dict.fromkeys((whole, once)):
        if entries := find_lines(text):
            return entries, ""
        entries, group = _without_group(text)
        if entries:
            return entries, group
    if found := find_below(path):
        return found, ""
    if says_share(once):
        return (Heading(phrase=once, field="percent"),), ""
    return (), ""


def _without_group(text: str) -> tuple[tuple[Heading, ...], str]:
    """Return the lines for what is left when the one group named is taken out."""
    tokens = text.split()
    named = {token for token in tokens if token in groups()}
    if len(named) != 1:
        return (), ""
    group = named.pop()
    rest = " ".join(token for token in tokens if token != group)
    if rest in COUNT:  # BKB alone, over figures, is how many BKB there are
        return find_headings(GROUP_ALONE), group
    return tuple(e for e in find_headings(rest) if _takes_group(e.field)), group


def _takes_group(name: str) -> bool:
    return (
        name in _WITH_OWN
        or name.startswith("stratum:")
        or (name in measures() and measures()[name].per_group)
    )


def _adds_nothing(parent: str, entries: tuple[Heading, ...]) -> bool:
    """Whether a heading above may be left out without changing what is meant below."""
    rest = " ".join(token for token in phrase(parent).split() if token not in groups())
    if rest in COUNT or rest in words("form_groups"):
        return True
    # Two headings that are both unclear have nothing to do with each other.
    above = {entry.field for entry in find_headings(rest)} - _NO_FIELD
    below = {entry.field.removesuffix("+") for entry in entries}
    if above & _TIMES and below <= _TIMES:
        return True
    return "parent" in above or any(
        _is_part(under, name) for name in above for under in below
    )


def _is_part(under: str, name: str) -> bool:
    """Whether a field is that of its parent, a part of it, or a share of it."""
    return under == name or under.startswith(f"{name}_") or under == "percent"


# --- from a meaning to a column -------------------------------------------------------


def _column(column: Candidate, context: Context) -> Column:
    printed = " > ".join(column.path)
    made = Column(position=column.position, printed=printed, role=UNKNOWN)
    if not column.path:  # figures without a heading number the rows
        return replace(made, role="ignore" if column.content == "number" else UNKNOWN)
    if is_personal(column.path[-1]):
        return replace(made, role="drop")
    if printed.endswith(AS_TEXT):
        return replace(made, role="keep", foreign=True)
    if column.entry is None:
        return made
    return _with_meaning(made, column, column.entry.field, context)


def _scaled(columns: Sequence[Column], header: Header) -> list[Column]:
    """Give up columns whose figures are no counts, by heading or title."""
    titles = scale_of(header.titles)
    settled = list(columns)
    for column in columns:
        path = header.paths[column.position]
        changes = "changes" if any(map(said_change, path)) else ""
        scale = changes or scale_of(path) or titles
        if scale and column.counts:
            settled[column.position] = replace(column, why=_SCALES[scale])
    return settled


def _of_results(columns: list[Column], header: Header) -> list[Column]:
    """Give up figures of a table whose title says that it is of targets only.

    TARGET PESERTA KB AKTIF TAHUN 2026 is what is to be, not what is.
    """
    tokens = phrase(" ".join(header.titles)).split()
    said = next((word for word in tokens if word in words("title_foreseen")), "")
    planning = any(column.what in _PLAN_ROLES for column in columns)
    if not said or planning or any(map(says_now, tokens)):
        return columns
    settled = list(columns)
    for column in columns:
        path = header.paths[column.position]
        foreseen = column.target in _FORESEEN or "target" in column.target
        if column.counts and not foreseen and not any(map(says_now, path)):
            better = f"REALISASI {column.printed}"
            settled[column.position] = replace(
                column, why="kind_unclear", said=said.upper(), better=better
            )
    return settled


def _with_meaning(
    made: Column, column: Candidate, field_name: str, context: Context
) -> Column:
    """Give a column the role that its line of the catalogue names."""
    if field_name == "ambiguous":
        return replace(made, why="column_ambiguous")
    if field_name == "unclear":
        return _unclear(made, column, context)
    if field_name == "name" and column.own:
        field_name = "group_name"
    name = _measure(field_name, column.own or context.group)
    if name in measures() and measures()[name].per_group:
        return replace(made, role="measure", target=name, why="group_unknown")
    if is_column(name):
        return replace(
            made, role="measure", target=name, added=field_name.endswith("+"),
            answered=_is_answered(column, field_name),
        )  # fmt: skip
    return made if name.startswith("groups_stratum_") else replace(made, role=name)


def _unclear(made: Column, column: Candidate, context: Context) -> Column:
    """Say which word denies the meaning, and how the heading would be clear."""
    group = groups()[column.own].short if column.own else ""
    note = column.entry.note if column.entry else ""
    said = find_denial(column, context) or column.path[-1]
    better = note.replace(GROUP_ALONE, group)
    return replace(made, why="kind_unclear", said=said, better=better)


def _is_answered(column: Candidate, field_name: str) -> bool:
    """Whether a column holds answers: in words, or 0 and 1 under a group alone."""
    alone = column.entry is not None and column.entry.phrase == GROUP_ALONE
    return field_name == "villages_with_groups" and (
        alone or column.content == "answers"
    )


def _measure(name: str, group: str) -> str:
    """Return the column that a field stands for, with its group where one is known."""
    name = name.removesuffix("+")
    if name.startswith("stratum:"):
        name = _stratum(name.partition(":")[2], group)
    if group and name in measures() and measures()[name].per_group:
        return f"{group}_{name}"
    return name


def _stratum(word: str, group: str) -> str:
    """Return the measure of a stratum; the highest of each group has one of its own."""
    top = bool(group) and groups()[group].strata[-1:] == (word,)
    return "groups_top_stratum" if top else f"groups_stratum_{word}"


def _sheet_group(
    found: Sequence[Candidate], titles: Sequence[str], hints: Sequence[str]
) -> str:
    """Return the one group that headings name, else titles, else the hints."""
    if any(_says_kind(c) for c in found):
        return ""  # the group stands in the rows
    named = {group for c in found for group in _groups_named(c)}
    if named:
        return named.pop() if len(named) == 1 else ""
    for text in (" ".join(titles), *hints):
        if len(here := groups_in(text)) == 1:
            return here[0]
    return ""


def _groups_named(column: Candidate) -> list[str]:
    """Return the groups that a heading names, in words or by a catalogue column."""
    named = [column.own] if column.own else []
    if column.entry and (group := group_of(column.entry.field)):
        named.append(group)
    return named
