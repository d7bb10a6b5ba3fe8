"""Who has sent what: each state from the rows that show it, and nobody blamed."""

from __future__ import annotations

from pathlib import PurePath

import pandas as pd
import pytest
from openpyxl import Workbook
from submissions_made import ALL, BKB, BKR, NOV, OCT, made, sent, table, two, unread

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.intake import check_together, read_table
from kkbpk_geo.submissions.grid import submission_grid
from kkbpk_geo.submissions.unread import name_says


def states(grid, kind=BKB, period=NOV):
    """Return the states of a table by the last two digits of the districts."""
    return {code[-2:]: grid.cell(code, kind, period).state for code in grid.regions}


def test_a_district_with_figures_has_sent_and_one_without_any_row_has_not():
    grid = made(sent("JUMLAH BKB", *ALL[:5]))
    assert states(grid) == {**dict.fromkeys(["01", "02", "03", "04", "05"], "sent"),
                            "06": "absent"}  # fmt: skip
    assert grid.count(NOV) == (5, 6)
    assert grid.to_call(NOV) == ["76.06"]


def test_zero_is_a_report():
    grid = made(table("JUMLAH BKB", ["MAJENE", 0, "NOVEMBER 2025"]))
    assert grid.cell("76.05", BKB, NOV).state == "sent"


def test_blank_rows_are_not_sent_and_say_how_many_they_are():
    rows = [["MAJENE", None, "NOVEMBER 2025"], ["MAMASA", 3, "NOVEMBER 2025"]]
    cell = made(table("JUMLAH BKB", *rows)).cell("76.05", BKB, NOV)
    assert (cell.state, cell.rows) == ("absent", 1)


def test_expected_is_each_table_in_each_month_that_any_is_of():
    grid = made(
        sent("JUMLAH BKB", *ALL), sent("JUMLAH BKR", *ALL, month="OKTOBER 2025")
    )
    assert grid.expected == {OCT: (BKB, BKR), NOV: (BKB, BKR)}
    assert set(states(grid, BKR).values()) == {"absent"}
    assert grid.whole_lacks(NOV) == (BKR,)
    # Nobody is called for what no district sent: the export is missing.
    assert grid.to_call(NOV) == []


def test_a_table_by_the_year_is_expected_for_its_year_alone():
    year = table("JUMLAH KAMPUNG KB", ["MAJENE", 2, "2025"])
    grid = made(sent("JUMLAH BKB", *ALL), year)
    assert grid.expected == {"2025": ("kampung_kb",), NOV: (BKB,)}
    assert grid.newest == NOV
    assert grid.count("2025") == (1, 6)


def test_a_table_that_the_project_expects_is_absent_where_nobody_sent_it():
    grid = made(sent("JUMLAH BKB", *ALL), tables=("couples",))
    assert grid.expected == {NOV: (BKB, "couples")}
    assert set(states(grid, "couples").values()) == {"absent"}


def test_a_table_that_does_not_exist_is_refused_by_name():
    with pytest.raises(IntakeError, match=r"names .'kupel'.; expected some of"):
        made(tables=("kupel",))


def test_two_files_that_differ_are_two_versions_of_that_district_alone():
    tables = two()
    grid = made(*tables, findings=check_together(tables))
    cell = grid.cell("76.05", BKB, NOV)
    assert (cell.state, cell.rows, cell.files) == (
        "two_versions", 1, "lama.csv; baru.csv",
    )  # fmt: skip
    assert list(states(grid).values()).count("sent") == 5


def test_the_version_that_was_chosen_is_sent():
    tables = two()
    keep = "baru.csv"
    grid = made(*tables, findings=check_together(tables, keep=keep), keep=keep)
    assert set(states(grid).values()) == {"sent"}


def test_a_copy_that_says_the_same_is_sent():
    tables = (
        sent("JUMLAH BKB", *ALL, source="a"),
        sent("JUMLAH BKB", *ALL, source="b"),
    )
    grid = made(*tables, findings=check_together(tables))
    assert set(states(grid).values()) == {"sent"}


def test_an_unknown_name_has_its_own_row_and_whoever_it_may_be_is_not_absent():
    grid = made(sent("JUMLAH BKB", *ALL[:3], "POLEWALI TENGGARA", *ALL[4:]))
    (stray,) = grid.strays
    assert (stray.state, stray.written, stray.rows) == (
        "unknown_name", "POLEWALI TENGGARA", 1,
    )  # fmt: skip
    assert stray.candidates == ("76.04",)
    assert states(grid)["04"] == "unknown_name"


