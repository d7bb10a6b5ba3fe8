"""One disguise of each kind: how a clean table comes from an office.

In:     a clean :class:`~disguises.tables.Table`, hypothesis draws.
Out:    :class:`Disguised`: the sheets as they are sent, and what a map may show.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field

from disguises.tables import Cell, Sheet, Table, Truth
from hypothesis import strategies as st

from kkbpk_geo.io import Grid

Draw = st.DrawFn


@dataclass(frozen=True)
class Disguised:
    """What is sent, and what may be shown.

    ``truth``: the figures; anything else must be absent, and told. ``absent``: figures
    that nobody can know, which must be absent and told.
    """

    kind: str
    grids: list[Grid]
    truth: Truth
    absent: frozenset[tuple[str, str]] = frozenset()
    note: str = ""
    files: dict[str, str] = field(default_factory=dict)  # name -> text


def grid(rows: Sheet, file: str = "data.xlsx", **more: object) -> Grid:
    """Return a sheet as it is loaded."""
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    return Grid(rows=padded, file=file, typed=True, **more)


def as_text(rows: Sheet) -> Sheet:
    """Return a sheet in which every figure is text, as in a CSV file."""
    return [[str(cell) for cell in row] for row in rows]


# --- a total under any name -----------------------------------------------------------

TOTALS = (
    "JUMLAH", "Jumlah", "JML", "JLH", "Jmlh", "Jml.", "TOTAL", "Grand Total", "TTL",
    "∑", "Σ", "Sub Jumlah", "SUB TOTAL", "REKAP", "REKAPITULASI", "KESELURUHAN",
    "Jumlah Total", "JUMLAH *)", "Total 1)", "Jumlah Keseluruhan", "Se-Kabupaten",
)  # fmt: skip


def total_row(draw: Draw, table: Table) -> Disguised:
    """Add the sum under a usual word, or under the name of what it is of."""
    names = list(TOTALS)
    if table.level != "kabkota":
        district = table.places[0][0]
        names += [f"Kab. {district}", f"KABUPATEN {district.upper()}"]
    else:
        names += ["Prov. Lampung", "PROVINSI LAMPUNG", "LAMPUNG", "Se-Provinsi"]
    label = draw(st.sampled_from(names))
    at = draw(st.integers(0, len(table.places[0])))
    head: list[Cell] = [""] * (1 + len(table.places[0]))
    head[at] = label
    sums = [sum(column) for column in zip(*table.values, strict=True)]
    rows = [*table.sheet(), [*head, *sums]]
    return Disguised("total", [grid(rows)], table.truth(), note=f"{label!r} in {at}")


# --- storeys --------------------------------------------------------------------------

PARTS = ("PEMERINTAH", "SWASTA", "MKJP", "L", "PNS", "BLORP", "Zufa", "KLAS A", "Xq")


def storey(draw: Draw, table: Table) -> Disguised:
    """Spread a measure over parts and their sum, under a header of two rows."""
    at = draw(st.integers(0, len(table.columns) - 1))
    parts = draw(st.lists(st.sampled_from(PARTS), min_size=2, max_size=3, unique=True))
    word = draw(st.sampled_from(["JUMLAH", "JML", "TOTAL", "Jlh"]))
    order = draw(st.permutations([*parts, word]))
    upper, lower, body = _spread(draw, table, at, order, word)
    rows = [*table.sheet()[:1], upper, lower, *body]
    if draw(st.booleans()):
        rows = as_text(rows)
    return Disguised("storey", [grid(rows)], table.truth(), note=f"{order}")


def _spread(
    draw: Draw, table: Table, at: int, order: list[str], word: str
) -> tuple[list[Cell], list[Cell], Sheet]:
    start = 1 + len(table.places[0]) + at
    header = table.header()
    upper = [*header[: start + 1], *[""] * (len(order) - 1), *header[start + 1 :]]
    lower: list[Cell] = [""] * len(upper)
    lower[start : start + len(order)] = order
    body: Sheet = []
    for row in table.body():
        shares = _shares(draw, int(row[start]), len(order) - 1)
        cells: list[Cell] = []
        for name in order:
            cells.append(row[start] if name == word else shares.pop())
        body.append([*row[:start], *cells, *row[start + 1 :]])
    return upper, lower, body


def _shares(draw: Draw, whole: int, n: int) -> list[int]:
    """Split a number into n parts."""
    parts = []
    for _ in range(n - 1):
        part = draw(st.integers(0, whole))
        parts.append(part)
        whole -= part
    return [*parts, whole]


# --- versions -------------------------------------------------------------------------

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


# --- time -----------------------------------------------------------------------------

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


# --- figures that are no counts -------------------------------------------------------


def percent(draw: Draw, table: Table) -> Disguised:
    """Put percentages or shares under the heading of a count."""
    at = draw(st.integers(0, len(table.columns) - 1))
    start = 1 + len(table.places[0]) + at
    form = draw(st.sampled_from(["number", "comma", "sign", "share"]))
    rows = table.sheet()
    for row in rows[2:]:
        value = draw(st.floats(1, 99)) + 0.123
        written: dict[str, Cell] = {
            "number": round(value, 3),
            "comma": f"{value:.2f}".replace(".", ","),
            "sign": f"{value:.1f}%",
            "share": round(value / 100, 4),
        }
        row[start] = written[form]
    column = list(table.columns.values())[at]
    truth = {key: v for key, v in table.truth().items() if key[1] != column}
    absent = frozenset((code, column) for code in table.codes)
    return Disguised("percent", [grid(rows)], truth, absent, note=form)


def odd_cell(draw: Draw, table: Table) -> Disguised:
    """Put something that is no number into one cell."""
    i = draw(st.integers(0, len(table.values) - 1))
    j = draw(st.integers(0, len(table.columns) - 1))
    cells: list[Cell] = ["#REF!", "#DIV/0!", "12 klp", "12*)", -5, 2.5, "12-13", "?"]
    written = draw(st.sampled_from(cells))
    rows = table.sheet()
    rows[2 + i][1 + len(table.places[0]) + j] = written
    disputed = (table.codes[i], list(table.columns.values())[j])
    truth = table.truth()
    del truth[disputed]
    note = f"{written!r}"
    return Disguised("cell", [grid(rows)], truth, frozenset([disputed]), note=note)


def nothing(draw: Draw, table: Table) -> Disguised:
    """Write NIHIL where none was counted."""
    i = draw(st.integers(0, len(table.values) - 1))
    j = draw(st.integers(0, len(table.columns) - 1))
    word = draw(st.sampled_from(["NIHIL", "Nihil", "nihil"]))
    zero = [list(row) for row in table.values]
    zero[i][j] = 0
    clean = Table(table.level, table.places, table.codes, table.columns, zero)
    rows = clean.sheet()
    rows[2 + i][1 + len(table.places[0]) + j] = word
    return Disguised("nihil", [grid(rows)], clean.truth(), note=word)


# --- rows and columns in other places -------------------------------------------------


def shift(draw: Draw, table: Table) -> Disguised:
    """Move one row by a column."""
    i = draw(st.integers(0, len(table.values) - 1))
    rows = table.sheet()
    moved = rows[2 + i]
    rows[2 + i] = draw(st.sampled_from([["INDONESIA", *moved], ["", *moved]]))
    truth, absent = table.truth(), set()
    for column in table.columns.values():
        del truth[table.codes[i], column]
        absent.add((table.codes[i], column))
    return Disguised("shift", [grid(rows)], truth, frozenset(absent))


def long_form(draw: Draw, table: Table) -> Disguised:
    """Give a row for each sex, with or without their sum."""
    heading = draw(st.sampled_from(["JENIS KELAMIN", "JK", "L/P", "SEX"]))
    words = draw(st.sampled_from([["L", "P"], ["Laki-laki", "Perempuan"]]))
    summed = draw(st.sampled_from(["", "L+P", "JUMLAH"]))
    head = 1 + len(table.places[0])
    header = table.header()
    rows: Sheet = [[table.sheet()[0][0]], [*header[:head], heading, *header[head:]]]
    for row in table.body():
        parts = [_shares(draw, int(value), 2) for value in row[head:]]
        for word, figures in zip(words, zip(*parts, strict=True), strict=True):
            rows.append([*row[:head], word, *figures])
        if summed:
            rows.append([*row[:head], summed, *row[head:]])
    return Disguised("long", [grid(rows)], table.truth(), note=f"{words} {summed}")


def stacked(draw: Draw, table: Table) -> Disguised:
    """Put each measure into a table of its own, below or beside the others."""
    beside = draw(st.booleans())
    head = 1 + len(table.places[0])
    title = table.sheet()[0][0]
    tables: list[Sheet] = []
    for j, heading in enumerate(table.columns):
        body = [[*row[:head], row[head + j]] for row in table.body()]
        own = [[title]] if draw(st.booleans()) or j == 0 else []
        tables.append([*own, [*table.header()[:head], heading], *body])
    rows: Sheet = []
    if beside:
        height, width = max(map(len, tables)), head + 1
        rows = [[] for _ in range(height)]
        for each in tables:
            blank = [[""]] * (height - len(each))
            for row, cells in zip(rows, [*blank, *each], strict=True):
                row += [*cells, *[""] * (width - len(cells)), ""]
    else:
        for each in tables:
            rows += [*each, [""]]
    return Disguised(
        "stacked", [grid(rows)], table.truth(), note="beside" if beside else "below"
    )


def sections(draw: Draw, table: Table) -> Disguised:
    """Name the district once, on a line above its rows."""
    if table.level == "kabkota":
        return clock(draw, table)
    word = draw(st.sampled_from(["KABUPATEN", "Kab.", "I. KABUPATEN", "A. KAB."]))
    line = f"{word} {table.places[0][0].upper()}"
    header = table.header()
    rows: Sheet = [table.sheet()[0], [header[0], *header[2:]], ["", line]]
    rows += [[row[0], *row[2:]] for row in table.body()]
    return Disguised("section", [grid(rows)], table.truth(), note=line)


def months_abreast(draw: Draw, table: Table) -> Disguised:
    """Set two months side by side under each measure; November is the second."""
    at = draw(st.integers(0, len(table.columns) - 1))
    start = 1 + len(table.places[0])
    header = table.header()
    upper = [*header[:start], header[start + at], ""]
    lower: list[Cell] = [*[""] * start, "OKTOBER 2025", "NOVEMBER 2025"]
    body: Sheet = []
    for row in table.body():
        before = int(row[start + at]) + draw(st.integers(0, 2))
        body.append([*row[:start], before, row[start + at]])
    column = list(table.columns.values())[at]
    truth = {key: v for key, v in table.truth().items() if key[1] == column}
    rows = [["REKAPITULASI DATA"], upper, lower, *body]
    return Disguised("abreast", [grid(rows)], truth)


def thousands(draw: Draw, table: Table) -> Disguised:
    """Write figures in thousands and say so in the heading."""
    at = draw(st.integers(0, len(table.columns) - 1))
    start = 1 + len(table.places[0]) + at
    rows = table.sheet()
    said = draw(st.sampled_from(["(dalam ribuan)", "(ribu)", "(000)", "dalam ribuan"]))
    rows[1][start] = f"{rows[1][start]} {said}"
    column = list(table.columns.values())[at]
    truth = table.truth()
    scaled = {key: value * 1000 for key, value in truth.items() if key[1] == column}
    return Disguised("thousands", [grid(rows)], truth | scaled, note=said)


def of_shares(draw: Draw, table: Table) -> Disguised:
    """Put percentages without decimals under a title that says so."""
    rows = table.sheet()
    word = draw(st.sampled_from(["PERSENTASE", "Prosentase", "TABEL 5. RASIO"]))
    rows[0] = [f"{word} CAPAIAN NOVEMBER 2025"]
    head = 1 + len(table.places[0])
    for row in rows[2:]:
        row[head:] = [draw(st.integers(1, 100)) for _ in row[head:]]
    absent = frozenset(table.truth())
    return Disguised("shares", [grid(rows)], {}, absent, note=word)


# --- spelling -------------------------------------------------------------------------


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


# --- files that are not what they are called ------------------------------------------


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


KINDS: dict[str, Callable[[Draw, Table], Disguised]] = {
    "total": total_row,
    "storey": storey,
    "version": version,
    "clock": clock,
    "percent": percent,
    "shares": of_shares,
    "cell": odd_cell,
    "nihil": nothing,
    "shift": shift,
    "long": long_form,
    "stacked": stacked,
    "section": sections,
    "abreast": months_abreast,
    "thousands": thousands,
    "names": numbered_names,
    "numbered": numbered_columns,
    "file": odd_file,
}
