"""Decisions as a table for people, and the figures per region that a map can draw.

In:     cells, verdicts and concerns of a comparison.
Out:    one row per decision, ordered by consequence; one row per district.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING

from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.indicators import standards
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.plan.align.absence import region_status
from kkbpk_geo.plan.align.concerns import Concern, Quarters, Says
from kkbpk_geo.plan.align.matching import (
    LEVEL,
    SIDES,
    VOICES,
    Cell,
    Line,
    Side,
    budget_of,
    is_level,
)
from kkbpk_geo.plan.align.questions import Comparison, Question
from kkbpk_geo.plan.align.verdicts import PROPOSALS, Verdict, amount_of
from kkbpk_geo.plan.align.words import (
    NOTHING,
    line_work,
    lines_text,
    number_text,
    quarters_text,
    value_text,
)
from kkbpk_geo.plan.lines.words import period_text, rupiah_text
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    import pandas as pd

# Gravest first: plans not handed in, both decided differently, figures that cannot be
# compared, money paid twice, sums, time, needs left out, lines that one side lacks,
# changes by one side.
NO_PLANS = ("no_plan", "no_province_plan", "no_district_plan")
KINDS = (
    *NO_PLANS,
    "conflict", "level_differs", "unit_differs", "double_funding", "sum_differs",
    "period_differs", "quarter_shift", "need_without_activity", "missing_province",
    "missing_district", "without_need", "changed_province", "changed_district",
)  # fmt: skip
CONFLICTS = (
    "conflict", "level_differs", "unit_differs", "double_funding", "period_differs"
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A decision as a reader sees it."""

    decision_id: str
    kind: str
    region_code: str
    region: str
    work: str
    period: str
    field: str
    base: str
    province: str
    district: str
    proposal: str = ""
    rupiah: int
    note: str
    line_id: str


# The columns of the table of decisions, in order.
COLUMNS = tuple(each.name for each in fields(_Row))


def decision_table(
    compared: Comparison,
    concerns: Iterable[Concern],
    *,
    near: Mapping[str, Line],
    language: Language = "id",
) -> pd.DataFrame:
    """Lay decisions out, those with the gravest consequences first.

    Order: kind (see :data:`KINDS`), then rupiah at stake, then how far the two targets
    are apart, then region and id. Nothing is proposed for decisions that are settled.

    Returns
    -------
    DataFrame, index 0..n-1, columns :data:`COLUMNS`
    """
    import pandas as pd

    settled = compared.settled()
    found: list[tuple[float, _Row]] = []
    for asked in compared.questions():
        note = _level_note(asked, language)
        note = note or _note(near.get(asked.cell.id), language)
        proposal = PROPOSALS.get(asked.verdict.kind, "")
        if asked.id in settled:
            note = f"{label('align_note_settled', language)} {note}".rstrip()
            proposal = ""
        row = _question_row(asked, note, proposal, language)
        found.append((_spread(asked.verdict), row))
    found += [(0.0, _concern_row(concern, language)) for concern in concerns]
    cells = attrgetter(*COLUMNS)
    rows = [cells(row) for _, row in sorted(found, key=_gravity)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"rupiah": "Int64"})


def _gravity(item: tuple[float, _Row]) -> tuple[int, int, float, str, str]:
    spread, row = item
    kind = KINDS.index(row.kind)
    return (kind, -row.rupiah, -spread, row.region_code, row.decision_id)


def _spread(verdict: Verdict) -> float:
    """Return how far two targets in one unit are apart, as a share of the larger."""
    p, d = verdict.province, verdict.district
    if verdict.field != "target" or not p or not d or p[1] != d[1]:
        return 0.0
    most = max(abs(p[0]), abs(d[0]))
    return float(abs(p[0] - d[0]) / most) if most else 0.0


def _question_row(
    asked: Question, note: str, proposal: str, language: Language
) -> _Row:
    cell, verdict = asked.cell, asked.verdict
    region, year, *_ = cell.key
    # Lines of several times are a matter of the year.
    whens = {line.when for line in cell.lines}
    quarter, month = whens.pop() if len(whens) == 1 else (0, 0)
    said = {
        side: value_text(verdict.field, verdict.of(side), language) for side in SIDES
    }
    return _Row(
        decision_id=asked.id,
        kind=verdict.kind,
        region_code=region,
        region=place_name(region),
        work=line_work(min(cell.lines, key=_code_length), language),
        period=period_text(year or None, quarter or None, month or None, language),
        field=verdict.field,
        base=said["base"],
        province=said["province"],
        district=said["district"],
        proposal=proposal,
        rupiah=_at_stake(cell, verdict),
        note=note,
        line_id=cell.id,
    )


def _code_length(line: Line) -> int:
    """Return how fine a line's code is: the whole names the work, not a part of it."""
    return line.stated.code.count(".")


def _at_stake(cell: Cell, verdict: Verdict) -> int:
    """Return the rupiah a decision is about: the difference, or all that it costs."""
    if verdict.field == "budget" and verdict.province and verdict.district:
        return abs(int(verdict.province) - int(verdict.district))
    if verdict.kind == "level_differs":
        p, d = (amount_of(cell.of(side)) or 0 for side in VOICES)
        return abs(p - d)
    return max(budget_of(cell.of(side)) for side in SIDES)


