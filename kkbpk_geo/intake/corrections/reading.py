"""Workbooks of findings that came back, read together; their corrections by file.

In:     paths of workbooks. Out: :class:`Corrections`.
"""

from __future__ import annotations

import hashlib
import os.path
import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.base.escaping import seen_in_line
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.results import Result
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.findings import Finding, finding
from kkbpk_geo.intake.corrections.applying import Corrected, apply_to
from kkbpk_geo.intake.corrections.audit import audit_frame
from kkbpk_geo.intake.corrections.returned import Returned, read_returned
from kkbpk_geo.intake.corrections.settling import guarded
from kkbpk_geo.intake.model import Correction
from kkbpk_geo.io import is_open_file

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.io import Grid, Source

BOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".fods")  # what districts send


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class Corrections(Result):
    """What districts wrote into workbooks of findings.

    Attributes
    ----------
    lines : tuple of Correction
        One for each line that was filled in.
    findings : tuple of Finding
        About the workbooks: one that is none of ours, a line without its key.
    books : tuple of str
        Names of the workbooks that were read.
    shared : frozenset of str
        Names that several of the files have that are read together.
    """

    lines: tuple[Correction, ...]
    findings: tuple[Finding, ...] = ()
    books: tuple[str, ...] = ()
    shared: frozenset[str] = frozenset()

    @property
    def table(self) -> pd.DataFrame:
        """The corrections, one row each, as in ``koreksi.csv``."""
        return audit_frame(self.lines)

    def summary(self, language: Language = "id") -> str:
        """Say how many corrections were read, from how many workbooks."""
        counts = {"n": len(self.lines), "books": len(self.books)}
        said = {key: format_number(n, 0, language) for key, n in counts.items()}
        return label("corrections_read", language).format(**said)

    def among(self, files: Iterable[Path]) -> Corrections:
        """Return them for files that are read together, of which two may have one name.

        Of those only the digest tells which is meant.
        """
        times = Counter(seen_in_line(path.name) for path in files)
        shared = frozenset(name for name, n in times.items() if n > 1)
        return replace(self, shared=shared)

    def left(self, files: Iterable[Path]) -> list[Correction]:
        """Return those that none of the files that were read can take, with their why.

        Parameters
        ----------
        files : iterable of Path
        """
        digests: dict[str, set[str]] = {}
        asked = self.shared & {line.file for line in self.lines}
        for path in files:
            name = seen_in_line(path.name)
            known = {digest_of(path)} if name in asked else set()
            digests.setdefault(name, set()).update(known)
        found = []
        for line in self.lines:
            if line.file not in digests:
                found.append(replace(guarded(line), state="correction_no_file"))
            elif line.file in asked and line.digest not in digests[line.file]:
                found.append(replace(guarded(line), state="correction_two_files"))
        return found

    def apply_to(
        self, source: Source, grids: Sequence[Grid], sheet: str | None = None
    ) -> Corrected:
        """Write into the grids of a source what is said about it.

        Parameters
        ----------
        source : as :func:`kkbpk_geo.intake.reading.read_table` takes it
        grids : sequence of Grid
            Its sheets.
        sheet : str, optional
            The only one that is read.
        """
        file = grids[0].file
        lines = [line for line in self.lines if line.file == file]
        if sheet is not None:
            lines = [line for line in lines if line.sheet == sheet]
        if not lines:
            return Corrected(list(grids), ())
        digest = digest_of(source)
        if file in self.shared:
            lines = [line for line in lines if line.digest == digest]
        return apply_to(grids, lines, digest)


def digest_of(source: Source) -> str:
    """Return the SHA-256 of a file; empty of what is no file, or can be read once."""
    if isinstance(source, (str, Path)):
        with suppress(OSError):
            return hashlib.sha256(Path(source).read_bytes()).hexdigest()
        return ""
    if isinstance(source, bytes | bytearray | memoryview):
        return hashlib.sha256(source).hexdigest()
    if not is_open_file(source) or not getattr(source, "seekable", bool)():
        return ""
    file = cast("IO[Any]", source)
    file.seek(0)
    content = file.read()
    text = isinstance(content, str)
    return hashlib.sha256(content.encode() if text else content).hexdigest()


def read_corrections(
    paths: str | Path | Iterable[str | Path],
) -> Corrections:
    """Read workbooks of findings that districts have filled in.

    Parameters
    ----------
    paths : path, or iterable of paths
        ``temuan.xlsx`` as ``kkbpk-geo check -o`` writes it, with the column "betulkan
        menjadi" filled in; sorted, cut or saved by another program, in any format that
        is read. Of a folder, every workbook in it.

    Returns
    -------
    Corrections
        For ``read_table(..., corrections=)``. What cannot be used is a finding.

    Raises
    ------
    IntakeError
        If no workbook can be read; says of each why.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from kkbpk_geo.findings import finding, write_findings
    >>> from kkbpk_geo.intake import read_corrections
    >>> found = finding("negative_count", file="bkb.csv", row=7, value=-3)
    >>> with TemporaryDirectory() as folder:
    ...     [book] = write_findings([found], f"{folder}/temuan.xlsx")
    ...     read_corrections(book).summary()
    '0 pembetulan dibaca dari 1 buku kerja.'
    """
    found: list[Returned] = []
    unread: dict[str, IntakeError] = {}
    for path, name in _called(list(_books(paths))):
        try:
            found.append(read_returned(path, name))
        except IntakeError as err:
            unread[name] = err
    if not found:
        why = list(map(str, unread.values())) or ["no workbook of findings is named."]
        raise IntakeError("\n".join(dict.fromkeys(why)))
    told = [_unread(name, err) for name, err in unread.items()]
    lines: list[Correction] = []
    for book in found:
        told += book.found
        lines += book.lines
    names = tuple(book.name for book in found)
    return Corrections(lines=tuple(lines), findings=tuple(told), books=names)


def _unread(name: str, err: IntakeError) -> Finding:
    """Say that a workbook was not read, and why."""
    own = posixpath.basename(name)
    return finding(err.finding, file=name, value=str(err).removeprefix(f"{own}: "))


def _called(books: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Yield workbooks with their names; of those that share one the folder as well.

    Districts send back what they got: temuan.xlsx, each in a folder of its own.
    """
    times = Counter(path.name for path in books)
    folders = [path.resolve().parent for path in books]
    for path, folder in zip(books, folders, strict=True):
        name = path.name
        if times[name] > 1:
            with suppress(ValueError):  # on two drives nothing is common
                above = os.path.commonpath(folders)
                name = (folder.relative_to(above) / name).as_posix()
        yield path, seen_in_line(name)


def _books(paths: str | Path | Iterable[str | Path]) -> Iterator[Path]:
    """Yield each file once; of a folder the workbooks in it, by name."""
    several = [paths] if isinstance(paths, str | Path) else list(paths)
    seen = set()
    for path in map(Path, several):
        inside = [path]
        if path.is_dir():
            inside = sorted(x for x in path.iterdir() if x.suffix.lower() in BOOKS)
        for each in inside:
            if each.resolve() not in seen and not each.name.startswith("~$"):
                seen.add(each.resolve())
                yield each