def test_rows_without_a_year_are_refused_and_nobody_is_called_for_them():
    grid = made(sent("JUMLAH BKB", "MAJENE", month="NOVEMBER"))
    cell = grid.cell("76.05", BKB, "")
    assert (cell.state, cell.found.code) == ("refused", "year_missing")
    assert "76.05" not in grid.to_call("")


def test_rows_without_a_time_may_be_of_each_month_that_the_district_lacks():
    named = table("JUMLAH BKB", ["MAMASA", 1, "NOVEMBER 2025"], ["MAJENE", 2, "SELASA"])
    assert states(made(named))["05"] == "refused"


@pytest.mark.parametrize(
    ("month", "reason", "instead"),
    [
        ("TRIWULAN IV 2025", "other_time", "2025-Q4"),
        ("s.d. November 2025", "other_time", "2025-01..2025-11"),
        ("2025", "other_time", "2025"),
        (None, "undated", ""),
    ],
)
def test_what_was_sent_for_a_time_around_the_month_is_not_called_unsent(
    month, reason, instead
):
    cell = made(
        sent("JUMLAH BKB", *ALL[:4]),
        table("JUMLAH BKB", ["MAJENE", 4, month], source="lain.csv"),
    ).cell("76.05", BKB, NOV)
    assert (cell.state, cell.files) == ("refused", "lain.csv")
    assert (cell.reason, cell.instead) == (reason, instead)


@pytest.mark.parametrize("month", ["TRIWULAN III 2025", "2024"])
def test_what_was_sent_for_a_time_beside_the_month_is_not_of_it(month):
    grid = made(sent("JUMLAH BKB", *ALL[:4]), sent("JUMLAH BKB", "MAJENE", month=month))
    assert grid.cell("76.05", BKB, NOV).state == "absent"


def test_a_table_that_states_no_time_may_be_of_each_month_that_the_district_lacks():
    frame = pd.DataFrame([["MAJENE", 5]], columns=["KABUPATEN", "JUMLAH BKB"])
    loose = read_table(frame, province="Sulawesi Barat")
    octo = sent("JUMLAH BKB", "MAJENE", month="OKTOBER 2025")
    grid = made(sent("JUMLAH BKB", *ALL[:4]), octo, loose)
    assert states(grid)["05"] == "refused"
    assert states(grid, period=OCT)["05"] == "sent"
    assert states(grid)["06"] == "absent"
    (told,) = [said for said in grid.lacking() if said.startswith("Majene")]
    assert "(DataFrame): bulan atau tahunnya tidak tertulis" in told


def test_zeros_that_are_taken_as_no_report_are_not_called_blank():
    rows = [[name, 0, "NOVEMBER 2025"] for name in ALL]
    grid = made(table("JUMLAH BKB", *rows), sent("JUMLAH BKR", *ALL))
    cell = grid.cell("76.05", BKB, NOV)
    assert (cell.state, cell.rows, cell.reason) == ("absent", 1, "silent")
    assert "Majene: BKB November 2025: 1 baris kosong, atau 0" in grid.lacking()[4]


def test_a_hidden_sheet_that_is_not_read_was_sent(tmp_path):
    book = Workbook()
    book.remove(book.active)
    for name in ("Mamuju", "Majene"):
        sheet = book.create_sheet(name)
        for row in (["KABUPATEN", "JUMLAH BKB", "BULAN"], [name, 3, "NOVEMBER 2025"]):
            sheet.append(row)
    sheet.sheet_state = "hidden"
    book.save(tmp_path / "bkb.xlsx")
    grid = made(read_table(tmp_path / "bkb.xlsx", province="Sulawesi Barat"))
    cell = grid.cell("76.05", BKB, NOV)
    assert (cell.state, cell.files) == ("refused", "bkb.xlsx: Majene")
    assert (
        "Majene: BKB November 2025 (bkb.xlsx: Majene): Lembar Majene"
        in (grid.lacking()[-1])
    )
    assert states(grid)["06"] == "absent"


