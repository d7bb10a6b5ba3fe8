"""Which lines of three plans are about the same work.

Why: before plans can be compared, lines must be found that belong together: by region,
activity, indicator and year, then by quarter or month, then by source of funds. A line
whose time was moved still is the same line; one that only looks alike is not.

In:     three plans: the last agreed one, the province's, the districts'.
Out:    :class:`Cell` objects; every line of every plan is in exactly one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from typing import Any, Literal, TypeAlias

from kkbpk_geo.base.text import fold_words
from kkbpk_geo.catalogue.activities import plain
from kkbpk_geo.plan.lines.naming import free_id, unique_ids
from kkbpk_geo.plan.lines.plan import Plan, PlanLine

Side = Literal["base", "province", "district"]
SIDES: tuple[Side, ...] = ("base", "province", "district")
VOICES: tuple[Side, ...] = ("province", "district")
Key = tuple[str, int, str, str]
Names: TypeAlias = tuple[str, ...]
# Signs before what a line is about, that no key of the catalogue has: words as they
# are written, the code of work that no activity stands for, the code of a level.
_WRITTEN, _CODED, LEVEL = "~", "#", "^"
# What makes two lines the same, the surest first; then what does only where as many
# lines are left on both sides.
_SURELY: tuple[Names, ...] = (
    ("when", "fund", "unit", "target", "budget"),
    ("when", "fund", "unit", "target"),
    ("when", "fund", "unit", "budget"),
    ("when", "fund", "unit"),
    ("when", "fund"),
    ("when", "unit", "target", "budget"),
    ("when", "unit", "target"),
)
_EVENLY: tuple[Names, ...] = (("when",), ("fund", "unit", "target"), ())
_PASSES = (*product(_SURELY, (False,)), *product(_EVENLY, (True,)))
# What places a line of the base: time and fund among it. Without the fund, a line would
# fall to what another source pays.
_PLACING = _SURELY[:5]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Line:
    """One line of a plan among others: what it states, what it is about, when, of what.

    ``when``: quarter and month, 0 where none is stated. ``fund``: its key, or the text.
    """

    stated: PlanLine
    key: Key
    when: tuple[int, int]
    fund: str

    @property
    def id(self) -> str:
        """The line's own id."""
        return self.stated.line_id

    @property
    def target(self) -> float | None:
        """The target, where there is one."""
        return self.stated.target

    @property
    def unit(self) -> str:
        """The unit of the target."""
        return self.stated.unit

    @property
    def budget(self) -> int | None:
        """The budget, where there is one."""
        return self.stated.budget

    @property
    def own_key(self) -> Key:
        """What it is about by itself; its key may be that of a coarser level."""
        return own_key(self.stated) if is_level(self.key) else self.key

    @property
    def is_cancelled(self) -> bool:
        """Whether nobody means to do it any more."""
        return self.stated.status == "cancelled"

    def says(self, names: Sequence[str]) -> tuple[Any, ...]:
        """Return what it says of these; None for a number that it lacks."""
        return tuple(getattr(self, name) for name in names)

    @property
    def order(self) -> tuple[Any, ...]:
        """Order among lines about the same work; the same in every plan."""
        # Below every amount: a line that states none comes first.
        target = -1 if self.target is None else self.target
        budget = -1 if self.budget is None else self.budget
        return (self.when, self.fund, target, self.unit, budget, self.id)


def by_order(line: Line) -> tuple[Any, ...]:
    """Return :attr:`Line.order`, to sort by."""
    return line.order


