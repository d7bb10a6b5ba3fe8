"""Which kabupaten/kota a province, a name, a code and a kind mean together.

Why: each of them can be vague or wrong by itself. A code and a name witness each other;
of a name that a kabupaten and a kota share, a code, a word for the kind or the other
names of the column decide, or nobody does.

In:     one key per row: what it states. Out: a code per row, faults, and for a row
        without a code the regions that it may be about.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from kkbpk_geo.regions import CodeSystem

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

# A code as Kemendagri writes it: province, district, and perhaps more.
DOTTED = re.compile(r"\d\d\.\d\d(\.\d\d(\.\d{4})?)?")
Tier = Literal["provinsi", "kabkota"]
# A sentence names so many places; more of them are counted.
_NAMED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFault:
    """What is to be told of the place of some rows: one value, or several alike.

    ``values``: row -> what it states. ``candidates``: codes of the regions it may be,
    where no region was found.
    """

    code: str
    role: str
    values: Mapping[int, str]
    expected: str = ""
    candidates: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """What the rows state; of many names the first, and how many more."""
        names = list(dict.fromkeys(self.values.values()))
        more = f" (+{len(names) - _NAMED})" if len(names) > _NAMED else ""
        return ", ".join(names[:_NAMED]) + more

    def among(self, used: NDArray[np.bool_]) -> PlaceFault | None:
        """Return what of it is about rows that are in use; None if nothing is."""
        kept = {i: value for i, value in self.values.items() if used[i]}
        return replace(self, values=kept) if kept else None


class Key(NamedTuple):
    """What a row states: code of the province, name, code, kind of its kabupaten/kota.

    ``kind`` is said beside the name: by a column, its heading or a line above.
    """

    province: str
    name: str
    code: str
    kind: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Districts:
    """What n rows are about: code or None, and the codes each may be about if None.

    ``totals``: rows that name the province among its districts.
    """

    codes: list[str | None]
    candidates: list[tuple[str, ...]]
    totals: NDArray[np.bool_]
    faults: list[PlaceFault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one text is: a code, or a status with its reason and what it may be."""

    code: str | None
    status: str
    reason: str
    suggestions: tuple[str, ...]
    # The codes among the suggestions; of a name settled by its column, the one.
    may_be: tuple[str, ...]


_BLANK = _Answer(None, "blank", "", (), ())


@dataclass(frozen=True, slots=True)
class _Asked:
    """How texts are looked up: at which level, whose codes, what else decides."""

    level: Tier
    system: CodeSystem | None
    titled: str
    reasons: Sequence[str]

    def resolve(self, texts: Sequence[str], province: str) -> pd.DataFrame:
        """Look texts up, inside a province where one is known."""
        from kkbpk_geo.regions import resolve_regions

        return resolve_regions(
            texts,
            province=province or None,
            level=self.level,
            code_system=self.system,
        )


@dataclass(frozen=True, slots=True)
class _Decided:
    """What became of one key."""

    code: str | None
    fault: PlaceFault | None = None
    # What is told once of all rows alike: entries of findings.toml.
    told: tuple[str, ...] = ()


def find_districts(
    keys: Sequence[tuple[str, str, str, str]],
    usable: NDArray[np.bool_],
    *,
    system: CodeSystem | None,
    titled: str = "",
    has_provinces: bool = False,
    level: Tier = "kabkota",
) -> Districts:
    """Resolve each distinct key once.

    Parameters
    ----------
    keys : sequence of n tuples, as :class:`Key`
    usable : array of bool, n rows
        Rows to resolve.
    system : {"kemendagri", "bps"}, optional
        Whose codes an undotted code is.
    titled : str
        Code of the one district that the titles name, if they do.
    has_provinces : bool
        Whether provinces have a column of their own: a row of a district with the name
        of its province is then no total.
    level : {"kabkota", "provinsi"}
        What the rows are about; the names of provinces need no scope.
    """
    # Plain tuples: a named one for each of eighty thousand rows takes its time.
    same: defaultdict[tuple[str, str, str, str], list[int]] = defaultdict(list)
    for i in np.flatnonzero(usable).tolist():
        same[keys[i]].append(i)
    rows = {Key._make(key): where for key, where in same.items()}
    n = len(keys)
    found = Districts([None] * n, [()] * n, np.zeros(n, dtype=bool))
    told: dict[tuple[str, str], list[Key]] = {}
    reasons = _vague_reasons(has_provinces)
    asked = _Asked(level, system, titled, reasons)
    for key, name, code in _answers(list(rows), asked):
        decided = _decide(key, rows[key], name, code)
        is_total = name.status == "total_row"
        found.totals[rows[key]] = is_total
        fault = None if is_total else decided.fault
        may_be = fault.candidates if fault and decided.code is None else ()
        for i in rows[key]:
            found.codes[i] = decided.code
        if may_be:
            for i in rows[key]:
                found.candidates[i] = may_be
        if fault:
            found.faults.append(fault)
        for what in decided.told:
            province = (decided.code or "")[:2]
            told.setdefault((what, province), []).append(key)
    found.faults.extend(_tell_once(told, rows))
    return found


