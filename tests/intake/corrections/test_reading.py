"""From a workbook that came back to tables that are read with it; and every refusal."""

from io import BytesIO

import pandas as pd
import pytest
from openpyxl import Workbook
from returned_book import fill, lines_of, write_lines

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.intake import account_for, read_corrections, read_table
from kkbpk_geo.intake.corrections.audit import audit_frame, say_corrected

HEAD = ["KABUPATEN", "BULAN", "JUMLAH BKB", "YANG LAPOR"]
ROWS = [
    ["Mesuji", "NOVEMBER", 20, 12],
    ["Pringsewuu", "NOVEMBER", 30, 25],
    ["Tulang Bawang", "NOVEMBER", 10, "4x"],
    ["Way Kanan", "NOPEMBR", 15, 9],
    ["Way Kanan", "DESEMBER", 15, 9],
    ["Way Kanan", "DESEMBER", 16, 9],
    ["Lampung Barat", "NOVEMBER", 5, 9],
]
ANSWERS = {
    "region_unknown": "Pringsewu",
    "number_unreadable": 4,
    "period_unreadable": "NOVEMBER",
    "reporting_above_existing": 5,
    "rows_contradict": "hapus baris",
}
CHANGED = {"number_unreadable": 4}  # 4x at row 4, to be 4


def write(path, rows=ROWS):
    """Write the sheet in the format that the name says."""
    frame = pd.DataFrame(rows, columns=HEAD)
    if path.suffix == ".csv":
        frame.to_csv(path, sep=";", index=False)
    elif path.suffix == ".xls":  # a page under that name, as systems export it
        frame.to_html(path, index=False)
    else:
        frame.to_excel(path, index=False, sheet_name="Isi")
    return path


def read(path, corrections=None):
    return read_table(path, year=2025, province="Lampung", corrections=corrections)


def states(table):
    return {(line.about, line.row): line.state for line in table.corrections}


def of_file(tmp_path, answers, *, name="bkb.csv", then=None, **more):
    """Check a file, send the findings, get them back; the file may change meanwhile."""
    path = write(tmp_path / name)
    book = fill(tmp_path / "temuan.xlsx", read(path).findings, answers, [path], **more)
    if then is not None:
        write(path, then)
    corrections = read_corrections(book)
    return read(path, corrections), corrections


@pytest.mark.parametrize("name", ["bkb.csv", "bkb.xlsx", "bkb.ods", "bkb.xls"])
def test_what_a_district_corrected_is_gone_from_the_findings_and_counted(
    tmp_path, name
):
    before = write(tmp_path / name).read_bytes()
    table, corrections = of_file(tmp_path, ANSWERS, name=name)
    assert not corrections.findings
    assert [f.code for f in table.findings if f.severity != "info"] == []
    figures = table.data.set_index("source_row")
    assert figures.loc[3, "region_code"] == "18.10"
    assert figures.loc[4, "bkb_groups_reporting"] == 4
    assert figures.loc[5, "period"] == "2025-11"
    assert figures.loc[8, "bkb_groups_reporting"] == 5
    assert 7 not in figures.index  # rows keep the number that the office sees
    assert list(figures.index) == [2, 3, 4, 5, 6, 8]
    # 14 figures in 7 rows; the two of the row that was taken out are set aside
    account = account_for([table])
    assert (account.rows, account.rows_used) == (7, 6)
    assert account.rows_aside == {"removed": 1}
    assert (account.cells, account.cells_used) == (14, 12)
    assert account.cells_aside == {"removed": 2}
    assert (tmp_path / name).read_bytes() == before


def test_the_trail_says_who_when_from_what_to_what_and_where(tmp_path):
    table, _ = of_file(tmp_path, ANSWERS, note="salah tulis")
    audit = audit_frame(table.corrections)
    columns = ["state", "by", "date", "from", "to", "file", "row", "column", "note"]
    mended = audit[audit["column"].eq("YANG LAPOR")][columns].values.tolist()
    assert mended == [
        ["corrected", "Kabid KB", "2025-12-03", "4x", "4", "bkb.csv", 4, "YANG LAPOR",
         "salah tulis"],
        ["corrected", "Kabid KB", "2025-12-03", "9", "5", "bkb.csv", 8, "YANG LAPOR",
         "salah tulis"],
    ]  # fmt: skip
    assert set(audit["region_code"]) == {"18.10", "18.05", "18.08", "18.04"}
    assert list(audit["workbook"].unique()) == ["temuan.xlsx"]
    assert say_corrected(table.corrections) == (
        "4 sel dibetulkan menurut 1 buku kerja. "
        "1 baris tidak dipakai menurut 1 buku kerja."
    )
    told = [f for f in table.findings if f.code == "corrected" and f.row == 4]
    assert [(f.severity, f.value, f.expected, f.region) for f in told] == [
        ("info", "4x", "4", "18.05")
    ]