def test_a_district_is_not_asked_for_a_month_before_it_was_founded():
    def grid(*names):
        rows = [[name, 4, "MARET 2009"] for name in names]
        frame = pd.DataFrame(rows, columns=["KABUPATEN", "JUMLAH BKB", "BULAN"])
        return made(read_table(frame), province="Lampung")

    # Pringsewu, Mesuji, Tulang Bawang Barat: April 2009; Pesisir Barat later.
    march = grid("TANGGAMUS")
    assert march.count("2009-03") == (1, 11)
    assert {"18.10", "18.13"}.isdisjoint(march.there("2009-03"))
    assert not [said for said in march.lacking() if "Pringsewu" in said]
    # What it reports of that time all the same is seen.
    assert grid("TANGGAMUS", "PRINGSEWU").count("2009-03") == (2, 12)


def test_rows_that_were_set_aside_were_sent():
    # Mambi lies in Mamasa.
    rows = [["MAJENE", "MAMBI", desa, 4, "NOVEMBER 2025"] for desa in ("A", "B")]
    columns = ["KABUPATEN", "KECAMATAN", "DESA", "JUMLAH BKB", "BULAN"]
    aside = read_table(pd.DataFrame(rows, columns=columns), province="Sulawesi Barat")
    assert len(aside.data) == 0
    grid = made(sent("JUMLAH BKB", *ALL[:4]), aside)
    cell = grid.cell("76.05", BKB, NOV)
    assert (cell.state, cell.rows, cell.instead) == ("refused", 2, "other_district")
    assert (
        "2 baris (DataFrame): disisihkan (kecamatan di kabupaten lain)"
        in (grid.lacking()[-1])
    )


def test_a_row_of_sums_is_no_report_of_the_district_that_it_names():
    month = "NOVEMBER 2025"
    rows = [["MAMASA", 3, month], ["MAMUJU", 4, month], ["TOTAL MAJENE", 7, month]]
    grid = made(table("JUMLAH BKB", *rows))
    assert grid.cell("76.05", BKB, NOV).state == "absent"


def test_a_strange_table_is_of_the_districts_in_its_rows_alone():
    rows = pd.DataFrame({"KABUPATEN": ["MAJENE", "MAMASA"], "ABC": ["x", "y"]})
    strange = read_table(rows, province="Sulawesi Barat")
    object.__setattr__(strange, "source", "bkb November 2025.csv")
    grid = made(sent("JUMLAH BKB", "MAMUJU"), strange)
    assert states(grid) == {**dict.fromkeys(["01", "04", "06"], "absent"),
                            "02": "sent", "03": "refused", "05": "refused"}  # fmt: skip


def test_an_unread_file_is_of_the_district_table_and_month_that_its_name_says():
    grid = made(
        sent("JUMLAH BKB", *ALL[:4], "MAMUJU TENGAH"),
        findings=[unread("bkb Majene November 2025.csv")],
    )
    cell = grid.cell("76.05", BKB, NOV)
    assert (cell.state, cell.files) == ("refused", "bkb Majene November 2025.csv")
    assert [stray.state for stray in grid.strays] == ["refused"]


def test_the_folder_of_an_unread_file_may_say_its_district():
    path = PurePath("Majene/bkb November 2025.csv")
    grid = made(
        sent("JUMLAH BKB", "MAMASA"), findings=[unread(path.name)], paths=[path]
    )
    assert states(grid) == {**dict.fromkeys(["01", "02", "04", "06"], "absent"),
                            "03": "sent", "05": "refused"}  # fmt: skip


def test_a_name_that_says_nothing_for_certain_leaves_every_cell_as_it_was():
    grid = made(sent("JUMLAH BKB", "MAMASA"), findings=[unread("data.csv")])
    assert list(states(grid).values()).count("absent") == 5
    assert [stray.written for stray in grid.strays] == ["data.csv"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bkb Mamuju Tengah November 2025.csv", ("76.06", BKB, NOV)),
        ("Mamuju/bkr.csv", ("76.02", BKR, "")),
        # Folder and name say two districts; the name says two groups.
        ("Mamuju/bkb Majene.csv", ("", BKB, "")),
        ("bkb bkr Majene.csv", ("76.05", "", "")),
        ("laporan.csv", ("", "", "")),
    ],
)
def test_what_the_name_of_a_file_says_for_certain(name, said):
    kinds = (BKB, BKR)
    found = name_says(PurePath(name), province="76", year=None, kinds=kinds)
    assert found == said


def test_a_name_that_fits_two_tables_says_neither():
    found = name_says(
        PurePath("bkb.csv"), province="76", year=None, kinds=(BKB, "bkb_families")
    )
    assert found.kind == ""


