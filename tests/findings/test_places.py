"""A place in a workbook of findings is found again, whatever was done to it."""

import hashlib

import pytest

from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.findings.places import (
    ASKED,
    CORRECTION,
    CORRECTION_COLUMNS,
    Place,
    file_digests,
)
from kkbpk_geo.findings.words import finding

CELL = finding(
    "negative_count", file="bkb.csv", sheet="Isi", row=7, column="ADA", value=-3
)


def test_the_columns_are_those_that_a_correction_is_read_from():
    heads = [label(CORRECTION + key, "id") for key in CORRECTION_COLUMNS]
    assert " | ".join(heads) == (
        "no | tingkat | berkas | lembar | baris | kolom | tertulis | temuan | tindakan"
        " | betulkan menjadi | oleh (jabatan, bukan nama) | tanggal | catatan"
        " | kunci (jangan diubah)"
    )
    assert ASKED == ("fixed", "by", "date", "note")


def test_a_key_is_read_back_as_it_was_written():
    place = Place.of(CELL, "ab" * 32)
    key = place.key()
    assert key == (
        '["bkb.csv","Isi",7,"ADA","-3","' + "ab" * 32 + '","negative_count"]'
    )
    assert Place.from_key(key) == place
    assert place.is_cell


def test_a_text_that_a_sheet_would_run_is_kept_whole_in_a_key():
    place = Place(file="=x.csv", column='a"b\\', value="+1;\n@", row=None)
    assert Place.from_key(place.key()) == place
    assert place.key().startswith("[")


def test_a_whole_table_or_a_row_without_column_is_no_cell():
    assert not Place(file="a.csv", column="ADA").is_cell
    assert not Place(file="a.csv", row=3).is_cell


@pytest.mark.parametrize(
    "key",
    [
        "",
        "x",
        "7",
        "[]",
        '["a","b","7","c","d","e","f"]',
        '["a","b",true,"c","d","e","f"]',
        '["a","b",7,"c",4,"e","f"]',
        '["a","b",7,"c","d","e"]',
    ],
)
def test_what_is_no_key_stands_for_no_place(key):
    assert Place.from_key(key) is None


def test_a_file_is_told_by_its_digest_unless_two_have_its_name(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "bkb.csv").write_text(folder)
    one = tmp_path / "a" / "kb.csv"
    one.write_text("KB")
    files = [one, one, tmp_path / "a" / "bkb.csv", tmp_path / "b" / "bkb.csv"]
    known = hashlib.sha256(b"KB").hexdigest()
    assert file_digests([*files, tmp_path / "none.csv"]) == {"kb.csv": known}
    assert file_digests(str(one)) == {"kb.csv": known}
