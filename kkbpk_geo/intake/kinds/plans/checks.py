"""Checks of plan lines beside each other: doubles, spellings, units that do not agree.

Why: a district listed twice doubles a budget; an activity spelled three ways is three
activities to a spreadsheet; a target in percent cannot be added to one in people.

In:     the data of one or several plans, as
        :func:`~kkbpk_geo.intake.kinds.plans.columns.plan_columns` makes it.
Out:    findings. Data is not changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kkbpk_geo.base.missing import as_float
from kkbpk_geo.base.text import first_alike, fold_words
from kkbpk_geo.catalogue.activities import activities, plain, suggest_each, terms
from kkbpk_geo.findings import Finding, finding
from kkbpk_geo.intake.kinds.plans.wide import HALF_HEADING
from kkbpk_geo.regions import LEVELS, regions_of

if TYPE_CHECKING:
    import pandas as pd

ALIKE = 0.84  # of difflib's ratio: a slip or two in a name of usual length
_TEXTS = (
    "region_code", "kabkota", "activity", "activity_text", "indicator",
    "indicator_text", "period", "quarter", "fund", "fund_text", "unit", "source_file",
    "source_sheet", "source_row", HALF_HEADING, "code",
)  # fmt: skip


class _Line(NamedTuple):
    """One line of a plan, its words brought to one spelling."""

    region: str
    known: str
    text: str
    what: str
    indicator: str
    when: tuple[str, str, str]
    fund: str
    unit: str
    target: float | None
    place: tuple[str, str, str]
    code: str

    @property
    def label(self) -> str:
        """What a person calls the line."""
        return self.text or self.indicator


def check_plan(data: pd.DataFrame) -> list[Finding]:
    """Check the lines of a plan against each other.

    Parameters
    ----------
    data : DataFrame
        Any number of plans together; ``source_file, source_sheet, source_row`` say
        where each line stands.

    Returns
    -------
    list of Finding
        Doubles one per line, spellings and units one per activity.
    """
    lines = _lines(data)
    found = [
        *_nameless(lines),
        *_doubles(lines),
        *_spellings(lines),
        *_near(lines),
        *_units(lines),
        *_shares(lines),
        *_below_zero(lines),
    ]
    return list(dict.fromkeys(found))  # a row that is several lines is told once


def _lines(data: pd.DataFrame) -> list[_Line]:
    import pandas as pd

    n = len(data)
    columns = {name: [""] * n for name in _TEXTS}
    for name in columns.keys() & set(data.columns):
        columns[name] = _texts(data[name])
    targets = data["target"] if "target" in data else [pd.NA] * n
    rows = zip(*columns.values(), strict=True)
    return [_line(*each) for each in zip(rows, map(as_float, targets), strict=True)]


def _texts(column: pd.Series[Any]) -> list[str]:
    texts = list(map(str, column.to_numpy(dtype=object)))
    for i in np.flatnonzero(column.isna()).tolist():
        texts[i] = ""
    return texts


def _line(said: Sequence[str], target: float | None) -> _Line:
    """Make a line of its texts, which stand in the order of :data:`_TEXTS`."""
    (
        code, district, activity, text, indicator, served, period, quarter, fund, paid,
        unit, file, sheet, row, half, number,
    ) = said  # fmt: skip
    return _Line(
        region=code or district.casefold(),
        known=activity,
        text=text,
        what=activity or plain(text),
        indicator=indicator or plain(served),
        when=(period, quarter, half),
        fund=fund or paid.casefold(),
        unit=unit,
        target=target,
        place=(file, sheet, row),
        code=number,
    )


def _tell(code: str, line: _Line, *, expected: str = "", count: int = 1,
          value: str = "") -> Finding:  # fmt: skip
    file, sheet, row = line.place
    return finding(
        code, file=file, sheet=sheet, row=int(row) if row else None,
        region=line.region, value=value or line.label, expected=expected, count=count,
    )  # fmt: skip


def _nameless(lines: Sequence[_Line]) -> Iterator[Finding]:
    """Lines with neither activity nor indicator."""
    for line in lines:
        if not line.label:
            yield _tell("plan_activity_missing", line)


def _doubles(lines: Sequence[_Line]) -> Iterator[Finding]:
    """Lines about the same work in the same place and time, from the same fund."""
    first: dict[object, _Line] = {}
    for line in lines:
        key = (
            line.region,
            line.code or line.what,
            line.indicator,
            line.when,
            line.fund,
        )
        if not line.label or first.setdefault(key, line) is line:
            continue
        yield _tell("plan_line_twice", line, expected=_where(first[key], line))


def _where(earlier: _Line, line: _Line) -> str:
    """Say where an earlier line is: file and sheet only if they are others."""
    file, sheet, row = earlier.place
    there = [file] if file != line.place[0] else []
    there += [sheet] if sheet != line.place[1] else []
    return " ".join(filter(None, [*there, row]))


def _spellings(lines: Sequence[_Line]) -> Iterator[Finding]:
    """Activities of the catalogue written in several ways; texts it does not know."""
    alike: dict[str, list[_Line]] = {}
    for line in lines:
        # Work with a code is named by a regulation: its words are no office's spelling.
        if line.text and not line.code:
            alike.setdefault(line.what, []).append(line)
    unknown = [here[0].text for here in alike.values() if not here[0].known]
    suggested = suggest_each(unknown)
    for what, here in alike.items():
        if not here[0].known:
            near = ", ".join(suggested[here[0].text])
            rows = len({line.place for line in here})
            yield _tell("activity_unknown", here[0], expected=near, count=rows)
            continue
        ways = sorted({fold_words(line.text): line.text for line in here}.values())
        if len(ways) > 1:
            yield _tell(
                "activity_spellings", here[0], value="; ".join(ways),
                expected=activities()[what].id,
            )  # fmt: skip


def _near(lines: Sequence[_Line]) -> Iterator[Finding]:
    """Unknown activities that look like one another: perhaps one, spelled twice.

    The same work in another village is other work, and so is its second part.
    """
    named = [line for line in lines if line.text and not line.code]
    unknown = [line for line in named if not line.known]
    first = {line.what: line for line in reversed(unknown)}
    often = Counter(line.what for line in unknown)
    order = sorted(often, key=lambda text: (-often[text], text))
    provinces = {line.region[:2] for line in unknown if line.region}
    names = _place_names(frozenset(provinces))
    apart = [_places_and_numbers(text, names) for text in order]
    for j, earlier in first_alike(order, ALIKE, apart):
        text, other = order[j], order[earlier]
        yield _tell(
            "activity_spelled_alike", first[text],
            expected=first[other].text, count=often[text],
        )  # fmt: skip


class _Names(NamedTuple):
    """Names of places, and the most words of those that begin with a word."""

    whole: frozenset[str]
    longest: Mapping[str, int]


@cache
def _place_names(provinces: frozenset[str]) -> _Names:
    """Return what the register calls the places of some provinces, as lines are."""
    units = (
        unit
        for province in provinces
        for level in LEVELS
        for unit in regions_of(level, province)
    )
    whole = frozenset(plain(unit.bare) for unit in units)
    longest: dict[str, int] = {}
    for first, *others in map(str.split, whole - {""}):
        longest[first] = max(longest.get(first, 0), 1 + len(others))
    return _Names(whole, longest)


def _places_and_numbers(text: str, names: _Names) -> tuple[str, ...]:
    """Return the places and numbers in a text."""
    words = text.split()
    found = []
    at = 0
    while at < len(words):
        size = _size_of_name(words, at, names)
        if size or words[at].isdigit():
            found.append(" ".join(words[at : at + (size or 1)]))
        at += size or 1
    return tuple(found)


def _size_of_name(words: Sequence[str], at: int, names: _Names) -> int:
    """Return how many words the longest name has that begins at a word; 0 for none."""
    most = min(names.longest.get(words[at], 0), len(words) - at)
    sizes = range(most, 0, -1)
    return next((n for n in sizes if " ".join(words[at : at + n]) in names.whole), 0)


def _units(lines: Sequence[_Line]) -> Iterator[Finding]:
    """Targets without a unit, and targets of one activity in several units."""
    if bare := [line for line in lines if line.target is not None and not line.unit]:
        yield _tell("unit_missing", bare[0], count=len(bare))
    units: dict[tuple[str, str], dict[str, _Line]] = {}
    for line in lines:
        if line.target is not None and line.unit and line.label:
            here = units.setdefault((line.what, line.indicator), {})
            here.setdefault(line.unit, line)
    for found in units.values():
        if len(found) > 1:
            names = ", ".join(map(_unit_name, found))
            second = list(found.values())[1]
            yield _tell("target_unit_mixed", second, expected=names)


def _unit_name(unit: str) -> str:
    return terms("unit")[unit].id if unit in terms("unit") else unit


def _below_zero(lines: Sequence[_Line]) -> Iterator[Finding]:
    """Targets that are less than nothing."""
    for line in lines:
        if line.target is not None and line.target < 0:
            yield _tell(
                "target_negative", line, value=f"{line.target:g}", expected=line.label
            )


def _shares(lines: Sequence[_Line]) -> Iterator[Finding]:
    """Percentages that may be shares: 0.75 with the unit percent."""
    for line in lines:
        if line.unit == "percent" and line.target is not None and 0 < line.target <= 1:
            yield _tell(
                "target_share", line, value=f"{line.target:g}",
                expected=f"{line.target * 100:g} %",
            )  # fmt: skip
