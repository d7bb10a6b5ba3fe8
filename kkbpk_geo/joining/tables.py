"""Joining read tables to the regions of a map, in every period, losing nothing.

In:     boundaries with ``region_code`` as index; intakes of any kinds and levels.
Out:    :class:`kkbpk_geo.joining.model.Joined`.
Law:    rows in = rows placed + rows unplaced, for every table; a number is in exactly
        one region or in ``unplaced``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

import pandas as pd

from kkbpk_geo.base.errors import EmptyDataError, JoinError
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.base.periods import canonical, year_of
from kkbpk_geo.intake import require_version
from kkbpk_geo.joining.counting import measure_columns
from kkbpk_geo.joining.judging import Cell, Doubt, Doubts, judge, merge
from kkbpk_geo.joining.layers import Layer, combine
from kkbpk_geo.joining.model import LEDGER_COLUMNS, Joined
from kkbpk_geo.joining.placed import DEPTH, Placed, depth_of, place_tables
from kkbpk_geo.joining.placing import MapRegions, map_regions
from kkbpk_geo.joining.refusing import tell_coarser, why_nothing
from kkbpk_geo.joining.register_facts import is_incomplete, register_counts
from kkbpk_geo.joining.rolling import counted_by_village, roll_up, village_counts
from kkbpk_geo.regions import area_of

if TYPE_CHECKING:
    import geopandas as gpd

    from kkbpk_geo.findings import Finding
    from kkbpk_geo.intake import Intake
    from kkbpk_geo.regions import Region


_UNREAD = (
    "intakes has a {what}; expected tables that were read: "
    "kkbpk_geo.read_table(frame, year=2025)."
)


def join_regions(
    boundaries: gpd.GeoDataFrame | pd.DataFrame,
    intakes: Intake | Iterable[Intake],
    *,
    period: object = None,
    keep: str | None = None,
) -> Joined:
    """Join tables of any level to the regions of a map, or to their names alone.

    Rows of villages and subdistricts are summed into their region. Half-years,
    quarters and running sums are periods of their own, never added to months. A
    subtotal row beside its own parts, a row given twice and a row of no region on the
    map are listed, not added. Rows that claim one place, period and measure differently
    are not used, and the region's status is ``two_versions``, unless ``keep`` chooses.
    Tables without a month hold for every period of their year, tables without a year
    for all periods. Where two kinds of table give the same number, the monthly and the
    finer one wins; the difference is in ``conflicts``.

    Parameters
    ----------
    boundaries : GeoDataFrame, EPSG:4326, or DataFrame, n rows
        Indexed by ``region_code`` (Kemendagri, one level), with ``name``: outlines as
        :func:`load_boundaries` gives them, or names as :func:`regions_frame` does, to
        which nothing is placed by its coordinates.
    intakes : Intake, or iterable of Intake
        As :func:`read_table` gives them; parts one by one, plans left out.
    period : text, year, date, Timestamp or Period, optional
        Keep only this period (``2025-11``, ``2025``, ``2025-Q3`` …); tables of its
        year and tables without a period are laid on it. A month of a quarter is not
        taken for the quarter.
    keep : str, optional
        Which of two versions is used: ``"newest"`` (by a date or a word such as REVISI
        or (1) in the title, the name of the sheet or of the file; never by the clock),
        or the name of the file, or sheet, that wins.

    Returns
    -------
    Joined

    Raises
    ------
    JoinError
        If the boundaries repeat a code or mix levels, the period is absent, or ``keep``
        names none of the files, or a table was not read.
    EmptyDataError
        If no table holds a measure the catalogue knows.

    Examples
    --------
    >>> import kkbpk_geo as kg
    >>> from importlib.resources import files
    >>> sheet = files("kkbpk_geo") / "sample/data/tables/contoh_kontrasepsi_2025.csv"
    >>> table = kg.read_table(sheet)
    >>> join_regions(kg.load_boundaries("Lampung"), [table]).periods
    ('2025-10', '2025-11')
    """
    regions = map_regions(boundaries)
    return join_to(
        regions,
        measured_tables(intakes),
        area=area_of(boundaries),
        boundaries=_with_outlines(boundaries),
        period=period,
        keep=keep,
    )


def _with_outlines(boundaries: pd.DataFrame) -> gpd.GeoDataFrame | None:
    """Return boundaries, and nothing of a frame that has names alone."""
    named = "geometry" not in boundaries
    return None if named else cast("gpd.GeoDataFrame", boundaries)


def measured_tables(intakes: Intake | Iterable[Intake]) -> list[Intake]:
    """Return the tables that measure something, one by one.

    Raises
    ------
    JoinError
        If one was not read.

    Examples
    --------
    >>> import pandas as pd
    >>> from kkbpk_geo.intake import read_table
    >>> rows = pd.DataFrame({"KABUPATEN": ["PRINGSEWU"], "JUMLAH BKB": [2]})
    >>> [len(table.data) for table in measured_tables(read_table(rows, year=2025))]
    [1]
    """
    tables = []
    for intake in _each(intakes):
        # A plan says what is to be done, an inventory what lies where: no measures.
        tables += [table for table in intake.tables() if not table.has_lines]
    return tables


def join_to(
    regions: MapRegions,
    tables: Sequence[Intake],
    *,
    area: Region,
    boundaries: gpd.GeoDataFrame | None = None,
    period: object = None,
    keep: str | None = None,
) -> Joined:
    """Join tables to regions that are known by name; see :func:`join_regions`.

    ``area``: what they lie in. Without boundaries what has coordinates only is on no
    region.
    """
    chosen = None if period is None else canonical(period)
    require_version(keep, tables)
    placed, findings = place_tables(tables, boundaries, regions, keep)
    judged = [judge(table, regions, findings) for table in placed]
    layers = list(_layers(placed, judged, chosen))
    if not layers:
        raise EmptyDataError(why_nothing(placed, regions, chosen))
    _add_register(layers, regions)
    values, status, conflicts, quiet = combine(layers, regions, chosen)
    return Joined(
        values=values,
        status=status,
        unplaced=_all_unplaced(placed),
        ledger=_ledger(placed),
        conflicts=conflicts.frame,
        silent=quiet.silent,
        refused=quiet.refused,
        sources=MappingProxyType(_sources(layers)),
        names=MappingProxyType(regions.names),
        level=regions.level,
        province_code=area.code,
        province_name=area.name,
        marks=Marks.of(*tables),
        findings=(*findings, *tell_coarser(placed, regions), *conflicts.told()),
        reasons=MappingProxyType(_reasons(judged)),
    )


def _each(intakes: Intake | Iterable[Intake]) -> list[Intake]:
    """Return the tables one by one; what was not read is told how to be.

    Raises
    ------
    JoinError
    """
    if hasattr(intakes, "columns"):  # a frame, which would be walked column by column
        raise JoinError(_UNREAD.format(what=type(intakes).__name__))
    if not isinstance(intakes, Iterable):
        intakes = [intakes]
    every = list(intakes)
    for each in every:
        if not hasattr(each, "tables"):
            raise JoinError(_UNREAD.format(what=type(each).__name__))
    return every


def _reasons(judged: Sequence[Doubts]) -> dict[str, tuple[Finding, ...]]:
    found = merge(judged).reasons
    return {code: tuple(findings) for code, findings in found.items()}


def _all_unplaced(placed: Sequence[Placed]) -> pd.DataFrame:
    """Put together what stands nowhere; a frame without rows where all is placed."""
    left = [table.unplaced for table in placed if len(table.unplaced)]
    if not left:
        return pd.DataFrame({"source_file": [], "reason": []})
    return pd.concat(left, ignore_index=True)


def _layers(
    placed: Sequence[Placed], judged: Sequence[Doubts], period: str | None
) -> Iterator[Layer]:
    """Group tables of one kind and depth, and sum each group's rows by region."""
    groups: dict[tuple[str, int], list[tuple[Placed, pd.DataFrame, Doubts]]] = {}
    villages: list[pd.DataFrame] = []
    refused: dict[tuple[str, int], set[tuple[str | None, str]]] = {}
    for table, doubts in zip(placed, judged, strict=True):
        refused.setdefault((table.kind, _lost_depth(table)), set()).update(
            doubts.refused
        )
        rows = table.rows
        if period is not None:
            rows = rows[rows["period"].isin(["", period, year_of(period)])]
        if (rows.empty and not doubts.cells) or not measure_columns(rows):
            continue
        # A list is as fine as can be: its entries are single places.
        usual = DEPTH["kabkota"] if rows.empty else int(depth_of(rows).max())
        depth = DEPTH["desa"] if table.is_list else usual
        groups.setdefault((table.kind, depth), []).append((table, rows, doubts))
        if counted_by_village(rows):
            villages.append(rows)
    for (kind, depth), parts in groups.items():
        lost = frozenset(refused.get((kind, depth), ()))
        yield replace(_layer(kind, depth, parts), refused=lost)
    if villages:
        counted, blanks = village_counts(villages)
        if len(counted):
            whole = merge(judged)
            yield Layer(
                "village_counts", DEPTH["desa"], ("",), counted, blanks,
                incomplete=_incomplete(pd.concat(villages, ignore_index=True)),
                doubts=_of_columns(whole, counted),
            )  # fmt: skip


