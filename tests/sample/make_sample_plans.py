"""Make the three sample plans again: what stands in kkbpk_geo/sample/data/plans.

Why: whether two plans are in step can only be shown where the answer is known. What
differs between the plans is the table DIFFERENCES and a few lines more; nothing else
does. Names and codes of regions are real; every figure is invented.

In:     the register and the catalogue of activities.
Out:    the last agreed plan, the province's, the districts', gaps, the differences.
Run:    python tests/sample/make_sample_plans.py [--folder DIR] [--seed 18]
"""

from dataclasses import dataclass, replace
from datetime import datetime

from make_sample import (
    PROVINCE,
    Look,
    csv_bytes,
    districts,
    dotted,
    listed,
    run,
    xlsx_bytes,
)  # fmt: skip

from kkbpk_geo.catalogue.activities import activities, funds, terms
from kkbpk_geo.catalogue.indicators import standards
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions.register import region
from kkbpk_geo.sample.plans import DIFFERENCES_FILE, PLANS, Difference
from kkbpk_geo.sample.writing import DATA, SEED

YEAR = 2026
ABSENT = "18.11"  # the province's plan leaves this district out
CLOSED = "18.72"  # has all its BKB Kits
WITHOUT_HOUSES = "18.04"  # lacks Rumah DataKu, and nobody plans any
QUARTERLY = (1, 2, 3, 4)
QUARTERS = {None: "", 1: "TW I", 2: "TW II", 3: "TW III", 4: "TW IV"}
HEADINGS = ("NO", "KABUPATEN/KOTA", "PROGRAM", "KEGIATAN", "TAHUN", "TRIWULAN",
            "TARGET", "SATUAN", "ANGGARAN (Rp)", "SUMBER DANA", "PENANGGUNG JAWAB",
            "STATUS")  # fmt: skip
KEGIATAN, TRIWULAN, TARGET, ANGGARAN, SUMBER = (
    HEADINGS.index(heading)
    for heading in ("KEGIATAN", "TRIWULAN", "TARGET", "ANGGARAN (Rp)", "SUMBER DANA")
)
GAPS = ("region_code", "name", "service", "need", "supply", "gap", "coverage")
SERVICES = ("kit:bkb", "village_group:bkb", "reporting:bkb", "unmet_need",
            "kampung_kb", "rumah_dataku")  # fmt: skip
LIKE = ("Temu karya saka kencana pelajar", "Temu karya saka kencana bagi pelajar")

# --- what everybody agreed on ---------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a plan; ``work`` is a key of the catalogue, or a text."""

    region: str
    work: str
    quarter: int | None
    target: float
    unit: str
    budget: int
    fund: str

    @property
    def key(self):
        return (self.region, self.work, self.quarter, self.fund)


def text_of(work):
    return activities()[work].id if work in activities() else work


def usual_work(people):
    """Work of every district: quarters, target, rupiah a piece, fund."""
    groups, users = 4 + people // 60_000, people // 2_000
    return {
        "group_coaching:bkb": (QUARTERLY, groups * 5, 350_000, "bokb"),
        "group_forming:bkb": ((2,), groups, 1_500_000, "apbd_kab"),
        "kit_supply:bkb": ((3,), groups * 2, 2_750_000, "dak"),
        "long_acting_service": (QUARTERLY, users, 45_000, "bokb"),
        "unmet_need_outreach": ((2, 4), users * 2, 15_000, "bokb"),
        "kampung_kb_forming": ((4,), 2, 4_500_000, "apbn"),
        "stunting_workshop": (QUARTERLY, 3, 2_250_000, "bokb"),
        "monitoring": ((2, 4), 2, 3_000_000, "apbd_kab"),
    }


def new_line(code, work, quarter, target, budget, fund):
    unit = activities()[work].unit if work in activities() else "person"
    return Line(region=code, work=work, quarter=quarter, target=target, unit=unit,
                budget=budget, fund=fund)  # fmt: skip


