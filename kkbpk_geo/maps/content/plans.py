"""What a district sheet shows of the district's work plan, and how the page gets it.

Why: the head of office opens one file; what is still to be decided, when the work is
done and how far it is belongs beside the needs that it answers.

In:     :class:`RegionPlan` per region, plain words and numbers (the pipeline makes
        them of plans). Out: what ``plan.js`` reads; nothing where there are no plans.
Size:   words stand in the page's pool; a calendar row is a name and twelve letters, and
        stands there too, because districts plan alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.base.missing import as_float
from kkbpk_geo.base.words import LANGUAGES, Words
from kkbpk_geo.catalogue.labels import label, labels_under

if TYPE_CHECKING:
    from kkbpk_geo.base.formats import Language

DECISIONS_SHOWN = 8
MONTHS = 12
# What a month of a calendar is, and its letter in the page.
CELLS = {"planned": "p", "year": "y", "broken": "b", "": "."}
# How far the work is, and its letter in the page.
CLASSES = {
    "critical": "c", "behind": "b", "on_track": "o", "above": "a",
    "not_reported": "r", "no_target": "t",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDecision:
    """One decision to take: what it is about, what either side says, rupiah at stake.

    ``note`` says more where the sides alone do not; ``rupiah`` is None where no amount
    is at stake.
    """

    kind: Words
    work: Words
    part: Words = ""
    province: Words = ""
    district: Words = ""
    note: Words = ""
    rupiah: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWork:
    """One piece of work, done and paid so far; percentages, None where not reported."""

    work: Words
    physical: float | None = None
    absorption: float | None = None
    klass: str = "not_reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionPlan:
    """A region's plan as its sheet shows it; None is not known, never zero.

    Attributes
    ----------
    year : int
    lines, agreed, conflicts, unfunded : int or None
        Lines compared, lines agreed on, contradictions, needs without money.
    decisions : sequence of PlanDecision
        The gravest first.
    continuity : float or None
        0 to 100; ``parts``: name of the part to the same.
    parts : mapping
        ``cover``, ``unbroken``, ``spread``, ``reach``.
    calendar : sequence of (Words, sequence of twelve keys of ``CELLS``)
    physical, absorption : float or None
        To date, in %; ``klass``: one of ``CLASSES``, or ``""`` where nothing is known.
    works, reported : int or None
        Works that are due, and how many of them report.
    deviations : sequence of PlanWork
        Works that are not as planned, the worst first.
    """

    year: int
    lines: int | None = None
    agreed: int | None = None
    conflicts: int | None = None
    unfunded: int | None = None
    decisions: Sequence[PlanDecision] = ()
    continuity: float | None = None
    parts: Mapping[str, float | None] | None = None
    calendar: Sequence[tuple[Words, Sequence[str]]] = ()
    physical: float | None = None
    absorption: float | None = None
    klass: str = ""
    works: int | None = None
    reported: int | None = None
    deviations: Sequence[PlanWork] = ()


class Pool(Protocol):
    """What keeps once what is said more than once."""

    def put(self, item: Any) -> int:  # noqa: ANN401
        """Keep an item; its number."""

    def words(self, words: Words) -> int:
        """Keep words; their number."""


def plan_data(
    plans: Mapping[str, RegionPlan], codes: Sequence[str], pool: Pool
) -> dict[str, Any]:
    """Return what the page knows of plans: nothing where no region has one.

    Parameters
    ----------
    plans : mapping region_code -> RegionPlan
    codes : sequence of str
        Regions of the map; plans of others are left out, as findings are.
    pool : Pool

    Raises
    ------
    MapError
        If a calendar row, one of its months or a class is none.
    """
    regions = {
        code: _region(code, plans[code], pool) for code in codes if code in plans
    }
    if not regions:
        return {}
    return {
        "plans": {
            "texts": {language: _texts(language) for language in LANGUAGES},
            "regions": regions,
        }
    }


def _texts(language: Language) -> dict[str, str]:
    return labels_under("map_plan_", language) | {
        f"{prefix}{letter}": label(f"plan_{what}_{key}", language)
        for prefix, what, letters in (
            ("cell_", "gantt", CELLS),
            ("class_", "class", CLASSES),
        )
        for key, letter in letters.items()
        if key
    }


def _region(code: str, plan: RegionPlan, pool: Pool) -> dict[str, Any]:
    shown = plan.decisions[:DECISIONS_SHOWN]
    parts = plan.parts or {}
    found: dict[str, Any] = {
        "year": plan.year,
        "lines": [plan.lines, plan.agreed, plan.conflicts, plan.unfunded],
        "due": [
            [
                *(pool.words(w) for w in (one.kind, one.work, one.part)),
                *(pool.words(w) for w in (one.province, one.district, one.note)),
                one.rupiah,
            ]
            for one in shown
        ],
        "more": len(plan.decisions) - len(shown),
        "score": _short(plan.continuity, 0),
        "parts": {
            key: _short(value, 0) for key, value in parts.items() if value is not None
        },
        "rows": [_row(code, name, cells, pool) for name, cells in plan.calendar],
    }
    if plan.klass:
        found["done"] = [
            _short(plan.physical),
            _short(plan.absorption),
            _letter(code, plan.klass),
            plan.reported,
            plan.works,
        ]
        found["behind"] = [
            [
                pool.words(one.work),
                _short(one.physical),
                _short(one.absorption),
                _letter(code, one.klass),
            ]
            for one in plan.deviations
        ]
    return {key: value for key, value in found.items() if value not in (None, [], {})}


def _row(code: str, name: Words, cells: Sequence[str], pool: Pool) -> int:
    odd = [cell for cell in cells if cell not in CELLS]
    if odd or len(cells) != MONTHS:
        msg = (
            f"plan of {code}: a calendar row has {len(cells)} cells"
            + (f", among them {odd[0]!r}" if odd else "")
            + f"; expected {MONTHS}, each one of {list(CELLS)}."
        )
        raise MapError(msg)
    return pool.put([pool.words(name), "".join(CELLS[cell] for cell in cells)])


def _letter(code: str, klass: str) -> str:
    if klass not in CLASSES:
        msg = f"plan of {code}: class {klass!r}; expected one of {list(CLASSES)}."
        raise MapError(msg)
    return CLASSES[klass]


def _short(value: float | None, digits: int = 1) -> float | int | None:
    """Return a number as the page shows it; whole ones as whole numbers."""
    known = as_float(value)
    if known is None:
        return None
    number = round(known, digits)
    return int(number) if number.is_integer() else number
