"""What the presence matrix asks of each village, and how its cells look, as data.

In:     presence.toml. Out: :class:`PresenceKind` and :class:`PresenceState` by key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.named import Named, in_language
from kkbpk_geo.catalogue.programme import for_each_group, split_column
from kkbpk_geo.catalogue.reading import Place, build_all, refer, require_colour
from kkbpk_geo.catalogue.statuses import statuses

_FILE = "presence.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceTheme(Named):
    """What several columns are about: groups, equipment, cadres, facilities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceKind(Named):
    """One column of the matrix.

    Attributes
    ----------
    short_id, short_en : str
        The head of the column; ``id``, ``en``: what it means.
    theme : str
    columns : tuple of str
        The first that has a figure of any village is the answer.
    count : str
        Says how many there are, where it is known.
    per_group : tuple of str
        The group kinds it stands for; empty for one of its own.
    group : str
        The group kind it was made for.
    """

    short_id: str
    short_en: str
    theme: str
    columns: tuple[str, ...]
    count: str
    per_group: tuple[str, ...] = ()
    group: str = ""

    def short(self, language: Language = "id") -> str:
        """Return the head of its column."""
        return in_language(language, self.short_id, self.short_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceState(Named):
    """What is known of one kind in one village.

    Attributes
    ----------
    sign : str
        Stands in the cell where there is no number.
    fill : str
        Behind it, ``#RRGGBB``.
    statuses : tuple of str
        Words of statuses.toml that mean this.
    """

    sign: str
    fill: str
    statuses: tuple[str, ...] = ()


@cache
def presence_themes() -> Mapping[str, PresenceTheme]:
    """Every theme, in the order of the columns."""
    return build_all(PresenceTheme, _FILE, "theme")


@cache
def presence_kinds() -> Mapping[str, PresenceKind]:
    """Every column, ``group:bkb`` or ``hospital``, in its order.

    Raises
    ------
    CatalogueError
        For an unknown theme or measure, or one that counts private persons.
    """
    found = for_each_group(build_all(PresenceKind, _FILE, "kind"), _FILE)
    for kind in found.values():
        refer(Place(_FILE, kind.key, "theme"), kind.theme, presence_themes(), _FILE)
        for column in (*kind.columns, kind.count):
            if split_column(column)[1].of_persons:
                msg = (
                    f"{_FILE} [{kind.key}] columns: {column!r} counts private persons; "
                    "expected a measure of groups, places or offices."
                )
                raise CatalogueError(msg)
    return found


@cache
def presence_states() -> Mapping[str, PresenceState]:
    """Every state of a cell, in the order of the key.

    Raises
    ------
    CatalogueError
        For a colour that a sheet cannot show, or a status that does not exist.
    """
    found = build_all(PresenceState, _FILE, "state")
    for key, state in found.items():
        for word in state.statuses:
            refer(Place(_FILE, key, "statuses"), word, statuses(), "statuses.toml")
        require_colour(Place(_FILE, key, "fill"), state.fill)
    return found