def _lost_depth(table: Placed) -> int:
    """Return how fine the rows are that a table could not place."""
    if table.is_list or table.unplaced.empty:
        return DEPTH["desa"]
    return int(depth_of(table.unplaced).max())


def _layer(
    kind: str, depth: int, parts: Sequence[tuple[Placed, pd.DataFrame, Doubts]]
) -> Layer:
    tables, frames, judged = zip(*parts, strict=True)
    sums, blanks = roll_up(
        [
            (rows, table.aside.loc[rows.index])
            for table, rows in zip(tables, frames, strict=True)
        ]
    )
    rows = pd.concat(frames, ignore_index=True)
    block = rows.groupby(["period", "code"])["unreported"].all()
    unreported = frozenset(block.index[block])
    whole = merge(judged)
    listed = any(table.is_list for table in tables)
    incomplete = frozenset() if listed else _incomplete(rows)
    return Layer(
        kind,
        depth,
        tuple(table.source for table in tables),
        sums,
        blanks,
        incomplete=incomplete,
        unreported=unreported,
        doubts=_of_columns(whole, sums),
    )


def _incomplete(rows: pd.DataFrame) -> frozenset[tuple[str, str]]:
    """Return period and code of districts of which only some places have a row."""
    # A village has no parts.
    ours = rows[rows["code"].str.count(r"\.") < DEPTH["desa"]]
    depths = depth_of(ours)
    deepest = depths.groupby([ours["period"], ours["code"]], sort=False)
    finest = ours[depths == deepest.transform("max")]
    # All at once: of 229 kecamatan one by one it took most of the time of a join.
    keys = ["period", "code", "level"]
    counted = finest.groupby(keys, sort=False)["village"].agg(["nunique", "size"])
    found = set()
    for (period, code, level), villages, lines in counted.itertuples():
        places = villages if level == "desa" else lines
        if is_incomplete(str(code), str(level), int(places)):
            found.add((str(period), str(code)))
    return frozenset(found)