def test_a_sheet_that_is_no_known_table_is_refused_with_its_name():
    strange = read_table(
        pd.DataFrame({"KABUPATEN": ["MAJENE"], "ABC": ["x"]}),
        province="Sulawesi Barat",
    )
    grid = made(sent("JUMLAH BKB", "MAMASA"), strange)
    (stray,) = grid.strays
    assert (stray.state, stray.found.code) == ("refused", "table_unknown")


def test_a_file_of_garbage_is_of_the_table_that_its_name_says_alone():
    strange = read_table(pd.DataFrame({"?": ["x"]}), province="Sulawesi Barat")
    object.__setattr__(strange, "source", "bkb Majene November 2025.csv")
    grid = made(sent("JUMLAH BKB", "MAMASA"), sent("JUMLAH BKR", "MAMASA"), strange)
    assert grid.cell("76.05", BKB, NOV).state == "refused"
    assert grid.cell("76.05", BKR, NOV).state == "absent"
    # Its district's cell shows it: no row by itself.
    assert grid.loose(NOV) == []


def test_figures_that_cannot_be_read_are_refused_not_absent():
    month = "NOVEMBER 2025"
    rows = [["MAJENE", "banyak", month], ["MAMASA", "#REF!", month]]
    rows += [[name, 3, month] for name in (*ALL[:2], *ALL[3:4], *ALL[5:])]
    grid = made(table("JUMLAH BKB", *rows))
    # Each is told of its own figure.
    for code, finding in (("76.05", "number_unreadable"), ("76.03", "cell_error")):
        cell = grid.cell(code, BKB, NOV)
        assert (cell.state, cell.found.code) == ("refused", finding)


def test_rows_of_another_province_are_none_of_this_one():
    rows = [["MESUJI", 3, "NOVEMBER 2025"], ["MAJENE", 3, "NOVEMBER 2025"]]
    frame = pd.DataFrame(rows, columns=["KABUPATEN", "JUMLAH BKB", "BULAN"])
    grid = made(read_table(frame.assign(PROVINSI=["LAMPUNG", "SULAWESI BARAT"])))
    assert grid.count(NOV) == (1, 6)
    assert grid.strays == ()


def test_a_name_that_can_only_be_of_another_province_is_none_of_this_one():
    rows = [["LAMPUNG TENGGARA", 3, "NOVEMBER 2025"], ["MAJENE", 3, "NOVEMBER 2025"]]
    frame = pd.DataFrame(rows, columns=["KABUPATEN", "JUMLAH BKB", "BULAN"])
    grid = made(read_table(frame.assign(PROVINSI=["LAMPUNG", "SULAWESI BARAT"])))
    assert grid.strays == ()
    assert states(grid)["01"] == "absent"


def test_the_table_has_a_row_for_every_cell_and_every_stray():
    grid = made(sent("JUMLAH BKB", *ALL[:5], "POLEWALI TENGGARA"))
    frame = grid.table
    assert len(frame) == 7
    assert frame.iloc[-1][["region_code", "written", "state"]].tolist() == [
        "", "POLEWALI TENGGARA", "unknown_name",
    ]  # fmt: skip
    assert frame["rows"].dtype == "int64"


def test_nothing_that_is_known_makes_an_empty_grid_with_a_sentence():
    grid = made()
    assert grid.count(grid.newest) == (0, 0)
    assert grid.sentences() == [
        "Belum ada laporan yang dikenali dalam berkas-berkas ini."
    ]
    assert grid.lacking() == []


def test_who_works_on_one_district_asks_no_other():
    rows = [["KABUPATEN", "JUMLAH BKB", "BULAN"], ["MESUJI", 4, "MEI 2025"],
            ["PRINGSEWU", 2, "MEI 2025"]]  # fmt: skip
    grid = submission_grid([read_table(rows)], district="18.11")
    assert list(grid.regions) == ["18.11"]
    assert grid.lacking() == []
    rows.append(["MESUJI", 5, "JUNI 2025"])
    rows += [["KABUPATEN", "JUMLAH BKR", "BULAN"], ["MESUJI", 1, "MEI 2025"]]
    more = [read_table(rows[:4]), read_table(rows[4:])]
    grid = submission_grid(more, district="18.11")
    assert grid.lacking() == ["Mesuji: BKR Juni 2025 belum ada."]
