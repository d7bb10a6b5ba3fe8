"""Under a name stands the old file or the new one, whole; a set is never mixed."""

import ast
import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import kkbpk_geo
from kkbpk_geo.base.errors import IntakeError, OutputError, ProjectError
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import (
    note_read,
    session,
    together,
    write_file,
    write_text,
    writing,
    written_folders,
)
from kkbpk_geo.io.command import speak
from kkbpk_geo.io.saving import MARKER, STAGING, telling

NAMES = ("a.html", "b.csv", "c.xlsx")
PACKAGE = Path(kkbpk_geo.__file__).parent
# Writes three files of 3,000 letters; the n-th call of a function of os ends it.
SCRIPT = """
import os, signal, sys
from pathlib import Path
from kkbpk_geo.io.saving import write_file, writing
name, number, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
real, seen = getattr(os, name), [0]
def counted(*given):
    seen[0] += 1
    if seen[0] == number:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*given)
setattr(os, name, counted)
with writing(folder):
    for one in ("a.html", "b.csv", "c.xlsx"):
        write_file(folder / one, b"new" * 1000)
"""
# Four letters against three: what is cut has neither length.
OLD, NEW = b"old." * 1000, b"new" * 1000


@pytest.fixture
def folder(tmp_path):
    """A folder with last month's set."""
    for name in NAMES:
        (tmp_path / name).write_bytes(OLD)
    return tmp_path


def contents(folder):
    return {name: (folder / name).read_bytes() for name in NAMES}


def staged(folder):
    return list(folder.glob(f"{STAGING}*"))


def write_set(folder, *names, then=None):
    with writing(folder):
        for name in names:
            write_file(folder / name, NEW)
        if then is not None:
            raise then


def break_at(name, number, folder):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, name, str(number), str(folder)], check=False
    )
    return done.returncode


def test_a_set_stands_there_when_all_of_it_is_complete(folder):
    with writing(folder):
        for name in NAMES:
            write_file(folder / name, NEW)
            assert contents(folder)[name] == OLD
    assert contents(folder) == dict.fromkeys(NAMES, NEW)
    assert sorted(p.name for p in folder.iterdir()) == list(NAMES)


def test_a_set_that_fails_leaves_the_old_one_and_nothing_beside_it(folder):
    with pytest.raises(ZeroDivisionError):
        write_set(folder, NAMES[0], "more.csv", then=ZeroDivisionError())
    assert contents(folder) == dict.fromkeys(NAMES, OLD)
    assert sorted(p.name for p in folder.iterdir()) == list(NAMES)


@pytest.mark.skipif(os.name != "posix", reason="there is no such signal")
@pytest.mark.parametrize("number", [1, 2, 3])
def test_killed_while_it_writes_the_old_set_is_whole(folder, number):
    assert break_at("fsync", number, folder) == -signal.SIGKILL
    assert contents(folder) == dict.fromkeys(NAMES, OLD)


@pytest.mark.skipif(os.name != "posix", reason="there is no such signal")
@pytest.mark.parametrize("number", [1, 2, 3])
def test_killed_while_it_swaps_no_file_is_cut(folder, number):
    assert break_at("replace", number, folder) == -signal.SIGKILL
    got = list(contents(folder).values())
    assert got == [NEW] * (number - 1) + [OLD] * (4 - number)
    words = (folder / MARKER).read_text(encoding="utf-8")
    assert "ada yang lama dan ada yang baru. Jalankan lagi" in words
    assert "some are old and some are new. Run the command again" in words


@pytest.mark.skipif(os.name != "posix", reason="there is no such signal")
def test_the_note_of_a_set_cut_off_stays_until_a_whole_set_stands_there(folder):
    break_at("replace", 2, folder)
    write_file(folder / NAMES[0], NEW)  # one file makes no set whole
    assert (folder / MARKER).exists()
    write_set(folder, *NAMES)
    assert not (folder / MARKER).exists()
    assert contents(folder) == dict.fromkeys(NAMES, NEW)


def test_what_cannot_be_put_back_leaves_the_note(folder, monkeypatch):
    real = os.replace

    def replace(source, target):
        if Path(source).parent.name == "lama" or Path(target).name == "c.xlsx":
            raise PermissionError(13, "no")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(OutputError):
        write_set(folder, *NAMES)
    assert contents(folder)["a.html"] == NEW
    assert (folder / MARKER).exists()


def test_where_the_note_cannot_be_written_nothing_is_replaced(folder):
    (folder / MARKER).mkdir()
    with pytest.raises(OutputError, match="a folder has that name"):
        write_set(folder, *NAMES)
    assert contents(folder) == dict.fromkeys(NAMES, OLD)


def test_a_note_that_does_not_fit_on_the_disk_is_not_left_half(folder, monkeypatch):
    real = Path.write_text

    def full(path, text, **more):
        real(path, text[:5], **more)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OutputError, match="the disk is full"):
        write_set(folder, *NAMES)
    assert contents(folder) == dict.fromkeys(NAMES, OLD)
    assert not (folder / MARKER).exists()


