"""Regions under the province, or the code, that they had before it was split."""

from __future__ import annotations

import pytest

from kkbpk_geo.regions.readings import FORMER_CODE
from kkbpk_geo.regions.register import present_code, region, regions_of, split_off
from kkbpk_geo.regions.resolving import FORMER_PROVINCE, resolve_regions

MOVED = [
    ("Papua", "MERAUKE", "93.01"),
    ("Papua", "Kab. Asmat", "93.04"),
    ("Papua", "NABIRE", "94.01"),
    ("Papua", "Lanny Jaya", "95.07"),
    ("Papua Barat", "KOTA SORONG", "96.71"),
    ("Papua Barat", "Raja Ampat", "96.03"),
    ("Papua", "Raja Ampat", "96.03"),  # split twice: 2003 and 2022
    ("Kalimantan Timur", "Nunukan", "65.03"),
    ("Sulawesi Selatan", "Majene", "76.05"),
    ("Sulawesi Selatan", "Mamuju Utara", "76.01"),  # by its former name, too
    ("Jawa Barat", "Pandeglang", "36.01"),
    ("Sulawesi Utara", "Boalemo", "75.02"),
    ("Riau", "Natuna", "21.03"),
    ("Sumatera Selatan", "Belitung", "19.02"),
    ("Maluku", "Kota Ternate", "82.71"),
    ("Papua", "91.01", "93.01"),
    ("Papua Barat", "92.09", "96.04"),
]


@pytest.mark.parametrize(("province", "text", "code"), MOVED)
def test_a_region_under_its_former_province_is_found(province, text, code):
    (found,) = resolve_regions([text], province=province).itertuples()
    assert (found.region_code, found.status) == (code, "ok")
    assert found.reason == FORMER_PROVINCE


def test_a_region_never_moves_back():
    (found,) = resolve_regions(["Jayapura"], province="Papua Selatan").itertuples()
    assert (found.status, found.reason) == ("unknown", "region_reason_other_province")


def test_a_name_that_two_regions_carry_stays_open_there_too():
    found = resolve_regions(["SORONG"], province="Papua Barat")
    assert found["status"][0] == "ambiguous"
    assert [s[:5] for s in found["suggestions"][0]] == ["96.01", "96.71"]


def test_a_misspelt_name_is_looked_for_in_the_new_provinces_too():
    found = resolve_regions(["ASMATT"], province="Papua")
    assert "93.04 Asmat" in found["suggestions"][0]
    assert len(found["suggestions"][0]) <= 3


def test_a_former_code_is_read_without_a_province():
    found = resolve_regions(["91.01"])
    assert (found["region_code"][0], found["reason"][0]) == ("93.01", FORMER_CODE)


def test_a_former_code_of_both_systems_needs_a_name():
    bare, named = resolve_regions(
        ["9101", "9101 MERAUKE"], province="Papua"
    ).itertuples()
    assert bare.status == "ambiguous"
    assert [s[:5] for s in bare.suggestions] == ["93.01", "92.03"]
    assert (named.region_code, named.reason) == ("93.01", FORMER_PROVINCE)


@pytest.mark.parametrize(
    ("system", "code"), [("kemendagri", "93.01"), ("bps", "92.03")]
)
def test_a_former_code_of_a_stated_system_is_one_region(system, code):
    found = resolve_regions(["9101"], code_system=system)
    assert found["region_code"][0] == code


def test_no_code_of_today_is_a_former_code_of_another():
    codes = [unit.former_code for unit in regions_of("kabkota") if unit.former_code]
    assert len(codes) == len(set(codes)) == 26
    assert not set(codes) & {unit.code for unit in regions_of("kabkota")}
    assert present_code("93.01") == ""


def test_provinces_know_those_split_from_them_and_from_those():
    assert split_off("91") == ("92", "96", "93", "94", "95")
    assert split_off("18") == ()
    assert region("93").predecessor_code == "91"
