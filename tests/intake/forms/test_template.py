"""The form that is handed out comes back as a plan."""

import openpyxl
import pytest

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.intake import write_form_template
from kkbpk_geo.plan import read_plan


@pytest.fixture
def book(tmp_path):
    return openpyxl.load_workbook(write_form_template("renja", tmp_path / "a.xlsx"))


def fill(sheet, code, **cells):
    *_, kegiatan, work = code
    for row in sheet.iter_rows(min_row=7):
        if (row[3].value, row[4].value) == (kegiatan, work):
            for column, value in cells.items():
                row[int(column[1:])].value = value


def test_what_is_filled_in_is_read_and_what_is_not_is_no_line(tmp_path, book):
    sheet = book["Renja 2026"]
    sheet["F2"] = "Kabupaten Pringsewu"
    fill(sheet, ("2.03", "0003"), c11="120 Orang", c13=5000, c14="BOKB", c15="TW II")
    book.save(tmp_path / "filled.xlsx")

    plan = read_plan(tmp_path / "filled.xlsx")

    names = ["region_code", "year", "quarter", "code", "edition", "target", "budget"]
    assert plan.data[names].to_numpy().tolist() == [
        ["18.10", 2026, 2, "2.14.03.2.03.0003", "2023", 120.0, 5000]
    ]


def test_each_edition_of_the_codes_has_the_sheet_of_its_year(tmp_path, book):
    assert book.sheetnames == ["Renja 2026", "Renja 2027", "Daftar"]
    sheet = book["Renja 2027"]
    sheet["F2"] = "Kota Metro"
    fill(sheet, ("2.03", "0029"), c11="12 Laporan", c13=7)
    book.save(tmp_path / "filled.xlsx")

    plan = read_plan(tmp_path / "filled.xlsx")

    assert plan.data["year"].tolist() == [2027]
    assert plan.data["edition"].tolist() == ["2026"]
    assert plan.data["activity"].tolist() == ["contraceptive_supply"]


def test_codes_are_texts_and_the_same_call_gives_the_same_bytes(tmp_path, book):
    assert book["Renja 2026"]["A7"].value == "2"
    first = write_form_template("renja", tmp_path / "b.xlsx").read_bytes()
    assert write_form_template("renja", tmp_path / "c.xlsx").read_bytes() == first


def test_a_form_that_is_not_handed_out_is_refused(tmp_path):
    with pytest.raises(IntakeError, match="expected one of renja"):
        write_form_template("pok", tmp_path / "a.xlsx")
