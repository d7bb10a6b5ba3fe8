"""Files as offices exchange them; no meaning yet.

In:     paths, grids, tables.
Out:    cells read; workbooks, pages and text files written.
"""

from typing import TYPE_CHECKING

from kkbpk_geo.base.lazy import open_door

if TYPE_CHECKING:
    from kkbpk_geo.io.amounts import read_rupiah as read_rupiah
    from kkbpk_geo.io.books import HEAD_COLOUR as HEAD_COLOUR
    from kkbpk_geo.io.books import new_workbook as new_workbook
    from kkbpk_geo.io.books import sheet_name as sheet_name
    from kkbpk_geo.io.books import workbook_path as workbook_path
    from kkbpk_geo.io.books import write_cell as write_cell
    from kkbpk_geo.io.cells import is_blank as is_blank
    from kkbpk_geo.io.cells import kept_text as kept_text
    from kkbpk_geo.io.cells import read_each as read_each
    from kkbpk_geo.io.cells import text_column as text_column
    from kkbpk_geo.io.files import write_csv as write_csv
    from kkbpk_geo.io.files import writing as writing
    from kkbpk_geo.io.forms import AS_WRITTEN as AS_WRITTEN
    from kkbpk_geo.io.forms import Sheet as Sheet
    from kkbpk_geo.io.forms import both as both
    from kkbpk_geo.io.forms import find_sheet as find_sheet
    from kkbpk_geo.io.forms import plain as plain
    from kkbpk_geo.io.forms import refuse_unstored as refuse_unstored
    from kkbpk_geo.io.forms import unstored_formulas as unstored_formulas
    from kkbpk_geo.io.grids import Cell as Cell
    from kkbpk_geo.io.grids import Grid as Grid
    from kkbpk_geo.io.grids import Source as Source
    from kkbpk_geo.io.grids import load_grids as load_grids
    from kkbpk_geo.io.pages import OverviewRow as OverviewRow
    from kkbpk_geo.io.pages import region_anchor as region_anchor
    from kkbpk_geo.io.pages import render_page as render_page
    from kkbpk_geo.io.pages import render_part as render_part
    from kkbpk_geo.io.privacy import is_about_a_person as is_about_a_person
    from kkbpk_geo.io.privacy import refuse_person as refuse_person
    from kkbpk_geo.io.privacy import without_persons as without_persons

__getattr__, __dir__ = open_door(
    __name__,
    {
        "AS_WRITTEN": "forms",
        "Cell": "grids",
        "Grid": "grids",
        "HEAD_COLOUR": "books",
        "OverviewRow": "pages",
        "Sheet": "forms",
        "Source": "grids",
        "both": "forms",
        "find_sheet": "forms",
        "is_about_a_person": "privacy",
        "is_blank": "cells",
        "kept_text": "cells",
        "load_grids": "grids",
        "new_workbook": "books",
        "plain": "forms",
        "read_each": "cells",
        "read_rupiah": "amounts",
        "refuse_person": "privacy",
        "refuse_unstored": "forms",
        "region_anchor": "pages",
        "render_page": "pages",
        "render_part": "pages",
        "sheet_name": "books",
        "text_column": "cells",
        "unstored_formulas": "forms",
        "without_persons": "privacy",
        "workbook_path": "books",
        "write_cell": "books",
        "write_csv": "files",
        "writing": "files",
    },
)