def agreed_plan(seed):
    lines = []
    for d in districts(seed):
        work_of = usual_work(max(d.region.population, 100_000))
        for work, (quarters, target, price, fund) in work_of.items():
            part = (float(target), target * price, fund)
            lines += [new_line(d.region.code, work, q, *part) for q in quarters]
    for work in ("group_forming:bkb", "kit_supply:bkb"):
        total = sum(line.target for line in lines if line.work == work)
        lines.append(new_line(PROVINCE, work, None, total, 0, "apbn"))
    return {line.key: line for line in lines}


# --- what differs ---------------------------------------------------------------------


def more(**amounts):
    """Add to a target or a budget."""
    return lambda line: replace(
        line, **{name: getattr(line, name) + by for name, by in amounts.items()}
    )


def other(**values):
    return lambda line: replace(line, **values)


def kept(line):
    return line


def dropped(_):
    return None


# What the province and the district make of an agreed line, and what that is called.
DIFFERENCES = [
    ("18.01", "long_acting_service", 1, more(target=10), more(target=10), None),
    ("18.02", "stunting_workshop", 1, more(budget=5_000_000), kept,
     ("changed_province", "budget")),
    ("18.03", "long_acting_service", 2, kept, more(target=20),
     ("changed_district", "target")),
    ("18.04", "monitoring", 4, kept, dropped, ("changed_district", "line")),
    ("18.05", "long_acting_service", 3, more(target=10), more(target=-10),
     ("conflict", "target")),
    ("18.06", "monitoring", 2, dropped, more(budget=1_000_000), ("conflict", "line")),
    ("18.07", "long_acting_service", 1, other(target=70.0, unit="percent"),
     other(unit="person"), ("unit_differs", "target")),
    ("18.08", "monitoring", 2, other(quarter=1), other(quarter=3),
     ("period_differs", "period")),
    ("18.10", "kit_supply:bkb", 3, other(fund="apbn"), other(fund="apbd_kab"),
     ("double_funding", "fund")),
]  # fmt: skip
# Lines that the agreed plan does not have.
ADDED = [
    ("18.09", "cadre_training:bkb", "province", (None,), ("period_differs", "line")),
    ("18.09", "cadre_training:bkb", "district", QUARTERLY, None),
    ("18.13", "office_running", "district", (1,), ("missing_province", "line")),
    ("18.71", "provider_training", "province", (2,), ("missing_district", "line")),
    ("18.72", LIKE[0], "province", (2,), ("missing_district", "line")),
    ("18.72", LIKE[1], "district", (2,), ("missing_province", "line")),
]


