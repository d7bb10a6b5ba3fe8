"""A plan as a workbook in the layout of the template: what is read back is the same.

In:     a :class:`~kkbpk_geo.plan.model.Plan`. Out: an XLSX file.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from kkbpk_geo.base.errors import RegionError
from kkbpk_geo.base.formats import MONTHS
from kkbpk_geo.catalogue.activities import terms
from kkbpk_geo.catalogue.labels import label, mark_words, marked
from kkbpk_geo.catalogue.tables import templates
from kkbpk_geo.io import AS_TEXT, WHOLE, Book, Column, Look, workbook_path
from kkbpk_geo.plan.lines.plan import COLUMNS, Plan
from kkbpk_geo.plan.lines.words import QUARTERS, unit_text

ORIGIN = {
    "BERKAS ASAL": "source_file",
    "LEMBAR ASAL": "source_sheet",
    "BARIS ASAL": "source_row",
}
# What only the forms of offices say; written where any line says it.
_OF_FORMS = {
    "KODE NOMENKLATUR": "code",
    "EDISI NOMENKLATUR": "edition",
    "TINGKAT RINCIAN": "detail",
    "FISIK SELESAI (%)": "physical",
    "RENCANA KAS 1 (Rp)": "cash_1",
    "RENCANA KAS 2 (Rp)": "cash_2",
    "RENCANA KAS 3 (Rp)": "cash_3",
    "RENCANA KAS 4 (Rp)": "cash_4",
}
ID_HEADING, SHEET = "ID BARIS", "Rencana"
# What a merged plan remembers; a sheet that readers of tables leave aside.
SETTLED_SHEET = "Sudah diputuskan"
SETTLED_HEADINGS = ("ID KEPUTUSAN", "SIDIK (jangan diubah)")
_WIDE = {"KEGIATAN", "INDIKATOR", "KABUPATEN/KOTA", "PROGRAM"}
_USUAL_WIDTH, _WIDE_WIDTH = 14, 34
_TEXT, _MONEY = Look(number=AS_TEXT, top=True), Look(number=WHOLE, top=True)


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
    with Book.create(path, title=shown, subject=plan.source) as book:
        _write_lines(book, plan)
        if plan.settled:
            _write_settled(book, plan)
    return path


def _write_lines(book: Book, plan: Plan) -> None:
    cells = _columns(plan)
    columns = [_column(heading) for heading in cells]
    beside = zip(*cells.values(), strict=True)
    rows = (dict(zip(cells, row, strict=True)) for row in beside)
    sheet = book.sheet(SHEET)
    area = sheet.table(columns, rows, at=sheet.mark(mark_words(plan.marks)))
    sheet.keep_in_sight(area, columns=2, filtered=True, printed=True)
    sheet.for_print()


def _column(heading: str) -> Column:
    # Rupiah stand in columns that say so, those that only the source has among them.
    look = _MONEY if "(Rp)" in heading else None
    width = _WIDE_WIDTH if heading in _WIDE else _USUAL_WIDTH
    return Column(key=heading, heading=heading, width=width, look=look, whole=_TEXT)


def _write_settled(book: Book, plan: Plan) -> None:
    columns = [
        Column(key=heading, heading=heading, width=44, look=_TEXT, whole=_TEXT)
        for heading in SETTLED_HEADINGS
    ]
    pairs = sorted((key, mark) for mark, key in plan.settled.items())
    rows = (dict(zip(SETTLED_HEADINGS, pair, strict=True)) for pair in pairs)
    book.sheet(SETTLED_SHEET).table(columns, rows)


def _columns(plan: Plan) -> dict[str, list[object]]:
    rows = plan.records()
    found: dict[str, list[object]] = {ID_HEADING: [row["line_id"] for row in rows]}
    shown = list(map(_shown, rows))
    for column in templates()["plan"].columns:
        found[column.heading] = [row[column.key] for row in shown]
    found |= _of_forms(rows)
    for name in plan.data.columns:
        if name not in COLUMNS and name not in found and name != "kabkota":
            found[str(name)] = [row[str(name)] for row in rows]
    for heading, name in ORIGIN.items():
        if heading not in found:
            found[heading] = [str(row[name]) for row in rows]
    return found


def _of_forms(rows: list[dict[str, Any]]) -> dict[str, list[object]]:
    """Return what only forms of offices say, as far as any line says it."""
    found: dict[str, list[object]] = {}
    for heading, name in _OF_FORMS.items():
        cells: list[object] = [row[name] for row in rows]
        if any(cell not in (None, "") for cell in cells):
            found[heading] = cells
    return found


def _shown(row: dict[str, Any]) -> dict[str, object]:
    """Return a line in the words in which the template asks for it."""
    return {
        **row,
        "kabkota": _region(row),
        "programme": row["programme_text"],
        "quarter": _quarter(row["quarter"]),
        "month": _month(row["month"]),
        "unit": unit_text(row["unit"]),
        "fund": row["fund_text"],
        "status": _status(row["status"]),
    }


def _quarter(number: int | None) -> str:
    return f"TW {QUARTERS[number - 1]}" if number else ""


def _month(number: int | None) -> str:
    return MONTHS["id"][number - 1] if number else ""


def _status(key: str) -> str:
    """Return a status in words; as written where it is none of the catalogue's."""
    known = terms("status").get(key)
    return known.id if known else key


def _region(row: dict[str, Any]) -> str:
    """Return the name that is read back as the region; as written where unknown."""
    code = row["region_code"]
    return _named(code) if code else str(row.get("kabkota") or "")


@lru_cache(maxsize=1024)
def _named(code: str) -> str:
    from kkbpk_geo.regions import region

    try:
        unit = region(code)
    except RegionError:
        return str(code)
    return f"{unit.kind} {unit.bare}"
