"""Prices are read exactly, and the workbook of supplies holds numbers, not words."""

import pandas as pd
import pytest
from openpyxl import load_workbook

from kkbpk_geo.base.errors import CellError, PlanError
from kkbpk_geo.catalogue.supplies import price_headings
from kkbpk_geo.intake import read_table
from kkbpk_geo.plan.supplies.buying import plan_procurement
from kkbpk_geo.plan.supplies.needs import count_supplies
from kkbpk_geo.plan.supplies.prices import read_prices
from kkbpk_geo.plan.supplies.workbook import open_rows, write_supplies_workbook

WEST, EAST, NORTH = "18.01", "18.02", "18.03"
ITEMS = (
    "BKB Kit, Kartu Kembang Anak (KKA), Buku Menjadi Orang Tua Hebat, Lembar balik dan "
    "poster kesehatan reproduksi, GenRe Kit, Lembar balik GenRe, Alat permainan "
    "edukasi GenRe, BKL Kit, Materi Lansia Tangguh, Media partisipatif BKL"
)


def lacking():
    inventory = pd.DataFrame(
        [
            [WEST, "BKB Kit", 5, 2, 1],
            [EAST, "BKB Kit", 4, 0, 0],
            [WEST, "BKL Kit", 0, 0, 0],
        ],
        columns=["region_code", "item", "baik", "rusak ringan", "rusak berat"],
    )
    groups = pd.DataFrame(
        {"bkb_groups": [10, 3, 8], "bkl_groups": [2, 0, 0]},
        index=pd.Index([WEST, EAST, NORTH], name="region_code"),
    ).astype("Int64")
    return count_supplies(inventory, groups)


def test_prices_are_read_in_any_spelling_to_the_last_rupiah(tmp_path):
    path = tmp_path / "harga.csv"
    path.write_text(
        "Daftar harga\nSarana;Harga satuan (Rp);Biaya perbaikan\n"
        "Kit BKB;Rp 2.500.001;300.000\nBKL Kit;;\nGenRe Kit;1,75 juta;\n",
        encoding="utf-8",
    )
    got = read_prices(path)
    assert got.buy == {"bkb_kit": 2_500_001, "genre_kit": 1_750_000}
    assert got.repair == {"bkb_kit": 300_000}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [["Kursi", 5]],
            f"list: row 2, column 'Sarana' is 'Kursi'; expected one of {ITEMS}. Use "
            "such a spelling, or delete the row.",
        ),
        (
            [["BKB Kit", 5], ["Kit BKB", 6]],
            "list: row 3, column 'Sarana' is 'Kit BKB'; expected each item once (row 2 "
            "has it already). Keep one of the rows.",
        ),
        (
            [["BKB Kit", "mahal"]],
            "list: row 2, column 'Harga' is 'mahal'; expected whole rupiah, such as Rp "
            "2.500.000, or nothing. Correct the cell.",
        ),
    ],
)
def test_a_wrong_price_is_named_with_its_remedy(rows, said):
    with pytest.raises(CellError) as caught:
        read_prices([["Sarana", "Harga"], *rows])
    assert str(caught.value) == said


KNOWN = "one of " + ", ".join(
    heading for heading, word in price_headings().items() if word != "item"
)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Harga beli 2026", KNOWN),
        ("Biaya kirim", KNOWN),
        ("Harga (Rp)", "one column for it (there is also 'Harga')"),
    ],
)
def test_a_column_of_prices_that_nobody_would_read_is_refused(heading, expected):
    with pytest.raises(CellError) as caught:
        read_prices([["Sarana", "Harga", heading], ["BKB Kit", 5, 6]])
    assert str(caught.value) == (
        f"list: row 1, column {heading!r} is {heading!r}; expected {expected}. Rename "
        "the column, or delete it."
    )


@pytest.mark.parametrize("heading", ["Jumlah harga", "Total biaya", "Keterangan"])
def test_sums_of_prices_and_remarks_are_passed_over(heading):
    got = read_prices([["Sarana", "Harga", heading], ["BKB Kit", 5, 60]])
    assert got.buy == {"bkb_kit": 5}


