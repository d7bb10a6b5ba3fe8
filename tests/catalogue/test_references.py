"""What one file of the catalogue says of another is checked when it is read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue import supplies, tables


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"group": "bkx"}, "group: 'bkx' is not in groups.toml."),
        ({"base": "kits"}, "base: 'kits' is no column of the catalogue."),
    ],
)
def test_an_item_of_an_unknown_group_or_column_is_refused(monkeypatch, change, said):
    entry = replace(supplies.supply_items()["kka"], **change)
    monkeypatch.setattr(supplies, "build_all", lambda *_: {"kka": entry})
    with pytest.raises(CatalogueError) as caught:
        supplies.supply_items.__wrapped__()
    assert str(caught.value) == f"supplies.toml [item.kka] {said}"


def test_a_kind_of_table_about_an_unknown_group_is_refused(monkeypatch):
    entry = replace(tables.table_kinds()["bkb_families"], group="bkx")
    monkeypatch.setattr(tables, "build_all", lambda *_: {"bkb_families": entry})
    with pytest.raises(CatalogueError) as caught:
        tables.table_kinds.__wrapped__()
    assert str(caught.value) == (
        "tables.toml [bkb_families] group: 'bkx' is not in groups.toml."
    )


@pytest.mark.parametrize(
    ("heading", "money"),
    [("Biaya 2026", True), ("harga2", True), ("Total biaya", False), ("Nama", False)],
)
def test_a_heading_about_money_is_told_unless_it_is_a_sum(heading, money):
    assert supplies.is_price(heading) == money
