"""Workbooks that come back: found by heading, refused where they stand."""

from datetime import date
from fractions import Fraction

import pytest
from openpyxl import Workbook

from kkbpk_geo.base.errors import CellError, PlanError
from kkbpk_geo.io.forms import AS_WRITTEN, Form, headings, plain

HEADS = {"kode": "code", "target": "total", "target semula": "was_total"}
ROWS = [
    ["Judul", "", "", ""],
    ["Target semula", "Kode", "Target", "Target"],
    [5, "18.01", 7, 8],
    ["", "", "", ""],
    [6, "18.02", "Rp 1.000", 9],
]


def table(rows=ROWS, kept=("was_total",)):
    (found,) = Form.read(rows).tables(HEADS, ("code", "total"), kept)
    return found


def cell(value):
    return table([["Kode", "Target", "Target semula"], ["18.01", value, value]])


def test_a_table_is_found_by_its_headings_wherever_its_columns_stand():
    found = table()
    assert (found.head, dict(found.columns)) == (
        1,
        {"was_total": 0, "code": 1, "total": 2},
    )
    assert list(found.rows()) == [2, 4]
    assert [found.whole(row, "total") for row in found.rows()] == [7, 1000]


def test_a_sheet_without_the_headings_holds_no_such_table():
    assert not list(Form.read([["Kode"], ["18.01"]]).tables(HEADS, ("code", "total")))


def test_headings_are_known_in_both_languages():
    assert headings("meeting_", ("why",)) == {"alasan": "why", "reason": "why"}


def test_a_heading_that_is_gone_is_named():
    found = table([["Kode", "Target"], ["18.01", 1]])
    with pytest.raises(PlanError, match=r"row 1 has no heading \['Nilai lain'\]. Put"):
        found.require(("code", "value"), "meeting_")


@pytest.mark.parametrize(
    ("value", "least", "expected", "remedy"),
    [
        ("dua", None, "a whole number from 0 up, or nothing", "Correct it, or empty"),
        (-1, None, "a whole number from 0 up, or nothing", "Correct it, or empty"),
        ("", 0, "a whole number from 0 up", "Write the number."),
        (0, 1, "a whole number from 1 up", "Write the number."),
        (1e14, None, "a number below 100,000,000,000,000", "Correct the cell."),
    ],
)
def test_what_is_no_whole_number_is_refused_with_what_to_do(
    value, least, expected, remedy
):
    with pytest.raises(CellError) as told:
        cell(value).whole(1, "total", least=least)
    assert f"expected {expected}. {remedy}" in str(told.value)
    assert str(told.value).startswith("list: row 2, column 'Target' is ")


def test_a_cell_that_is_not_one_to_change_is_put_back():
    with pytest.raises(CellError, match=r"0 up, or nothing\. The cell is not one"):
        cell("dua").whole(1, "was_total")


def test_a_number_is_exact_and_above_nothing_where_a_person_writes_it():
    assert cell("1/3").fraction(1, "total") == Fraction(1, 3)
    assert cell("0,5").fraction(1, "total", remedy="Write 1.") == Fraction(1, 2)
    assert cell(0).fraction(1, "total") == 0
    for value, remedy, said in (
        (0, "Write 1.", "expected a number above 0. Write 1."),
        ("1/0", "", f"expected an exact number from 0 up. {AS_WRITTEN}"),
        ("-1", "", "expected an exact number from 0 up"),
    ):
        with pytest.raises(CellError) as told:
            cell(value).fraction(1, "total", remedy=remedy)
        assert said in str(told.value)


def test_a_word_stands_for_what_it_says_and_no_other_is_guessed():
    words = {"ya": "yes"}
    assert cell(" YA ").choice(1, "total", words, "Ya", "Choose.") == "yes"
    with pytest.raises(CellError, match=r"'mungkin'; expected Ya\. Choose\."):
        cell("mungkin").choice(1, "total", words, "Ya", "Choose.")


def test_a_number_of_a_person_is_no_text():
    with pytest.raises(CellError, match="expected no numbers of persons"):
        cell("Ibu Siti 1871014107900001").text(1, "total")


def test_text_comes_back_as_it_was_before_it_was_made_inert():
    assert [plain(x) for x in ("'=1+1", "'biasa", "=1+1", 18.0)] == [
        "=1+1", "'biasa", "=1+1", "18",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "shown"), [(7.0, "7"), (date(2026, 5, 1), "'2026-05-01'")]
)
def test_an_error_shows_a_cell_as_a_person_sees_it(value, shown):
    error = cell(value).error(1, "total", "more", "Write it.")
    assert f"column 'Target' is {shown}; expected more. Write it." in str(error)


def test_a_formula_without_its_result_is_told_only_in_columns_that_are_read(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.title = "Isi"
    for row in (["Kode", "Lain", "Target"], ["18.01", "=1+1", "=2+2"]):
        sheet.append(row)
    book.save(tmp_path / "isi.xlsx")
    form = Form.read(tmp_path / "isi.xlsx")
    tables = list(form.tables(HEADS, ("code", "total")))
    assert [(row, key) for _, row, key in form.unstored(tables)] == [(1, "total")]
    with pytest.raises(
        CellError, match=r"isi.xlsx, sheet 'Isi': row 2, column 'Target'"
    ):
        form.refuse_unstored(tables)
