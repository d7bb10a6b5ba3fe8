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
from kkbpk_geo.io import Cell, is_blank, read_each
from kkbpk_geo.regions import CodeSystem

if TYPE_CHECKING:
    from numpy.typing import NDArray


PLACES = ("provinsi", "kabkota", "kecamatan", "desa")


CODES = ("code", "code_kabkota", "code_kemendagri", "code_bps")
_VILLAGE_PART = re.compile(r"[12]\d{3}")
_DOTTED = re.compile(r"\d\d\.\d\d(\.\d\d(\.\d{4})?)?")
_DISTRICT_DIGITS = 4
_FILLED_DOWN = 1 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where rows are that do not say it: codes of a province and a kabupaten/kota."""

    province: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFault:
    """One value that is no region, or not surely one; the first row and how many."""

    code: str
    row: int
    role: str
    value: str
    expected: str
    count: int


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Places:
    """Places of n rows.

    ``texts``: provinsi, kabkota, kecamatan, desa -> n texts ("" where blank), those
    that the sheet has. ``codes``: dotted kabupaten/kota code or None. ``villages``:
    code of the village as written. ``levels``: finest level each row names or "".
    ``totals``: rows that name the province among its districts. ``filled``: cells
    filled from the merged cell above.
    """

    texts: dict[str, list[str]]
    codes: list[str | None]
    villages: list[str] | None
    levels: list[str]
    totals: NDArray[np.bool_]
    faults: list[PlaceFault] = field(default_factory=list)
    filled: int = 0


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
        Place and code roles -> n cells, those that the sheet has.
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
    filled = 0 if is_list else _fill_down(texts, usable)
    codes, villages = _codes(cells, texts, n)
    if "code_bps" in cells:
        code_system = "bps"
    elif "code_kemendagri" in cells:
        code_system = "kemendagri"
    provinces, faults = _provinces(texts, usable, scope.province)
    names = texts.get("kabkota", [""] * n)
    if scope.district and not any(names) and not any(codes):
        found: list[str | None] = [scope.district if ok else None for ok in usable]
        totals = np.zeros(n, dtype=bool)
    else:
        found, totals, more = _resolve(
            names, codes, provinces, usable, system=code_system
        )
        faults += more
    if "kabkota" not in texts and "kecamatan" in texts and not any(found):
        found = _by_subdistrict(texts["kecamatan"], provinces)
        faults = [fault for fault in faults if fault.code != "region_not_stated"]
        if lost := [i for i in range(n) if usable[i] and not found[i]]:
            faults.append(
                PlaceFault(
                    code="region_not_stated", row=lost[0], role="kecamatan",
                    value="", expected="", count=len(lost),
                )
            )  # fmt: skip
    return Places(
        texts=texts,
        codes=found,
        villages=villages,
        levels=_levels(texts, [a or b for a, b in zip(found, codes, strict=True)]),
        totals=totals,
        faults=faults,
        filled=filled,
    )


def _texts(cells: Sequence[Cell]) -> list[str]:
    return read_each(cells, lambda cell: "" if is_blank(cell) else as_text(cell))


def _fill_down(texts: dict[str, list[str]], usable: NDArray[np.bool_]) -> int:
    """Fill a name that stands once over its block (a merged cell) into its rows."""
    filled = 0
    roles = [role for role in PLACES if role in texts]
    for coarse, fine in pairwise(roles):
        column, below = texts[coarse], texts[fine]
        rows = [i for i in range(len(column)) if usable[i] and below[i]]
        gaps = [i for i in rows if not column[i]]
        if not gaps or not rows or column[rows[0]] == "":
            continue
        if len(gaps) < _FILLED_DOWN * len(rows):
            continue
        last = ""
        for i in rows:
            last = column[i] or last
            filled += not column[i]
            column[i] = last
    return filled


def _codes(
    cells: Mapping[str, Sequence[Cell]], texts: dict[str, list[str]], n: int
) -> tuple[list[str], list[str] | None]:
    """Return codes of kabupaten/kota, and codes of villages where there are any."""
    codes, villages = [""] * n, None
    for role in CODES:
        if role not in cells:
            continue
        column = _texts(cells[role])
        filled = [code for code in column if code]
        parts = sum(bool(_VILLAGE_PART.fullmatch(code)) for code in filled)
        if role == "code" and "desa" in texts and parts > len(filled) / 2:
            villages = column
            continue
        if any(code.count(".") == len(PLACES) - 1 for code in filled):
            villages = column
        codes = read_each(column, lambda code: _district_part(str(code)))
    return codes, villages


def _district_part(code: str) -> str:
    if _DOTTED.fullmatch(code):
        return code[:5]
    digits = code.replace(" ", "")
    if digits.isdigit() and len(digits) > _DISTRICT_DIGITS:
        return digits[:_DISTRICT_DIGITS]
    return code


def _provinces(
    texts: dict[str, list[str]],
    usable: NDArray[np.bool_],
    default: str,
) -> tuple[list[str], list[PlaceFault]]:
    """Return the province code of each row; the row's own word comes first."""
    from kkbpk_geo.regions import province_code

    column = texts.get("provinsi", [""] * len(usable))
    known: dict[str, str] = {}
    unknown: dict[str, list[int]] = {}
    out = []
    for i, name in enumerate(column):
        if name and name not in known:
            known[name] = province_code(name) or ""
        if name and usable[i] and not known[name]:
            unknown.setdefault(name, []).append(i)
        out.append((known[name] if name else "") or default)
    faults = [
        PlaceFault(
            code="region_unknown", row=rows[0], role="provinsi", value=name,
            expected="", count=len(rows),
        )
        for name, rows in unknown.items()
    ]  # fmt: skip
    return out, faults


