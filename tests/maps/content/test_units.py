"""Units of a map are words of the reader's language."""

import pytest

from kkbpk_geo.base.words import both
from kkbpk_geo.catalogue.indicators import indicators, standards
from kkbpk_geo.catalogue.programme import measures
from kkbpk_geo.maps.content.catalogue_words import known_indicator, unit_words

ENTRIES = [*indicators().values(), *standards().values(), *measures().values()]


@pytest.mark.parametrize("unit", sorted({one.unit for one in ENTRIES} - {"%", ""}))
def test_every_unit_of_the_catalogue_has_its_words_in_both_languages(unit):
    said = both(unit_words(unit))
    assert said["id"] == unit
    assert said["en"] != unit


def test_an_indicator_counts_in_the_language_of_the_page():
    said = known_indicator("groups_per_village:bkb")
    assert said.unit == {"id": "kelompok/desa", "en": "groups per village"}
    assert known_indicator("contraceptive_use").unit == "%"
