"""What the other names of a column say about a name that two districts share."""

from __future__ import annotations

import pytest

from kkbpk_geo.regions.register import regions_of
from kkbpk_geo.regions.resolving import resolve_regions
from kkbpk_geo.regions.siblings import (
    PROVINCE_NAME,
    SAME_NAME,
    by_habit,
    codes_shown,
    left_over,
    of_kind,
)


def column(*names, province="Jawa Timur"):
    return resolve_regions(list(names), province=province)


def test_beside_the_kota_a_bare_name_is_the_kabupaten():
    assert left_over(column("BLITAR", "KOTA BLITAR")) == {0: "35.05"}


def test_beside_the_kabupaten_a_bare_name_is_what_is_left():
    assert left_over(column("Blitar", "Kab. Blitar")) == {0: "35.72"}


def test_between_both_nothing_is_left():
    assert left_over(column("Blitar", "Kab. Blitar", "Kota Blitar")) == {}


def test_alone_a_name_stays_open():
    assert left_over(column("Blitar", "Kota Kediri")) == {}


def twins():
    kota = {unit.bare: unit for unit in regions_of("kabkota") if unit.kind == "Kota"}
    for unit in regions_of("kabkota"):
        other = kota.get(unit.name)
        if unit.kind == "Kabupaten" and other and other.parent_code == unit.parent_code:
            yield unit


@pytest.mark.parametrize("unit", list(twins()), ids=lambda unit: unit.name)
def test_every_kabupaten_beside_its_kota_is_told_apart(unit):
    names = column(unit.name, f"KOTA {unit.name}", province=unit.parent_code)
    reasons = (SAME_NAME, PROVINCE_NAME)
    assert left_over(names, reasons) == {0: unit.code}


def test_there_are_25_such_pairs_in_one_province():
    assert len(list(twins())) == 25


HABITS = [
    (["Blitar", "Kota Kediri", "KOTA MALANG"], {0: "35.05"}),
    (["Blitar", "Kota Kediri"], {}),  # one may be chance
    (["Blitar", "Kota Kediri", "KOTA MALANG", "Batu"], {}),  # a kota stands bare
    (["Blitar", "Kota Kediri", "KOTA MALANG", "Kab. Pacitan"], {}),
    (["Blitar", "35.71", "35.73"], {}),  # a code is no word for a kind
]


@pytest.mark.parametrize(("names", "settled"), HABITS)
def test_a_column_that_marks_its_kota_means_kabupaten_by_bare_names(names, settled):
    assert by_habit(column(*names)) == settled


def test_only_districts_are_read_out_of_suggestions():
    shown = ("75 Gorontalo", "75.01 Kabupaten Gorontalo", "75.71 Kota Gorontalo")
    assert codes_shown(shown) == ("75.01", "75.71")
    assert of_kind(codes_shown(shown), "Kota") == ("75.71",)
