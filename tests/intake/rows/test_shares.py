"""Shares under the heading of a count give no figure, and one finding."""

from __future__ import annotations

import pytest
import xlsxwriter

from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.intake.rows import shares

NAMES = ("Mesuji", "Pringsewu", "Tanggamus", "Way Kanan", "Pesawaran", "Kota Metro")


def read(headings, *columns, **options):
    rows = [list(row) for row in zip(NAMES, *columns, strict=False)]
    options = {"province": "Lampung", "year": 2025, **options}
    return read_table([["KABUPATEN", *headings], *rows], **options)


def told(table):
    return [
        (f.code, f.column, f.count) for f in table.findings if f.severity == "error"
    ]


def used(table, column="couples"):
    return table.data[column].astype(object).where(table.data[column].notna(), None)


@pytest.mark.parametrize(
    "figures",
    [
        (17.9, 12.05, 13),  # most are fractions
        ("17,9", "12,05", "13"),
        ("18%", "12 %", "7"),  # most have the sign
        (0, 1, 0.5, 1, 0),  # nothing above one, and a fraction
        (50, 33.3, 100, 25, 40),  # a fifth are fractions, none is above a hundred
        ("1 : 25", "1:2.000", 7),  # most are ratios
        (120.5, 99.5, 180.25),  # fractions above a hundred
    ],
)
def test_a_column_of_shares_gives_no_figure_and_one_finding(figures):
    table = read(["PUS"], figures)
    assert used(table).isna().all()
    assert told(table) == [("ratio_for_count", "PUS", len(figures))]
    assert table.headings["PUS"] == "couples"
    assert table.data["PUS"].notna().all()  # what was written is kept


@pytest.mark.parametrize(
    ("figures", "wrong"),
    [
        ((1000, 900, 12.5, 40, 7), 2),  # one slip among counts above a hundred
        ((50, 40, 30, 20, 10, 33.3), 5),  # less than a fifth
        ((1000, 900, -4), 2),
        ((1000, 900, 400_000_000), 2),
    ],
)
def test_a_slip_among_counts_is_told_and_not_used_and_the_others_are(figures, wrong):
    table = read(["JUMLAH PKB"], figures)
    expected = [None if i == wrong else value for i, value in enumerate(figures)]
    assert used(table, "officers").tolist() == expected
    assert [(row, column) for _, column, row in told(table)] == [(1, "JUMLAH PKB")]


def whole_shares(n):
    couples = [50000 + 1850 * i for i in range(n)]
    users = [25000 + 1950 * i * i for i in range(n)]
    pairs = zip(users, couples, strict=True)
    return couples, users, [round(100 * a / b) for a, b in pairs]


def test_whole_per_cents_are_known_by_the_two_counts_that_give_them():
    assert shares.PROVING_ROWS == 5
    couples, users, rounded = whole_shares(5)
    assert len(set(rounded)) == 5
    assert max(rounded) < 100
    table = read(["PUS", "PESERTA KB AKTIF", "UNMET NEED"], couples, users, rounded)
    assert used(table, "couples_unmet_need").isna().all()
    assert told(table) == [("ratio_for_count", "UNMET NEED", 5)]


def test_four_rows_that_agree_with_a_quotient_prove_nothing():
    couples, users, rounded = whole_shares(4)
    table = read(["PUS", "PESERTA KB AKTIF", "UNMET NEED"], couples, users, rounded)
    assert used(table, "couples_unmet_need").tolist() == rounded


def test_a_column_headed_as_per_cent_is_no_count_and_no_fault():
    table = read(["PUS", "PA (%)", "PUS per 1.000"], (10, 20), (12.5, 7.5), (3, 4))
    assert told(table) == []
    assert set(table.headings.values()) == {"kabkota", "couples", "ignored"}


@pytest.mark.parametrize(
    "heading",
    ["JUMLAH PENDUDUK (ribu jiwa)", "JUMLAH PENDUDUK (dalam ribuan)",
     "JUMLAH PENDUDUK (000)", "Jumlah Penduduk, ribu jiwa", "PENDUDUK dalam ribuan"],
)  # fmt: skip
def test_thousands_are_never_read_as_persons(heading):
    table = read([heading], (303, 410))
    assert used(table, "population").isna().all()
    assert told(table) == [("unit_of_thousands", heading, 1)]


