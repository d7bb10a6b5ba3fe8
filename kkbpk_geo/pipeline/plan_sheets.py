"""What a district's sheet on the map shows of its plan, taken from a comparison.

In:     an Alignment, and the year of the districts' plans. Out: plain
        :class:`~kkbpk_geo.maps.plans.RegionPlan` per district, in both languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.missing import as_float, as_int
from kkbpk_geo.base.words import LANGUAGES
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.plan import NOTHING

if TYPE_CHECKING:
    from kkbpk_geo.maps import PlanDecision, PlanWork, RegionPlan
    from kkbpk_geo.plan import Alignment, Outlook

_BEHIND = ("critical", "behind", "not_reported", "above")


def plan_sheets(alignment: Alignment, outlook: Outlook | None) -> dict[str, RegionPlan]:
    """Return what each district's sheet shows of its plan, in both languages.

    A district that neither decides nor plans anything has none.
    """
    said = {x: alignment.in_language(x).table for x in LANGUAGES}
    due: dict[str, list[PlanDecision]] = {}
    pairs = zip(*(said[x].to_dict("records") for x in LANGUAGES), strict=True)
    for both in pairs:
        code = str(both[0]["region_code"])
        due.setdefault(code, []).append(
            _decision(dict(zip(LANGUAGES, both, strict=True)))
        )
    compared = alignment.regions["lines"].fillna(0) > 0
    codes = set(alignment.regions.index[compared]) | set(due)
    if outlook is not None:
        codes |= set(outlook.regions)
    codes -= {alignment.province.province_code, ""}
    return {
        code: _sheet(alignment, outlook, code, due.get(code, []))
        for code in sorted(codes)
    }


def _decision(said: dict[str, dict[Any, Any]]) -> PlanDecision:
    from kkbpk_geo.maps import PlanDecision

    def words(column: str) -> dict[str, str]:
        return {x: str(row[column]) for x, row in said.items()}

    def named(column: str) -> dict[str, str]:
        return {
            x: label(f"align_{column}_{row[column]}", x)  # type: ignore[arg-type]
            for x, row in said.items()
        }

    rupiah = int(said["id"]["rupiah"])
    return PlanDecision(
        kind=named("kind"),
        work=words("work"),
        part=named("field") if said["id"]["field"] != "line" else "",
        province=_side(words("province")),
        district=_side(words("district")),
        note=words("note"),
        rupiah=rupiah or None,
    )


def _side(words: dict[str, str]) -> dict[str, str] | str:
    """Leave out a side that a matter has not."""
    return "" if set(words.values()) == {NOTHING} else words


def _sheet(
    alignment: Alignment,
    outlook: Outlook | None,
    code: str,
    decisions: Sequence[PlanDecision],
) -> RegionPlan:
    from kkbpk_geo.maps import RegionPlan

    counts: dict[str, Any] = {}
    if code in alignment.regions.index:
        own = alignment.regions.loc[code]
        counts = {
            name: as_int(own[column])
            for name, column in (
                ("lines", "lines"),
                ("agreed", "agreed"),
                ("conflicts", "conflicts"),
                ("unfunded", "unfunded_need"),
            )
        }
    years = {int(y) for y in alignment.province.data["year"].dropna()}
    year = outlook.year if outlook else max(years, default=0)
    return RegionPlan(
        year=year,
        decisions=tuple(decisions),
        **counts,
        **(_year(outlook, code) if outlook else {}),
    )


def _year(outlook: Outlook, code: str) -> dict[str, Any]:
    """Return calendar, continuity and progress of a region, as far as known."""
    from kkbpk_geo.plan import PARTS, gantt_rows

    if code not in outlook.regions:
        return {}
    rows = {x: gantt_rows(outlook.continuity, code, x) for x in LANGUAGES}
    scores = outlook.continuity.scores.loc[code].to_dict()
    found: dict[str, Any] = {
        "calendar": tuple(
            ({"id": ours[0], "en": theirs[0]}, tuple(ours[1]))
            for ours, theirs in zip(rows["id"], rows["en"], strict=True)
        ),
        "continuity": as_float(100 * scores["score"]),
        "parts": {part: as_float(100 * scores[part]) for part in PARTS},
    }
    regions = outlook.monitoring.regions
    if code in regions.index:
        own = regions.loc[code].to_dict()
        found |= {
            "physical": as_float(own["physical"]),
            "absorption": as_float(own["absorption"]),
            "klass": own["klass"],
            "works": int(own["works"]),
            "reported": int(own["reported"]),
            "deviations": tuple(_deviations(outlook, code)),
        }
    return found


def _deviations(outlook: Outlook, code: str) -> Iterable[PlanWork]:
    """Works that are not as planned, worst first; none where nothing is reported."""
    from kkbpk_geo.maps import PlanWork
    from kkbpk_geo.plan import work_name

    if code not in outlook.reporting:
        return
    rows = outlook.monitoring.at()
    rows = rows[(rows["region_code"] == code) & rows["klass"].isin(_BEHIND)]
    order = rows["klass"].map(_BEHIND.index)
    rows = rows.assign(order=order).sort_values(["order", "deviation"], kind="stable")
    for row in rows.to_dict("records"):
        yield PlanWork(
            work={x: work_name(row["work"], row["text"], x) for x in LANGUAGES},
            physical=as_float(row["physical"]),
            absorption=as_float(row["absorption"]),
            klass=row["klass"],
        )
