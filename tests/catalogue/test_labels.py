from __future__ import annotations

import re
from pathlib import Path

import pytest

import kkbpk_geo
from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue import labels as module
from kkbpk_geo.catalogue.labels import label, labels_under

KEYS = sorted(module._labels())
SLOT = re.compile(r"\{(\w*)[^}]*\}")


def test_bahasa_indonesia_comes_first_english_when_asked():
    assert label("sample_mark").startswith("DATA CONTOH")
    assert label("sample_mark", "en").startswith("SAMPLE DATA")


def test_an_absent_label_says_which_line_to_add():
    with pytest.raises(CatalogueError) as caught:
        label("no_such_key")
    assert str(caught.value) == (
        "labels_*.toml have no 'no_such_key'. "
        'Add a line: no_such_key = { id = "...", en = "..." }'
    )


@pytest.mark.parametrize("key", KEYS)
def test_both_languages_say_something_and_fill_as_many_slots(key):
    indonesian, english = label(key), label(key, "en")
    assert indonesian.strip()
    assert english.strip()
    said, told = (set(SLOT.findall(text)) for text in (indonesian, english))
    assert len(said) == len(told)  # a quarter is {roman} in one, {n} in the other


def test_labels_under_a_prefix_lose_it():
    found = labels_under("sample_fault_")
    assert found["percent"] == label("sample_fault_percent")
    assert all(not key.startswith("sample_fault_") for key in found)


def test_a_key_in_two_files_is_refused(tmp_path, monkeypatch):
    from kkbpk_geo.catalogue import reading

    for name in ("labels_a.toml", "labels_b.toml"):
        text = 'twice = { id = "x", en = "y" }\n'
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(reading, "files", lambda _: tmp_path)
    monkeypatch.setattr(module, "files", lambda _: tmp_path)
    with pytest.raises(CatalogueError) as caught:
        module._labels.__wrapped__()
    assert str(caught.value) == (
        "labels_b.toml: ['twice'] stand in another labels file too; keep one."
    )


def test_every_label_that_the_code_names_exists():
    call = re.compile(r"""\blabel\(\s*"([a-z0-9_]+)"\s*[,)]""")
    for path in Path(kkbpk_geo.__file__).parent.rglob("*.py"):
        for key in call.findall(path.read_text(encoding="utf-8")):
            assert key in KEYS, f"{path.name} asks for the label {key!r}"
