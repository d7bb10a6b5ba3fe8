"""Three sample plans of Lampung, with every kind of disagreement put in on purpose.

Why: whether two plans are in step can only be shown where the answer is known. The
last agreed plan, the province's and the districts' are made here; what differs between
them is written down beside them, and nothing else differs.

In:     a folder and a seed. Out: three plans, a table of gaps, the list of differences.
Rule:   the same seed gives the same bytes; every file says DATA CONTOH.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from kkbpk_geo.catalogue.activities import activities
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions import region
from kkbpk_geo.sample.districts import PROVINCE, districts
from kkbpk_geo.sample.plans_writing import PlanLine, gaps_csv, plan_csv, plan_workbook

YEAR = 2026
BASE, OF_PROVINCE = "contoh_rencana_dasar.xlsx", "contoh_rencana_provinsi.xlsx"
OF_DISTRICTS, GAPS = "contoh_rencana_kabkota.csv", "contoh_kesenjangan.csv"
DIFFERENCES = "perbedaan_sengaja.json"
QUARTERLY = (1, 2, 3, 4)
ABSENT = "18.11"  # the province's plan leaves this district out
CLOSED = "18.72"  # has all its BKB Kits
WITHOUT_HOUSES = "18.04"  # lacks Rumah DataKu, and nobody plans any
_LIKE = ("Temu karya saka kencana pelajar", "Temu karya saka kencana bagi pelajar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One disagreement that was put in: what a comparison must find.

    ``kind, region_code, work, field``: as in the table of decisions.
    """

    kind: str
    region_code: str
    work: str
    field: str


Lines = dict[tuple[str, str, int | None, str], PlanLine]


def write_sample_plans(folder: str | Path, *, seed: int = 18) -> list[Path]:
    """Write three sample plans of Lampung (DATA CONTOH) into a folder.

    Names and codes of regions are real; every figure is invented.

    Parameters
    ----------
    folder : path
        Made if absent; files of the same name are replaced.
    seed : int
        The same seed gives the same bytes.

    Returns
    -------
    list of Path
        Last agreed plan, the province's, the districts', the gaps. The differences
        stand in ``perbedaan_sengaja.json``.
    """
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    base, province, district = _plans(seed)
    differences = _put_differences(base, province, district)
    mark = label("sample_mark")
    files = {
        BASE: plan_workbook(
            list(base.values()), f"{mark}: {label('sample_plan_base')}"
        ),
        OF_PROVINCE: plan_workbook(
            list(province.values()),
            f"{mark}: {label('sample_plan_province')}",
            printed=True,
        ),
        OF_DISTRICTS: plan_csv(
            list(district.values()), f"{mark}: {label('sample_plan_districts')}"
        ),
        GAPS: gaps_csv(_gaps(), f"{mark}: {label('sample_plan_gaps')}"),
    }
    for name, content in files.items():
        (target / name).write_bytes(content)
    listed = [asdict(difference) for difference in differences]
    text = json.dumps(listed, ensure_ascii=False, indent=1)
    (target / DIFFERENCES).write_text(text + "\n", encoding="utf-8", newline="\n")
    return [target / name for name in files]


def read_differences(folder: str | Path) -> list[Difference]:
    """Return the differences that :func:`write_sample_plans` put into a folder."""
    text = (Path(folder) / DIFFERENCES).read_text(encoding="utf-8")
    return [Difference(**entry) for entry in json.loads(text)]


def _plans(seed: int) -> tuple[Lines, Lines, Lines]:
    lines: list[PlanLine] = []
    for unit in districts(seed):
        people = max(unit.population, 100_000)
        code, groups, users = unit.region.code, 4 + people // 60_000, people // 2_000
        usual = [
            ("group_coaching:bkb", QUARTERLY, groups * 5, 350_000, "bokb"),
            ("group_forming:bkb", (2,), groups, 1_500_000, "apbd_kab"),
            ("kit_supply:bkb", (3,), groups * 2, 2_750_000, "dak"),
            ("long_acting_service", QUARTERLY, users, 45_000, "bokb"),
            ("unmet_need_outreach", (2, 4), users * 2, 15_000, "bokb"),
            ("kampung_kb_forming", (4,), 2, 4_500_000, "apbn"),
            ("stunting_workshop", QUARTERLY, 3, 2_250_000, "bokb"),
            ("monitoring", (2, 4), 2, 3_000_000, "apbd_kab"),
        ]
        lines += [
            PlanLine(
                region=code, work=work, quarter=quarter, target=float(target),
                unit=activities()[work].unit, budget=int(target * price), fund=fund,
            )
            for work, quarters, target, price, fund in usual
            for quarter in quarters
        ]  # fmt: skip
    for work, fund in (("group_forming:bkb", "apbn"), ("kit_supply:bkb", "apbn")):
        total = sum(line.target for line in lines if line.work == work)
        lines.append(
            PlanLine(
                region=PROVINCE, work=work, quarter=None, target=total,
                unit=activities()[work].unit, budget=0, fund=fund,
            )
        )  # fmt: skip
    base = {line.key: line for line in lines}
    province = {k: v for k, v in base.items() if v.region != ABSENT}
    district = {k: v for k, v in base.items() if v.region != PROVINCE}
    return base, province, district


def _put_differences(base: Lines, province: Lines, district: Lines) -> list[Difference]:
    found: list[Difference] = []

    def tell(kind: str, code: str, work: str, field: str) -> None:
        text = activities()[work].id if work in activities() else work
        found.append(Difference(kind=kind, region_code=code, work=text, field=field))

    def line(code: str, work: str, quarter: int, fund: str) -> PlanLine:
        return base[(code, work, quarter, fund)]

    def put(plan: Lines, old: PlanLine, **changes: object) -> None:
        plan[old.key] = replace(old, **changes)  # type: ignore[arg-type]

    whole = label("align_whole_plan")
    absent = Difference(
        kind="no_province_plan", region_code=ABSENT, work=whole, field="line"
    )
    found.append(absent)
    _agree(put, line, province, district)
    _change(put, line, province, district, tell)
    _contradict(put, line, province, district, tell)
    _add(base, province, district, tell)
    _misjudge(base, province, tell)
    return found


