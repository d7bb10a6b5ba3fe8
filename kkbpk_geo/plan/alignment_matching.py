"""Which lines of three plans are about the same work.

Why: before plans can be compared, lines must be found that belong together: by region,
activity, indicator and year, then by quarter or month, then by source of funds. A line
whose time was moved still is the same line; one that only looks alike is not.

Layer:  7 (plan).
In:     three plans: the last agreed one, the province's, the districts'.
Out:    :class:`Cell` objects; every line of every plan is in exactly one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from kkbpk_geo.catalogue.activities import plain
from kkbpk_geo.catalogue.headings import fold
from kkbpk_geo.plan.model import Plan, unique_ids

Side = Literal["base", "province", "district"]
SIDES: tuple[Side, ...] = ("base", "province", "district")
VOICES: tuple[Side, ...] = ("province", "district")
Key = tuple[str, int, str, str]
_SURELY = (
    ("when", "fund", "target", "budget"),
    ("when", "fund", "target"),
    ("when", "target"),
    ("when", "fund"),
)


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

    @property
    def order(self) -> tuple[Any, ...]:
        """Order among lines about the same work; the same in every plan."""
        target = self.record["target"]
        return (self.when, self.fund, -1.0 if target is None else target, self.id)


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
                fund=record["fund"] or fold(record["fund_text"]),
            )
        )
    return found


def match_lines(base: Plan, province: Plan, district: Plan) -> list[Cell]:
    """Match the lines of three plans; order by region, year, work and time.

    Method: within region, year, activity and indicator, lines with the same time and
    source of funds, or the same time and target, belong together; then, if as many
    are left on both sides, those with the same time; then those that are left, in
    order of time. Where the numbers differ (a year here, four quarters there) what is
    left is one group.
    """
    sides = {"base": base, "province": province, "district": district}
    found: dict[Key, dict[str, list[Line]]] = {}
    for side, plan in sides.items():
        for line in lines_of(plan):
            found.setdefault(line.key, {}).setdefault(side, []).append(line)
    cells = [
        cell
        for key in sorted(found)
        for cell in _match(found[key])
    ]  # fmt: skip
    _give_ids(cells)
    return cells


def _match(lines: dict[str, list[Line]]) -> list[Cell]:
    """Match lines about the same work: the surest pairs first."""
    cells = [
        Cell(**{side: (line,)})  # type: ignore[arg-type]
        for side, own in lines.items()
        for line in own
    ]
    for names in _SURELY:
        cells = _pair_by(cells, names, exact=True)
    cells = _pair_by(cells, ("when",), exact=False)
    cells = _pair(cells, exact=False)
    return sorted(_group(cells), key=lambda cell: cell.lines[0].order)


def _pair_by(cells: list[Cell], names: Sequence[str], *, exact: bool) -> list[Cell]:
    """Pair cells whose first lines agree in all of these."""
    alike: dict[tuple[Any, ...], list[Cell]] = {}
    for cell in cells:
        line = cell.lines[0]
        said = {**line.record, "when": line.when, "fund": line.fund}
        alike.setdefault(tuple(said[name] for name in names), []).append(cell)
    return [cell for here in alike.values() for cell in _pair(here, exact=exact)]


def _only(cells: Iterable[Cell], side: Side) -> list[Cell]:
    return [c for c in cells if c.of(side) and len(c.lines) == len(c.of(side))]


def _lacking(cells: Iterable[Cell], side: Side) -> list[Cell]:
    return [cell for cell in cells if cell.base and not cell.of(side)]


def _pair(cells: list[Cell], *, exact: bool) -> list[Cell]:
    """Join cells that lack a side to cells of that side alone.

    Unless the lines say the same (``exact``), only if there are as many.
    """
    for side in VOICES:
        some, others = _lacking(cells, side), _only(cells, side)
        cells = _join(cells, some, others, exact=exact)
    some, others = _only(cells, "province"), _only(cells, "district")
    cells = _join(cells, some, others, exact=exact)
    both = [cell for cell in cells if cell.province and cell.district and not cell.base]
    return _join(cells, _only(cells, "base"), both, exact=exact)


def _join(
    cells: list[Cell], some: list[Cell], others: list[Cell], *, exact: bool
) -> list[Cell]:
    if not some or not others or (len(some) != len(others) and not exact):
        return cells

    def order(cell: Cell) -> tuple[Any, ...]:
        return cell.lines[0].order

    pairs = list(zip(sorted(some, key=order), sorted(others, key=order), strict=False))
    joined = [_sum(pair) for pair in pairs]
    used = {id(cell) for pair in pairs for cell in pair}
    return [*(cell for cell in cells if id(cell) not in used), *joined]


def _sum(cells: Sequence[Cell]) -> Cell:
    return Cell(
        base=tuple(line for cell in cells for line in cell.base),
        province=tuple(line for cell in cells for line in cell.province),
        district=tuple(line for cell in cells for line in cell.district),
    )


def _group(cells: list[Cell]) -> list[Cell]:
    """Put what could not be paired one to one into one cell."""
    left: list[Cell] = []
    alone = {side: _only(cells, side) for side in VOICES}
    for side, other in (VOICES, VOICES[::-1]):
        lacking = _lacking(cells, side)
        if alone[side] and (lacking or alone[other]):
            left += [*alone[side], *alone[other], *lacking]
    unique = list({id(cell): cell for cell in left}.values())
    if not unique:
        return cells
    used = {id(cell) for cell in unique}
    unique.sort(key=lambda cell: cell.lines[0].order)
    return [*(cell for cell in cells if id(cell) not in used), _sum(unique)]


def _give_ids(cells: list[Cell]) -> None:
    """Name cells and the lines that a merge would add; base ids stay as they are."""
    taken = {line.id for cell in cells for line in cell.base}
    for cell in cells:
        if cell.is_group:
            region, year, what, serves = cell.key
            cell.id = f"{region}:{what}:{serves}:{year}:*"
        elif cell.base:
            cell.id = cell.base[0].id
        else:
            wanted = min(line.id for line in cell.lines)
            (cell.id,) = unique_ids([wanted], taken)
            taken.add(cell.id)
    for cell in cells:
        if not cell.is_group:
            continue
        for side in VOICES:
            own = [line.id for line in cell.of(side)]
            known = {line.id for line in cell.base}
            free = taken - known
            for line_id, made in zip(own, unique_ids(own, free), strict=True):
                cell.ids[f"{side}:{line_id}"] = made
