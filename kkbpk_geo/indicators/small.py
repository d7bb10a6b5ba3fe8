"""Small counts of persons in a joined table: hidden below the district, sums kept.

Why: maps of kecamatan and desa are handed around; a count of one to four persons is
soon a name.

In:     :class:`Joined`. Out: the same with fewer numbers, and the state that says why.
Sums:   of each measure over the regions of one parent; of parts and whole within one
        region, where rules.toml or derived.toml name them and they add up. A number
        that stands in several periods (a yearly table under months) is one number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import pandas as pd

from kkbpk_geo.base.errors import IndicatorError
from kkbpk_geo.base.missing import is_number
from kkbpk_geo.catalogue.indicators import derived
from kkbpk_geo.catalogue.programme import groups, measures, split_column
from kkbpk_geo.catalogue.rules import rules
from kkbpk_geo.catalogue.statuses import USUAL_LIMIT
from kkbpk_geo.indicators.hiding import Sum, hide
from kkbpk_geo.indicators.ratios import with_derived
from kkbpk_geo.joining import Exact, Joined
from kkbpk_geo.regions import parent_of

FEW, BESIDE = "few_persons", "suppressed"
# Below 3 the mark would name the number: only 1 is from 1 to 1.
_LEAST = 3
# What a whole is compared with by rules that speak of parts of it.
_OF_PARTS = ("sum_equals", "sum_at_most", "each_at_most")
_SAME = 1e-6  # sums of floats

Cell = tuple[str, str, str]  # period, region, measure


def hide_small(
    joined: Joined, limit: int = USUAL_LIMIT, *, above: Joined | None = None
) -> Joined:
    """Hide counts of 1 to ``limit - 1`` persons, and what would give them away.

    Only measures of persons count (couples, users, families, children ...), not groups,
    facilities, cadres or officers; only maps of levels below kabupaten/kota.

    Parameters
    ----------
    joined : Joined
    limit : int
        0 hides nothing.
    above : Joined, optional
        The regions these lie in, with what is hidden there, where both are shown: a
        count that is hidden above has a hidden part here, or it could be added up.

    Returns
    -------
    Joined
        With derived measures added. ``values`` is missing, and ``status`` is
        ``few_persons`` where a count is small, ``suppressed`` where it is hidden beside
        one; ``exact`` keeps all for the sums of a province.

    Raises
    ------
    IndicatorError
        For a limit below 3 that is not 0.

    Examples
    --------
    >>> import kkbpk_geo as kg
    >>> from importlib.resources import files
    >>> sheet = files("kkbpk_geo") / "sample/data/tables/contoh_kontrasepsi_2025.csv"
    >>> joined = kg.join_regions(kg.load_boundaries("Lampung"), [kg.read_table(sheet)])
    >>> hide_small(joined) is joined  # of districts nothing is hidden
    True
    """
    if not is_number(limit) or (limit and limit < _LEAST):
        msg = f"limit is {limit!r}; expected 0 (hide nothing) or a number from 3 up."
        raise IndicatorError(msg)
    if not limit or not is_below_district(joined.level) or joined.exact is not None:
        return joined
    values, status = with_derived(joined)
    # What is not to be judged by is shown all the same, and may be small.
    shown = values.fillna(
        joined.values.reindex(columns=values.columns).astype("Float64")
    )
    cells = _Cells(shown)
    also = () if above is None else cells.parts_of(_hidden(above), limit)
    found = hide(cells.numbers, cells.sums, limit, also)
    fewer, why = shown.copy(), status.copy()
    for word, hidden in ((FEW, found.small), (BESIDE, found.others)):
        for measure, rows in cells.rows_of(hidden):
            fewer.loc[rows, measure] = pd.NA
            why.loc[rows, measure] = word
    fewer = _as_before(fewer, joined.values)
    return replace(
        joined, values=fewer, status=why, exact=Exact(values, status), limit=limit
    )


def is_below_district(level: str) -> bool:
    """Whether regions are small enough that a count may be a known person.

    Examples
    --------
    >>> is_below_district("kecamatan"), is_below_district("kabkota")
    (True, False)
    """
    return level in ("kecamatan", "desa")


def _hidden(joined: Joined) -> set[Cell]:
    """Return the cells of a table that are hidden."""
    found: set[Cell] = set()
    for measure, column in joined.status.items():
        hidden = column[column.isin((FEW, BESIDE))]
        found.update((period, code, str(measure)) for period, code in hidden.index)
    return found


def _as_before(values: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Give columns that were whole numbers their type back."""
    kept = [c for c in before.columns if c in values.columns]
    return values.astype({column: before[column].dtype for column in kept})


