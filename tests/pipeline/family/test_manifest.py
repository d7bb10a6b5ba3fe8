"""What a run leaves of itself beside its files."""

import hashlib

import pytest

from kkbpk_geo.io import MARKER
from kkbpk_geo.pipeline.family.manifest import (
    NAME,
    Manifest,
    digest_of,
    key_of,
    read_manifest,
    write_manifest,
)


def kept(folder, **more):
    """A manifest of one file, which is there."""
    (folder / "a.html").write_text("peta", encoding="utf-8")
    sign = hashlib.sha256(b"peta").hexdigest()
    files = {"map": {"a.html": sign}}
    told = {"whole": "k", "parts": {"map": "m"}, "findings": {"error": 2}}
    return Manifest(**{"files": files, **told, **more})


def test_a_manifest_comes_back_as_it_was_and_in_the_same_bytes(tmp_path):
    manifest = kept(tmp_path)
    path = write_manifest(manifest, tmp_path)
    first = path.read_bytes()
    assert read_manifest(tmp_path) == manifest
    assert write_manifest(read_manifest(tmp_path), tmp_path).read_bytes() == first


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"whole": 1}',
     '{"whole": "", "parts": 1, "files": 2, "findings": 3}', "\x00"],
)  # fmt: skip
def test_a_manifest_that_is_none_counts_as_no_run_before(tmp_path, text):
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    assert read_manifest(tmp_path) == Manifest()
    assert read_manifest(tmp_path / "tidak-ada") == Manifest()


@pytest.mark.parametrize("place", [".", "rapat"])
def test_of_a_run_that_was_cut_short_nothing_stays_and_the_names_are_known(
    tmp_path, place
):
    (tmp_path / "rapat").mkdir()
    manifest = kept(tmp_path)
    files = {**manifest.files, "meeting": {"rapat/b.html": "s"}}
    write_manifest(kept(tmp_path, files=files), tmp_path)
    (tmp_path / place / MARKER).write_text("…", encoding="utf-8")
    found = read_manifest(tmp_path)
    assert (found.whole, found.parts, found.files) == ("", {}, files)


@pytest.mark.parametrize("name", ["../a.csv", "/a.csv", "rapat/../../a.csv"])
def test_a_manifest_that_leads_out_of_its_folder_is_none(tmp_path, name):
    write_manifest(kept(tmp_path, files={"map": {name: "s"}}), tmp_path)
    assert read_manifest(tmp_path) == Manifest()


def test_a_part_without_files_does_not_stand(tmp_path):
    assert not kept(tmp_path).stands("meeting", tmp_path)


def test_a_part_stands_while_its_files_are_as_they_were_written(tmp_path):
    manifest = kept(tmp_path)
    assert manifest.stands("map", tmp_path)
    assert manifest.is_whole(tmp_path)
    (tmp_path / "a.html").write_text("petA", encoding="utf-8")
    assert not manifest.stands("map", tmp_path)
    (tmp_path / "a.html").unlink()
    assert not manifest.is_whole(tmp_path)


def test_without_files_nothing_is_whole(tmp_path):
    assert not Manifest(whole="k").is_whole(tmp_path)


def test_a_digest_is_of_the_content_and_of_nothing_is_empty(tmp_path):
    kept(tmp_path)
    assert digest_of(tmp_path / "a.html") == hashlib.sha256(b"peta").hexdigest()
    assert digest_of(tmp_path / "b.html") == ""


def test_a_key_differs_where_what_is_told_does():
    assert key_of(["a", 1]) == key_of(["a", 1])
    assert key_of(["a", 1]) != key_of(["a", 2])
    assert key_of({"a": 1, "b": 2}) == key_of({"b": 2, "a": 1})
