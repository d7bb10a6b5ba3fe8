"""Why a number is there or not: one table for calculations, page, paper and words.

Why: missing is not zero, and "not reported" is not "missing". A reason that stood in
nine places was forgotten in one of them and then drawn as another.

In:     statuses.toml. Out: :class:`Status` by key, in the order of a legend.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.catalogue.named import Named
from kkbpk_geo.catalogue.reading import build_all

# Of whoever names no limit: counts of 1 to 4 persons are hidden.
USUAL_LIMIT: Final = 5
# A number is there, and nobody is to see it: no office has to send anything.
HIDDEN: Final = ("few_persons", "suppressed")
_FILE = "statuses.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status(Named):
    """One state of a cell.

    Attributes
    ----------
    rank : int
        Where numbers are combined, the highest rank among the parts is told.
    letter : str
        Stands for it in the data of the page.
    value : bool
        Whether there is a number.
    hatch, print : str
        SVG path and matplotlib hatch of what has no number; empty where there is one.
    """

    rank: int
    letter: str
    value: bool = False
    hatch: str = ""
    print: str = ""


@cache
def statuses() -> Mapping[str, Status]:
    """Return every status by key, in the order of a legend; read-only.

    Raises
    ------
    CatalogueError
        If an entry lacks a part, or two entries share one that must tell them apart.
    """
    found = build_all(Status, _FILE)
    for status in found.values():
        _check(status)
    _tell_apart(found.values())
    return found


def status_order() -> tuple[str, ...]:
    """Return the keys by rank: of combined numbers, the last of them is told."""
    ranked = sorted(statuses().values(), key=lambda status: status.rank)
    return tuple(status.key for status in ranked)


def reasons() -> tuple[Status, ...]:
    """Return every status without a number, in the order of a legend."""
    return tuple(status for status in statuses().values() if not status.value)


def worded(status: Status, limit: int) -> Status:
    """Return a status whose words name the numbers that a map hides.

    Parameters
    ----------
    limit : int
        Counts of persons from 1 to below it are hidden.

    Examples
    --------
    >>> worded(statuses()["few_persons"], 5).id
    'jumlah kecil: 1–4 orang'
    """
    few = few_text(limit)
    words = {name: getattr(status, name).replace("{few}", few) for name in ("id", "en")}
    return replace(status, **words)


def few_text(limit: int) -> str:
    """Return what stands for a small count: ``1–4``.

    With a dash of its own: what a spreadsheet reads as 1-4 becomes the first of April.
    """
    return f"1–{limit - 1}"


def _check(status: Status) -> None:
    """Refuse an entry that page or paper could not show."""
    where = f"{_FILE} [{status.key}]"
    if len(status.letter) != 1:
        msg = f"{where}: letter is {status.letter!r}; expected one letter."
        raise CatalogueError(msg)
    for part in ("id", "en"):
        if not getattr(status, part):
            msg = f"{where}: {part} is empty; expected the words a reader sees."
            raise CatalogueError(msg)
    # A pattern says that there is no number; over a number it would say the contrary.
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
