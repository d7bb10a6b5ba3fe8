"""Findings that go back: a page that stands alone, workbooks by district."""

import hashlib
import io
import re
import zipfile

import pytest
from findings_made import above
from openpyxl import load_workbook

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.catalogue.headings import words
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.findings.book import write_findings
from kkbpk_geo.findings.places import CORRECTION_COLUMNS, Place
from kkbpk_geo.findings.words import finding

HEAD = 3  # the row of the headings of a district's sheet


def some():
    return [
        *(above(row) for row in (2, 3, 4, 9)),
        above(7, "18.71"),
        finding("column_unknown", file="bkb.csv", column="CATATAN LAIN"),
        finding(
            "region_unknown",
            file="bkb.csv",
            row=8,
            column="KABUPATEN",
            value="Lampung Tenggara",
            expected="18.07 Lampung Timur",
            region="Lampung Tenggara",
        ),
    ]


# --- workbook -------------------------------------------------------------------------


def test_a_workbook_has_a_summary_and_a_sheet_per_district(tmp_path):
    (file,) = write_findings(some(), tmp_path / "t.xlsx")
    book = load_workbook(file)
    assert book.sheetnames == [
        "Ringkasan",
        "Umum",
        "18.10 Pringsewu",
        "18.71 Kota Bandar Lampung",
        "Wilayah belum dikenal",
    ]
    summary = list(book["Ringkasan"].iter_rows(values_only=True))
    assert summary[1][0] == (
        "Enam kesalahan perlu dibetulkan sebelum rapat. "
        "7 temuan dari 3 sebab, pada 1 berkas dan 6 baris. Terbanyak di Pringsewu (4)."
    )
    assert summary[4:] == [
        ("Kabupaten/kota", "kesalahan", "peringatan", "keterangan", "Jumlah"),
        ("Umum", 0, 0, 1, 1),
        ("Pringsewu", 4, 0, 0, 4),
        ("Kota Bandar Lampung", 1, 0, 0, 1),
        ("Wilayah belum dikenal", 1, 0, 0, 1),
        ("Jumlah", 6, 0, 1, 7),
    ]


