"""Workbooks to be filled in: one that was is not replaced, it is kept.

Why: a meeting's decisions and an office's answers stand in a file that the program
wrote. Written again, it would be empty.

In:     the content of a workbook, and what stands under its name.
Out:    the workbook; the filled one under a name of its own beside it.
Rule:   a workbook carries a digest of itself as it was written. One that no longer fits
        its digest, or has none, has been somewhere else: it is kept, whatever changed.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from pathlib import Path

from kkbpk_geo.io.command import Kept, forced
from kkbpk_geo.io.saving import FileSet, telling, together, write_file

PROPERTY = "kkbpk_geo"
BLANK_DIGEST = "0" * 64  # as long as a digest, which takes its place
_PROPERTIES = "docProps/custom.xml"
_DIGEST = re.compile(rb"[0-9a-f]{64}")


def sign(content: bytes) -> bytes:
    """Return a workbook with the digest of its parts in its own property."""
    digest = _digest(content).encode()
    signed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(signed, "w") as new,
    ):
        for part in old.infolist():
            text = old.read(part)
            if part.filename == _PROPERTIES:
                text = text.replace(BLANK_DIGEST.encode(), digest)
            new.writestr(part, text)
    return signed.getvalue()


def is_as_written(content: bytes) -> bool:
    """Whether a workbook is what this program wrote, and nobody has saved it since."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            stated = _DIGEST.search(book.read(_PROPERTIES))
        return stated is not None and stated[0].decode() == _digest(content)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        return False


def _digest(content: bytes) -> str:
    summed = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for name in sorted(book.namelist()):
            if name != _PROPERTIES:
                part = hashlib.sha256(book.read(name)).hexdigest()
                summed.update(f"{name}\n{part}\n".encode())
    return summed.hexdigest()


def write_form(path: str | Path, content: bytes, *, carried: int = 0) -> Path:
    """Write a workbook to be filled in; keep the one that was.

    Parameters
    ----------
    path : str or Path
    content : bytes
        As :func:`sign` gives it.
    carried : int
        How many answers of the one that stands there are in the new one.

    Raises
    ------
    OutputError
    """
    path = Path(path)
    if forced() or not path.is_file():
        return write_file(path, content)
    with telling(path):
        before = path.read_bytes()
    with together() as files:
        if before != content and not is_as_written(before):
            _keep(files, path, before, carried)
        files.add(path, content)
    return path


def _keep(files: FileSet, path: Path, before: bytes, carried: int) -> None:
    number = 1
    while True:
        tail = "-isian" if number == 1 else f"-isian-{number}"
        aside = path.with_name(f"{path.stem}{tail}{path.suffix}")
        if not (aside.exists() or files.has(aside)):
            break
        number += 1
    files.add(aside, before)
    files.keep(Kept(path, aside, carried))
