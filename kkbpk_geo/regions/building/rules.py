"""What has to be known of outlines beyond what they say themselves, as data.

In:     ``boundary_rules.toml`` of the catalogue. Out: frozen rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.reading import build_all, read_as

_FILE = "boundary_rules.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that a rule is about; ``id`` and ``en`` say why.

    Attributes
    ----------
    lat, lon : float
        A point in it, degrees.
    km2 : float
        Its size, by which it is told from another that lies there.
    source : str
    """

    key: str
    lat: float
    lon: float
    km2: float
    id: str
    en: str
    source: str

    def why(self, language: Language) -> str:
        """Return the reason."""
        return self.id if language == "id" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch(Place):
    """Ground that no outline covers, and the code of the kecamatan that takes it."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Island(Place):
    """Ground that one layer of the source lacks, and the layer that has it."""

    code: str
    layer: Literal["kec"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole(Place):
    """Ground that stays without a region."""


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """All of them; ``without``: villages known to have no outline in the source."""

    patches: tuple[Patch, ...] = ()
    islands: tuple[Island, ...] = ()
    holes: tuple[Hole, ...] = ()
    without: frozenset[str] = frozenset()


@cache
def known_rules() -> Rules:
    """Return the rules of the catalogue."""
    without: Mapping[str, tuple[str, ...]] = read_as(
        dict[str, tuple[str, ...]], _FILE, "without"
    )
    return Rules(
        patches=tuple(build_all(Patch, _FILE, "patch").values()),
        islands=tuple(build_all(Island, _FILE, "island").values()),
        holes=tuple(build_all(Hole, _FILE, "hole").values()),
        without=frozenset().union(*without.values()),
    )
