"""Make the input of the benchmark: one workbook as an office keeps it.

Why: the naive way and ours must read the same file. Nothing in it is real.

In:     a seed and sizes.
Out:    poktan.xlsx with the sheets kelompok (a row per group, with coordinates), faskes
        (a row per facility) and sasaran (a row per kabupaten/kota).
Run:    python benchmarks/make_input.py FOLDER [--groups 3000] [--facilities 800]
"""

from __future__ import annotations

import argparse
import random
from datetime import datetime
from pathlib import Path

from shapely import buffer, contains_xy, prepare
from xlsxwriter import Workbook

from kkbpk_geo.regions.boundaries import load_boundaries
from kkbpk_geo.regions.register import children

GROUPS = {"BKB": 30, "BKR": 20, "BKL": 20, "UPPKA": 15, "PIK-R": 10, "Kampung KB": 5}
FACILITIES = {"RS": 8, "Puskesmas": 40, "Klinik": 20, "PMB": 32}
MARGIN = 0.004  # degrees, about 450 m: inside also where the map draws a simpler line


def pick(rng, weights):
    return rng.choices(list(weights), list(weights.values()))[0]


def spelling(rng, unit):
    """One of the ways in which hand-kept sheets write a district."""
    kind = "Kota" if unit.kind == "Kota" else "Kab."
    full = f"{unit.kind} {unit.bare}"
    forms = [full, full.upper(), f"{kind} {unit.bare}", unit.bare, unit.bare.upper()]
    return rng.choice(forms)


def point_inside(outline, rng):
    west, south, east, north = outline.bounds
    while True:
        x, y = round(rng.uniform(west, east), 5), round(rng.uniform(south, north), 5)
        if contains_xy(outline, x, y):
            return x, y


def group_rows(rng, units, outlines, n):
    for number in range(n):
        unit = rng.choices(units, [u.population for u in units])[0]
        longitude, latitude = point_inside(outlines[unit.code], rng)
        members = rng.randint(5, 59)
        yield [
            f"K{number:05d}",
            f"Kelompok Contoh {number}",
            pick(rng, GROUPS),
            spelling(rng, unit),
            members,
            int(members * rng.uniform(0.2, 1)),
            "Ya" if rng.random() < 0.8 else "Tidak",
            latitude,
            longitude,
        ]


def facility_rows(rng, units, outlines, n):
    for number in range(n):
        unit = rng.choices(units, [u.population for u in units])[0]
        longitude, latitude = point_inside(outlines[unit.code], rng)
        yield [
            f"F{number:04d}",
            f"Faskes Contoh {number}",
            pick(rng, FACILITIES),
            spelling(rng, unit),
            rng.randint(0, 8),
            "Cukup" if rng.random() < 0.85 else "Kurang",
            latitude,
            longitude,
        ]


def target_rows(rng, units):
    for unit in units:
        people = unit.population
        couples = int(people * rng.uniform(0.14, 0.19))
        yield [
            unit.code,
            f"{unit.kind} {unit.bare}",
            people,
            int(people / 3.7),
            couples,
            int(couples * rng.uniform(0.55, 0.75)),
            int(couples * rng.uniform(0.06, 0.16)),
            int(couples * rng.uniform(0.10, 0.25)),
            int(people * 0.075),
            int(people * 0.11),
            int(people * 0.08),
            int(people / 3.7 * rng.uniform(0.05, 0.12)),
        ]


SHEETS = {
    "kelompok": "ID KELOMPOK;NAMA KELOMPOK;JENIS KELOMPOK;KABUPATEN;JUMLAH ANGGOTA;"
    "HADIR PERTEMUAN;LAPOR;LINTANG;BUJUR",
    "faskes": "ID FASKES;NAMA FASKES;JENIS FASKES;KABUPATEN;TENAGA TERLATIH;STOK;"
    "LINTANG;BUJUR",
    "sasaran": "KODE KEMENDAGRI;KABUPATEN;PENDUDUK;KELUARGA;PUS;PESERTA KB;UNMET NEED;"
    "MKJP;KELUARGA BALITA;KELUARGA REMAJA;KELUARGA LANSIA;KELUARGA BERISIKO STUNTING",
}


def write_input(folder, *, groups=3000, facilities=800, seed=18):
    """Write poktan.xlsx; the same arguments give the same bytes."""
    rng = random.Random(seed)
    units = children("18")
    outlines = load_boundaries("Lampung").geometry
    outlines = dict(zip(outlines.index, buffer(outlines.values, -MARGIN), strict=True))
    prepare(list(outlines.values()))
    tables = {
        "kelompok": group_rows(rng, units, outlines, groups),
        "faskes": facility_rows(rng, units, outlines, facilities),
        "sasaran": target_rows(rng, units),
    }
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "poktan.xlsx"
    book = Workbook(path)
    book.set_properties({"title": "DATA CONTOH", "created": datetime(2025, 12, 1)})
    for name, rows in tables.items():
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, SHEETS[name].split(";"))
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--groups", type=int, default=3000)
    parser.add_argument("--facilities", type=int, default=800)
    parser.add_argument("--seed", type=int, default=18)
    options = vars(parser.parse_args())
    print(write_input(options.pop("folder"), **options))


if __name__ == "__main__":
    main()
