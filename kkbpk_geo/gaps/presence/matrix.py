"""The presence matrix (matriks keberadaan): village by kind of group and facility.

Why: offices build this table by hand, and in it the village that has nothing is the
one they look for. What was not reported must not look like that village, so each cell
says which of the two it is.

In:     tables of groups and facilities, recaps or lists, down to villages.
Out:    :class:`PresenceMatrix`, counted per kecamatan and kabupaten.
Law:    a count of villages equals the measure that the join counts (``rolling.py``):
        both are read from one join.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kkbpk_geo.base.errors import EmptyDataError, RegionError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import UNMARKED, Marks, mark_frame
from kkbpk_geo.base.periods import canonical, canonical_each, format_period, year_of
from kkbpk_geo.base.results import Result
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.catalogue.programme import groups, is_column
from kkbpk_geo.gaps.presence.kinds import (
    PresenceKind,
    presence_kinds,
    presence_states,
)
from kkbpk_geo.io import as_records
from kkbpk_geo.joining import (
    FIVE,
    count_list,
    find_villages,
    join_villages,
    measured_tables,
    shown_periods,
)
from kkbpk_geo.regions import Region, find_area, fold_name, place_name, province_part

if TYPE_CHECKING:
    from kkbpk_geo.findings import Finding
    from kkbpk_geo.intake import Intake
    from kkbpk_geo.joining import Joined, Villages

HAS, NONE, MISSING = "has", "none", "missing"
NOT_REPORTED, NOT_LISTED = "not_reported", "not_listed"
# Of the five groups: all; some; none, each reported as 0; not known whether any.
FIVE_STATES = ("all", "some", "none", "unknown")
FIVE_KINDS = tuple(f"group:{group}" for group in FIVE)
LEVELS_COUNTED = ("provinsi", "kabkota", "kecamatan")
_NOTHING = (
    "no table tells of villages which groups, kits, cadres or facilities they have; "
    "give tables with a row for each village (desa/kelurahan), or lists that name it."
)
# Kinds of table with a row for each thing; a place without a row is not in the list.
_LISTS = ("groups", "facilities")


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class PresenceMatrix(Result):
    """Which village has what.

    Attributes
    ----------
    villages : DataFrame, n rows, index region_code
        ``name, subdistrict_code, subdistrict, district_code, listed``; in the order of
        their codes. ``listed``: whether the register has the village; of one that it
        does not have the code is made of its names.
    states : DataFrame of text, index region_code, a column for each kind
        A state of presence.toml: ``has``, ``none`` (0 was reported), ``not_reported``,
        ``not_listed``, ``two_versions``, ``refused``, ``missing``. Never mixed.
    numbers : DataFrame of Int64, same shape
        How many, where it is known.
    five : Series, index region_code
        Of the five groups (BKB, BKR, BKL, UPPKA, PIK-R) the village has ``all``,
        ``some`` or ``none`` (each reported as 0); ``unknown``: none is there, and not
        all are reported.
    kinds : tuple of PresenceKind
        In the order of the columns: those of which any village is known.
    beside : DataFrame of Int64, index region_code, same columns
        Things in a list that name only a kecamatan or kabupaten: they are in no cell.
    coarse : tuple of PresenceKind
        Kinds that the tables tell only of larger regions.
    period : str
        ``2025-11``, ``2025``, or empty where no table states one.
    region : Region
    sources : tuple of str
        Names of the files.
    marks : Marks
    findings : tuple of Finding
        About names of villages, and where two rows claim different things.
    """

    villages: pd.DataFrame
    states: pd.DataFrame
    numbers: pd.DataFrame
    five: pd.Series[str]
    kinds: tuple[PresenceKind, ...]
    beside: pd.DataFrame
    coarse: tuple[PresenceKind, ...]
    period: str
    region: Region
    sources: tuple[str, ...]
    marks: Marks = UNMARKED
    findings: tuple[Finding, ...] = ()

    @property
    def table(self) -> pd.DataFrame:
        """The main frame: villages, what of the five they have, a column per kind."""
        whole = self.villages.assign(five=self.five).join(self.states)
        return mark_frame(whole, self.marks)

    @property
    def absent(self) -> tuple[str, ...]:
        """Which of the five groups no table tells of any village."""
        return tuple(key for key in FIVE_KINDS if key not in self.states)

    def count_five(self) -> pd.Series[int]:
        """Return how many villages have all, some, none of the five, or are unknown."""
        found = self.five.value_counts().reindex(FIVE_STATES, fill_value=0)
        return found.astype(int)

    def counts(self, level: str = "kabkota") -> pd.DataFrame:
        """Count villages per region.

        Parameters
        ----------
        level : {"kabkota", "kecamatan", "provinsi"}
            ``provinsi``: all villages of the matrix, whatever its region is.

        Returns
        -------
        DataFrame of int, index region_code
            ``villages``; ``five_all, five_some, five_none, five_unknown``; and for each
            kind ``<kind>_has``, ``<kind>_none``, ``<kind>_unknown``, which add up to
            ``villages``.

        Raises
        ------
        RegionError
            For another level.
        """
        keys = self._keys(level)
        found: dict[str, pd.Series[Any]] = {"villages": keys.groupby(keys).size()}
        for state in FIVE_STATES:
            found[f"five_{state}"] = self.five.eq(state).groupby(keys).sum()
        for kind in self.kinds:
            cells = self.states[kind.key]
            has, none = cells.eq(HAS), cells.eq(NONE)
            found[f"{kind.key}_has"] = has.groupby(keys).sum()
            found[f"{kind.key}_none"] = none.groupby(keys).sum()
            found[f"{kind.key}_unknown"] = (~has & ~none).groupby(keys).sum()
        frame = pd.DataFrame(found).astype(int).rename_axis("region_code")
        return mark_frame(frame, self.marks)

    def _keys(self, level: str) -> pd.Series[str]:
        if level == "kecamatan":
            return self.villages["subdistrict_code"]
        if level == "kabkota":
            return self.villages["district_code"]
        if level == "provinsi":
            return pd.Series(self.region.code, index=self.villages.index)
        msg = f"level is {level!r}; expected one of {', '.join(LEVELS_COUNTED)}."
        raise RegionError(msg)

    def names(self, level: str = "kabkota") -> dict[str, str]:
        """Return the names of the regions that :meth:`counts` counts, by code."""
        if level == "kecamatan":
            pairs = self.villages[["subdistrict_code", "subdistrict"]]
            return dict(pairs.drop_duplicates().itertuples(index=False, name=None))
        if level == "kabkota":
            return {c: place_name(c) for c in self.villages["district_code"].unique()}
        return {self.region.code: self.region.name}

    def without_any(self) -> pd.DataFrame:
        """Return the villages that have none of the five groups, each reported as 0."""
        return mark_frame(self.villages[self.five.eq("none")], self.marks)

    def summary(self, language: Language = "id") -> str:
        """Say how many villages have none of the five groups, and what is not known."""
        return " ".join(self.sentences(language))

    def sentences(self, language: Language = "id") -> list[str]:
        """Return the answer, and what bounds it, a sentence each."""
        n = self.count_five()
        said = [self._answer(n, language)]
        if n["unknown"] and not self.absent:
            said.append(say("presence_unknown", language, n=n["unknown"]))
        said += self._limits(language)
        return said

    def _answer(self, n: pd.Series[int], language: Language) -> str:
        names = _listed([groups()[g].short for g in FIVE], language)
        if self.absent:
            absent = [presence_kinds()[key].short(language) for key in self.absent]
            return say(
                "presence_not_answered", language,
                groups=names, absent=_listed(absent, language),
            )  # fmt: skip
        return say(
            "presence_answer", language, none=n["none"], all=n["all"],
            villages=len(self.villages), groups=names,
        )  # fmt: skip

    def _limits(self, language: Language) -> list[str]:
        said = []
        if self.coarse:
            coarse = [kind.short(language) for kind in self.coarse]
            kinds = _listed(coarse, language)
            said.append(say("presence_coarse", language, kinds=kinds))
        more = int((~self.villages["listed"]).sum())
        if more:
            said.append(say("presence_unlisted", language, n=more))
        return said

    def lines(self, language: Language = "id") -> list[str]:
        """Return a line per kabupaten that has villages with none, the most first."""
        counts, names = by_code(self.counts()), self.names()
        lacking = [code for code, row in counts.items() if row["five_none"]]
        lacking.sort(key=lambda code: -counts[code]["five_none"])
        return [
            say(
                "presence_line", language, place=names[code],
                none=counts[code]["five_none"], villages=counts[code]["villages"],
            )
            for code in lacking
        ]  # fmt: skip

    def shown(self) -> pd.DataFrame:
        """Return the counts per kabupaten: two thousand villages are no sight."""
        return self.counts()

    def title(self, language: Language = "id") -> str:
        """Return what the matrix is, of where and when."""
        when = format_period(self.period, language) if self.period else ""
        words = label("presence_title", language).format(place=self.region.name)
        return f"{words}, {when}" if when else words


def presence_matrix(
    tables: Intake | Iterable[Intake],
    region: str | Region = "Lampung",
    *,
    period: object = None,
    keep: str | None = None,
) -> PresenceMatrix:
    """Say which village has which kind of group, kit, cadre and facility.

    Rows are the villages of the register, and those that only tables name. A recap
    counts what it states; of a list each row counts as one. No outlines are needed.

    Parameters
    ----------
    tables : Intake, or iterable of Intake
        As :func:`read_table` gives them. Tables that say nothing of the kind are passed
        over.
    region : str or Region, default "Lampung"
        A province, a kabupaten or kota, or a kecamatan.
    period : text, year, date, Timestamp or Period, optional
        The latest that a table has, if left out; tables of its year and tables without
        a period are laid under it.
    keep : str, optional
        Which of two versions is used, as in :func:`join_regions`.

    Returns
    -------
    PresenceMatrix

    Raises
    ------
    EmptyDataError
        If no table tells of any village what it has.
    RegionError
        If there is no such region.
    JoinError
        If a table was not read, or ``keep`` names none of the files.

    Examples
    --------
    >>> import kkbpk_geo as kg
    >>> rows = {"KABUPATEN": "PRINGSEWU", "KECAMATAN": "GADING REJO",
    ...         "KELURAHAN": ["WONODADI", "TEGALSARI"], "JUMLAH BKB": [2, 0]}
    >>> table = kg.read_table(pd.DataFrame(rows), year=2025)
    >>> matrix = presence_matrix(table, "Pringsewu")
    >>> matrix.counts().loc["18.10", ["group:bkb_has", "group:bkb_none"]].tolist()
    [1, 1]
    """
    area = region if isinstance(region, Region) else find_area(region)
    about = map(_only_presence, measured_tables(tables))
    kept = [table for table in about if table is not None]
    if not kept:
        raise EmptyDataError(_NOTHING)
    villages = find_villages(kept, area)
    when = _latest(kept) if period is None else canonical(period)
    joined = join_villages(
        kept, villages, period=when, keep=keep,
        province_name=place_name(province_part(area.code)),
    )  # fmt: skip
    return _matrix(joined, villages, kept, area)


def _only_presence(table: Intake) -> Intake | None:
    """Return a table without the figures that no column asks for; None if none is left.

    A province's tables have sixty measures, and the matrix seven.
    """
    given = {str(column) for column in table.data.columns}
    counted = set(map(str, count_list(table.kind, table.data).columns))
    if not counted & _wanted():
        return None
    others = [c for c in given - _wanted() if is_column(c)]
    return replace(table, data=table.data.drop(columns=others))


def _wanted() -> set[str]:
    """Return every measure that any column of the matrix reads."""
    found: set[str] = set()
    for kind in presence_kinds().values():
        found |= {*kind.columns, kind.count}
    return found


def _latest(tables: Sequence[Intake]) -> str | None:
    """Return the latest period that rows of villages have; None where none states one.

    A table of districts may be of a later year, and has no village.
    """
    found: set[str] = set()
    for table in tables:
        if "period" in table.data and "desa" in table.data:
            rows = table.data.loc[table.data["desa"].notna(), "period"]
            found |= set(canonical_each(rows.unique()))
    return (shown_periods(found)[-1] or None) if found else None


def _matrix(
    joined: Joined, villages: Villages, tables: Sequence[Intake], area: Region
) -> PresenceMatrix:
    """Read the cells off a join to villages."""
    period = joined.periods[-1]
    values, status = joined.at(period), joined.status_at(period)
    frame = villages.frame
    kinds, states, numbers = [], {}, {}
    for kind in presence_kinds().values():
        column = _answering(kind, values)
        if column is None:
            continue
        kinds.append(kind)
        listed = joined.sources.get(kind.count) in _LISTS
        found = _states(values[column], status[column], listed=listed)
        if kind.count in status:
            # Where some rows of a village are blank, zeros are not all it said.
            some = status[kind.count].eq("partial")
            found = found.mask(some & found.eq(NONE), MISSING)
        states[kind.key] = found
        count = values.get(kind.count, pd.Series(pd.NA, index=values.index))
        numbers[kind.key] = count.astype("Float64").round().astype("Int64")
    if not kinds:
        raise EmptyDataError(_NOTHING)
    beside, coarse = _larger(joined.unplaced, frame, kinds, period)
    cells = pd.DataFrame(states).reindex(frame.index)
    return PresenceMatrix(
        villages=frame,
        states=cells,
        numbers=pd.DataFrame(numbers).reindex(frame.index),
        five=_five(cells),
        kinds=tuple(kinds),
        beside=beside,
        coarse=coarse,
        period=period,
        region=area,
        sources=tuple(dict.fromkeys(Path(table.source).name for table in tables)),
        marks=joined.marks,
        findings=(*villages.findings, *joined.findings),
    )


def _answering(kind: PresenceKind, values: pd.DataFrame) -> str | None:
    """Return the first column of a kind that has a figure of any village."""
    for column in kind.columns:
        if column in values and values[column].notna().any():
            return column
    return None


def _states(
    values: pd.Series[float], status: pd.Series[str], *, listed: bool
) -> pd.Series[str]:
    """Say of each village what is known; only a figure says that there is none."""
    words = {word: key for key, state in presence_states().items()
             for word in state.statuses}  # fmt: skip
    if listed:
        words["not_reported"] = NOT_LISTED
    found = status.map(words).fillna(MISSING)
    number = values.to_numpy(float, na_value=np.nan)
    found = found.mask(status.isin(["ok", "partial"]) & (number > 0), HAS)
    return found.mask(status.eq("ok") & (number == 0), NONE)


def _five(states: pd.DataFrame) -> pd.Series[str]:
    cells = states.reindex(columns=list(FIVE_KINDS))
    has, none = (cells == HAS).sum(axis=1), (cells == NONE).sum(axis=1)
    found = pd.Series("unknown", index=states.index, name="five", dtype=object)
    found[none.eq(len(FIVE_KINDS))] = "none"
    found[has.gt(0)] = "some"
    found[has.eq(len(FIVE_KINDS))] = "all"
    return found


def _larger(
    left: pd.DataFrame,
    villages: pd.DataFrame,
    kinds: Sequence[PresenceKind],
    period: str,
) -> tuple[pd.DataFrame, tuple[PresenceKind, ...]]:
    """Return what names no village: things in lists per region; kinds told coarsely.

    A recap of kecamatan may hold the same groups as one of villages, so only the things
    of lists, which are told once, are counted beside.
    """
    keys = [kind.key for kind in kinds]
    none = pd.DataFrame(columns=keys, dtype="Int64").rename_axis("region_code")
    if left.empty:
        return none, ()
    rows = left[left["reason"].eq("coarser_than_map")]
    rows = rows[rows["period"].isin(["", period, year_of(period)])]
    told = {c for c in _wanted() & set(rows.columns) if rows[c].notna().any()}
    coarse = [
        kind for kind in presence_kinds().values()
        if kind.key not in keys and told & {*kind.columns, kind.count}
    ]  # fmt: skip
    things = rows[rows["kind"].notna()] if "kind" in rows else rows[:0]
    if things.empty:
        return none, tuple(coarse)
    where = _named_regions(things, villages)
    counted = {
        kind.key: things[kind.count].groupby(where).sum()
        for kind in kinds
        if kind.count in things
    }
    found = pd.DataFrame(counted).reindex(columns=keys).fillna(0).astype("Int64")
    return found[found.sum(axis=1) > 0].rename_axis("region_code"), tuple(coarse)


def _named_regions(rows: pd.DataFrame, villages: pd.DataFrame) -> pd.Series[str]:
    """Return the kecamatan that each row names, or its kabupaten if it names none."""
    known = {
        (district, fold_name(name)): code
        for district, code, name in villages[
            ["district_code", "subdistrict_code", "subdistrict"]
        ].drop_duplicates().itertuples(index=False, name=None)
    }  # fmt: skip
    districts = rows["region_code"].astype(str)
    names = rows.reindex(columns=["kecamatan"])["kecamatan"].astype(object)
    names = names.where(names.notna(), "").astype(str)
    found = [
        known.get((district, fold_name(name)), district)
        for district, name in zip(districts, names, strict=True)
    ]
    return pd.Series(found, index=rows.index)


def by_code(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return the rows of a frame by region; a cell of a frame is slow to ask for."""
    rows = as_records(frame)
    return dict(zip(map(str, frame.index), rows, strict=True))


def say(key: str, language: Language, **values: object) -> str:
    """Return a sentence; numbers in it are written as the reader writes them."""
    texts = {
        name: format_number(int(value), 0, language)
        for name, value in values.items()
        if isinstance(value, int | np.integer)
    }
    return label(key, language).format(**values | texts)


def _listed(words: Sequence[str], language: Language) -> str:
    """Return words as a list: ``BKB, BKR, dan BKL``."""
    if len(words) < 2:  # noqa: PLR2004 (one word is no list)
        return "".join(words)
    last = label("presence_and", language)
    return f"{', '.join(words[:-1])}{last}{words[-1]}"
