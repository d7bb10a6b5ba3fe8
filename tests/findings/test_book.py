"""Findings that go back: a page that stands alone, workbooks by district."""

import io
import zipfile
from html.parser import HTMLParser

import pytest
from openpyxl import load_workbook
from sides import side

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.findings.book import write_findings
from kkbpk_geo.findings.page import findings_html
from kkbpk_geo.findings.words import finding

HOSTILE = ["<img src=x onerror=alert(1)>", "${7*7}", "</script>", "`x`", "=1+1", "@a"]


def above(row, region="18.10", **more):
    return finding(
        "reporting_above_existing",
        **{
            "file": "bkb.csv",
            "row": row,
            "column": "YANG LAPOR",
            "value": 5,
            "expected": "≤ 4 (YANG ADA)",
            "region": region,
            "place": "WONODADI, GADING REJO, 2025-11",
            **more,
        },
    )


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
    summary = list(book["Ringkasan"].iter_rows(min_row=4, values_only=True))
    assert summary == [
        ("Kabupaten/kota", "kesalahan", "peringatan", "keterangan", "Jumlah"),
        ("Umum", 0, 0, 1, 1),
        ("Pringsewu", 4, 0, 0, 4),
        ("Kota Bandar Lampung", 1, 0, 0, 1),
        ("Wilayah belum dikenal", 1, 0, 0, 1),
        ("Jumlah", 6, 0, 1, 7),
    ]


def test_a_district_sheet_has_every_row_and_an_empty_column_for_the_answer(tmp_path):
    (file,) = write_findings(some(), tmp_path / "t.xlsx")
    sheet = load_workbook(file)["18.10 Pringsewu"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == (
        "nomor",
        "tingkat",
        "berkas",
        "lembar",
        "baris",
        "desa, kecamatan, periode",
        "kolom",
        "nilai",
        "yang diharapkan",
        "temuan",
        "tindakan",
        "Keterangan kabupaten/kota",
    )
    assert rows[1][:9] == (
        1,
        "kesalahan",
        "bkb.csv",
        None,
        2,
        "WONODADI, GADING REJO, 2025-11",
        "YANG LAPOR",
        "5",
        "≤ 4 (YANG ADA)",
    )
    assert [row[4] for row in rows[1:]] == [2, 3, 4, 9]
    assert all(row[11] is None for row in rows[1:])
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:L5"
    assert sheet.column_dimensions["J"].width > 50


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
    rows = list(load_workbook(file)["18.10 Pringsewu"].iter_rows(min_row=2))
    assert all(cell.data_type != "f" for row in rows for cell in row)
    assert [rows[0][i].value for i in (2, 6, 7, 8)] == [
        "'-x.csv",
        "'" + formula,
        "'+A1",
        "'@SUM(1)",
    ]
    assert rows[1][7].value == "-5"


def test_the_same_findings_give_the_same_bytes(tmp_path):
    files = [write_findings(some(), tmp_path / f"{n}.xlsx")[0] for n in "ab"]
    assert files[0].read_bytes() == files[1].read_bytes()
    with zipfile.ZipFile(io.BytesIO(files[0].read_bytes())) as packed:
        assert b"2000-01-01T00:00:00Z" in packed.read("docProps/core.xml")


def test_without_findings_the_workbook_still_says_so(tmp_path):
    (file,) = write_findings([], tmp_path / "t.xlsx")
    book = load_workbook(file)
    assert book.sheetnames == ["Ringkasan"]
    assert book["Ringkasan"]["E5"].value == 0


def test_another_kind_of_file_is_refused(tmp_path):
    with pytest.raises(IntakeError) as err:
        write_findings([], tmp_path / "t.csv")
    assert str(err.value) == (
        "t.csv: findings are written to a folder or to a .xlsx file."
    )


# --- page -----------------------------------------------------------------------------


class Page(HTMLParser):
    """Collect what a browser would make of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.said, self.open = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.said.append(data.strip())


def test_the_page_says_each_fault_once_per_district_with_its_rows():
    page = Page(side(findings_html(some())))
    assert page.open == []
    assert page.said.count("2–4, 9") == 1
    assert (
        "YANG LAPOR = 5 melebihi yang ada; seharusnya ≤ 4 (YANG ADA). "
        "Kedua angka dipakai apa adanya. "
        "(3 lagi seperti ini)"
    ) in page.said
    assert page.tags.count("section") == 4
    assert page.tags.count("h1") == 1


def test_many_rows_open_on_demand_and_none_is_lost():
    rows = range(2, 62, 2)
    text = " ".join(Page(side(findings_html([above(row) for row in rows]))).said)
    assert "2, 4, 6, 8, 10, 12, 14, 16 …" in text
    assert text.replace("…", "").count("60") == 1


def test_the_page_asks_for_nothing_and_runs_nothing():
    text = findings_html(some(), "en", title="Findings <November>")
    page = Page(text)
    assert "default-src 'none'" in text
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert "src" not in page.attributes
    assert "http" not in text.replace("http-equiv", "")
    assert '<html lang="en">' in text
    assert "<title>Findings &lt;November&gt;</title>" in text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_shows_as_text(text):
    findings = [
        above(2, column=text, value=text, file=text, expected=text),
        finding("region_unknown", value=text, region=text, sheet=text),
    ]
    page = Page(findings_html(findings, title=text))
    assert text in page.said
    assert not {"img", "script"} & set(page.tags)
    assert not [name for name in page.attributes if name.startswith("on")]


def test_no_findings_are_said_in_words():
    assert "Tidak ada temuan." in findings_html([])


def test_the_same_page_every_time():
    assert findings_html(some()) == findings_html(some())
