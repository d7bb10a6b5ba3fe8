"""The door of the library: any source in, a recognised and checked table out.

In:     paths (CSV, XLSX, XLS, ODS), DataFrames, lists; what the caller knows of them.
Out:    :class:`~kkbpk_geo.intake.model.Intake`.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.base.escaping import seen_in_line
from kkbpk_geo.base.formats import month_number
from kkbpk_geo.base.marks import Marks, mark_frame
from kkbpk_geo.base.periods import EXPECTED, Period, read_period
from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.catalogue.headings import words
from kkbpk_geo.catalogue.tables import table_kinds
from kkbpk_geo.findings import Finding, finding
from kkbpk_geo.intake.blocks.tables import find_blocks
from kkbpk_geo.intake.corrections.applying import Corrected
from kkbpk_geo.intake.corrections.settling import settle
from kkbpk_geo.intake.doubt import tell_apart
from kkbpk_geo.intake.forms.reading import read_form
from kkbpk_geo.intake.frames import SOURCE
from kkbpk_geo.intake.model import Intake
from kkbpk_geo.intake.sheet import holds_table, is_example, read_grid
from kkbpk_geo.intake.steps.stated import Options
from kkbpk_geo.io import Grid, Source, is_open_file, load_grids, name_of
from kkbpk_geo.regions import CodeSystem

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.intake.corrections.reading import Corrections
    from kkbpk_geo.intake.model import Correction

FIRST_YEAR, LAST_YEAR = 1970, 2100


def read_table(  # noqa: PLR0913 (what an office may have to say about a sheet)
    source: Source,
    *,
    kind: str | None = None,
    year: Any = None,  # noqa: ANN401 (a number, its digits, a date)
    month: Any = None,  # noqa: ANN401
    period: Any = None,  # noqa: ANN401
    code_system: str | None = None,
    province: str | None = None,
    sheet: str | None = None,
    corrections: Corrections | None = None,
) -> Intake:
    """Read a sheet of an office: recognise it, type it, check it, lose nothing.

    Parameters
    ----------
    source : path, open file, bytes, DataFrame, or list
        A CSV (``; , | `` or tab; any usual encoding), XLSX, XLS or ODS file, by its
        path, opened (``open(..., "rb")``, ``BytesIO``) or as bytes; a frame of pandas,
        polars, pyarrow …; a list of rows (lists), of records (mappings), or of sources.
    kind : str, optional
        Entry of ``tables.toml``; recognised from the headings if left out.
    year : int, its digits, or a date, Timestamp or Period, optional
        Year of rows that name none. A row's own year stands.
    month : int, str, or a date, Timestamp or Period, optional
        Month (``11``, ``"november"``) of rows that name none; one with its year
        (``"2025-11"``) says both.
    period : Period, str, or a date, Timestamp or Period of pandas, optional
        Period (``"2025-11"``, ``"TW III 2025"``, ``"2025"``) of tables that name none;
        its year is also that of months without one.
    code_system : {"kemendagri", "bps"}, optional
        Whose codes undotted codes are.
    province : str, optional
        Name or code of the province of rows that name none; "Indonesia" where the
        tables are of all of them: titles, names of sheets and of files then say it.
    sheet : str, optional
        One sheet of a workbook; every visible sheet if left out.
    corrections : Corrections, optional
        What districts wrote into the workbook of findings, as
        :func:`kkbpk_geo.intake.read_corrections` reads it. The source is read as if it
        said so; the file itself stays as it is.

    Returns
    -------
    Intake
        With ``parts`` where the source holds several tables. Rows in = rows in
        ``data`` + rows in ``listed``.

    Raises
    ------
    IntakeError
        If the source cannot be read as a table at all, or an argument is not one of
        its choices. Faults *in* a readable table are findings.
    RegionError
        If the province is not known.

    Examples
    --------
    >>> rows = [["KABUPATEN", "JUMLAH BKB", "BULAN"], ["Mesuji", "1.234", "MEI"]]
    >>> table = read_table(rows, year=2025, province="Lampung")
    >>> table.kind, table.data.loc[0, "region_code"], int(table.data.bkb_groups[0])
    ('bkb_report', '18.11', 1234)
    """
    options = _options(kind, year, month, code_system, province)
    options = replace(options, period=_period_of(period, options))
    with _collector_at_rest():
        return _read(source, options, sheet, (), corrections)[0]


def read_with_asides(
    source: Source,
    asides: Collection[str],
    *,
    year: int | None = None,
    code_system: str | None = None,
    province: str | None = None,
) -> tuple[Intake, list[Grid]]:
    """Read as :func:`read_table`, and return the sheets with these names as well.

    For who wrote such a sheet and knows what stands in it (what a merged plan
    remembers): no file is opened a second time. Hidden ones are there, too.
    """
    options = _options(None, year, None, code_system, province)
    with _collector_at_rest():
        return _read(source, options, None, asides)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Look for no cycles while a source is read.

    Its rows are hundreds of thousands of small lists that all live; searched again and
    again, they take a fifth of the time of reading. What is in a cycle waits.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _read(
    source: Source,
    options: Options,
    sheet: str | None,
    asides: Collection[str],
    corrections: Corrections | None = None,
) -> tuple[Intake, list[Grid]]:
    if isinstance(source, Intake):
        msg = (
            "source is an Intake, a table that was read before; use it as it is, "
            "or read its file again."
        )
        raise IntakeError(msg)
    if _is_list_of_sources(source):
        sources = cast("Sequence[Source]", source)
        pairs = [_read(each, options, sheet, asides, corrections) for each in sources]
        parts = [intake for intake, _ in pairs]
        kept = [grid for _, grids in pairs for grid in grids]
        return _combine(parts, f"{len(parts)} sources"), kept
    grids = load_grids(source, sheet=sheet, hidden=asides, peek=True)
    shown = [grid for grid in grids if grid.width and not grid.hidden]
    if not shown:
        msg = f"{_name(source)}: empty; expected a header row and rows under it."
        raise IntakeError(msg)
    corrected = _corrected(source, shown, sheet, corrections)
    sheets = [_read_sheet(grid, options) for grid in corrected.grids]
    sheets[0][0] = _with_hidden_sheets(sheets[0][0], grids, asides)
    kept = [grid for grid in grids if grid.sheet in asides]
    tables = settle(_set_aside(sheets), corrected)
    return _combine(tables, sheets[0][0].source), kept


def _corrected(
    source: Source,
    grids: list[Grid],
    sheet: str | None,
    corrections: Corrections | None,
) -> Corrected:
    """Return the sheets as districts say they should be, where any says something."""
    if corrections is None:
        return Corrected(grids, ())
    return corrections.apply_to(source, grids, sheet)


def _with_hidden_sheets(
    table: Intake, grids: Sequence[Grid], asides: Collection[str]
) -> Intake:
    """Tell of hidden sheets that hold a table; nothing of them is read."""
    hidden = [grid for grid in grids if grid.hidden and grid.sheet not in asides]
    told = [
        finding("sheet_hidden", file=grid.file, sheet=grid.sheet)
        for grid in hidden
        if fold_words(grid.sheet) not in words("aside") and holds_table(grid)
    ]
    return replace(table, findings=(*table.findings, *told))


def _read_sheet(grid: Grid, options: Options) -> list[Intake]:
    """Read the tables of one sheet; of two that nothing tells apart, neither counts."""
    if plan := read_form(grid, options):
        return [plan]
    blocks = find_blocks(grid)
    read = [read_grid(blocks[0], options)]
    for upper, block in pairwise(blocks):
        tables = read_grid(block, options)
        lower = block.grid.top > upper.grid.top
        read.append(_with_header(tables, block.grid) if lower else tables)
    unsure = [i for i, block in enumerate(blocks) if block.doubt is not None]
    for i in unsure:
        read = tell_apart(read, i, blocks[i])
    return [table for tables in read for table in tables]


def _with_header(tables: list[Intake], grid: Grid) -> list[Intake]:
    """List the titles and headings of a lower table: they are rows of the sheet."""
    import pandas as pd

    first, *others = tables
    rows = [row for table in tables for row in table.rows_of_sheet()]
    rows.append(grid.top + len(grid.rows) + 1)
    header = pd.DataFrame({"source_row": range(grid.top + 1, min(rows))})
    header.insert(0, "source_sheet", grid.sheet or None)
    header.insert(0, "source_file", grid.file)
    header["reason"] = "repeated_header"
    listed = _stack([header, first.listed])
    return [replace(first, listed=listed), *others]


def _is_list_of_sources(source: Source) -> bool:
    # What a generator gives can be looked at once only: it is refused by load_grids.
    if _is_one_source(source) or not isinstance(source, Sequence):
        return False
    if not source:
        msg = "list: empty; give at least one path, DataFrame or row."
        raise IntakeError(msg)
    return all(map(_is_one_source, source))


def _is_one_source(source: object) -> bool:
    """Whether it is a file or a frame, by itself."""
    file = isinstance(source, (str, Path)) or is_open_file(source)
    return file or hasattr(source, "columns") or hasattr(source, "__arrow_c_stream__")


def _name(source: Source) -> str:
    if isinstance(source, (str, Path)):
        return seen_in_line(Path(source).name)
    if is_open_file(source):
        return name_of(source)
    first = source[0] if isinstance(source, list) and source else None
    if isinstance(first, Grid):
        return first.file
    return "DataFrame" if hasattr(source, "columns") else "list"


def _year_of(year: Any) -> int | None:  # noqa: ANN401
    """Return a year, also one of a column of texts, decimals or dates, as a number.

    Raises
    ------
    IntakeError
        If it is no year of a report.
    """
    if year is None:
        return None
    dated = _time_of(year)
    text = as_text(year if dated is None else dated.year).strip()
    if text.isdecimal() and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    msg = f"year is {year!r}; expected {FIRST_YEAR} to {LAST_YEAR}, such as 2025."
    raise IntakeError(msg)


def _time_of(value: object) -> Period | None:
    """Return the period of a date, Timestamp or Period; None of numbers and words."""
    return read_period(value) if hasattr(value, "year") else None


def _month_of(month: Any, year: int | None) -> tuple[int | None, int | None]:  # noqa: ANN401
    """Return a month as a number, and the year that it or the caller says.

    Raises
    ------
    IntakeError
        If it is no month, or of another year.
    """
    if month is None:
        return None, year
    number = None if hasattr(month, "year") else month_number(month)
    if number is not None and not isinstance(month, bool | list | tuple):
        return number, year
    dated = read_period(month)
    if dated is None or dated.month is None:
        msg = f"month is {month!r}; expected 1 to 12 or a name such as 'november'."
        raise IntakeError(msg)
    if year not in (None, dated.year):
        msg = f"month is {month!r}, and year is {year}; leave one of them out."
        raise IntakeError(msg)
    return dated.month, dated.year


def _period_of(period: Any, options: Options) -> Period | None:  # noqa: ANN401
    """Return the period that a caller states for tables without one.

    Raises
    ------
    IntakeError
        If it is no period of one year, or of another year than was stated.
    """
    if period is None:
        return None
    found = read_period(period)
    if found is None or found.year is None:
        msg = f"period is {str(period)!r}; expected a period such as {EXPECTED}."
        raise IntakeError(msg)
    if options.year not in (None, found.year) or options.month:
        stated = "a month as well" if options.month else f"the year {options.year}"
        msg = f"period is {str(period)!r}, and {stated} was stated; say one of them."
        raise IntakeError(msg)
    return found


def _options(
    kind: str | None,
    year: object,
    month: object,
    code_system: str | None,
    province: str | None,
) -> Options:
    if kind is not None and kind not in table_kinds():
        msg = f"kind is {kind!r}; expected one of {', '.join(table_kinds())}."
        raise IntakeError(msg)
    if code_system not in (None, *get_args(CodeSystem)):
        msg = f"code_system is {code_system!r}; expected 'kemendagri' or 'bps'."
        raise IntakeError(msg)
    code = ""
    if province is not None:
        from kkbpk_geo.regions import find_province, is_nation

        # Sheets of the whole country say themselves of which province they are.
        code = "" if is_nation(province) else find_province(province).code
    number, whole_year = _month_of(month, _year_of(year))
    return Options(
        kind=kind,
        year=whole_year,
        month=number,
        code_system=cast("CodeSystem | None", code_system),
        province=code,
    )


# --- several tables -------------------------------------------------------------------


def _set_aside(sheets: Sequence[list[Intake]]) -> list[Intake]:
    """List the rows of sheets without a table, where another sheet has one.

    Those of a form that is only shown as well: beside it stands the one that is filled.
    """
    known, rest = _told_apart(sheets)
    if not known or not rest:
        return known or rest
    import pandas as pd

    first, *others = known
    listed, findings = [first.listed], list(first.findings)
    for table in rest:
        rows = pd.concat([table.data, table.listed])
        if rows.empty:
            continue
        shown = is_example(table)
        listed.append(rows[list(SOURCE)].assign(reason="example" if shown else "note"))
        name = _only(rows["source_sheet"])
        if shown or fold_words(name) not in words("aside"):
            code = "example_sheet" if shown else "sheet_skipped"
            findings.append(
                finding(code, file=table.source, sheet=name, count=len(rows))
            )
    # A cover sheet speaks for the tables, an example only for itself.
    covers = [table for table in rest if not is_example(table)]
    marks = Marks.of(first, *others, *covers)
    whole = replace(first, listed=_stack(listed), findings=tuple(findings), marks=marks)
    return [whole, *others]


def _told_apart(sheets: Sequence[list[Intake]]) -> tuple[list[Intake], list[Intake]]:
    """Return the tables of a workbook, and what stands on its other sheets."""
    holding = list(map(_holds_any, sheets))
    shown = [any(map(is_example, tables)) for tables in sheets]
    # Where nothing is filled in but examples, they are read, and marked as such.
    filled = any(a and not b for a, b in zip(holding, shown, strict=True))
    known: list[Intake] = []
    rest: list[Intake] = []
    for tables, holds, example in zip(sheets, holding, shown, strict=True):
        (known if holds and not (example and filled) else rest).extend(tables)
    return known, rest


def _holds_any(tables: Sequence[Intake]) -> bool:
    return any(table.kind != "unknown" for table in tables)


def _only(column: Iterable[object]) -> str:
    return next((str(value) for value in column if isinstance(value, str)), "")


def _combine(parts: Sequence[Intake], source: str) -> Intake:
    """Put several tables beside each other; one table stays what it is."""
    if len(parts) == 1:
        return parts[0]
    headings: dict[str, str] = {}
    findings: list[Finding] = []
    corrections: list[Correction] = []
    for part in parts:
        headings |= part.headings
        findings += part.findings
        corrections += part.corrections
    kinds = {part.kind for part in parts}
    hidden = [part.hidden_rows for part in parts]
    data = [part.data for part in parts]
    listed = [part.listed for part in parts]
    marks = Marks.of(*parts)
    return Intake(
        kind=kinds.pop() if len(kinds) == 1 else "mixed",
        data=mark_frame(_stack(data), marks),
        findings=tuple(findings),
        source=source,
        listed=_stack(listed),
        headings=headings,
        parts=tuple(parts),
        hidden_rows=frozenset().union(*hidden),
        marks=marks,
        corrections=tuple(corrections),
    )


def _stack(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put frames under each other; one without rows would change types for nothing."""
    import pandas as pd

    filled = [frame for frame in frames if len(frame)] or list(frames[:1])
    return pd.concat(filled, ignore_index=True)
