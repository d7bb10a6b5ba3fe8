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
from kkbpk_geo.base.results import OneLine
from kkbpk_geo.base.words import LANGUAGES, Words
from kkbpk_geo.catalogue.labels import label, labels_under

if TYPE_CHECKING:
    from kkbpk_geo.base.formats import Language

DECISIONS_SHOWN = 8  # as many as stand on a sheet before a reader must scroll
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
    """One decision to take.

    Attributes
    ----------
    kind, work, part : str or mapping language -> str
        Why there is something to decide, about which work, which part of it.
    province, district, note : str or mapping language -> str
        What either side says; more, where the sides alone do not say it.
    rupiah : int or None
        At stake; None where no amount is.
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
    """One piece of work, done and paid so far.

    Attributes
    ----------
    work : str or mapping language -> str
    physical, absorption : float or None
        Done and spent to date, in %; None where not reported.
    klass : str
        One of ``CLASSES``.
    """

    work: Words
    physical: float | None = None
    absorption: float | None = None
    klass: str = "not_reported"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RegionPlan(OneLine):
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
    found = dict(labels_under("map_plan_", language))
    for key, letter in CELLS.items():
        if key:  # an empty month has no words
            found[f"cell_{letter}"] = label(f"plan_gantt_{key}", language)
    for key, letter in CLASSES.items():
        found[f"class_{letter}"] = label(f"plan_class_{key}", language)
    return found


def _region(code: str, plan: RegionPlan, pool: Pool) -> dict[str, Any]:
    # Those that are not shown are counted: "and 3 more".
    shown = plan.decisions[:DECISIONS_SHOWN]
    decisions = [_decision(one, pool) for one in shown]
    rows = [_row(code, name, cells, pool) for name, cells in plan.calendar]
    found: dict[str, Any] = {
        "year": plan.year,
        "lines": [plan.lines, plan.agreed, plan.conflicts, plan.unfunded],
        "due": decisions,
        "more": len(plan.decisions) - len(shown),
        "score": _short(plan.continuity, 0),
        "parts": _parts(plan.parts or {}),
        "rows": rows,
    }
    # Nothing is known of how far the work is: the sheet says nothing, not 0 %.
    if plan.klass:
        found["done"] = [
            _short(plan.physical),
            _short(plan.absorption),
            _letter(code, plan.klass),
            plan.reported,
            plan.works,
        ]
        found["behind"] = [_deviation(code, one, pool) for one in plan.deviations]
    return {key: value for key, value in found.items() if value not in (None, [], {})}


def _decision(one: PlanDecision, pool: Pool) -> list[int | None]:
    said = (one.kind, one.work, one.part, one.province, one.district, one.note)
    return [*map(pool.words, said), one.rupiah]


def _deviation(code: str, one: PlanWork, pool: Pool) -> list[Any]:
    letter = _letter(code, one.klass)
    done = (_short(one.physical), _short(one.absorption))
    return [pool.words(one.work), *done, letter]


def _parts(parts: Mapping[str, float | None]) -> dict[str, float | int | None]:
    return {key: _short(part, 0) for key, part in parts.items() if part is not None}


def _row(code: str, name: Words, cells: Sequence[str], pool: Pool) -> int:
    odd = [cell for cell in cells if cell not in CELLS]
    if odd or len(cells) != MONTHS:
        among = f", among them {odd[0]!r}" if odd else ""
        msg = (
            f"plan of {code}: a calendar row has {len(cells)} cells{among}; "
            f"expected {MONTHS}, each one of {list(CELLS)}."
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
