"""Make three plans of one year: the last agreed one, the province's, the districts'.

Why: comparing plans must grow with their lines, not with the square of them. The worst
case is a plan in which every line names work of its own, as here: work in a village.

In:     a folder, how many lines a side, a seed. Nothing in it is real.
Out:    base.csv, province.csv, districts.csv.
Run:    python benchmarks/make_plans.py FOLDER [--lines 2500]
"""

from __future__ import annotations

import argparse
import csv
import random
from pathlib import Path

from kkbpk_geo.regions import children, regions_of

WORK = (
    "Penyuluhan pengasuhan balita", "Sosialisasi pencegahan stunting",
    "Pertemuan kader kampung keluarga", "Lomba keluarga teladan",
    "Gerakan pasar murah keluarga", "Bimbingan calon pengantin",
    "Kunjungan rumah keluarga berisiko", "Pelatihan kerajinan ibu",
)  # fmt: skip
HEADINGS = (
    "KABUPATEN", "KEGIATAN", "TAHUN", "TRIWULAN", "TARGET", "SATUAN", "ANGGARAN",
    "SUMBER DANA",
)  # fmt: skip
WHAT, TARGET, BUDGET = 1, 4, 6
# Of a hundred lines: a slip in the name, another target or budget, one side lacks.
SLIPS, TARGETS, BUDGETS, ALONE = 5, 15, 20, 24


def places():
    """Yield every village of the province: its district, and its name."""
    for district in regions_of("kabkota", "18"):
        for above in children(district.code, "kecamatan"):
            for village in children(above.code, "desa"):
                yield district.name, f"{village.bare} {above.bare}"


def works(rng, n):
    """Return n pieces of work, all different while there are any: 21,208."""
    villages = list(places())
    every = [(place, f"{work} di {name}") for work in WORK for place, name in villages]
    rng.shuffle(every)
    return (every * (n // len(every) + 1))[:n]


def line(rng, place, work):
    target, budget = rng.randint(1, 60), 100_000 * rng.randint(1, 90)
    fund = rng.choice(("APBD", "BOKB", "APBN"))
    return [place, work, 2026, rng.randint(1, 4), target, "kelompok", budget, fund]


def sides(rng, agreed):
    """Return what province and districts say of a line; None where one lacks it."""
    province, districts = list(agreed), list(agreed)
    chance = rng.randrange(100)
    if chance < SLIPS:
        at = rng.randrange(1, len(agreed[WHAT]) - 1)
        districts[WHAT] = agreed[WHAT][:at] + agreed[WHAT][at + 1 :]
    elif chance < TARGETS:
        province[TARGET] += 5
    elif chance < BUDGETS:
        districts[BUDGET] += 100_000
    elif chance < ALONE:
        return rng.choice([(province, None), (None, districts)])
    return province, districts


def write_plans(folder, *, lines=2500, seed=18):
    """Write the three plans; the same arguments give the same bytes."""
    rng = random.Random(seed)
    agreed = [line(rng, *work) for work in works(rng, lines)]
    said = [sides(rng, each) for each in agreed]
    plans = {
        "base": agreed,
        "province": [ours for ours, _ in said if ours],
        "districts": [theirs for _, theirs in said if theirs],
    }
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in plans.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([HEADINGS, *rows])
    return folder


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--lines", type=int, default=2500)
    options = parser.parse_args()
    print(write_plans(options.folder, lines=options.lines))


if __name__ == "__main__":
    main()
