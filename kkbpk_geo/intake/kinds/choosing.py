"""Which kind of table a sheet is, and what that makes of its columns.

In:     a :class:`~kkbpk_geo.intake.recognise.headers.Header`, what the columns hold,
        hints.
Out:    :class:`~kkbpk_geo.intake.recognise.columns.Recognised`; the object of a kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from kkbpk_geo.base.text import fold_words
from kkbpk_geo.catalogue.headings import find_said, groups_in, words
from kkbpk_geo.catalogue.tables import Rows, choose_kind, table_kinds
from kkbpk_geo.intake.cells.periods import DATES
from kkbpk_geo.intake.frames import PLACES
from kkbpk_geo.intake.kinds.inventory import INVENTORY
from kkbpk_geo.intake.kinds.kind import PLAN_ROLES, STOCK_ROLES, Kind
from kkbpk_geo.intake.kinds.list import FACILITIES, GROUPS, List
from kkbpk_geo.intake.kinds.persons import PERSONS, STAFF, names_persons, person_measure
from kkbpk_geo.intake.kinds.plan import PLAN
from kkbpk_geo.intake.kinds.recap import RECAP
from kkbpk_geo.intake.kinds.titled import Titled, as_printed, under_title
from kkbpk_geo.intake.recognise.abreast import times_of, with_times, without_times
from kkbpk_geo.intake.recognise.columns import (
    NAMES,
    UNKNOWN,
    Column,
    Recognised,
    roles_of,
    targets_of,
)
from kkbpk_geo.intake.recognise.headings import Meant, read_headings
from kkbpk_geo.intake.recognise.parts import with_methods, with_sexes
from kkbpk_geo.intake.recognise.subject import look_around

if TYPE_CHECKING:
    from kkbpk_geo.intake.cells.values import Content
    from kkbpk_geo.intake.open_sheet import Cells
    from kkbpk_geo.intake.recognise.headers import Header
    from kkbpk_geo.intake.recognise.phases import Phase
    from kkbpk_geo.intake.recognise.subject import Around

# What a row is, in tables.toml -> how such a table is read; asked in this order.
KINDS: Mapping[Rows, Kind] = MappingProxyType(
    {
        "plan": PLAN,
        "inventory": INVENTORY,
        "staff": STAFF,
        "groups": GROUPS,
        "facilities": FACILITIES,
        "persons": PERSONS,
        "regions": RECAP,
    }
)
# Only facilities have these, whatever their NAMA is called.
_OF_FACILITIES = frozenset(["low_stock", "latitude", "registration", "training"])
# Where a person works; the training of others is that of cadres, perhaps.
_OF_STAFF = frozenset(["registration", "facility_name"])
# What a list of facilities says of each, and a list of its staff does not.
_OF_PLACES = frozenset(["latitude", "longitude", "low_stock", "kind"])
# What may stand in several columns of one table.
_REPEATABLE = frozenset(["ignore", "drop", "percent", "keep", UNKNOWN])


def kind_named(key: str) -> Kind:
    """Return how tables of a kind are read; what is unknown is read as a recap."""
    known = table_kinds().get(key)
    return KINDS[known.rows] if known else RECAP


def recognise(
    header: Header,
    contents: Sequence[Content],
    *,
    hints: Sequence[str] = (),
    kind: str | None = None,
    around: Around | None = None,
    cells: Cells | None = None,
) -> Recognised:
    """Recognise every column of a sheet and the kind of table.

    Parameters
    ----------
    header : Header
    contents : sequence of Content
        What each column holds.
    hints : sequence of str
        Where the group may be named if no heading does, best first (sheet, file).
    kind : str, optional
        The kind of table, if the caller knows it.
    around : Around, optional
        What is said around the columns, the texts below them included.
    cells : array of object, n rows x m columns, optional
        The rows: a facility that stands in several is that of several persons.
    """
    group = table_kinds()[kind].group if kind else None
    given = kind_named(kind) if kind else None
    read = partial(read_headings, hints=hints, group=group, around=around)
    meant = read(header, contents)
    printed, titled = header, Titled(header=header)
    if _takes_titles(meant, given):
        titled = under_title(header, meant.columns, contents, hints)
        header = titled.header
        meant = read(header, contents)
    if times := _times_abreast(meant, header, given):
        meant = read(without_times(header, times), contents)
        meant = replace(meant, columns=with_times(meant.columns, header, times))
    if header is not printed:
        meant = replace(meant, columns=as_printed(meant.columns, printed, titled))
    columns = _settle_names(meant, given, (" ".join(header.titles), *hints))
    columns = _settle(columns, header, contents, given)
    roles = roles_of(columns)
    texts = (" ".join(header.titles), *hints)
    person = person_measure(columns, texts, meant.group)
    chosen = kind or _choose(columns, roles, person)
    if chosen == "facilities" and person == "staff" and not roles & _OF_PLACES:
        chosen = _of_persons(columns, cells)
    some = "" if kind else _says_some(chosen, around or look_around(texts, (), ()))
    if some or not kind_named(chosen).holds(roles):
        chosen = UNKNOWN
    owned = _of_one_time(kind_named(chosen), kind_named(chosen).own(columns))
    columns = with_sexes(with_methods(_once(owned)))
    return Recognised(
        kind=chosen, group=meant.group, columns=tuple(columns), person=person,
        chosen=some,
    )  # fmt: skip


def _of_persons(columns: Sequence[Column], cells: Cells | None) -> str:
    """Return whether a list of facilities is one of their staff."""
    return "staff" if cells is not None and _repeats(cells, columns) else "facilities"


def _says_some(chosen: str, around: Around) -> str:
    """Return the word by which a list says that it holds but some of what there is."""
    if not isinstance(kind_named(chosen), List):
        return ""
    subjects = ("chosen", "lacking")
    return next(filter(None, (find_said(around.names, s) for s in subjects)), "")


def _repeats(cells: Cells, columns: Sequence[Column]) -> bool:
    """Whether a facility stands in several rows: one of each of its midwives."""
    about = ("facility_name", *PLACES, *DATES)
    positions = [column.position for column in columns if column.what in about]
    rows = list(map(tuple, cells[:, positions].tolist()))
    return len(set(rows)) < len(rows)


def meaning_of(
    header: Header, paths: Sequence[tuple[str, ...]], *, hints: Sequence[str]
) -> list[Column]:
    """Say what headings over figures would mean that stand in the rows of a sheet."""
    whole = replace(header, paths=(*header.paths, *paths))
    known: list[Content] = ["text"] * len(header.paths)
    figures: list[Content] = ["number"] * len(paths)
    meant = read_headings(whole, [*known, *figures], hints=hints, group=None)
    return meant.columns[len(header.paths) :]


def _choose(columns: Sequence[Column], roles: set[str], person: str) -> str:
    """Choose a kind; ``person``: the measure of which each row may be one."""
    chosen = _by_measures(columns, roles)
    if chosen == "staff" and not roles & _OF_STAFF and person != "staff":
        chosen = UNKNOWN  # of whom? cadres are trained, too
    if chosen == UNKNOWN and person:
        return "staff" if person == "staff" else "persons"
    return chosen


def _takes_titles(meant: Meant, given: Kind | None) -> bool:
    """Whether a title may say what columns are of: in recaps; plans have phases."""
    others = {*PLAN_ROLES, *STOCK_ROLES}
    return given in (None, RECAP) and not roles_of(meant.columns) & others


def _times_abreast(
    meant: Meant, header: Header, given: Kind | None
) -> Mapping[int, Phase]:
    """Return the times of headings of a recap; a plan reads its own."""
    if not _takes_titles(meant, given):
        return {}
    times = times_of(header)
    unread = [meant.columns[i].role == UNKNOWN for i in times]
    return times if any(unread) else {}


def _of_one_time(kind: Kind, columns: Sequence[Column]) -> list[Column]:
    """Give up measures of several times where a row is one thing, not a series."""
    if kind is RECAP or kind in (PLAN, INVENTORY):
        return list(columns)
    out = []
    for column in columns:
        timed = column.role == "measure" and column.phase
        out.append(replace(column, why="column_ambiguous") if timed else column)
    return out


def _by_measures(columns: Sequence[Column], roles: Collection[str]) -> str:
    """Choose the kind by the measures, else by those that no heading gives whole."""
    found = targets_of(columns)
    chosen = choose_kind(roles, found)
    lost = {column.meant for column in columns if column.meant}
    return choose_kind(roles, found | lost) if chosen == UNKNOWN else chosen


def _settle_names(
    meant: Meant, given: Kind | None, texts: Sequence[str]
) -> list[Column]:
    """Decide what a bare NAMA is: of a facility, a group, a region, or of a person."""
    roles = {column.role for column in meant.columns}
    if "name" not in roles:
        return list(meant.columns)
    stated = meant.facilities or (given is not None and given.of_facilities)
    if roles & set(NAMES) or _is_of_person(meant.columns, texts):
        name = "drop"
    elif stated or (roles & _OF_FACILITIES and not meant.group):
        name = "facility_name"
    elif meant.group or "kind" in roles:
        name = "group_name"
    else:  # beside a place it is that of a person; alone it is the place
        name = "drop" if roles & set(PLACES) else "kabkota"
    settled = list(meant.columns)
    for column in meant.columns:
        if column.role == "name":
            settled[column.position] = replace(column, role=name)
    return settled


def _is_of_person(columns: Sequence[Column], texts: Sequence[str]) -> bool:
    """Whether what stands beside a bare NAMA, or above it, is said of persons only."""
    beside = {fold_words(c.printed.rpartition(" > ")[2]) for c in columns}
    if beside & words("of_one_person"):
        return True
    said = [text for text in texts if names_persons(text)]
    return bool(said) and not any(map(groups_in, said))


def _settle(
    columns: list[Column],
    header: Header,
    contents: Sequence[Content],
    given: Kind | None,
) -> list[Column]:
    """Let the first kind that knows the headings read those that only it can."""
    asked: Iterable[Kind] = [given] if given else KINDS.values()
    for kind in asked:
        settled = kind.settle(columns, header, contents, given=kind is given)
        if settled is not None:
            return settled
    return columns


def _may_repeat(column: Column) -> bool:
    """Whether a column may stand beside another of its role."""
    apart = column.phase or column.stock  # the measure of another time or thing
    return bool(apart) or column.role in _REPEATABLE


def _without_told_changes(columns: Sequence[Column]) -> list[Column]:
    """Keep as text how much more there is, where a column says how much there is."""
    counted = {column.target for column in columns if column.counts}
    kept = list(columns)
    for column in columns:
        if column.why == "change_for_count" and column.target in counted:
            kept[column.position] = replace(column, role="keep", target="", why="")
    return kept


def _once(columns: Sequence[Column]) -> list[Column]:
    """Keep the first of two columns for one thing; the other stays as text.

    Where both have the same heading (under years, say) neither can be told from the
    other, and neither is counted.
    """
    columns = _without_told_changes(columns)
    measures = [c for c in columns if c.role == "measure"]
    whole = {c.target for c in measures if not c.added}
    alike = Counter((c.printed, c.target) for c in measures)
    seen: set[str] = set()
    out = []
    for column in columns:
        name = column.target or column.role
        if _may_repeat(column):
            out.append(column)
        elif column.added and column.target in whole:  # parts beside their whole
            out.append(replace(column, role="keep", target=""))
        elif alike[column.printed, column.target] > 1:
            out.append(replace(column, role=UNKNOWN, target="", why="column_ambiguous"))
        elif column.added or name not in seen:
            seen.add(name)
            out.append(column)
        else:
            out.append(replace(column, role=UNKNOWN, target="", why="column_twice"))
    return out
