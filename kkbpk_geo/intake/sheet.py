"""One sheet read: recognised, typed, placed, checked; every row used or listed.

Why: a row that is lost on the way is a village that a map leaves white. Each step takes
a sheet and hands on a new one; what differs by kind of table, the kind answers.

In:     a table of a sheet (:class:`~kkbpk_geo.intake.blocks.tables.Block`), and what
        the caller passed.
Out:    one :class:`~kkbpk_geo.intake.model.Intake`; several where the rows of a sheet
        are about several kinds of group (each kind is a table of its own).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePath

import numpy as np

from kkbpk_geo.base.marks import Marks, mark_frame
from kkbpk_geo.intake.blocks.tables import Block
from kkbpk_geo.intake.cells.editions import find_edition
from kkbpk_geo.intake.cells.places import Places
from kkbpk_geo.intake.cells.stated import find_period
from kkbpk_geo.intake.cells.titles import find_example, find_marks, first_row
from kkbpk_geo.intake.kinds.choosing import kind_named, meaning_of
from kkbpk_geo.intake.kinds.kind import Kind
from kkbpk_geo.intake.model import Edition, Intake
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.own_output import is_own_output, own_output
from kkbpk_geo.intake.proofs.figures import judge_figures
from kkbpk_geo.intake.proofs.parents import rows_of_parents
from kkbpk_geo.intake.proofs.register import check_register
from kkbpk_geo.intake.proofs.standing import name_rows
from kkbpk_geo.intake.proofs.sums import Sum
from kkbpk_geo.intake.recognise.columns import UNKNOWN
from kkbpk_geo.intake.recognise.headers import Header, find_header
from kkbpk_geo.intake.rows.shares import without_shares
from kkbpk_geo.intake.rows.sorting import classify_rows
from kkbpk_geo.intake.rows.storey_sums import check_parts
from kkbpk_geo.intake.rows.unseen import hidden_rows, tell_unseen, without_shared
from kkbpk_geo.intake.steps.cells import open_grid, read_figures
from kkbpk_geo.intake.steps.persons import drop_persons
from kkbpk_geo.intake.steps.placing import (
    place_rows,
    tell_places,
    without_moved,
)
from kkbpk_geo.intake.steps.stated import Options, stated_around
from kkbpk_geo.intake.steps.sums import (
    as_totals,
    tell_sums,
    times_and_things,
    without_subtotals,
)
from kkbpk_geo.intake.steps.timing import (
    date_rows,
    tell_periods,
    without_lost_months,
)
from kkbpk_geo.intake.table import make_tables
from kkbpk_geo.io import Grid

EXAMPLE = "example_form"


def read_grid(block: Block, options: Options) -> list[Intake]:
    """Read one table of a sheet."""
    grid = block.grid
    if is_own_output(grid):
        return [own_output(grid)]
    header = find_header(grid)
    hints = (grid.sheet, PurePath(grid.file).stem)
    of_group = block.group_hints(hints)
    sheet = open_grid(grid, header, of_group, options)
    kind = kind_named(sheet.known.kind)
    sheet = _sorted(sheet, kind, header, hints)
    stated = stated_around(header, block.above, hints)
    places = place_rows(sheet, kind, stated, options)
    sheet = sheet.listing(
        dict.fromkeys(np.flatnonzero(places.sections).tolist(), "note")
    )
    names = name_rows(places)
    if kind.rows_are_places:
        sheet = as_totals(sheet, rows_of_parents(sheet, names))
    times = kind.times(sheet, find_period(stated.dated))
    periods = date_rows(sheet, times, places, options)
    sheet = without_lost_months(sheet, periods)
    meaning = partial(meaning_of, header, hints=of_group)
    sheet = kind.unfold(sheet, places, periods, meaning)
    keys = times_and_things(sheet, kind, periods)
    sheet = without_subtotals(sheet, kind, places, keys)
    by_figures: dict[int, Sum] = {}
    if kind.rows_are_places:
        sheet, by_figures = judge_figures(sheet, places, names, keys)
    sheet = check_register(
        sheet, names, periods.periods, places_only=kind.rows_are_places
    )
    sheet = sheet.told(tell_places(sheet, places))
    sheet = sheet.told(tell_periods(sheet, times, periods, places))
    sheet = tell_sums(sheet, kind, places, periods, by_figures)
    sheet = _checked(sheet, header, places)
    tables = make_tables(kind, sheet, places, periods)
    return _as_stated(tables, sheet, header, hints)


def is_example(table: Intake) -> bool:
    """Whether a table stands on a form that is only shown."""
    return any(each.code == EXAMPLE for each in table.findings)


def holds_table(grid: Grid) -> bool:
    """Whether a sheet holds a table of a kind that is known; it is not read."""
    sheet = open_grid(grid, find_header(grid), (), Options())
    return sheet.known.kind != UNKNOWN and bool(len(sheet.cells))


def _sorted(
    sheet: OpenSheet, kind: Kind, header: Header, names: Sequence[str]
) -> OpenSheet:
    """Read the figures, and say of each row whether it is data."""
    sheet = read_figures(kind.prepare(drop_persons(kind.identify(sheet), kind)))
    reasons = classify_rows(
        sheet.cells,
        sheet.known,
        sheet.numbers,
        column_numbers=header.column_numbers,
        province=sheet.province,
    )
    sheet = without_moved(kind.sections(replace(sheet, reasons=reasons)))
    return without_shares(sheet, [*header.titles, *names])


def _checked(sheet: OpenSheet, header: Header, places: Places) -> OpenSheet:
    """Tell what cannot be seen in a sheet, and parts that are not their whole."""
    sheet = sheet.told(tell_unseen(sheet, header, places.codes))
    sheet = without_shared(sheet, places.codes)
    return check_parts(sheet, [code or "" for code in places.codes])


def _as_stated(
    tables: Sequence[Intake], sheet: OpenSheet, header: Header, hints: Sequence[str]
) -> list[Intake]:
    """Let tables carry what their sheet says of itself, and which rows are hidden."""
    headings = (part for path in header.paths for part in path)
    # A cover sheet has no header: what it says stands in its first row.
    texts = [*header.titles, *headings, *first_row(sheet.grid)]
    marks = find_marks(sheet.grid, texts)
    if shown := find_example((*header.titles, *hints)):
        marks = Marks(sample=True)
        tables = _tell_example(tables, sheet, shown)
    edition = find_edition((*header.titles, *hints))
    hidden = hidden_rows(sheet)
    stated = [_marked(table, marks, edition) for table in tables]
    return [replace(table, hidden_rows=hidden) for table in stated]


def _tell_example(
    tables: Sequence[Intake], sheet: OpenSheet, shown: str
) -> list[Intake]:
    """Tell that a form is only shown: whoever filled it in has to say so."""
    first, *others = tables
    told = sheet.find(EXAMPLE, None, None, value=shown)
    return [replace(first, findings=(*first.findings, told)), *others]


def _marked(table: Intake, marks: Marks, edition: Edition) -> Intake:
    """Let a table carry what its sheet says of itself; its frame the marks as well."""
    mark_frame(table.data, marks)
    return replace(table, marks=marks, edition=edition)
