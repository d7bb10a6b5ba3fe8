"""Why a number is there or not: one table for calculations, page, paper and words.

Why: missing is not zero, and "not reported" is not "missing". A reason that stood in
nine places was forgotten in one of them and then drawn as another.

In:     statuses.toml. Out: :class:`Status` by key, in the order of a legend.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.reading import build, read_toml

_FILE = "statuses.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One state of a cell.

    Attributes
    ----------
    key : str
    rank : int
        Where numbers are combined, the highest rank among the parts is told.
    letter : str
        Stands for it in the data of the page.
    id, en : str
        What a reader sees.
    value : bool
        Whether there is a number.
    hatch, print : str
        SVG path and matplotlib hatch of what has no number; empty where there is one.
    """

    key: str
    rank: int
    letter: str
    id: str
    en: str
    value: bool = False
    hatch: str = ""
    print: str = ""

    def words(self, language: Language = "id") -> str:
        """Return what a reader sees."""
        return self.en if language == "en" else self.id


@cache
def statuses() -> Mapping[str, Status]:
    """Return every status by key, in the order of a legend; read-only.

    Raises
    ------
    CatalogueError
        If an entry lacks a part, or two entries share one that must tell them apart.
    """
    entries = read_toml(_FILE)
    found = {
        key: build(Status, entry, file=_FILE, key=key) for key, entry in entries.items()
    }
    for status in found.values():
        _check(status)
    _tell_apart(found.values())
    return MappingProxyType(found)


def status_order() -> tuple[str, ...]:
    """Return the keys by rank: of combined numbers, the last of them is told."""
    ranked = sorted(statuses().values(), key=lambda status: status.rank)
    return tuple(status.key for status in ranked)


def reasons() -> tuple[Status, ...]:
    """Return every status without a number, in the order of a legend."""
    return tuple(status for status in statuses().values() if not status.value)


def _check(status: Status) -> None:
    """Refuse an entry that page or paper could not show."""
    where = f"{_FILE} [{status.key}]"
    if type(status.rank) is not int:
        msg = f"{where}: rank is {status.rank!r}; expected a whole number."
        raise CatalogueError(msg)
    if not isinstance(status.letter, str) or len(status.letter) != 1:
        msg = f"{where}: letter is {status.letter!r}; expected one letter."
        raise CatalogueError(msg)
    for part in ("id", "en"):
        if not getattr(status, part):
            msg = f"{where}: {part} is empty; expected the words a reader sees."
            raise CatalogueError(msg)
    for part in ("hatch", "print"):
        drawn = bool(getattr(status, part))
        if drawn == status.value:
            wanted = "none, because value is true" if status.value else "a pattern"
            msg = f"{where}: {part} is {getattr(status, part)!r}; expected {wanted}."
            raise CatalogueError(msg)


def _tell_apart(found: Iterable[Status]) -> None:
    """Refuse two entries with one rank, letter, word or pattern."""
    parts: dict[str, Callable[[Status], object]] = {
        "rank": lambda status: status.rank,
        "letter": lambda status: status.letter,
        "id": lambda status: status.id,
        "en": lambda status: status.en,
        "hatch": lambda status: status.hatch or status.key,
        "print": lambda status: status.print or status.key,
    }
    for part, get in parts.items():
        owners: dict[object, str] = {}
        for status in found:
            first = owners.setdefault(get(status), status.key)
            if first != status.key:
                msg = (
                    f"{_FILE} [{status.key}]: {part} {get(status)!r} is that of "
                    f"[{first}] too; expected one that no other has."
                )
                raise CatalogueError(msg)
