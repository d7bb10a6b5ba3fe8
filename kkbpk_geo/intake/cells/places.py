"""Which kabupaten/kota each row is about, and why not where it cannot be said.

Why: a wrong region leaves no trace. The code decides, the name is its witness; where
the two disagree, or a name can mean two, the row keeps its text and gets no region.

In:     the place and code columns of a sheet; what titles say.
Out:    :class:`Places`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.base.text import as_text
from kkbpk_geo.intake.cells.districts import DOTTED, PlaceFault, find_districts
from kkbpk_geo.intake.cells.stated_kinds import read_kinds
from kkbpk_geo.intake.frames import PLACES
from kkbpk_geo.io import Cell, is_blank, read_each
from kkbpk_geo.regions import CodeSystem

if TYPE_CHECKING:
    from numpy.typing import NDArray


# Roles of codes; what a later one says goes before an earlier one.
CODES = ("code", "code_kabkota", "code_kemendagri", "code_bps")
_VILLAGE_PART = re.compile(r"[12]\d{3}")
# Beside a column of kabupaten: names of kota, and cells that state a kind.
KOTA, KIND = "kota", "kabkota_kind"
_DISTRICT_DIGITS = 4
_FILLED_DOWN = 1 / 3  # as many blanks as this: the names stand once over their rows
# Of the names of a column under WILAYAH: more than this share, of so many provinces at
# least, and its rows are provinces. A province among its districts is one of sixteen.
_OF_PROVINCES, _SEVERAL = 1 / 2, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where rows are that do not say it: codes of a province and a kabupaten/kota.

    ``titled``: the one district that the titles name, which decides between two of one
    name.
    """

    province: str = ""
    district: str = ""
    titled: str = ""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Places:
    """Places of n rows.

    ``texts``: provinsi, kabkota, kecamatan, desa -> n texts ("" where blank), those
    that the sheet has. ``codes``: dotted code of the kabupaten/kota, or of the province
    in a table of provinces; or None. ``villages``:
    code of the village as written. ``levels``: finest level each row names or "".
    ``totals``: rows that name the province among its districts. ``filled``: the row
    of each cell that was filled from the merged cell above. ``candidates``: codes of
    the regions that a row without a code may be about, with a space between, "" for
    none. ``sections``: rows that only state the kind of those below them.
    """

    texts: dict[str, list[str]]
    codes: list[str | None]
    villages: list[str] | None
    levels: list[str]
    totals: NDArray[np.bool_]
    sections: NDArray[np.bool_]
    candidates: list[str]
    faults: list[PlaceFault] = field(default_factory=list)
    filled: list[int] = field(default_factory=list)