def in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return lines in the order that is the same in every plan."""
    return tuple(sorted(lines, key=by_order))


def budget_of(lines: Iterable[Line]) -> int:
    """Return what lines cost together."""
    return sum(line.budget or 0 for line in lines)


@dataclass(slots=True, eq=False, kw_only=True)
class Cell:
    """Lines that are about the same thing, by side.

    Usually at most one per side; several where one plan says for the year what the
    other says quarter by quarter. ``id`` stays the same when plans are merged.
    """

    base: tuple[Line, ...] = ()
    province: tuple[Line, ...] = ()
    district: tuple[Line, ...] = ()
    id: str = ""
    ids: dict[str, str] = field(default_factory=dict)

    def of(self, side: Side) -> tuple[Line, ...]:
        """Return the lines of a side."""
        found: tuple[Line, ...] = getattr(self, side)
        return found

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, base first."""
        return (*self.base, *self.province, *self.district)

    @property
    def absent(self) -> list[Side]:
        """The sides, of the two, that have no line here."""
        return [side for side in VOICES if not self.of(side)]

    @property
    def key(self) -> Key:
        """Region, year, work and indicator."""
        return (self.base or self.province or self.district)[0].key

    @property
    def is_guess(self) -> bool:
        """Whether the sides name different times or funds for what seems one line."""
        return len({(x.when, x.fund) for x in (*self.province, *self.district)}) > 1

    @property
    def is_group(self) -> bool:
        """Whether its lines can only be compared together."""
        return max(len(self.of(side)) for side in SIDES) > 1 or is_level(self.key)


def lines_of(plan: Plan) -> list[Line]:
    """Return the lines of a plan that name a region."""
    return [_line(stated) for stated in plan.lines() if stated.region_code]


def is_level(key: Key) -> bool:
    """Whether a key is that of a level at which lines of two forms are compared."""
    return key[2].startswith(LEVEL)


def own_key(stated: PlanLine) -> Key:
    """Return what a line is about: its activity, else its code, else its words.

    Work is known by code and edition, never by name; and a code has one output, in
    whatever words.
    """
    code = f"{_CODED}{stated.code}@{stated.edition}" if stated.edition else ""
    what = stated.activity or code or f"{_WRITTEN}{plain(stated.activity_text)}"
    serves = stated.indicator
    if not serves and what != code:
        serves = f"{_WRITTEN}{plain(stated.indicator_text)}"
    return (stated.region_code, stated.year or 0, what, serves)


def _line(stated: PlanLine) -> Line:
    return Line(
        stated=stated,
        key=own_key(stated),
        when=(stated.quarter or 0, stated.month or 0),
        fund=stated.fund or fold_words(stated.fund_text),
    )


def match_lines(lines: Mapping[Side, Iterable[Line]]) -> list[Cell]:
    """Match the lines of three plans, by side; order by region, year, work and time.

    Method: what belongs together is settled between the two sides first, within
    region, year, activity and indicator: lines with the same time and source of funds
    (among several by unit, then amounts, then order); then the same time, unit and
    target; then, if as many are left on both sides, those with the same time, the
    same fund and target, and those that are left, in order of time. Where the numbers
    differ (a year here, four quarters there) what is left is one group. The base's
    lines are then given to what they are about. So a merge, which changes the base
    only, never changes which lines of the two sides belong together.
    """
    found: dict[Key, dict[Side, list[Line]]] = {}
    for side in SIDES:
        for line in lines[side]:
            found.setdefault(line.key, {}).setdefault(side, []).append(line)
    voices = {}
    for key in sorted(found):
        together = _at_level if is_level(key) else _match_voices
        voices[key] = together(found[key])
    every = [cell for own in voices.values() for cell in own if not cell.is_group]
    for cell, made in zip(every, unique_ids(map(_wanted, every), ()), strict=True):
        cell.id = made
    cells = []
    for key, own in voices.items():
        cells += _ordered(_give_base(own, found[key].get("base", [])))
    _give_ids(cells)
    return cells


def _at_level(lines: dict[Side, list[Line]]) -> list[Cell]:
    """Hold all of a level together: a leaf is not compared with a sum."""
    ours, theirs = (lines.get(side, []) for side in VOICES)
    return [Cell(province=in_order(ours), district=in_order(theirs))]