def test_a_command_knows_where_its_new_files_stand(folder):
    with session():
        with pytest.raises(ZeroDivisionError):
            write_set(folder, *NAMES, then=ZeroDivisionError())
        assert written_folders() == []
        write_set(folder, *NAMES)
        write_file(folder / NAMES[0], OLD)
        assert written_folders() == [folder]
    assert written_folders() == []


@pytest.mark.skipif(os.name != "posix", reason="there is no such signal")
def test_what_a_killed_command_left_is_removed_by_the_next(folder):
    break_at("fsync", 2, folder)
    assert len(staged(folder)) == 1
    write_file(folder / NAMES[0], NEW)
    assert staged(folder) == []


@pytest.mark.skipif(os.name != "posix", reason="processes cannot be asked for there")
def test_what_a_command_that_still_runs_is_making_stays(folder):
    other = folder / f"{STAGING}{os.getppid()}-0"
    other.mkdir()
    write_file(folder / NAMES[0], NEW)
    assert staged(folder) == [other]


@pytest.mark.parametrize("stop", [PermissionError(13, "no"), KeyboardInterrupt()])
def test_a_file_that_cannot_be_swapped_brings_the_whole_set_back(
    folder, stop, monkeypatch
):
    real = os.replace

    def replace(source, target):
        # What is put back comes from a folder of its own.
        if Path(target).name == "c.xlsx" and Path(source).parent.name != "lama":
            raise stop
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises((OutputError, KeyboardInterrupt)):
        write_set(folder, "first.csv", *NAMES)
    assert contents(folder) == dict.fromkeys(NAMES, OLD)
    assert sorted(p.name for p in folder.iterdir()) == list(NAMES)


def test_where_files_have_one_name_only_the_set_comes_back_too(folder, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EPERM, "no second names here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    test_a_file_that_cannot_be_swapped_brings_the_whole_set_back(
        folder, PermissionError(13, "no"), monkeypatch
    )


def write_two_and_fail(folder):
    write_file(folder / "b.csv", NEW)
    write_file(folder / "d.csv", NEW)
    write_file(folder, NEW)


def test_what_is_tried_in_vain_is_no_part_of_the_set(folder):
    with together() as files:
        write_file(folder / "a.html", NEW)
        with pytest.raises(OutputError), files.attempt():
            write_two_and_fail(folder)
        assert files.now_at(folder / "a.html").read_bytes() == NEW
        assert files.now_at(folder / "b.csv") == folder / "b.csv"
    assert contents(folder) == {"a.html": NEW, "b.csv": OLD, "c.xlsx": OLD}
    assert not (folder / "d.csv").exists()


def test_a_file_goes_with_the_set_that_comes_in_its_place(folder):
    with together() as files:
        write_file(folder / "a.html", NEW)
        files.remove(folder / "b.csv")
        files.remove(folder / "a.html")  # it is written: it stays
        files.remove(folder / "tiada.csv")
        assert (folder / "b.csv").exists()
    assert sorted(path.name for path in folder.iterdir()) == ["a.html", "c.xlsx"]


def write_one_instead_of_three(folder):
    with together() as files:
        write_file(folder / "a.html", NEW)
        files.remove(folder / "b.csv")
        files.remove(folder / "c.xlsx")


def test_a_file_that_was_to_go_comes_back_with_the_others(folder, monkeypatch):
    real = Path.unlink

    def refuse(path, **more):
        if path.name == "c.xlsx":
            raise PermissionError(errno.EACCES, "Permission denied")
        real(path, **more)

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(OutputError):
        write_one_instead_of_three(folder)
    monkeypatch.undo()
    assert contents(folder) == dict.fromkeys(NAMES, OLD)


def test_a_file_that_goes_is_gone_before_the_first_comes(folder, monkeypatch):
    real, left = os.replace, []

    def replace(source, target):
        left.append((folder / "b.csv").exists())
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    write_one_instead_of_three(folder)
    assert left == [False]


def test_one_set_inside_another_is_part_of_it(folder):
    inner = folder / "rapat"
    with together():
        write_set(inner, "b.txt")
        assert not (inner / "b.txt").exists()
    assert (inner / "b.txt").read_bytes() == NEW


def test_a_set_outside_that_fails_takes_the_one_inside_with_it(folder):
    inner = folder / "rapat"

    def both():
        with together():
            write_set(inner, "b.txt")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        both()
    assert list(inner.iterdir()) == []


def test_a_link_stays_a_link_and_a_file_keeps_its_rights(folder):
    link = folder / "link.csv"
    link.symlink_to(folder / "b.csv")
    (folder / "b.csv").chmod(0o640)
    write_file(link, NEW)
    assert link.is_symlink()
    assert (folder / "b.csv").read_bytes() == NEW
    assert (folder / "b.csv").stat().st_mode & 0o777 == 0o640


