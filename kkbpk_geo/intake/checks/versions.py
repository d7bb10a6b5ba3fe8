"""Rows that claim one place, time and measure: the same figure once, others not at all.

Why: a corrected file is sent beside the old one. Added, the two make a district twice
as large; taking either without being told is a guess. So neither is used, or the user
says which one wins.

In:     the tables of a run as :class:`Claims`, and the user's rule.
Out:    :class:`Standing` per table: which cells stand, and which rows are set aside;
        :class:`Meeting` per pair of tables, to be told.
Rule:   one claim among blanks stands; equal claims count once; claims that differ do
        not stand. Two lists of one subdistrict are versions where they share rows:
        where one differs, rows that only one of them has do not stand either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import JoinError
from kkbpk_geo.intake.cells.editions import later
from kkbpk_geo.intake.checks.claims import Claims

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kkbpk_geo.intake.model import Intake

    Flags = NDArray[np.bool_]
    Codes = NDArray[np.int8]
    Rows = NDArray[np.int_]

NEWEST = "newest"
# What became of a cell; where two things did, the higher one is told.
STANDS, REPEATED, OLDER, DISPUTED = 0, 1, 2, 3
REASONS = ("", "repeated", "older_version", "contradicts")
# Of the rows of the longer list: with fewer in common one is an excerpt of the other,
# not another version of the whole.
VERSION_SHARE = 0.5
# Of the rows of the shorter list of things, whose names may well repeat: with fewer in
# common they are two lists.
COPY_SHARE = 0.5


@dataclass(eq=False)
class Standing:
    """What became of the cells and rows of one table.

    Attributes
    ----------
    cells : dict column -> array of int8, one per row
        :data:`STANDS`, :data:`REPEATED`, :data:`OLDER` or :data:`DISPUTED`.
    rows : array of int8
        The same of whole rows: nothing of them stands.
    """

    cells: dict[str, Codes]
    rows: Codes

    def raise_to(self, code: int, column: str, where: Rows) -> None:
        """Say of cells what became of them, unless something graver did."""
        self.cells[column][where] = np.maximum(self.cells[column][where], code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Two tables, or two rows of one, that claim the same.

    ``one``, ``other``: places of the tables in the list; ``other`` is the one told of.
    ``rows``: position in either of the first pair that differs (None where only one
    has the row). ``same``: of the first pair that is equal.
    ``column``: the first measure that differs. ``differing, equal``: how many rows.
    ``winner``: place of the table that the rule chose, or None.
    """

    one: int
    other: int
    rows: tuple[int | None, int | None]
    same: tuple[int | None, int | None] = (None, None)
    column: str = ""
    differing: int = 0
    equal: int = 0
    winner: int | None = None


@dataclass(eq=False)
class Versions:
    """What stands of several tables, and where they meet."""

    standings: list[Standing]
    meetings: list[Meeting] = field(default_factory=list)


def require_version(keep: str | None, tables: Iterable[Intake]) -> None:
    """Refuse a rule that names no table: the versions would stay two in silence.

    Raises
    ------
    JoinError
        With the names that there are.
    """
    if keep in (None, NEWEST):
        return
    names = set()
    for table in tables:
        names.add(table.source)
        if "source_sheet" in table.data:
            names |= set(table.data["source_sheet"].dropna().unique())
    if keep not in names:
        msg = (
            f"keep is {keep!r}; expected 'newest' or the name of one of the files: "
            f"{sorted(map(str, names))}."
        )
        raise JoinError(msg)


def find_versions(tables: Sequence[Claims], keep: str | None = None) -> Versions:
    """Compare all rows that claim the same.

    Parameters
    ----------
    tables : sequence of Claims
        In the order given; of equal claims the first one counts.
    keep : str, optional
        ``"newest"``, or the name of the file or sheet that wins.

    Returns
    -------
    Versions
        One standing per table, in order; meetings within tables first.
    """
    standings = [_stand(table) for table in tables]
    found = Versions(standings)
    for i, table in enumerate(tables):
        found.meetings += _within(i, table, standings[i])
    for j, other in enumerate(tables):
        for i, one in enumerate(tables[:j]):
            if met := _Pair.of(one, other):
                winner = _winner(one, other, keep)
                found.meetings += _between(
                    (i, j), met, (standings[i], standings[j]), winner
                )
    for table, standing in zip(tables, standings, strict=True):
        _judge_rows(table, standing)
    return found


