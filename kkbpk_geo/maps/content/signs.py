"""The sign of each kind of point: a shape and a colour, told apart without colour.

Why: the page, its legend and the print map must show a Puskesmas the same way.
Facilities have their shape in facilities.toml; groups are discs with a letter.

In:     the key of a facility or group kind. Out: a :class:`Sign`.
"""

from __future__ import annotations

from dataclasses import dataclass

from kkbpk_geo.catalogue.programme import facility_kinds, groups

_LETTERS = {
    "bkb": "B",
    "bkr": "R",
    "bkl": "L",
    "uppka": "U",
    "pik_r": "P",
    "kampung_kb": "K",
    "rumah_dataku": "D",
}
_COLOURS = (
    "#7a3e9d", "#00695c", "#8a5a00", "#a3264b", "#1f4e9c", "#33691e", "#4e4e6a",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What stands for a kind of point on every map."""

    kind: str
    id: str
    en: str
    shape: str
    colour: str
    letter: str = ""


def sign_of(kind: str) -> Sign:
    """Return the sign of a kind; one the catalogue does not know is a grey disc."""
    facilities, known = facility_kinds(), groups()
    if kind in facilities:
        f = facilities[kind]
        return Sign(kind=kind, id=f.id, en=f.en, shape=f.shape, colour=f.colour)
    if kind in known:
        group = known[kind]
        at = list(known).index(kind) % len(_COLOURS)
        long = "" if group.short == group.id else f" ({group.id})"
        return Sign(
            kind=kind,
            id=group.short + long,
            en=f"{group.short} ({group.en})",
            shape="circle",
            colour=_COLOURS[at],
            letter=_LETTERS.get(kind, group.short[:1]),
        )
    return Sign(kind=kind, id=kind, en=kind, shape="circle", colour="#5A5A5A")
