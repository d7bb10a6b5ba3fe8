from __future__ import annotations

import pytest

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue import indicators as module
from kkbpk_geo.catalogue.indicators import Indicator, derived, indicators, standards
from kkbpk_geo.catalogue.programme import groups, is_column
from kkbpk_geo.catalogue.reading import build

ENTRY = {
    "theme": "groups",
    "id": "Coba {short}",
    "en": "Try {short}",
    "numerator": ["{g}_groups_reporting"],
    "denominator": ["{g}_groups"],
    "direction": "better",
    "source": "here",
}


def read(monkeypatch, **changes):
    """What the reader makes of one entry."""
    entry = build(Indicator, {**ENTRY, **changes}, file="indicators.toml", key="try")
    monkeypatch.setattr(module, "build_all", lambda *_: {"try": entry})
    return module.indicators.__wrapped__()


def test_an_entry_per_group_becomes_one_indicator_for_each(monkeypatch):
    found = read(monkeypatch, per_group=["bkb", "pik_r"])
    assert list(found) == ["try:bkb", "try:pik_r"]
    one = found["try:pik_r"]
    assert one.id == "Coba PIK-R"
    assert one.numerator == ("pik_r_groups_reporting",)
    assert one.group == "pik_r"


def test_a_group_kind_that_does_not_exist_is_named(monkeypatch):
    with pytest.raises(CatalogueError) as caught:
        read(monkeypatch, per_group=["bkx"])
    assert str(caught.value) == (
        "indicators.toml [try] per_group: 'bkx' is not in groups.toml."
    )


def test_a_column_that_does_not_exist_is_named(monkeypatch):
    with pytest.raises(CatalogueError) as caught:
        read(monkeypatch, numerator=["userz"], denominator=["couples"])
    assert str(caught.value) == (
        "indicators.toml [try]: 'userz' is no column of the catalogue."
    )


def test_a_direction_that_does_not_exist_is_named(monkeypatch):
    with pytest.raises(CatalogueError) as caught:
        read(monkeypatch, per_group=["bkb"], direction="up")
    assert str(caught.value) == (
        "indicators.toml [try:bkb] direction is 'up'; "
        "expected 'better', 'worse' or 'context'."
    )


def test_a_standard_that_does_not_exist_is_named(monkeypatch):
    with pytest.raises(CatalogueError) as caught:
        read(monkeypatch, per_group=["bkb"], standard="best")
    assert "[try:bkb] standard 'best:bkb' is not in standards.toml." in str(
        caught.value
    )


@pytest.mark.parametrize("key", list(indicators()))
def test_every_indicator_can_be_explained_in_both_languages(key):
    entry = indicators()[key]
    assert entry.source
    for language in ("id", "en"):
        assert entry.name(language)
        assert " / " in entry.formula(language)
        assert "{" not in entry.name(language) + entry.formula(language)
    assert entry.factor > 0


@pytest.mark.parametrize("key", list(standards()))
def test_every_standard_names_its_document_and_says_what_to_do(key):
    entry = standards()[key]
    assert entry.document
    for language in ("id", "en"):
        assert "12" in entry.action("12", language)
        assert entry.document in entry.reference(language)
        assert "{" not in entry.name(language) + entry.action("12", language)


def test_a_value_nobody_wrote_down_is_never_called_official():
    for entry in standards().values():
        if entry.year == 0 or entry.value is None:
            assert not entry.official, entry.key


def test_derived_measures_are_built_from_columns_and_in_order():
    done = set()
    for key, rule in derived().items():
        assert is_column(key)
        for part in rule.parts:
            assert is_column(part)
            assert part not in set(derived()) - done, f"{key} needs {part} first"
        done.add(key)


def test_the_formula_is_readable():
    rate = indicators()["reporting_rate:bkb"]
    short = groups()["bkb"].short
    assert rate.formula() == (
        f"100 × ({short}: kelompok yang lapor) / ({short}: kelompok yang ada)"
    )