def _stand(table: Claims) -> Standing:
    n = len(table)
    cells = {column: np.zeros(n, dtype=np.int8) for column in table.values}
    return Standing(cells, np.zeros(n, dtype=np.int8))


def _winner(one: Claims, other: Claims, keep: str | None) -> int | None:
    """Return 0 or 1 for the table that the rule chooses, None for neither."""
    if keep is None:
        return None
    if keep == NEWEST:
        order = later(one.edition, other.edition)
        return None if order == 0 else int(order < 0)
    named = [keep in table.names for table in (one, other)]
    return named.index(True) if sum(named) == 1 else None


# --- rows of one table ----------------------------------------------------------------


def _within(at: int, table: Claims, standing: Standing) -> Iterator[Meeting]:
    """Compare rows of one table; parts that a further column tells apart are parts."""
    if table.is_list:
        return
    keys = table.keys()
    codes, _ = pd.factorize(keys)
    again = pd.Series(codes).duplicated(keep=False).to_numpy()
    rows = np.flatnonzero(again & table.placed) if again.any() else np.empty(0, int)
    if not len(rows):
        return
    group = codes[rows]
    if table.tells_apart(rows, group):
        return
    differs = np.zeros(len(rows), dtype=bool)
    first: dict[str, int] = {}
    for column, values in table.values.items():
        claims = pd.Series(values[rows])
        shared = claims.groupby(group).transform("first").to_numpy()
        claimed = claims.notna().to_numpy()
        same = ~claimed | (claims.to_numpy() == shared)
        whole = pd.Series(same).groupby(group).transform("all").to_numpy()
        nth = pd.Series(claimed).groupby(group).cumsum().to_numpy()
        standing.raise_to(DISPUTED, column, rows[claimed & ~whole])
        standing.raise_to(REPEATED, column, rows[claimed & whole & (nth > 1)])
        told = pd.Series(claimed).groupby(group).transform("any").to_numpy()
        standing.raise_to(REPEATED, column, rows[~claimed & told])
        differs |= ~whole
        if not whole.all():
            first.setdefault(column, int(np.flatnonzero(~whole)[0]))
    _set_blanks_aside(table, standing, rows, group)
    yield from _tell_within(at, rows, group, differs, first)


def _tell_within(
    at: int, rows: Rows, group: Rows, differs: Flags, first: dict[str, int]
) -> Iterator[Meeting]:
    later_ones = pd.Series(group).duplicated().to_numpy()
    for wrong in (True, False):
        told = np.flatnonzero(later_ones & (differs == wrong))
        if not len(told):
            continue
        k = int(told[0])
        earlier = int(rows[np.flatnonzero(group == group[k])[0]])
        column = next((c for c, i in first.items() if group[i] == group[k]), "")
        pair = (earlier, int(rows[k]))
        met = Meeting(one=at, other=at, rows=pair, same=pair, column=column)
        n = len(told)
        yield replace(met, differing=n) if wrong else replace(met, equal=n)


def _set_blanks_aside(
    table: Claims, standing: Standing, rows: Rows, group: Rows
) -> None:
    """Set rows aside that claim nothing beside one of their place that does."""
    claims = table.claims()[rows]
    any_claim = pd.Series(claims).groupby(group).transform("any").to_numpy()
    nth = pd.Series(group).groupby(group).cumcount().to_numpy()
    standing.rows[rows[~claims & (any_claim | (nth > 0))]] = REPEATED


