"""Workbooks: what may be typed is open, text stays text, bytes stay the same."""

import re
from dataclasses import replace
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from xlsxwriter.worksheet import Worksheet

from kkbpk_geo.base.errors import IntakeError, PlanError
from kkbpk_geo.io.books import (
    AS_TEXT,
    GIVEN,
    OPEN,
    WHOLE,
    Book,
    Column,
    Look,
    Rule,
    Styled,
    columns,
    sheet_name,
    workbook_path,
)

COUNT = Rule(number="integer", most=99, wrong_title="t" * 40, text="x" * 300)
COLUMNS = [
    Column(key="code", heading="=KODE", width=12, look=replace(GIVEN, number=AS_TEXT)),
    Column(key="floor", heading="BAWAH", look=OPEN, rule=COUNT),
    Column(key="cap", heading="ATAS", look=OPEN, rule=COUNT),
    Column(key="note", heading="CATATAN", width=0),
    Column(key="left", heading="SISA", rule=COUNT),
]
ROWS = [
    {"code": "18.01", "floor": 2, "note": "=1+1", "left": -3},
    {"code": "18.02", "cap": float("nan"), "note": "-5", "left": Styled(7, OPEN)},
]


def written(path, rows=ROWS, **more):
    with Book.create(path, title="Uji") as book:
        sheet = book.sheet("Isi")
        area = sheet.table(COLUMNS, rows, **more)
        sheet.keep_in_sight(area, columns=1, filtered=True, printed=True)
        sheet.for_print()
        sheet.lock("autofilter")
    return path


@pytest.fixture
def sheet(tmp_path):
    return load_workbook(written(tmp_path / "uji.xlsx", at=2))["Isi"]


def test_the_same_content_is_the_same_bytes_and_bears_no_date_of_today(tmp_path):
    first = written(tmp_path / "a.xlsx").read_bytes()
    assert written(tmp_path / "b.xlsx").read_bytes() == first
    with ZipFile(tmp_path / "a.xlsx") as book:
        assert b"2000-01-01T00:00:00Z</dcterms:created>" in book.read(
            "docProps/core.xml"
        )


def test_a_text_is_never_a_formula_and_a_number_is_a_number(sheet):
    assert [cell.value for cell in sheet[4]] == ["18.01", 2, None, "'=1+1", -3]
    assert [cell.value for cell in sheet[5]] == ["18.02", None, None, "-5", 7]
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}


def test_a_heading_stands_as_it_is_because_it_is_looked_for(sheet):
    assert [cell.value for cell in sheet[3]][:2] == ["=KODE", "BAWAH"]
    assert sheet["A3"].data_type == "s"


def test_an_empty_cell_is_drawn_only_where_it_has_a_border(sheet):
    assert sheet["C4"].border.left.style == "thin"
    assert sheet["D3"].has_style
    assert not sheet["E6"].has_style


def test_only_what_is_open_can_be_typed_in_a_locked_sheet(sheet):
    assert sheet.protection.sheet
    assert not sheet.protection.autoFilter  # in this file format: not forbidden
    assert sheet.protection.sort
    free = {c.coordinate for row in sheet for c in row if not c.protection.locked}
    assert free == {"B4", "C4", "B5", "C5", "E5"}


def test_neighbours_with_one_rule_share_it_over_all_rows_that_there_is_room_for(
    tmp_path,
):
    book = load_workbook(written(tmp_path / "uji.xlsx", room=50))
    rules = {
        str(rule.sqref): (rule.formula1, rule.formula2)
        for rule in book["Isi"].data_validations.dataValidation
    }
    assert rules == {"B2:C51": ("0", "99"), "E2:E51": ("0", "99")}
    assert book["Isi"].auto_filter.ref == "A1:E51"


def test_what_a_rule_says_is_cut_where_the_file_format_ends_it(sheet):
    rule = sheet.data_validations.dataValidation[0]
    assert (len(rule.errorTitle), len(rule.prompt)) == (32, 255)


def test_a_width_of_nothing_hides_a_column(sheet):
    assert sheet.column_dimensions["D"].hidden
    assert not sheet.column_dimensions["A"].hidden
    assert sheet.column_dimensions["A"].width == pytest.approx(12, abs=1)


def test_headings_stay_in_sight_on_the_screen_and_on_paper(sheet):
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B4", "A3:E5")
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == (
        "landscape",
        9,
    )


@pytest.mark.parametrize(
    ("words", "heading", "repeated"),
    [("DATA CONTOH", "A2", "$1:$2"), ("", "A1", "$1:$1")],
)
def test_a_mark_stands_above_the_headings_and_on_each_page(
    tmp_path, words, heading, repeated
):
    with Book.create(tmp_path / "uji.xlsx", title="Uji") as book:
        sheet = book.sheet("Isi")
        area = sheet.table(COLUMNS, ROWS, at=sheet.mark(words))
        sheet.keep_in_sight(area, printed=True)
    found = load_workbook(tmp_path / "uji.xlsx")["Isi"]
    assert found[heading].value == "=KODE"
    assert found["A1"].value == (words or "=KODE")
    assert found.print_title_rows == repeated


def test_a_table_without_rows_has_headings_and_no_rule(tmp_path):
    sheet = load_workbook(written(tmp_path / "uji.xlsx", rows=[]))["Isi"]
    assert sheet.max_row == 1
    assert not sheet.data_validations.dataValidation


def test_headings_are_labels_and_one_look_may_differ():
    money = Look(number=WHOLE)
    widths = {"kind": 24, "rupiah": 16}
    found = columns(widths, "meeting_", "en", look=GIVEN, looks={"rupiah": money})
    assert [(each.heading, each.width, each.look) for each in found] == [
        ("Matter", 24, GIVEN),
        ("Rupiah", 16, money),
    ]


def test_a_sheet_takes_no_name_that_is_kept_for_another(tmp_path):
    with Book.create(tmp_path / "uji.xlsx", title="Uji") as book:
        book.taken.add("riwayat")
        book.free_sheet("Riwayat")
        book.sheet("Riwayat")
    names = load_workbook(tmp_path / "uji.xlsx").sheetnames
    assert names == ["Riwayat (2)", "Riwayat"]


def test_a_workbook_that_cannot_be_written_says_why(tmp_path):
    with pytest.raises(IntakeError, match="its folder is not there"):
        written(tmp_path / "absent" / "uji.xlsx")
    with pytest.raises(PlanError, match=r"uji\.ods: a plan needs a name"):
        workbook_path(tmp_path / "uji.ods", "a plan")


@given(st.lists(st.text(max_size=60), max_size=12))
def test_sheet_names_are_legal_and_different(wanted):
    taken = set()
    names = [sheet_name(each, taken) for each in wanted]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 1 <= len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert not name.startswith("'")
        assert not name.endswith("'")


@pytest.mark.parametrize(("asked", "whole"), [(122, 122.25), (16.3, 16.5), (30, 30)])
def test_a_row_is_as_high_as_whole_pixels_under_every_version(
    tmp_path, monkeypatch, asked, whole
):
    given = []
    # What the library gets: newer versions of it would round by themselves.
    monkeypatch.setattr(Worksheet, "set_row", lambda *told: given.append(told[1:]))
    with Book.create(tmp_path / "tinggi.xlsx", title="Uji") as book:
        book.sheet("Isi").height(1, asked)
    assert given == [(1, whole)]
