"""Eras of reporting, and which measures of two eras may be compared.

Why: users of contraception fell by half in a city when the book of 2022 took them from
another source than that of 2021. That is no decline.

In:     eras.toml, crosswalk.csv.
Out:    :func:`eras`, :func:`era_of`; :func:`crossing` says for a measure and two
        periods whether a change between them means anything, and why.
Rule:   the era of a period is that of its year. Where a definition did not change
        (people, villages) two eras are compared as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Literal

from kkbpk_geo.base.errors import CatalogueError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.periods import read_period
from kkbpk_geo.catalogue.indicators import indicators
from kkbpk_geo.catalogue.named import Named, in_language
from kkbpk_geo.catalogue.programme import groups, is_column, measures
from kkbpk_geo.catalogue.reading import Place, build_all, build_rows, refer

_ERAS, _CROSSWALK = "eras.toml", "crosswalk.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Era(Named):
    """A system of reporting; ``first`` and ``last`` are years, both inside."""

    first: int | None = None
    last: int | None = None

    def holds(self, year: int) -> bool:
        """Whether a year lies in it."""
        begun = self.first is None or self.first <= year
        return begun and (self.last is None or year <= self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """One line of the crosswalk; ``since`` and ``until`` are eras."""

    measure: str
    since: str
    until: str
    comparable: bool
    id: str
    en: str
    source: str

    def reason(self, language: Language = "id") -> str:
        """Return why measures may, or may not, be compared."""
        return in_language(language, self.id, self.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of crosswalk.csv as it stands there."""

    measure: str
    since: str
    until: str
    comparable: Literal["yes", "no"]
    id: str
    en: str
    source: str


@cache
def eras() -> Mapping[str, Era]:
    """Every era, oldest first; read-only.

    Raises
    ------
    CatalogueError
        If a year lies in none of them or in two; names the era.
    """
    found = build_all(Era, _ERAS)
    _check_order(list(found.values()))
    return found


def _check_order(found: Sequence[Era]) -> None:
    """Refuse eras that leave a year out or share one; the ends are open."""
    expected: int | None = None
    for at, era in enumerate(found):
        if at and expected is None:
            msg = f"{_ERAS} [{era.key}]: the era before it has no last year."
            raise CatalogueError(msg)
        if era.first != expected:
            raise Place(_ERAS, era.key, "first").refuse(era.first, str(expected))
        expected = None if era.last is None else era.last + 1
    if expected is not None:
        raise Place(_ERAS, found[-1].key, "last").refuse(expected - 1, "no last year")


def era_of(period: str) -> Era | None:
    """Return the era of a period, None where it states no time.

    A period that runs over two years has the era of its end.

    Examples
    --------
    >>> era_of("2018-12").key, era_of("2019").key, era_of("2021-Q1").key
    ('sr', 'transition', 'siga')
    """
    read = read_period(period)
    if read is None:
        return None
    return next(era for era in eras().values() if era.holds(read.ends[0]))


@cache
def crosswalk() -> tuple[Crossing, ...]:
    """Return every line of the crosswalk, in file order.

    Raises
    ------
    CatalogueError
        For a measure that no column has, an era that is not there, eras in the wrong
        order, or a line without a reason.
    """
    return tuple(map(_build, build_rows(Line, _CROSSWALK, "measure")))


def _build(line: Line) -> Crossing:
    place = Place(_CROSSWALK, line.measure)
    if not any(fnmatchcase(column, line.measure) for column in _columns()):
        raise place.at("measure").refuse(line.measure, "a column of the catalogue")
    refer(place.at("since"), line.since, eras(), _ERAS)
    refer(place.at("until"), line.until, eras(), _ERAS)
    order = list(eras())
    if order.index(line.since) >= order.index(line.until):
        raise place.at("until").refuse(line.until, f"an era after {line.since!r}")
    for part in ("id", "en", "source"):
        if not (said := getattr(line, part)):
            raise place.at(part).refuse(said, "why, and where that is known from")
    return Crossing(
        measure=line.measure,
        since=line.since,
        until=line.until,
        comparable=line.comparable == "yes",
        id=line.id,
        en=line.en,
        source=line.source,
    )


@cache
def _columns() -> frozenset[str]:
    """Every column of counts: measures, and those per group with each group."""
    found: set[str] = set()
    for name, measure in measures().items():
        if measure.per_group:
            found.update(f"{group}_{name}" for group in groups())
        else:
            found.add(name)
    return frozenset(found)


def crossing(columns: Iterable[str], earlier: str, later: str) -> Crossing | None:
    """Return what the crosswalk says of measures in two periods.

    Parameters
    ----------
    columns : iterable of str
        Measures; of an indicator, its numerator and denominator.
    earlier, later : str
        Periods.

    Returns
    -------
    Crossing or None
        A line that forbids it for one of them; else one that allows it, if all are
        allowed; None where both periods are of one era, or the crosswalk is silent.
    """
    between = _between_periods(earlier, later)
    wanted = tuple(columns)
    if len(between) < 2 or not wanted:  # noqa: PLR2004 - one era, or none known
        return None
    for column in wanted:
        if forbids := _forbidding(column, between):
            return forbids
    allows = [_allowing(column, between) for column in wanted]
    return None if None in allows else allows[0]


def _forbidding(column: str, between: frozenset[str]) -> Crossing | None:
    """Return the line that stops one column: a break on the way breaks the whole."""
    for line in crosswalk():
        on_the_way = _span(line.since, line.until) <= between
        if not line.comparable and on_the_way and fnmatchcase(column, line.measure):
            return line
    return None


def _allowing(column: str, between: frozenset[str]) -> Crossing | None:
    """Return the line that lets one column cross all these eras."""
    for line in crosswalk():
        whole = line.comparable and between <= _span(line.since, line.until)
        if whole and fnmatchcase(column, line.measure):
            return line
    return None


def columns_of(indicator: str) -> tuple[str, ...]:
    """Return the measures that an indicator is made of; none for one of the user's."""
    if indicator in indicators():
        entry = indicators()[indicator]
        return (*entry.numerator, *entry.denominator)
    return (indicator,) if is_column(indicator) else ()


def crossing_of(indicator: str, earlier: str, later: str) -> Crossing | None:
    """Return what the crosswalk says of an indicator, or a measure, in two periods."""
    return crossing(columns_of(indicator), earlier, later)


def breaks_in(indicator: str, periods: Sequence[str]) -> dict[int, Crossing]:
    """Return at which of some periods, oldest first, an indicator begins anew.

    Returns
    -------
    dict of position -> the line of the crosswalk that parts it from what is before
    """
    found: dict[int, Crossing] = {}
    since = 0
    for at in range(1, len(periods)):
        line = crossing_of(indicator, periods[since], periods[at])
        if line is not None and not line.comparable:
            found[at] = line
            since = at
    return found


def crosses(earlier: str, later: str) -> bool:
    """Whether two periods are of different eras."""
    return len(_between_periods(earlier, later)) > 1


def _between_periods(earlier: str, later: str) -> frozenset[str]:
    """Return the eras from one period to the other; none where a time is not known."""
    ends = [era_of(earlier), era_of(later)]
    keys = [era.key for era in ends if era]
    return _span(*keys) if len(keys) == len(ends) else frozenset()


def _span(one: str, other: str) -> frozenset[str]:
    """Return the eras from one to another, both inside."""
    order = list(eras())
    first, last = sorted((order.index(one), order.index(other)))
    return frozenset(order[first : last + 1])