def _resolve(
    names: Sequence[str],
    codes: Sequence[str],
    provinces: Sequence[str],
    usable: NDArray[np.bool_],
    *,
    system: CodeSystem | None,
) -> tuple[list[str | None], NDArray[np.bool_], list[PlaceFault]]:
    """Resolve each distinct (province, name, code) once."""
    keys = list(zip(provinces, names, codes, strict=True))
    rows: dict[tuple[str, str, str], list[int]] = {}
    for i, key in enumerate(keys):
        if usable[i]:
            rows.setdefault(key, []).append(i)
    answers: dict[tuple[str, str, str], tuple[str | None, bool]] = {}
    faults = []
    for province in dict.fromkeys(key[0] for key in rows):
        distinct = [key for key in rows if key[0] == province]
        named = _look_up([key[1] for key in distinct], province, system)
        coded = _look_up([key[2] for key in distinct], province, system)
        for key, by_name, by_code in zip(distinct, named, coded, strict=True):
            code, fault = _decide(key, by_name, by_code)
            total = by_name.status == "total_row"
            answers[key] = (code, total)
            if fault and not total:
                fault_code, role, value, expected = fault
                faults.append(
                    PlaceFault(
                        code=fault_code, row=rows[key][0], role=role, value=value,
                        expected=expected, count=len(rows[key]),
                    )
                )  # fmt: skip
    nothing: tuple[str | None, bool] = (None, False)
    both = [answers.get(key, nothing) for key in keys]
    found = [code if usable[i] else None for i, (code, _) in enumerate(both)]
    totals = np.array([total for _, total in both], dtype=bool) & usable
    return found, totals, faults


@dataclass(frozen=True, slots=True)
class _Answer:
    code: str | None
    status: str
    suggestions: tuple[str, ...]


def _look_up(
    values: Sequence[str], province: str, system: CodeSystem | None
) -> list[_Answer]:
    if not any(values):
        return [_Answer(None, "blank", ())] * len(values)
    from kkbpk_geo.regions import resolve_regions

    found = resolve_regions(values, province=province or None, code_system=system)
    return [
        _Answer(code if status == "ok" else None, status, suggestions)
        for code, status, suggestions in zip(
            found["region_code"], found["status"], found["suggestions"], strict=True
        )
    ]


def _decide(
    key: tuple[str, str, str], name: _Answer, code: _Answer
) -> tuple[str | None, tuple[str, str, str, str] | None]:
    """Weigh name and code: the region, and the finding that is due (or None)."""
    written = " ".join(part for part in (key[2], key[1]) if part)
    if name.code and code.code and name.code != code.code:
        expected = f"{_named(code.code)} / {_named(name.code)}"
        return None, ("region_code_name_disagree", "kabkota", written, expected)
    found = name.code or code.code
    if found:
        odd_code = bool(name.code) and code.status == "unknown"
        odd_name = bool(code.code) and name.status == "unknown" and bool(key[1])
        if odd_name or (odd_code and _DOTTED.fullmatch(key[2])):
            said = ("region_code_name_disagree", "kabkota", written, _named(found))
            return found, said
        return found, None
    if not written:
        return None, ("region_not_stated", "kabkota", "", "")
    answer, role = (name, "kabkota") if key[1] else (code, "code")
    kind = "region_ambiguous" if answer.status == "ambiguous" else "region_unknown"
    return None, (kind, role, key[1] or key[2], ", ".join(answer.suggestions))


def _named(code: str) -> str:
    from kkbpk_geo.regions import region

    return f"{code} {region(code).name}"


def _by_subdistrict(names: Sequence[str], provinces: Sequence[str]) -> list[str | None]:
    """Return the district of each subdistrict whose name is unique in its province."""
    from kkbpk_geo.regions import resolve_regions

    out: list[str | None] = [None] * len(names)
    for province in sorted(set(provinces) - {""}):
        found = resolve_regions(names, province=province, level="kecamatan")
        for i, (code, status) in enumerate(
            zip(found["region_code"], found["status"], strict=True)
        ):
            if status == "ok" and provinces[i] == province:
                out[i] = str(code)[:5]
    return out


def _levels(texts: dict[str, list[str]], codes: Sequence[str | None]) -> list[str]:
    """Return the finest level that each row names; "" where it names no place."""
    levels = ["kabkota" if code else "" for code in codes]
    for role in PLACES:
        for i, name in enumerate(texts.get(role, ())):
            if name and not (role == "provinsi" and levels[i]):
                levels[i] = role
    return levels
