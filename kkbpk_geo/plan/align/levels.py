"""Plans in forms of different detail, brought to the level that both have.

Why: a Renja states a kegiatan where the DPA states its sub kegiatan; a leaf compared
with a sum is a difference that is none, and each leaf is "missing" on the other side.

In:     the lines of the last agreed plan, the province and the districts, with codes.
Out:    the same lines; those below a code that one side states as a whole are about
        that code, so that they are compared with it together, by their sums.
Law:    only what the two sides say decides the level: a merge changes it nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from kkbpk_geo.plan.align.matching import LEVEL, SIDES, VOICES, Line, Side

_Place: TypeAlias = tuple[str, int, str]  # region, year, edition of the code
# Of a code: whether all its lines name the activity that they are.
_Codes: TypeAlias = dict[_Place, dict[str, bool]]
_Levels: TypeAlias = dict[_Place, set[str]]


def at_common_level(
    lines: Mapping[Side, Sequence[Line]],
) -> Mapping[Side, Sequence[Line]]:
    """Bring lines to the level that both sides have; within region, year and edition.

    A code is such a level where one side states it and the other what is below it; or
    where both state it and only one says which of several activities it is.
    """
    ours, theirs = (_codes(lines[side]) for side in VOICES)
    levels: _Levels = {}
    for place in ours.keys() & theirs.keys():
        one, other = ours[place], theirs[place]
        if found := {*_above(one, other), *_above(other, one), *_vague(one, other)}:
            levels[place] = found
    if not levels:
        return lines
    lifted: dict[Side, list[Line]] = {}
    for side in SIDES:
        lifted[side] = [_lifted(line, levels) for line in lines[side]]
    return lifted


def _codes(lines: Iterable[Line]) -> _Codes:
    found: _Codes = {}
    for line in lines:
        code = line.stated.code
        if code:
            here = found.setdefault(_place(line), {})
            here[code] = here.get(code, True) and bool(line.stated.activity)
    return found


def _place(line: Line) -> _Place:
    return (line.stated.region_code, line.stated.year or 0, line.stated.edition)


def _above(ones: Mapping[str, bool], others: Iterable[str]) -> Iterator[str]:
    """Yield the codes of one side below which the other side has some."""
    for code in others:
        yield from (whole for whole in _wholes(code) if whole in ones)


def _vague(ones: Mapping[str, bool], others: Mapping[str, bool]) -> Iterator[str]:
    """Yield the codes of both sides of which only one names the activity."""
    for code in ones.keys() & others.keys():
        if ones[code] != others[code]:
            yield code


def _wholes(code: str) -> list[str]:
    """Return the codes that a code is a part of, the coarsest first."""
    parts = code.split(".")
    return [".".join(parts[:size]) for size in range(1, len(parts))]


def _lifted(line: Line, levels: _Levels) -> Line:
    """Return a line about the coarsest level that it is of, if there is one."""
    known = levels.get(_place(line), set())
    code = line.stated.code
    level = next((each for each in (*_wholes(code), code) if each in known), "")
    if not level:
        return line
    what = f"{LEVEL}{level}@{line.stated.edition}"
    return replace(line, key=(*line.key[:2], what, ""))
