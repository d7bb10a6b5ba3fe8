"""Files as offices exchange them; no meaning yet.

In:     paths, grids, tables.
Out:    cells read; workbooks, pages and text files written.
"""

from typing import TYPE_CHECKING

from kkbpk_geo.base.lazy import open_door

if TYPE_CHECKING:
    from kkbpk_geo.io.amounts import Rupiah as Rupiah
    from kkbpk_geo.io.amounts import read_rupiah as read_rupiah
    from kkbpk_geo.io.books import AS_TEXT as AS_TEXT
    from kkbpk_geo.io.books import DAY as DAY
    from kkbpk_geo.io.books import GIVEN as GIVEN
    from kkbpk_geo.io.books import HEAD as HEAD
    from kkbpk_geo.io.books import HEAD_CELL as HEAD_CELL
    from kkbpk_geo.io.books import NOTE as NOTE
    from kkbpk_geo.io.books import OPEN as OPEN
    from kkbpk_geo.io.books import SUM as SUM
    from kkbpk_geo.io.books import TENTHS as TENTHS
    from kkbpk_geo.io.books import WHOLE as WHOLE
    from kkbpk_geo.io.books import Book as Book
    from kkbpk_geo.io.books import BookSheet as BookSheet
    from kkbpk_geo.io.books import Column as Column
    from kkbpk_geo.io.books import Look as Look
    from kkbpk_geo.io.books import Rule as Rule
    from kkbpk_geo.io.books import Styled as Styled
    from kkbpk_geo.io.books import columns as columns
    from kkbpk_geo.io.books import workbook_path as workbook_path
    from kkbpk_geo.io.cells import as_records as as_records
    from kkbpk_geo.io.cells import is_blank as is_blank
    from kkbpk_geo.io.cells import is_nil as is_nil
    from kkbpk_geo.io.cells import kept_text as kept_text
    from kkbpk_geo.io.cells import read_each as read_each
    from kkbpk_geo.io.cells import text_column as text_column
    from kkbpk_geo.io.command import forced as forced
    from kkbpk_geo.io.command import forget_read as forget_read
    from kkbpk_geo.io.command import looking as looking
    from kkbpk_geo.io.command import note_read as note_read
    from kkbpk_geo.io.command import session as session
    from kkbpk_geo.io.command import speak as speak
    from kkbpk_geo.io.command import spoken as spoken
    from kkbpk_geo.io.command import take_kept as take_kept
    from kkbpk_geo.io.command import was_read as was_read
    from kkbpk_geo.io.command import written_folders as written_folders
    from kkbpk_geo.io.files import write_csv as write_csv
    from kkbpk_geo.io.foreign import as_pandas as as_pandas
    from kkbpk_geo.io.foreign import require_arrow as require_arrow
    from kkbpk_geo.io.forms import AS_WRITTEN as AS_WRITTEN
    from kkbpk_geo.io.forms import Form as Form
    from kkbpk_geo.io.forms import FormTable as FormTable
    from kkbpk_geo.io.forms import both as both
    from kkbpk_geo.io.forms import headings as headings
    from kkbpk_geo.io.forms import plain as plain
    from kkbpk_geo.io.grids import Source as Source
    from kkbpk_geo.io.grids import is_open_file as is_open_file
    from kkbpk_geo.io.grids import load_grids as load_grids
    from kkbpk_geo.io.grids import name_of as name_of
    from kkbpk_geo.io.pages import WAYS as WAYS
    from kkbpk_geo.io.pages import Family as Family
    from kkbpk_geo.io.pages import OverviewRow as OverviewRow
    from kkbpk_geo.io.pages import Way as Way
    from kkbpk_geo.io.pages import region_anchor as region_anchor
    from kkbpk_geo.io.pages import render_page as render_page
    from kkbpk_geo.io.pages import render_part as render_part
    from kkbpk_geo.io.privacy import LEAST_CONTACT as LEAST_CONTACT
    from kkbpk_geo.io.privacy import LEAST_IDENTITY as LEAST_IDENTITY
    from kkbpk_geo.io.privacy import MASK as MASK
    from kkbpk_geo.io.privacy import is_about_a_person as is_about_a_person
    from kkbpk_geo.io.privacy import mask_persons as mask_persons
    from kkbpk_geo.io.privacy import may_reach_a_person as may_reach_a_person
    from kkbpk_geo.io.privacy import refuse_person as refuse_person
    from kkbpk_geo.io.privacy import without_persons as without_persons
    from kkbpk_geo.io.reading.grid import Cell as Cell
    from kkbpk_geo.io.reading.grid import Grid as Grid
    from kkbpk_geo.io.reading.grid import is_error as is_error
    from kkbpk_geo.io.reading.grid import is_no_value as is_no_value
    from kkbpk_geo.io.reading.grid import is_unstored as is_unstored
    from kkbpk_geo.io.saving import MARKER as MARKER
    from kkbpk_geo.io.saving import FileSet as FileSet
    from kkbpk_geo.io.saving import make_folder as make_folder
    from kkbpk_geo.io.saving import together as together
    from kkbpk_geo.io.saving import write_file as write_file
    from kkbpk_geo.io.saving import write_text as write_text
    from kkbpk_geo.io.saving import writing as writing

__getattr__, __dir__ = open_door(
    __name__,
    {
        "WAYS": "pages",
        "AS_TEXT": "books",
        "AS_WRITTEN": "forms",
        "Book": "books",
        "BookSheet": "books",
        "Cell": "reading.grid",
        "Column": "books",
        "DAY": "books",
        "Family": "pages",
        "FileSet": "saving",
        "MARKER": "saving",
        "Form": "forms",
        "FormTable": "forms",
        "GIVEN": "books",
        "Grid": "reading.grid",
        "HEAD": "books",
        "HEAD_CELL": "books",
        "LEAST_CONTACT": "privacy",
        "LEAST_IDENTITY": "privacy",
        "Look": "books",
        "MASK": "privacy",
        "NOTE": "books",
        "OPEN": "books",
        "OverviewRow": "pages",
        "Rule": "books",
        "Rupiah": "amounts",
        "SUM": "books",
        "Source": "grids",
        "Styled": "books",
        "TENTHS": "books",
        "WHOLE": "books",
        "Way": "pages",
        "as_pandas": "foreign",
        "as_records": "cells",
        "both": "forms",
        "columns": "books",
        "forced": "command",
        "forget_read": "command",
        "headings": "forms",
        "is_about_a_person": "privacy",
        "is_blank": "cells",
        "is_error": "reading.grid",
        "is_nil": "cells",
        "is_no_value": "reading.grid",
        "is_open_file": "grids",
        "is_unstored": "reading.grid",
        "kept_text": "cells",
        "load_grids": "grids",
        "looking": "command",
        "make_folder": "saving",
        "mask_persons": "privacy",
        "may_reach_a_person": "privacy",
        "name_of": "grids",
        "note_read": "command",
        "plain": "forms",
        "read_each": "cells",
        "read_rupiah": "amounts",
        "refuse_person": "privacy",
        "region_anchor": "pages",
        "render_page": "pages",
        "render_part": "pages",
        "require_arrow": "foreign",
        "session": "command",
        "speak": "command",
        "spoken": "command",
        "take_kept": "command",
        "was_read": "command",
        "text_column": "cells",
        "together": "saving",
        "without_persons": "privacy",
        "workbook_path": "books",
        "write_csv": "files",
        "write_file": "saving",
        "write_text": "saving",
        "writing": "saving",
        "written_folders": "command",
    },
)
