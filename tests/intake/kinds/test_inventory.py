"""Inventories as offices write them: any layout one table, nothing unclear counted."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kkbpk_geo.catalogue.supplies import conditions, supply_items
from kkbpk_geo.findings.words import finding_text, remedy_text
from kkbpk_geo.intake.reading import read_table
from kkbpk_geo.intake.recognise.stock import Stock, read_stock
from kkbpk_geo.intake.templates import write_template
from kkbpk_geo.regions.register import children

HEADS = ["KABUPATEN/KOTA", "NAMA BARANG", "KONDISI", "JUMLAH"]
ABREAST = ["KABUPATEN/KOTA", "NAMA BARANG", "BAIK", "RUSAK RINGAN", "RUSAK BERAT"]
PLACES = {unit.code: f"{unit.kind} {unit.bare}" for unit in children("18", "kabkota")}


def read(*rows, **options):
    return read_table([list(row) for row in rows], province="18", **options)


def lines(table):
    """Region, item, condition and quantity of each line."""
    names = ["region_code", "item", "condition", "quantity"]
    return [
        tuple(None if pd.isna(cell) else cell for cell in row)
        for row in table.data[names].itertuples(index=False)
    ]


def told(table, code):
    return [found for found in table.findings if found.code == code]


THREE = [
    ("18.10", "bkb_kit", "good", 5),
    ("18.10", "bkb_kit", "minor", 2),
    ("18.10", "bkb_kit", "major", 1),
]


# Layouts.


def test_conditions_in_rows_in_columns_and_in_blocks_are_one_inventory():
    in_rows = read(
        HEADS, ["Pringsewu", "BKB Kit", "baik", 5],
        ["Pringsewu", "Kit BKB", "RR", 2], ["Pringsewu", "APE BKB", "rusak berat", 1],
    )  # fmt: skip
    abreast = read(ABREAST, ["Kab. Pringsewu", "BKB Kit", 5, 2, 1])
    blocks = read(
        ["WILAYAH", "BKB Kit", "", "", "KKA", "", ""],
        ["", "Baik (B)", "RR", "RB", "Baik (B)", "RR", "RB"],
        ["Pringsewu", 5, 2, 1, "", "", ""],
    )
    for table in (in_rows, abreast, blocks):
        assert table.kind == "inventory"
        assert lines(table) == THREE


def test_conditions_may_stand_under_one_heading_beside_their_sum():
    table = read(
        ["DATA SARANA KELOMPOK TAHUN 2026"],
        ["NO", "KABUPATEN", "JENIS SARANA", "KONDISI", "", "", "JUMLAH"],
        ["", "", "", "BAIK", "RUSAK RINGAN", "RUSAK BERAT", ""],
        [1, "Pringsewu", "BKB Kit", 5, 2, 1, 8],
    )
    assert lines(table) == THREE
    assert set(table.data["period"]) == {"2026"}
    assert not table.findings


def test_a_workbook_with_merged_places_items_and_headings_is_read(tmp_path):
    from xlsxwriter import Workbook

    path = tmp_path / "sarana.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        for i, heading in enumerate(["KABUPATEN/KOTA", "NAMA SARANA"]):
            sheet.merge_range(0, i, 1, i, heading)
        sheet.merge_range(0, 2, 0, 4, "KONDISI")
        sheet.write_row(1, 2, ["Baik", "Rusak Ringan", "Rusak Berat"])
        sheet.merge_range(2, 0, 3, 0, "Pringsewu")
        sheet.write_row(2, 1, ["BKB Kit", 5, 2, 1])
        sheet.write_row(3, 1, ["GenRe Kit", 0, 0, 0])
    table = read_table(path, province="18")
    assert lines(table)[:3] == THREE
    assert lines(table)[3:] == [
        ("18.10", "genre_kit", name, 0) for name in ("good", "minor", "major")
    ]


def test_items_in_columns_are_an_inventory_where_the_caller_says_so():
    rows = [["KABUPATEN", "BKB Kit", "KKA"], ["Pringsewu", 5, 200]]
    assert lines(read(*rows, kind="inventory")) == [
        ("18.10", "bkb_kit", "unstated", 5), ("18.10", "kka", "unstated", 200),
    ]  # fmt: skip
    assert read(*rows).kind != "inventory"


def test_codes_name_regions_and_subdistricts_keep_their_own_lines():
    table = read(
        ["KODE WILAYAH", "KECAMATAN", "BARANG", "JUMLAH"],
        ["18.10", "Gadingrejo", "BKB Kit", 2], ["18.10", "Ambarawa", "BKB Kit", 3],
    )  # fmt: skip
    assert lines(table) == [
        ("18.10", "bkb_kit", "unstated", 2), ("18.10", "bkb_kit", "unstated", 3),
    ]  # fmt: skip
    assert list(table.data["kecamatan"]) == ["Gadingrejo", "Ambarawa"]


@pytest.mark.parametrize(
    ("path", "stock"),
    [
        (("BKB Kit", "Rusak Berat (RB)"), Stock("bkb_kit", "major")),
        (("KONDISI BARANG", "Baik"), Stock("", "good")),
        (("JUMLAH BKB KIT",), Stock("bkb_kit", "")),
        (("Jml. Unit",), Stock("", "")),
        (("KONDISI",), None),
        (("JUMLAH KELOMPOK",), None),
        (("Baik", "Rusak Berat"), None),
    ],
)
def test_a_heading_says_what_is_counted(path, stock):
    assert read_stock(path) == stock


@pytest.mark.parametrize(
    "rows",
    [
        [["KABUPATEN", "BKB KIT", "JUMLAH BKB"], ["Pringsewu", 5, 9]],
        [["KABUPATEN", "JENIS SARANA", "JUMLAH"], ["Pringsewu", "Puskesmas", 9]],
    ],
)
def test_other_tables_stay_what_they_are(rows):
    assert read(*rows).kind != "inventory"


# What is unclear.


@pytest.mark.parametrize(
    ("row", "code", "reason", "sentence"),
    [
        (["Mesuji", "Kursi", "baik", 1], "item_unknown", "item_unknown",
         'Sarana "Kursi" pada kolom NAMA BARANG tidak dikenal; barisnya didaftar, '
         "tidak dihitung."),
        (["Mesuji", "KKA", "baru", 1], "condition_unknown", "condition_unknown",
         'Kondisi "baru" pada kolom KONDISI tidak dikenal; barisnya didaftar, tidak '
         "dihitung."),
        (["Mesuji", "KKA", "baik", -1], "negative_count", "quantity_wrong",
         "JUMLAH = -1; jumlah tidak boleh negatif. Angka ini tidak dipakai."),
        (["Mesuji", "KKA", "baik", 1.5], "fractional_count", "quantity_wrong",
         "JUMLAH = 1.5; jumlah harus bilangan bulat. Angka ini tidak dipakai."),
        (["Mesuji", "KKA", "baik", "dua"], "number_unreadable", "quantity_wrong",
         'Isian "dua" pada kolom JUMLAH bukan angka; dianggap tidak ada data.'),
        (["Pringsewu", "Kit BKB", "B", 5], "inventory_twice", "repeated",
         "BKB Kit untuk wilayah dan kondisi yang sama sudah ada pada baris 2 dengan "
         "angka yang sama; baris ini tidak dihitung lagi."),
        (["18.10", "BKB Kit", "B", 6], "inventory_contradicts", "contradicts",
         "BKB Kit untuk wilayah yang sama sudah ada pada baris 2 dengan angka lain; "
         "stoknya dianggap tidak diketahui."),
    ],
)  # fmt: skip
def test_a_row_that_is_not_clear_is_listed_whole_and_told(row, code, reason, sentence):
    table = read(HEADS, ["Pringsewu", "BKB Kit", "baik", 5], row,
                 ["Way Kanan", "KKA", "", 9])  # fmt: skip
    assert lines(table) == [
        ("18.10", "bkb_kit", "good", 5), ("18.08", "kka", "unstated", 9),
    ]  # fmt: skip
    (found,) = told(table, code)
    assert finding_text(found).endswith(f"baris 3: {sentence}")
    assert found.region in ("18.11", "18.10")
    assert remedy_text(found)
    (left,) = table.listed.to_dict("records")
    assert (left["source_row"], left["reason"]) == (3, reason)
    assert left["JUMLAH"] == str(row[3])
    assert table.rows_in == 3


def test_an_item_that_is_unknown_is_told_which_there_are():
    table = read(HEADS, ["Pringsewu", "Kursi", "baik", 5])
    (found,) = told(table, "item_unknown")
    assert found.expected.startswith("BKB Kit, Kartu Kembang Anak (KKA)")
    (found,) = told(read(HEADS, ["Mesuji", "KKA", "?", 1]), "condition_unknown")
    assert remedy_text(found) == (
        "Tulis salah satu: baik, rusak ringan, rusak berat, kondisi tidak disebut."
    )


def test_a_quantity_that_is_empty_is_unknown_and_zero_is_none():
    table = read(ABREAST, ["Pringsewu", "BKB Kit", 5, 0, ""])
    assert [line[3] for line in lines(table)] == [5, 0, None]


@pytest.mark.parametrize(
    ("cells", "quantities", "codes"),
    [
        ([5, "", "", 5], [5, 0, 0], []),  # the sum says that the rest is none
        ([5, "", "", 8], [5, None, None], ["inventory_rest_unstated"]),
        ([5, 2, 1, 9], [5, 2, 1], ["parts_do_not_add_up"]),
        ([5, 2, "", 6], [5, 2, None], ["parts_do_not_add_up"]),
        (["", "", "", 7], [7], []),
    ],
)
def test_conditions_are_checked_against_their_sum_and_win(cells, quantities, codes):
    table = read([*ABREAST, "JUMLAH"], ["Pringsewu", "BKB Kit", *cells])
    assert [line[3] for line in lines(table)] == quantities
    assert [found.code for found in table.findings] == codes
    if len(quantities) == 1:
        assert lines(table) == [("18.10", "bkb_kit", "unstated", 7)]


def test_total_rows_are_checked_listed_and_never_counted():
    table = read(
        ABREAST, ["Pringsewu", "BKB Kit", 5, 2, 1], ["Mesuji", "BKB Kit", 1, 0, 0],
        ["Mesuji", "KKA", 50, 0, 0], ["JUMLAH", "BKB Kit", 6, 2, 1],
        ["JUMLAH", "", 57, 2, 1],
    )  # fmt: skip
    assert len(table.data) == 9
    assert list(table.listed["reason"]) == ["total_row", "total_row"]
    (found,) = told(table, "total_disagrees")
    assert (found.row, found.column, found.value, found.expected) == (
        6, "BAIK", "57", "56",
    )  # fmt: skip


def test_a_district_above_its_own_subdistricts_is_a_subtotal_of_each_item():
    table = read(
        ["KABUPATEN", "KECAMATAN", "BARANG", "JUMLAH"],
        ["Pringsewu", "", "BKB Kit", 5], ["Pringsewu", "Gadingrejo", "BKB Kit", 2],
        ["Pringsewu", "Ambarawa", "BKB Kit", 3], ["Pringsewu", "", "KKA", 70],
    )  # fmt: skip
    assert lines(table) == [
        ("18.10", "bkb_kit", "unstated", 2), ("18.10", "bkb_kit", "unstated", 3),
        ("18.10", "kka", "unstated", 70),
    ]  # fmt: skip
    assert list(table.listed["reason"]) == ["total_row"]


def test_rows_of_other_funds_or_groups_are_other_things():
    heads = [*HEADS, "SUMBER DANA", "KETERANGAN"]
    kit = ["Pringsewu", "BKB Kit", "baik", 5]
    table = read(heads, [*kit, "APBN", ""], [*kit, "APBD", ""], [*kit, "APBD", "baru"])
    assert len(table.data) == 2
    assert list(table.listed["reason"]) == ["repeated"]


def test_stock_of_the_province_is_told_and_in_no_district():
    table = read(HEADS, ["Provinsi Lampung", "BKB Kit", "baik", 5])
    assert [line[0] for line in lines(table)] == [None]
    (found,) = told(table, "inventory_of_province")
    assert found.count == 1


# Laws.


cells = st.sampled_from([0, 1, 7, 120, "", "-", -2, "x", 0.5, "rusak"])
names = st.sampled_from(["BKB Kit", "KKA", "GenRe Kit", "Kursi", "", "JUMLAH"])
places = st.sampled_from(["Pringsewu", "Mesuji", "Kota Metro", "Entah", "", "JUMLAH"])
rows_of_stock = st.lists(st.tuples(places, names, cells, cells, cells), max_size=8)


@given(rows_of_stock)
def test_every_row_is_a_line_or_listed_and_never_both(rows):
    # A first row of texts would be a storey of the header, and is told as such.
    table = read(ABREAST, ["Way Kanan", "KKA", 1, 1, 1], *rows, kind="inventory")
    used, listed = set(table.data["source_row"]), set(table.listed["source_row"])
    assert not used & listed
    last = max((i for i, row in enumerate(rows, 3) if any(c != "" for c in row)),
               default=2)  # fmt: skip
    assert used | listed == set(range(2, last + 1))
    assert table.rows_in == last - 1
    assert not (table.data["quantity"] < 0).any()


# The template.


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(PLACES)), st.sampled_from(sorted(supply_items())),
            st.sampled_from(sorted(conditions())), st.none() | st.integers(0, 9999),
        ),
        min_size=1, max_size=12, unique_by=lambda row: row[:3],
    )
)  # fmt: skip
def test_what_is_filled_into_the_template_is_what_is_read(tmp_path, rows):
    path = tmp_path / "inventaris.xlsx"
    path.unlink(missing_ok=True)  # one that was filled in would be kept
    write_template("inventory", path)
    book = load_workbook(path)
    sheet = book["Isi"]
    for i, (code, item, condition, quantity) in enumerate(rows, 2):
        sheet.cell(i, 1, PLACES[code])
        sheet.cell(i, 4, 2026)
        sheet.cell(i, 5, supply_items()[item].id)
        sheet.cell(i, 6, conditions()[condition].id)
        sheet.cell(i, 7, quantity)
    book.save(path)
    for kind in (None, "inventory"):
        table = read_table(path, kind=kind, province="18")
        assert table.kind == "inventory"
        assert lines(table) == rows
        assert set(table.data["period"]) == {"2026"}
        assert not table.findings


def test_the_template_offers_districts_items_and_conditions(tmp_path):
    book = load_workbook(write_template("inventory", tmp_path / "i.xlsx"))
    lists = [
        [cell.value for cell in column if cell.value]
        for column in book["Daftar"].iter_cols()
    ]
    assert lists[1][1:] == list(PLACES.values())
    assert lists[2] == ["Sarana", *(item.id for item in supply_items().values())]
    assert lists[3][1:] == [condition.id for condition in conditions().values()]
    accepted = {
        str(rule.sqref): rule.formula1
        for rule in book["Isi"].data_validations.dataValidation
    }
    assert accepted["E2:E3001"] == "'Daftar'!$C$2:$C$11"
    assert accepted["F2:F3001"] == "'Daftar'!$D$2:$D$5"
