"""A workbook of findings as a district sends it back, in the agreed columns."""

from openpyxl import Workbook

from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.findings import (
    CORRECTION,
    CORRECTION_COLUMNS,
    Place,
    file_digests,
    finding_sentence,
)

BY, DATE = "Kabid KB", "2025-12-03"


def lines_of(findings, answers, files=(), *, language="id", **signed):
    """Return the rows of one sheet: headings, then a line for each finding.

    ``answers``: (code, row) or code -> what the district writes.
    """
    known = file_digests(files)
    who = {"by": BY, "date": DATE, "note": "", **signed}
    rows = [[label(CORRECTION + key, language) for key in CORRECTION_COLUMNS]]
    for number, found in enumerate(findings, 1):
        said = answers.get((found.code, found.row), answers.get(found.code, ""))
        told_by = [*who.values()] if said != "" else ["", "", ""]
        key = Place.of(found, known.get(found.file, "")).key()
        where = [found.file, found.sheet, found.row, found.column, found.value]
        told = [number, found.severity, *where, finding_sentence(found), ""]
        rows.append([*told, said, *told_by, key])
    return rows


def write_lines(path, rows, *, sheet="Pringsewu"):
    """Write rows as a workbook with a summary before them."""
    book = Workbook()
    book.active.title = "Ringkasan"
    book.active.append(["Temuan pemeriksaan data"])
    page = book.create_sheet(sheet)
    for row in rows:
        page.append(row)
    page.column_dimensions["N"].hidden = True
    book.save(path)
    return path


def fill(path, findings, answers, files=(), **more):
    """Write a workbook that came back; the files are those that were checked."""
    return write_lines(path, lines_of(findings, answers, files, **more))
