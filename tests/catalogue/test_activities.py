"""Activities, funds and terms of plans: complete, unambiguous, and errors that name."""

from dataclasses import replace

import pytest

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue import activities as catalogue
from kkbpk_geo.catalogue.activities import (
    activities,
    activity_of,
    fund_of,
    funds,
    indicator_of,
    plain,
    suggest_activities,
    term_of,
    terms,
)
from kkbpk_geo.catalogue.indicators import indicators
from kkbpk_geo.catalogue.named import Spellings


@pytest.mark.parametrize("key", list(activities()))
def test_every_activity_is_found_by_each_of_its_names(key):
    entry = activities()[key]
    assert "{" not in " ".join((entry.id, entry.en, entry.indicator, *entry.aliases))
    for text in (key, entry.id, entry.id.upper(), *entry.aliases):
        assert activity_of(text) == key
    assert entry.name() == entry.id
    assert entry.name("en") == entry.en


@pytest.mark.parametrize("key", list(funds()))
def test_every_fund_is_found_by_each_of_its_names(key):
    for text in (key, funds()[key].id, *funds()[key].aliases):
        assert fund_of(text) == key


@pytest.mark.parametrize("table", ["programme", "unit", "status"])
def test_every_term_is_found_by_each_of_its_names(table):
    for key, term in terms(table).items():
        for text in (key, term.id, *term.aliases):
            assert term_of(table, text) == key


def test_indicators_are_found_by_name_and_code():
    for key, entry in indicators().items():
        assert indicator_of(key) == key
        assert indicator_of(entry.id) == key
    assert indicator_of("pa_per_pus") == "contraceptive_use"


def test_spellings_fold_and_near_ones_are_only_suggested():
    assert plain("Pertemuan Poktan BKB") == plain("PERTEMUAN KELOMPOK BKB")
    assert activity_of("Pembinan kelompok BKB") == ""
    assert suggest_activities("Pembinan kelompok BKB")[0] == "Pembinaan kelompok BKB"
    assert suggest_activities("zzz") == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"programme": "x"}, "programme: 'x' is not in plan_terms.toml."),
        ({"unit": "ekor"}, "unit: 'ekor' is not in plan_terms.toml."),
        ({"closes": ("x",)}, "closes: 'x' is not in standards.toml."),
        ({"indicator": "x"}, "indicator: 'x' is not in indicators.toml."),
        ({"per_group": ("bkx",)}, "per_group: 'bkx' is not in groups.toml."),
    ],
)
def test_a_wrong_reference_is_named(monkeypatch, change, said):
    entry = replace(activities()["monitoring"], **change)
    monkeypatch.setattr(catalogue, "build_all", lambda *_: {"monitoring": entry})
    with pytest.raises(CatalogueError) as err:
        activities.__wrapped__()
    assert str(err.value) == f"activities.toml [monitoring] {said}"


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"province": "x"}, "province: 'x' is not in funds.toml."),
        (
            {"village": "add"},
            "village: no owner of a plan; expected 'province' or 'district'.",
        ),
    ],
)
def test_what_an_owner_means_by_a_fund_is_a_fund(monkeypatch, own, said):
    entries = {**funds(), "apbd": replace(funds()["apbd"], own=own)}
    monkeypatch.setattr(catalogue, "build_all", lambda *_: entries)
    with pytest.raises(CatalogueError) as err:
        funds.__wrapped__()
    assert str(err.value) == f"funds.toml [apbd.own] {said}"


def test_a_percent_sign_and_the_word_program_are_understood():
    assert term_of("unit", "%") == "percent"
    assert term_of("programme", "Program Kependudukan") == "population"


def test_a_name_that_means_two_things_is_refused():
    entry = activities()["monitoring"]
    twice = {"a": entry, "b": replace(entry, key="b")}
    with pytest.raises(CatalogueError) as err:
        Spellings(twice, "activities.toml", plain)
    assert str(err.value) == (
        "activities.toml: 'Monitoring dan evaluasi' means both 'a' and 'b'; keep one."
    )
