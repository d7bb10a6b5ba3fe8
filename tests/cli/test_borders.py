"""The command that builds boundaries says what it made, where, and how to use it."""

import pytest
from making_villages import cells, four, write_clone
from typer.testing import CliRunner

from kkbpk_geo.base.errors import BoundaryError
from kkbpk_geo.cli.commands import app

RUN = CliRunner()


@pytest.fixture
def clone(tmp_path):
    write_clone(
        tmp_path / "clone", {"16.72.01.1001": cells(-1, 0, 0, 1)}, province="16"
    )
    return write_clone(tmp_path / "clone", four())


def build(clone, *words):
    return RUN.invoke(app, ["boundaries", "build", "--source", str(clone), *words])


def test_a_store_and_its_report_are_written_and_named(clone, tmp_path):
    out = tmp_path / "batas.kgeo"
    done = build(clone, "--province", "Lampung", "-o", str(out))
    assert done.exit_code == 0, done.output
    said = done.stdout.splitlines()
    assert said[0].startswith("Batas Lampung dibangun: 1 provinsi, 1 kabupaten/kota")
    assert said[1:] == [
        f"Ditulis: {out}",
        f"Ditulis: {tmp_path / 'batas-laporan.html'}",
        f"Ditulis: {tmp_path / 'batas-laporan.txt'}",
        f"Dipakai dengan --boundaries {out}",
    ]
    assert out.is_file()


def test_it_speaks_english_and_takes_what_a_layer_needs(clone, tmp_path):
    out = tmp_path / "b.kgeo"
    words = ["--language", "en", "--villages", "16", "--credit", "BIG", "-o", str(out)]
    done = build(clone, *words, "--licence", "CC BY")
    assert "2 kecamatan" not in done.stdout
    assert done.stdout.startswith("Boundaries of Indonesia built: 2 provinces")
    text = (tmp_path / "b-laporan.txt").read_text(encoding="utf-8")
    assert "licence CC BY" in text


def test_what_is_no_source_is_refused_with_a_sentence(tmp_path):
    done = build(tmp_path)
    assert isinstance(done.exception, BoundaryError)
    assert "Expected a clone of github.com/cahyadsn/wilayah_boundaries" in str(
        done.exception
    )


def test_a_wrong_name_is_refused_before_anything_is_read(tmp_path):
    done = build(tmp_path / "not there", "-o", "batas.gpkg")
    assert str(done.exception) == (
        "batas.gpkg: a store of boundaries ends in .kgeo; give -o batas.kgeo."
    )


def test_the_input_is_never_the_output(clone, tmp_path):
    import zipfile

    packed = tmp_path / "batas.kgeo.zip"
    with zipfile.ZipFile(packed, "w") as zipped:
        for file in clone.glob("**/*.sql"):
            zipped.write(file, file.relative_to(clone).as_posix())
    link = tmp_path / "batas.kgeo"
    link.symlink_to(packed)
    done = build(packed, "-o", str(link))
    assert done.exit_code != 0
    assert zipfile.is_zipfile(packed)
