"""What was built is held against official areas, the register and the shipped layer."""

import pytest
from making_villages import cells, four, path_of, row, write_clone
from shapely import box

from kkbpk_geo.regions.building.recipe import build_units
from kkbpk_geo.regions.building.result import judge
from kkbpk_geo.regions.building.rules import Hole, Rules
from kkbpk_geo.regions.building.sources import open_source
from kkbpk_geo.regions.register import children, region
from kkbpk_geo.regions.shipped import shipped_districts

A, B, C, D = sorted(four())
METRO = "18.72"


def judged(tmp_path, rows, *, rules=None, province="18"):
    rules = rules or Rules()
    source = open_source(write_clone(tmp_path, rows, province=province))
    built = build_units(
        source,
        source.provinces,
        keep=frozenset([province]),
        rules=rules,
        tell=lambda _: None,
    )
    return judge(built, region(province), "desa", rules=rules, provenance={})


def test_areas_stand_beside_the_official_ones(tmp_path):
    table = judged(tmp_path, four()).table
    metro = table.loc[METRO]
    # Four cells of 4.906 km2; Kota Metro has 73.21.
    assert metro["built_km2"] == pytest.approx(19.62, abs=0.01)
    assert metro["official_km2"] == region(METRO).area_km2
    expected = 100 * (metro["built_km2"] / metro["official_km2"] - 1)
    assert metro["difference"] == pytest.approx(expected)
    assert (metro["name"], metro["kecamatan"], metro["villages"]) == (
        "Kota Metro",
        2,
        4,
    )


def test_likeness_is_shared_ground_by_ground_of_either(tmp_path):
    shipped = shipped_districts(region("18")).geometry[METRO]
    whole = judged(tmp_path / "whole", row(A, path_of(shipped)))
    assert whole.table.loc[METRO, "overlap"] == pytest.approx(1, abs=0.01)
    west, south, east, north = shipped.bounds
    # A part of it and nothing else; then all of it and more.
    part = shipped & box(west, south, (west + east) / 2, north)
    found = judged(tmp_path / "part", row(A, path_of(part)))
    assert found.table.loc[METRO, "overlap"] == pytest.approx(
        part.area / shipped.area, abs=0.01
    )
    more = box(west, south, east, north)
    found = judged(tmp_path / "more", row(A, path_of(more)))
    assert found.table.loc[METRO, "overlap"] == pytest.approx(
        shipped.area / more.area, abs=0.01
    )
    apart = judged(tmp_path / "apart", four())
    assert apart.table.loc[METRO, "overlap"] == 0


def test_every_region_of_the_register_has_an_outline_or_is_listed(tmp_path):
    found = judged(tmp_path, four(), rules=Rules(without=frozenset(["18.72.01.1003"])))
    missing = found.missing
    levels = missing["level"].value_counts().to_dict()
    assert levels == {
        "kabkota": 15 - 1,
        "kecamatan": 229 - 2,
        "desa": len(children("18", "desa")) - 4,
    }
    assert missing.loc["18.72.01.1003", "why"] == "known"
    assert missing.loc["18.72.01.1004", "why"] == "absent"
    assert missing.loc["18.72.01.1003", "name"] == "Imopuro"


def test_a_row_that_was_lost_says_why_its_region_has_no_outline(tmp_path):
    text = row(A, path_of(cells(0, 0, 3, 3))) + row(B, path_of(cells(1, 1, 1.5, 1.5)))
    missing = judged(tmp_path, text + row(C, "")).missing
    assert missing.loc[B, "why"] == "covered"
    assert missing.loc[C, "why"] == "empty"


def test_codes_that_the_register_lacks_are_listed_with_the_sources_name(tmp_path):
    text = row(A, path_of(cells(0, 0, 1, 1)))
    text += row("18.72.01.2099", path_of(cells(1, 0, 2, 1)), "Baru")
    found = judged(tmp_path, text)
    assert found.unknown.to_dict("index") == {
        "18.72.01.2099": {"level": "desa", "name": "Baru"}
    }
    assert "18.72.01.2099" in found.units.index


def test_holes_have_the_reason_of_their_rule_or_none(tmp_path):
    lake = Hole(key="x", lat=-4.97, lon=105.03, km2=4.9, id="danau", en="lake",
                source="peta")  # fmt: skip
    rows = {A: cells(0, 0, 9, 3) - cells(1, 1, 2, 2) - cells(6, 1, 8, 2)}
    ground = judged(tmp_path, rows, rules=Rules(holes=(lake,))).ground
    assert ground["what"].tolist() == ["left", "left"]
    assert ground["id"].tolist() == ["", "danau"]


def test_it_says_itself_in_both_languages(tmp_path):
    found = judged(tmp_path, four())
    assert found.summary().startswith(
        "Batas Lampung dibangun: 1 provinsi, 1 kabupaten/kota, 2 kecamatan, "
        "4 desa/kelurahan. Luas 1 kabupaten/kota"
    )
    assert "2.888 wilayah dalam daftar tidak punya poligon" in found.summary()
    assert "2,888 regions of the register have no outline" in found.summary("en")
    assert repr(found).startswith("<BuiltBoundaries: Boundaries of Lampung built")
    assert "Kota Metro" in found._repr_html_()
