"""Indicators, standards and sums: what they say of each other holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue import indicators as module
from kkbpk_geo.catalogue.indicators import (
    Derived,
    Indicator,
    derived,
    indicators,
    limit_of,
    standards,
)
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
        "indicators.toml [try] direction is 'up'; "
        "expected 'better', 'worse' or 'context'."
    )


def test_a_theme_without_a_name_is_refused_with_the_label_to_add(monkeypatch):
    with pytest.raises(CatalogueError) as caught:
        read(monkeypatch, per_group=["bkb"], theme="weather")
    assert str(caught.value) == (
        "indicators.toml [try:bkb] theme: 'weather' has no name; add theme_weather to "
        "labels_catalogue.toml."
    )


def test_a_standard_that_does_not_exist_is_named(monkeypatch):
    with pytest.raises(CatalogueError) as caught:
        read(monkeypatch, per_group=["bkb"], standard="best:{g}")
    assert str(caught.value) == (
        "indicators.toml [try:bkb] standard: 'best:bkb' is not in standards.toml."
    )


OFFICERS = {
    "numerator": ["officers"], "denominator": ["villages"], "standard": "officers",
}  # fmt: skip
TURNED = {**OFFICERS, "numerator": ["villages"], "denominator": ["officers"]}


def test_a_standard_of_the_indicators_own_ratio_fits(monkeypatch):
    assert read(monkeypatch, **OFFICERS)["try"].standard == "officers"


def test_a_standard_of_the_ratio_turned_over_fits_where_the_indicator_says_so(
    monkeypatch,
):
    found = read(monkeypatch, **TURNED, turned=True, direction="worse")
    assert found["try"].turned


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            TURNED,
            "it counts 'officers' per villages, the indicator villages per officers.",
        ),
        (
            {**OFFICERS, "turned": True},
            "it counts 'officers' per villages, the indicator villages per officers.",
        ),
        (
            {**OFFICERS, "denominator": ["couples"]},
            "it counts 'officers' per villages, the indicator officers per couples.",
        ),
        (
            {**OFFICERS, "numerator": ["officers", "village_volunteers"]},
            "it counts 'officers' per villages, the indicator officers + "
            "village_volunteers per villages.",
        ),
        (
            {**OFFICERS, "standard": "village_group:bkb"},
            "it counts 'bkb_villages_with_groups' or 'bkb_groups' per villages, the "
            "indicator officers per villages.",
        ),
    ],
)
def test_a_standard_of_another_ratio_is_refused_by_name(monkeypatch, changes, said):
    with pytest.raises(CatalogueError) as caught:
        read(monkeypatch, **changes)
    assert str(caught.value) == (
        f"indicators.toml [try] standard: {changes['standard']!r} does not fit: {said}"
    )


@pytest.mark.parametrize(
    ("changes", "mode", "good"),
    [
        ({**OFFICERS, "direction": "worse"}, "at_least", "better"),
        ({**TURNED, "turned": True}, "at_least", "worse"),
        (
            {
                "numerator": ["couples_unmet_need"],
                "denominator": ["couples"],
                "standard": "unmet_need",
            },
            "at_most",
            "worse",
        ),
    ],
)
def test_a_standard_that_praises_what_the_indicator_regrets_is_refused(
    monkeypatch, changes, mode, good
):
    with pytest.raises(CatalogueError) as caught:
        read(monkeypatch, **changes)
    found = changes.get("direction", "better")
    assert str(caught.value) == (
        f"indicators.toml [try] standard: {changes['standard']!r} ({mode}) does not "
        f"fit: direction is {found!r}; expected {good!r}."
    )


def test_the_limit_of_an_indicator_is_on_its_own_scale():
    standard, value = limit_of("contraceptive_use")
    assert (standard.key, value) == ("contraceptive_use", 65.0)  # 0.65 x 100
    assert limit_of("volunteers_per_village")[1] == 1.0  # 1 x factor 1


@pytest.mark.parametrize(
    "key",
    ["top_stratum:bkb", "no_such_key"],
    ids=["no standard", "unknown"],
)
def test_an_indicator_without_a_standard_on_its_scale_has_no_limit(key):
    assert limit_of(key) is None


def test_the_limit_of_a_ratio_turned_over_is_turned_over_too():
    standard, value = limit_of("villages_per_officer")
    assert (standard.value, value) == (0.5, 2.0)  # 1 officer for 2 villages
    assert (standard.sign(), standard.sign(turned=True)) == ("≥", "≤")


def test_none_per_village_is_no_number_of_villages(monkeypatch):
    none = replace(standards()["officers"], value=0.0)
    monkeypatch.setattr(module, "standards", lambda: {"officers": none})
    monkeypatch.setattr(module, "indicators", indicators)
    assert limit_of("villages_per_officer") is None


def test_a_standard_without_a_value_is_no_limit(monkeypatch):
    blank = replace(standards()["officers"], value=None)
    found = read(monkeypatch, **OFFICERS)
    monkeypatch.setattr(module, "indicators", lambda: found)
    monkeypatch.setattr(module, "standards", lambda: {"officers": blank})
    assert module.limit_of("try") is None


def test_a_standard_with_an_unknown_column_or_theme_is_named(monkeypatch):
    for change, said in (
        ({"supply": ("officerz",)}, ": 'officerz' is no column of the catalogue."),
        (
            {"theme": "x"},
            " theme: 'x' has no name; add theme_x to labels_catalogue.toml.",
        ),
    ):
        entry = replace(standards()["officers"], **change)
        monkeypatch.setattr(module, "build_all", lambda *_, e=entry: {"officers": e})
        with pytest.raises(CatalogueError) as caught:
            module.standards.__wrapped__()
        assert str(caught.value) == f"standards.toml [officers]{said}"


def test_a_sum_that_needs_a_later_sum_is_refused(monkeypatch):
    entries = {
        "users": Derived(key="users", parts=("users_modern", "users_traditional")),
        "users_modern": Derived(key="users_modern", parts=("users_pill",)),
    }
    monkeypatch.setattr(module, "build_all", lambda *_: entries)
    with pytest.raises(CatalogueError) as caught:
        module.derived.__wrapped__()
    assert str(caught.value) == (
        "derived.toml [users] parts: ['users_modern'] are derived later; move [users]."
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
