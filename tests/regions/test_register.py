"""The register: what exists, under which code, inside what."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections import Counter

import pytest

from kkbpk_geo.base.errors import BoundaryError, CatalogueError, RegionError
from kkbpk_geo.catalogue import reading
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.regions import files, lookup, register
from kkbpk_geo.regions.names import fold_name
from kkbpk_geo.regions.register import (
    children,
    find_province,
    region,
    regions_of,
    require_level,
)


def test_lampung_has_15_districts_229_kecamatan_and_2651_villages():
    assert [len(children("18", x)) for x in ("kabkota", "kecamatan", "desa")] == [
        15,
        229,
        2651,
    ]
    kinds = [unit.kind for unit in children("18", "desa")]
    assert kinds.count("Kelurahan") == 205
    assert kinds.count("Desa") == 2446


def test_indonesia_has_38_provinces_and_514_districts():
    assert len(regions_of("provinsi")) == 38
    assert len(regions_of("kabkota")) == 514


def test_the_register_has_7285_kecamatan_and_83762_villages_of_all_provinces():
    assert len(regions_of("kecamatan")) == 7_285
    villages = regions_of("desa")
    assert len(villages) == 83_762
    kinds = [unit.kind for unit in villages]
    assert kinds.count("Kelurahan") == 8_496
    assert [unit.code for unit in villages] == sorted(unit.code for unit in villages)


def test_a_village_of_customary_law_is_a_desa():
    # 14 of them, all in Jayapura; their number begins with 3.
    found = [unit for unit in regions_of("desa", "91") if unit.code[9] == "3"]
    assert len(found) == 14
    assert {(unit.kind, unit.code[:5]) for unit in found} == {("Desa", "91.03")}


def test_villages_of_one_province_are_read_without_those_of_another(monkeypatch):
    asked = []
    read = register._village_lines
    monkeypatch.setattr(
        register, "_village_lines", lambda code: asked.append(code) or read(code)
    )
    for cached in (register._fine, register._inside):
        cached.cache_clear()
    assert len(regions_of("desa", "76.01")) == 63
    assert region("76.01.01.1006").kind == "Kelurahan"
    assert regions_of("desa", "99") == ()
    assert not register.has_region("99.01.01.2001")
    assert asked == ["76"]


def test_the_villages_take_less_than_a_megabyte_and_their_zip_says_no_time():
    path = files.boundary_file("villages.zip")
    assert (
        path.stat().st_size + files.boundary_file("kecamatan.csv").stat().st_size < 1e6
    )
    with zipfile.ZipFile(path) as packed:
        members = packed.infolist()
    assert [m.filename for m in members] == [
        f"{u.code}.csv" for u in regions_of("provinsi")
    ]
    assert {m.date_time for m in members} == {(1980, 1, 1, 0, 0, 0)}


def test_a_tenth_of_the_kecamatan_share_their_name_with_another():
    found = Counter(fold_name(unit.name) for unit in regions_of("kecamatan"))
    alone = [name for name, number in found.items() if number == 1]
    assert (len(found), len(alone)) == (6_888, 6_587)


def test_counts_of_the_register_agree_with_the_villages_it_lists():
    for district in regions_of("kabkota"):
        villages = [unit.kind for unit in children(district.code, "desa")]
        assert district.n_kecamatan == len(children(district.code))
        assert district.n_kelurahan == villages.count("Kelurahan")
        assert district.n_desa == villages.count("Desa")


def test_every_parent_exists_and_every_code_says_its_level():
    for level, dots in (("kabkota", 1), ("kecamatan", 2), ("desa", 3)):
        for unit in regions_of(level):
            assert unit.code.count(".") == dots
            assert region(unit.parent_code).code == unit.code.rpartition(".")[0]


def test_a_district_of_lampung_carries_its_facts():
    found = region("18.10")
    assert (found.name, found.kind, found.bps_code) == (
        "Pringsewu",
        "Kabupaten",
        "1810",
    )
    assert found.predecessor_code == "18.06"
    assert found.founded == "2009-04-03"
    assert not found.dates_verified
    assert region("18.10").area_km2 == 617.192


def test_a_kota_keeps_its_kind_and_knows_its_bare_name():
    found = region("18.71")
    assert (found.name, found.bare, found.kind) == (
        "Kota Bandar Lampung",
        "Bandar Lampung",
        "Kota",
    )


def test_eight_of_the_fifteen_codes_are_another_district_to_the_statistics_office():
    bps = {unit.bps_code: unit.code for unit in children("18")}
    assert len(bps) == 15
    other = [c for c in bps.values() if bps[c.replace(".", "")] != c]
    assert sorted(other) == [f"18.0{i}" for i in range(1, 9)]


def test_no_area_is_the_population_written_twice():
    # The source says 84,205 and 39,026 of both, in people and in square kilometres.
    for code, people in (("92.06", 84_205), ("92.11", 39_026)):
        assert region(code).population == people
        assert region(code).area_km2 is None
    units = [*regions_of("provinsi"), *regions_of("kabkota")]
    assert not [unit for unit in units if unit.area_km2 == unit.population is not None]


def test_missing_official_areas_stay_missing():
    assert region("11.10").area_km2 is None  # Aceh Singkil


@pytest.mark.parametrize(
    "text", ["Lampung", "18", "LAMPUNG ", "Provinsi Lampung", "prov. lampung"]
)
def test_a_province_is_found_by_name_or_code(text):
    assert find_province(text).code == "18"


def test_an_unknown_province_is_refused_with_the_nearest_names():
    with pytest.raises(RegionError) as err:
        find_province("Lampong")
    assert str(err.value) == "no province is called 'Lampong'. Did you mean Lampung?"


def test_an_unknown_region_is_refused_and_says_how_a_code_is_written():
    with pytest.raises(RegionError) as err:
        region("18.99")
    assert str(err.value) == (
        "the register has no region '18.99'; expected a dotted Kemendagri code such as "
        "'18', '18.01', '18.01.04' or '18.01.04.2001'."
    )


def test_an_unknown_level_is_refused():
    with pytest.raises(RegionError) as err:
        require_level("kota")
    assert str(err.value) == (
        "level is 'kota'; expected one of provinsi, kabkota, kecamatan, desa."
    )


# --- files -------------------------------------------------------------------------


def make_installation(tmp_path, place):
    package = tmp_path / "kkbpk_geo"
    folder = package / "_boundaries" if place == "wheel" else tmp_path / "boundaries"
    package.mkdir()
    folder.mkdir()
    shutil.copy(files.boundary_file("register.csv"), folder)
    return package, folder


@pytest.mark.parametrize("place", ["wheel", "checkout"])
def test_boundaries_are_found_in_a_wheel_and_beside_the_package(tmp_path, place):
    package, folder = make_installation(tmp_path, place)
    assert files.boundaries_folder(package) == folder


def test_a_wheel_uses_its_own_copy_even_beside_a_checkout(tmp_path):
    package, folder = make_installation(tmp_path, "wheel")
    (tmp_path / "boundaries").mkdir()
    shutil.copy(folder / "register.csv", tmp_path / "boundaries")
    assert files.boundaries_folder(package) == folder


def test_an_installation_without_boundaries_says_where_it_looked(tmp_path):
    with pytest.raises(BoundaryError) as err:
        files.boundaries_folder(tmp_path / "kkbpk_geo")
    assert str(err.value) == (
        f"no register.csv in {tmp_path / 'kkbpk_geo' / '_boundaries'} or "
        f"{tmp_path / 'boundaries'}; the boundary files are missing from this "
        "installation. Install the package again, or run boundaries/build.py."
    )


def test_a_missing_boundary_file_is_refused_and_the_others_named():
    with pytest.raises(BoundaryError, match=r"has no atlas\.gpkg; it holds \['SOURCES"):
        files.boundary_file("atlas.gpkg")


# --- aliases -----------------------------------------------------------------------


def test_every_alias_has_a_status_a_source_and_a_reason_in_both_languages():
    for alias in lookup.aliases():
        assert alias.status in ("observed", "unchecked"), alias
        assert alias.source, alias
        assert label(alias.reason, "id") != label(alias.reason, "en"), alias


def test_no_alias_is_the_official_name_of_another_region():
    for alias in lookup.aliases():
        found = lookup.names_of(alias.level).find(alias.alias)
        assert set(found) <= set(alias.codes), alias


ROWS = [
    ("18.99,resolve", "region_aliases.csv [X]: the register has no ['18.99']."),
    (
        "18.01,maybe",
        "region_aliases.csv [X] decision is 'maybe'; expected 'resolve' or 'refuse'.",
    ),
    ("18.01|18.02,resolve", "region_aliases.csv [X]: resolves to ('18.01', '18.02');"),
]


@pytest.mark.parametrize(("row", "text"), ROWS)
def test_a_wrong_alias_row_is_refused_and_named(monkeypatch, row, text):
    code, decision = row.split(",")
    bad = {
        "level": "kabkota",
        "alias": "X",
        "region_code": code,
        "decision": decision,
        "reason": "region_alias_short",
        "status": "unchecked",
        "source": "test",
    }
    monkeypatch.setattr(reading, "read_csv", lambda _: [bad])
    with pytest.raises(CatalogueError, match=re.escape(text)):
        lookup.aliases.__wrapped__()


def test_an_alias_with_two_rows_is_refused(monkeypatch):
    row = {
        "level": "kabkota",
        "alias": "X",
        "region_code": "18.01",
        "decision": "resolve",
        "reason": "region_alias_short",
        "status": "unchecked",
        "source": "test",
    }
    monkeypatch.setattr(reading, "read_csv", lambda _: [row, {**row, "alias": "x."}])
    with pytest.raises(CatalogueError) as err:
        lookup.aliases.__wrapped__()
    assert str(err.value) == "region_aliases.csv [x.]: stands twice; keep one row."


def test_a_founding_fact_of_a_code_that_does_not_exist_is_refused(monkeypatch):
    row = dict.fromkeys(
        ("bps_code", "law", "law_date", "founded", "predecessor_code", "source"), ""
    )
    rows = [{"code": "18.99", "dates_verified": "no", **row}]
    monkeypatch.setattr(reading, "read_csv", lambda _: rows)
    with pytest.raises(CatalogueError) as err:
        register._upper.__wrapped__()
    assert str(err.value) == (
        "region_history.csv ['18.99']: the register has no such codes."
    )
