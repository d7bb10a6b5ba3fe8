"""What is read of a workbook that came back: its lines by their keys, no person."""

from openpyxl import Workbook
from returned_book import fill, lines_of, write_lines

from kkbpk_geo.findings.words import finding, finding_text
from kkbpk_geo.intake.corrections.returned import read_returned

FOUND = [
    finding("negative_count", file="bkb.csv", row=7, column="ADA", value=-3),
    finding("negative_count", file="bkb.csv", row=9, column="ADA", value=-4),
]
BOTH = {"negative_count": 3}


def test_a_line_says_where_what_who_and_when(tmp_path):
    read = read_returned(fill(tmp_path / "temuan.xlsx", FOUND, BOTH, note="rekap Mei"))
    first = read.lines[0]
    assert (first.file, first.row, first.column, first.written) == (
        "bkb.csv", 7, "ADA", "-3",
    )  # fmt: skip
    assert (first.value, first.by, first.date, first.note) == (
        3, "Kabid KB", "2025-12-03", "rekap Mei",
    )  # fmt: skip
    assert (first.book, first.book_sheet, first.book_row) == (
        "temuan.xlsx", "Pringsewu", 2,
    )  # fmt: skip
    assert read.found == []


def test_a_workbook_without_the_keys_is_refused_in_words(tmp_path):
    rows = [row[:-1] for row in lines_of(FOUND, BOTH)]
    read = read_returned(write_lines(tmp_path / "salinan.xlsx", rows))
    assert (read.lines, [f.code for f in read.found]) == ([], ["correction_no_key"])
    said = finding_text(read.found[0])
    assert said.startswith("salinan.xlsx: Bukan buku kerja temuan")
    book = Workbook()
    book.active.append(["KABUPATEN", "JUMLAH BKB"])
    book.save(tmp_path / "lain.xlsx")
    assert [f.code for f in read_returned(tmp_path / "lain.xlsx").found] == [
        "correction_no_key"
    ]


def test_a_line_without_its_key_is_told_and_the_others_are_read(tmp_path):
    rows = lines_of(FOUND, BOTH)
    rows[1][-1] = "kunci"
    rows.append([""] * 9 + [12, "Kabid KB", "2025-12-03", "", ""])
    read = read_returned(write_lines(tmp_path / "temuan.xlsx", rows))
    assert [line.row for line in read.lines] == [9]
    assert [(f.code, f.row, f.count) for f in read.found] == [
        ("correction_key_lost", 2, 2)
    ]


def test_persons_are_masked_in_who_and_why_and_it_is_told(tmp_path):
    path = tmp_path / "temuan.xlsx"
    read = read_returned(
        fill(path, FOUND, BOTH, by="Contohtok Sembarang, Kabid KB (0812-7900-4412)",
             note="NIK 1871024507850003")
    )  # fmt: skip
    assert read.lines[0].by == "•••, Kabid KB •••)"
    assert read.lines[0].note == "NIK •••"
    assert [(f.code, f.count) for f in read.found] == [("correction_masked", 2)]
    texts = " ".join(f"{line!r} {finding_text(read.found[0])}" for line in read.lines)
    assert "Contohtok" not in texts
    assert "1871024507850003" not in texts


def test_a_line_without_an_office_or_a_day_is_used_and_told(tmp_path):
    read = read_returned(fill(tmp_path / "t.xlsx", FOUND, BOTH, by=""))
    assert len(read.lines) == 2
    assert [(f.code, f.count) for f in read.found] == [("correction_unsigned", 2)]


def test_a_day_is_kept_as_the_program_stored_it_or_as_it_was_written(tmp_path):
    from datetime import datetime

    for day, said in ((datetime(2025, 12, 3, 8), "2025-12-03"), ("3 Des", "3 Des")):
        read = read_returned(fill(tmp_path / "t.xlsx", FOUND, BOTH, date=day))
        assert read.lines[0].date == said
