"""The parts of a run, made one by one: what has changed, and only that.

Why: one part's defect must not cost an office its map; and a page of the run before
must not lie among those of this one.

In:     parts, in order; the folder; what the run depends on.
Out:    :class:`Outcome`: files with what became of them, parts that failed.
Law:    called where files are written together: a disk that is full stops all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from kkbpk_geo.base.errors import EmptyDataError, OutputError
from kkbpk_geo.base.marks import UNMARKED, Marks
from kkbpk_geo.io import Family, FileSet, Way, together, was_read
from kkbpk_geo.pipeline.family.basis import Basis
from kkbpk_geo.pipeline.family.manifest import (
    Manifest,
    digest_of,
    read_manifest,
    write_manifest,
)
from kkbpk_geo.pipeline.parts import Failure

NEW, AGAIN, SAME = "new", "again", "same"
# What people fill in stays, also where its part fails.
_FILLED_IN = ".xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file of a run, and what became of it.

    Attributes
    ----------
    part : str
    path : Path
    size : int
        In bytes.
    state : {"new", "again", "same"}
        Written for the first time, with other content than before, or as it was.
    """

    part: str
    path: Path
    size: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SoFar:
    """What a part may know of the run when it is made.

    Attributes
    ----------
    family : Family
        With the ways to all parts that are made.
    failures : tuple of Failure
    made : tuple of Made
        By the parts before it.
    """

    family: Family
    failures: tuple[Failure, ...]
    made: tuple[Made, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Files of a run that are made together.

    Attributes
    ----------
    key : str
    file : str
        Name of the file that stands for it.
    write : callable
        Writes its files, and returns their paths.
    ways : tuple of Way
        To its pages.
    apart : frozenset of str
        Choices of the project that it does not depend on.
    lasting : bool
        Whether it may stay as it is where nothing that it depends on has changed; what
        is made in no time is made again, and compared.
    may_be_empty : bool
        Whether it is no failure that these data have nothing for it to say.
    marks : Marks
        Those of the run: every page shows them.
    """

    key: str
    file: str
    write: Callable[[SoFar], Iterable[Path]]
    ways: tuple[Way, ...] = ()
    apart: frozenset[str] = frozenset()
    lasting: bool = False
    may_be_empty: bool = False
    marks: Marks = UNMARKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of the parts.

    Attributes
    ----------
    made : tuple of Made
    removed : tuple of Path
        Files of an earlier run that are of none of the parts now.
    failures : tuple of Failure
    """

    made: tuple[Made, ...]
    removed: tuple[Path, ...]
    failures: tuple[Failure, ...]


@dataclass(slots=True, eq=False)
class _Round:
    """One walk over the parts."""

    files: FileSet
    folder: Path
    basis: Basis | None
    before: Manifest
    failures: dict[str, Failure]
    absent: set[str]
    keys: dict[str, str] = field(default_factory=dict)
    made: list[Made] = field(default_factory=list)

    def walk(self, parts: Sequence[Part], family: Family) -> None:
        """Make every part that has not failed before."""
        for part in parts:
            if part.key in self.failures or part.key in self.absent:
                continue
            key = self._key(part, family)
            if part.lasting and self._stays(part, key):
                names = self.before.files.get(part.key, {})
                paths: list[Path] = [self.folder / name for name in names]
            else:
                made = self._made(part, family)
                if made is None:
                    continue
                paths = made
            self.keys[part.key] = key
            self.made += [self._state(part, path) for path in paths]

    def _key(self, part: Part, family: Family) -> str:
        if self.basis is None:
            return ""
        # What failed in reading is lacking in a part, though its files are the same.
        failed = map(repr, self.failures.values())
        # A sample among the plans marks pages that are not made of plans.
        more = [*_seen(family), repr(part.marks), *failed]
        return self.basis.key(apart=part.apart, more=more)

    def _stays(self, part: Part, key: str) -> bool:
        known = bool(key) and self.before.parts.get(part.key) == key
        return known and self.before.stands(part.key, self.folder)

    def _made(self, part: Part, family: Family) -> list[Path] | None:
        """Return the files of a part; None where it failed."""
        failures = tuple(self.failures.values())
        told = SoFar(family=family, failures=failures, made=tuple(self.made))
        try:
            with self.files.attempt():
                return list(part.write(told))
        except OutputError:  # of the folder, and so of every part
            raise
        except Exception as err:
            if part.may_be_empty and isinstance(err, EmptyDataError):
                self.absent.add(part.key)
            else:
                self.failures[part.key] = Failure.of(part.key, part.file, err)
            return None

    def _state(self, part: Part, path: Path) -> Made:
        now = self.files.now_at(path)
        state = NEW
        if path.exists():
            same = digest_of(path) == digest_of(now)
            state = SAME if same else AGAIN
        size = now.stat().st_size
        return Made(part=part.key, path=path, size=size, state=state)


def _seen(family: Family) -> list[object]:
    return [family.title, family.subtitle, family.credit, *map(repr, family.ways)]


def make_parts(
    parts: Sequence[Part],
    folder: Path,
    *,
    basis: Basis | None,
    family_of: Callable[[tuple[Way, ...]], Family],
    failures: Iterable[Failure] = (),
    findings: Callable[[tuple[Failure, ...]], Mapping[str, int]],
) -> Outcome:
    """Make the parts of a run, and keep what it made beside them.

    Parameters
    ----------
    parts : sequence of Part
        In order: the last ones tell of those before.
    folder : Path
    basis : Basis or None
        Without it nothing is known to be as it was.
    family_of : callable
        Gives the family with these ways.
    failures : iterable of Failure
        Of parts for which there is nothing to write: they failed in reading.
    findings : callable
        Counts what is to be said by severity, failures among it.
    """
    before = read_manifest(folder)
    failed = {each.part: each for each in failures}
    absent: set[str] = set()
    with together() as files:
        while True:
            known = len(failed) + len(absent)
            there = [p for p in parts if p.key not in failed and p.key not in absent]
            ways = tuple(chain.from_iterable(part.ways for part in there))
            number = sum(findings(tuple(failed.values())).values())
            ways = tuple(_counted(way, number) for way in ways)
            turn = _Round(files, folder, basis, before, failed, absent)
            before_all = files.mark()
            turn.walk(parts, family_of(ways))
            if len(failed) + len(absent) == known:
                break
            # The pages that were made lead to one that is not.
            files.back_to(before_all)
        told = tuple(failed.values())
        removed = _remove(turn)
        _keep(turn, findings(told))
    return Outcome(made=tuple(turn.made), removed=removed, failures=told)


def _counted(way: Way, findings: int) -> Way:
    """Let the way to the findings say how many there are, failures among them."""
    return replace(way, count=findings) if way.key == "findings" else way


def _remove(turn: _Round) -> tuple[Path, ...]:
    """Take away what earlier runs made and this one did not; not what was filled in."""
    made = {each.path for each in turn.made}
    old = [turn.folder / name for name in turn.before.names()]
    signs = turn.before.names().values()
    gone = [
        path
        for path, sign in zip(old, signs, strict=True)
        if path not in made and digest_of(path) == sign and not was_read(path)
    ]
    # Made by a version that kept nothing, the page of a failed part is as stale.
    lacking = [turn.folder / each.file for each in turn.failures.values()]
    gone += [
        path
        for path in lacking
        if path.suffix != _FILLED_IN
        and path.is_file()
        and path not in gone
        and not was_read(path)
    ]
    for path in gone:
        turn.files.remove(path)
    return tuple(gone)


def _keep(turn: _Round, findings: Mapping[str, int]) -> None:
    files: dict[str, dict[str, str]] = {}
    for each in turn.made:
        name = each.path.relative_to(turn.folder).as_posix()
        now = turn.files.now_at(each.path)
        files.setdefault(each.part, {})[name] = digest_of(now)
    # What failed may succeed the next time, with the same files.
    whole = ""
    if turn.basis is not None and not turn.failures:
        whole = turn.basis.key()
    manifest = Manifest(
        whole=whole, parts=turn.keys, files=files, findings=dict(findings)
    )
    write_manifest(manifest, turn.folder)


def nothing_changed(basis: Basis, folder: Path) -> tuple[int, Mapping[str, int]] | None:
    """Say what the last run was, if another one would make the same of the same.

    Parameters
    ----------
    basis : Basis
    folder : Path
        Of the results.

    Returns
    -------
    tuple of (int, mapping) or None
        How many files there are, and what was found, by severity.
    """
    before = read_manifest(folder)
    same = bool(before.whole) and before.whole == basis.key()
    if not same or not before.is_whole(folder):
        return None
    return len(before.names()), before.findings
