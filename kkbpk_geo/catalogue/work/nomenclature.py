"""Codes of the work of regional offices, by edition, and the work they stand for.

Why: a name stands under two codes and a code means something only in its edition. Work
is known by both; a code that an edition does not have is said to be unknown in it.

In:     nomenclature.csv; editions in plan_forms.toml.
Out:    :func:`work_code` spells a code as the nomenclature does, :func:`find_work`
        finds it in an edition, :func:`activity_of_work` says which activity it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kkbpk_geo.base.text import as_text
from kkbpk_geo.catalogue.activities import activities, activity_of
from kkbpk_geo.catalogue.named import Named
from kkbpk_geo.catalogue.reading import Place, build_all, build_rows, refer

_FILE, _FORMS = "nomenclature.csv", "plan_forms.toml"
# Digits of each part of a code: urusan, bidang, program, kegiatan in two, sub kegiatan.
_DIGITS = (1, 2, 2, 1, 2, 4)
_OLD = 4  # parts of a kegiatan's code before 2021: 1.12.15.01
# The programme of every office, printed with the number of its own urusan.
_SUPPORT = re.compile(r"(\d\.\d\d|X\.XX)\.01(?=\.|$)")
_REGIONAL = re.compile(r"(\d\.\d\d|X\.XX)(\.|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition(Named):
    """A list of codes that is or was in force for the plans of some years."""

    source: str
    first: int
    last: int = 9999

    def holds(self, year: int) -> bool:
        """Whether the plans of a year use it."""
        return self.first <= year <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a code stands for in one edition.

    ``activities``: keys of those that it covers; one with ``?`` behind it is only meant
    where a text beside the code names it.
    """

    code: str
    edition: str
    level: str
    name: str
    unit: str = ""
    previous: str = ""
    activities: str = ""

    @property
    def covers(self) -> tuple[str, ...]:
        """Keys of the activities that the work covers, in the order of the file."""
        return tuple(key.removesuffix("?") for key in self.activities.split())

    @property
    def means(self) -> str:
        """The activity that the code alone stands for, ``""`` where it is not one."""
        sure = [key for key in self.activities.split() if not key.endswith("?")]
        return sure[0] if len(sure) == 1 else ""

    @property
    def is_support(self) -> bool:
        """Whether it is of the support programme: salaries, electricity, travel."""
        return is_support(self.code)


@cache
def editions() -> Mapping[str, Edition]:
    """Every edition of the nomenclature, the oldest first.

    Examples
    --------
    >>> editions()["2023"].holds(2025)
    True
    """
    return build_all(Edition, _FORMS, "editions")


@cache
def works() -> Mapping[tuple[str, str], Work]:
    """Every code with its edition, in file order.

    Raises
    ------
    CatalogueError
        For an edition or an activity that no file has.
    """
    found = {}
    for work in build_rows(Work, _FILE, "code"):
        place = Place(_FILE, work.code, "edition")
        refer(place, work.edition, editions(), _FORMS)
        for key in work.covers:
            refer(place.at("activities"), key, activities(), "activities.toml")
        found[work.code, work.edition] = work
    return MappingProxyType(found)


def edition_of(year: int | None) -> str:
    """Return the edition that the plans of a year use, ``""`` where none is known.

    Examples
    --------
    >>> edition_of(2019), edition_of(2026), edition_of(2027), edition_of(1998)
    ('2006', '2023', '2026', '')
    """
    holding = (key for key, each in editions().items() if year and each.holds(year))
    return next(holding, "")


def work_code(cells: Sequence[object]) -> str:
    """Return the code in one cell or several, spelled as the nomenclature does.

    Parts that a sheet keeps as numbers get their noughts again: 3 is programme 03, and
    2.1 beside others is 2.10.

    Examples
    --------
    >>> work_code(["2.14.03.02.02.0001"]), work_code([2, 14, 3, 2.1, 4])
    ('2.14.03.2.02.0001', '2.14.03.2.10.0004')
    """
    parts: list[str] = []
    for cell in cells:
        parts += _parts(cell)
    if len(parts) > len(_DIGITS) or not all(map(_is_part, parts)):
        return ".".join(parts)
    if len(parts) == _OLD:
        return ".".join([parts[0], *(part.zfill(2) for part in parts[1:])])
    numbers = isinstance(cells[-1], int | float) if len(cells) else False
    return ".".join(_spelled(parts, from_numbers=numbers))


def _parts(cell: object) -> list[str]:
    """Return the parts of a code in one cell; a decimal has lost its last nought."""
    text = as_text(cell).strip().strip(".").upper()
    found = [part.strip() for part in text.split(".") if part.strip()]
    if isinstance(cell, float) and len(found) == 2 and len(found[1]) == 1:  # noqa: PLR2004
        found[1] += "0"
    return found


def _is_part(part: str) -> bool:
    return part.isdigit() or set(part) == {"X"}


def _spelled(parts: Sequence[str], *, from_numbers: bool) -> list[str]:
    """Return the parts of a code, each as long as its place asks."""
    out = []
    for part, digits in zip(parts, _DIGITS, strict=False):
        bare = part.lstrip("0") or "0"
        # Until 2022 a sub kegiatan had two digits; as a text it keeps them.
        short = digits == _DIGITS[-1] and len(part) == 2 and not from_numbers  # noqa: PLR2004
        out.append(part if short or not part.isdigit() else bare.zfill(digits))
    return out


def is_regional(code: str) -> bool:
    """Whether a code is of a regional office; else it is of a ministry, or none."""
    return bool(_REGIONAL.match(code))


def is_support(code: str) -> bool:
    """Whether a code is of the programme that runs an office, not of its work."""
    return bool(_SUPPORT.match(code))


def find_work(code: str, edition: str) -> Work | None:
    """Return what a code stands for in an edition; None where it stands in none.

    Examples
    --------
    >>> find_work("2.14.03.2.03.0003", "2023").covers
    ('long_acting_service',)
    >>> find_work("2.14.03.2.03.0001", "2026") is None
    True
    """
    found = works().get((code, edition))
    if found is None and is_support(code):
        found = works().get((_SUPPORT.sub("X.XX.01", code), edition))
    return found


def editions_with(code: str) -> tuple[str, ...]:
    """Return the editions in which a code stands, the oldest first."""
    return tuple(key for key in editions() if find_work(code, key))


def activity_of_work(code: str, edition: str, texts: Iterable[str]) -> str:
    """Return the activity that a code stands for in its edition, ``""`` if none.

    Of work that covers several activities, the text beside it decides which; a text
    alone decides nothing where there is a code of a regional office.

    Examples
    --------
    >>> activity_of_work("2.14.04.2.01.0019", "2023", ["Pelatihan kader BKR"])
    'cadre_training:bkr'
    >>> activity_of_work("2.14.04.2.01.0019", "2023", ["Pelayanan KB"])
    ''
    """
    named = [activity_of(text) for text in texts]
    if not is_regional(code):
        return next(filter(None, named), "")
    work = find_work(code, edition)
    if work is None:
        return ""
    return next((key for key in named if key in work.covers), work.means)


def code_of_activity(activity: str, edition: str, *, of_province: bool) -> str:
    """Return the first code that covers an activity in an edition, ``""`` if none.

    Examples
    --------
    >>> code_of_activity("long_acting_service", "2023", of_province=False)
    '2.14.03.2.03.0003'
    """
    owner = "1" if of_province else "2"  # the part of a code that says whose work it is
    for (code, of), work in works().items():
        if of == edition and activity in work.covers and code.split(".")[3] == owner:
            return code
    return ""