_Put = Callable[..., None]
_Find = Callable[[str, str, int, str], PlanLine]
_Tell = Callable[[str, str, str, str], None]


def _agree(put: _Put, line: _Find, province: Lines, district: Lines) -> None:
    """Both sides change a target alike: nothing to decide."""
    old = line("18.01", "long_acting_service", 1, "bokb")
    for plan in (province, district):
        put(plan, old, target=old.target + 10)


def _change(
    put: _Put, line: _Find, province: Lines, district: Lines, tell: _Tell
) -> None:
    """Only one side changes a budget, a target, or drops a line."""
    old = line("18.02", "stunting_workshop", 1, "bokb")
    put(province, old, budget=old.budget + 5_000_000)
    tell("changed_province", "18.02", old.work, "budget")
    old = line("18.03", "long_acting_service", 2, "bokb")
    put(district, old, target=old.target + 20)
    tell("changed_district", "18.03", old.work, "target")
    del district[line("18.04", "monitoring", 4, "apbd_kab").key]
    tell("changed_district", "18.04", "monitoring", "line")


def _contradict(
    put: _Put, line: _Find, province: Lines, district: Lines, tell: _Tell
) -> None:
    """Both sides say something else about one line."""
    old = line("18.05", "long_acting_service", 3, "bokb")
    put(province, old, target=old.target + 10)
    put(district, old, target=old.target - 10)
    tell("conflict", "18.05", old.work, "target")
    old = line("18.06", "monitoring", 2, "apbd_kab")
    del province[old.key]
    put(district, old, budget=old.budget + 1_000_000)
    tell("conflict", "18.06", old.work, "line")
    old = line("18.07", "long_acting_service", 1, "bokb")
    put(province, old, target=70.0, unit="percent")
    put(district, old, unit="person")
    tell("unit_differs", "18.07", old.work, "target")
    old = line("18.08", "monitoring", 2, "apbd_kab")
    put(province, old, quarter=1)
    put(district, old, quarter=3)
    tell("period_differs", "18.08", old.work, "period")
    old = line("18.10", "kit_supply:bkb", 3, "dak")
    put(province, old, fund="apbn")
    put(district, old, fund="apbd_kab")
    tell("double_funding", "18.10", old.work, "fund")


def _add(base: Lines, province: Lines, district: Lines, tell: _Tell) -> None:
    """Lines that only one side has, or that the sides time differently."""

    def new(plan: Lines, code: str, work: str, quarter: int | None, share: int = 1) -> (
        None
    ):  # fmt: skip
        unit = activities()[work].unit if work in activities() else "person"
        made = PlanLine(
            region=code, work=work, quarter=quarter, target=40.0 / share, unit=unit,
            budget=12_000_000 // share, fund="bokb",
        )  # fmt: skip
        plan[made.key] = made

    new(province, "18.09", "cadre_training:bkb", None)
    for quarter in QUARTERLY:
        new(district, "18.09", "cadre_training:bkb", quarter, share=4)
    tell("period_differs", "18.09", "cadre_training:bkb", "line")
    new(district, "18.13", "office_running", 1)
    tell("missing_province", "18.13", "office_running", "line")
    new(province, "18.71", "provider_training", 2)
    tell("missing_district", "18.71", "provider_training", "line")
    new(province, "18.72", _LIKE[0], 2)
    tell("missing_district", "18.72", _LIKE[0], "line")
    new(district, "18.72", _LIKE[1], 2)
    tell("missing_province", "18.72", _LIKE[1], "line")
    old = base[("18.12", "long_acting_service", 4, "bokb")]
    second = replace(old, fund="apbd_kab", target=25.0, budget=1_125_000)
    for plan in (base, province, district):
        plan[second.key] = second
    tell("double_funding", "18.12", old.work, "line")


def _misjudge(base: Lines, province: Lines, tell: _Tell) -> None:
    """Set a total that the districts miss; work and needs that miss each other."""
    key = (PROVINCE, "kit_supply:bkb", None, "apbn")
    for plan in (base, province):
        plan[key] = replace(plan[key], target=plan[key].target + 10)
    tell("sum_differs", PROVINCE, "kit_supply:bkb", "target")
    tell("without_need", CLOSED, "kit_supply:bkb", "line")
    tell("need_without_activity", WITHOUT_HOUSES, _house(), "line")


def _house() -> str:
    from kkbpk_geo.catalogue.indicators import standards

    return standards()["rumah_dataku"].id


def _gaps() -> list[Mapping[str, object]]:
    """Invented needs that the plans answer, but for the two that differ on purpose."""
    rows: list[Mapping[str, object]] = []
    for unit in districts(0):
        code = unit.region.code
        for service in ("kit:bkb", "village_group:bkb", "reporting:bkb", "unmet_need",
                        "kampung_kb", "rumah_dataku"):  # fmt: skip
            closed = (service, code) == ("kit:bkb", CLOSED) or (
                service == "rumah_dataku" and code != WITHOUT_HOUSES
            )
            gap = 0 if closed else 12
            rows.append(
                {
                    "region_code": code, "name": region(code).name, "service": service,
                    "need": 30, "supply": 30 - gap, "gap": gap,
                    "coverage": (30 - gap) / 30,
                }
            )  # fmt: skip
    return rows
