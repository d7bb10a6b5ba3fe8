"""What a name is to the register: a place of its parent, the parent, or not known.

Why: in a table of villages a row "Kab. Pringsewu" is the sum of the others, and so is a
bare "Pringsewu" where no village is called so; kecamatan Pringsewu is a place. Only the
register tells them apart, and where a parent is not known it must be asked for less.

In:     level, name, kecamatan and district of rows. Out: :class:`Standing`, one each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import pandas as pd

from kkbpk_geo.intake.cells.places import Places
from kkbpk_geo.intake.frames import DEPTH
from kkbpk_geo.regions import (
    fold_name,
    is_register_name,
    province_code,
    province_part,
    region,
    regions_of,
    resolve_regions,
    split_kind,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

# known: the register has it there; elsewhere: it has it in another parent; parent: the
# name of what the row lies in; unlisted: the register of that parent does not have it;
# unsure: its parent is not known; blank: the row names nothing.
What = Literal["known", "elsewhere", "parent", "unlisted", "unsure", "blank"]

_LEVEL_OF = {
    "Provinsi": "provinsi", "Kabupaten": "kabkota", "Kota": "kabkota",
    "Kecamatan": "kecamatan", "Desa": "desa", "Kelurahan": "desa",
}  # fmt: skip


class Named(NamedTuple):
    """What a row says about its place: finest level, its name, what it lies in."""

    level: str
    name: str
    kecamatan: str
    district: str
    coded: bool = False

    @property
    def of_kecamatan(self) -> Named:
        """What its kecamatan alone would say."""
        name = self.name if self.level == "kecamatan" else self.kecamatan
        return Named("kecamatan" if name else "", name, "", self.district)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a name is; ``shown``: the regions that it may be, or looks like.

    ``code``: of the region that it is (of ``elsewhere``: where the register has it).
    ``as_parent``: it is a place, and called as what it lies in.
    """

    what: What
    shown: tuple[str, ...] = ()
    code: str = ""
    as_parent: bool = False


# What names were found to be; the register does not change while a program runs.
_LOOKED_UP: dict[Named, Standing] = {}
_MOST_LOOKED_UP = 100_000  # names: more than a country has villages


@dataclass(frozen=True, eq=False)
class Names:
    """What rows say about their places: ``distinct`` names, ``index`` the row's own."""

    distinct: Sequence[Named]
    index: NDArray[np.int_]

    def of(self, row: int) -> Named:
        """Return what one row says."""
        return self.distinct[int(self.index[row])]

    @cached_property
    def standings(self) -> Mapping[Named, Standing]:
        """What each distinct name is to the register."""
        return standings(self.distinct)

    def among(self, wanted: Collection[Named]) -> NDArray[np.bool_]:
        """Flag the rows that say one of these."""
        flags = np.array([each in wanted for each in self.distinct], dtype=bool)
        found: NDArray[np.bool_] = flags[self.index]
        return found


def name_rows(places: Places) -> Names:
    """Return what each row says about its place."""
    n = len(places.levels)
    blank = np.full(n, "", dtype=object)
    levels = np.array(places.levels, dtype=object)
    texts = {role: np.array(places.texts[role], dtype=object) for role in places.texts}
    name = blank
    for role, column in texts.items():
        name = np.where(levels == role, column, name)
    is_desa = levels == "desa"
    kecamatan = np.where(is_desa, texts.get("kecamatan", blank), "")
    coded = is_desa & (np.array(places.villages or blank, dtype=object) != "")
    codes = np.array([code or "" for code in places.codes], dtype=object)
    columns = (levels, name, kecamatan, codes, coded)
    if not n:
        return Names([], np.empty(0, dtype=int))
    keys = [np.asarray(pd.factorize(column)[0], dtype=int) for column in columns]
    whole = keys[0]
    for key in keys[1:]:
        whole = np.unique(whole * (key.max() + 1) + key, return_inverse=True)[1]
    _, first, index = np.unique(whole, return_index=True, return_inverse=True)
    parts = [column[first].tolist() for column in columns]
    return Names(list(map(Named, *parts)), index)


def standings(named: Iterable[Named]) -> Mapping[Named, Standing]:
    """Look up each distinct name once, also over many files: months name the same."""
    distinct = list(dict.fromkeys(named))
    new = [each for each in distinct if each not in _LOOKED_UP]
    if len(_LOOKED_UP) + len(new) > _MOST_LOOKED_UP:
        _LOOKED_UP.clear()
        new = distinct
    _LOOKED_UP.update(_of_register(new))
    return {each: _LOOKED_UP[each] for each in distinct}


def _of_register(distinct: Sequence[Named]) -> dict[Named, Standing]:
    fine = [each for each in distinct if each.level in ("kecamatan", "desa")]
    above = [(each.kecamatan or each.name, each.district) for each in fine]
    kecamatan = _look_up("kecamatan", above)
    villages = [each for each in fine if each.level == "desa"]
    wanted = [(each.name, _within(each, kecamatan)) for each in villages]
    desa = _look_up("desa", wanted)
    return {each: _standing(each, kecamatan, desa) for each in distinct}