def test_a_workbook_that_was_sorted_cut_and_put_in_another_order_says_the_same(
    tmp_path,
):
    path = write(tmp_path / "bkb.csv")
    head, *rows = lines_of(read(path).findings, ANSWERS, [path])
    kept = [13, 9, 12, 10, 11, 3]  # key, correct to, remark, by, date, sheet
    moved = [[row[i] for i in kept] for row in (head, *reversed(rows))]
    book = write_lines(tmp_path / "kiriman (2).xlsx", moved, sheet="Sheet1")
    table = read(path, read_corrections(book))
    assert set(states(table).values()) == {"corrected", "row_removed"}


def test_a_workbook_may_come_back_as_another_format_and_in_english(tmp_path):
    path = write(tmp_path / "bkb.csv")
    rows = lines_of(read(path).findings, CHANGED, [path], language="en")
    book = tmp_path / "temuan.ods"
    pd.DataFrame(rows).to_excel(book, header=False, index=False)
    assert states(read(path, read_corrections(book))) == {
        ("number_unreadable", 4): "corrected"
    }


def test_nothing_or_that_nothing_changes_is_no_correction(tmp_path):
    answers = dict.fromkeys(ANSWERS, "tidak berubah") | {"region_unknown": " TETAP "}
    table, corrections = of_file(tmp_path, answers)
    assert (corrections.lines, table.corrections) == ((), ())
    assert corrections.summary() == "0 pembetulan dibaca dari 1 buku kerja."


def test_a_file_that_changed_elsewhere_takes_what_still_fits(tmp_path):
    then = [*ROWS, ["Metro", "NOVEMBER", 3, 3]]
    table, _ = of_file(tmp_path, CHANGED, then=then)
    assert states(table) == {("number_unreadable", 4): "corrected"}


def test_a_cell_that_changed_since_is_told_and_left_alone(tmp_path):
    then = [[*row] for row in ROWS]
    then[2][3] = 7
    table, _ = of_file(tmp_path, CHANGED, then=then)
    assert states(table) == {("number_unreadable", 4): "correction_changed"}
    assert table.data.loc[2, "bkb_groups_reporting"] == 7
    told = [f for f in table.findings if f.code == "correction_changed"]
    assert [(f.value, f.expected, f.row) for f in told] == [("7", "4", 4)]
    assert say_corrected(table.corrections, "en").startswith(
        "No cell is corrected. Corrections that cannot be used: 1;"
    )


def test_what_the_new_file_says_already_is_told_as_done(tmp_path):
    then = [[*row] for row in ROWS]
    then[2][3] = 4
    table, _ = of_file(tmp_path, CHANGED, then=then)
    assert states(table) == {("number_unreadable", 4): "correction_done"}
    assert say_corrected(table.corrections) == "Tidak ada sel yang dibetulkan."


def test_a_row_is_taken_out_only_of_the_very_file(tmp_path):
    then = [*ROWS, ["Metro", "NOVEMBER", 3, 3]]
    answers = {"rows_contradict": "hapus baris"}
    table, _ = of_file(tmp_path, answers, then=then)
    assert states(table) == {("rows_contradict", 7): "correction_changed"}
    table, _ = of_file(tmp_path, answers, then=ROWS[:5])  # it is gone
    assert states(table) == {("rows_contradict", 7): "correction_done"}


def test_two_corrections_of_one_place_that_differ_are_both_told(tmp_path):
    path = write(tmp_path / "bkb.csv")
    found = read(path).findings
    books = [
        fill(tmp_path / f"{said}.xlsx", found, {"number_unreadable": said}, [path])
        for said in (4, 40)
    ]
    table = read(path, read_corrections(books))
    assert [line.state for line in table.corrections] == ["correction_contradicts"] * 2
    told = [f for f in table.findings if f.code.startswith("correction")]
    assert [(f.expected, f.place) for f in told] == [
        ("4", "4.xlsx, Pringsewu: 4"), ("40", "40.xlsx, Pringsewu: 4"),
    ]  # fmt: skip


def test_the_same_said_twice_is_used_once(tmp_path):
    path = write(tmp_path / "bkb.csv")
    found = read(path).findings
    books = [
        fill(tmp_path / f"{name}.xlsx", found, {"number_unreadable": said}, [path])
        for name, said in (("a", 4), ("b", "4"))
    ]
    table = read(path, read_corrections(tmp_path))  # a folder: the workbooks in it
    assert [b.name for b in books] == ["a.xlsx", "b.xlsx"]
    assert [x.state for x in table.corrections] == ["corrected", "correction_repeated"]
    assert say_corrected(table.corrections) == (
        "1 sel dibetulkan menurut 1 buku kerja."
    )