def read_places(
    cells: Mapping[str, Sequence[Cell]],
    usable: NDArray[np.bool_],
    *,
    scope: Scope,
    code_system: CodeSystem | None,
    is_list: bool = False,
) -> Places:
    """Resolve the region of each row.

    Parameters
    ----------
    cells : dict
        Place and code roles, :data:`KOTA` and :data:`KIND` -> n cells, those that the
        sheet has.
    usable : array of bool, n rows
        False for blank, total and note rows: they are not resolved.
    scope : Scope
        For rows that name no province, or no region at all.
    code_system : {"kemendagri", "bps"}, optional
        Whose codes an undotted code is.
    is_list : bool
        Whether rows stand alone: then a blank name is not filled from above.
    """
    n = len(usable)
    texts = {role: _texts(cells[role]) for role in PLACES if role in cells}
    kota = _texts(cells.get(KOTA, ()))
    blank = [""] * n
    stated = read_kinds(texts.get("kabkota", blank), kota, cells.get(KIND, ()), usable)
    if "kabkota" in texts:
        # Before names are filled down, or a kota would lie in the kabupaten above it.
        texts["kabkota"] = stated.names
    usable = usable & ~stated.sections
    filled = [] if is_list else _fill_down(texts, usable)
    codes, villages = _codes(cells, texts, n)
    by_province = not is_list and _are_provinces(texts, usable, scope)
    if by_province:
        texts = {"provinsi": texts.get("provinsi") or texts["kabkota"]}
        provinces, faults, names = blank, [], texts["provinsi"]
    else:
        provinces, faults = _provinces(texts, usable, scope.province)
        names = texts.get("kabkota", blank)
    totals = np.zeros(n, dtype=bool)
    candidates: list[tuple[str, ...]] = [()] * n
    found: list[str | None]
    if scope.district and not any((*names, *codes)):
        found = [None] * n
        for i in np.flatnonzero(usable).tolist():
            found[i] = scope.district
    else:
        districts = find_districts(
            list(zip(provinces, names, codes, stated.kinds, strict=True)),
            usable,
            system=_system(cells, code_system),
            titled=scope.titled,
            has_provinces="provinsi" in texts,
            level="provinsi" if by_province else "kabkota",
        )
        found, totals = districts.codes, districts.totals
        candidates = districts.candidates
        faults += districts.faults
    if "kabkota" not in texts and "kecamatan" in texts and not any(found):
        found = _by_subdistrict(texts["kecamatan"], provinces)
        faults = [fault for fault in faults if fault.code != "region_not_stated"]
        faults += _without_district(found, usable)
    coded = [region or code for region, code in zip(found, codes, strict=True)]
    return Places(
        texts=texts,
        codes=found,
        villages=villages,
        levels=_levels(texts, coded, "provinsi" if by_province else "kabkota"),
        totals=totals,
        sections=stated.sections,
        candidates=read_each(candidates, " ".join),
        faults=faults,
        filled=filled,
    )


def _system(
    cells: Mapping[str, Sequence[Cell]], passed: CodeSystem | None
) -> CodeSystem | None:
    """Return whose codes undotted codes are; what a heading says goes first."""
    if "code_bps" in cells:
        return "bps"
    return "kemendagri" if "code_kemendagri" in cells else passed


def _without_district(
    found: Sequence[str | None], usable: NDArray[np.bool_]
) -> list[PlaceFault]:
    """Tell once of rows whose subdistrict did not give their district."""
    lost = [i for i in np.flatnonzero(usable).tolist() if not found[i]]
    if not lost:
        return []
    nothing = dict.fromkeys(lost, "")
    return [PlaceFault(code="region_not_stated", role="kecamatan", values=nothing)]


def _texts(cells: Sequence[Cell]) -> list[str]:
    return read_each(cells, lambda cell: "" if is_blank(cell) else as_text(cell))


def _fill_down(texts: dict[str, list[str]], usable: NDArray[np.bool_]) -> list[int]:
    """Fill a name that stands once over its block (a merged cell) into its rows."""
    filled: list[int] = []
    roles = [role for role in PLACES if role in texts]
    used = np.flatnonzero(usable).tolist()
    above = [""] * len(usable)
    for coarse, fine in pairwise(roles):
        below = texts[fine]
        rows = [i for i in used if below[i]]
        filled += _fill_column(texts[coarse], rows, above)
        above = texts[coarse]
    return filled


def _fill_column(
    column: list[str], rows: Sequence[int], above: Sequence[str]
) -> list[int]:
    """Write each name into the rows under it, where many are blank; return those rows.

    It ends where the name of the place ``above`` it changes.
    """
    gaps = [i for i in rows if not column[i]]
    if not gaps or column[rows[0]] == "" or len(gaps) < _FILLED_DOWN * len(rows):
        return []
    filled: list[int] = []
    last, parent = "", above[rows[0]]
    for i in rows:
        if above[i] != parent:
            last, parent = "", above[i]
        if last and not column[i]:
            filled.append(i)
        last = column[i] or last
        column[i] = last
    return filled