def _level_note(asked: Question, language: Language) -> str:
    """Say at which level two forms are compared, and what each adds up to there."""
    cell = asked.cell
    if not is_level(cell.key):
        return ""
    code, _, _ = cell.key[2].removeprefix(LEVEL).partition("@")
    sums = (rupiah_text(amount_of(cell.of(side)), language) for side in VOICES)
    ours, theirs = sums
    return label("align_note_level", language).format(
        code=code, province=ours, district=theirs
    )


def _note(line: Line | None, language: Language) -> str:
    """Name the line of the other side that looks alike."""
    if line is None:
        return ""
    return label("align_note_near", language).format(
        work=line.stated.activity_text or line_work(line, language),
        line=lines_text((line,), language),
    )


def _concern_row(concern: Concern, language: Language) -> _Row:
    line, kind = concern.line, concern.kind
    work, line_id = "", ""
    if line:
        work, line_id = line_work(line, language), line.id
    if kind in NO_PLANS:
        work = label("align_whole_plan", language)
    note = label(f"align_note_{concern.note or kind}", language)
    service = standards().get(concern.service)
    if service:
        need = service.name(language)
        work = work or need
        gap = number_text(concern.gap, language)
        note = note.format(action=service.action(gap, language), need=need)
    said = {side: _side_text(concern, side, language) for side in SIDES}
    return _Row(
        decision_id=f"{concern.id}|note",
        kind=kind,
        region_code=concern.region,
        region=place_name(concern.region),
        work=work,
        period=str(concern.year or NOTHING),
        field="target" if kind == "sum_differs" else "line",
        base=said["base"],
        province=said["province"],
        district=said["district"],
        rupiah=concern.rupiah,
        note=note,
        line_id=line_id,
    )


def _side_text(concern: Concern, side: Side, language: Language) -> str:
    says: Says = concern.says.get(side)
    if says is None:
        return NOTHING
    if isinstance(says, float):
        return value_text("target", (says, concern.unit), language)
    if isinstance(says, Quarters):
        return quarters_text(says, language)
    if concern.kind in NO_PLANS:
        return _plan_text(says, language)
    return lines_text(says, language)


def _plan_text(lines: Sequence[Line], language: Language) -> str:
    """Say how much of a plan there is for a region."""
    if not lines:
        return label("align_no_plan", language)
    return label("align_plan_lines", language).format(
        lines=number_text(len(lines), language),
        budget=rupiah_text(budget_of(lines), language),
    )


# --- districts ------------------------------------------------------------------------


def region_table(
    compared: Comparison, decisions: pd.DataFrame, unfunded: Mapping[str, int] | None
) -> pd.DataFrame:
    """Count per district what is agreed and what is not; see ``Alignment.regions``.

    ``unfunded``: red services without a budget by region; None without gap scores.
    """
    import pandas as pd

    codes = _districts(compared, decisions)
    index = pd.Index(codes, name="region_code")
    status = [region_status(code, compared.said) for code in codes]
    lines, agreed = Counter[str](), Counter[str]()
    for cell in compared.compared:
        lines[cell.key[0]] += 1
        agreed[cell.key[0]] += compared.is_agreed(cell)

    def counted(found: Mapping[str, int]) -> pd.Series[int]:
        return pd.Series([found.get(code, 0) for code in codes], index, dtype="Int64")

    def due(kinds: Iterable[str]) -> pd.Series[int]:
        chosen = decisions.loc[decisions["kind"].isin(kinds), "region_code"]
        return counted(Counter(chosen))

    def known(counts: pd.Series[int]) -> pd.Series[int]:
        """Leave a count out where nothing could be compared and nothing was found."""
        absent = pd.Series([word != "" for word in status], index, dtype=bool)
        return counts.mask(absent & counts.eq(0))

    compared_lines = counted(lines)
    needs = due(["need_without_activity"])
    if unfunded is None:
        needs = needs.mask(needs.notna())
    unpaid = pd.Series(unfunded or {}, dtype="Int64").reindex(index)
    share = 100 * counted(agreed) / compared_lines.where(compared_lines > 0)
    columns = {
        "name": [place_name(code) for code in codes],
        "status": status,
        "lines": known(compared_lines),
        "agreed": known(counted(agreed)),
        "aligned_share": share.astype("Float64"),
        "decisions": due(KINDS),
        "conflicts": known(due(CONFLICTS)),
        "double_funding": known(due(["double_funding"])),
        "need_without_activity": needs,
        "unfunded_need": unpaid,
    }
    return pd.DataFrame(columns, index=index)


def _districts(compared: Comparison, decisions: pd.DataFrame) -> list[str]:
    """Return the province's districts, and whatever else is compared or decided."""
    from kkbpk_geo.regions import children

    found = {cell.key[0] for cell in compared.cells} | set(decisions["region_code"])
    if compared.code:
        found |= {unit.code for unit in children(compared.code)}
    return sorted(found - {compared.code})
