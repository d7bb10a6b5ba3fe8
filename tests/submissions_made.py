"""Small tables of Sulawesi Barat, and the grid that is made of them."""

from __future__ import annotations

import pandas as pd

from kkbpk_geo.findings import finding
from kkbpk_geo.intake import read_table
from kkbpk_geo.submissions import submission_grid

BKB, BKR = "bkb_report", "bkr_report"
NOV, OCT = "2025-11", "2025-10"


def table(heading, *rows, source="", **stated):
    """A table of the province with rows of district, figure and month."""
    frame = pd.DataFrame(rows, columns=["KABUPATEN", heading, "BULAN"])
    read = read_table(frame, province="Sulawesi Barat", **stated)
    object.__setattr__(read, "source", source or heading)
    return read


def sent(heading, *names, month="NOVEMBER 2025", **stated):
    return table(heading, *([name, 4, month] for name in names), **stated)


def made(*tables, findings=(), **options):
    return submission_grid(
        tables, findings, **{"province": "Sulawesi Barat", **options}
    )


ALL = ("PASANGKAYU", "MAMUJU", "MAMASA", "POLEWALI MANDAR", "MAJENE", "MAMUJU TENGAH")


def two():
    one = sent("JUMLAH BKB", *ALL, source="lama.csv")
    other = table("JUMLAH BKB", ["MAJENE", 9, "NOVEMBER 2025"], source="baru.csv")
    return one, other


def unread(name):
    return finding("file_unread", file=name, value="damaged")
