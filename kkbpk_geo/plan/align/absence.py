"""Plans that were not handed in: which districts, and what then was not compared.

Why: a district that has handed in nothing contradicts nobody; counted as agreed it
would be the best of the province. What one side has not said is in no share, and the
missing plan is a matter for the meeting itself.

In:     plans, matched cells. Out: who spoke about what; a :class:`Concern` per district
        without a plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from kkbpk_geo.plan.align.concerns import Concern
from kkbpk_geo.plan.align.matching import SIDES, VOICES, Cell, Side
from kkbpk_geo.plan.lines.plan import Plan

Spoken: TypeAlias = Mapping[Side, Collection[tuple[str, int]]]


def spoken_regions(province: Plan, districts: Plan) -> dict[Side, set[tuple[str, int]]]:
    """Return the regions and years that each side has at least one line for."""

    def pairs(plan: Plan) -> set[tuple[str, int]]:
        years = plan.data["year"].fillna(0)
        return set(zip(plan.data["region_code"], map(int, years), strict=True))

    return {"province": pairs(province), "district": pairs(districts)}


def compared_cells(cells: Iterable[Cell], said: Spoken) -> tuple[Cell, ...]:
    """Keep the cells of regions and years that both sides have lines for."""
    return tuple(c for c in cells if all(c.key[:2] in said[s] for s in VOICES))


def region_status(region: str, said: Spoken) -> str:
    """Return which plan a district lacks.

    Returns
    -------
    str
        ``no_district_plan``, ``no_province_plan``, ``no_plan`` of either, or ``""``.
    """
    silent = [s for s in VOICES if region not in {code for code, _ in said[s]}]
    if len(silent) == len(VOICES):
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
    for region in sorted(found):
        status = region_status(region, said)
        if not status:
            continue
        sides: dict[str, Any] = {
            side: tuple(line for cell in found[region] for line in cell.of(side))
            for side in SIDES
        }
        paid = [sum(x.record["budget"] or 0 for x in own) for own in sides.values()]
        yield Concern(
            id=f"plan:{region}",
            kind=status,
            region=region,
            year=max(cell.key[1] for cell in found[region]),
            rupiah=max(paid),
            **sides,
        )
