"""Sample plans as offices hand them over: a template filled in, a print, a CSV.

In:     lines of a plan and a title. Out: the bytes of a file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kkbpk_geo.base.formats import ROMAN
from kkbpk_geo.catalogue.activities import activities, funds, terms
from kkbpk_geo.regions import region
from kkbpk_geo.sample.districts import PROVINCE

HEADINGS = (
    "NO", "KABUPATEN/KOTA", "PROGRAM", "KEGIATAN", "TAHUN", "TRIWULAN", "TARGET",
    "SATUAN", "ANGGARAN (Rp)", "SUMBER DANA", "PENANGGUNG JAWAB", "STATUS",
)  # fmt: skip
YEAR = 2026
_FIRST = 3


def _place(code: str) -> str:
    unit = region(code)
    return f"Provinsi {unit.name}" if code == PROVINCE else f"{unit.kind} {unit.bare}"


def _cells(number: int, line: PlanLine) -> list[str | int | float]:
    """Return a line as the template has it."""
    known = activities().get(line.work)
    programme = terms("programme")[known.programme].id if known else ""
    quarter = f"TW {ROMAN[line.quarter - 1]}" if line.quarter else ""
    return [
        number, _place(line.region), programme, line.text, YEAR, quarter, line.target,
        terms("unit")[line.unit].id, line.budget, funds()[line.fund].id,
        "Bidang KS, Dinas PPKB", "Rencana",
    ]  # fmt: skip


def _rupiah(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def plan_workbook(
    lines: Sequence[PlanLine], title: str, *, printed: bool = False
) -> bytes:
    """Return a workbook; ``printed``: a merged title and amounts as ``Rp 1.000,00``."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"title": title, "created": datetime(YEAR, 1, 1)})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet("Rencana")
    if printed:
        sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, title, bold)
    else:
        sheet.write_string(0, 0, title, bold)
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(_FIRST - 1, column, heading, bold)
    for row, line in enumerate(lines, _FIRST):
        cells = _cells(row - _FIRST + 1, line)
        if printed:
            cells[HEADINGS.index("ANGGARAN (Rp)")] = f"Rp {_rupiah(line.budget)},00"
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            else:
                sheet.write_number(row, column, cell)
    sheet.set_column(1, 3, 32)
    book.close()
    return out.getvalue()


def plan_csv(lines: Sequence[PlanLine], title: str) -> bytes:
    """Return a CSV in which activities and quarters are spelled in several ways."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow([title])
    writer.writerow(HEADINGS)
    for number, line in enumerate(lines, 1):
        cells = _cells(number, line)
        known = activities().get(line.work)
        ways = (
            [known.id, known.id.upper(), *known.aliases[:1]] if known else [line.text]
        )
        cells[HEADINGS.index("KEGIATAN")] = ways[number % len(ways)]
        quarter = f"Triwulan {line.quarter}" if line.quarter else ""
        cells[HEADINGS.index("TRIWULAN")] = quarter
        cells[HEADINGS.index("TARGET")] = f"{line.target:g}"
        cells[HEADINGS.index("ANGGARAN (Rp)")] = _rupiah(line.budget)
        if line.fund == "apbd_kab":
            cells[HEADINGS.index("SUMBER DANA")] = "APBD"  # its own, of course
        writer.writerow(cells)
    return out.getvalue().encode("utf-8")


def gaps_csv(rows: Sequence[Mapping[str, object]], title: str) -> bytes:
    """Return the table of gaps; the first line is a comment with the title."""
    out = io.StringIO()
    out.write(f"# {title}\n")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One line of a sample plan; ``work`` is a key of the catalogue, or a text."""

    region: str
    work: str
    quarter: int | None
    target: float
    unit: str
    budget: int
    fund: str

    @property
    def key(self) -> tuple[str, str, int | None, str]:
        """What a line is about."""
        return (self.region, self.work, self.quarter, self.fund)

    @property
    def text(self) -> str:
        """The activity as its office writes it."""
        return activities()[self.work].id if self.work in activities() else self.work
