"""Make tables of the whole country, as a central office gets them. Nothing is real.

Why: a national run is judged by what it takes: 38 provinces in one table, a file per
province, nine reports of each, and 82,240 villages in one file.

In:     a seed. Out: provinsi.csv; satu/18.csv ...; siga/18/contoh_bkb.csv ... (38 x 9);
        desa.csv. Districts are those of the register, all below them is made up.
Run:    python benchmarks/make_nation.py FOLDER [--villages 82240]
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from kkbpk_geo.regions.register import regions_of

VILLAGES = 82_240
CONSONANTS = "bcdgjklmnprstw"
SYLLABLES = [
    "ba",
    "ca",
    "da",
    "ga",
    "ja",
    "ka",
    "la",
    "ma",
    "na",
    "pa",
    "ra",
    "sa",
    "ta",
    "wa",
]
MARK = "DATA CONTOH, bukan data sebenarnya: {what}, Provinsi {name}, 2025"
# Report -> its columns of figures, each with the most that a village may have.
REPORTS = {
    "bkb": ("Laporan kelompok BKB", {"YANG ADA": 3, "YANG LAPOR": 2}),
    "bkr": ("Laporan kelompok BKR", {"YANG ADA": 3, "YANG LAPOR": 2}),
    "bkl": ("Laporan kelompok BKL", {"YANG ADA": 3, "YANG LAPOR": 2}),
    "uppka": ("Laporan kelompok UPPKA", {"YANG ADA": 3, "YANG LAPOR": 2}),
    "pik_r": ("Laporan PIK Remaja", {"YANG ADA": 3, "YANG LAPOR": 2}),
    "kampung_kb": (
        "Kampung KB",
        {"JUMLAH KELURAHAN/DESA": 1, "JUMLAH KAMPUNG KB": 1},
    ),
    "pus": ("PUS dan unmet need", {"PUS": 900, "UNMET NEED": 90}),
    "kontrasepsi": (
        "Peserta KB aktif menurut metode",
        {"PA": 600, "SUNTIK": 300, "PIL": 90, "KONDOM": 30, "IMPLAN": 80, "IUD": 60,
         "MOW": 20, "MOP": 5},
    ),
    "sasaran": (
        "Sasaran dan kesertaan kelompok",
        {"SASARAN BKB": 400, "KESERTAAN BKB": 200, "SASARAN BKR": 500,
         "KESERTAAN BKR": 200, "SASARAN BKL": 300, "KESERTAAN BKL": 100},
    ),
}  # fmt: skip
TOTALS = {
    "PENDUDUK": 1.0, "PUS": 0.17, "PA": 0.11, "UNMET NEED": 0.018, "MKJP": 0.03,
    "KELUARGA": 0.27, "KELUARGA BERISIKO STUNTING": 0.025,
}  # fmt: skip


def called(number):
    """A name that no two places have, and no place of the register."""
    word = ""
    for _ in range(5):
        number, at = divmod(number, len(CONSONANTS))
        word += f"{CONSONANTS[at]}a"
    return word.upper()


def figures(rng, most, villages=1):
    """Numbers of one row: what is a part is never more than its whole."""
    ceiling = None
    row = []
    for column, each in most.items():
        top = each * villages
        if column != "PUS" and ceiling is not None:
            top = min(top, ceiling)
        number = int(top * rng.uniform(0.5, 1)) if top > 4 else rng.randint(0, top)
        ceiling = number if ceiling is None else ceiling
        row.append(number)
    return row


def write(path, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def line(*cells):
    return ";".join(map(str, cells))


def kind_and_name(unit):
    return unit.name.upper() if unit.kind == "Kota" else f"KAB. {unit.name.upper()}"


def totals(rng, population):
    return [int(population * share * rng.uniform(0.9, 1)) for share in TOTALS.values()]


def write_provinces(folder, rng):
    """One table of 38 rows; and a file for each province, with its districts."""
    rows = []
    for place in regions_of("provinsi"):
        numbers = [
            (unit, totals(rng, unit.population or 100_000))
            for unit in regions_of("kabkota", place.code)
        ]
        lines = [
            MARK.format(what="Sasaran", name=place.name),
            line("KABUPATEN/KOTA", *TOTALS),
            *(line(kind_and_name(unit), *each) for unit, each in numbers),
        ]
        write(folder / "satu" / f"{place.code}.csv", lines)
        whole = [sum(column) for column in zip(*(x for _, x in numbers), strict=True)]
        rows.append(line(place.name.upper(), *whole))
    write(folder / "provinsi.csv", [line("PROVINSI", *TOTALS), *rows])


def write_reports(folder, rng):
    """Nine reports of each province, a row for each kecamatan, of one month."""
    for place in regions_of("provinsi"):
        units = regions_of("kabkota", place.code)
        for name, (what, most) in REPORTS.items():
            lines = [
                MARK.format(what=what, name=place.name),
                line("PROVINSI", "KABUPATEN", "KECAMATAN", *most, "BULAN"),
            ]
            number = 0
            for unit in units:
                for _ in range(unit.n_kecamatan):
                    number += 1
                    numbers = figures(rng, most, 11)
                    lines.append(
                        line(place.name.upper(), unit.name.upper(), called(number),
                             *numbers, "NOVEMBER")
                    )  # fmt: skip
            path = folder / "siga" / place.code / f"contoh_{name}_2025.csv"
            write(path, lines)


def write_villages(folder, rng, villages):
    """One table of all villages: the first so many of the country."""
    what, most = REPORTS["bkb"]
    lines = [line("PROVINSI", "KABUPATEN", "KECAMATAN", "KELURAHAN", *most, "BULAN")]
    number = 0
    wanted = villages / sum(unit.n_villages or 0 for unit in regions_of("kabkota"))
    for unit in regions_of("kabkota"):
        province = next(
            place for place in regions_of("provinsi") if place.code == unit.parent_code
        )
        inside = max(unit.n_kecamatan, 1)
        for each in range(round((unit.n_villages or 0) * wanted)):
            number += 1
            lines.append(
                line(province.name.upper(), unit.name.upper(), called(each % inside),
                     called(number), *figures(rng, most), "NOVEMBER")
            )  # fmt: skip
    write(folder / "desa.csv", [f"DATA CONTOH: {what} 2025", *lines])
    return number


def write_nation(folder, *, villages=VILLAGES, seed=18):
    """Write all of it; the same arguments give the same bytes."""
    folder, rng = Path(folder), random.Random(seed)
    write_provinces(folder, rng)
    write_reports(folder, rng)
    return write_villages(folder, rng, villages)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--villages", type=int, default=VILLAGES)
    options = parser.parse_args()
    print(write_nation(options.folder, villages=options.villages), "villages")


if __name__ == "__main__":
    main()
