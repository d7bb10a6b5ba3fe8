"""A run of fifteen districts in two months, no two of them alike.

In: a folder. Out: its sheet.
"""

from kkbpk_geo.regions.register import children

HEAD = "KABUPATEN;PUS;UNMET NEED;PA;JUMLAH DESA;BULAN\n"


def sheet(folder, name="data.csv"):
    """Write the sheet."""
    rows = [
        f"{unit.name};{1000 + 10 * i};{50 + i * month};{600 - 3 * i - month};20;{name}"
        for month, name in ((1, "OKTOBER"), (2, "NOVEMBER"))
        for i, unit in enumerate(children("18"))
    ]
    path = folder / name
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path
