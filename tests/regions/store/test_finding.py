"""Where a store is looked for, and in which order."""

from __future__ import annotations

from pathlib import Path

import pytest
from making_stores import villages

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.regions import find_store, write_store
from kkbpk_geo.regions.store import finding
from kkbpk_geo.regions.store.finding import user_folder


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.delenv("KKBPK_BOUNDARIES", raising=False)
    monkeypatch.setattr(finding, "user_folder", lambda: folder)
    return folder


def store(path, units=None):
    units = villages() if units is None else units
    path.parent.mkdir(exist_ok=True)
    write_store(path, units, names={}, provenance={})
    return path


def test_without_any_there_is_none():
    assert find_store() is None


def test_what_is_given_goes_before_the_variable_the_project_and_the_home(
    home, tmp_path, monkeypatch
):
    own = store(home / "a.kgeo")
    assert find_store() == own
    beside = store(tmp_path / "proyek" / "b.kgeo")
    assert find_store(beside=beside.parent) == beside
    named = store(tmp_path / "c.kgeo")
    monkeypatch.setenv("KKBPK_BOUNDARIES", str(named))
    assert find_store(beside=beside.parent) == named
    given = store(tmp_path / "d.kgeo")
    assert find_store(given, beside=beside.parent) == given
    assert find_store("bawaan", beside=beside.parent) is None


def test_of_several_in_a_folder_the_one_with_most_of_the_region_is_used(home):
    all_units = villages()
    lampung = store(home / "batas-lampung.kgeo", all_units.drop("76.04.91"))
    upper = all_units.drop([c for c in all_units.index if c.startswith("18.1")])
    whole = store(home / "batas-a.kgeo", upper.set_axis(["18.72.01", "76.04.91"]))
    assert find_store(region="18") == lampung  # it has villages
    assert find_store(region="76") == whole
    assert find_store(region="76.04") == whole


def test_of_equals_the_first_by_name_is_used(home):
    store(home / "b.kgeo")
    first = store(home / "a.kgeo")
    assert find_store() == first


def test_a_folder_may_be_given(tmp_path):
    path = store(tmp_path / "di-sini" / "x.kgeo")
    assert find_store(path.parent) == path


@pytest.mark.parametrize("named", ["boundaries", "KKBPK_BOUNDARIES"])
def test_what_was_named_and_is_not_there_is_an_error(named, tmp_path, monkeypatch):
    absent = tmp_path / "fort.kgeo"
    if named != "boundaries":
        monkeypatch.setenv(named, str(absent))
    with pytest.raises(BoundaryError) as err:
        find_store(absent if named == "boundaries" else None)
    assert str(err.value) == (
        f"{named}: {absent} is no store of boundaries (.kgeo), and no folder with "
        "one. Build one: kkbpk-geo boundaries build."
    )


def test_what_is_no_path_is_refused():
    with pytest.raises(BoundaryError, match="boundaries is a int; expected the path"):
        find_store(3)


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {"HOME": "/h"}, "/h/.local/share/kkbpk-geo"),
        ("linux", {"HOME": "/h", "XDG_DATA_HOME": "/d"}, "/d/kkbpk-geo"),
        ("linux", {"HOME": "/h", "XDG_DATA_HOME": "d"}, "/h/.local/share/kkbpk-geo"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Application Support/kkbpk-geo"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/kkbpk-geo"),
        ("win32", {"USERPROFILE": "/u"}, "/u/AppData/Local/kkbpk-geo"),
    ],
)
def test_the_folder_of_the_user_is_where_each_system_keeps_data(
    platform, environment, folder
):
    assert user_folder(platform, environment) == Path(folder)
