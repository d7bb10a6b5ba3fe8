"""What has to be known of the public set stands as data, with reason and source."""

import re

import pytest

from kkbpk_geo.regions.building.rules import known_rules

RULES = known_rules()
PLACES = (*RULES.patches, *RULES.islands, *RULES.holes)


def test_the_rules_are_those_that_were_measured():
    assert {p.code: p.km2 for p in RULES.patches if p.code.startswith("91")} == {
        "91.15.10": 1309
    }
    assert sum(patch.km2 for patch in RULES.patches) == 2683
    assert [(each.code, each.km2) for each in RULES.islands] == [("14.07.02", 79.7)]
    assert [each.key for each in RULES.holes] == ["danau_moat"]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.key)
def test_every_rule_says_why_in_both_languages_and_where_from(place):
    assert len(place.why("id")) > 20
    assert len(place.why("en")) > 20
    assert place.source
    assert -11 < place.lat < 6
    assert 95 < place.lon < 141.1


def test_villages_without_an_outline_are_codes_of_villages_each_once():
    assert len(RULES.without) == 357
    assert all(re.fullmatch(r"\d\d\.\d\d\.\d\d\.\d{4}", code) for code in RULES.without)
    lampung = sorted(code for code in RULES.without if code.startswith("18."))
    assert len(lampung) == 11
    assert lampung[0] == "18.09.02.2020"
