"""A plan as a workbook in the layout of the template: what is read back is the same.

In:     a :class:`~kkbpk_geo.plan.model.Plan`. Out: an XLSX file.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import RegionError
from kkbpk_geo.base.formats import MONTHS, Language
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.catalogue.activities import terms
from kkbpk_geo.catalogue.labels import label, mark_words, marked
from kkbpk_geo.catalogue.tables import templates
from kkbpk_geo.io import HEAD_COLOUR, new_workbook, workbook_path, write_cell
from kkbpk_geo.plan.lines.plan import COLUMNS, Plan
from kkbpk_geo.plan.lines.words import QUARTERS, unit_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet


ORIGIN = {
    "BERKAS ASAL": "source_file",
    "LEMBAR ASAL": "source_sheet",
    "BARIS ASAL": "source_row",
}
ID_HEADING, SHEET = "ID BARIS", "Rencana"
# What a merged plan remembers; a sheet that readers of tables leave aside.
SETTLED_SHEET = "Sudah diputuskan"
SETTLED_HEADINGS = ("ID KEPUTUSAN", "SIDIK (jangan diubah)")
_WIDE = {"KEGIATAN", "INDIKATOR", "KABUPATEN/KOTA", "PROGRAM"}


def write_plan(plan: Plan, path: str | Path, *, title: str = "") -> Path:
    """Write a plan as a workbook that reads back as the same plan.

    Every column is there, also those of the source that no plan has; ids stand in
    ``ID BARIS``, where each line came from in the last three columns. What was decided
    in merging it has a sheet of its own. A sample plan says above its headings that it
    is one.

    Parameters
    ----------
    plan : Plan
    path : str or Path
        A name ending in ``.xlsx``; replaced if it exists.
    title : str, optional

    Returns
    -------
    Path
        The file. The same plan gives the same bytes.

    Raises
    ------
    PlanError
        If the path does not end in ``.xlsx``.
    IntakeError
        If it cannot be written.
    """
    path = workbook_path(path, "a plan's workbook")
    shown = marked(title or label("plan_sheet_title"), plan.marks)
    with new_workbook(path, title=shown, subject=plan.source) as book:
        sheet = book.add_worksheet(SHEET)
        bold = book.add_format({"bold": True, "border": 1, "bg_color": HEAD_COLOUR})
        text = book.add_format({"num_format": "@", "valign": "top"})
        money = book.add_format({"num_format": "#,##0", "valign": "top"})
        columns = _columns(plan)
        head = write_mark(book, sheet, plan.marks)
        for i, (heading, cells) in enumerate(columns.items()):
            sheet.set_column(i, i, 34 if heading in _WIDE else 14, text)
            sheet.write_string(head, i, heading, bold)
            for row, cell in enumerate(cells, head + 1):
                write_cell(sheet, row, i, cell, money if "(Rp)" in heading else None)
        sheet.freeze_panes(head + 1, 2)
        sheet.autofilter(head, 0, head + max(len(plan.data), 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, head)
        if plan.settled:
            memory = book.add_worksheet(SETTLED_SHEET)
            memory.set_column(0, 1, 44, text)
            rows = sorted((key, mark) for mark, key in plan.settled.items())
            for row, pair in enumerate((SETTLED_HEADINGS, *rows)):
                for i, said in enumerate(pair):
                    write_cell(memory, row, i, said, text if row else bold)
    return path


def write_mark(
    book: Workbook, sheet: Worksheet, marks: Marks, language: Language = "id"
) -> int:
    """Write the marks of a result into the first row of a sheet, where it has any.

    Returns
    -------
    int
        The row after them: 0 where there is nothing to say.
    """
    words = mark_words(marks, language)
    if not words:
        return 0
    sheet.write_string(0, 0, words, book.add_format({"bold": True}))
    return 1


def _columns(plan: Plan) -> dict[str, list[object]]:
    rows = plan.records()
    found: dict[str, list[object]] = {ID_HEADING: [row["line_id"] for row in rows]}
    for column in templates()["plan"].columns:
        found[column.heading] = [_cell(row, column.key) for row in rows]
    for name in plan.data.columns:
        if name not in COLUMNS and name not in found and name != "kabkota":
            found[str(name)] = [row[str(name)] for row in rows]
    for heading, name in ORIGIN.items():
        if heading not in found:
            found[heading] = [str(row[name]) for row in rows]
    return found


def _cell(row: dict[str, Any], name: str) -> object:
    quarter, month, status = row["quarter"], row["month"], row["status"]
    shown: dict[str, object] = {
        "kabkota": _region(row),
        "programme": row["programme_text"],
        "quarter": f"TW {QUARTERS[quarter - 1]}" if quarter else "",
        "month": MONTHS["id"][month - 1] if month else "",
        "unit": unit_text(row["unit"]),
        "fund": row["fund_text"],
        "status": terms("status")[status].id if status in terms("status") else status,
    }
    return shown[name] if name in shown else row[name]


def _region(row: dict[str, Any]) -> str:
    """Return the name that is read back as the region; as written where unknown."""
    from kkbpk_geo.regions import region

    code = row["region_code"]
    if not code:
        return str(row.get("kabkota") or "")
    try:
        unit = region(code)
    except RegionError:
        return str(code)
    return f"{unit.kind} {unit.bare}"
