"""Doors: a name is found when it is first used, and an unknown one says so."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from kkbpk_geo.base.lazy import open_door


@pytest.fixture
def package(monkeypatch):
    """A package that hands on json's loads and, whole, json.decoder."""
    made = ModuleType("json")
    made.__path__ = sys.modules["json"].__path__
    monkeypatch.setitem(sys.modules, "json", made)
    made.__getattr__, made.__dir__ = open_door(
        "json", {"JSONDecoder": "decoder"}, rooms=("encoder",)
    )
    return made


def test_a_name_is_found_in_its_home_and_kept(package):
    assert "JSONDecoder" not in vars(package)
    assert package.JSONDecoder is sys.modules["json.decoder"].JSONDecoder
    assert "JSONDecoder" in vars(package)


def test_a_room_is_handed_on_whole(package):
    assert package.encoder is sys.modules["json.encoder"]


def test_an_unknown_name_is_an_attribute_error_that_says_whose(package):
    with pytest.raises(AttributeError) as caught:
        package.peta  # noqa: B018
    assert str(caught.value) == "module 'json' has no attribute 'peta'"


def test_dir_knows_names_and_rooms_before_they_are_used(package):
    assert {"JSONDecoder", "encoder"} <= set(dir(package))