@pytest.mark.parametrize(
    ("title", "code"),
    [("PENDUDUK (DALAM RIBUAN) 2025", "unit_of_thousands"),
     ("Penduduk, ribu jiwa", "unit_of_thousands"),
     ("PESERTA KB (%)", "ratio_for_count"), ("KB (per 1.000)", "ratio_for_count")],
)  # fmt: skip
def test_a_unit_in_the_title_is_that_of_every_column(title, code):
    rows = [[title], ["KABUPATEN", "PENDUDUK"], ["Mesuji", 303], ["Pringsewu", 410]]
    table = read_table(rows, province="Lampung", year=2025)
    assert table.data["population"].isna().all()
    assert [found for found, _, _ in told(table)] == [code]


def test_nihil_in_all_of_a_month_is_an_answer_and_not_a_month_without_report():
    table = read(["BKB YANG ADA"], ("NIHIL", "NIHIL"), month=11)
    assert used(table, "bkb_groups").tolist() == [0, 0]


def test_nihil_among_answers_answers_and_only_there():
    rows = [["KABUPATEN", "KECAMATAN", "DESA", "BKB"]]
    rows += [["Pringsewu", "Pringsewu", "Podomoro", "Ada"],
             ["Pringsewu", "Pringsewu", "Podosari", "NIHIL"]]  # fmt: skip
    answers = read_table(rows, province="Lampung", year=2025)
    assert used(answers, "bkb_villages_with_groups").tolist() == [1, 0]


@pytest.mark.parametrize(
    ("title", "figures", "shares"),
    [
        ("PERSENTASE PUS TERHADAP KELUARGA 2025", (58, 54, 61), True),
        ("Tabel 4.2 Rasio PUS 2025", (1, 1, 1), True),
        ("PERINGKAT PUS 2025", (3, 1, 2), True),
        ("PERINGKAT PUS 2025", (3, 1, 4), False),  # no ranks: one is left out
        ("REKAP DATA PERSENTASE PUS 2025", (58, 54, 61), True),
        ("PERSENTASE CAPAIAN PUS 2025", (98, 104, 1000), True),
        ("PERSENTASE CAPAIAN PUS 2025", (98, 104, 1001), False),
        ("RATA-RATA PUS 2025", (5800, 5400, 6100), True),
        ("PUS RATA-RATA PER DESA 2025", (5800, 5400, 6100), True),
        ("RATA-RATA UMUR KAWIN 2025", (5800, 5400, 6100), True),  # of what else?
        ("PUS DAN RATA-RATA ANAK 2025", (5800, 5400, 6100), False),
        ("JUMLAH DAN PERSENTASE PUS 2025", (58, 54, 61), False),
        ("PERSENTASE PUS 2025", (50_000, 540, 610), False),
    ],
)
def test_a_title_of_shares_or_ranks_over_figures_that_may_be_such(
    title, figures, shares
):
    rows = [[name, value] for name, value in zip(NAMES, figures, strict=False)]
    table = read_table([[title], ["KABUPATEN", "PUS"], *rows], province="Lampung")
    assert used(table).isna().all() == shares
    assert ("ratio_for_count" in [f.code for f in table.findings]) == shares


def test_a_column_headed_as_a_mean_is_what_the_title_speaks_of():
    rows = [["RATA-RATA PUS 2025"], ["KABUPATEN", "PUS", "RATA-RATA PUS PER DESA"]]
    rows += [["Mesuji", 48_000, 457], ["Pringsewu", 80_000, 610]]
    assert used(read_table(rows, province="Lampung")).tolist() == [48_000, 80_000]


def test_a_column_that_the_title_names_is_the_mean_and_no_other():
    rows = [["RATA-RATA UMUR KAWIN 2025"], ["KABUPATEN", "PUS", "UMUR KAWIN"]]
    rows += [["Mesuji", 48_000, 21], ["Pringsewu", 80_000, 22]]
    assert used(read_table(rows, province="Lampung")).tolist() == [48_000, 80_000]


def test_the_name_of_a_sheet_says_what_its_figures_are_as_a_title_does(tmp_path):
    path = tmp_path / "Persentase PUS.csv"
    path.write_text("KABUPATEN;PUS\nMesuji;58\nPringsewu;54\n")
    assert used(read_table(path, province="Lampung", year=2025)).isna().all()


# --- differences ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "headings",
    [
        ["PERTUMBUHAN PESERTA KB AKTIF"],
        ["PESERTA KB AKTIF (NAIK/TURUN)"],
        ["Selisih PA"],
        ["KENAIKAN", "PESERTA KB AKTIF"],
    ],
)
def test_growth_and_difference_are_no_number_of_users(headings):
    storeys = [["KABUPATEN" if i == 0 else "", h] for i, h in enumerate(headings)]
    rows = [[name, n] for name, n in zip(NAMES, (120, 200, 30), strict=False)]
    table = read_table([*storeys, *rows], province="Lampung", year=2025)
    assert used(table, "users").isna().all()
    printed = " > ".join(headings)
    assert told(table) == [("change_for_count", printed, 3)]
    assert table.headings[printed] == "users"


