"""Rows that call themselves a sum, in any usual word or column, are no data."""

from __future__ import annotations

import pytest

from kkbpk_geo.intake.reading import read_table

# As offices write them; PRINGSEWU and its like name what the rows lie in.
SUMS = (
    "Jumlah", "JLH", "Jmlh", "Jml.", "JUMLAH I", "∑", "Σ", "TTL", "Total 2)",
    "Sub Jumlah", "Subtotal", "Sub-Total A", "Grand Total", "REKAP", "REKAPITULASI",
    "KESELURUHAN", "Se-Kabupaten", "SEKABUPATEN PRINGSEWU", "Jumlah total",
    "J U M L A H", "JUMLAH1)", "Total **)", "∑ Kab. Pringsewu", "Pringsewu Total",
    "Se Kab. Pringsewu", "JUMLAH (1+2)", "Sub Jml", "Jumlah Seluruhnya", "Tot.",
    "Seluruh Kecamatan", "Se-Lampung", "SE PRINGSEWU",
    "Kabupaten", "Kab. Pringsewu", "Kabupaten Pringsewu",
    "KAB PRINGSEWU", "Kab. Pringsewu *)", "Prov. Lampung", "Provinsi Lampung",
    "LAMPUNG", "INDONESIA", "Lampung Total",
)  # fmt: skip
ASIDES = (
    "TARGET", "Target 2025", "PERSENTASE", "Persentase (%)", "%", "% Capaian",
    "RATA-RATA", "Rata - rata *)", "Rata2", "CAPAIAN", "Sasaran", "Selisih",
)  # fmt: skip
# Level -> the names of three places of Pringsewu; in the last row of three stands 40.
TABLES = {
    "desa": (
        ["KABUPATEN", "KECAMATAN", "DESA"],
        [
            ["Pringsewu", "Pringsewu", "Pringsewu Barat"],
            ["Pringsewu", "Pringsewu", "Pringsewu Timur"],
            ["Pringsewu", "Gading Rejo", "Gading Rejo Utara"],
        ],
    ),
    "kecamatan": (
        ["KABUPATEN", "KECAMATAN"],
        [["Pringsewu", "Gading Rejo"], ["Pringsewu", "Sukoharjo"],
         ["Pringsewu", "Ambarawa"]],
    ),
    "kabkota": (["KABUPATEN"], [["Mesuji"], ["Tanggamus"], ["Pringsewu"]]),
}  # fmt: skip
FIGURES = ([41, 35], [33, 25], [40, 22])
TOTAL = [114, 82]


def read(rows, **options):
    options = {"province": "Lampung", "year": 2025, **options}
    return read_table(rows, **options)


def figure(table, code="18.10"):
    data = table.data
    return data.loc[data["region_code"] == code, "bkb_groups"].sum()


def sheet(level, label, where):
    """Return a clean table with one row more, that carries the label."""
    heads, places = TABLES[level]
    rows = [["NO", *heads, "BKB YANG ADA", "BKB YANG LAPOR"]]
    for number, (names, figures) in enumerate(zip(places, FIGURES, strict=True), 1):
        rows.append([number, *names, *figures])
    blank = [""] * (len(heads) - 1)
    total = {
        "number": [label, *blank, "", *TOTAL],
        "first place": ["", label, *blank, *TOTAL],
        "last place": ["", *blank, label, *TOTAL],
        "last place of a district": ["", *places[-1][:-1], label, *TOTAL],
    }[where]
    return [*rows, total]


@pytest.mark.parametrize("label", [*SUMS, *ASIDES])
@pytest.mark.parametrize("level", [*TABLES])
def test_a_row_that_sums_or_judges_the_others_adds_nothing(level, label):
    heads, _ = TABLES[level]
    places = ["number", "first place", "last place", "last place of a district"]
    for where in places if len(heads) > 1 else places[:2]:
        if label == "LAMPUNG" and where == "first place" and level == "desa":
            continue  # the province's own row among districts: told by joining
        table = read(sheet(level, label, where))
        assert figure(table) == (40 if level == "kabkota" else 114), where
        assert list(table.listed["source_row"]) == [5], where
        reason = "not_a_place" if label in ASIDES else "total_row"
        assert list(table.listed["reason"]) == [reason], where
        assert [f.code for f in table.findings if f.severity == "error"] == [], where
        assert 5 in [f.row for f in table.findings], where


@pytest.mark.parametrize("label", SUMS[:5])
def test_a_total_at_the_top_is_left_out_as_well(label):
    rows = sheet("kecamatan", label, "last place")
    table = read([rows[0], rows[-1], *rows[1:-1]])
    assert figure(table) == 114
    assert [(f.code, f.row) for f in table.findings] == [("total_row_dropped", 2)]


def test_a_total_at_the_top_that_is_wrong_is_told_with_the_right_sum():
    rows = [["KECAMATAN", "BKB YANG ADA"], ["JUMLAH", 90], ["Ambarawa", 40]]
    table = read([["KABUPATEN PRINGSEWU"], *rows, ["Sukoharjo", 61]])
    wrong = [f for f in table.findings if f.code == "total_disagrees"]
    assert [(f.row, f.value, f.expected) for f in wrong] == [(3, "90", "101")]


def test_the_year_below_its_months_is_a_total():
    rows = [["KABUPATEN", "BKB YANG ADA", "BULAN"], ["Pringsewu", 5, "JANUARI"]]
    table = read([*rows, ["Pringsewu", 7, "FEBRUARI"], ["Pringsewu", 12, "JUMLAH"]])
    assert figure(table) == 12
    assert list(table.listed["reason"]) == ["total_row"]


def test_a_sheet_of_nothing_but_a_total_puts_nothing_on_the_map_and_says_so():
    table = read([["KABUPATEN", "BKB YANG ADA"], ["JUMLAH", 5]])
    assert len(table.data) == 0
    told = {f.code: f.severity for f in table.findings}
    assert told == {"total_row_dropped": "info", "total_without_rows": "error"}


def test_a_remark_that_speaks_of_a_sum_does_not_make_its_row_one():
    rows = [
        ["KABUPATEN", "BKB YANG ADA", "CATATAN KAMI"],
        ["Pringsewu", 5, "Jumlah ok"],
    ]
    assert figure(read(rows)) == 5


def test_a_label_in_a_column_that_nobody_knows_stands_for_its_row():
    rows = [["WILAYAH KERJA KAMI", "KABUPATEN", "BKB YANG ADA"]]
    rows += [["barat", "Pringsewu", 5], ["timur", "Mesuji", 6], ["JUMLAH", "", 11]]
    table = read(rows)
    assert list(table.listed["reason"]) == ["total_row"]
    assert [f.code for f in table.findings if f.severity == "error"] == []


def test_the_village_rata_agung_is_a_village():
    rows = [["KABUPATEN", "KECAMATAN", "DESA", "BKB YANG ADA"]]
    table = read([*rows, ["Pesisir Barat", "Lemong", "Rata Agung", 4]])
    assert figure(table, "18.13") == 4
    assert table.findings == ()


def test_a_group_may_be_called_like_a_sum_of_something():
    rows = [["KABUPATEN", "NAMA KELOMPOK BKB"], ["Pringsewu", "Jumlah Kasih Ibu Kita"]]
    table = read([*rows, ["Pringsewu", "Mawar"], ["", "JUMLAH"]])
    assert list(table.data["source_row"]) == [2, 3]
