"""The agenda of a meeting: what is to be decided, what most money hangs on first.

Why: a meeting has an hour. Needs that no plan works on are many and no quarrel; they
are an annex, so that the few real decisions stand on one page, dearest first.

In:     an :class:`~kkbpk_geo.plan.align.alignment.Alignment`.
Out:    its decisions in the order of the agenda, one line each; the needs, by district.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.indicators import standards
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import region_anchor
from kkbpk_geo.plan.align.concerns import Quarters
from kkbpk_geo.plan.align.matching import VOICES, Line, Side, budget_of
from kkbpk_geo.plan.align.table import CONFLICTS, NO_PLANS
from kkbpk_geo.plan.align.words import number_text
from kkbpk_geo.plan.decide.choices import choices_of
from kkbpk_geo.plan.lines.words import fund_text, period_text, rupiah_text, unit_text
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.plan.align.alignment import Alignment

NEED = "need_without_activity"
# What each side plans, by decision without its field.
Voices: TypeAlias = Mapping[str, Mapping[Side, Sequence[Line]]]
_Record: TypeAlias = Mapping[Any, Any]
# In the order in which a district's needs are read.
_THEMES = ("groups", "reporting", "supplies", "capacity", "contraception")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one side plans, in few words, and what that costs."""

    text: str
    rupiah: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosable:
    """One of the choices of a decision; ``proposed`` where the rule is for it."""

    name: str
    proposed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """One decision, on one line.

    ``grave``: both sides have spoken, and differ; or a whole plan is absent. ``stake``:
    rupiah, written out; empty where there is none.
    """

    number: int
    region_code: str
    region: str
    kind: str
    grave: bool
    work: str
    about: str
    province: Voice
    district: Voice
    stake: str
    choices: Sequence[Choosable]

    @property
    def anchor(self) -> str:
        """Of its district's section on a page."""
        return region_anchor(self.region_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow:
    """What a district lacks that no plan works on, a cell for each kind of need."""

    region_code: str
    region: str
    count: str
    cells: Sequence[Sequence[str]]

    @property
    def anchor(self) -> str:
        """Of its row on a page; the section of its district has one of its own."""
        return f"n{region_anchor(self.region_code)}"


def is_grave(kind: str) -> bool:
    """Whether a decision cannot be taken by one side alone."""
    return kind in NO_PLANS or kind in CONFLICTS


def in_agenda_order(decisions: pd.DataFrame) -> pd.DataFrame:
    """Return what is to be decided, most rupiah first; needs are no quarrel.

    What is about as much money keeps the order of the comparison: gravest first.
    """
    due = decisions[decisions["kind"] != NEED]
    return due.sort_values("rupiah", ascending=False, kind="stable")


def rupiah_at_stake(decisions: Iterable[_Record]) -> int:
    """Add up what hangs on decisions, each line of a plan once.

    A whole plan that is absent holds every line of its district.
    """
    whole: dict[str, int] = {}
    lines: dict[tuple[str, str], int] = {}
    for each in decisions:
        region, rupiah = each["region_code"], int(each["rupiah"])
        if each["kind"] in NO_PLANS:
            whole[region] = whole.get(region, 0) + rupiah
            continue
        line = region, each["line_id"] or each["decision_id"]
        lines[line] = max(lines.get(line, 0), rupiah)
    rest = [rupiah for (region, _), rupiah in lines.items() if region not in whole]
    return sum(whole.values()) + sum(rest)


def voices_of(alignment: Alignment) -> Voices:
    """Return the lines of both sides for every decision; they have no language."""
    found: dict[str, Mapping[Side, Sequence[Line]]] = {}
    for cell in alignment.cells:
        found[cell.id] = {side: cell.of(side) for side in VOICES}
    for concern in alignment.concerns:
        found[concern.id] = {
            side: says
            for side, says in concern.says.items()
            if isinstance(says, tuple) and not isinstance(says, Quarters)
        }
    return found


def side_lines(voices: Voices, decision_id: str, side: Side) -> Sequence[Line]:
    """Return what a side plans about a decision; nothing where it is silent."""
    about, _, _ = decision_id.rpartition("|")
    return voices.get(about, {}).get(side, ())


def budget_known(lines: Iterable[Line]) -> int | None:
    """Return what lines cost together; nothing where none says what it costs."""
    paid = [line for line in lines if line.budget is not None]
    return budget_of(paid) if paid else None


def agenda_lines(
    decisions: Sequence[_Record],
    voices: Voices,
    language: Language,
    *,
    numbers: Sequence[int],
) -> list[AgendaLine]:
    """Write decisions as lines of the agenda, in the order they come in.

    Parameters
    ----------
    decisions : sequence of mappings
        Rows of ``alignment.table`` in the language.
    voices : Voices
    language : {"id", "en"}
    numbers : sequence of int
        Of each decision on the agenda.
    """
    return [
        _line(number, record, voices, language)
        for number, record in zip(numbers, decisions, strict=True)
    ]


def _line(
    number: int, record: _Record, voices: Voices, language: Language
) -> AgendaLine:
    stake = ""
    if record["rupiah"]:
        stake = format_number(int(record["rupiah"]), 0, language)
    return AgendaLine(
        number=number,
        region_code=record["region_code"],
        region=record["region"],
        kind=label(f"align_kind_{record['kind']}", language),
        grave=is_grave(record["kind"]),
        work=record["work"],
        about=_about(record, language),
        province=_voice(record, "province", voices, language),
        district=_voice(record, "district", voices, language),
        stake=stake,
        choices=_choosable(record, language),
    )


def _about(record: _Record, language: Language) -> str:
    """Say of which time and which part of a line a decision is."""
    if record["field"] == "line":
        return str(record["period"])
    part = label(f"align_field_{record['field']}", language)
    return f"{record['period']}, {part}"


def _choosable(record: _Record, language: Language) -> list[Choosable]:
    return [
        Choosable(
            name=label(f"choice_{key}", language), proposed=key == record["proposal"]
        )
        for key in choices_of(record["decision_id"])
    ]


def _voice(record: _Record, side: Side, voices: Voices, language: Language) -> Voice:
    lines = side_lines(voices, record["decision_id"], side)
    text = _in_short(record, side, lines, language)
    cost = budget_known(lines)
    # A budget is what the decision is about: the amount stands there already.
    if cost is None or record["field"] == "budget":
        return Voice(text=text, rupiah="")
    return Voice(text=text, rupiah=unbroken(rupiah_text(cost, language)))


def unbroken(text: str) -> str:
    """Keep an amount of rupiah on one line."""
    return text.replace("Rp ", "Rp\N{NO-BREAK SPACE}")


def _in_short(
    record: _Record, side: Side, lines: Sequence[Line], language: Language
) -> str:
    """Say what a side plans, its costs left out: they stand below."""
    if record["field"] != "line" or not lines:
        return str(record[side])
    if record["kind"] == "double_funding":
        funds = [
            fund_text(each.fund, each.stated.fund_text or each.fund, language)
            for each in lines
        ]
        return " + ".join(dict.fromkeys(funds))
    if len(lines) > 1:
        count = number_text(len(lines), language)
        return label("meeting_many_lines", language).format(count=count)
    (own,) = (line.stated for line in lines)
    said = [period_text(own.year, own.quarter, own.month, language)]
    if own.target is not None:
        unit = unit_text(own.unit, language)
        said.append(f"{number_text(own.target, language)} {unit}".strip())
        # The time of the decision stands beside it already.
        said = [text for text in said if text != record["period"]]
    return ", ".join(said)


def need_themes(alignment: Alignment) -> list[str]:
    """Return the kinds of need that there are, in the order of reading."""
    there = {standards()[need.service].theme for need in _needs(alignment)}
    return sorted(there, key=lambda theme: (_rank(theme), theme))


def _rank(theme: str) -> int:
    return _THEMES.index(theme) if theme in _THEMES else len(_THEMES)


def need_rows(
    alignment: Alignment, themes: Sequence[str], language: Language
) -> list[NeedRow]:
    """Write by district what is lacking and in no plan; the most needs first."""
    by_region: dict[str, dict[str, list[str]]] = {}
    for need in _needs(alignment):
        own = by_region.setdefault(need.region, {})
        theme = standards()[need.service].theme
        own.setdefault(theme, []).append(_action(need.service, need.gap, language))
    rows = []
    for code, own in by_region.items():
        count = sum(map(len, own.values()))
        cells = [own.get(theme, []) for theme in themes]
        shown = number_text(count, language)
        row = NeedRow(
            region_code=code, region=place_name(code), count=shown, cells=cells
        )
        rows.append((-count, code, row))
    return [row for _, _, row in sorted(rows, key=lambda each: each[:2])]


def _needs(alignment: Alignment) -> list[Any]:
    return [each for each in alignment.concerns if each.kind == NEED]


def _action(service: str, gap: int | None, language: Language) -> str:
    said = standards()[service].action(number_text(gap, language), language)
    # What stands in brackets explains the count; a line of a table has no room for it.
    return said.partition(" (")[0]