def _match_voices(lines: dict[Side, list[Line]]) -> list[Cell]:
    """Match what the two sides say about the same work: the surest pairs first."""
    ours, theirs = (lines.get(side, []) for side in VOICES)
    if max(len(ours), len(theirs)) <= 1:  # as of most work: the last pass pairs them
        alone = Cell(province=tuple(ours), district=tuple(theirs))
        return [alone] if alone.lines else []
    cells: list[Cell] = []
    for names, even in _PASSES:
        if not ours or not theirs:
            break
        pairs = _pair_lines(ours, theirs, names, even=even)
        cells += [Cell(province=(p,), district=(d,)) for p, d in pairs]
        ours = _without(ours, [one for one, _ in pairs])
        theirs = _without(theirs, [other for _, other in pairs])
    if ours and theirs:
        cells.append(Cell(province=in_order(ours), district=in_order(theirs)))
    else:
        cells += [Cell(province=(line,)) for line in ours]
        cells += [Cell(district=(line,)) for line in theirs]
    return _ordered(cells)


def _without(lines: Iterable[Line], used: Iterable[Line]) -> list[Line]:
    gone = {id(line) for line in used}
    return [line for line in lines if id(line) not in gone]


def _pair_lines(
    ones: Sequence[Line], others: Sequence[Line], names: Sequence[str], *, even: bool
) -> list[tuple[Line, Line]]:
    """Pair lines that say the same in all of these, in their order.

    A line that lacks one of these numbers is left out. With ``even`` only where there
    are as many on both sides.
    """
    pairs: list[tuple[Line, Line]] = []
    left, right = (_by(lines, names) for lines in (ones, others))
    for said in sorted(set(left) & set(right), key=repr):
        if even and len(left[said]) != len(right[said]):
            continue
        pairs += zip(in_order(left[said]), in_order(right[said]), strict=False)
    return pairs


def _by(lines: Iterable[Line], names: Sequence[str]) -> dict[Any, list[Line]]:
    found: dict[Any, list[Line]] = {}
    for line in lines:
        said = line.says(names)
        if None not in said:
            found.setdefault(said, []).append(line)
    return found


def _ordered(cells: list[Cell]) -> list[Cell]:
    return sorted(cells, key=_cell_order) if len(cells) > 1 else cells


def _cell_order(cell: Cell) -> list[tuple[Any, ...]]:
    """Return the order of a cell, whatever side its lines are of."""
    return sorted(line.order for line in cell.lines)


def _wanted(cell: Cell) -> str:
    return min(line.id for line in cell.lines)


# --- the base -------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class _Place:
    """A place for a line of the base in a cell: lines with one time and fund."""

    cell: Cell
    lines: list[Line]

    def says(self, line: Line, *, names: Sequence[str]) -> bool:
        """Whether one of its lines says the same in all of these."""
        said = line.says(names)
        return None not in said and any(x.says(names) == said for x in self.lines)

    def made(self, line: Line) -> bool:
        """Whether a merge of the cell's lines could have made a line of this id."""
        if line.id != self.cell.id:
            return False
        for name in _SURELY[0]:
            said = {getattr(each, name) for each in self.cell.lines}
            if getattr(line, name) not in {None, "", *said}:
                return False
        return True


def _places(cells: Iterable[Cell]) -> list[_Place]:
    found = []
    for cell in sorted(cells, key=lambda cell: cell.is_group):
        own = _by(cell.lines, ("when", "fund"))
        found += [_Place(cell, lines) for _, lines in sorted(own.items())]
    return found


def _give_base(cells: list[Cell], base: Sequence[Line]) -> list[Cell]:
    """Give each line of the base to what it is about; a cell of its own if nothing.

    A cell whose sides name two funds or times has a place for each of them.
    """
    if not base:
        return cells
    if is_level(base[0].key):
        cells[0].base = in_order(base)
        return cells
    if len(cells) == len(base) == 1 and not cells[0].is_group:
        cells[0].base = tuple(base)  # where it would end, with nothing else to choose
        return cells
    left, free = list(in_order(base)), _places(cells)
    here = partial(_Place.says, names=("when", "fund"))
    left = _take(left, free, lambda place, x: place.made(x) and here(place, x))
    left = _take(left, free, _Place.made)
    for names in _PLACING:
        left = _take(left, free, partial(_Place.says, names=names))
    for cell in cells:
        cell.base = in_order(cell.base)
    for cell in cells:
        left = _take_mixed(cell, left)
    return _give_rest(cells, left) if left else cells


