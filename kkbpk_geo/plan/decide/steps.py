"""The steps of a merge: from verdicts and choices to entries of the audit trail.

In:     cells with their verdicts, the choices of a meeting.
Out:    :class:`~kkbpk_geo.plan.decide.audit.Step` objects, in the order of application.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kkbpk_geo.plan.align.matching import VOICES, Cell, Line, Side, in_order
from kkbpk_geo.plan.align.verdicts import FIELDS, Value, Verdict, field_value, with_unit
from kkbpk_geo.plan.decide.audit import LINE, NOTE, Step, encode, read_field, set_field
from kkbpk_geo.plan.decide.choices import Choice, parse_value, unit_lacking
from kkbpk_geo.plan.lines.plan import COLUMNS, PlanLine, Record

_NAMING = ("period", "fund")  # what tells two lines about one work apart


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reason:
    """Why a line changes: what was found about it, and the choice where one was due."""

    kind: str = "agreed"
    how: str = "agreed"
    choice: Choice | None = None


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
            self._fields(cell, due, cell.base[0].stated.as_record())
        else:
            self._new(cell, verdicts)

    def note(self, decision_id: str, region: str, kind: str) -> None:
        """Put a decision that changes no line on record."""
        choice = self.choices.get(decision_id)
        if choice:
            line_id = decision_id.removesuffix("|note")
            self._add(line_id, region, NOTE, _Reason(kind=kind, choice=choice))

    def _add(
        self,
        line_id: str,
        region: str,
        name: str,
        reason: _Reason,
        *,
        was: Value = None,
        became: Value = None,
    ) -> None:
        step = Step(
            line_id=line_id,
            region_code=region,
            field=name,
            was=encode(was),
            became=encode(became),
            how=reason.how,
            kind=reason.kind,
        )
        choice = reason.choice
        if choice:
            self.decided.add(choice.decision_id)
            step = replace(
                step,
                how="decided" if choice.decision_id in self.explicit else "rule",
                side=choice.choice,
                decision_id=choice.decision_id,
                who=self.who,
                why=choice.why,
            )
        self.steps.append(step)

    # --- whole lines ------------------------------------------------------------------

    def _line(self, cell: Cell, verdict: Verdict) -> None:
        if not verdict.is_open:
            if verdict.kind == "agreed":
                self._replace(cell, verdict.value, _Reason(how=verdict.how))
            return
        choice = self.choices.get(f"{cell.id}|{LINE}")
        if choice is None:
            return
        if choice.choice == "other":
            parse_value(choice, LINE, year=None)  # raises: a line is no value
        reason = _Reason(kind=verdict.kind, how=verdict.how, choice=choice)
        side = _voice(choice)
        if side:
            self._replace(cell, cell.of(side), reason)
        if choice.decision_id not in self.decided:  # nothing had to change
            self._add(cell.id, cell.key[0], NOTE, reason)

    def _replace(self, cell: Cell, lines: tuple[Line, ...], reason: _Reason) -> None:
        """Put lines in the place of the base's; one for one, field by field."""
        region = cell.key[0]
        if len(lines) == len(cell.base):
            before = len(self.steps)
            for old, new in zip(in_order(cell.base), in_order(lines), strict=True):
                self._update(region, old, new, reason)
            if not cell.is_group or len(self.steps) == before:
                return
            del self.steps[before:]  # which line became which is not known
        for old in cell.base:
            self._add(old.id, region, LINE, reason, was=old.stated.as_record())
        for new in lines:
            voice: Side = "province" if new in cell.province else "district"
            line_id = cell.ids.get(f"{voice}:{new.id}", cell.id)
            record = {**new.stated.as_record(), "line_id": line_id}
            self._add(line_id, region, LINE, reason, became=record)

    def _update(self, region: str, old: Line, new: Line, reason: _Reason) -> None:
        record = old.stated.as_record()
        for name in FIELDS:
            value = field_value(new.stated, name)
            if name == "target":
                value = with_unit(value, old.unit)
            was, became = read_field(record, name), _as_json(value)
            if value is not None and became != was:
                self._add(old.id, region, name, reason, was=was, became=became)

    # --- fields -----------------------------------------------------------------------

    def _fields(self, cell: Cell, verdicts: Sequence[Verdict], record: Record) -> None:
        """Add the steps for the fields of a line, as it is so far."""
        for verdict in verdicts:
            change = self._decide if verdict.is_open else self._agree
            record = change(cell, verdict, record)

    def _agree(self, cell: Cell, verdict: Verdict, record: Record) -> Record:
        """Write what is agreed into a line; return the line."""
        name, became = verdict.field, _as_json(verdict.value)
        was = read_field(record, name)
        if verdict.kind != "agreed" or became is None or became == was:
            return record
        reason = _Reason(how=verdict.how)
        line_id = record["line_id"]
        self._add(line_id, cell.key[0], name, reason, was=was, became=became)
        return set_field(record, name, became)

    def _decide(self, cell: Cell, verdict: Verdict, record: Record) -> Record:
        """Write what was chosen into a line; return the line."""
        name = verdict.field
        choice = self.choices.get(f"{cell.id}|{name}")
        if choice is None:
            return record
        was, became = read_field(record, name), self._chosen(choice, verdict, record)
        reason = _Reason(kind=verdict.kind, choice=choice)
        line_id, region = record["line_id"], cell.key[0]
        if became is None or became == was:
            self._add(line_id, region, NOTE, reason)
            return record
        self._add(line_id, region, name, reason, was=was, became=became)
        return set_field(record, name, became)

    def _known(self, cell: Cell, verdicts: Sequence[Verdict]) -> Sequence[Verdict]:
        """Leave out what has to wait until it is decided which line it is about.

        Where the sides name different times or funds, what they say besides may be
        about two lines: it is taken only with time and fund decided, both at once.
        """
        naming = [v.field for v in verdicts if v.is_open and v.field in _NAMING]
        if not cell.is_guess or all(f"{cell.id}|{n}" in self.choices for n in naming):
            return verdicts
        return [v for v in verdicts if v.is_open and v.field not in _NAMING]

    def _chosen(self, choice: Choice, verdict: Verdict, record: Record) -> Value:
        """Return the value that a choice stands for; None where the base stays."""
        if choice.choice == "base":
            return None
        side = _voice(choice)
        if side:
            return _as_json(verdict.of(side))
        value = parse_value(choice, verdict.field, year=record["year"])
        if verdict.field == "target":
            value = _with_known_unit(choice, value, verdict, record["unit"])
        return _as_json(value)

    def _new(self, cell: Cell, verdicts: Sequence[Verdict]) -> None:
        """Add a line that both sides plan, with what they agree on, then the rest.

        A line whose time or source of funds is open is no line yet: it would stand
        for another one when plans are compared again. All of it stays open.
        """
        due = [verdict for verdict in verdicts if verdict.is_open]
        names = [verdict.field for verdict in due if verdict.field in _NAMING]
        chosen = [self.choices.get(f"{cell.id}|{name}") for name in names]
        if any(choice is not None and choice.choice == "base" for choice in chosen):
            self._set_aside(cell, due)
        elif None not in chosen:
            record = {**_both(cell), "line_id": cell.id}
            for verdict in verdicts:
                record = _with_agreed(record, verdict)
            self._add(cell.id, cell.key[0], LINE, _Reason(), became=record)
            self._fields(cell, due, record)

    def _set_aside(self, cell: Cell, due: Sequence[Verdict]) -> None:
        """Put on record that a new line was not wanted."""
        for verdict in due:
            choice = self.choices.get(f"{cell.id}|{verdict.field}")
            if choice:
                reason = _Reason(kind=verdict.kind, choice=choice)
                self._add(cell.id, cell.key[0], NOTE, reason)


