"""The two yearly recaps per kabupaten/kota, as spreadsheets with a total row.

In:     the districts of the sample and a seed. Out: :class:`Table` objects in memory.
"""

from __future__ import annotations

import random

from kkbpk_geo.sample.districts import FAMILY_SIZE, YEAR, District, districts
from kkbpk_geo.sample.tables import Row, Table, groups_by_district

TARGET_HEADINGS = (
    "NO", "KABUPATEN/KOTA", "JUMLAH KECAMATAN", "JUMLAH DESA/KELURAHAN", "PENDUDUK",
    "JUMLAH KELUARGA", "KELUARGA BERISIKO STUNTING", "PKB/PLKB", "PPKBD",
)  # fmt: skip
KIT_HEADINGS = ("NO", "KABUPATEN/KOTA", "BKB KIT", "GENRE KIT", "BKL KIT")
TOTAL = "JUMLAH"


def target_table(seed: int) -> Table:
    """Build the denominators: real people and villages, invented families and staff."""
    rows: list[Row] = []
    for district in districts(seed):
        rng = random.Random(f"{seed}:target:{district.region.code}")
        villages = len(district.villages)
        families = int(district.population / FAMILY_SIZE)
        risk = int(families * rng.uniform(0.14, 0.17) * (1.6 - district.strength))
        officers = round(villages / 2 * district.strength * rng.uniform(0.75, 0.95))
        volunteers = min(villages, round(villages * (0.6 + 0.4 * district.strength)))
        rows.append(
            [
                len(rows) + 1,
                _name(district),
                len(district.kecamatan),
                villages,
                district.population,
                families,
                risk,
                officers,
                volunteers,
            ]
        )
    rows.append(total_row(rows))
    file = f"contoh_sasaran_kabupaten_{YEAR}.xlsx"
    return Table(file, "Sasaran per kabupaten/kota", TARGET_HEADINGS, rows)


def kit_table(seed: int) -> Table:
    """Build how many groups have their kit; never more than there are groups."""
    rows: list[Row] = []
    existing = {kind: groups_by_district(kind, seed) for kind in ("bkb", "bkr", "bkl")}
    for district in districts(seed):
        rng = random.Random(f"{seed}:kit:{district.region.code}")
        kits = [
            int(n[district.heading] * district.strength * rng.uniform(0.45, 0.95))
            for n in existing.values()
        ]
        rows.append([len(rows) + 1, _name(district), *kits])
    rows.append(total_row(rows))
    file = f"contoh_sarana_kabupaten_{YEAR}.xlsx"
    return Table(file, "Kelompok yang memiliki sarana", KIT_HEADINGS, rows)


def total_row(rows: list[Row]) -> Row:
    """Return the row ``JUMLAH``: the sums of all whole numbers but the first column."""
    sums: Row = [
        sum(cell for cell in column if isinstance(cell, int))
        for column in list(zip(*rows, strict=True))[2:]
    ]
    return [None, TOTAL, *sums]


def _name(district: District) -> str:
    kota = district.region.kind == "Kota"
    return district.region.name if kota else f"Kabupaten {district.region.name}"