def _take_mixed(cell: Cell, left: list[Line]) -> list[Line]:
    """Give a cell a line with the time of one side and the fund of the other."""
    whens = {line.when for line in cell.lines}
    funds = {line.fund for line in cell.lines}
    mixed = [line for line in left if line.when in whens and line.fund in funds]
    if not mixed or cell.base:
        return left
    cell.base = (mixed[0],)
    return _without(left, cell.base)


def _take(
    lines: Iterable[Line], free: list[_Place], fits: Callable[[_Place, Line], bool]
) -> list[Line]:
    """Give each line the first free place that fits; return those without one."""
    left = []
    for line in lines:
        place = next((each for each in free if fits(each, line)), None)
        if place is None:
            left.append(line)
        else:
            place.cell.base += (line,)
            free.remove(place)
    return left


def _give_rest(cells: list[Cell], left: list[Line]) -> list[Cell]:
    """Place lines of the base whose time or fund neither side has any more."""
    for cell in cells:
        # A year here and quarters there: whatever the base says belongs to it.
        if len(cell.province) > 1 or len(cell.district) > 1:
            cell.base = in_order((*cell.base, *left))
            return cells
    lacking = [cell for cell in cells if not cell.base]
    alone = [cell for cell in lacking if len(cell.lines) == 1]
    free = {min(cell.lines, key=by_order): cell for cell in alone or lacking}
    left = _take_evenly(free, left)
    if left and alone and free:
        return _grouped(cells, list(free.values()), left)
    return [*cells, *(Cell(base=(line,)) for line in left)]


def _take_evenly(free: dict[Line, Cell], left: list[Line]) -> list[Line]:
    """Give lines to cells where as many are left of both; return the others.

    ``free``: the first line of each cell that has none of the base; it shrinks.
    """
    for names in _EVENLY:
        for line, own in _pair_lines(left, list(free), names, even=True):
            free.pop(own).base = (line,)
            left = _without(left, [line])
    return left


def _grouped(cells: list[Cell], own: list[Cell], left: list[Line]) -> list[Cell]:
    """Put lines of the base, and the cells any of them may be about, into one group."""
    group = Cell(base=tuple(left))
    for cell in own:
        group.province += cell.province
        group.district += cell.district
    return [*(cell for cell in cells if cell not in own), group]


def _give_ids(cells: list[Cell]) -> None:
    """Name cells and the lines that a merge would add; base ids stay as they are."""
    taken = {line.id for cell in cells for line in cell.base}
    said = {line.id for cell in cells for line in (*cell.province, *cell.district)}
    meant = {cell.id for cell in cells if cell.id and not cell.is_group}
    for cell in cells:
        cell.id = _id_of(cell, taken, said)
        if not cell.base and not cell.is_group:
            taken.add(cell.id)
    for cell in cells:
        if cell.is_group:
            known = {line.id for line in cell.base}
            _name_added(cell, (taken - known) | meant)


def _id_of(cell: Cell, taken: Collection[str], said: Collection[str]) -> str:
    """Return the id of a cell: that of its line in the base, or one nobody has."""
    one_each = len(cell.province) == len(cell.district) == 1
    if one_each and len(cell.base) > 1 and not is_level(cell.key):
        return f"{cell.id}:*"
    if cell.is_group:
        region, year, what, serves = cell.key
        return f"{region}:{what}:{serves}:{year}:*"
    if cell.base:
        return cell.base[0].id
    own = {line.id for line in cell.lines}
    return free_id(cell.id, lambda x: x in taken or (x in said and x not in own))


def _name_added(cell: Cell, taken: Collection[str]) -> None:
    """Name the lines that a merge would add, should a group be decided for a side."""
    for side in VOICES:
        own = [line.id for line in cell.of(side)]
        for line_id, made in zip(own, unique_ids(own, taken), strict=True):
            cell.ids[f"{side}:{line_id}"] = made
