"""Which lines of three plans are about the same work.

Why: before plans can be compared, lines must be found that belong together: by region,
activity, indicator and year, then by quarter or month, then by source of funds. A line
whose time was moved still is the same line; one that only looks alike is not.

In:     three plans: the last agreed one, the province's, the districts'.
Out:    :class:`Cell` objects; every line of every plan is in exactly one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from kkbpk_geo.base.text import fold_words
from kkbpk_geo.catalogue.activities import plain
from kkbpk_geo.plan.lines.plan import Plan, unique_ids

Side = Literal["base", "province", "district"]
SIDES: tuple[Side, ...] = ("base", "province", "district")
VOICES: tuple[Side, ...] = ("province", "district")
Key = tuple[str, int, str, str]
# What makes two lines the same, the surest first; then what does only where as many
# lines are left on both sides.
_SURELY = (
    ("when", "fund", "unit", "target", "budget"),
    ("when", "fund", "unit", "target"),
    ("when", "fund", "unit", "budget"),
    ("when", "fund", "unit"),
    ("when", "fund"),
    ("when", "unit", "target", "budget"),
    ("when", "unit", "target"),
)
_EVENLY: tuple[tuple[str, ...], ...] = (("when",), ("fund", "unit", "target"), ())


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Line:
    """One line of a plan; ``record`` holds its columns, missing numbers as None."""

    record: dict[str, Any]
    key: Key
    when: tuple[int, int]
    fund: str

    @property
    def id(self) -> str:
        """The line's own id."""
        return str(self.record["line_id"])

    def says(self, names: Sequence[str]) -> tuple[Any, ...]:
        """Return what it says of these; None for a number that it lacks."""
        said = {**self.record, "when": self.when, "fund": self.fund}
        return tuple(said[name] for name in names)

    @property
    def order(self) -> tuple[Any, ...]:
        """Order among lines about the same work; the same in every plan."""
        amounts = (self.record["target"], self.record["budget"])
        target, budget = (-1 if each is None else each for each in amounts)
        return (self.when, self.fund, target, self.record["unit"], budget, self.id)


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
        return {
            "base": self.base, "province": self.province, "district": self.district
        }[side]  # fmt: skip

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, base first."""
        return (*self.base, *self.province, *self.district)

    @property
    def key(self) -> Key:
        """Region, year, work and indicator."""
        return self.lines[0].key

    @property
    def is_guess(self) -> bool:
        """Whether the sides name different times or funds for what seems one line."""
        return len({(x.when, x.fund) for x in (*self.province, *self.district)}) > 1

    @property
    def is_group(self) -> bool:
        """Whether a side has several lines."""
        return max(len(self.of(side)) for side in SIDES) > 1


def lines_of(plan: Plan) -> list[Line]:
    """Return the lines of a plan that name a region."""
    found = []
    for record in plan.records():
        if not record["region_code"]:
            continue
        what = record["activity"] or f"~{plain(record['activity_text'])}"
        serves = record["indicator"] or f"~{plain(record['indicator_text'])}"
        found.append(
            Line(
                record=record,
                key=(record["region_code"], record["year"] or 0, what, serves),
                when=(record["quarter"] or 0, record["month"] or 0),
                fund=record["fund"] or fold_words(record["fund_text"]),
            )
        )
    return found


def match_lines(base: Plan, province: Plan, district: Plan) -> list[Cell]:
    """Match the lines of three plans; order by region, year, work and time.

    Method: what belongs together is settled between the two sides first, within
    region, year, activity and indicator: lines with the same time and source of funds
    (among several by unit, then amounts, then order); then the same time, unit and
    target; then, if as many are left on both sides, those with the same time, the
    same fund and target, and those that are left, in order of time. Where the numbers
    differ (a year here, four quarters there) what is left is one group. The base's
    lines are then given to what they are about. So a merge, which changes the base
    only, never changes which lines of the two sides belong together.
    """
    sides = {"base": base, "province": province, "district": district}
    found: dict[Key, dict[str, list[Line]]] = {}
    for side, plan in sides.items():
        for line in lines_of(plan):
            found.setdefault(line.key, {}).setdefault(side, []).append(line)
    voices = {key: _match_voices(found[key]) for key in sorted(found)}
    every = [cell for own in voices.values() for cell in own if not cell.is_group]
    for cell, made in zip(every, unique_ids(map(_wanted, every), ()), strict=True):
        cell.id = made
    cells = [
        cell
        for key, own in voices.items()
        for cell in sorted(_give_base(own, found[key].get("base", [])), key=_cell_order)
    ]
    _give_ids(cells)
    return cells


def _match_voices(lines: dict[str, list[Line]]) -> list[Cell]:
    """Match what the two sides say about the same work: the surest pairs first."""
    ours, theirs = (list(lines.get(side, [])) for side in VOICES)
    cells: list[Cell] = []
    for names, even in (*((n, False) for n in _SURELY), *((n, True) for n in _EVENLY)):
        pairs = _pair_lines(ours, theirs, names, even=even)
        cells += [Cell(province=(p,), district=(d,)) for p, d in pairs]
        used = {id(line) for pair in pairs for line in pair}
        ours = [line for line in ours if id(line) not in used]
        theirs = [line for line in theirs if id(line) not in used]
    if ours and theirs:
        cells.append(
            Cell(
                province=tuple(sorted(ours, key=_order)),
                district=tuple(sorted(theirs, key=_order)),
            )
        )
    else:
        cells += [Cell(province=(line,)) for line in ours]
        cells += [Cell(district=(line,)) for line in theirs]
    return sorted(cells, key=_cell_order)


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
        pairs += zip(
            sorted(left[said], key=_order), sorted(right[said], key=_order),
            strict=False,
        )  # fmt: skip
    return pairs


def _by(lines: Iterable[Line], names: Sequence[str]) -> dict[Any, list[Line]]:
    found: dict[Any, list[Line]] = {}
    for line in lines:
        said = line.says(names)
        if None not in said:
            found.setdefault(said, []).append(line)
    return found


def _order(line: Line) -> tuple[Any, ...]:
    return line.order


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
        return line.id == self.cell.id and all(
            value in (None, "")
            or value in {x.says((name,))[0] for x in self.cell.lines}
            for name, value in zip(_SURELY[0], line.says(_SURELY[0]), strict=True)
        )


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
    left, free = sorted(base, key=_order), _places(cells)
    here = partial(_Place.says, names=("when", "fund"))
    left = _take(left, free, lambda place, x: place.made(x) and here(place, x))
    left = _take(left, free, _Place.made)
    for names in _SURELY[:5]:
        left = _take(left, free, partial(_Place.says, names=names))
    for cell in cells:
        cell.base = tuple(sorted(cell.base, key=_order))
    for cell in cells:  # a time of one side, the fund of the other
        whens, funds = ({getattr(x, n) for x in cell.lines} for n in ("when", "fund"))
        mixed = [x for x in left if x.when in whens and x.fund in funds]
        if mixed and not cell.base:
            cell.base = (mixed[0],)
            left = [line for line in left if line is not mixed[0]]
    return _give_rest(cells, left) if left else cells


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
        if len(cell.province) > 1 or len(cell.district) > 1:
            cell.base = tuple(sorted((*cell.base, *left), key=_order))
            return cells
    lacking = [cell for cell in cells if not cell.base]
    alone = [cell for cell in lacking if len(cell.lines) == 1]
    firsts = {min(cell.lines, key=_order): cell for cell in alone or lacking}
    for names in _EVENLY:
        for line, own in _pair_lines(left, list(firsts), names, even=True):
            firsts.pop(own).base = (line,)
            left = [each for each in left if each is not line]
    if not left:
        return cells
    if not alone or not firsts:
        return [*cells, *(Cell(base=(line,)) for line in left)]
    group = Cell(
        base=tuple(left),
        province=tuple(line for cell in firsts.values() for line in cell.province),
        district=tuple(line for cell in firsts.values() for line in cell.district),
    )
    kept = [cell for cell in cells if cell not in firsts.values()]
    return [*kept, group]


def _give_ids(cells: list[Cell]) -> None:
    """Name cells and the lines that a merge would add; base ids stay as they are."""
    taken = {line.id for cell in cells for line in cell.base}
    said = {line.id for cell in cells for line in (*cell.province, *cell.district)}
    meant = {cell.id for cell in cells if cell.id and not cell.is_group}
    for cell in cells:
        if len(cell.province) == len(cell.district) == 1 < len(cell.base):
            cell.id = f"{cell.id}:*"
        elif cell.is_group:
            region, year, what, serves = cell.key
            cell.id = f"{region}:{what}:{serves}:{year}:*"
        elif cell.base:
            cell.id = cell.base[0].id
        else:
            others = said - {line.id for line in cell.lines}
            (cell.id,) = unique_ids([cell.id], taken | others)
            taken.add(cell.id)
    for cell in cells:
        if not cell.is_group:
            continue
        for side in VOICES:
            own = [line.id for line in cell.of(side)]
            known = {line.id for line in cell.base}
            free = (taken - known) | meant
            for line_id, made in zip(own, unique_ids(own, free), strict=True):
                cell.ids[f"{side}:{line_id}"] = made