def test_a_title_that_begins_with_growth_speaks_of_the_figures():
    titled = ["Tabel 4.2 Pertumbuhan PUS", ""]
    table = read_table(
        [titled, ["KABUPATEN", "PUS"], ["Mesuji", 120]], province="Lampung", year=2025
    )
    assert used(table).isna().all()
    assert told(table) == [("change_for_count", "PUS", 1)]


@pytest.mark.parametrize(
    "title", ["PERCEPATAN PENURUNAN STUNTING", "PERKEMBANGAN PUS", "Data kenaikan"]
)
def test_a_programme_and_a_word_within_a_title_deny_nothing(title):
    table = read_table(
        [[title, ""], ["KABUPATEN", "PUS"], ["Mesuji", 42000]],
        province="Lampung", year=2025,
    )  # fmt: skip
    assert list(used(table)) == [42000]


def test_beside_the_number_itself_a_difference_is_kept_as_text():
    table = read(["KENAIKAN PUS", "PUS"], (3, -2, -1), (42000, 75000, 99000))
    assert list(used(table)) == [42000, 75000, 99000]
    assert told(table) == []
    assert list(table.data["KENAIKAN PUS"]) == ["3", "-2", "-1"]


@pytest.mark.parametrize(
    ("figures", "kept"),
    [
        ((-120, 200, -30, 40, 50), 0),
        ((-120, -200), 0),
        ((-1, 90, 80, 70), 3),  # one alone is a slip
        ((-1, -2, 90, 80, 70, 60), 0),
        ((-1, -2, *range(90, 99)), 9),  # fewer than a fifth
    ],
)
def test_two_figures_in_ten_below_nought_make_a_column_of_differences(figures, kept):
    rows = [[NAMES[0], f"Desa {i}", n] for i, n in enumerate(figures)]
    table = read_table(
        [["KABUPATEN", "DESA", "PUS"], *rows], province="Lampung", year=2025
    )
    assert used(table).notna().sum() == kept
    codes = {code for code, *_ in told(table)}
    assert codes == {"negative_count"} if kept else codes == {"change_for_count"}


# --- per cent by the format of the cell -----------------------------------------------


@pytest.mark.parametrize("shown", ["0%", "0 %", "0.00%", '0 "%"', "[Red]0.0%;-0.0%"])
def test_ones_that_a_workbook_shows_as_per_cent_are_no_groups(tmp_path, shown):
    table = read_table(
        book(tmp_path, shown, [1, 1, 1]), province="Lampung", year=2025, month=3
    )
    assert used(table, "bkb_groups_reporting").isna().all()
    assert told(table) == [("ratio_for_count", "BKB YANG LAPOR", 3)]


@pytest.mark.parametrize("shown", ["General", "0", "#,##0"])
def test_ones_that_a_workbook_shows_as_ones_are_groups(tmp_path, shown):
    table = read_table(
        book(tmp_path, shown, [1, 1, 1]), province="Lampung", year=2025, month=3
    )
    assert list(used(table, "bkb_groups_reporting")) == [1, 1, 1]


def test_one_cell_in_three_that_shows_per_cent_is_a_slip(tmp_path):
    path = book(tmp_path, "0%", [1, 1, 1], formatted=1)
    table = read_table(path, province="Lampung", year=2025, month=3)
    assert list(used(table, "bkb_groups_reporting")) == [1, 1, 1]


def book(folder, shown, figures, formatted=3):
    path = folder / "bkb.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet, percent = made.add_worksheet(), made.add_format({"num_format": shown})
        sheet.write_row(0, 0, ["KABUPATEN", "BKB YANG ADA", "BKB YANG LAPOR"])
        for i, figure in enumerate(figures, 1):
            sheet.write_row(i, 0, [NAMES[i - 1], 90 + i])
            own = [percent] if i <= formatted else []
            sheet.write_number(i, 2, figure, *own)
    return path


def test_a_column_of_nothing_but_ratios_in_words_is_known_as_such():
    table = read(["JUMLAH PKB"], ("100 : 25", "100 : 30", "1/25"))
    assert used(table, "officers").isna().all()
    assert told(table) == [("ratio_for_count", "JUMLAH PKB", 3)]
