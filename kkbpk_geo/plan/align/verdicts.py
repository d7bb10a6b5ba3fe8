"""What three plans say about one line: agreed, changed by one side, by both, or absent.

Why: like a merge of texts, but of lines and their fields. A blank cell states nothing,
so it changes nothing; a plan without any line for a district and year is silent about
it, which is not the same as having deleted its lines.

In:     a :class:`~kkbpk_geo.plan.alignment_matching.Cell`, who is silent.
Out:    :class:`Verdict` objects; the settled ones have a value, the others wait for a
        decision.
Law:    exchanging province and district exchanges their names in the verdicts, and
        nothing else.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, TypeAlias

from kkbpk_geo.base.text import fold_words
from kkbpk_geo.plan.align.matching import VOICES, Cell, Line, Side

Value: TypeAlias = Any  # what a field says; None where it says nothing
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
    base: Any = None
    province: Any = None
    district: Any = None
    value: Any = None
    how: str = "agreed"

    @property
    def is_open(self) -> bool:
        """Whether somebody has to decide."""
        return self.kind not in SETTLED

    def of(self, side: Side) -> Value:
        """Return what a side says."""
        return getattr(self, side)


def field_value(record: dict[str, Any], name: str) -> Value:
    """Return a field of a line as one value; None where it states nothing."""
    if name == "target":
        return None if record[name] is None else (record[name], record["unit"])
    if name == "period":
        return (record["year"], record["quarter"], record["month"])
    if name == "fund":
        said = (record["fund"], record["fund_text"])
        return said if any(said) else None
    return None if record[name] == "" else record[name]


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
    absent = [side for side in VOICES if not cell.of(side)]
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
    changed = [side for side in VOICES if cell.of(side) and _changed(cell, side)]
    absent = [side for side in VOICES if not cell.of(side)]
    deleting = [side for side in absent if side not in silent]
    voices = sorted({*changed, *deleting})
    if len(voices) == 1 and cell.base:
        return _line(cell, f"changed_{voices[0]}")
    if not voices:
        return _line(cell, "kept", value=cell.base)
    if not cell.base and absent:
        return _line(cell, f"missing_{absent[0]}")
    times = [{line.when for line in cell.of(side)} for side in VOICES]
    return _line(cell, "conflict" if times[0] == times[1] else "period_differs")


def _changed(cell: Cell, side: Side) -> bool:
    """Whether a side's lines say something else than the base's."""
    mine, base = cell.of(side), cell.base
    if len(mine) != len(base):
        return True
    pairs = zip(sorted(mine, key=_by_order), sorted(base, key=_by_order), strict=True)
    return any(
        _stated(own.record, old.record, name) != field_value(old.record, name)
        for own, old in pairs
        for name in FIELDS
    )


def _by_order(line: Line) -> Value:
    return line.order


def _stated(own: dict[str, Any], base: dict[str, Any], name: str) -> Value:
    value = field_value(own, name)
    if name == "target" and value is not None and not value[1]:
        value = (value[0], base["unit"])
    if value is None or _same(name, value, field_value(base, name)):
        return field_value(base, name)
    return value


def _same(name: str, one: Value, other: Value) -> bool:
    if one is None or other is None:
        return one is other
    if name == "fund":
        return (one[0] or fold_words(one[1])) == (other[0] or fold_words(other[1]))
    if name in ("responsible", "unit"):
        return fold_words(one) == fold_words(other)
    return bool(one == other)


# --- fields ---------------------------------------------------------------------------


def _fields(cell: Cell) -> list[Verdict]:
    records = {side: _record(cell.of(side)) for side in VOICES}
    base = _record(cell.base)
    units = [base and base["unit"], *(r and r["unit"] for r in records.values())]
    unit = next((each for each in units if each), "")
    found = []
    for name in FIELDS:
        values: dict[str, Any] = {
            side: _value(record, name, base, unit)
            for side, record in (("base", base), *records.items())
        }
        found.append(_verdict(name, values, records))
    return found


def _record(lines: tuple[Line, ...]) -> dict[str, Any] | None:
    return lines[0].record if lines else None


def _value(
    record: dict[str, Any] | None, name: str, base: dict[str, Any] | None, unit: str
) -> Value:
    if record is None:
        return None
    value = field_value(record, name)
    if name == "target" and value is not None and not value[1]:
        return (value[0], (base and base["unit"]) or unit)  # an unstated unit
    return value


def _verdict(
    name: str, values: dict[str, Any], records: dict[Side, dict[str, Any] | None]
) -> Verdict:
    base, p, d = values["base"], values["province"], values["district"]
    says = {
        side: value is not None and not _same(name, value, base)
        for side, value in (("province", p), ("district", d))
    }
    if not any(says.values()):
        kind, value, how = ("kept" if base is not None else "agreed"), base, "agreed"
    elif all(says.values()):
        same = _same(name, p, d)
        kind = "agreed" if same else _conflict(name, p, d, records)
        value, how = (min(p, d, key=str) if same else None), "agreed"
    else:
        side: Side = "province" if says["province"] else "district"
        first = base is None  # nothing stood there: the only one who speaks is heard
        kind = "agreed" if first else f"changed_{side}"
        value, how = (values[side] if first else None), f"only_{side}"
    return Verdict(
        field=name, kind=kind, base=base, province=p, district=d, value=value, how=how
    )


def _conflict(
    name: str,
    p: Value,
    d: Value,
    records: dict[Side, dict[str, Any] | None],
) -> str:
    if name == "target" and p[1] != d[1]:
        return "unit_differs"
    if name == "period":
        return "period_differs"
    paid = [bool(record and record["budget"]) for record in records.values()]
    if name == "fund" and all(paid):
        return "double_funding"
    return "conflict"
