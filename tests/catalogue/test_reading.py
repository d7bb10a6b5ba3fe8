from __future__ import annotations

from dataclasses import dataclass

import pytest

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue import reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    key: str
    id: str
    parts: tuple[str, ...] = ()


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """A folder that stands in for the catalogue's own."""
    monkeypatch.setattr(reading, "files", lambda _: tmp_path)
    return tmp_path


def test_an_entry_becomes_an_object_with_its_key_and_tuples_for_lists():
    thing = reading.build(Thing, {"id": "x", "parts": ["a", "b"]}, file="f", key="k")
    assert thing == Thing(key="k", id="x", parts=("a", "b"))


def test_an_unknown_key_is_refused_with_the_known_ones():
    with pytest.raises(CatalogueError) as caught:
        reading.build(Thing, {"id": "x", "lable": "y"}, file="things.toml", key="bkb")
    assert str(caught.value) == (
        "things.toml [bkb]: unknown ['lable']; known: ['id', 'parts']."
    )


def test_a_missing_key_is_named():
    with pytest.raises(CatalogueError) as caught:
        reading.build(Thing, {}, file="things.toml", key="bkb")
    assert str(caught.value) == "things.toml [bkb]: missing ['id']."


def test_a_file_gives_its_entries_in_order_and_cannot_be_changed(catalogue):
    text = '[b]\nid = "B"\n[a]\nid = "A"\n'
    (catalogue / "things.toml").write_text(text, encoding="utf-8")
    found = reading.build_all(Thing, "things.toml")
    assert list(found) == ["b", "a"]
    with pytest.raises(TypeError, match="does not support item assignment"):
        found["c"] = Thing(key="c", id="C")


def test_a_file_that_is_not_toml_is_named(catalogue):
    (catalogue / "things.toml").write_text("[b\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"^things\.toml: not valid TOML: "):
        reading.read_toml("things.toml")


def test_comments_and_empty_lines_of_a_csv_are_skipped(catalogue):
    text = "# source: here\n\ncode,name\n18.10,Pringsewu\n# end\n"
    (catalogue / "things.csv").write_text(text, encoding="utf-8")
    assert reading.read_csv("things.csv") == [{"code": "18.10", "name": "Pringsewu"}]
