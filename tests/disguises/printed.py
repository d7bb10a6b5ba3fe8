"""What is printed and saved around the figures: clocks, numbers, copies, odd files.

In:     a clean table, hypothesis draws. Out: the table, disguised.
"""

from __future__ import annotations

import csv
import io

from disguises.sent import Disguised, Draw, as_text, grid
from disguises.tables import Table
from hypothesis import strategies as st

CLOCKS = (
    "Tanggal cetak: 05-01-2026 10:22:31", "Dicetak: 5 Januari 2026",
    "Diunduh 03/02/2026 09:15", "Printed on 2026-02-03 08:07", "Download: 12/01/2026",
    "Dicetak oleh admin pada 2026-03-04", "Tgl Cetak : 01 Februari 2026 pukul 07.12",
)  # fmt: skip


def clock(draw: Draw, table: Table) -> Disguised:
    """Print when the sheet was printed."""
    line = draw(st.sampled_from(CLOCKS))
    rows = table.sheet()
    if draw(st.booleans()):
        rows.insert(0, [line])
    elif draw(st.booleans()):
        rows.insert(1, [line])
    else:
        rows.append([line])
    return Disguised("clock", [grid(rows)], table.truth(), note=line)


REVISED = ("data REVISI.xlsx", "data (1).xlsx", "salinan.xlsx", "data final.xlsx")


def version(draw: Draw, table: Table) -> Disguised:
    """Send a corrected copy beside the old file."""
    changed = [list(row) for row in table.values]
    i = draw(st.integers(0, len(changed) - 1))
    j = draw(st.integers(0, len(changed[0]) - 1))
    changed[i][j] += draw(st.integers(1, 3))
    copy = Table(table.level, table.places, table.codes, table.columns, changed)
    name = draw(st.sampled_from(REVISED))
    truth = table.truth()
    disputed = (table.codes[i], list(table.columns.values())[j])
    del truth[disputed]
    grids = [grid(table.sheet(), "data.xlsx"), grid(copy.sheet(), name)]
    return Disguised("version", grids, truth, frozenset([disputed]), note=name)


def numbered_names(draw: Draw, table: Table) -> Disguised:
    """Number the names, or put a footnote mark behind one."""
    form = draw(
        st.sampled_from(["{i}. {name}", "{name} *)", "{name} 1)", "{i}) {name}"])
    )
    rows = table.sheet()
    at = len(table.places[0])
    for i, row in enumerate(rows[2:]):
        row[at] = form.format(i=i + 1, name=row[at])
    return Disguised("names", [grid(rows)], table.truth(), note=form)


def numbered_columns(draw: Draw, table: Table) -> Disguised:
    """Number the columns between the header and the figures."""
    form = draw(st.sampled_from(["({i})", "{i}", "{i}."]))
    rows = table.sheet()
    rows.insert(2, [form.format(i=i + 1) for i in range(len(rows[1]))])
    return Disguised("numbered", [grid(rows)], table.truth(), note=form)


def odd_file(draw: Draw, table: Table) -> Disguised:
    """Save the table as something else than its name says."""
    form = draw(st.sampled_from(["html", "quoted", "tabs"]))
    rows = as_text(table.sheet())
    if form == "html":
        cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
        body = "\n".join(f"<tr>{row}</tr>" for row in cells)
        text = f"\n\n<style>td {{ }}</style>\n<h3>Laporan</h3><table>{body}</table>"
        files = {"laporan.xls": text}
    else:
        out = io.StringIO()
        mark = "\t" if form == "tabs" else ";"
        csv.writer(out, delimiter=mark).writerows(rows)
        lines = out.getvalue().splitlines()
        if form == "quoted":
            lines = ['"' + line.replace('"', '""') + '"' for line in lines]
        files = {"laporan.csv": "\n".join(lines)}
    return Disguised("file", [], table.truth(), note=form, files=files)