class _Found(NamedTuple):
    code: str
    status: str
    shown: tuple[str, ...]


_Answers = Mapping[tuple[str, str], _Found]


def _look_up(level: str, pairs: Iterable[tuple[str, str]]) -> _Answers:
    """Resolve names, each inside its parent; those whose parent is not known not."""
    held = [pair for pair in dict.fromkeys(pairs) if pair[1]]
    if not held:
        return {}
    names, parents = zip(*held, strict=True)
    found = resolve_regions(names, level=level, within=parents)
    columns = [found[each] for each in ("region_code", "status", "suggestions")]
    answers = [_Found(code or "", *rest) for code, *rest in zip(*columns, strict=True)]
    return dict(zip(held, answers, strict=True))


def _within(each: Named, kecamatan: _Answers) -> str:
    """Return the code inside which a village is looked up: that of its kecamatan."""
    if not each.kecamatan:
        return each.district
    found = kecamatan.get((each.kecamatan, each.district))
    return found.code if found and found.code else each.district


def _standing(each: Named, kecamatan: _Answers, desa: _Answers) -> Standing:
    if not each.name:
        return Standing("blank")
    coarse = each.level not in ("kecamatan", "desa")
    if coarse and not each.district:
        return Standing("unlisted")  # a district that was not recognised
    if coarse or each.coded:
        return Standing("known", code=each.district)
    if not each.district:
        return Standing("parent" if _is_parent(each) else "unsure")
    return _in_register(each, kecamatan, desa)


def _in_register(each: Named, kecamatan: _Answers, desa: _Answers) -> Standing:
    if each.level == "kecamatan":
        found = kecamatan[each.name, each.district]
    else:
        found = desa[each.name, _within(each, kecamatan)]
    if found.status in ("ok", "ambiguous"):
        return Standing("known", found.shown, found.code, _is_parent(each))
    if _is_parent(each):
        # Of a kecamatan that is not held there, nobody knows the villages.
        lost = each.kecamatan and _within(each, kecamatan) == each.district
        return Standing("unsure" if lost else "parent")
    return _elsewhere(each) or Standing("unlisted", found.shown)


def _elsewhere(each: Named) -> Standing | None:
    """Find a name outside its parent.

    A kecamatan in another district of the province, a village in another kecamatan of
    its district.
    """
    around = province_part(each.district)
    if each.level == "desa":
        around = each.district
    units = _by_name(each.level, around).get(fold_name(_bare(each.name)), ())
    if not units:
        return None
    shown = tuple(_described(code) for code in units)
    return Standing("elsewhere", shown, units[0])


def _bare(name: str) -> str:
    kind, rest = split_kind(name)
    return rest if kind else name


def place_key(each: Named) -> tuple[str, ...]:
    """Return what makes two rows rows of one place, however they spell it."""
    if each.level in ("provinsi", "kabkota") and each.district:
        return (each.level, each.district)
    kecamatan = fold_name(_bare(each.kecamatan))
    return (each.level, fold_name(_bare(each.name)), kecamatan, each.district)


def _described(code: str) -> str:
    unit = region(code)
    return f"{unit.name}, {region(unit.parent_code).name} ({code})"


@lru_cache(maxsize=1_000)
def _by_name(level: str, around: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    units = regions_of("desa" if level == "desa" else "kecamatan", around)
    for unit in units:
        key = fold_name(unit.name)
        found[key] = (*found.get(key, ()), unit.code)
    return found


def _is_parent(each: Named) -> bool:
    """Whether a name is that of what the row lies in, with its kind or without."""
    key = fold_name(_bare(each.name))
    above = {fold_name(_bare(each.kecamatan))} if each.kecamatan else set()
    if each.district:
        above |= {fold_name(region(each.district).bare)}
        above |= {fold_name(region(province_part(each.district)).name)}
        # A table of villages without their kecamatan may sum up each of these.
        if each.level == "desa" and not each.kecamatan:
            above |= set(_by_name("kecamatan", each.district))
    return key in above


def states_coarser(name: str, level: str, province: str = "") -> str:
    """Return the level that a name states, if it is coarser than its column's.

    "Kab. Pringsewu" and "Prov. Lampung" among kecamatan, "Kec. Gading Rejo" among
    villages; "" otherwise. Kota Agung is a kecamatan and Kota Jawa a village: a kota is
    only what the register knows as one. ``province``: code of the one it lies in.
    """
    kind, _ = split_kind(name)
    if (
        not kind
        or level not in ("kecamatan", "desa")
        or is_register_name(name, province)
    ):
        return ""
    if kind == "Kota" and not _is_kota(name):
        return ""
    stated = _LEVEL_OF[kind]
    return stated if DEPTH[stated] < DEPTH[level] else ""


@lru_cache(maxsize=10_000)
def _is_kota(name: str) -> bool:
    found = resolve_regions([name])
    return found["status"].iloc[0] == "ok" and province_code(name) is None