def _of_columns(doubts: Doubts, sums: pd.DataFrame) -> dict[Cell, Doubt]:
    known = set(sums.columns)
    return {cell: doubt for cell, doubt in doubts.cells.items() if cell[2] in known}


def _add_register(layers: list[Layer], regions: MapRegions) -> None:
    """Add what the register knows of every region: villages, subdistricts, people."""
    counts = register_counts(tuple(regions.codes))
    frame = pd.DataFrame.from_dict(counts, orient="index").astype("Int64")
    if frame.empty:
        return
    frame = frame.dropna(axis=1, how="all")
    if not len(frame.columns):  # villages
        return
    frame.index = pd.MultiIndex.from_product(
        [[""], frame.index], names=["period", "code"]
    )
    blanks = frame.isna().astype(int)
    # Depth 0: whatever an office counts itself comes first, and is no contradiction.
    layers.append(Layer("register", 0, ("",), frame, blanks, say_conflict=False))


def _ledger(placed: Sequence[Placed]) -> pd.DataFrame:
    lines = []
    for table in placed:
        on_map, left = len(table.rows), len(table.unplaced)
        lines.append((table.source, table.kind, on_map + left, on_map, left))
    return pd.DataFrame(lines, columns=list(LEDGER_COLUMNS))


def _sources(layers: list[Layer]) -> dict[str, str]:
    found: dict[str, str] = {}
    for layer in layers:
        for column in layer.sums.columns:
            found.setdefault(str(column), layer.kind)
    return found