def test_a_sheet_without_prices_is_refused(tmp_path):
    path = tmp_path / "harga.csv"
    path.write_text("BKB Kit;5\n", encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        read_prices(path)
    assert str(caught.value) == (
        "harga.csv: no row has the headings 'sarana' and 'harga' (or 'item' and "
        "'price'). Write one row of headings, then one row per item."
    )


def test_sums_are_numbers_and_every_rupiah_is_there(tmp_path):
    supplies = lacking()
    # West lacks 3 kits (1 to replace, 2 not there), and 2 to repair; East none.
    bought = plan_procurement(supplies, {"bkb_kit": 2_500_001}, budget=6_000_000)
    path = write_supplies_workbook(
        supplies, tmp_path / "s.xlsx", procurement=bought, note="=x"
    )
    book = load_workbook(path)
    assert book.sheetnames == [
        "Ringkasan", "Kesenjangan", "Pengadaan", "Belum dapat dihitung",
    ]  # fmt: skip
    assert book["Ringkasan"]["A2"].value == "'=x"
    rows = [[cell.value for cell in row] for row in book["Pengadaan"].iter_rows()]
    assert rows[1:] == [
        ["beli", "BKB Kit", WEST, "Lampung Selatan", 3, 2, 1, 2_500_001, 5_000_002],
        ["Jumlah", None, None, None, 3, 2, 1, None, 5_000_002],
        ["Anggaran (Rp)", *[None] * 7, 6_000_000],
        ["Sisa anggaran (Rp)", *[None] * 7, 999_998],
    ]
    gaps = [[cell.value for cell in row] for row in book["Kesenjangan"].iter_rows()]
    west = dict(zip(gaps[0], gaps[1], strict=True))
    assert west["Kebutuhan"] == 10
    assert (west["Kesenjangan jumlah"], west["Kesenjangan mutu"]) == (2, 3)
    assert west["Cakupan (%)"] == 50
    assert all(c.data_type != "f" for s in book for row in s.iter_rows() for c in row)
    again = write_supplies_workbook(
        supplies, tmp_path / "t.xlsx", procurement=bought, note="=x"
    )
    assert again.read_bytes() == path.read_bytes()


def test_what_has_no_price_or_no_inventory_is_listed_not_dropped():
    supplies = lacking()
    bought = plan_procurement(supplies, {"bkb_kit": 1})
    assert open_rows(supplies, bought).fillna("").values.tolist() == [
        ["buy", "bkl_kit", WEST, 2, "unpriced"],
        ["repair", "bkb_kit", WEST, 2, "unpriced"],
        ["", "bkb_kit", NORTH, "", "no_inventory"],
        ["", "bkl_kit", EAST, "", "no_inventory"],
        ["", "bkl_kit", NORTH, "", "no_inventory"],
    ]
    assert len(open_rows(supplies, None)) == 3


def test_only_who_sent_no_inventory_at_all_is_silent():
    # East sent kits of BKB, but none of BKL: that is listed, East is not silent.
    assert lacking().summary("en").endswith("No inventory from: Lampung Utara.")


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(PlanError) as caught:
        write_supplies_workbook(lacking(), tmp_path / "s.csv")
    assert str(caught.value) == (
        "s.csv: the supplies' workbook needs a name ending in .xlsx."
    )


@pytest.mark.parametrize("language", ["id", "en"])
def test_supplies_among_the_tables_of_offices_are_left_alone(tmp_path, language):
    lacks = lacking()
    buys = plan_procurement(lacks, prices={"bkb_kit": 100}, budget=200)
    path = tmp_path / "sarana.xlsx"
    write_supplies_workbook(lacks, path, procurement=buys, language=language)
    table = read_table(path, province="Lampung")
    assert {(f.code, f.severity) for f in table.findings} == {("own_output", "info")}
    assert table.data.empty
