"""Parts under one heading, and their sum: which column is the figure of the heading.

Why: PESERTA KB AKTIF over PEMERINTAH, SWASTA and JUMLAH is what stands under JUMLAH,
whatever the parts are called and wherever they stand. The first part is never the
whole, and half of a heading never gives a figure.

In:     the columns as their own headings mean them, the header.
Out:    the columns: sums know their parts, parts that are all there are add up, and
        what nobody can tell is told once for each heading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from kkbpk_geo.base.text import fold_words
from kkbpk_geo.catalogue.headings import words
from kkbpk_geo.catalogue.indicators import methods_in
from kkbpk_geo.catalogue.programme import group_of
from kkbpk_geo.catalogue.reading import read_as
from kkbpk_geo.intake.recognise.columns import UNKNOWN, Column
from kkbpk_geo.intake.recognise.headers import Header
from kkbpk_geo.intake.recognise.phases import read_heading
from kkbpk_geo.intake.recognise.spelling import says_sum
from kkbpk_geo.intake.recognise.storeys import is_unit

Path = tuple[str, ...]
_FIGURES = ("number", "blank")
_FEWEST_METHODS = 2  # a JUMLAH over one is that one
_ALL_USERS = ("users", "new_users")
# Forms without MAL and traditional ones are common; one without PIL is a selection.
_NOT_EVERYWHERE = frozenset(["users_lam", "users_traditional"])


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """The columns under one heading that stands for a measure.

    ``parts``: what the next storey says -> columns below it; ``""`` where it is blank.
    """

    over: Path
    target: str
    totals: list[int]
    parts: dict[str, list[int]]


def settle_parts(
    columns: Sequence[Column],
    header: Header,
    contents: Sequence[str],
    target_of: Callable[[Path], str],
) -> list[Column]:
    """Say of each heading over several columns which of them is its figure.

    Parameters
    ----------
    columns : sequence of Column
    header : Header
    contents : sequence of str
        What each column holds.
    target_of : callable
        The measure that a path of headings stands for, ``""`` for none.
    """
    settled = list(columns)
    for i in header.unclear:  # a blank among parts is a part
        if settled[i].role == "measure":
            settled[i] = replace(settled[i], role=UNKNOWN, target="", why="")
    for block in _blocks(settled, header, contents, target_of):
        for part in _by_time(block, header):
            _settle(settled, part)
    _tell_half_headings(settled, header, contents, target_of)
    return settled


def _blocks(
    columns: Sequence[Column],
    header: Header,
    contents: Sequence[str],
    target_of: Callable[[Path], str],
) -> Iterator[_Parts]:
    """Yield the headings that stand for a measure and have others below them."""
    paths = header.paths
    over = {path[:size]: None for path in paths for size in range(1, len(path))}
    over |= {paths[i]: None for i in header.unclear if paths[i]}
    # The inner heading first: its sum is one part of the outer.
    for heading in sorted(over, key=len, reverse=True):
        target = target_of(heading)
        if not target:
            continue
        block = _Parts(heading, target, [], {})
        for column, path, content in zip(columns, paths, contents, strict=True):
            if path[: len(heading)] != heading or content not in _FIGURES:
                continue
            _join(block, column, path)
        yield block


def _by_time(block: _Parts, header: Header) -> list[_Parts]:
    """Return a block for each time that its columns are of: years are no parts."""
    inside = [*block.totals, *(i for each in block.parts.values() for i in each)]
    found = []
    for time in dict.fromkeys(header.timed.get(i) for i in inside):
        mine = [i for i in inside if header.timed.get(i) == time]
        kept: dict[str, list[int]] = {}
        for name, each in block.parts.items():
            if here := [i for i in each if i in mine]:
                kept[name] = here
        totals = [i for i in block.totals if i in mine]
        found.append(_Parts(block.over, block.target, totals, kept))
    return found


def _join(block: _Parts, column: Column, path: Path) -> None:
    if column.role == "measure" and column.target == block.target:
        block.totals.append(column.position)
    elif column.role in ("measure", UNKNOWN) and not _is_time(path):
        name = (*path[len(block.over) :], "")[0]
        block.parts.setdefault(name, []).append(column.position)


def _is_time(path: Path) -> bool:
    """Whether headings name a month or a year: another time is no part."""
    said = read_heading(path)
    return said is not None and (said.timed or bool(said.phase.year))


def _settle(columns: list[Column], block: _Parts) -> None:
    """Give sums their parts; use complete parts; else tell that there is no figure."""
    block = _with_one_total(columns, block)
    unknown = [
        i for group in block.parts.values() for i in group if columns[i].role == UNKNOWN
    ]
    _settle_added(columns, block, at_least=bool(unknown))
    if not unknown:
        _settle_methods(columns, block)
        return
    if block.totals:
        parts = _checked_parts(columns, block)
        for i in block.totals if len(parts) > 1 else ():
            columns[i] = replace(columns[i], parts=parts)
        return
    if any(column.target == block.target for column in columns):
        return  # the figure stands elsewhere
    if _are_whole(block) and len(unknown) == len(block.parts):
        for i in unknown:
            columns[i] = replace(
                columns[i], role="measure", target=block.target, added=True,
                parts=tuple(unknown), of_parts=True,
            )  # fmt: skip
        return
    first = unknown[0]
    columns[first] = replace(columns[first], why="heading_parts", meant=block.target)


def _settle_added(columns: list[Column], block: _Parts, *, at_least: bool) -> None:
    """Give a sum the columns that would add up to it where it did not stand there."""
    whole = [i for i in block.totals if not columns[i].added]
    parts = tuple(i for i in block.totals if columns[i].added)
    if len(whole) == 1 and len(parts) > 1:
        total = columns[whole[0]]
        columns[whole[0]] = replace(total, parts=parts, at_least=at_least)


def _settle_methods(columns: list[Column], block: _Parts) -> None:
    """Give a sum over methods that are all known the methods that it is of.

    Beside IUD and its like, MKJP is no part more; nor is what is no method: users of
    private places are the same users, divided again.
    """
    inside = [i for group in block.parts.values() for i in group]
    methods = {i: methods_in(columns[i].target) for i in inside}
    parts = [i for i in inside if len(methods[i]) == 1]
    seen = _together(methods[i] for i in parts)
    parts += [i for i in inside if methods[i] and not methods[i] & seen]
    said = _together(methods[i] for i in parts)
    if len(parts) < _FEWEST_METHODS or not said <= methods_in(block.target):
        return
    for i in block.totals:
        columns[i] = _sum_of(columns[i], tuple(sorted(parts)), said)


def _together(methods: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset(chain.from_iterable(methods))


def _sum_of(column: Column, parts: tuple[int, ...], said: frozenset[str]) -> Column:
    """Return a sum with its parts; one of only some methods is not of all users."""
    lasting = methods_in("users_long_acting")
    if column.target == "users" and said == lasting:
        return replace(column, target="users_long_acting", parts=parts)
    if column.target in _ALL_USERS and (said <= lasting or not said & lasting):
        return replace(column, role=UNKNOWN, target="", why="column_ambiguous")
    return replace(column, parts=parts)


def with_methods(columns: Sequence[Column]) -> list[Column]:
    """Let all users beside their methods know them, where no heading stands over both.

    JUMLAH PA beside IUD, MOW ... PIL is their sum; PA beside some of them is no less.
    """
    settled = list(columns)
    for column in columns:
        if column.target not in _ALL_USERS or not column.counts or column.parts:
            continue
        beside = [c for c in columns if c.counts and c.phase == column.phase]
        of = {c.position: methods_in(c.target) for c in beside if _is_of(column, c)}
        parts = tuple(i for i, methods in of.items() if len(methods) == 1)
        if len(parts) < _FEWEST_METHODS:
            continue
        lacking = methods_in(column.target) - _together(of[i] for i in parts)
        whole = lacking <= _NOT_EVERYWHERE and _says_all(column)
        settled[column.position] = replace(column, parts=parts, at_least=not whole)
    return settled


def with_sexes(columns: Sequence[Column]) -> list[Column]:
    """Let people beside men and women know them: PENDUDUK is L and P, and is checked.

    Neither is a measure; where a heading stands over them, it has said so already.
    """
    settled = list(columns)
    people = [c for c in columns if c.target == "population" and c.counts]
    unknown = [c for c in columns if c.role == UNKNOWN and not c.why]
    men = [c.position for c in unknown if fold_words(c.printed) in words("male")]
    women = [c.position for c in unknown if fold_words(c.printed) in words("female")]
    if len(people) == len(men) == len(women) == 1 and not people[0].parts:
        whole = people[0]
        settled[whole.position] = replace(whole, parts=(*men, *women))
    return settled


def _is_of(users: Column, part: Column) -> bool:
    """Whether a measure counts some of these users: new ones are no active ones."""
    return part.target.startswith(f"{users.target}_")


def _says_all(column: Column) -> bool:
    """Whether a heading calls its figure a sum: JUMLAH PA, TOTAL PESERTA KB AKTIF."""
    said = fold_words(column.printed.rpartition(" > ")[2]).split()
    return any(map(says_sum, said))


def _with_one_total(columns: list[Column], block: _Parts) -> _Parts:
    """Let the column that says JUMLAH be the figure where several might be.

    A bare unit, a dash or ADA beside JUMLAH is a part of it; where no column says it,
    or several do, nobody knows which is the whole.
    """
    claims = [i for i in block.totals if not columns[i].added]
    if len(claims) < 2:  # noqa: PLR2004  (one is the figure)
        return block
    sums = [i for i in claims if _ends_in_sum(columns[i].printed.split(" > "))]
    total = sums if len(sums) == 1 else []
    parts = dict(block.parts)
    for i in claims:
        if i not in total:
            columns[i] = replace(columns[i], role=UNKNOWN, target="")
            parts[f"#{i}"] = [i]
    return replace(block, totals=total, parts=parts)


def _checked_parts(columns: Sequence[Column], block: _Parts) -> tuple[int, ...]:
    """Return the columns that a sum is of; none where some are measures of their own.

    Groups that report are no part beside those that do not; methods of users are.
    """
    known = [
        columns[i].target
        for group in block.parts.values()
        for i in group
        if columns[i].role == "measure"
    ]
    inside = all(target.startswith(f"{block.target}_") for target in known)
    if known and (group_of(block.target) or not inside):
        return ()
    return tuple(i for group in block.parts.values() for i in _of_group(columns, group))


def _of_group(columns: Sequence[Column], group: Sequence[int]) -> list[int]:
    """Return the sum that stands among the columns of one part, else all of them."""
    sums = [i for i in group if _ends_in_sum(columns[i].printed.split(" > "))]
    return sums if len(sums) == 1 and len(group) > 1 else list(group)


def _ends_in_sum(path: Sequence[str]) -> bool:
    said = [part for part in path if not is_unit(part)]
    return bool(said) and says_sum(said[-1])


@cache
def _whole_parts() -> frozenset[frozenset[str]]:
    lists = read_as(dict[str, tuple[str, ...]], "words.toml", "whole_parts")
    named = (map(fold_words, line.split("+")) for line in lists["words"])
    return frozenset(map(frozenset, named))


def _are_whole(block: _Parts) -> bool:
    """Whether the parts are all there are, by their names: L and P."""
    return frozenset(map(fold_words, block.parts)) in _whole_parts()


def _tell_half_headings(
    columns: list[Column],
    header: Header,
    contents: Sequence[str],
    target_of: Callable[[Path], str],
) -> None:
    """Tell of columns of which one storey is a measure, and another is not understood.

    Once for each measure; not where its figure stands in another column.
    """
    told = {column.target or column.meant for column in columns}
    for column, path, content in zip(columns, header.paths, contents, strict=True):
        if column.role != UNKNOWN or column.why or content != "number":
            continue
        if len(path) < 2 or _is_time(path):  # noqa: PLR2004  (one storey is whole)
            continue
        meant = next(filter(None, (target_of((part,)) for part in path)), "")
        if meant and meant not in told:
            told.add(meant)
            columns[column.position] = replace(
                column, why="heading_unclear", meant=meant
            )
