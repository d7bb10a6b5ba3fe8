"""Years, months or quarters side by side: one measure, one period a column.

Why: statistics offices publish series, PUS over 2022, 2023 and 2024. A heading is read
without its time, and its time is the period of its figures; a sum or a mean beside
periods is no period more, and a target of one year no result of another.

In:     the header, and how to say what its headings mean.
Out:    the header without times; the columns with the time of each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kkbpk_geo.base.text import fold_words
from kkbpk_geo.catalogue.headings import phrase
from kkbpk_geo.intake.recognise.columns import UNKNOWN, Column
from kkbpk_geo.intake.recognise.headers import Header
from kkbpk_geo.intake.recognise.phases import Phase, read_heading
from kkbpk_geo.intake.recognise.spelling import plain, says_sum

# Words around a time that say nothing of what it is the time of.
_AROUND = frozenset(
    ["tahun", "bulan", "triwulan", "semester", "per", "periode", "posisi", "keadaan",
     "akhir", "angka", "sementara", "tetap", "desember"]
)  # fmt: skip
_FEWEST = 2  # columns of different times are side by side; one is a heading with a year
_MEAN = frozenset(["rata", "rerata", "mean", "average"])


def times_of(header: Header) -> dict[int, Phase]:
    """Return the time that each heading names, of those that name one."""
    found = {}
    for i, path in enumerate(header.paths):
        said = read_heading(tuple(map(plain, path)))
        if said is not None and (said.timed or said.phase.year):
            found[i] = said.phase
    return found


def without_times(header: Header, times: Mapping[int, Phase]) -> Header:
    """Return the header with the times taken out of its headings."""
    paths = list(header.paths)
    for i in times:
        parts = [_without_time(part) for part in paths[i]]
        paths[i] = tuple(part for part in parts if part)
    return replace(header, paths=tuple(paths), timed=dict(times))


def _without_time(part: str) -> str:
    said = read_heading((plain(part),))
    timed = said is not None and (said.timed or bool(said.phase.year))
    tokens = said.rest if said is not None and timed else fold_words(part).split()
    if set(tokens) <= _AROUND:
        return ""
    if said is None or not timed:
        return part
    rest = [token for token in said.rest if token not in _AROUND]
    # A sum of the year says so: it is no heading by itself.
    return " ".join(["jumlah", *rest] if said.summed else rest)


def with_times(
    columns: Sequence[Column], header: Header, times: Mapping[int, Phase]
) -> list[Column]:
    """Give measures the time of their heading; sums and means beside them none.

    Parameters
    ----------
    columns : what the headings without their times mean
    header : Header, as printed
    times : position -> Phase
    """
    settled = [
        replace(column, printed=" > ".join(path))
        for column, path in zip(columns, header.paths, strict=True)
    ]
    for i, phase in times.items():
        if settled[i].role == "measure":
            settled[i] = replace(settled[i], phase=phase)
    settled = _without_sums_of_times(settled, header)
    alike = Counter((c.target, c.phase) for c in settled if c.phase and not c.added)
    for i, column in enumerate(settled):
        if column.phase and alike[column.target, column.phase] > 1:
            settled[i] = replace(
                column, role=UNKNOWN, target="", phase=None, why="column_ambiguous",
            )  # fmt: skip
    return _without_sums(settled, header)


def _without_sums_of_times(columns: Sequence[Column], header: Header) -> list[Column]:
    """Set aside sums of a time beside its parts: 2024 Total beside the months of 2024.

    What couples there were in a year nobody knows by adding up its months.
    """
    settled = list(columns)
    for i, column in enumerate(columns):
        if not column.phase or not any(map(_is_sum_of_time, header.paths[i])):
            continue
        inside = [c for c in columns if _is_inside(c, column)]
        if len(inside) >= _FEWEST:
            parts = tuple(each.position for each in inside)
            settled[i] = replace(
                column, role="ignore", target="", phase=None, parts=parts
            )
    return settled


def _is_inside(part: Column, whole: Column) -> bool:
    """Whether a column is of a shorter time within that of another."""
    if not part.phase or not whole.phase or part.target != whole.target:
        return False
    return part.phase != whole.phase and whole.phase.covers(part.phase)


def _is_sum_of_time(part: str) -> bool:
    """Whether a heading says nothing but a time and a sum: 2024 Total, JUMLAH TW I."""
    said = read_heading((plain(part),))
    return said is not None and said.summed and not said.rest


def _without_sums(columns: list[Column], header: Header) -> list[Column]:
    """Set aside what stands beside periods and is of none of them."""
    series: dict[str, list[int]] = {}
    for column in columns:
        if column.phase:
            series.setdefault(column.target, []).append(column.position)
    for i, column in enumerate(columns):
        beside = series.get(column.target, [])
        if column.phase or column.role != "measure" or not beside:
            continue
        # A pivot sets its total over the measure: Grand Total over Sum of PUS.
        if len(beside) >= _FEWEST and any(map(_is_sum, header.paths[i])):
            columns[i] = replace(column, role="ignore", target="", parts=tuple(beside))
        else:
            columns[i] = replace(
                column, role=UNKNOWN, target="", why="column_ambiguous"
            )
    return columns


def _is_sum(leaf: str) -> bool:
    return says_sum(leaf) or bool(set(phrase(leaf).split()) & _MEAN)
