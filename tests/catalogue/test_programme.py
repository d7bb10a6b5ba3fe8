from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue import programme as module
from kkbpk_geo.catalogue.programme import (
    column_label,
    facility_kinds,
    groups,
    is_column,
    measures,
    split_column,
)

FIVE = ["bkb", "bkr", "bkl", "uppka", "pik_r"]


def test_the_five_group_kinds_come_first_in_the_order_of_the_reports():
    assert list(groups())[:5] == FIVE


@pytest.mark.parametrize("key", [*groups(), *facility_kinds(), *measures()])
def test_keys_are_plain_words(key):
    assert re.fullmatch(r"[a-z][a-z0-9_]*", key)


@pytest.mark.parametrize("entry", [*groups().values(), *facility_kinds().values()])
def test_every_kind_has_a_name_in_both_languages_and_no_doubled_alias(entry):
    assert entry.id
    assert entry.en
    assert len(set(entry.aliases)) == len(entry.aliases)


def test_no_alias_means_two_kinds():
    for kinds in (groups(), facility_kinds()):
        said = [a.casefold() for entry in kinds.values() for a in entry.aliases]
        assert len(said) == len(set(said))


def test_facility_signs_differ_in_shape_not_only_in_colour():
    shapes = [kind.shape for kind in facility_kinds().values()]
    assert len(shapes) == len(set(shapes))
    for kind in facility_kinds().values():
        assert re.fullmatch(r"#[0-9A-F]{6}", kind.colour)


@pytest.mark.parametrize(
    ("column", "group", "measure"),
    [
        ("bkb_groups", "bkb", "groups"),
        ("pik_r_groups_reporting", "pik_r", "groups_reporting"),
        ("kampung_kb_groups", "kampung_kb", "groups"),
        ("couples", None, "couples"),
        ("users_iud", None, "users_iud"),
    ],
)
def test_a_column_is_taken_apart_into_group_and_measure(column, group, measure):
    found_group, found = split_column(column)
    assert (found_group, found.key) == (group, measure)


@pytest.mark.parametrize("column", ["groups", "bkb_couples", "bkb_", "", "bkb"])
def test_a_measure_without_its_group_or_with_one_too_many_is_no_column(column):
    assert not is_column(column)
    with pytest.raises(CatalogueError) as caught:
        split_column(column)
    assert str(caught.value) == (
        f"{column!r} is no column of the catalogue; add its measure to measures.toml "
        "or its group to groups.toml."
    )


def test_every_column_has_one_reading_only():
    columns = [
        f"{group}_{key}" if measure.per_group else key
        for key, measure in measures().items()
        for group in (groups() if measure.per_group else ("",))
    ]
    assert len(columns) == len(set(columns))
    for column in columns:
        group, measure = split_column(column)
        assert column == (f"{group}_{measure.key}" if group else measure.key)


def test_a_column_is_worded_with_the_short_name_of_its_group():
    assert column_label("bkb_groups") == "BKB: kelompok yang ada"
    assert column_label("bkb_groups", "en") == "BKB: groups"
    assert column_label("couples") == measures()["couples"].id


def test_a_target_that_is_not_counted_per_group_is_refused(monkeypatch):
    entry = replace(groups()["bkb"], target="couples")
    monkeypatch.setattr(module, "build_all", lambda *_: {"bkb": entry})
    with pytest.raises(CatalogueError) as caught:
        groups.__wrapped__()
    assert str(caught.value) == (
        "groups.toml [bkb] target: 'couples' is not in measures.toml with "
        "per_group = true."
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"colour": "red"},
            "colour is 'red'; expected # and six of 0-9 A-F: '#0072B2'.",
        ),
        ({"shape": "cross"}, "shape: 'cross' is the sign of [hospital]; take another."),
    ],
)
def test_a_sign_that_cannot_be_told_is_refused(monkeypatch, change, said):
    both = {key: facility_kinds()[key] for key in ("hospital", "clinic")}
    both["clinic"] = replace(both["clinic"], **change)
    monkeypatch.setattr(module, "build_all", lambda *_: both)
    with pytest.raises(CatalogueError) as caught:
        facility_kinds.__wrapped__()
    assert str(caught.value) == f"facilities.toml [clinic] {said}"