def _vague_reasons(has_provinces: bool) -> tuple[str, ...]:
    """Return the reasons for which a name may mean several districts."""
    from kkbpk_geo.regions import PROVINCE_NAME, SAME_NAME

    return (SAME_NAME, PROVINCE_NAME) if has_provinces else (SAME_NAME,)


def _tell_once(
    told: dict[tuple[str, str], list[Key]], rows: dict[Key, list[int]]
) -> Iterator[PlaceFault]:
    """Tell of names read by their column or by a former province: once each."""
    from kkbpk_geo.regions import place_name

    for (what, province), keys in told.items():
        values: dict[int, str] = {}
        for key in keys:
            values |= dict.fromkeys(rows[key], key.name or key.code)
        moved = what == "region_moved"
        expected = f"{place_name(province)} ({province})" if moved else ""
        yield PlaceFault(code=what, role="kabkota", values=values, expected=expected)


def _answers(
    keys: Sequence[Key], asked: _Asked
) -> Iterator[tuple[Key, _Answer, _Answer]]:
    """Yield what each name and each code is, by the province they are looked up in."""
    for province in dict.fromkeys(key.province for key in keys):
        here = [key for key in keys if key.province == province]
        names = _names(here, province, asked)
        coded = _look_up([key.code for key in here], province, asked)
        yield from zip(here, names, map(_answer, coded), strict=True)


_Row = tuple[str, str, str, str, tuple[str, ...]]


def _look_up(values: Sequence[str], province: str, asked: _Asked) -> list[_Row | None]:
    """Resolve texts; None for each where none of them says anything."""
    if not any(values):
        return [None] * len(values)
    return _rows_of(asked.resolve(values, province))


def _rows_of(found: pd.DataFrame) -> list[_Row | None]:
    names = ("value", "status", "region_code", "reason", "suggestions")
    columns = [found[name].tolist() for name in names]
    return list(zip(*columns, strict=True))


def _answer(row: _Row | None) -> _Answer:
    from kkbpk_geo.regions import codes_shown

    if row is None:
        return _BLANK
    _, status, code, reason, suggestions = row
    known = code if status == "ok" else None
    return _Answer(known, status, reason, suggestions, codes_shown(suggestions))


# Told of a bare name that its column shows to be the kabupaten.
_BARE = "bare_name_is_kabupaten"


def _names(keys: Sequence[Key], province: str, asked: _Asked) -> list[_Answer]:
    """Resolve the names of one province; what is vague, its kind or column settles."""
    from kkbpk_geo.regions import by_habit, left_over, of_kind

    if not any(key.name for key in keys):
        return [_BLANK] * len(keys)
    reasons, titled = asked.reasons, asked.titled
    found = asked.resolve([key.name for key in keys], province)
    beside = left_over(found, reasons)
    habit = by_habit(found, reasons)
    answers = []
    for at, (key, row) in enumerate(zip(keys, _rows_of(found), strict=True)):
        answer = _answer(row)
        if answer.reason in reasons and answer.code is None:
            stated = of_kind(answer.may_be, key.kind) if key.kind else ()
            # A kota left over beside a marked kabupaten is not told by any habit.
            either = {beside.get(at, ""), habit.get(at, "")} - {""}
            column = of_kind(either, "Kabupaten")
            if len(stated) == 1:
                answer = replace(answer, code=stated[0], status="ok")
            elif titled in answer.may_be:
                answer = replace(answer, code=titled, status="ok")
            elif column and not key.kind:
                answer = replace(answer, code=column[0], status="ok", reason=_BARE)
        answers.append(answer)
    return answers


