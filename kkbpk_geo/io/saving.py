"""Every file that is written: beside first, then in one step under its own name.

Why: last month's map must not be half a map because the disk is full or somebody
pulled the plug. A file is made in a hidden folder beside the results, brought to the
disk, and put under its name whole; what belongs together is put there together, when
all of it is complete.

In:     a path and its content. Out: the file; or one sentence in which language the
        command is spoken to, with the right file and the right remedy.
Law:    nothing else in the package writes a file (a test reads the source).
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from itertools import count
from pathlib import Path
from typing import NoReturn

from kkbpk_geo.base.errors import OutputError
from kkbpk_geo.catalogue.labels import both_labels, label
from kkbpk_geo.io.command import Kept, note_kept, note_set, spoken, was_read

# Of the folder in which files are made; the process and a number follow.
STAGING = ".kkbpk-geo-"
_EARLIER = "lama"  # inside it: what stood there before, until the set is whole
# Stands beside a set only while it is put there: left behind, it says what happened.
MARKER = "SEDANG-DIGANTI.txt"
_NUMBERS = count()
_LOCKED = (32, 33)  # as Windows numbers them: another program has the file open
# What the system says -> the label that tells it.
_REASONS = {
    errno.ENOSPC: "write_full",
    errno.EDQUOT: "write_full",
    errno.EFBIG: "write_too_large",
    errno.EROFS: "write_read_only",
    errno.EACCES: "write_denied",
    errno.EPERM: "write_denied",
    errno.EBUSY: "write_locked",
    errno.ETXTBSY: "write_locked",
    errno.ENOENT: "write_no_folder",
    errno.ENOTDIR: "write_no_folder",
    errno.EEXIST: "write_no_folder",
    errno.EISDIR: "write_is_folder",
    errno.ENAMETOOLONG: "write_long_name",
}


@contextmanager
def telling(path: str | Path) -> Iterator[None]:
    """Turn a refusal of the system into a sentence about the file that was meant.

    Raises
    ------
    OutputError
    """
    try:
        yield
    except OSError as err:
        key = _REASONS.get(err.errno or 0, "write_other")
        if getattr(err, "winerror", 0) in _LOCKED:
            key = "write_locked"
        _refuse(path, key, err.strerror or str(err))


def _refuse(path: str | Path, key: str, why: str = "") -> NoReturn:
    words = label(key, spoken()).format(path=path, why=why)
    raise OutputError(words) from None


class FileSet:
    """Files that are put under their names together, or not at all."""

    def __init__(self) -> None:
        self._folders: dict[Path, Path] = {}
        self._staged: dict[Path, Path] = {}
        self._kept: list[Kept] = []
        self._gone: list[Path] = []

    def add(self, path: str | Path, content: bytes) -> None:
        """Make a file beside the place where it is going to stand.

        Raises
        ------
        OutputError
            If it cannot be written there, or was read by the command.
        """
        if was_read(path):
            _refuse(path, "write_input")
        # A link stays a link: what it leads to is written.
        target = Path(os.path.realpath(path))
        with telling(path):
            there = target.exists()
            if target.is_dir():
                _refuse(path, "write_is_folder")
            # Replacing asks for the folder only; a file may be protected, too.
            if there and not os.access(target, os.W_OK):
                _refuse(path, "write_denied")
            staged = self._folder(target.parent) / target.name
            with staged.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if there:
                shutil.copymode(target, staged)
        self._staged[target] = staged

    def keep(self, kept: Kept) -> None:
        """Say that a file was kept aside, once the set is whole."""
        self._kept.append(kept)

    def has(self, path: Path) -> bool:
        """Whether a file of the set is going to stand there."""
        return Path(os.path.realpath(path)) in self._staged

    def now_at(self, path: Path) -> Path:
        """Return where the content is now that is going to stand there."""
        target = Path(os.path.realpath(path))
        return self._staged.get(target, target)

    def remove(self, path: Path) -> None:
        """Take a file away with the set that comes in its place."""
        self._gone.append(Path(os.path.realpath(path)))

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Drop what is added inside if it is not completed."""
        before = self.mark()
        try:
            yield
        except BaseException:
            self.back_to(before)
            raise

    def mark(self) -> tuple[set[Path], int]:
        """Return how far the set is."""
        return set(self._staged), len(self._kept)

    def back_to(self, mark: tuple[set[Path], int]) -> None:
        """Drop what was added since."""
        names, kept = mark
        for target in set(self._staged) - names:
            del self._staged[target]
        del self._kept[kept:]

    def swap(self) -> None:
        """Put all files under their names; what stood there comes back if one fails."""
        earlier = self._earlier()
        begun: list[Path] = []
        try:
            self._mark()
            # First: what is cut short after them leaves no page that nobody knows of.
            for target in self._leaving():
                begun.append(target)
                with telling(target):
                    target.unlink()
            for target, staged in self._staged.items():
                begun.append(target)
                with telling(target):
                    os.replace(staged, target)
        except BaseException:
            back = [self._put_back(target, earlier) for target in reversed(begun)]
            if all(back):
                self._unmark()
            raise
        self._unmark()
        note_set(self._folders)
        for folder in self._folders:
            _sync(folder)
        for kept in self._kept:
            note_kept(kept)

    def _is_one(self) -> bool:
        return len(self._staged) == 1 and not self._gone

    def _leaving(self) -> list[Path]:
        """Return what is there and goes: no file of the set comes in its place."""
        gone = dict.fromkeys(self._gone)
        return [path for path in gone if path not in self._staged and path.is_file()]

    def _earlier(self) -> dict[Path, Path]:
        """Give what stands there a second name, from which it can come back."""
        if self._is_one():  # one file alone is never half new
            return {}
        found: dict[Path, Path] = {}
        for target in (*self._staged, *self._leaving()):
            if not target.exists():
                continue
            found[target] = self._folder(target.parent) / _EARLIER / target.name
            with telling(target):
                found[target].parent.mkdir(exist_ok=True)
                try:
                    found[target].hardlink_to(target)
                except OSError:  # not every file system knows second names
                    shutil.copy2(target, found[target])
        return found

    def _mark(self) -> None:
        """Say beside the files that they are being replaced.

        A power cut between two of them is the one moment in which old and new stand
        side by side, and nobody is left to say so.
        """
        if self._is_one():
            return
        words = "\n\n".join(both_labels("write_swapping").values())
        for folder in self._folders:
            with telling(folder / MARKER):
                (folder / MARKER).write_text(f"{words}\n", encoding="utf-8")

    def _unmark(self) -> None:
        if self._is_one():  # what an earlier command left half stays told
            return
        for folder in self._folders:
            with suppress(OSError):
                (folder / MARKER).unlink()

    def _put_back(self, target: Path, earlier: dict[Path, Path]) -> bool:
        """Put back what stood there; return whether it stands there."""
        try:
            if target in earlier:
                os.replace(earlier[target], target)
            elif not self._staged[target].exists():  # it stands there already
                target.unlink()
        except OSError:
            return False
        return True

    def _folder(self, folder: Path) -> Path:
        if folder not in self._folders:
            _sweep(folder)
            staging = folder / f"{STAGING}{os.getpid()}-{next(_NUMBERS)}"
            staging.mkdir()
            self._folders[folder] = staging
        return self._folders[folder]

    def clear(self) -> None:
        """Remove what is left beside the results."""
        for staging in self._folders.values():
            shutil.rmtree(staging, ignore_errors=True)


