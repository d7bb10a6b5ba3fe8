"""The times of the rows of a sheet: read, and told where they are none or contrary.

In:     an open sheet, what its kind says when. Out:
        :class:`~kkbpk_geo.intake.cells.periods.Periods`; findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kkbpk_geo.base.periods import Part, Period, When
from kkbpk_geo.base.text import as_text
from kkbpk_geo.catalogue.headings import phrase, words
from kkbpk_geo.findings import Finding
from kkbpk_geo.intake.cells.periods import DATES, Periods, read_periods
from kkbpk_geo.intake.cells.places import Places
from kkbpk_geo.intake.cells.stated import Said
from kkbpk_geo.intake.kinds.kind import Times
from kkbpk_geo.intake.open_sheet import OpenSheet
from kkbpk_geo.intake.recognise.columns import Column
from kkbpk_geo.intake.steps.stated import Options
from kkbpk_geo.io import is_no_value


def date_rows(
    sheet: OpenSheet, times: Times, places: Places, options: Options
) -> Periods:
    """Read the period of each row; what is said around them, where none has its own."""
    # The row of the province among its districts is a total, and has no month to state.
    districts = sheet.used & ~places.totals
    counted = districts if districts.any() else sheet.used
    month = Part(options.month, options.month) if options.month else None
    return read_periods(
        times.cells, counted.tolist(), passed=When(options.year, month),
        whole=options.period, said=times.said, of_plan=times.of_plan,
    )  # fmt: skip


def without_lost_months(sheet: OpenSheet, periods: Periods) -> OpenSheet:
    """Give up figures of BULAN INI where a row is of no single month.

    The figure of one month is neither that of the year nor of "s.d. November".
    """
    stated = {periods.periods[i] for i in sheet.rows.tolist()} - {None}
    if all(Period.parse(text).month for text in stated):
        return sheet
    columns = list(sheet.known.columns)
    for column in sheet.known.of_role("measure"):
        said = {phrase(part) for part in column.printed.split(" > ")}
        if said & words("figure_of_month") and not (column.why or column.phase):
            columns[column.position] = replace(column, why="month_not_stated")
    return replace(sheet, known=replace(sheet.known, columns=tuple(columns)))


def tell_periods(
    sheet: OpenSheet, times: Times, periods: Periods, places: Places
) -> Iterator[Finding]:
    """Tell of rows without a time, and of times that contradict each other."""
    used, columns = sheet.used, sheet.known.of_role(*DATES, "quarter")
    column = columns[0] if columns else None
    yield from _tell_unreadable(sheet, times, periods, columns)
    contrary = [i for i in periods.contrary if used[i]]
    if contrary:
        shown = [as_text(sheet.cells[contrary[0], c.position]) for c in columns]
        yield sheet.find(
            "period_contrary", contrary[0], column, count=len(contrary),
            value=" / ".join(filter(None, shown)),
        )  # fmt: skip
    monthly = _first(columns, "month", "period", "part")
    for i in filter(used.__getitem__, periods.no_month):
        yield sheet.find("month_missing", i, monthly, region=places.codes[i] or "")
    if lost := [i for i in periods.no_year if used[i]]:
        yield sheet.find(
            "year_missing", lost[0], column, value=_text_of(times, lost[0]),
            expected="TAHUN", count=len(lost),
        )  # fmt: skip
    yield from _tell_titles(sheet, times.said, periods)
    if periods.disagrees:
        own, given = periods.disagrees
        code = "period_disagrees" if column else "period_disagrees_title"
        yield sheet.find(code, None, column, value=own, expected=given)


def _first(columns: Sequence[Column], *roles: str) -> Column | None:
    """Return the first column of one of the roles, else the first of all."""
    fallback = columns[0] if columns else None
    return next((c for c in columns if c.role in roles), fallback)


def _text_of(times: Times, row: int) -> str:
    """Return what the cells of a row say of its month."""
    cells = (times.cells[role][row] for role in DATES if role in times.cells)
    return next(filter(None, map(as_text, cells)), "")


def _tell_unreadable(
    sheet: OpenSheet, times: Times, periods: Periods, columns: Sequence[Column]
) -> Iterator[Finding]:
    """Tell each text that is no time once, at the first row that has it."""
    rows: dict[tuple[str, str], list[int]] = {}
    for i, role in periods.unreadable.items():
        if sheet.used[i]:
            column = _first(columns, role)
            cell = sheet.cells[i, column.position] if column else ""
            if not is_no_value(cell):  # told with the other cells of its kind
                rows.setdefault((role, as_text(cell)), []).append(i)
    for (role, text), where in rows.items():
        code, expected = times.unreadable[role]
        yield sheet.find(
            code, where[0], _first(columns, role), value=text, expected=expected,
            count=len(where),
        )  # fmt: skip


def _tell_titles(sheet: OpenSheet, said: Said, periods: Periods) -> Iterator[Finding]:
    """Tell what titles and names say of time in more than one way, where it counts."""
    if _is_dated_by_headings(sheet.known.columns):
        return
    used = sheet.used
    undated = [i for i in periods.undated if used[i]]
    if said.years and undated:
        lost = any(periods.periods[i] is None for i in undated)
        code = "period_two_years_lost" if lost else "period_two_years"
        years = ", ".join(map(str, said.years))
        yield sheet.find(code, None, None, value=years, expected=str(said.year or "–"))
    elif said.unclear and undated:
        taken = str(said.year) if said.year else "–"
        texts = "; ".join(said.unclear)
        yield sheet.find("period_unclear", None, None, value=texts, expected=taken)


def _is_dated_by_headings(columns: Sequence[Column]) -> bool:
    """Whether years stand side by side: each figure has that of its heading."""
    measures = [column for column in columns if column.counts]
    return bool(measures) and all(c.phase and c.phase.year for c in measures)