def three_plans(seed):
    """Return the agreed plan, the province's, the districts', and what differs."""
    base = agreed_plan(seed)
    province = {k: v for k, v in base.items() if v.region != ABSENT}
    district = {k: v for k, v in base.items() if v.region != PROVINCE}
    found = []

    def tell(kind, code, work, field):
        text = text_of(work)
        found.append(Difference(kind=kind, region_code=code, work=text, field=field))

    tell("no_province_plan", ABSENT, label("align_whole_plan"), "line")
    for code, work, quarter, by_province, by_district, told in DIFFERENCES:
        fund = usual_work(0)[work][-1]
        old = base[code, work, quarter, fund]
        for plan, change in ((province, by_province), (district, by_district)):
            plan[old.key] = change(old)
            if plan[old.key] is None:
                del plan[old.key]
        if told:
            tell(told[0], code, work, told[1])

    sides = {"province": province, "district": district}
    for code, work, side, quarters, told in ADDED:
        n = len(quarters)
        for quarter in quarters:
            line = new_line(code, work, quarter, 40.0 / n, 12_000_000 // n, "bokb")
            sides[side][line.key] = line
        if told:
            tell(told[0], code, work, told[1])

    old = base["18.12", "long_acting_service", 4, "bokb"]
    second = replace(old, fund="apbd_kab", target=25.0, budget=1_125_000)
    for plan in (base, province, district):
        plan[second.key] = second
    tell("double_funding", "18.12", old.work, "line")

    total = base[PROVINCE, "kit_supply:bkb", None, "apbn"]
    for plan in (base, province):
        plan[total.key] = more(target=10)(total)
    tell("sum_differs", PROVINCE, "kit_supply:bkb", "target")
    tell("without_need", CLOSED, "kit_supply:bkb", "line")
    house = standards()["rumah_dataku"].id
    tell("need_without_activity", WITHOUT_HOUSES, house, "line")
    return base, province, district, found


def gaps(seed):
    """Needs that the plans answer, but for the two that differ on purpose."""
    rows = []
    for d in districts(seed):
        code = d.region.code
        for service in SERVICES:
            closed = (service, code) == ("kit:bkb", CLOSED) or (
                service == "rumah_dataku" and code != WITHOUT_HOUSES
            )
            gap = 0 if closed else 12
            supply = 30 - gap
            rows.append(
                [code, region(code).name, service, 30, supply, gap, supply / 30]
            )
    return rows


# --- files ----------------------------------------------------------------------------


def cells(number, line):
    """A line as the template has it."""
    unit = region(line.region)
    province = f"Provinsi {unit.name}"
    place = province if unit.code == PROVINCE else f"{unit.kind} {unit.bare}"
    known = activities().get(line.work)
    programme = terms("programme")[known.programme].id if known else ""
    quarter = QUARTERS[line.quarter]
    return [
        number, place, programme, text_of(line.work), YEAR, quarter, line.target,
        terms("unit")[line.unit].id, line.budget, funds()[line.fund].id,
        "Bidang KS, Dinas PPKB", "Rencana",
    ]  # fmt: skip


def printed(row):
    """A line of a print: its amount is a text."""
    return [*row[:ANGGARAN], f"Rp {dotted(row[ANGGARAN])},00", *row[ANGGARAN + 1 :]]


def by_hand(number, line):
    """A line as districts keep it: work and quarters are spelled in several ways."""
    row = cells(number, line)
    known = activities().get(line.work)
    ways = [text_of(line.work)]
    if known:
        ways += [known.id.upper(), *known.aliases[:1]]
    row[KEGIATAN] = ways[number % len(ways)]
    row[TRIWULAN] = f"Triwulan {line.quarter}" if line.quarter else ""
    row[TARGET] = f"{line.target:g}"
    row[ANGGARAN] = dotted(line.budget)
    if line.fund == "apbd_kab":
        row[SUMBER] = "APBD"  # its own, of course
    return row


def make_sample_plans(seed=SEED):
    """Return the bytes of every file, by name."""
    base, province, district, differences = three_plans(seed)
    titles = [f"{label('sample_mark')}: {label(f'sample_plan_{part}')}"
              for part in ("base", "province", "districts", "gaps")]  # fmt: skip
    agreed = [cells(*numbered) for numbered in enumerate(base.values(), 1)]
    prints = [printed(cells(*each)) for each in enumerate(province.values(), 1)]
    kept_by_hand = [by_hand(*numbered) for numbered in enumerate(district.values(), 1)]
    look = Look("Rencana", datetime(YEAR, 1, 1), (1, 3, 32))
    contents = [
        xlsx_bytes(titles[0], HEADINGS, agreed, look),
        xlsx_bytes(titles[1], HEADINGS, prints, replace(look, merged=True)),
        csv_bytes(titles[2], HEADINGS, kept_by_hand),
        csv_bytes(f"# {titles[3]}", GAPS, gaps(seed), delimiter=","),
    ]
    files = dict(zip(PLANS, contents, strict=True))
    return {**files, DIFFERENCES_FILE: listed(differences)}


if __name__ == "__main__":
    run(make_sample_plans, DATA / "plans")