def _voice(choice: Choice) -> Side | None:
    """Return the side that was chosen, if it is one of the two."""
    return next((side for side in VOICES if side == choice.choice), None)


def _as_json(value: Value) -> Value:
    return list(value) if isinstance(value, tuple) else value


def _with_known_unit(
    choice: Choice, value: Value, verdict: Verdict, unit: str
) -> Value:
    """Give a target that was typed in the unit it must mean, if there is only one."""
    said = [each for each in (verdict.base, verdict.province, verdict.district) if each]
    units = {unit, *(own for _, own in said)} - {""}
    if not value[1] and len(units) > 1:
        raise unit_lacking(choice, sorted(units))
    return with_unit(value, unit or said[0][1])


def _with_agreed(record: Record, verdict: Verdict) -> Record:
    """Return a new line with what is agreed on; what is open states nothing yet."""
    if not verdict.is_open:
        return set_field(record, verdict.field, _as_json(verdict.value))
    if verdict.field == "period":  # the year is not in question, or it were no pair
        return {**record, "quarter": None, "month": None}
    return set_field(record, verdict.field, None)


def _both(cell: Cell) -> Record:
    """Return the texts of a line from both sides; where they differ, both are kept."""
    lines = [cell.of(side)[0].stated for side in VOICES if cell.of(side)]
    first, *rest = sorted(lines, key=_text_order)
    made = first.as_record()
    for other in rest:
        for name, value in other.as_record().items():
            mine = made.get(name)
            if mine in (None, ""):
                made[name] = value
            elif name not in COLUMNS and value not in (None, "", mine):
                made[name] = " | ".join(sorted((mine, value)))
    return made


def _text_order(line: PlanLine) -> tuple[bool, str, str]:
    """Order by the text of the activity, whichever side wrote it; without one last."""
    text, place = line.activity_text, [line.source_file, line.source_sheet]
    return (text == "", text, str([*place, line.source_row]))
