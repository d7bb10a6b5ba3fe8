"""The workbook: a sheet for each kabupaten, in the page's colours, set up to print."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest

import kkbpk_geo as kg
from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.gaps import write_presence_workbook
from kkbpk_geo.gaps.presence.kinds import presence_states

VILLAGES = {
    ("GADING REJO", "WONODADI"): (2, 1, 1, 1, 1),
    ("GADING REJO", "TEGALSARI"): (0, 0, 0, 0, 0),
}


@pytest.fixture
def matrix(recap):
    return kg.gaps.presence_matrix(recap(VILLAGES), "Pringsewu")


@pytest.fixture
def book(matrix, tmp_path):
    path = write_presence_workbook(matrix, tmp_path / "keberadaan.xlsx")
    return openpyxl.load_workbook(path)


def test_there_is_a_summary_the_lacking_each_kecamatan_and_each_kabupaten(book):
    assert book.sheetnames == ["Ringkasan", "Tanpa satu pun", "Kecamatan", "Pringsewu"]
    said = [cell.value for cell in book["Ringkasan"]["A"]]
    assert said[0] == "Matriks keberadaan: Pringsewu, 2025"
    assert said[1].startswith("1 dari 131 desa/kelurahan")
    lacking = [row[2] for row in book["Tanpa satu pun"].iter_rows(values_only=True)]
    assert lacking == ["Desa/kelurahan", "Tegalsari"]


def test_a_sheet_has_numbers_as_numbers_words_for_the_rest_and_the_pages_colours(book):
    sheet = book["Pringsewu"]
    heads = [cell.value for cell in sheet[1]]
    assert heads == [
        "Kecamatan", "Desa/kelurahan", "Kode", "Dari 5", "Lima kelompok",
        "BKB", "BKR", "BKL", "UPPKA", "PIK-R",
    ]  # fmt: skip
    assert sheet.max_row == 1 + 131
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=2)}
    for village, number, state in (
        ("Wonodadi", 2, "has"), ("Tegalsari", 0, "none"),
        ("Parerejo", "belum lapor", "not_reported"),
    ):  # fmt: skip
        cell = rows[village][5]
        assert cell.value == number
        fill = cell.fill.fgColor.rgb
        assert f"#{fill[2:]}" == presence_states()[state].fill
    assert [rows["Tegalsari"][at].value for at in (3, 4)] == [0, "Tanpa satu pun"]


def test_a_sheet_is_frozen_filtered_and_printed_whole(book):
    sheet = book["Pringsewu"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:J132"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.print_area == "'Pringsewu'!$A$1:$J$132"
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_the_same_matrix_gives_the_same_bytes_and_carries_the_mark(matrix, tmp_path):
    sample = replace(matrix, marks=Marks(sample=True))
    one = write_presence_workbook(sample, tmp_path / "a.xlsx", language="en")
    two = write_presence_workbook(sample, tmp_path / "b.xlsx", language="en")
    assert one.read_bytes() == two.read_bytes()
    sheets = openpyxl.load_workbook(one)
    assert {sheet["A1"].value for sheet in sheets} == {"SAMPLE DATA"}
    assert sheets.sheetnames[1] == "None of the five"


def test_another_ending_is_refused(matrix, tmp_path):
    with pytest.raises(PlanError, match="xlsx"):
        write_presence_workbook(matrix, tmp_path / "keberadaan.csv")