def test_a_district_sheet_has_every_row_and_empty_cells_for_the_answer(tmp_path):
    (file,) = write_findings(some(), tmp_path / "t.xlsx")
    sheet = load_workbook(file)["18.10 Pringsewu"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "Pringsewu: 4 kesalahan"
    assert rows[1][0].startswith('Isi hanya sel kuning: "betulkan menjadi"')
    assert rows[HEAD - 1] == tuple(
        label(f"correction_{key}", "id") for key in CORRECTION_COLUMNS
    )
    assert rows[HEAD] == (
        1,
        "kesalahan",
        "bkb.csv",
        None,
        2,
        "YANG LAPOR",
        "5",
        "WONODADI, GADING REJO, 2025-11: YANG LAPOR = 5 melebihi yang ada; seharusnya "
        "≤ 4 (YANG ADA). Kedua angka dipakai apa adanya.",
        "Periksa kembali: mutakhirkan jumlah yang ada, atau betulkan jumlah yang "
        "lapor.",
        *[None] * 4,
        '["bkb.csv","",2,"YANG LAPOR","5","","reporting_above_existing"]',
    )
    assert [row[4] for row in rows[HEAD:]] == [2, 3, 4, 9]


def test_a_sheet_is_gone_through_from_the_gravest_cause_by_cause(tmp_path):
    """Errors first, then the cause of most findings; each from the top of its file."""
    said = [
        finding("column_unknown", file="a.csv", column="X", region="18.10"),
        finding("attending_above_members", file="a.csv", row=3, region="18.10"),
        finding("kind_unknown", file="b.csv", row=10, region="18.10"),
        finding("kind_unknown", file="b.csv", row=9, region="18.10"),
        above(8),
    ]
    (file,) = write_findings(said, tmp_path / "t.xlsx")
    sheet = load_workbook(file)["18.10 Pringsewu"]
    cells = list(sheet.iter_rows(min_row=HEAD + 1, max_col=5, values_only=True))
    assert cells == [
        (1, "kesalahan", "bkb.csv", None, 8),
        (2, "peringatan", "b.csv", None, 9),
        (3, "peringatan", "b.csv", None, 10),
        (4, "peringatan", "a.csv", None, 3),
        (5, "keterangan", "a.csv", None, "(seluruh tabel)"),
    ]


def test_only_what_is_asked_for_is_open(tmp_path):
    (file,) = write_findings(some(), tmp_path / "t.xlsx")
    book = load_workbook(file)
    assert all(sheet.protection.sheet for sheet in book)
    row = book["18.10 Pringsewu"][HEAD + 1]
    assert [c.column_letter for c in row if not c.protection.locked] == list("JKLM")
    # Of a whole table there is no cell to be written anew.
    row = book["Umum"][HEAD + 1]
    assert [c.column_letter for c in row if not c.protection.locked] == list("KLM")


def test_a_date_is_asked_for_as_a_date_and_an_office_not_a_name(tmp_path):
    (file,) = write_findings(some(), tmp_path / "t.xlsx")
    sheet = load_workbook(file)["18.10 Pringsewu"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules.keys() == {"J4:J7", "K4:K7", "L4:L7"}
    date = rules["L4:L7"]
    assert (date.type, date.formula1, date.formula2) == ("date", "36526", "73050")
    assert sheet["L4"].number_format == "dd/mm/yyyy"
    assert "nama orang" in rules["K4:K7"].prompt
    # 18.10 typed there is no number.
    assert sheet["J4"].number_format == "@"


@pytest.mark.parametrize("sheet_of_file", ["", "Isi"])
def test_a_sheet_is_read_at_full_size_on_paper(tmp_path, sheet_of_file):
    """A4 across less two rims of 0.3 inch is 1064 pixels, a letter seven of them."""
    (file,) = write_findings([above(2, sheet=sheet_of_file)], tmp_path / "t.xlsx")
    sheet = load_workbook(file)["18.10 Pringsewu"]
    # Neighbours as broad as each other stand in one entry.
    dimensions = [d for d in sheet.column_dimensions.values() if not d.hidden]
    pixels = [(d.max - d.min + 1) * round(d.width * 7) for d in dimensions]
    # Each column is its letters and a rim of 5 pixels.
    assert sum(pixels) == 138 * 7 + 13 * 5
    assert sum(pixels) <= 1064
    assert {cell.font.sz for cell in sheet[HEAD + 1]} == {9}
    assert sheet.column_dimensions["N"].hidden
    page = sheet.page_setup
    assert (page.orientation, page.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert int(page.fitToHeight) == 0  # as many as there are
    assert (sheet.page_margins.left, sheet.page_margins.right) == (0.3, 0.3)
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:N4"


def test_every_place_has_a_key_that_knows_its_file(tmp_path):
    source = tmp_path / "bkb.csv"
    source.write_text("x")
    digest = hashlib.sha256(b"x").hexdigest()
    (file,) = write_findings(some(), tmp_path / "t.xlsx", sources=[source])
    book = load_workbook(file)
    keys = [
        Place.from_key(row[-1])
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows(min_row=HEAD + 1, values_only=True)
    ]
    asked = [Place.of(each, digest) for each in some()]
    assert sorted(keys, key=Place.key) == sorted(asked, key=Place.key)


def test_a_sheet_that_is_too_long_says_what_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr("kkbpk_geo.findings.book.MOST", 3)
    (file,) = write_findings(some(), tmp_path / "t.xlsx")
    book = load_workbook(file)
    rows = list(book["18.10 Pringsewu"].iter_rows(values_only=True))
    assert rows[2][0].startswith("1 temuan lain tidak ditulis di lembar ini")
    assert [row[4] for row in rows[4:]] == [2, 3, 4]
    # The counts are of all of them.
    assert rows[0][0] == "Pringsewu: 4 kesalahan"
    assert book["Ringkasan"]["E10"].value == 7


def test_sheets_of_districts_with_long_or_equal_names_can_be_told_apart(tmp_path):
    long = [
        above(2, "74.72"), above(2, "74.05"), above(3, "91.05"), above(2, "16.12"),
    ]  # fmt: skip
    (file,) = write_findings(long, tmp_path / "t.xlsx")
    names = load_workbook(file).sheetnames
    assert len(set(map(str.casefold, names))) == 5
    assert max(map(len, names)) <= 31


def test_a_folder_gets_the_whole_and_one_workbook_per_district(tmp_path):
    files = write_findings(some(), tmp_path / "balik", language="en")
    assert [file.name for file in files] == [
        "temuan.xlsx",
        "temuan-18.10-pringsewu.xlsx",
        "temuan-18.71-kota-bandar-lampung.xlsx",
    ]
    assert load_workbook(files[1]).sheetnames == [
        "Summary",
        "General",
        "18.10 Pringsewu",
    ]


def test_no_text_of_a_sheet_becomes_a_formula(tmp_path):
    formula = '=HYPERLINK("http://x","y")'
    findings = [
        above(2, column=formula, value="+A1", file="-x.csv", expected="@SUM(1)"),
        above(3, value="-5"),
    ]
    (file,) = write_findings(findings, tmp_path / "t.xlsx")
    rows = list(load_workbook(file)["18.10 Pringsewu"].iter_rows(min_row=HEAD + 1))
    assert all(cell.data_type != "f" for row in rows for cell in row)
    assert [rows[0][i].value for i in (2, 5, 6)] == ["'-x.csv", "'" + formula, "'+A1"]
    assert Place.from_key(rows[0][13].value).column == formula
    assert rows[1][6].value == "-5"


def test_the_same_findings_give_the_same_bytes(tmp_path):
    files = [write_findings(some(), tmp_path / f"{n}.xlsx")[0] for n in "ab"]
    assert files[0].read_bytes() == files[1].read_bytes()
    with zipfile.ZipFile(io.BytesIO(files[0].read_bytes())) as packed:
        assert b"2000-01-01T00:00:00Z" in packed.read("docProps/core.xml")


def test_without_findings_the_workbook_still_says_so(tmp_path):
    (file,) = write_findings([], tmp_path / "t.xlsx")
    book = load_workbook(file)
    assert book.sheetnames == ["Ringkasan"]
    assert book["Ringkasan"]["E6"].value == 0
    assert book["Ringkasan"]["A2"].value == "Tidak ada temuan."


def test_another_kind_of_file_is_refused(tmp_path):
    with pytest.raises(IntakeError) as err:
        write_findings([], tmp_path / "t.csv")
    assert str(err.value) == (
        "t.csv: findings are written to a folder or to a .xlsx file."
    )


@pytest.mark.parametrize("language", ["id", "en"])
def test_beside_the_cell_stands_what_may_be_written_besides_a_value(language):
    said = label("correction_fixed_help", language)
    answers = re.findall('"(.+?)"', said)
    empty, delete = answers
    assert empty in words("correction_blank")
    assert delete in words("correction_remove")
    # What is right already must not be taken for "leave it empty".
    assert not any(said.lower().count(word) > 1 for word in words("correction_blank"))
