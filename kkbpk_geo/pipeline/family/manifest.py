"""What a run made of what, kept beside its files.

Why: the month's second run should make again what has changed, and nothing else; and
what an earlier run made and this one does not must not lie beside the new pages.

In:     a folder of results. Out: :class:`Manifest`; the same run gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from kkbpk_geo.io import MARKER, write_text

# Hidden where names with a dot are; no table, so no pattern of tables takes it.
NAME = ".kkbpk-geo.json"
_PIECE = 1 << 20  # bytes read at once: boundaries of a nation are hundreds of MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the last run into a folder was.

    Attributes
    ----------
    whole : str
        Key of everything that the run depends on; empty where a part failed.
    parts : mapping of str to str
        Part -> key of what it was made of.
    files : mapping of str to mapping
        Part -> name below the folder -> digest of the file.
    findings : mapping of str to int
        Severity -> how many.
    """

    whole: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    findings: Mapping[str, int] = field(default_factory=dict)

    def stands(self, part: str, folder: Path) -> bool:
        """Whether the files of a part are there, each as it was written."""
        known = self.files.get(part, {})
        as_before = [digest_of(folder / name) == sign for name, sign in known.items()]
        return bool(known) and all(as_before)

    def is_whole(self, folder: Path) -> bool:
        """Whether all files are there, each as it was written."""
        return bool(self.files) and all(
            self.stands(part, folder) for part in self.files
        )

    def names(self) -> dict[str, str]:
        """Return every file with its digest."""
        found: dict[str, str] = {}
        for each in self.files.values():
            found |= each
        return found


def read_manifest(folder: Path) -> Manifest:
    """Return what the last run left; an empty one where it cannot be read.

    Of a run that was cut short the names are known, and no part stays as it is.
    """
    known = _as_written(folder)
    places = {folder, *((folder / name).parent for name in known.names())}
    if any((place / MARKER).exists() for place in places):
        return replace(known, whole="", parts={})
    return known


def _as_written(folder: Path) -> Manifest:
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
        files = {part: dict(names) for part, names in told["files"].items()}
        findings = {each: int(n) for each, n in told["findings"].items()}
        made = Manifest(
            whole=str(told["whole"]),
            parts=dict(told["parts"]),
            files=files,
            findings=findings,
        )
    # Whatever stands there, at worst everything is made again.
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest()
    # Files are removed by these names: none of ours leads out of the folder.
    return made if all(map(_is_below, made.names())) else Manifest()


def _is_below(name: str) -> bool:
    path = Path(name)
    return not path.anchor and ".." not in path.parts


def write_manifest(manifest: Manifest, folder: Path) -> Path:
    """Write what a run was beside its files."""
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True)
    return write_text(folder / NAME, text + "\n")


def digest_of(path: Path) -> str:
    """Return the digest of a file; empty where it cannot be read."""
    summed = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                summed.update(piece)
    except OSError:
        return ""
    return summed.hexdigest()


def key_of(told: object) -> str:
    """Return the digest of what a part is made of."""
    text = json.dumps(told, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
