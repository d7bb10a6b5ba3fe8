"""Names and spellings: one way to show an entry, one way to find it."""

from __future__ import annotations

from dataclasses import fields

import pytest

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue.activities import Activity, Fund, Term
from kkbpk_geo.catalogue.indicators import Indicator, Standard
from kkbpk_geo.catalogue.named import Named, Spelled, Spellings
from kkbpk_geo.catalogue.programme import FacilityKind, Group, Measure
from kkbpk_geo.catalogue.supplies import Condition, SupplyItem
from kkbpk_geo.catalogue.tables import TableKind, Template

GOOD = Spelled(key="good", id="baik", en="good", aliases=("B", "baik"))


@pytest.mark.parametrize(
    "kind",
    [
        Activity, Condition, FacilityKind, Fund, Group, Indicator, Measure, Standard,
        SupplyItem, TableKind, Template, Term,
    ],
)  # fmt: skip
def test_every_kind_of_entry_has_its_name_from_one_place(kind):
    assert issubclass(kind, Named)
    assert kind.name is Named.name
    spelled = "aliases" in {each.name for each in fields(kind)}
    assert issubclass(kind, Spelled) == spelled


def test_bahasa_indonesia_comes_first_english_when_asked():
    assert (GOOD.name(), GOOD.name("id"), GOOD.name("en")) == ("baik", "baik", "good")


def test_a_spelling_stands_once_however_often_it_is_listed():
    assert GOOD.spellings == ("baik", "B", "good")


@pytest.mark.parametrize("text", ["good", "GOOD", "Baik", "b"])
def test_a_text_names_its_entry_by_key_name_or_alias(text):
    assert Spellings({"good": GOOD}, "x.toml", str.casefold).key_of(text) == "good"


@pytest.mark.parametrize("text", ["", "bai", "rusak"])
def test_a_text_that_nobody_recorded_names_nothing(text):
    assert Spellings({"good": GOOD}, "x.toml", str.casefold).key_of(text) == ""


def test_a_spelling_of_two_entries_is_refused_with_both():
    bad = Spelled(key="bad", id="buruk", en="bad", aliases=("BAIK",))
    with pytest.raises(CatalogueError) as caught:
        Spellings({"good": GOOD, "bad": bad}, "x.toml", str.casefold)
    assert str(caught.value) == (
        "x.toml: 'BAIK' means both 'good' and 'bad'; keep one."
    )
