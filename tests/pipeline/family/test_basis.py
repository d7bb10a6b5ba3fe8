"""A part may stay only where nothing that it is made of has changed."""

import shutil
from dataclasses import fields, replace

import pytest

from kkbpk_geo.pipeline.family.basis import basis_of
from kkbpk_geo.pipeline.project import Project
from kkbpk_geo.pipeline.project_files import PlanFiles


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "rumah"))
    monkeypatch.setenv("XDG_DATA_HOME", "")
    monkeypatch.delenv("KKBPK_BOUNDARIES", raising=False)
    for name in ("a.csv", "p.csv", "k.csv"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    return Project(
        tables=(tmp_path / "a.csv",),
        folder=tmp_path / "hasil",
        plans=PlanFiles(
            province=tmp_path / "p.csv", districts=(tmp_path / "k.csv",), year=2026
        ),
    )


def key(project, **more):
    return basis_of(project).key(**more)


@pytest.mark.parametrize("name", ["a.csv", "p.csv", "k.csv"])
def test_another_content_of_a_file_is_another_run(project, tmp_path, name):
    before = key(project)
    assert key(project) == before
    (tmp_path / name).write_text("lain", encoding="utf-8")
    assert key(project) != before


CHOICES = {
    "language": "en", "year": 2024, "month": 3, "title": "Peta", "printed": "pdf",
    "presence": True, "analysis": False, "keep": "newest", "classes": 4,
    "method": "equal", "level": "kecamatan", "province": "Bengkulu", "limit": 10,
    "standards": {"unmet_need": 0.1}, "weights": {"unmet_need": 2.0}, "sample": True,
    "indicators": ("unmet_need",), "values": True, "map_only": True, "basemap": "osm",
    "code_system": "bps", "source": "SIGA", "down_to": "desa", "tables_period": "x",
}  # fmt: skip


@pytest.mark.parametrize("name", CHOICES)
def test_every_choice_makes_another_run(project, name):
    assert key(replace(project, **{name: CHOICES[name]})) != key(project)


def test_no_choice_is_forgotten(project):
    told = set(basis_of(project).told)
    names = {field.name for field in fields(Project)}
    assert told == names - {"folder"}
    assert names - set(CHOICES) >= {"folder", "tables", "boundaries", "detail", "plans"}


@pytest.mark.parametrize(("name", "value"), [("year", 2027), ("meeting", "Rakorda")])
def test_choices_about_plans_make_another_run(project, name, value):
    plans = replace(project.plans, **{name: value})
    assert key(replace(project, plans=plans)) != key(project)


def test_a_table_under_another_name_or_in_another_order_is_another_run(
    project, tmp_path
):
    (tmp_path / "b.csv").write_text("a.csv", encoding="utf-8")
    a, b = tmp_path / "a.csv", tmp_path / "b.csv"
    keys = {
        key(replace(project, tables=order)) for order in ((a,), (b,), (a, b), (b, a))
    }
    assert len(keys) == 4


def test_a_folder_that_is_carried_elsewhere_as_a_whole_is_the_same_run(
    project, tmp_path
):
    work = tmp_path / "kerja"
    work.mkdir()
    shutil.copy(tmp_path / "a.csv", work)
    own = replace(project, tables=(work / "a.csv",), plans=None, folder=work / "hasil")
    before = key(own)
    moved = tmp_path / "disket"
    work.rename(moved)
    again = replace(own, tables=(moved / "a.csv",), folder=moved / "hasil")
    assert key(again) == before


def test_a_store_of_boundaries_that_may_be_found_counts(project, tmp_path, monkeypatch):
    before = key(project)
    home = tmp_path / "rumah" / ".local" / "share" / "kkbpk-geo"
    home.mkdir(parents=True)
    (home / "batas.kgeo").write_bytes(b"1")
    there = key(project)
    (home / "batas.kgeo").write_bytes(b"2")
    assert len({before, there, key(project)}) == 3
    monkeypatch.setenv("KKBPK_BOUNDARIES", str(tmp_path))
    assert key(project) not in (before, there)


def test_a_store_below_the_home_of_the_user_counts(project, tmp_path, monkeypatch):
    (tmp_path / "rumah").mkdir()
    monkeypatch.setenv("KKBPK_BOUNDARIES", "~/batas.kgeo")
    (tmp_path / "rumah" / "batas.kgeo").write_bytes(b"1")
    before = key(project)
    (tmp_path / "rumah" / "batas.kgeo").write_bytes(b"2")
    assert key(project) != before


def test_what_stands_beside_a_layer_under_its_name_counts(project, tmp_path):
    for name in ("batas.shp", "batas.dbf", "lain.dbf"):
        (tmp_path / name).write_bytes(b"1")
    own = replace(project, boundaries=tmp_path / "batas.shp")
    before = key(own)
    (tmp_path / "lain.dbf").write_bytes(b"2")
    assert key(own) == before
    (tmp_path / "batas.dbf").write_bytes(b"2")
    assert key(own) != before


def test_a_part_does_not_ask_for_choices_that_do_not_concern_it(project):
    other = replace(project, classes=4)
    assert key(project, apart={"classes"}) == key(other, apart={"classes"})
    assert key(project, apart={"values"}) != key(other, apart={"values"})
    assert key(project, more="a") != key(project, more="b")
