"""Reading alone: a year of villages in one file, and the same in many files.

Why: every figure is asked for its proof before it is used; that must not cost what the
map costs. The other way reads the same file with pandas, folds the names and adds up.

In:     how to read, and a folder in which the input was made (``make``).
Out:    nothing; only the time that it takes is of interest.
Run:    python benchmarks/reading.py make|pandas|ours|parts|many FOLDER
"""

import sys
from pathlib import Path

MONTHS = [
    "JANUARI", "FEBRUARI", "MARET", "APRIL", "MEI", "JUNI", "JULI", "AGUSTUS",
    "SEPTEMBER", "OKTOBER", "NOVEMBER", "DESEMBER",
]  # fmt: skip
HEADER = "KABUPATEN;KECAMATAN;DESA;BKB YANG ADA;BKB YANG LAPOR;JUMLAH ANGGOTA;BULAN"
ROUNDS = 31  # of 2,651 villages: 82,181 rows, as much as a province keeps in 3 years
FILES = 180


def make(folder):
    """Write villages.csv, and the same rows in 180 files."""
    from kkbpk_geo.regions import children, regions_of

    lines = []
    for district in regions_of("kabkota", "18"):
        for above in children(district.code, "kecamatan"):
            for village in children(above.code, "desa"):
                lines.append(f"{district.name};{above.bare};{village.bare};3;2;45")
    rows = []
    for number in range(ROUNDS):
        when = f"{MONTHS[number % 12]} {2023 + number // 12}"
        rows += [f"{line};{when}" for line in lines]
    (folder / "villages.csv").write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    many = folder / "many"
    many.mkdir(exist_ok=True)
    size = -(-len(rows) // FILES)
    for number in range(FILES):
        part = rows[number * size : (number + 1) * size]
        path = many / f"villages_{number:03}.csv"
        path.write_text("\n".join([HEADER, *part]) + "\n", "utf-8")


def with_pandas(folder):
    """Read, fold and add up, as a user would by hand."""
    import pandas as pd

    data = pd.read_csv(folder / "villages.csv", sep=";")
    place = data["KABUPATEN"].str.upper().str.replace("KOTA ", "", regex=False)
    figures = data[["BKB YANG ADA", "BKB YANG LAPOR", "JUMLAH ANGGOTA"]]
    figures.apply(pd.to_numeric).groupby([place, data["BULAN"]]).sum()


def ours(folder):
    """Read with every check."""
    from kkbpk_geo import read_table

    read_table(folder / "villages.csv", province="Lampung")


def parts(folder):
    """Read many files, each as a table of its own."""
    from kkbpk_geo import read_table

    for path in sorted((folder / "many").glob("*.csv")):
        read_table(path, province="Lampung")


def many(folder):
    """Read the same files as one table."""
    from kkbpk_geo import read_table

    read_table(sorted((folder / "many").glob("*.csv")), province="Lampung")


if __name__ == "__main__":
    ways = {
        "make": make,
        "pandas": with_pandas,
        "ours": ours,
        "parts": parts,
        "many": many,
    }
    ways[sys.argv[1]](Path(sys.argv[2]))
