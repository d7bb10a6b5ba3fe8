"""Supplies end to end: what is lacking where, and what the money buys of it."""

import pytest

from kkbpk_geo.pipeline.plans.supplies import (
    plan_supplies,
    read_inventories,
    write_supplies,
)
from kkbpk_geo.plan.supplies.prices import Prices
from kkbpk_geo.regions.register import children

WEST = "18.01"


@pytest.fixture
def paths(tmp_path):
    """An inventory of two districts, and ten groups in every district."""
    stock = tmp_path / "inventaris.csv"
    stock.write_text(
        "KABUPATEN;SARANA;BAIK;RUSAK RINGAN;RUSAK BERAT\n"
        "Lampung Selatan;BKB Kit;5;2;1\nLampung Tengah;BKB Kit;10;0;0\n",
        encoding="utf-8",
    )
    groups = tmp_path / "bkb.csv"
    rows = [f"{unit.name};10;10" for unit in children("18")]
    groups.write_text(
        "KABUPATEN;JUMLAH DESA;BKB JUMLAH KELOMPOK\n" + "\n".join(rows) + "\n",
        encoding="utf-8",
    )
    return [stock], [groups]


def test_the_need_is_counted_from_the_groups_and_bought_in_whole_kits(paths, tmp_path):
    files, data = paths
    prices = Prices(buy={"bkb_kit": 1000, "genre_kit": 5}, repair={"bkb_kit": 100})
    got = plan_supplies(files, data=data, prices=prices, budget=2200, year=2025)
    # 10 needed: 5 good, 2 to repair, 1 to replace, 2 not there
    assert got.lines() == [
        "  Lampung Selatan: kurang jumlah 2, kurang mutu 3 (BKB Kit 2 + 3)"
    ]
    # 3 x 1,000 and 2 x 100 are wanted; 2,200 pays two kits and two repairs
    assert got.procurement.table[["action", "funded", "cost"]].values.tolist() == [
        ["buy", 2, 2000],
        ["repair", 2, 200],
    ]
    written = write_supplies(got, tmp_path / "sarana")
    assert [p.name for p in written] == [
        "kesenjangan-sarana.csv", "pengadaan.csv", "belum-dihitung.csv", "sarana.xlsx",
    ]  # fmt: skip
    text = written[1].read_text(encoding="utf-8-sig")
    assert (
        text.splitlines()[1]
        == "buy;bkb_kit;BKB Kit;18.01;Lampung Selatan;3;2;1000;2000"
    )
    # What has a price but is in no inventory is unknown everywhere, not left out.
    assert written[2].read_text(encoding="utf-8-sig").count("genre_kit") == 15


def test_without_groups_there_is_stock_but_no_gap(paths):
    got = plan_supplies(paths[0], year=2025)
    own = got.table.set_index("region_code")
    assert own.loc[WEST, "total"] == 8
    assert own.loc[WEST, "status"] == "no_base"
    assert got.lines() == []
    assert got.summary().splitlines()[-1] == (
        "Kebutuhan belum dapat dihitung: sertakan tabel kelompok dengan --data."
    )


def test_without_prices_there_is_a_gap_but_no_list(paths, tmp_path):
    got = plan_supplies(paths[0], data=paths[1], year=2025)
    assert got.procurement is None
    assert got.summary("en").splitlines()[-1] == (
        "No prices, so no list of purchases: give --prices harga.csv or --price "
        "bkb_kit=2500000."
    )
    written = write_supplies(got, tmp_path / "sarana")
    assert "pengadaan.csv" not in [p.name for p in written]


def test_a_price_of_what_nobody_lacks_buys_nothing(paths):
    prices = Prices(buy={"genre_kit": 5})
    got = plan_supplies(paths[0], data=paths[1], prices=prices, year=2025)
    assert got.procurement is None
    assert got.summary("en").splitlines()[-1] == (
        "Nothing that has a price needs to be bought or repaired."
    )


def test_inventories_are_read_as_such_and_their_findings_kept(paths, tmp_path):
    more = tmp_path / "lain.csv"
    more.write_text(
        "KABUPATEN;SARANA;KONDISI;JUMLAH\nMesuji;BKB Kit;baik;-3\n", encoding="utf-8"
    )
    got, findings = read_inventories([*paths[0], more], year=2025)
    known = got.set_index(["region_code", "condition"])["quantity"]
    assert known[WEST, "good"] == 5
    assert known[WEST].sum() == 8
    assert not known.get(("18.11", "good"), 0), "a negative number is no stock"
    assert any("lain.csv" in str(f.file) and f.severity == "error" for f in findings)
