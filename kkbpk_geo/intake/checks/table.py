"""Checks of typed values: what cannot be, what does not agree, what was copied.

Why: a provincial office sees hundreds of village rows a month; the faults that its own
training slides list (reporting above existing, sums that do not add up, copied columns)
are found here, before the figures reach a map.

In:     ``Intake.data`` and the printed headings of its columns; rules.toml.
Out:    findings, one per row at fault (fold them for a screen). Data is not changed;
        :func:`without_impossible` takes out what cannot be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kkbpk_geo.findings import Finding
from kkbpk_geo.intake.cells.numbers import as_measure
from kkbpk_geo.intake.checks.claims import Claims
from kkbpk_geo.intake.checks.consistency import broken_rules, identical_columns
from kkbpk_geo.intake.checks.evidence import LATITUDES, LONGITUDES, Sheet, at_rows, show
from kkbpk_geo.intake.checks.telling import tell_versions
from kkbpk_geo.intake.checks.together import check_together
from kkbpk_geo.intake.checks.versions import find_versions

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from kkbpk_geo.intake.checks.evidence import Flags, Floats

__all__ = ["check_table", "check_together", "coordinate_faults"]

ABSURD = 300_000_000  # more than the people of Indonesia
_POSSIBLE = {
    "value_absurd": f"0 … {ABSURD}",
    "negative_count": "≥ 0",
    "fractional_count": "0, 1, 2, …",
}


def check_table(  # noqa: PLR0913 (each is one thing a sheet tells of its rows)
    data: pd.DataFrame,
    headings: Mapping[str, str],
    *,
    located: bool = False,
    repeats: bool = True,
    file: str = "",
    sheet: str = "",
    hidden: frozenset[int] = frozenset(),
) -> list[Finding]:
    """Check the values of one table as read.

    Parameters
    ----------
    data : DataFrame
        As in :class:`~kkbpk_geo.intake.model.Intake`. Coordinates as they were
        written (degrees): call this before unusable ones are blanked.
    headings : mapping catalogue column -> heading as printed
    located : bool
        Whether each row is expected to have coordinates: facilities are points.
    repeats : bool
        Whether two rows of one place and period are a fault: not in lists of persons.
    file, sheet : str
        Where the table comes from; ``source_row`` in ``data`` gives the rows.
    hidden : frozenset of int
        Rows that the workbook hides, as ``source_row`` counts them.

    Returns
    -------
    list of Finding
        One per row at fault.
    """
    if data.empty:
        return []
    table = Sheet(data=data, headings=headings, file=file, sheet=sheet)
    # What cannot be is told once, and compared with nothing.
    possible = replace(table, data=without_impossible(data))
    return [
        *_impossible_numbers(table),
        *broken_rules(possible),
        *identical_columns(possible),
        *(_repeated_rows(table, hidden) if repeats else ()),
        *_coordinates(table, located=located),
    ]


def _impossible_numbers(table: Sheet) -> Iterator[Finding]:
    for column in table.columns():
        values = table.numbers(column)
        for code, faults in impossible(values).items():
            if faults.any():
                says = _saying(values, _POSSIBLE[code])
                yield from at_rows(code, table, faults, column=column, says=says)


def impossible(values: Floats) -> dict[str, Flags]:
    """Say of figures which cannot be a count, by the finding that tells of it."""
    absurd = np.abs(values) > ABSURD
    negative = (values < 0) & ~absurd
    with np.errstate(invalid="ignore"):
        fraction = (np.floor(values) != values) & ~np.isnan(values)
    return {
        "value_absurd": absurd,
        "negative_count": negative,
        "fractional_count": fraction & ~absurd & ~negative,
    }


def without_impossible(data: pd.DataFrame) -> pd.DataFrame:
    """Make figures missing that cannot be a count: a sum with them is wrong."""
    bad = {}
    for column in Sheet(data=data, headings={}).columns():
        values = data[column].to_numpy(dtype="float64", na_value=float("nan"))
        flags = np.logical_or.reduce(list(impossible(values).values()))
        if flags.any():
            bad[column] = as_measure(np.where(flags, np.nan, values)).set_axis(
                data.index
            )
    return data.assign(**bad) if bad else data


def _saying(values: Floats, expected: str) -> Callable[[int], tuple[str, str]]:
    return lambda i: (show(values[i]), expected)


def _repeated_rows(table: Sheet, hidden: frozenset[int]) -> list[Finding]:
    """Find rows that claim the same, and entries of a list that stand twice."""
    if "name" in table.data:
        return _repeated_entries(table)
    claims = Claims(
        data=table.data,
        source=table.file,
        sheet=table.sheet,
        stated="period" in table.headings,
        headings=table.headings,
        hidden=hidden,
    )
    return tell_versions(find_versions([claims]), [claims])


def _repeated_entries(table: Sheet) -> list[Finding]:
    names = [name.casefold() for name in table.text("name")]
    columns = (
        table.places(), table.text("village_code"), table.text("period"),
        table.text("kind"), names,
    )  # fmt: skip
    keys = list(zip(*columns, strict=True))
    # Where the period of a row could not be read, it may be another one.
    timed = "period" not in table.headings
    first: dict[tuple[str, ...], int] = {}
    faults = np.zeros(len(keys), dtype=bool)
    for i, (key, name, row) in enumerate(zip(keys, names, table.rows(), strict=True)):
        faults[i] = bool(name) and key in first and (timed or bool(key[2]))
        first.setdefault(key, row)
    if not faults.any():
        return []
    shown = table.text("name").__getitem__
    return at_rows(
        "duplicate_entry",
        table,
        faults,
        column="",
        says=lambda i: (shown(i), first[keys[i]]),
    )


def coordinate_faults(longitude: Floats, latitude: Floats) -> NDArray[np.str_]:
    """Say what is wrong with each pair of coordinates.

    Parameters
    ----------
    longitude, latitude : arrays of float64, degrees; missing is NaN

    Returns
    -------
    array of str
        ``""`` (usable), ``"missing"`` (also 0, 0), ``"swapped"`` or ``"outside"``
        (of Indonesia).
    """

    def inside(values: Floats, limits: tuple[float, float]) -> Flags:
        return (values >= limits[0]) & (values <= limits[1])

    missing = np.isnan(longitude) | np.isnan(latitude)
    missing |= (longitude == 0) & (latitude == 0)
    good = inside(longitude, LONGITUDES) & inside(latitude, LATITUDES)
    swapped = inside(latitude, LONGITUDES) & inside(longitude, LATITUDES)
    return np.select(
        [missing, good, swapped], ["missing", "", "swapped"], default="outside"
    )


def _coordinates(table: Sheet, *, located: bool) -> Iterator[Finding]:
    if not {"longitude", "latitude"} <= set(table.data.columns):
        return
    longitude, latitude = table.numbers("longitude"), table.numbers("latitude")
    faults = coordinate_faults(longitude, latitude)
    names = table.text("name")
    limits = f"{LATITUDES[0]} … {LATITUDES[1]}; {LONGITUDES[0]} … {LONGITUDES[1]}"

    def pair(i: int) -> str:
        return f"{latitude[i]:g}; {longitude[i]:g}"

    if located:
        yield from at_rows(
            "coordinates_missing",
            table,
            faults == "missing",
            column="latitude",
            says=lambda i: (names[i], limits),
        )
    yield from at_rows(
        "coordinates_swapped",
        table,
        faults == "swapped",
        column="latitude",
        says=lambda i: (pair(i), f"{longitude[i]:g}; {latitude[i]:g}"),
    )
    yield from at_rows(
        "coordinates_outside",
        table,
        faults == "outside",
        column="latitude",
        says=lambda i: (pair(i), limits),
    )