# --- rows of two tables ---------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Pair:
    """The rows of two tables that may meet: by table, the rows and their lists.

    ``blocks``: the subdistrict (where both name them) of each row, ``areas`` its
    district. ``at``: position in the second's rows of each of the first's, else -1.
    """

    columns: tuple[str, ...]
    tables: tuple[Claims, Claims]
    rows: tuple[Rows, Rows]
    blocks: tuple[Rows, Rows]
    areas: tuple[Rows, Rows]
    at: Rows

    @classmethod
    def of(cls, one: Claims, other: Claims) -> _Pair | None:
        """Return the pair, or None where the two cannot meet."""
        columns = tuple(column for column in one.values if column in other.values)
        if not columns or one.is_list != other.is_list:
            return None
        common = one.areas & other.areas
        if not common:
            return None
        rows = one.in_areas(common), other.in_areas(common)
        use = one.uses(rows[0]) & other.uses(rows[1])
        keys = [t.keys(use, r) for t, r in zip((one, other), rows, strict=True)]
        index = pd.Index(keys[1])
        at = index.get_indexer(pd.Index(keys[0]))
        if (at < 0).all():
            return None
        lists: list[tuple[Rows, Rows]] = []
        for parts in (use, frozenset[str]()):
            named = [
                t.blocks(parts, r) for t, r in zip((one, other), rows, strict=True)
            ]
            codes, _ = pd.factorize(np.concatenate(named))
            lists.append((codes[: len(rows[0])], codes[len(rows[0]) :]))
        return cls(columns, (one, other), rows, lists[0], lists[1], at)


def _between(
    places: tuple[int, int],
    pair: _Pair,
    standings: tuple[Standing, Standing],
    winner: int | None,
) -> Iterator[Meeting]:
    here = pair.at >= 0
    here &= ~np.isin(pair.blocks[0], _strangers(pair, here))
    mine, theirs = pair.rows[0][here], pair.rows[1][pair.at[here]]
    if not len(mine):
        return
    loser = None if winner is None else 1 - winner
    differs = np.zeros(len(mine), dtype=bool)
    column = ""
    for name in pair.columns:
        values = pair.tables[0].values[name][mine], pair.tables[1].values[name][theirs]
        both = ~np.isnan(values[0]) & ~np.isnan(values[1])
        unlike = both & (values[0] != values[1])
        if not column and unlike.any():
            column = name
        differs |= unlike
        if loser is not None:
            standings[loser].raise_to(OLDER, name, (mine, theirs)[loser])
        else:
            standings[0].raise_to(DISPUTED, name, mine[unlike])
            standings[1].raise_to(DISPUTED, name, theirs[unlike])
            standings[1].raise_to(REPEATED, name, theirs[both & ~unlike])
            # A blank beside a claim is none; of two blanks one is counted.
            standings[0].raise_to(
                REPEATED, name, mine[np.isnan(values[0]) & ~np.isnan(values[1])]
            )
            standings[1].raise_to(REPEATED, name, theirs[np.isnan(values[1])])
    _set_matched_blanks_aside(pair, standings, mine, theirs, winner)
    lone = _lone_rows(pair, here, differs, winner)
    for side in (0, 1):
        for name in pair.columns:
            code = DISPUTED if winner is None else OLDER
            where = _claimed(pair.tables[side], name, lone[side])
            standings[side].raise_to(code, name, where)
    yield Meeting(
        one=places[0],
        other=places[1],
        rows=_first_rows((mine, theirs), differs, lone),
        same=_first_rows((mine, theirs), ~differs, lone),
        column=column,
        differing=int(differs.sum()) + sum(map(len, lone)),
        equal=int((~differs).sum()),
        winner=None if winner is None else places[winner],
    )


def _claimed(table: Claims, column: str, rows: Rows) -> Rows:
    """Return the rows that claim something; an entry of another kind is 0."""
    values = table.values[column][rows]
    claims = ~np.isnan(values)
    if table.is_list:
        claims &= values != 0
    return rows[claims]


def _strangers(pair: _Pair, here: Flags) -> Rows:
    """Return blocks in which two lists of things have too little in common."""
    if not pair.tables[0].is_list:
        return np.empty(0, dtype=int)
    met = _Shared.of(pair.blocks, here)
    return np.flatnonzero(met.rows < COPY_SHARE * np.minimum(met.one, met.other))


@dataclass(frozen=True, slots=True, eq=False)
class _Shared:
    """Rows in common, and of either table, by block."""

    rows: Rows
    one: Rows
    other: Rows

    @classmethod
    def of(cls, blocks: tuple[Rows, Rows], here: Flags) -> _Shared:
        """Count rows of two tables; ``here``: rows of the first that both have."""
        n = 1 + max(int(each.max(initial=0)) for each in blocks)
        one, other = (np.bincount(each, minlength=n) for each in blocks)
        return cls(np.bincount(blocks[0][here], minlength=n), one, other)

    @property
    def each_has_own(self) -> Flags:
        """Blocks of which either table has rows that the other lacks."""
        return np.asarray((self.rows < self.one) & (self.rows < self.other))

    def is_most_of(self, size: Rows) -> Flags:
        """Blocks in which the common rows are most of so many."""
        return np.asarray((self.rows > 0) & (self.rows >= VERSION_SHARE * size))


