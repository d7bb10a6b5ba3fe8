"""One command: what it has read, what it kept aside, and how it is spoken to.

Why: what was read is somebody's work, and must not be what is written. A function
cannot know what another one has read; the command knows.

In:     paths as they are read. Out: whether a path was; what is to be said at the end.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kkbpk_geo.base.formats import Language


class Kept(NamedTuple):
    """A workbook that was filled in, under its new name; how many answers went on."""

    path: Path
    aside: Path
    carried: int = 0


@dataclass(slots=True, eq=False)
class Session:
    """What one command knows of itself.

    Attributes
    ----------
    language : {"id", "en"}
        Of the sentences about files that cannot be written.
    force : bool
        Whether workbooks that were filled in may be replaced.
    read : set
        Marks of the files that were read.
    kept : list of Kept
    written : list of Path
        Folders in which what was written stands under its name.
    """

    language: Language = "en"
    force: bool = False
    read: set[object] = field(default_factory=set)
    kept: list[Kept] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)


_CURRENT: ContextVar[Session | None] = ContextVar("kkbpk_geo_session", default=None)


@contextmanager
def session() -> Iterator[Session]:
    """Begin a command; one inside another is part of it."""
    current = _CURRENT.get()
    if current is not None:
        yield current
        return
    begun = Session()
    token = _CURRENT.set(begun)
    try:
        yield begun
    finally:
        _CURRENT.reset(token)


def speak(language: Language, *, force: bool = False) -> None:
    """Say in which language the command is spoken to, and whether it may replace."""
    if (current := _CURRENT.get()) is not None:
        current.language, current.force = language, force


def spoken() -> Language:
    """Return the language of the command; English where a program asks."""
    current = _CURRENT.get()
    return "en" if current is None else current.language


def forced() -> bool:
    """Whether workbooks that were filled in may be replaced."""
    current = _CURRENT.get()
    return current is not None and current.force


def note_read(path: str | Path) -> None:
    """Remember that a file was read."""
    if (current := _CURRENT.get()) is not None:
        current.read.add(_mark(path))


def forget_read(path: str | Path) -> None:
    """Let a file be written that was read: it turned out to be an output."""
    if (current := _CURRENT.get()) is not None:
        current.read.discard(_mark(path))


def was_read(path: str | Path) -> bool:
    """Whether the command has read a file, under this name or another."""
    current = _CURRENT.get()
    return current is not None and _mark(path) in current.read


@contextmanager
def looking() -> Iterator[None]:
    """Read what an earlier command wrote: it is no input, and may be replaced."""
    token = _CURRENT.set(None)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def note_set(folders: Iterable[Path]) -> None:
    """Remember where a set of files stands that is whole."""
    if (current := _CURRENT.get()) is not None:
        current.written += [each for each in folders if each not in current.written]


def written_folders() -> list[Path]:
    """Return the folders in which the command has put a whole set of files."""
    current = _CURRENT.get()
    return [] if current is None else list(current.written)


def note_kept(kept: Kept) -> None:
    """Remember what was kept aside, to be said; without a command it is said now."""
    current = _CURRENT.get()
    if current is not None:
        current.kept.append(kept)
        return
    words = f"{kept.path} was filled in; it is kept as {kept.aside.name}."
    warnings.warn(words, stacklevel=2)


def take_kept() -> list[Kept]:
    """Return what was kept aside and has not been said yet."""
    current = _CURRENT.get()
    if current is None:
        return []
    found, current.kept = current.kept, []
    return found


def _mark(path: str | Path) -> object:
    """Return what is the same for every name of a file: links, letter case, dots."""
    real = os.path.realpath(path)
    try:
        state = os.stat(real)
    except OSError:
        return os.path.normcase(real)
    # Some network file systems number nothing.
    if not state.st_ino:
        return os.path.normcase(real)
    return state.st_dev, state.st_ino
