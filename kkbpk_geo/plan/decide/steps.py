"""The steps of a merge: from verdicts and choices to entries of the audit trail.

In:     cells with their verdicts, the choices of a meeting.
Out:    :class:`~kkbpk_geo.plan.audit.Step` objects, in the order of application.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kkbpk_geo.plan.align.matching import VOICES, Cell, Line, Side
from kkbpk_geo.plan.align.verdicts import FIELDS, Verdict, field_value
from kkbpk_geo.plan.decide.audit import LINE, NOTE, Step, encode, read_field, set_field
from kkbpk_geo.plan.decide.choices import Choice, parse_value, unit_lacking
from kkbpk_geo.plan.lines.plan import COLUMNS

_FILLED = {"period": ("quarter", "month")}
_NAMING = ("period", "fund")
_SOURCES = ("source_file", "source_sheet", "source_row")


@dataclass(slots=True, eq=False, kw_only=True)
class Merge:
    """A merge while it is made; ``steps`` and ``decided`` grow.

    ``choices``: decision id -> choice; those not in ``explicit`` come from a rule.
    """

    choices: Mapping[str, Choice]
    explicit: Collection[str]
    who: str
    steps: list[Step] = field(default_factory=list)
    decided: set[str] = field(default_factory=set)

    def take(self, cell: Cell, verdicts: Sequence[Verdict]) -> None:
        """Add the steps for one cell."""
        if verdicts[0].field == LINE:
            self._line(cell, verdicts[0])
        elif cell.base:
            due = self._known(cell, verdicts)
            self._fields(cell, due, cell.base[0].record, cell.base[0].id)
        else:
            self._new(cell, verdicts)

    def note(self, decision_id: str, region: str, kind: str) -> None:
        """Put a decision that changes no line on record."""
        choice = self.choices.get(decision_id)
        if choice:
            self._add(
                decision_id.removesuffix("|note"), region, NOTE, kind=kind,
                choice=choice, side=choice.choice,
            )  # fmt: skip

    def _add(  # noqa: PLR0913 (the columns of the trail)
        self,
        line_id: str,
        region: str,
        name: str,
        *,
        was: Any = None,  # noqa: ANN401
        became: Any = None,  # noqa: ANN401
        how: str = "agreed",
        kind: str = "agreed",
        side: str = "",
        choice: Choice | None = None,
    ) -> None:
        if choice:
            self.decided.add(choice.decision_id)
            how = "decided" if choice.decision_id in self.explicit else "rule"
        self.steps.append(
            Step(
                line_id=line_id,
                region_code=region,
                field=name,
                was=encode(was),
                became=encode(became),
                how=how,
                kind=kind,
                side=side,
                decision_id=choice.decision_id if choice else "",
                who=self.who if choice else "",
                why=choice.why if choice else "",
            )
        )

    # --- whole lines ------------------------------------------------------------------

    def _line(self, cell: Cell, verdict: Verdict) -> None:
        region = cell.key[0]
        if not verdict.is_open:
            if verdict.kind == "agreed":
                self._replace(cell, verdict.value, verdict, None)
            return
        choice = self.choices.get(f"{cell.id}|{LINE}")
        if choice is None:
            return
        if choice.choice == "other":
            parse_value(choice, LINE, year=None)  # raises: a line is no value
        if choice.choice in VOICES:
            side: Any = choice.choice
            self._replace(cell, cell.of(side), verdict, choice)
        if choice.decision_id not in self.decided:  # nothing had to change
            self._add(
                cell.id, region, NOTE, kind=verdict.kind, side=choice.choice,
                choice=choice,
            )  # fmt: skip

    def _replace(
        self,
        cell: Cell,
        lines: tuple[Line, ...],
        verdict: Verdict,
        choice: Choice | None,
    ) -> None:
        """Put lines in the place of the base's; one for one, field by field."""
        side = choice.choice if choice else ""
        said: dict[str, Any] = {
            "how": verdict.how, "kind": verdict.kind, "side": side, "choice": choice
        }  # fmt: skip
        if len(lines) == len(cell.base):
            pairs = list(
                zip(
                    sorted(cell.base, key=_order),
                    sorted(lines, key=_order),
                    strict=True,
                )
            )
            before = len(self.steps)
            for old, new in pairs:
                self._update(cell, old, new, said)
            if not cell.is_group or len(self.steps) == before:
                return
            del self.steps[before:]  # which line became which is not known
        for old in cell.base:
            self._add(old.id, cell.key[0], LINE, was=old.record, **said)
        for new in lines:
            voice: Side = "province" if new in cell.province else "district"
            line_id = cell.ids.get(f"{voice}:{new.id}", cell.id)
            record = {**new.record, "line_id": line_id}
            self._add(line_id, cell.key[0], LINE, became=record, **said)

    def _update(self, cell: Cell, old: Line, new: Line, said: dict[str, Any]) -> None:
        for name in FIELDS:
            value = field_value(new.record, name)
            was = read_field(old.record, name)
            if name == "target" and value is not None:
                value = (value[0], value[1] or old.record["unit"])
            if value is not None and _as_json(value) != was:
                self._add(
                    old.id, cell.key[0], name, was=was, became=_as_json(value), **said
                )

    # --- fields -----------------------------------------------------------------------

    def _fields(
        self,
        cell: Cell,
        verdicts: Sequence[Verdict],
        record: dict[str, Any],
        line_id: str,
    ) -> None:
        region = cell.key[0]
        for verdict in verdicts:
            name = verdict.field
            was = read_field(record, name)
            if not verdict.is_open:
                if verdict.kind == "agreed" and _as_json(verdict.value) != was:
                    if verdict.value is None:
                        continue
                    became = _as_json(verdict.value)
                    self._add(
                        line_id, region, name, was=was, became=became, how=verdict.how
                    )
                    record = set_field(record, name, became)
                continue
            choice = self.choices.get(f"{cell.id}|{name}")
            if choice is None:
                continue
            became = _as_json(self._chosen(choice, verdict, record))
            same = became is None or became == was
            self._add(
                line_id, region, NOTE if same else name, was=None if same else was,
                became=None if same else became, kind=verdict.kind,
                side=choice.choice, choice=choice,
            )  # fmt: skip
            if not same:
                record = set_field(record, name, became)

    def _known(self, cell: Cell, verdicts: Sequence[Verdict]) -> Sequence[Verdict]:
        """Leave out what has to wait until it is decided which line it is about.

        Where the sides name different times or funds, what they say besides may be
        about two lines: it is taken only with time and fund decided, both at once.
        """
        naming = [v.field for v in verdicts if v.is_open and v.field in _NAMING]
        if not cell.is_guess or all(f"{cell.id}|{n}" in self.choices for n in naming):
            return verdicts
        return [v for v in verdicts if v.is_open and v.field not in _NAMING]

    def _chosen(self, choice: Choice, verdict: Verdict, record: dict[str, Any]) -> Any:  # noqa: ANN401
        if choice.choice == "base":
            return None
        if choice.choice != "other":
            side: Any = choice.choice
            return verdict.of(side)
        value = parse_value(choice, verdict.field, year=record["year"])
        if verdict.field == "target":
            said = [v for v in (verdict.base, verdict.province, verdict.district) if v]
            units = ({v[1] for v in said} | {record["unit"]}) - {""}
            if not value[1] and len(units) > 1:
                raise unit_lacking(choice, sorted(units))
            return (value[0], value[1] or record["unit"] or said[0][1])
        return value

    def _new(self, cell: Cell, verdicts: Sequence[Verdict]) -> None:
        """Add a line that both sides plan, with what they agree on, then the rest.

        A line whose time or source of funds is open is no line yet: it would stand
        for another one when plans are compared again. All of it stays open.
        """
        due = [verdict for verdict in verdicts if verdict.is_open]
        names = [v.field for v in due if v.field in _NAMING]
        chosen = [self.choices.get(f"{cell.id}|{name}") for name in names]
        if any(choice is not None and choice.choice == "base" for choice in chosen):
            return self._set_aside(cell, due)
        if None in chosen:
            return None
        record = {**_both(cell), "line_id": cell.id}
        for verdict in verdicts:
            if verdict.field == "period" and verdict.is_open:
                record = {**record, "quarter": None, "month": None}
            else:
                value = None if verdict.is_open else _as_json(verdict.value)
                record = set_field(record, verdict.field, value)
        self._add(cell.id, cell.key[0], LINE, became=record)
        return self._fields(cell, due, record, cell.id)

    def _set_aside(self, cell: Cell, due: Sequence[Verdict]) -> None:
        """Put on record that a new line was not wanted."""
        for verdict in due:
            choice = self.choices.get(f"{cell.id}|{verdict.field}")
            if choice:
                self._add(
                    cell.id, cell.key[0], NOTE, kind=verdict.kind, side=choice.choice,
                    choice=choice,
                )  # fmt: skip


def _order(line: Line) -> tuple[Any, ...]:
    return line.order


def _as_json(value: Any) -> Any:  # noqa: ANN401
    return list(value) if isinstance(value, tuple) else value


def _both(cell: Cell) -> dict[str, Any]:
    """Return the texts of a line from both sides; where they differ, both are kept."""
    records = [cell.of(side)[0].record for side in VOICES if cell.of(side)]

    def order(record: dict[str, Any]) -> tuple[bool, str, str]:
        text = str(record["activity_text"])
        return (text == "", text, str([record[name] for name in _SOURCES]))

    first, *rest = sorted(records, key=order)
    made = dict(first)
    for other in rest:
        for name, value in other.items():
            mine = made.get(name)
            if mine in (None, ""):
                made[name] = value
            elif name not in COLUMNS and value not in (None, "", mine):
                made[name] = " | ".join(sorted((mine, value)))
    return made
