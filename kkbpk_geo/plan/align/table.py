"""Decisions as a table for people, and the figures per region that a map can draw.

In:     cells, verdicts and concerns of a comparison.
Out:    one row per decision, ordered by consequence; one row per district.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.indicators import standards
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.plan.align.absence import Spoken, compared_cells, region_status
from kkbpk_geo.plan.align.concerns import Concern
from kkbpk_geo.plan.align.matching import VOICES, Cell, Line
from kkbpk_geo.plan.align.verdicts import PROPOSALS, Verdict
from kkbpk_geo.plan.align.words import line_work, lines_text, number_text, value_text
from kkbpk_geo.plan.lines.words import period_text, rupiah_text, unit_text
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    import pandas as pd

# Gravest first: plans not handed in, both decided differently, figures that cannot be
# compared, money paid twice, sums, time, needs left out, lines that one side lacks,
# changes by one side.
NO_PLANS = ("no_plan", "no_province_plan", "no_district_plan")
KINDS = (
    *NO_PLANS,
    "conflict", "unit_differs", "double_funding", "sum_differs", "period_differs",
    "need_without_activity", "missing_province", "missing_district", "without_need",
    "changed_province", "changed_district",
)  # fmt: skip
CONFLICTS = ("conflict", "unit_differs", "double_funding", "period_differs")
COLUMNS = (
    "decision_id", "kind", "region_code", "region", "work", "period", "field", "base",
    "province", "district", "proposal", "rupiah", "note", "line_id",
)  # fmt: skip


def decision_table(
    cells: Sequence[Cell],
    verdicts: Mapping[str, tuple[Verdict, ...]],
    concerns: Iterable[Concern],
    *,
    settled: Collection[str] = (),
    near: Mapping[str, Line],
    language: Language = "id",
) -> pd.DataFrame:
    """Lay decisions out, those with the gravest consequences first.

    Order: kind (see :data:`KINDS`), then rupiah at stake, then how far the two targets
    are apart, then region and id. Nothing is proposed for ``settled`` decisions.

    Returns
    -------
    DataFrame, index 0..n-1, columns :data:`COLUMNS`
    """
    import pandas as pd

    rows: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
    for cell in cells:
        for verdict in verdicts[cell.id]:
            if verdict.is_open:
                row = _verdict_row(cell, verdict, near, language)
                if row["decision_id"] in settled:
                    row["proposal"] = ""
                    note = label("align_note_settled", language)
                    row["note"] = f"{note} {row['note']}".rstrip()
                rows.append(((_spread(verdict),), row))
    rows += [((0.0,), _concern_row(concern, language)) for concern in concerns]

    def order(item: tuple[tuple[Any, ...], dict[str, Any]]) -> tuple[Any, ...]:
        (spread,), row = item
        grave = KINDS.index(row["kind"])
        return (grave, -row["rupiah"], -spread, row["region_code"], row["decision_id"])

    ordered = [row for _, row in sorted(rows, key=order)]
    frame = pd.DataFrame(ordered, columns=list(COLUMNS))
    return frame.astype({"rupiah": "Int64"})


def _spread(verdict: Verdict) -> float:
    """Return how far two targets in one unit are apart, as a share of the larger."""
    p, d = verdict.province, verdict.district
    if verdict.field != "target" or not p or not d or p[1] != d[1]:
        return 0.0
    most = max(abs(p[0]), abs(d[0]))
    return float(abs(p[0] - d[0]) / most) if most else 0.0


def _verdict_row(
    cell: Cell, verdict: Verdict, near: Mapping[str, Line], language: Language
) -> dict[str, Any]:
    region, year, *_ = cell.key
    whens = {line.when for line in cell.lines}
    when = next(iter(whens)) if len(whens) == 1 else (0, 0)
    texts: dict[str, str] = {
        side: value_text(verdict.field, verdict.of(side), language)
        for side in ("base", *VOICES)
    }
    return {
        "decision_id": f"{cell.id}|{verdict.field}",
        "kind": verdict.kind,
        "region_code": region,
        "region": place_name(region),
        "work": line_work(cell.lines[0], language),
        "period": period_text(year or None, when[0] or None, when[1] or None, language),
        "field": verdict.field,
        **texts,
        "proposal": PROPOSALS.get(verdict.kind, ""),
        "rupiah": _at_stake(cell, verdict),
        "note": _note(cell, near, language),
        "line_id": cell.id,
    }


def _at_stake(cell: Cell, verdict: Verdict) -> int:
    if verdict.field == "budget" and verdict.province and verdict.district:
        return abs(int(verdict.province) - int(verdict.district))
    sums = [
        sum(line.record["budget"] or 0 for line in cell.of(side))
        for side in ("base", *VOICES)
    ]
    return int(max(sums))


def _note(cell: Cell, near: Mapping[str, Line], language: Language) -> str:
    if cell.id not in near:
        return ""
    line = near[cell.id]
    return label("align_note_near", language).format(
        work=line.record["activity_text"] or line_work(line, language),
        line=lines_text((line,), language),
    )


def _concern_row(concern: Concern, language: Language) -> dict[str, Any]:
    line, kind = concern.line, concern.kind
    service = standards().get(concern.service)
    work = line_work(line, language) if line else ""
    if kind in NO_PLANS:
        work = label("align_whole_plan", language)
    note = label(f"align_note_{kind}", language)
    if service:
        work = work or service.name(language)
        gap = number_text(concern.gap, language)
        note = note.format(action=service.action(gap, language), need=service.name(
            language))  # fmt: skip
    return {
        "decision_id": f"{concern.id}|note",
        "kind": kind,
        "region_code": concern.region,
        "region": place_name(concern.region),
        "work": work,
        "period": str(concern.year or "–"),
        "field": "target" if kind == "sum_differs" else "line",
        "base": _side_text(concern, concern.base, language),
        "province": _side_text(concern, concern.province, language),
        "district": _side_text(concern, concern.district, language),
        "proposal": "",
        "rupiah": concern.rupiah,
        "note": note,
        "line_id": line.id if line else "",
    }


def _side_text(concern: Concern, value: object, language: Language) -> str:
    if value is None:
        return "–"
    if concern.kind in NO_PLANS:
        return _plan_text(value, language)  # type: ignore[arg-type]
    if isinstance(value, float):
        unit = unit_text(concern.unit, language)
        return f"{number_text(value, language)} {unit}".strip()
    return lines_text(value, language)  # type: ignore[arg-type]


def _plan_text(lines: Sequence[Line], language: Language) -> str:
    """Say how much of a plan there is for a region."""
    if not lines:
        return label("align_no_plan", language)
    budget = sum(line.record["budget"] or 0 for line in lines)
    return label("align_plan_lines", language).format(
        lines=number_text(len(lines), language), budget=rupiah_text(budget, language)
    )


def region_table(
    cells: Sequence[Cell],
    verdicts: Mapping[str, tuple[Verdict, ...]],
    decisions: pd.DataFrame,
    *,
    province_code: str,
    said: Spoken,
    unfunded: Mapping[str, int] | None,
) -> pd.DataFrame:
    """Count per district what is agreed and what is not; see ``Alignment.regions``."""
    import pandas as pd

    from kkbpk_geo.regions import children

    codes = [unit.code for unit in children(province_code)] if province_code else []
    here = {cell.key[0] for cell in cells} | set(decisions["region_code"])
    codes = sorted({*codes, *here} - {province_code})
    total = dict.fromkeys(codes, 0)
    agreed = dict.fromkeys(codes, 0)
    status = {code: region_status(code, said) for code in codes}
    for cell in compared_cells(cells, said):
        if cell.key[0] in total:
            total[cell.key[0]] += 1
            agreed[cell.key[0]] += not any(v.is_open for v in verdicts[cell.id])

    def count(kinds: Sequence[str]) -> list[int]:
        chosen = decisions[decisions["kind"].isin(kinds)]["region_code"].value_counts()
        return [int(chosen.get(code, 0)) for code in codes]

    def known(counts: Iterable[int]) -> list[Any]:
        """Leave a count out where nothing could be compared and nothing was found."""
        pairs = zip(codes, counts, strict=True)
        return [pd.NA if status[code] and not n else n for code, n in pairs]

    index = pd.Index(codes, name="region_code")
    frame = pd.DataFrame(
        {
            "name": [place_name(code) for code in codes],
            "status": [status[code] for code in codes],
            "lines": known(total.values()),
            "agreed": known(agreed.values()),
            "aligned_share": [
                100 * agreed[c] / total[c] if total[c] else pd.NA for c in codes
            ],
            "decisions": count(KINDS),
            "conflicts": known(count(CONFLICTS)),
            "double_funding": known(count(["double_funding"])),
            "need_without_activity": count(["need_without_activity"]),
            "unfunded_need": [
                pd.NA if unfunded is None or c not in unfunded else unfunded[c]
                for c in codes
            ],
        },
        index=index,
    )
    for name in frame.columns.drop(["name", "status"]):
        kind: Any = "Float64" if name == "aligned_share" else "Int64"
        frame[name] = frame[name].astype(kind)
    if unfunded is None:
        frame["need_without_activity"] = pd.array([pd.NA] * len(frame), dtype="Int64")
    return frame