class _Cells:
    """The counts of persons of a table, numbered, and the sums between them."""

    def __init__(self, values: pd.DataFrame) -> None:
        self.numbers: list[float] = []
        self._at: dict[Cell, int] = {}
        known: dict[tuple[str, str, float], int] = {}
        persons = [c for c in values.columns if split_column(str(c))[1].of_persons]
        for measure in persons:
            column = values[measure].dropna()
            for (period, code), value in zip(column.index, column, strict=True):
                number = known.setdefault((code, measure, value), len(self.numbers))
                if number == len(self.numbers):
                    self.numbers.append(float(value))
                self._at[period, code, measure] = number
        # A yearly table under months gives the same sums each month: once is enough.
        every = chain(self._of_regions(), self._of_parts())
        once = {frozenset(each.items()): each for each in every}
        self.sums: list[Sum] = list(once.values())

    def rows_of(self, hidden: set[int]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Yield each measure with the rows in which cells of it are hidden."""
        rows: dict[str, list[tuple[str, str]]] = {}
        for (period, code, measure), number in self._at.items():
            if number in hidden:
                rows.setdefault(measure, []).append((period, code))
        yield from rows.items()

    def parts_of(self, wholes: set[Cell], limit: int) -> set[int]:
        """Return of each whole without a small part the least part that serves."""
        parts: dict[Cell, set[int]] = {}
        for (period, code, measure), number in self._at.items():
            whole = (period, parent_of(code), measure)
            if whole in wholes:
                parts.setdefault(whole, set()).add(number)

        def cost(cell: int) -> tuple[bool, float, int]:
            # A count at the limit or 0 has room to one side only.
            value = self.numbers[cell]
            return value <= limit, value, cell

        def is_small(cell: int) -> bool:
            return 0 < self.numbers[cell] < limit

        without = (cells for cells in parts.values() if not any(map(is_small, cells)))
        return {min(cells, key=cost) for cells in without}

    def _of_regions(self) -> Iterator[Sum]:
        """Yield the sums over the regions of one parent."""
        columns: dict[tuple[str, str], dict[str, int]] = {}
        for (period, code, measure), number in self._at.items():
            columns.setdefault((period, measure), {})[code] = number
        for column in columns.values():
            for codes in _families(list(column)):
                yield {column[code]: 1 for code in codes}

    def _of_parts(self) -> Iterator[Sum]:
        """Yield the sums of parts and whole in one region, where they add up."""
        rows: dict[tuple[str, str], dict[str, int]] = {}
        for (period, code, measure), number in self._at.items():
            rows.setdefault((period, code), {})[measure] = number
        wholes = list(_wholes())
        for row in rows.values():
            for parts, whole in wholes:
                known = [row[part] for part in parts if part in row]
                if whole not in row or len(known) < 2:  # noqa: PLR2004
                    continue
                total = sum(self.numbers[cell] for cell in known)
                if abs(total - self.numbers[row[whole]]) < _SAME:
                    yield {**dict.fromkeys(known, 1), row[whole]: -1}


def _families(codes: list[str]) -> Iterator[list[str]]:
    """Part regions by parent; those alone in theirs by the parent's parent, and so on.

    Who is alone has the parent's own number, and is found out by what is left when all
    others are taken from the sum above.
    """
    above = {code: parent_of(code) for code in codes}
    while above:
        families: dict[str, list[str]] = {}
        for code, parent in above.items():
            families.setdefault(parent, []).append(code)
        yield from (family for family in families.values() if len(family) > 1)
        alone = {f[0]: parent for parent, f in families.items() if len(f) == 1}
        above = {code: parent_of(at) for code, at in alone.items() if "." in at}


def _wholes() -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every (parts, whole) of columns that may add up."""
    for rule in derived().values():
        yield rule.parts, rule.key
    for check in rules().values():
        if check.check not in _OF_PARTS or not check.whole:
            continue
        yield check.parts, check.whole
        if measures()[check.parts[0]].per_group:
            for group in groups():
                parts = tuple(f"{group}_{part}" for part in check.parts)
                yield parts, f"{group}_{check.whole}"
