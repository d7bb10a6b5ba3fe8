"""Errors, unstored formulas and what is hidden are told, and change no figure."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest

import kkbpk_geo as kg
from kkbpk_geo.findings.words import finding_text
from kkbpk_geo.intake.rows import unseen

HEAD = ["KABUPATEN", "PUS", "UNMET NEED", "TAHUN"]
BODY = [
    ["Mesuji", 40000, 7, 2025], ["Pringsewu", 80000, 8, 2025], ["Metro", 30000, 9, 2025]
]  # fmt: skip


def changed(*cells):
    """The table with some cells put in: (row of the sheet, column from 0, cell)."""
    rows = [HEAD, *map(list, BODY)]
    for row, column, cell in cells:
        rows[row - 1][column] = cell
    return rows


def read(rows, **options):
    return kg.read_table(rows, province="Lampung", **options)


def told(intake, *codes):
    return [(f.code, f.row, f.column) for f in intake.findings if f.code in codes]


def saved(folder, rows, hide=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if hide:
        hide(book)
    book.save(folder / "data.xlsx")
    return folder / "data.xlsx"


def test_a_clean_table_is_told_nothing():
    assert [f for f in read(changed()).findings if f.severity != "info"] == []


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?",
                                   "#NUM!", "#NULL!", "Err:502", "#ref!"])  # fmt: skip
def test_an_error_is_told_with_row_and_column_and_is_no_figure(error):
    table = read(changed((3, 1, error)))
    assert told(table, "cell_error") == [("cell_error", 3, "PUS")]
    (found,) = [f for f in table.findings if f.code == "cell_error"]
    assert (found.severity, found.value, found.region) == ("error", error, "18.10")
    assert table.data["couples"].isna().tolist() == [False, True, False]
    assert told(table, "number_unreadable", "not_reported", "number_as_text") == []


def test_the_state_of_a_figure_behind_an_error_is_that_it_was_not_recognised():
    from kkbpk_geo.catalogue.findings import finding_kinds

    kinds = [
        finding_kinds()[c] for c in ("cell_error", "cell_errors", "formula_unstored")
    ]
    assert {kind.status for kind in kinds} == {"not_recognised"}


@pytest.mark.parametrize("how", ["csv", "frame", "xlsx"])
def test_errors_are_told_in_every_kind_of_source(tmp_path, how):
    rows = changed((4, 2, "#N/A"))
    if how == "csv":
        lines = [";".join(map(str, row)) for row in rows]
        (tmp_path / "data.csv").write_text("\n".join(lines), "utf-8")
        source = tmp_path / "data.csv"
    elif how == "frame":
        source = pd.DataFrame(rows[1:], columns=rows[0])
    else:
        source = saved(tmp_path, rows)
    assert told(read(source), "cell_error") == [("cell_error", 4, "UNMET NEED")]


def test_a_row_with_nothing_but_an_error_is_data_and_no_note():
    rows = [["NO", "KABUPATEN", "PUS"], [1, "Mesuji", 5], ["", "Metro", "#REF!"]]
    table = read(rows, year=2025)
    assert (len(table.data), len(table.listed)) == (2, 0)


def test_a_village_called_like_a_note_whose_figure_is_an_error_is_data():
    rows = [["DESA", "KABUPATEN", "PUS"], ["Iringmulyo", "Metro", 5],
            ["Sumber Agung", "Metro", "#REF!"]]  # fmt: skip
    assert len(read(rows, year=2025).data) == 2


def test_a_place_or_a_time_that_is_an_error_is_told_once_and_filled_from_nowhere():
    rows = changed((3, 0, "#REF!"), (4, 3, "#N/A"))
    table = read(rows)
    assert [(f.code, f.row) for f in table.findings] == [
        ("cell_error", 3), ("cell_error", 4)
    ]  # fmt: skip
    assert table.data["region_code"].isna().tolist() == [False, True, False]
    assert table.data["period"].isna().tolist() == [False, False, True]


def test_two_places_that_are_errors_are_not_the_same_place():
    table = read([HEAD[:2], ["#REF!", 5], ["#REF!", 6], ["Metro", 7]], year=2025)
    assert told(table, "duplicate_region_period") == []


@pytest.mark.parametrize(("count", "codes"), [(20, ["cell_error"] * 20),
                                              (21, ["cell_errors"])])  # fmt: skip
def test_very_many_errors_of_one_column_are_told_once(count, codes):
    rows = [["KABUPATEN", "KECAMATAN", "PUS"]]
    rows += [["Metro", f"Kec {i}", "#REF!" if i < count else 5] for i in range(40)]
    found = [f for f in read(rows, year=2025).findings if f.code.startswith("cell_err")]
    assert [f.code for f in found] == codes
    if codes == ["cell_errors"]:
        assert (found[0].count, found[0].expected) == (21, "2–22")
    assert unseen.MOST_CELLS == 20


def test_formulas_without_result_are_told_once_a_column_with_their_rows(tmp_path):
    rows = changed((2, 1, "=50*2"), (4, 1, "=150*2"), (3, 2, "=4+4"))
    table = read(saved(tmp_path, rows))
    sentences = [finding_text(f) for f in table.findings]
    assert sentences == [
        "data.xlsx, lembar Sheet: Kolom PUS berisi rumus tanpa hasil tersimpan, 2 sel "
        "(baris 2, 4), misalnya =50*2; angkanya tidak ada dalam berkas.",
        "data.xlsx, lembar Sheet, baris 3: Kolom UNMET NEED berisi rumus tanpa hasil "
        "tersimpan, 1 sel (baris 3), misalnya =4+4; angkanya tidak ada dalam berkas.",
    ]
    assert table.data["couples"].isna().tolist() == [True, False, True]


def test_a_whole_column_of_formulas_is_still_the_column_it_was(tmp_path):
    rows = changed(*[(row, 1, f"=B{row}+1") for row in (2, 3, 4)])
    table = read(saved(tmp_path, rows))
    assert "couples" in table.data
    assert told(table, "formula_unstored") == [("formula_unstored", None, "PUS")]


def test_a_place_that_is_a_formula_without_result_is_not_that_above(tmp_path):
    rows = [["KABUPATEN", "DESA", "PUS"], ["Mesuji", "A", 1], ["=A2", "B", 2],
            ["=A3", "C", 3]]  # fmt: skip
    table = read(saved(tmp_path, rows), year=2025)
    assert table.data["region_code"].isna().tolist() == [False, True, True]
    assert told(table, "formula_unstored") == [("formula_unstored", None, "KABUPATEN")]


def test_errors_where_no_figure_is_made_are_mentioned_only():
    rows = [[*HEAD, "PERSEN", "KETERANGAN"], *[[*row, "5%", "baik"] for row in BODY],
            ["JUMLAH", "#REF!", 24, "", "", ""]]  # fmt: skip
    rows[2][4], rows[3][5] = "#DIV/0!", "#N/A"
    found = [f for f in read(rows).findings if f.code.startswith("cell_error")]
    assert {(f.code, f.row, f.column) for f in found} == {
        ("cell_error_aside", 3, "PERSEN"), ("cell_error_aside", 4, "KETERANGAN"),
        ("cell_error_aside", 5, "PUS"),
    }  # fmt: skip
    assert {f.severity for f in found} == {"info"}


def test_a_heading_and_a_title_that_are_formulas_are_told(tmp_path):
    rows = [['="BULAN NOVEMBER "&2024'], HEAD[:3], *[row[:3] for row in BODY]]
    rows[1] = ["KABUPATEN", "PUS", '="UNMET "&"NEED"']
    table = read(saved(tmp_path, rows))
    assert ("title_no_value", 1, "") in told(table, "title_no_value")
    assert told(table, "heading_no_value") == [("heading_no_value", 2, "")]
    assert table.data["period"].isna().all()  # 2024 stands in a formula only


def test_signs_of_equality_are_no_formulas():
    rows = [["KABUPATEN", "PUS", "CATATAN"], ["Metro", 5, "="], ["Mesuji", 6, "=="]]
    table = read(rows, year=2025)
    assert told(table, "formula_unstored", "cell_error_aside") == []


# --- what is hidden -------------------------------------------------------------------


def hide_rows(book):
    for row in (2, 3):
        book.active.row_dimensions[row].hidden = True


def test_hidden_rows_are_used_and_named(tmp_path):
    table = read(saved(tmp_path, changed(), hide_rows))
    assert table.data["couples"].tolist() == [40000, 80000, 30000]
    assert [finding_text(f) for f in table.findings] == [
        "data.xlsx, lembar Sheet: 2 baris tersembunyi ikut dipakai (baris 2–3): "
        "disembunyikan sendiri atau oleh penyaring (filter)."
    ]
    assert table.hidden_rows == {("data.xlsx", "Sheet", 2), ("data.xlsx", "Sheet", 3)}


def test_several_tables_keep_what_is_hidden_in_each(tmp_path):
    first = saved(tmp_path, changed(), hide_rows)
    both = kg.read_table([first, pd.DataFrame(BODY, columns=HEAD)], province="Lampung")
    assert both.hidden_rows == {("data.xlsx", "Sheet", 2), ("data.xlsx", "Sheet", 3)}


def test_hidden_rows_that_are_no_data_are_not_worth_a_word(tmp_path):
    def hide(book):
        for row in (1, 6, 7):
            book.active.row_dimensions[row].hidden = True

    table = read(saved(tmp_path, [*changed(), ["JUMLAH", 150000, 24, ""]], hide))
    assert told(table, "rows_hidden") == [("rows_hidden", None, "")] * 0
    assert table.hidden_rows == frozenset()


def test_hidden_columns_that_are_used_are_named(tmp_path):
    def hide(book):
        for letter in "CF":
            book.active.column_dimensions[letter].hidden = True

    rows = [
        [*row, "", more] for row, more in zip(changed(), ["KET", 1, 2, 3], strict=True)
    ]
    table = read(saved(tmp_path, rows, hide))
    (found,) = [f for f in table.findings if f.code == "columns_hidden"]
    assert (found.value, found.count, found.severity) == (
        "C (UNMET NEED)",
        1,
        "warning",
    )


def test_a_hidden_sheet_with_a_table_is_named_and_not_read(tmp_path):
    def hide(book):
        for name, rows in [("Lama", changed()), ("Pilihan", [["ya"], ["tidak"]]),
                           ("Petunjuk", changed())]:  # fmt: skip
            sheet = book.create_sheet(name)
            sheet.sheet_state = "hidden"
            for row in rows:
                sheet.append(row)

    table = read(saved(tmp_path, changed(), hide))
    assert len(table.data) == 3
    assert [finding_text(f) for f in table.findings] == [
        "data.xlsx, lembar Lama: Lembar Lama tersembunyi dan memuat tabel; lembar itu "
        "tidak dibaca."
    ]


@pytest.mark.parametrize(
    ("rows", "text"),
    [([3], "3"), ([3, 4, 5], "3–5"), ([2, 5, 6, 9], "2, 5–6, 9"), ([], "")],
)
def test_rows_are_named_in_short(rows, text):
    assert unseen.ranges(rows) == text


@pytest.mark.parametrize(("at", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"),
                                          (702, "AAA")])  # fmt: skip
def test_columns_are_called_as_a_spreadsheet_program_calls_them(at, name):
    assert unseen._letters(at) == name


# --- files that are not what they are called ------------------------------------------


def test_a_web_page_called_excel_is_read_and_told(tmp_path):
    rows = "".join(f"<tr><td>{'<td>'.join(map(str, row[:3]))}" for row in changed())
    page = f"<style>x</style><h3>PUS NOVEMBER 2025</h3><table>{rows}</table>"
    (tmp_path / "pus.xls").write_text(page, "utf-8")
    table = read(tmp_path / "pus.xls")
    assert table.data["couples"].tolist() == [40000, 80000, 30000]
    assert set(table.data["period"]) == {"2025-11"}
    assert [(f.code, f.severity) for f in table.findings] == [("web_page_read", "info")]


def test_lines_in_quotes_are_read_and_told(tmp_path):
    lines = ['"' + ";".join(map(str, row)) + '"' for row in changed()]
    (tmp_path / "pus.csv").write_text("\n".join(lines), "utf-8")
    table = read(tmp_path / "pus.csv")
    assert table.data["couples"].tolist() == [40000, 80000, 30000]
    assert [f.code for f in table.findings] == ["lines_in_quotes"]


def merging(*ranges):
    return lambda book: [book.active.merge_cells(each) for each in ranges]


def test_a_figure_in_a_cell_merged_over_districts_is_of_none_of_them(tmp_path):
    rows = changed((3, 1, None))
    intake = read(saved(tmp_path, rows, merging("B2:B3")))
    assert intake.data["couples"].isna().tolist() == [True, True, False]
    assert told(intake, "figure_shared") == [
        ("figure_shared", 2, "PUS"), ("figure_shared", 3, "PUS")
    ]  # fmt: skip


def test_a_figure_merged_over_rows_of_one_district_is_its_sum(tmp_path):
    rows = [
        ["KABUPATEN", "KECAMATAN", "PUS", "TAHUN"],
        ["Mesuji", "Way Serdang", 40000, 2025],
        ["Mesuji", "Panca Jaya", None, 2025],
    ]
    intake = read(saved(tmp_path, rows, merging("C2:C3")))
    assert intake.data["couples"].dropna().tolist() == [40000]
    assert told(intake, "figure_shared") == []