def _codes(
    cells: Mapping[str, Sequence[Cell]], texts: dict[str, list[str]], n: int
) -> tuple[list[str], list[str] | None]:
    """Return codes of kabupaten/kota, and codes of villages where there are any."""
    codes: list[str] = [""] * n
    villages = None
    for role in CODES:
        if role not in cells:
            continue
        column = _texts(cells[role])
        filled = [code for code in column if code]
        parts = sum(bool(_VILLAGE_PART.fullmatch(code)) for code in filled)
        # KODE beside DESA that is mostly 1001, 2005: the last part of a village's code.
        if role == "code" and "desa" in texts and parts > len(filled) / 2:
            villages = column
            continue
        if any(code.count(".") == len(PLACES) - 1 for code in filled):
            villages = column
        codes = read_each(column, _district_part)
    return codes, villages


def _district_part(code: str) -> str:
    """Return the part of a code that is a kabupaten/kota; the code if there is none."""
    if DOTTED.fullmatch(code):
        return code[:5]
    digits = code.replace(" ", "")
    if digits.isdigit() and len(digits) > _DISTRICT_DIGITS:
        return digits[:_DISTRICT_DIGITS]
    return code


def _are_provinces(
    texts: Mapping[str, Sequence[str]], usable: NDArray[np.bool_], scope: Scope
) -> bool:
    """Whether rows are about whole provinces: they name these, and nothing below.

    A title may name the district of rows that say only PROVINSI; of rows of several
    provinces it cannot.
    """
    if set(texts) not in ({"provinsi"}, {"kabkota"}):
        return False
    from kkbpk_geo.regions import province_code

    (column,) = texts.values()
    used = {column[i] for i in np.flatnonzero(usable).tolist()} - {""}
    named = {province_code(name) for name in used} - {None}
    if "provinsi" in texts:
        return len(named) >= _SEVERAL or not scope.district
    return len(named) >= _SEVERAL and len(named) > _OF_PROVINCES * len(used)


def _provinces(
    texts: dict[str, list[str]],
    usable: NDArray[np.bool_],
    default: str,
) -> tuple[list[str], list[PlaceFault]]:
    """Return the province code of each row; the row's own word comes first."""
    from kkbpk_geo.regions import province_code

    column = texts.get("provinsi")
    if column is None:
        return [default] * len(usable), []
    known = {name: province_code(name) or "" for name in dict.fromkeys(column) if name}
    unknown: dict[str, list[int]] = {}
    for i in np.flatnonzero(usable).tolist():
        if (name := column[i]) and not known[name]:
            unknown.setdefault(name, []).append(i)
    faults = [
        PlaceFault(
            code="region_unknown", role="provinsi", values=dict.fromkeys(rows, name)
        )
        for name, rows in unknown.items()
    ]
    return [known.get(name) or default for name in column], faults


def _by_subdistrict(names: Sequence[str], provinces: Sequence[str]) -> list[str | None]:
    """Return the district of each subdistrict whose name is unique in its province."""
    from kkbpk_geo.regions import resolve_regions

    out: list[str | None] = [None] * len(names)
    for province in sorted(set(provinces) - {""}):
        found = resolve_regions(names, province=province, level="kecamatan")
        pairs = zip(found["region_code"], found["status"], strict=True)
        for i, (code, status) in enumerate(pairs):
            if status == "ok" and provinces[i] == province:
                out[i] = str(code)[:5]  # the code of a district: 18.11
    return out


def _levels(
    texts: dict[str, list[str]], codes: Sequence[str | None], coded: str
) -> list[str]:
    """Return the finest level that each row names; "" where it names no place.

    ``coded``: the level that a code alone names.
    """
    placed = _filled(codes)
    levels = np.where(placed, coded, "").astype(object)
    for role in PLACES:
        if role in texts:
            named = _filled(texts[role])
            levels[named & ~placed if role == "provinsi" else named] = role
    found: list[str] = levels.tolist()
    return found


def _filled(texts: Sequence[str | None]) -> NDArray[np.bool_]:
    return np.fromiter(map(bool, texts), dtype=bool, count=len(texts))
