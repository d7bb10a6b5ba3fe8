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

from kkbpk_geo.regions.register import region, regions_of

VILLAGES = 82_240
CONSONANTS = "bcdgjklmnprstw"
MARK = "DATA CONTOH, bukan data sebenarnya: {what}, Provinsi {name}, 2025"
# Report -> its columns of figures: how many in a village (below 10), or for each of its
# people; a part is never more than the figure before it.
GROUPS = {"YANG ADA": 2, "YANG LAPOR": 2}
REPORTS = {
    "bkb": ("Laporan kelompok BKB", GROUPS),
    "bkr": ("Laporan kelompok BKR", GROUPS),
    "bkl": ("Laporan kelompok BKL", GROUPS),
    "uppka": ("Laporan kelompok UPPKA", GROUPS),
    "pik_r": ("Laporan PIK Remaja", GROUPS),
    "kampung_kb": (
        "Kampung KB",
        {"JUMLAH KELURAHAN/DESA": 1, "JUMLAH KAMPUNG KB": 1},
    ),
    "pus": ("PUS dan unmet need", {"PUS": 0.17, "UNMET NEED": 0.018}),
    "kontrasepsi": (
        "Peserta KB aktif menurut metode",
        {"SUNTIK": 0.05, "PIL": 0.02, "KONDOM": 0.004, "IMPLAN": 0.015, "IUD": 0.01,
         "MOW": 0.004, "MOP": 0.001},
    ),
    "sasaran": (
        "Sasaran dan kesertaan kelompok",
        {"SASARAN BKB": 0.07, "KESERTAAN BKB": 0.04, "SASARAN BKR": 0.1,
         "KESERTAAN BKR": 0.05, "SASARAN BKL": 0.07, "KESERTAAN BKL": 0.03},
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


def figures(rng, shares, villages, people):
    """Numbers of one row: what is a part is never more than its whole."""
    row = []
    for column, share in shares.items():
        if share < 1:
            row.append(int(people * share * rng.uniform(0.8, 1)))
        elif column == "JUMLAH KELURAHAN/DESA":
            row.append(villages)
        else:
            most = row[-1] if row else share * villages
            row.append(rng.randint(most // 2, most))
    return row


def inside(unit, level, number):
    """The names of a district's places: from the register, or made up."""
    names = [place.name.upper() for place in regions_of(level, unit.code)]
    return names or [called(number + each) for each in range(1, unit.n_kecamatan + 1)]


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
            for unit in units:
                names = inside(unit, "kecamatan", 0)
                people = (unit.population or 20_000) // len(names)
                for each in names:
                    numbers = figures(rng, most, 11, people)
                    lines.append(
                        line(place.name.upper(), unit.name.upper(), each, *numbers,
                             "NOVEMBER")
                    )  # fmt: skip
            path = folder / "siga" / place.code / f"contoh_{name}_2025.csv"
            write(path, lines)


def villages_of(unit, number):
    """Kecamatan and village of each village of a district."""
    held = regions_of("desa", unit.code)
    if held:
        return [
            (region(place.parent_code).name.upper(), place.name.upper())
            for place in held
        ]
    names = inside(unit, "kecamatan", 0)
    return [
        (names[each % len(names)], called(number + each))
        for each in range(unit.n_villages or 0)
    ]


def write_villages(folder, rng, villages):
    """One table of all villages: the first so many of the country."""
    what, shares = REPORTS["bkb"]
    head = [
        f"DATA CONTOH: {what} 2025",
        line("PROVINSI", "KABUPATEN", "KECAMATAN", "KELURAHAN", *shares, "BULAN"),
    ]
    rows = []
    for unit in regions_of("kabkota"):
        province = region(unit.parent_code).name.upper()
        rows += [
            line(province, unit.name.upper(), *names, *figures(rng, shares, 1, 0),
                 "NOVEMBER")
            for names in villages_of(unit, len(rows))
        ]  # fmt: skip
    # What is left out is spread over the country: each district lacks a few.
    step = len(rows) / max(len(rows) - villages, 1)
    absent = {int(each * step) for each in range(len(rows) - villages)}
    kept = [row for at, row in enumerate(rows) if at not in absent]
    write(folder / "desa.csv", [*head, *kept])
    return len(kept)


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