_OPEN: ContextVar[FileSet | None] = ContextVar("kkbpk_geo_files", default=None)


@contextmanager
def together() -> Iterator[FileSet]:
    """Put what is written inside under its names at the end, all of it or nothing.

    One inside another is part of it.

    Raises
    ------
    OutputError
    """
    outer = _OPEN.get()
    if outer is not None:
        yield outer
        return
    files = FileSet()
    token = _OPEN.set(files)
    try:
        yield files
        files.swap()
    finally:
        _OPEN.reset(token)
        files.clear()


def write_file(path: str | Path, content: bytes) -> Path:
    """Write a file: what stands there before is whole until the new one is.

    Raises
    ------
    OutputError
        If it cannot be written, or the command has read it; names file and remedy.
    """
    with together() as files:
        files.add(path, content)
    return Path(path)


def write_text(path: str | Path, text: str) -> Path:
    """Write a text as it is, in UTF-8; half a letter of a broken sheet becomes ``?``.

    Raises
    ------
    OutputError
    """
    return write_file(path, text.encode("utf-8", "replace"))


def make_folder(folder: str | Path) -> Path:
    """Make a folder, and those above it, where it is not there.

    Raises
    ------
    OutputError
    """
    with telling(folder):
        Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Make a folder, and write into it what belongs together.

    Raises
    ------
    OutputError
    """
    make_folder(folder)
    with together():
        yield


def _sync(folder: Path) -> None:
    """Bring the new names to the disk, where the system lets folders be opened."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _sweep(folder: Path) -> None:
    """Remove what a command that was killed has left in a folder."""
    for left in folder.glob(f"{STAGING}*"):
        number = left.name.removeprefix(STAGING).partition("-")[0]
        if number.isdigit() and not _runs(int(number)):
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    # On Windows the question would end the process.
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
