"""Headings that name a time: TW I … TW IV, Januari … Desember, Semester I, Target 2026.

Why: offices write plans with the phases side by side. A heading that holds a time and a
measure is one phase of that measure; a sum beside the phases is no phase more.

In:     the paths of headings over the columns of a plan, and what each column holds.
Out:    :class:`Phase` per column of target, budget and realisation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from kkbpk_geo.base.formats import MONTHS, NUMERALS, YEAR_PATTERN, month_number
from kkbpk_geo.base.periods import HALF, MONTH, QUARTER, YEAR
from kkbpk_geo.base.text import fold_words
from kkbpk_geo.catalogue.headings import find_headings, phrase, words

MEASURES = ("target", "budget", "realised", "spent")
_PLANNED = ("target", "budget")
_COUNTED = ("target", "realised")
# "Tahun Anggaran 2026", "T.A. 2026": a year, not a budget.
_FISCAL = re.compile(r"\btahun anggaran\b|\bt ?a\b(?= (?:19|20)\d\d)")
_DATE = re.compile(rf"({YEAR_PATTERN})-(\d\d)(?:-01)?(?: 00:00:00)?")
_YEAR = re.compile(rf"\b({YEAR_PATTERN})\b")  # a word of a folded heading
_QUARTER = re.compile(r"\b(?:tri ?wulan|q)(?: ke)? ?(iv|iii|ii|i|[1-4])\b")
_SPELLED = re.compile(r"\b(?:twl?|trw|kuartal) ?(?=(?:iv|iii|ii|i|[1-4])\b)")
_HALF = re.compile(r"\b(?:semester|smt)(?: ke)? ?(ii|i|[12])\b")
# A running sum, where no second month follows.
_UNTIL = frozenset(["s", "d", "sd", "sampai", "hingga"])
# Words beside a time that say nothing of what it is of.
_AROUND = frozenset(
    ["tahun", "bulan", "triwulan", "semester", "per", "tahap", "tahapan", "periode"]
)
_SUMS = frozenset(
    ["jumlah", "setahun", "tahunan", "result"]
)  # 2024 Result: LibreOffice
_MONEY = frozenset(["rp", "rupiah", "anggaran", "pagu"])
_FEWEST = 2  # phases without a measure in their heading are none if they stand alone


@dataclass(frozen=True, slots=True, order=True)
class Phase:
    """A part of a year: its months, first and last; year 0 is whatever the row says."""

    year: int = 0
    first: int = 1
    last: int = 12

    @property
    def size(self) -> int:
        """How many months it has: 1, 3, 6 or 12."""
        return self.last - self.first + 1

    @property
    def quarter(self) -> int | None:
        """Its quarter, if it lies in one."""
        return (self.first - 1) // QUARTER + 1 if self.size <= QUARTER else None

    @property
    def month(self) -> int | None:
        """Its month, if it is one."""
        return self.first if self.size == MONTH else None

    def covers(self, other: Phase) -> bool:
        """Whether the other lies inside this one."""
        years = not self.year or self.year == other.year
        return years and self.first <= other.first and other.last <= self.last


@dataclass(frozen=True, slots=True)
class Said:
    """What a path of headings says: a time, the words besides, whether it is a sum."""

    phase: Phase
    rest: tuple[str, ...]
    summed: bool

    @property
    def timed(self) -> bool:
        """Whether a part of a year is named."""
        return self.phase.size < YEAR


@lru_cache(maxsize=4096)
def read_heading(path: tuple[str, ...]) -> Said | None:
    """Read a path of headings; None where it names no single time and no sum.

    Examples
    --------
    >>> read_heading(("TARGET", "TW II")).phase
    Phase(year=0, first=4, last=6)
    >>> read_heading(("TARGET 2026", "Jumlah")).phase
    Phase(year=2026, first=1, last=12)
    >>> read_heading(("TARGET s.d. TW II",)) is None
    True
    """
    text = " ".join(phrase(_DATE.sub(_dated, part)) for part in path)
    text = _SPELLED.sub("triwulan ", _FISCAL.sub(" ", text))
    years = set(_YEAR.findall(text))
    text, spans = _numbered(_YEAR.sub(" ", text))
    tokens, months = _months(text.split())
    spans += months
    said = set(tokens)
    # Two years are no single time; "s.d. TW II" is a running sum, not its quarter.
    if len(years) > 1 or said & _UNTIL or not _nested(spans):
        return None
    phase = min(spans, key=lambda span: span.size, default=Phase())
    phase = replace(phase, year=int(min(years, default="0")))
    rest = tuple(t for t in dict.fromkeys(tokens) if t not in (_AROUND | _SUMS))
    summed = bool(said & _SUMS)
    return Said(phase, rest, summed) if spans or years or summed else None


def _numbered(text: str) -> tuple[str, list[Phase]]:
    """Take numbered parts of a year (TW II, Semester I) out of a heading."""
    spans: list[Phase] = []
    for pattern, size in ((_QUARTER, QUARTER), (_HALF, HALF)):
        numbers = {NUMERALS.get(each) or int(each) for each in pattern.findall(text)}
        spans += [Phase(0, size * (n - 1) + 1, size * n) for n in numbers]
        text = pattern.sub(" ", text)
    return text, spans


def _nested(spans: Sequence[Phase]) -> bool:
    """Whether each time lies in the next longer: TW I > Januari is Januari."""
    by_size = sorted(spans, key=lambda span: span.size)
    return all(wide.covers(fine) for fine, wide in pairwise(by_size))


def _dated(found: re.Match[str]) -> str:
    """Write a heading that a workbook stores as a date as its month and year."""
    number = int(found[2])
    return f"{MONTHS['id'][number - 1]} {found[1]}" if 1 <= number <= YEAR else ""


def _months(tokens: list[str]) -> tuple[list[str], list[Phase]]:
    """Take months out of the words: one, or two that are the ends of a phase."""
    at = [i for i, t in enumerate(tokens) if t.isalpha() and month_number(t)]
    ends = [month_number(tokens[i]) or 0 for i in at]
    if len(set(ends)) == 1:
        rest = [t for i, t in enumerate(tokens) if i not in at]
        return rest, [Phase(0, ends[0], ends[0])]
    if len(ends) != _FEWEST or not set(tokens[at[0] + 1 : at[1]]) <= _UNTIL:
        return tokens, []
    span = Phase(0, *ends)
    # Only what begins where a quarter, half or year begins is one: not Feb - April.
    if span.size not in (QUARTER, HALF, YEAR) or (span.first - 1) % span.size:
        return tokens, []
    return tokens[: at[0]] + tokens[at[1] + 1 :], [span]


def is_phase_row(cells: Sequence[str]) -> bool:
    """Whether a row of headings sets phases side by side: TW I, TW II … or years."""
    filled = [cell for cell in cells if cell]
    said = [read_heading((cell,)) for cell in filled]
    phases = {one.phase for one in said if one and one.timed}
    alike = Counter(phase.size for phase in phases)
    if max(alike.values(), default=0) >= _FEWEST:
        return True
    # I, II and III beside each other; two of them may be classes of anything.
    if len({fold_words(cell) for cell in filled} & set(NUMERALS)) > _FEWEST:
        return True
    return bool(filled) and all(map(_is_bare_year, said))


def _is_bare_year(said: Said | None) -> bool:
    return said is not None and bool(said.phase.year) and not said.rest


def names_time(cell: str) -> bool:
    """Whether a heading names a phase or a sum, and possibly what it is of."""
    return bool(cell) and (
        read_heading((cell,)) is not None or fold_words(cell) in NUMERALS
    )


def measure_of(rest: Sequence[str]) -> str | None:
    """Return the measure that the words beside a time name; ``""`` if there are none.

    None where they name something else: a schedule, a percentage.
    """
    if not rest or " ".join(rest) in words("phase_bare"):
        return ""
    for i in range(len(rest)):  # ANGGARAN > TW I > REALISASI
        for entry in find_headings(" ".join((*rest[i:], *rest[:i]))):
            if entry.field in MEASURES:
                return entry.field
    return None


def find_phases(
    paths: Sequence[tuple[str, ...]],
    contents: Sequence[str],
    plain: Mapping[int, str],
) -> dict[int, tuple[str, Phase]]:
    """Say which columns of a plan are phases of a measure, or sums beside them.

    Parameters
    ----------
    paths : n paths of headings
    contents : n of Content, what each column holds
    plain : mapping position -> measure
        The columns that are a measure without any time.

    Returns
    -------
    dict position -> (measure, Phase)
        Empty where the plan has no phases side by side: then its columns are what they
        are. Otherwise every column of a measure is here, also ``plain``.
    """
    read = {i: said for i, path in enumerate(paths) if (said := read_heading(path))}
    named = _measures(read, contents, plain)
    found = _parts_of_years(read, named)
    found |= _whole_years(read, named, found)
    if not found:
        return {}
    found |= _sums(read, named, found, paths)
    found |= {i: (name, Phase()) for i, name in plain.items()}
    return _with_year(found)


Found = dict[int, tuple[str, Phase]]
Named = dict[int, str | None]


def _measures(
    read: Mapping[int, Said], contents: Sequence[str], plain: Mapping[int, str]
) -> Named:
    """Return the measure that each heading with a time names; ``""`` for none.

    Bare times (TW I … TW IV, nothing else) are a target where several of them hold
    figures; ticks in them are a schedule.
    """
    named = {i: measure_of(said.rest) for i, said in read.items() if i not in plain}
    bare = {i for i, name in named.items() if name == "" and read[i].timed}
    if len(bare) >= _FEWEST and _is_target([contents[i] for i in bare]):
        return named
    return {i: name for i, name in named.items() if i not in bare}


def _parts_of_years(read: Mapping[int, Said], named: Named) -> Found:
    """Return the columns of a month, quarter or half-year."""
    return {
        i: (name or "target", read[i].phase)
        for i, name in named.items()
        if read[i].timed and name is not None
    }


def _whole_years(read: Mapping[int, Said], named: Named, parts: Found) -> Found:
    """Return the columns of a whole year: Target 2026, Jumlah Target.

    A measure with parts of a year has its year beside them. One without is a phase
    only in a year that a target, a budget or a part of a year is of: REALISASI 2024
    in a plan for 2026 is what was, not what is planned.
    """
    whole = {i: name for i, name in named.items() if name and i not in parts}
    timed = {name for name, _ in parts.values()}
    stated = {phase.year for _, phase in parts.values()}
    stated |= {read[i].phase.year for i, name in whole.items() if name in _PLANNED}
    found = {}
    for i, name in whole.items():
        phase = read[i].phase
        if name in timed or (phase.year and phase.year in stated):
            found[i] = name, phase
    return found


def _sums(
    read: Mapping[int, Said],
    named: Named,
    found: Found,
    paths: Sequence[tuple[str, ...]],
) -> Found:
    """Return the bare sums (JUMLAH); each is of the measure that stands beside it."""
    known = dict(found)
    for i in sorted(i for i, name in named.items() if not name and read[i].summed):
        beside = known.get(i - 1) or known.get(i + 1)
        if beside and not (_says_money(paths[i]) and beside[0] in _COUNTED):
            known[i] = beside[0], read[i].phase
    return known


def _says_money(path: Sequence[str]) -> bool:
    return bool(set(fold_words(" ".join(path)).split()) & _MONEY)


def _with_year(found: Found) -> Found:
    """Give the one year that headings name to those that name none."""
    years = {phase.year for _, phase in found.values() if phase.year}
    if len(years) != 1:
        return found
    year = years.pop()
    return {i: (name, replace(phase, year=year)) for i, (name, phase) in found.items()}


def _is_target(contents: Sequence[str]) -> bool:
    """Whether columns with no measure in their headings hold figures, not ticks."""
    filled = [content for content in contents if content != "blank"]
    return not filled or "number" in filled