def test_a_file_that_is_protected_is_not_replaced(folder, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(OutputError, match="no right to write"):
        write_file(folder / "b.csv", NEW)
    assert (folder / "b.csv").read_bytes() == OLD


def test_a_text_is_written_as_it_is(tmp_path):
    path = write_text(tmp_path / "a.txt", "é\n\ud800")
    assert path.read_bytes() == b"\xc3\xa9\n?"


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "write_full"),
        (errno.EDQUOT, "write_full"),
        (errno.EFBIG, "write_too_large"),
        (errno.EROFS, "write_read_only"),
        (errno.EACCES, "write_denied"),
        (errno.EPERM, "write_denied"),
        (errno.EBUSY, "write_locked"),
        (errno.ETXTBSY, "write_locked"),
        (errno.ENOENT, "write_no_folder"),
        (errno.ENOTDIR, "write_no_folder"),
        (errno.EISDIR, "write_is_folder"),
        (errno.ENAMETOOLONG, "write_long_name"),
        (errno.EIO, "write_other"),
    ],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_each_refusal_of_the_system_has_its_sentence(number, key, language):
    with session():
        speak(language)
        with pytest.raises(OutputError) as err, telling("hasil/peta.html"):
            raise OSError(number, "why", "/tmp/other")
    words = label(key, language).format(path="hasil/peta.html", why="why")
    assert str(err.value) == words
    assert isinstance(err.value, ProjectError)
    assert isinstance(err.value, IntakeError)


def test_a_file_that_is_open_elsewhere_is_to_be_closed_there():
    refused = PermissionError(errno.EACCES, "in use")
    refused.winerror = 32
    with pytest.raises(OutputError, match="Close it there"), telling("a.xlsx"):
        raise refused


def test_a_full_disk_names_the_file_that_did_not_fit(folder, monkeypatch):
    seen = []

    def fsync(number):
        seen.append(number)
        if len(seen) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OutputError) as err:
        write_set(folder, *NAMES)
    second = folder / "b.csv"
    assert str(err.value).startswith(f"{second}: cannot be written, the disk is full")
    assert contents(folder) == dict.fromkeys(NAMES, OLD)


def test_a_folder_is_no_file(tmp_path):
    (tmp_path / "a.html").mkdir()
    with pytest.raises(OutputError, match="a folder has that name"):
        write_file(tmp_path / "a.html", NEW)


def test_what_a_command_has_read_it_does_not_write(folder):
    link = folder / "link.csv"
    link.symlink_to(folder / "b.csv")
    with session():
        note_read(folder / "b.csv")
        for name in ("b.csv", "link.csv", "./b.csv"):
            with pytest.raises(OutputError, match="was read by this command"):
                write_file(folder / name, NEW)
        write_file(folder / "a.html", NEW)
    write_file(folder / "b.csv", NEW)  # the next command may


# Calls that write; the buffer of a picture or a workbook is no file.
WRITERS = {
    "write_bytes", "to_csv", "to_excel", "to_file", "to_json",
    "NamedTemporaryFile", "TemporaryFile", "TemporaryDirectory", "mkdtemp", "mkstemp",
    "copyfile", "copy2", "copytree", "move", "hardlink_to",
    "symlink_to", "unlink", "rmtree",
}  # fmt: skip
MODES = {"w", "a", "x", "wb", "ab", "xb", "wt"}
# The one helper; copies of a layer in a folder of the system, gone when it is read;
# a GeoPackage, which its driver can only make as a file.
MAY = {"io/saving.py", "maps/gis/geopackage.py", "regions/foreign/opening.py"}
INTO_BUFFERS = {"savefig", "PdfPages", "Workbook", "save", "to_parquet"}
# Pages of a PDF are figures added to one; folium's own save is behind ours.
BUFFERS = {"buffer", "figure", "outfile"}


def names(call):
    found = call.func
    return found.attr if isinstance(found, ast.Attribute) else getattr(found, "id", "")


def writes(call):
    name, given = names(call), [ast.unparse(one) for one in call.args]
    own = isinstance(call.func, ast.Attribute)
    if name in WRITERS:
        return True
    if name == "write_text":
        return own  # the method of a path; the function is ours
    if name in INTO_BUFFERS:
        return bool(given) and given[0] not in BUFFERS
    if name in ("open", "ZipFile"):
        modes = [*given, *(ast.unparse(k.value) for k in call.keywords)]
        into = name == "ZipFile" and given[0] == "signed"
        return not into and any(mode.strip("'") in MODES for mode in modes)
    return name == "replace" and own and ast.unparse(call.func.value) == "os"


def writers(text):
    calls = (one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Call))
    return [f"line {call.lineno}: {names(call)}" for call in calls if writes(call)]


@pytest.mark.parametrize(
    "line",
    [
        "path.write_text('a')", "path.write_bytes(b'a')", "frame.to_csv(path)",
        "open(path, 'w')", "path.open('wb')", "path.open(mode='a')",
        "os.replace(a, b)", "figure.savefig(target)", "PdfPages(target)",
        "Workbook(path)", "ZipFile(path, 'w')", "tempfile.mkdtemp()",
    ],
)  # fmt: skip
def test_the_reader_of_the_source_knows_what_writes(line):
    assert writers(line)


def test_nothing_else_in_the_package_writes_a_file():
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).as_posix() in MAY:
            continue
        if lines := writers(path.read_text(encoding="utf-8")):
            found[path.relative_to(PACKAGE).as_posix()] = lines
    assert found == {}
