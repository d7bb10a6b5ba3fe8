"""Plans that were not handed in: which districts, and what then was not compared.

Why: a district that has handed in nothing contradicts nobody; counted as agreed it
would be the best of the province. What one side has not said is in no share, and the
missing plan is a matter for the meeting itself.

In:     plans, matched cells. Out: who spoke about what; a :class:`Concern` per district
        without a plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from kkbpk_geo.plan.align.concerns import Concern
from kkbpk_geo.plan.align.matching import SIDES, VOICES, Cell, Line, Side, budget_of
from kkbpk_geo.plan.lines.plan import Plan

Spoken: TypeAlias = Mapping[Side, Collection[tuple[str, int]]]


def spoken_regions(province: Plan, districts: Plan) -> Spoken:
    """Return the regions and years that each side has at least one line for."""
    return {"province": _places(province), "district": _places(districts)}


def _places(plan: Plan) -> set[tuple[str, int]]:
    stated = plan.data[["region_code", "year"]].drop_duplicates()
    years = map(int, stated["year"].fillna(0))
    return set(zip(stated["region_code"], years, strict=True))


def silent_sides(cell: Cell, said: Spoken) -> list[Side]:
    """Return the sides that have no line at all for the region and year of a cell."""
    place = cell.key[:2]
    return [side for side in VOICES if place not in said[side]]


def compared_cells(cells: Iterable[Cell], said: Spoken) -> tuple[Cell, ...]:
    """Keep the cells of regions and years that both sides have lines for."""
    return tuple(cell for cell in cells if not silent_sides(cell, said))


def region_status(region: str, said: Spoken) -> str:
    """Return which plan a district lacks.

    Returns
    -------
    str
        ``no_district_plan``, ``no_province_plan``, ``no_plan`` of either, or ``""``.
    """
    heard = {side for side in VOICES for code, _ in said[side] if code == region}
    silent = [side for side in VOICES if side not in heard]
    if not heard:
        return "no_plan"
    return f"no_{silent[0]}_plan" if silent else ""


def absent_concerns(
    cells: Sequence[Cell], said: Spoken, province_code: str
) -> Iterator[Concern]:
    """Find districts for which a plan has lines and another has none at all."""
    found: dict[str, list[Cell]] = {}
    for cell in cells:
        if cell.key[0] != province_code:
            found.setdefault(cell.key[0], []).append(cell)
    for region, own in sorted(found.items()):
        status = region_status(region, said)
        if status:
            says = {side: _lines_of(own, side) for side in SIDES}
            yield Concern(
                id=f"plan:{region}",
                kind=status,
                region=region,
                year=max(cell.key[1] for cell in own),
                says=says,
                rupiah=max(map(budget_of, says.values())),
            )


def _lines_of(cells: Iterable[Cell], side: Side) -> tuple[Line, ...]:
    return tuple(line for cell in cells for line in cell.of(side))