def _lone_rows(
    pair: _Pair, here: Flags, differs: Flags, winner: int | None
) -> tuple[Rows, Rows]:
    """Return the rows that only one version of a list has, and that do not stand."""
    was_met = [np.zeros(len(rows), dtype=bool) for rows in pair.rows]
    was_met[0] = here
    was_met[1][pair.at[here]] = True
    block = _Shared.of(pair.blocks, here)
    area = _Shared.of(pair.areas, here)
    found = []
    for side in (0, 1):
        if winner is None:
            lone = _doubted(pair, side, (block, area), here, differs)
        elif winner == side:
            lone = np.zeros(len(pair.rows[side]), dtype=bool)
        else:
            lone = _outdated(pair, side, (block, area))
        found.append(pair.rows[side][lone & ~was_met[side]])
    return found[0], found[1]


def _doubted(
    pair: _Pair, side: int, shared: tuple[_Shared, _Shared], here: Flags, differs: Flags
) -> Flags:
    """Flag rows of blocks of which there are two versions and nobody chose one."""
    block, area = shared
    unlike = np.bincount(pair.blocks[0][here][differs], minlength=len(block.rows)) > 0
    large = block.is_most_of(np.maximum(block.one, block.other))
    doubted = (block.rows > 0) & (block.each_has_own | (unlike & large))
    own = pair.blocks[side]
    # A subdistrict whose villages all bear other names, in copies of one district.
    renamed = (block.rows == 0) & block.each_has_own
    in_copy = area.rows[pair.areas[side]] > 0
    whole = area.each_has_own & area.is_most_of(np.maximum(area.one, area.other))
    return np.asarray(doubted[own] | (renamed[own] & in_copy) | whole[pair.areas[side]])


def _outdated(pair: _Pair, side: int, shared: tuple[_Shared, _Shared]) -> Flags:
    """Flag rows of blocks that the chosen version replaces; an excerpt does not."""
    block, area = shared
    sizes = [(each.one, each.other)[side] for each in shared]
    whole = area.each_has_own & area.is_most_of(sizes[1])
    replaced = block.is_most_of(sizes[0])[pair.blocks[side]]
    return np.asarray(replaced | whole[pair.areas[side]])


def _set_matched_blanks_aside(
    pair: _Pair,
    standings: tuple[Standing, Standing],
    mine: Rows,
    theirs: Rows,
    winner: int | None,
) -> None:
    one, other = (table.claims() for table in pair.tables)
    if winner is None:
        standings[0].rows[mine[~one[mine] & other[theirs]]] = REPEATED
        standings[1].rows[theirs[~other[theirs]]] = REPEATED
    else:
        blank = (mine[~one[mine]], theirs[~other[theirs]])[1 - winner]
        standings[1 - winner].rows[blank] = OLDER


def _first_rows(
    met: tuple[Rows, Rows], differs: Flags, lone: tuple[Rows, Rows]
) -> tuple[int | None, int | None]:
    """Return the first two rows that differ, else the first that stands alone."""
    if differs.any() or not (len(lone[0]) or len(lone[1])):
        k = int(np.argmax(differs))
        return int(met[0][k]), int(met[1][k])
    if len(lone[0]):
        return int(lone[0][0]), None
    return None, int(lone[1][0])


# --- whole rows -----------------------------------------------------------------------


def _judge_rows(table: Claims, standing: Standing) -> None:
    """Set a row aside where nothing that it claims stands."""
    stands = np.zeros(len(table), dtype=bool)
    worst = np.zeros(len(table), dtype=np.int8)
    for column, values in table.values.items():
        claimed = ~np.isnan(values)
        if table.is_list:
            claimed &= values != 0
        became = standing.cells[column]
        stands |= claimed & (became == STANDS)
        worst = np.maximum(worst, np.where(claimed, became, 0)).astype(np.int8)
    standing.rows = np.maximum(standing.rows, np.where(stands, 0, worst)).astype(
        np.int8
    )
