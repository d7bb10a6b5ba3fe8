"""Money of two plans side by side: who pays, from which source, in which quarter.

Why: each plan may be right and the same work still be paid twice, from the province's
source and from the district's; and a year's sum may agree while one side spends it in
spring and the other in December.

In:     matched cells of three plans.
Out:    concerns, each a decision that changes no line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeAlias

from kkbpk_geo.catalogue.activities import activities
from kkbpk_geo.plan.align.concerns import Concern, Quarters
from kkbpk_geo.plan.align.matching import (
    VOICES,
    Cell,
    Key,
    Line,
    Side,
    budget_of,
    in_order,
)

Works: TypeAlias = dict[Key, dict[Side, list[Line]]]
_CASH = ("cash_1", "cash_2", "cash_3", "cash_4")
_QUARTERS = range(1, 5)


def paid_works(cells: Iterable[Cell]) -> Works:
    """Return the lines with money of both sides, by what they are about."""
    found: Works = {}
    for cell in cells:
        for side in VOICES:
            for line in cell.of(side):
                if line.budget and not line.is_cancelled:
                    here = found.setdefault(line.own_key, {})
                    here.setdefault(side, []).append(line)
    return found


# --- paid twice -----------------------------------------------------------------------


def crossed_concerns(paid: Works, matched: Collection[Key]) -> Iterator[Concern]:
    """Find work that the province pays from one source and the district from another.

    Only of activities of the catalogue: a text may be two pieces of work. Work whose
    lines were matched is asked for its source there.

    Parameters
    ----------
    paid : mapping
        As :func:`paid_works` gives it.
    matched : collection of Key
        The work of the lines that are asked for their source already.
    """
    for key in sorted(paid):
        region, year, what, serves = key
        sides = paid[key]
        if what not in activities() or key in matched or len(sides) < len(VOICES):
            continue
        ours, theirs = (_sources(sides[side]) for side in VOICES)
        if ours and theirs and not ours & theirs:
            yield Concern(
                id=f"paid:{region}:{what}:{serves}:{year}",
                kind="double_funding",
                region=region,
                year=year,
                says={side: in_order(own) for side, own in sides.items()},
                line=in_order(sides["province"])[0],
                rupiah=min(map(budget_of, sides.values())),
                note="paid_by_both",
            )


def _sources(lines: Iterable[Line]) -> set[str]:
    return {line.fund for line in lines} - {""}


# --- quarters -------------------------------------------------------------------------


def shift_concerns(paid: Works) -> Iterator[Concern]:
    """Find work that costs the same in a year, and falls into other quarters.

    Where at least one side states it as a cash plan; lines that stand in a quarter
    themselves are asked for their time.
    """
    for key in sorted(paid):
        region, year, what, serves = key
        sides = paid[key]
        if len(sides) < len(VOICES) or not any(map(_has_cash, sides.values())):
            continue
        ours, theirs = (_quarters(sides[side]) for side in VOICES)
        if ours and theirs and ours != theirs and sum(ours) == sum(theirs):
            apart = [abs(p - d) for p, d in zip(ours, theirs, strict=True)]
            yield Concern(
                id=f"quarters:{region}:{what}:{serves}:{year}",
                kind="quarter_shift",
                region=region,
                year=year,
                says={"province": ours, "district": theirs},
                line=in_order(sides["province"])[0],
                rupiah=sum(apart) // 2,  # what one side adds, it takes elsewhere
            )


def _has_cash(lines: Iterable[Line]) -> bool:
    return any(_cash(line) for line in lines)


def _cash(line: Line) -> Quarters | None:
    """Return the cash plan of a line, if it has one for the whole of its budget."""
    stated = [getattr(line.stated, name) for name in _CASH]
    if all(each is None for each in stated):
        return None
    cash = Quarters(*(each or 0 for each in stated))
    # A plan by quarter of some of the money says nothing of the rest.
    return cash if sum(cash) == line.budget else None


def _quarters(lines: Sequence[Line]) -> Quarters | None:
    """Return what lines cost in each quarter; None where one does not say when."""
    sums = [0] * len(_QUARTERS)
    for line in lines:
        parts = _cash(line)
        quarter = line.when[0]
        if parts is None and not quarter:
            return None
        for i in range(len(sums)):
            own = line.budget or 0 if quarter == i + 1 else 0
            sums[i] += own if parts is None else parts[i]
    return Quarters(*sums)
