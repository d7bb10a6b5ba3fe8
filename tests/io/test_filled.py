"""A workbook that was filled in is kept; one that was not is replaced."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from kkbpk_geo.io import Book, session, together
from kkbpk_geo.io.command import speak, take_kept
from kkbpk_geo.io.filled import is_as_written, sign


def write(path, text="tanya", **more):
    with Book.create(path, title="Uji", form=True, **more) as book:
        book.sheet("Isian").put_row(0, [text, ""])
    return path


def fill(path, answer):
    book = load_workbook(path)
    book.active["B1"] = answer
    book.save(path)
    return path.read_bytes()


@pytest.fixture
def book(tmp_path):
    return write(tmp_path / "isi.xlsx")


def test_a_workbook_knows_that_it_is_as_it_was_written(book):
    assert is_as_written(book.read_bytes())
    assert not is_as_written(fill(book, 1))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"a;b\n1;2\n"])
def test_what_is_no_workbook_is_not_as_it_was_written(content):
    assert not is_as_written(content)


def test_one_letter_in_any_part_shows(book):

    before = zipfile.ZipFile(book)
    for name in before.namelist():
        if name == "docProps/custom.xml":
            continue
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as changed:
            for part in before.infolist():
                more = b" " if part.filename == name else b""
                changed.writestr(part.filename, before.read(part.filename) + more)
        assert not is_as_written(buffer.getvalue()), name


def test_the_same_content_gives_the_same_bytes(book, tmp_path):
    assert write(tmp_path / "b.xlsx").read_bytes() == book.read_bytes()
    assert sign(book.read_bytes()) == book.read_bytes()


def test_nothing_typed_nothing_kept(book):
    with session():
        write(book, "another question")
        assert take_kept() == []
    assert [path.name for path in book.parent.iterdir()] == ["isi.xlsx"]
    assert load_workbook(book).active["A1"].value == "another question"


def test_what_was_filled_in_is_kept_under_a_free_name_and_said(book):
    first = fill(book, "satu")
    with session():
        write(book)
        second = fill(book, "dua")
        write(book, carried=3)
        kept = take_kept()
    assert (book.parent / "isi-isian.xlsx").read_bytes() == first
    assert (book.parent / "isi-isian-2.xlsx").read_bytes() == second
    assert is_as_written(book.read_bytes())
    told = [(one.path.name, one.aside.name, one.carried) for one in kept]
    assert told == [
        ("isi.xlsx", "isi-isian.xlsx", 0),
        ("isi.xlsx", "isi-isian-2.xlsx", 3),
    ]


def test_a_program_is_warned_of_what_was_kept(book):
    fill(book, 1)
    with pytest.warns(UserWarning, match=r"isi\.xlsx was filled in; it is kept as"):
        write(book)


def test_a_workbook_of_somebody_else_is_kept_too(book):
    book.write_bytes(b"a letter")
    with session():
        write(book)
    assert (book.parent / "isi-isian.xlsx").read_bytes() == b"a letter"


def test_who_means_it_replaces_what_was_filled_in(book):
    fill(book, 1)
    with session():
        speak("id", force=True)
        write(book)
    assert [path.name for path in book.parent.iterdir()] == ["isi.xlsx"]


def test_nothing_is_kept_or_said_of_a_set_that_fails(book):
    before = fill(book, 1)

    def fail():
        with together():
            write(book)
            raise ZeroDivisionError

    with session():
        with pytest.raises(ZeroDivisionError):
            fail()
        assert take_kept() == []
    assert [path.name for path in book.parent.iterdir()] == ["isi.xlsx"]
    assert book.read_bytes() == before