def test_a_correction_for_this_very_file_goes_before_one_for_an_older(tmp_path):
    path = write(tmp_path / "bkb.csv", [*ROWS, ["Metro", "NOVEMBER", 3, 3]])
    older = fill(tmp_path / "a.xlsx", read(path).findings, {"number_unreadable": 5},
                 [path])  # fmt: skip
    write(path)
    newer = fill(tmp_path / "b.xlsx", read(path).findings, CHANGED, [path])
    table = read(path, read_corrections([older, newer]))
    assert [x.state for x in table.corrections] == [
        "correction_other_file", "corrected",
    ]  # fmt: skip
    assert table.data.loc[2, "bkb_groups_reporting"] == 4


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({"number_unreadable": "empat"}, "correction_not_number"),
        ({"number_unreadable": "1.2.3"}, "correction_not_number"),
        ({"number_unreadable": pd.Timestamp("2025-04-01")}, "correction_not_number"),
        ({"number_unreadable": "=B2+1"}, "correction_unread"),
        ({"number_unreadable": True}, "correction_unread"),
        ({"number_unreadable": 7601010101010001}, "correction_person"),
        ({"number_unreadable": "0812-7900-4412"}, "correction_person"),
        ({"region_unknown": "dr. Contohtok"}, "correction_person"),
        ({"region_unknown": "Pringsewux"}, "correction_still"),
        ({"reporting_above_existing": 6}, "correction_still"),  # of 5
        ({"rows_contradict": 15}, "correction_no_cell"),
        ({"number_unreadable": "kosongkan"}, "corrected"),
        ({"number_unreadable": "007"}, "corrected"),
    ],
)
def test_what_becomes_of_an_answer_is_told(tmp_path, answers, state):
    table, _ = of_file(tmp_path, answers)
    assert [line.state for line in table.corrections] == [state]
    assert state in {f.code for f in table.findings}


@pytest.mark.parametrize("name", ["bkb.csv", "bkb.xlsx"])
def test_a_number_is_read_as_its_column_writes_numbers(tmp_path, name):
    table, _ = of_file(tmp_path, {"number_unreadable": "1.004"}, name=name)
    assert table.data.loc[2, "bkb_groups_reporting"] == 1004
    table, _ = of_file(tmp_path, {"number_unreadable": "kosongkan"}, name=name)
    assert pd.isna(table.data.loc[2, "bkb_groups_reporting"])


def test_a_name_that_several_rows_share_is_corrected_in_all_of_them(tmp_path):
    path = tmp_path / "bkb.csv"
    rows = [["Pringsewuu", m, 3, 2] for m in ("OKTOBER", "NOVEMBER")]
    write(path, [["Mesuji", "NOVEMBER", 20, 12], *rows])
    found = read(path).findings
    assert [(f.code, f.count) for f in found] == [("region_unknown", 2)]
    book = fill(tmp_path / "t.xlsx", found, {"region_unknown": "Pringsewu"}, [path])
    table = read(path, read_corrections(book))
    assert table.data["region_code"].tolist() == ["18.11", "18.10", "18.10"]
    assert [line.row for line in table.corrections] == [3, 4]


def test_a_row_that_names_those_below_it_is_not_taken_out(tmp_path):
    path = tmp_path / "bkb.csv"
    months = ("OKTOBER", "NOVEMBER", "DESEMBER")
    named = [["Metro", month, 3, 2] for month in months]
    rows = [["Mesuji", "NOVEMBER", 20, "1x"], ["", "DESEMBER", 20, "1y"], *named]
    write(path, [*rows, *named])
    answers = {"number_unreadable": "hapus baris"}
    book = fill(tmp_path / "t.xlsx", read(path).findings, answers, [path])
    assert states(read(path, read_corrections(book))) == {
        ("number_unreadable", 2): "correction_names_rows",
        ("number_unreadable", 3): "row_removed",
    }


