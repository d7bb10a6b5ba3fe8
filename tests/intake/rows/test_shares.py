"""Shares under the heading of a count give no figure, and one finding."""

from __future__ import annotations

import pytest

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
    table = read(["PUS"], figures)
    expected = [None if i == wrong else value for i, value in enumerate(figures)]
    assert used(table).tolist() == expected
    assert [(row, column) for _, column, row in told(table)] == [(1, "PUS")]


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
