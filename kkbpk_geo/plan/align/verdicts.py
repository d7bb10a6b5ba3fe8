"""What three plans say about one line: agreed, changed by one side, by both, or absent.

Why: like a merge of texts, but of lines and their fields. A blank cell states nothing,
so it changes nothing; a plan without any line for a district and year is silent about
it, which is not the same as having deleted its lines.

In:     a :class:`~kkbpk_geo.plan.align.matching.Cell`, who is silent.
Out:    :class:`Verdict` objects; the settled ones have a value, the others wait for a
        decision.
Law:    exchanging province and district exchanges their names in the verdicts, and
        nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from kkbpk_geo.base.text import fold_words
from kkbpk_geo.plan.align.matching import (
    SIDES,
    VOICES,
    Cell,
    Line,
    Side,
    in_order,
    is_level,
)
from kkbpk_geo.plan.lines.plan import PlanLine

Value: TypeAlias = Any  # what a field says, of its own type; None: it says nothing
# What is decided per line; the texts of a line are not: they are its name.
FIELDS = (
    "period", "target", "budget", "fund", "responsible", "status", "realised", "spent"
)  # fmt: skip
SETTLED = ("agreed", "kept")
# What is proposed: the side that changed something, or that has a line.
PROPOSALS: dict[str, Side] = {
    "changed_province": "province", "changed_district": "district",
    "missing_province": "district", "missing_district": "province",
}  # fmt: skip
OTHER: dict[Side, Side] = {"province": "district", "district": "province"}


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Verdict:
    """What was found about one field of a cell, or about the line as a whole.

    ``field``: one of :data:`FIELDS`, or ``line``. ``kind``: ``agreed``, ``kept`` (the
    base stands), or the kind of decision that is due. ``base, province, district``:
    what each says. ``value``: what stands, where it is settled. ``how``: ``agreed``,
    ``only_province`` or ``only_district``.
    """

    field: str
    kind: str
    base: Value = None
    province: Value = None
    district: Value = None
    value: Value = None
    how: str = "agreed"

    @property
    def is_open(self) -> bool:
        """Whether somebody has to decide."""
        return self.kind not in SETTLED

    def of(self, side: Side) -> Value:
        """Return what a side says."""
        return getattr(self, side)


def field_value(line: PlanLine, name: str) -> Value:
    """Return a field of a line as one value; None where it states nothing."""
    if name == "target":
        return None if line.target is None else (line.target, line.unit)
    if name == "period":
        return (line.year, line.quarter, line.month)
    if name == "fund":
        said = (line.fund, line.fund_text)
        return said if any(said) else None
    value = getattr(line, name)
    return None if value == "" else value


def with_unit(target: Value, unit: str) -> Value:
    """Return a target with a unit, where it states none itself."""
    if target is None or target[1]:
        return target
    return (target[0], unit)


def compare_cell(
    cell: Cell, *, silent: Collection[Side], province_code: str
) -> list[Verdict]:
    """Compare what the sides say about one cell.

    Parameters
    ----------
    cell : Cell
    silent : collection of {"province", "district"}
        Sides whose plan has no line for the region and year of the cell.
    province_code : str
        Lines of the province itself are only one side's to plan.
    """
    if cell.is_group:
        return [_group(cell, silent)]
    absent = cell.absent
    quiet = [side for side in absent if side in silent]
    if not cell.base and absent:
        present = OTHER[absent[0]]
        line = cell.of(present)
        kind = f"missing_{absent[0]}"
        if cell.key[0] == province_code and quiet:
            kind = "agreed"
        return [_line(cell, kind, value=line, how=f"only_{present}")]
    if not absent or len(quiet) == len(absent) == 1:
        return _fields(cell)
    return [_deleted(cell, [side for side in absent if side not in silent])]


def _deleted(cell: Cell, deleting: list[Side]) -> Verdict:
    """Judge a line of the base that one side, or nobody, has any more."""
    present = [side for side in VOICES if cell.of(side)]
    if not deleting:
        return _line(cell, "kept", value=cell.base)
    if len(deleting) == len(VOICES):
        return _line(cell, "agreed", value=())
    if present and _changed(cell, present[0]):
        return _line(cell, "conflict")
    return _line(cell, f"changed_{deleting[0]}")


def _line(
    cell: Cell, kind: str, *, value: Value = None, how: str = "agreed"
) -> Verdict:
    return Verdict(
        field="line", kind=kind, base=cell.base, province=cell.province,
        district=cell.district, value=value, how=how,
    )  # fmt: skip


def _group(cell: Cell, silent: Collection[Side]) -> Verdict:
    """Judge lines that only together can be compared."""
    voices = sorted(side for side in VOICES if _has_news(cell, side, silent))
    if len(voices) == 1 and cell.base:
        return _line(cell, f"changed_{voices[0]}")
    if not voices:
        return _line(cell, "kept", value=cell.base)
    if not cell.base and cell.absent:
        return _line(cell, f"missing_{cell.absent[0]}")
    if is_level(cell.key):
        return _by_sums(cell)
    ours = {line.when for line in cell.province}
    theirs = {line.when for line in cell.district}
    return _line(cell, "conflict" if ours == theirs else "period_differs")


def _by_sums(cell: Cell) -> Verdict:
    """Judge lines of different detail by what they cost together.

    Where that is the same, what stands is what is said in more detail.
    """
    if amount_of(cell.province) != amount_of(cell.district):
        return _line(cell, "level_differs")
    finer = max((cell.of(side) for side in VOICES), key=_detail)
    return _line(cell, "agreed", value=finer)


def _detail(lines: Sequence[Line]) -> tuple[int, int, list[tuple[str, str]]]:
    """Return how fine lines are: how many, how many with an activity, which."""
    named = sorted((line.stated.code, line.stated.activity) for line in lines)
    return len(named), sum(bool(activity) for _, activity in named), named


def amount_of(lines: Iterable[Line]) -> int | None:
    """Return what lines cost together; None where none states an amount."""
    stated = [
        line.budget for line in lines if line.budget is not None
        and not line.is_cancelled
    ]  # fmt: skip
    return sum(stated) if stated else None


def _has_news(cell: Cell, side: Side, silent: Collection[Side]) -> bool:
    """Whether a side changed something: it says otherwise, or has the lines no more."""
    if not cell.of(side):
        return side not in silent
    return _changed(cell, side)


def _changed(cell: Cell, side: Side) -> bool:
    """Whether a side's lines say something else than the base's."""
    mine, base = cell.of(side), cell.base
    if is_level(cell.key) and base and _detail(mine) != _detail(base):
        return amount_of(mine) != amount_of(base)
    if len(mine) != len(base):
        return True
    pairs = zip(in_order(mine), in_order(base), strict=True)
    return any(_differs(own, old, name) for own, old in pairs for name in FIELDS)


def _differs(own: Line, old: Line, name: str) -> bool:
    """Whether a line states another value than that of the base: blank states none."""
    value, before = field_value(own.stated, name), field_value(old.stated, name)
    if name == "target":
        value = with_unit(value, old.unit)
    if value is None or _same(name, value, before):
        return False
    return bool(value != before)


def _same(name: str, one: Value, other: Value) -> bool:
    if one is None or other is None:
        return one is other
    if name == "fund":
        return (one[0] or fold_words(one[1])) == (other[0] or fold_words(other[1]))
    if name == "responsible":
        return fold_words(one) == fold_words(other)
    return bool(one == other)


# --- fields ---------------------------------------------------------------------------


def _fields(cell: Cell) -> list[Verdict]:
    first = {side: cell.of(side)[0].stated for side in SIDES if cell.of(side)}
    # A target without a unit is in the unit that the base, or else a side, writes.
    unit = next((line.unit for line in first.values() if line.unit), "")
    found = []
    for name in FIELDS:
        said = {side: field_value(line, name) for side, line in first.items()}
        if name == "target":
            said = {side: with_unit(value, unit) for side, value in said.items()}
        base, p, d = map(said.get, SIDES)
        if base is p is d is None:
            found.append(_UNSAID[name])
        elif p in (None, base) and d in (None, base):
            found.append(_kept(name, base, p, d))
        else:
            found.append(_verdict(name, said, first))
    return found


# What nobody says anything of, as four of eight fields of most lines.
_UNSAID = {name: Verdict(field=name, kind="agreed") for name in FIELDS}


def _kept(name: str, base: Value, p: Value, d: Value) -> Verdict:
    """Judge a field of which the sides say what the base says, or nothing."""
    return Verdict(
        field=name, kind="kept", base=base, province=p, district=d, value=base
    )


def _verdict(
    name: str, said: Mapping[Side, Value], lines: Mapping[Side, PlanLine]
) -> Verdict:
    """Judge one field by what each side says of it."""
    base, p, d = (said.get(side) for side in SIDES)
    made = partial(Verdict, field=name, base=base, province=p, district=d)
    news = [side for side in VOICES if _is_news(name, said.get(side), base)]
    if not news:
        return made(kind="agreed" if base is None else "kept", value=base)
    if len(news) == len(VOICES):
        if not _same(name, p, d):
            return made(kind=_conflict(name, p, d, lines))
        # Two spellings of one thing: the same is taken whoever wrote which.
        return made(kind="agreed", value=min(p, d, key=str))
    (side,) = news
    how = f"only_{side}"
    if base is None:  # nothing stood there: the only one who speaks is heard
        return made(kind="agreed", value=said[side], how=how)
    return made(kind=f"changed_{side}", how=how)


def _is_news(name: str, value: Value, base: Value) -> bool:
    return value is not None and not _same(name, value, base)


def _conflict(name: str, p: Value, d: Value, lines: Mapping[Side, PlanLine]) -> str:
    if name == "target" and p[1] != d[1]:
        return "unit_differs"
    if name == "period":
        return "period_differs"
    if name == "fund" and all(lines[side].budget for side in VOICES):
        return "double_funding"
    return "conflict"