def test_a_correction_of_a_sheet_a_row_or_a_heading_that_is_gone_is_told(tmp_path):
    path = write(tmp_path / "bkb.xlsx")
    found = read(path).findings
    book = fill(tmp_path / "t.xlsx", found, CHANGED, [path])
    pd.DataFrame(ROWS, columns=HEAD).to_excel(path, index=False, sheet_name="Baru")
    assert states(read(path, read_corrections(book))) == {
        ("number_unreadable", 4): "correction_no_place"
    }
    write(path, ROWS[:1])
    assert states(read(path, read_corrections(book))) == {
        ("number_unreadable", 4): "correction_no_place"
    }
    frame = pd.DataFrame(ROWS, columns=[*HEAD[:3], "JUMLAH LAPOR"])
    frame.to_excel(path, index=False, sheet_name="Isi")
    assert states(read(path, read_corrections(book))) == {
        ("number_unreadable", 4): "correction_no_place"
    }


def test_two_columns_of_one_heading_are_told_apart_by_what_stands_there(tmp_path):
    path = tmp_path / "bkb.csv"
    rest = ["Metro;3;4", "Pringsewu;3;4", "Tanggamus;5;6"]
    path.write_text("\n".join(["KABUPATEN;JUMLAH BKB;KET", "Mesuji;2o;7", *rest]))
    found = [f for f in read(path).findings if f.code == "number_unreadable"]
    book = fill(tmp_path / "t.xlsx", found, {"number_unreadable": 20}, [path])
    head = "KABUPATEN;JUMLAH BKB;JUMLAH BKB"
    for row, state in (
        ("Mesuji;2o;7", "corrected"),
        ("Mesuji;2o;2o", "correction_no_place"),
    ):
        path.write_text("\n".join([head, row, *rest]))
        table = read(path, read_corrections(book))
        assert [line.state for line in table.corrections] == [state]


def test_a_file_with_titles_storeys_and_a_second_table_keeps_its_places(tmp_path):
    path = tmp_path / "rekap.xlsx"
    book = Workbook()
    rows = [
        ["REKAP BKB KABUPATEN NOVEMBER 2025"],
        ["KABUPATEN", "KELOMPOK", ""],
        ["", "JUMLAH BKB", "YANG LAPOR"],
        ["Mesuji", 20, "12"],
        ["Metro", 30, "2l"],
        ["Pringsewu", 30, 9],
        ["Tanggamus", 30, 8],
    ]
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("B2:C2")
    book.save(path)
    found = [f for f in read(path).findings if f.code == "number_unreadable"]
    assert [(f.row, f.column) for f in found] == [(5, "KELOMPOK > YANG LAPOR")]
    filled = fill(tmp_path / "t.xlsx", found, {"number_unreadable": 21}, [path])
    table = read(path, read_corrections(filled))
    assert states(table) == {("number_unreadable", 5): "corrected"}
    assert table.data["bkb_groups_reporting"].tolist() == [12, 21, 9, 8]


def test_open_files_bytes_and_frames_take_corrections_as_well(tmp_path):
    path = write(tmp_path / "bkb.csv")
    book = fill(tmp_path / "t.xlsx", read(path).findings, CHANGED, [path])
    corrections = read_corrections(book)
    with path.open("rb") as file:
        assert len(read(file, corrections).corrections) == 1
    buffer = BytesIO(path.read_bytes())
    buffer.name = "bkb.csv"
    assert read(buffer, corrections).corrections[0].state == "corrected"
    frame = pd.DataFrame(ROWS, columns=HEAD)
    found = read(frame).findings
    book = fill(tmp_path / "f.xlsx", found, CHANGED)
    kept = frame.copy()
    table = read(frame, read_corrections(book))
    assert table.data.loc[2, "bkb_groups_reporting"] == 4
    pd.testing.assert_frame_equal(frame, kept)


def test_only_the_sheet_that_is_read_is_asked_for_its_corrections(tmp_path):
    path = write(tmp_path / "bkb.xlsx")
    book = fill(tmp_path / "t.xlsx", read(path).findings, CHANGED, [path])
    with pd.ExcelWriter(path) as writer:
        for name, rows in (("Isi", ROWS), ("Lain", [["Metro", "MEI", 1, 1]])):
            frame = pd.DataFrame(rows, columns=HEAD)
            frame.to_excel(writer, index=False, sheet_name=name)
    table = read_table(
        path, year=2025, province="Lampung", sheet="Lain",
        corrections=read_corrections(book),
    )  # fmt: skip
    assert table.corrections == ()