def _decide(key: Key, rows: Sequence[int], name: _Answer, code: _Answer) -> _Decided:
    """Weigh name and code: the region, and the fault that is due (or None)."""
    name = _witnessed(name, code)
    if name.code and code.code and name.code != code.code:
        return _disagreement(key, rows, name, code)
    if _contradicts(name, code):
        return _disagreement(key, rows, name, code)
    found = name.code or code.code
    if found:
        doubt = None
        if _is_doubted(key, name, code):
            doubt = _contrary(key, rows, expected=_named(found))
        return _Decided(found, doubt, _told(key, found, name, code))
    if not _written(key):
        nothing = dict.fromkeys(rows, "")
        fault = PlaceFault(code="region_not_stated", role="kabkota", values=nothing)
        return _Decided(None, fault)
    answer, role = (name, "kabkota") if key.name else (code, "code")
    fault = PlaceFault(
        code="region_ambiguous" if answer.status == "ambiguous" else "region_unknown",
        role=role,
        values=dict.fromkeys(rows, key.name or key.code),
        expected=", ".join(answer.suggestions),
        candidates=answer.may_be,
    )
    return _Decided(None, fault)


def _written(key: Key) -> str:
    return " ".join(part for part in (key.code, key.name) if part)


def _witnessed(name: _Answer, code: _Answer) -> _Answer:
    """Let a code decide between the districts of one name, or contradict them all."""
    settled = name.code is not None and name.reason != _BARE
    if settled or not name.may_be or name.status == "unknown":
        return name
    shared = set(name.may_be) & ({code.code} if code.code else set(code.may_be))
    if len(shared) == 1:
        return replace(name, code=str(shared.pop()), status="ok", reason="")
    return name


def _contradicts(name: _Answer, code: _Answer) -> bool:
    """Whether a name that means several, or a code that does, excludes the other."""
    if name.status == "ambiguous" and name.may_be and code.code:
        return code.code not in name.may_be
    # Both readings of the code are known here, and the name is neither.
    two = code.reason == "region_reason_two_systems"
    return two and name.code is not None and name.code not in code.may_be


def _disagreement(
    key: Key, rows: Sequence[int], name: _Answer, code: _Answer
) -> _Decided:
    codes: list[str] = []
    for answer in (code, name):
        codes += [answer.code] if answer.code else answer.may_be
    fault = _contrary(key, rows, expected=" / ".join(map(_named, codes)))
    return _Decided(None, replace(fault, candidates=tuple(codes)))


def _told(key: Key, found: str, name: _Answer, code: _Answer) -> tuple[str, ...]:
    """Return what is to be told of a region that was found: entries of findings."""
    from kkbpk_geo.regions import FORMER_CODE

    moved = key.province not in ("", found[:2])
    moved |= FORMER_CODE in (name.reason, code.reason)
    said = {_BARE: name.reason == _BARE, "region_moved": moved}
    return tuple(what for what, is_so in said.items() if is_so)


def _is_doubted(key: Key, name: _Answer, code: _Answer) -> bool:
    """Whether only one of name and code is known, and the other should be.

    A code of another shape (a number of the office's own) is no witness against a name.
    """
    if code.code and name.status == "unknown" and key.name:
        return True
    odd_code = bool(name.code) and code.status == "unknown"
    return odd_code and bool(DOTTED.fullmatch(key.code))


def _contrary(key: Key, rows: Sequence[int], expected: str) -> PlaceFault:
    """Return the fault of rows whose code and name do not agree."""
    return PlaceFault(
        code="region_code_name_disagree", role="kabkota",
        values=dict.fromkeys(rows, _written(key)), expected=expected,
    )  # fmt: skip


def _named(code: str) -> str:
    from kkbpk_geo.regions import region

    return f"{code} {region(code).name}"
