"""Reading the files of the sample as cells, for the tests of this folder."""

import csv
import io

from python_calamine import CalamineWorkbook


def sheet(path):
    """Cells of a file as text, the first line first."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file, delimiter=";"))
    return [[str(cell) for cell in row] for row in workbook_rows(path.read_bytes())]


def workbook_rows(content):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python()


def assert_same_file(path, made):
    """Bytes of a text; cells of a workbook, whose bytes change with xlsxwriter."""
    if path.suffix == ".xlsx":
        assert workbook_rows(path.read_bytes()) == workbook_rows(made), path.name
    else:
        assert path.read_bytes() == made, path.name