def test_of_two_files_with_one_name_the_digest_tells_which_is_meant(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    one = write(tmp_path / "a" / "bkb.csv")
    two = write(tmp_path / "b" / "bkb.csv", [*ROWS, ["Metro", "NOVEMBER", 3, 3]])
    book = fill(tmp_path / "t.xlsx", read(one).findings, CHANGED, [one])
    corrections = read_corrections(book).among([one, two])
    assert len(read(one, corrections).corrections) == 1
    assert read(two, corrections).corrections == ()
    assert corrections.left([one, two]) == []
    write(one, ROWS[:4])
    left = corrections.left([one, two])
    assert [line.state for line in left] == ["correction_two_files"]
    left = corrections.left([tmp_path / "lain.csv"])
    assert [line.state for line in left] == ["correction_no_file"]


def test_what_no_workbook_can_be_read_of_is_an_error_in_words(tmp_path):
    path = tmp_path / "rusak.xlsx"
    path.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(IntakeError, match=r"rusak\.xlsx"):
        read_corrections(path)
    with pytest.raises(IntakeError, match="no workbook of findings"):
        read_corrections([])
    good = fill(tmp_path / "t.xlsx", [], {})
    found = read_corrections([path, good])
    assert [f.severity for f in found.findings] == ["error"]
    assert found.books == ("t.xlsx",)


def test_no_name_of_a_person_gets_into_the_trail(tmp_path):
    path = tmp_path / "bkb.csv"
    rows = [
        "KABUPATEN;JUMLAH BKB;YANG LAPOR;KETERANGAN",
        "Metro;3;3;",
        "Tanggamus;7;7;",
    ]
    rows += ["Mesuji;5;5x;Zulaekhatok", "Pringsewu;9;8;"]
    path.write_text("\n".join(rows), encoding="utf-8")
    found = read(path).findings
    for said in ("hapus baris", "Zulaekhatok", 5):
        answers = {"number_unreadable": said}
        book = fill(tmp_path / "t.xlsx", found, answers, [path])
        table = read(path, read_corrections(book))
        assert len(table.corrections) == 1
        told = [f.value + f.expected for f in table.findings]
        trail = audit_frame(table.corrections).to_csv() + "".join(told)
        assert "Zulaekhatok" not in trail
        assert ("Mesuji | 5 | 5x | •••" in trail) == (said == "hapus baris")


def test_a_name_that_is_still_unknown_is_told_so_in_every_row_of_it(tmp_path):
    more = [*ROWS, ["Pringsewuu", "DESEMBER", 31, 25]]
    path = write(tmp_path / "bkb.csv", more)
    found = read(path).findings
    book = fill(tmp_path / "a.xlsx", found, {"region_unknown": "Pringsewux"}, [path])
    table = read(path, read_corrections(book))
    assert [(line.row, line.state) for line in table.corrections] == [
        (3, "correction_still"), (9, "correction_still"),
    ]  # fmt: skip


def test_a_sum_of_columns_is_no_cell_and_not_a_heading_that_is_gone(tmp_path):
    path = write(tmp_path / "bkb.csv")
    rows = lines_of(read(path).findings, {"reporting_above_existing": 4}, [path])
    for row in rows[1:]:
        row[-1] = row[-1].replace('"YANG LAPOR"', '"JUMLAH BKB + YANG LAPOR"')
    table = read(path, read_corrections(write_lines(tmp_path / "a.xlsx", rows)))
    assert set(states(table).values()) == {"correction_no_cell"}


def test_workbooks_of_one_name_are_told_apart_by_their_folders(tmp_path):
    path = write(tmp_path / "bkb.csv")
    found = read(path).findings
    books = []
    for place, answers in (("Mesuji", CHANGED), ("Metro", {"region_unknown": "Metro"})):
        (tmp_path / place).mkdir()
        book = tmp_path / place / "temuan.xlsx"
        books.append(fill(book, found, answers, [path]))
    corrections = read_corrections(books)
    assert corrections.books == ("Mesuji/temuan.xlsx", "Metro/temuan.xlsx")
    assert say_corrected(read(path, corrections).corrections) == (
        "2 sel dibetulkan menurut 2 buku kerja."
    )
    books[0].write_bytes(b"PK no workbook")
    [told] = read_corrections(books).findings
    assert told.file == "Mesuji/temuan.xlsx"
    assert "temuan.xlsx" not in told.value


def test_a_number_that_stands_in_next_months_file_by_chance_is_left_alone(tmp_path):
    answers = {"reporting_above_existing": 5, "region_unknown": "Pringsewu"}
    # Row 8 says 9 in this file, too, and is of another district.
    then = [*ROWS[:6], ["Metro", "DESEMBER", 12, 9]]
    table, _ = of_file(tmp_path, answers, then=then)
    assert states(table) == {
        ("region_unknown", 3): "corrected",  # a name that is misspelt is so again
        ("reporting_above_existing", 8): "correction_changed",
    }
    table, _ = of_file(tmp_path, {"region_unknown": "hapus baris"}, then=then)
    assert states(table) == {("region_unknown", 3): "correction_changed"}
