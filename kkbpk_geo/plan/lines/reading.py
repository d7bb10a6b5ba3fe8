"""Reading plans: any sheet of an office to one plan.

In:     whatever :func:`~kkbpk_geo.intake.reading.read_table` reads, or what it gave.
Out:    a plan with its findings; every line of the source is in it.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.marks import Marks
from kkbpk_geo.base.missing import as_int
from kkbpk_geo.base.periods import Period
from kkbpk_geo.findings import LONGEST, Finding, finding
from kkbpk_geo.intake import Intake, check_plan, read_with_asides
from kkbpk_geo.io import Grid, as_pandas, is_open_file, read_each
from kkbpk_geo.plan.lines.documents import count_once
from kkbpk_geo.plan.lines.naming import DRAFT
from kkbpk_geo.plan.lines.plan import Plan, make_plan
from kkbpk_geo.plan.lines.sources import sources_of
from kkbpk_geo.plan.lines.writing import SETTLED_SHEET
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.io import Source

# A frame with one of these is ours; offices call them otherwise.
_OURS = {"region_code", "activity", "activity_text", "line_id"}
OWNERS = ("", "province", "district")
_PLACES = ("provinsi", "kabkota", "kecamatan", "desa")
_NOT_DATA = ("level", "period", "village_code")
_NEUTRAL = ("'=", "'+", "'-", "'@")


def read_plan(
    source: Source | Intake,
    *,
    owner: str = "",
    year: int | None = None,
    province: str = "Lampung",
    code_system: str | None = None,
) -> Plan:
    """Read one or several plans: one file per district, or one for all.

    In the template's columns, or in a form of an office: Renja, Renstra, RKA/DPA, RAK,
    RKA-K/L and POK, reports of realisation, of DAK and of BOKB. Of several documents of
    one budget the money counts once.

    Parameters
    ----------
    source : path, DataFrame, list of rows or of sources, or Intake
        Sheets that are no plan are left out and named in a finding.
    owner : {"", "province", "district"}
        Whose plan it is. It decides what a bare APBD means, and for the province's
        plan whether districts are absent.
    year : int, optional
        Of lines that name none.
    province : str
        Name or code; of lines that name none.
    code_system : {"kemendagri", "bps"}, optional

    Returns
    -------
    Plan
        Lines in the order of the source. A file that a merge wrote brings what was
        decided in making it.

    Raises
    ------
    PlanError
        If no sheet is a plan, or ``owner`` is not one of its choices.
    IntakeError, RegionError
        As :func:`~kkbpk_geo.intake.reading.read_table`.
    """
    from kkbpk_geo.regions import find_province

    if owner not in OWNERS:
        msg = f"owner is {owner!r}; expected 'province', 'district' or ''."
        raise PlanError(msg)
    if isinstance(source, Intake):
        intake = source
        settled, lost = {}, _unread_memory(intake)
    else:
        intake, memories = read_with_asides(
            source,
            (SETTLED_SHEET,),
            year=year,
            province=province,
            code_system=code_system,
        )
        settled, lost = _settled(memories), []
    tables = list(intake.tables())
    plans = [table for table in tables if table.kind == "plan"]
    if not plans:
        raise _no_plan(intake.source, tables)
    findings = [found for table in plans for found in table.findings]
    findings += _skipped(tables)
    sources = sources_of(plans)
    plans, once = count_once(plans)
    findings += once
    data = _joined(plans)
    if len(plans) > 1:
        # Each table was checked as it was read; what remains is between tables.
        known = set(findings)
        findings += [found for found in check_plan(data) if found not in known]
    frame, more = _lines(data)
    plan = make_plan(
        frame,
        province_code=find_province(province).code,
        owner=owner,
        source=_source(intake, data),
        findings=[*findings, *more],
        marks=intake.marks,
    )
    lost += _drafted(plan)
    plan = replace(
        plan, settled=settled, findings=(*plan.findings, *lost), sources=sources
    )
    if owner != "province":
        return plan
    return replace(plan, findings=(*plan.findings, *absent_regions(plan)))


def _no_plan(source: str, tables: list[Intake]) -> PlanError:
    """Say what was found instead of a plan; the form of an office may be unfilled."""
    kinds = ", ".join(sorted({table.kind for table in tables}))
    msg = (
        f"{source}: no work plan was recognised, only: {kinds}. A plan needs the "
        "headings KEGIATAN and TARGET, or a line with a target or an amount in the "
        "form of an office; see kkbpk-geo template plan."
    )
    return PlanError(msg)


def _skipped(tables: list[Intake]) -> list[Finding]:
    """Name the tables that are no plan."""
    return [
        finding("sheet_skipped", file=t.source, sheet=_sheet(t), count=len(t.data))
        for t in tables
        if t.kind != "plan"
    ]


def _drafted(plan: Plan) -> list[Finding]:
    """Say how many lines are proposals that nobody has adopted."""
    data = plan.data[plan.data["line_id"].str.startswith(DRAFT)]
    if data.empty:
        return []
    first = data.iloc[0]
    told = finding(
        "plan_draft_lines",
        file=str(first["source_file"]),
        sheet=str(first["source_sheet"]),
        row=as_int(first["source_row"]),
        value=first["line_id"],
        count=len(data),
    )
    return [told]


def _unread_memory(intake: Intake) -> list[Finding]:
    """Say which merged plans were read as tables only, without what they remember."""
    listed = intake.listed
    kept = listed[listed["source_sheet"].eq(SETTLED_SHEET).fillna(False)]
    files = dict.fromkeys(str(name) for name in kept["source_file"])
    return [finding("plan_memory_unread", file=f, value=SETTLED_SHEET) for f in files]


def _settled(memories: Iterable[Grid]) -> dict[str, str]:
    """Return what merged plans remember; nothing where no merge wrote the files."""
    found: dict[str, str] = {}
    for grid in memories:
        for row in grid.rows[1:]:
            said = [_unneutralised(cell) for cell in row[:2]]
            found[str(said[-1])] = str(said[0])
    return found


def _source(intake: Intake, data: pd.DataFrame) -> str:
    """Return the name of the file; of several, how each is called, or how many."""
    names = [str(name) for name in dict.fromkeys(data["source_file"])]
    if len(names) < 2:  # noqa: PLR2004
        return intake.source
    shown = ", ".join(names)
    if len(shown) <= LONGEST // 2:
        return shown
    return f"{names[0]} … {names[-1]} ({len(names)})"


def _sheet(table: Intake) -> str:
    sheets = [s for s in table.data["source_sheet"] if isinstance(s, str)]
    return sheets[0] if sheets else ""


def _joined(plans: list[Intake]) -> pd.DataFrame:
    import pandas as pd

    if len(plans) == 1:
        return plans[0].data
    return pd.concat([table.data for table in plans], ignore_index=True)


def _lines(data: pd.DataFrame) -> tuple[pd.DataFrame, list[Finding]]:
    """Give the lines of an intake their year and month; drop what a plan has not."""
    import pandas as pd

    frame = data.copy()
    times = read_each(data["period"].to_numpy(dtype=object), _year_and_month)
    frame["year"] = pd.array([year for year, _ in times], "Int64")
    frame["month"] = pd.array([month for _, month in times], "Int64")
    findings = _quarter_findings(frame)
    without = [i for i, (year, _) in enumerate(times) if year is None]
    if without:
        findings.append(_at("plan_year_missing", frame, without[0], count=len(without)))
    for column in frame.columns:
        if _holds_neutral(frame[column]):
            frame[column] = frame[column].map(_unneutralised, na_action="ignore")
    # What a region is called is kept only where some line's region is not known.
    known = _PLACES[:2] if frame["region_code"].notna().all() else ()
    return frame.drop(columns=[*_NOT_DATA, *known], errors="ignore"), findings


def _year_and_month(period: object) -> tuple[int | None, int | None]:
    """Return the parts of ``2026-05`` or ``2026``; nothing of what is missing."""
    if not isinstance(period, str) or not period:
        return None, None
    found = Period.parse(period)
    return found.begins[0], found.month


def _at(
    code: str,
    frame: pd.DataFrame,
    row: int,
    *,
    value: str = "",
    expected: str = "",
    count: int = 1,
) -> Finding:
    line = frame.iloc[row]
    sheet, region = line[["source_sheet", "region_code"]].fillna("")
    return finding(
        code,
        file=str(line["source_file"]),
        sheet=sheet,
        row=int(line["source_row"]),
        region=region,
        value=value,
        expected=expected,
        count=count,
    )


def _quarter_findings(frame: pd.DataFrame) -> list[Finding]:
    """Report months that lie outside the quarter beside them; the month is used."""
    own = (frame["month"] - 1) // 3 + 1
    odd = own.notna() & frame["quarter"].notna() & (own != frame["quarter"])
    found = []
    for i, is_odd in enumerate(odd.fillna(False)):
        if is_odd:
            said = f"{frame['month'].iloc[i]} / TW {frame['quarter'].iloc[i]}"
            expected = f"TW {own.iloc[i]}"
            found.append(
                _at("quarter_month_disagree", frame, i, value=said, expected=expected)
            )
    return found


def _holds_neutral(column: pd.Series[Any]) -> bool:
    """Whether a column of texts may hold one with the apostrophe before it."""
    if column.dtype == object:
        return True
    return str(column.dtype) == "str" and bool(
        column.str.startswith(_NEUTRAL, na=False).any()
    )


def _unneutralised(value: object) -> object:
    """Take off the apostrophe that keeps a text from being run as a formula."""
    if isinstance(value, str) and value.startswith(_NEUTRAL):
        return value[1:]
    return value


def absent_regions(plan: Plan) -> list[Finding]:
    """Report the districts of the province that a plan says nothing about.

    Returns
    -------
    list of Finding
        One, or none where every district is there.
    """
    from kkbpk_geo.regions import children

    if not plan.province_code:
        return []
    codes = [unit.code for unit in children(plan.province_code)]
    known = set(plan.regions)
    absent = [code for code in codes if code not in known]
    if not absent:
        return []
    return [
        finding(
            "plan_region_absent", file=plan.source, value=plan.source or "–",
            expected=", ".join(place_name(code) for code in absent),
            count=len(absent),
        )
    ]  # fmt: skip


def as_plan(given: Any, what: str = "plan", *, owner: str = "") -> Plan:  # noqa: ANN401
    """Return a plan of whatever a caller holds: a plan, its file, its frame.

    Parameters
    ----------
    given : Plan, path, open file, Intake, or DataFrame
        A frame with our columns is a plan; one with an office's headings is read.
    what : str
        The argument, in the words of the error.
    owner : str
        Of what is read.

    Raises
    ------
    PlanError
        If it is none of these, or no plan.

    Examples
    --------
    >>> line = {"region_code": "18.11", "activity_text": "KIE", "year": 2026}
    >>> as_plan([line]).regions
    ('18.11',)
    """
    if isinstance(given, Plan):
        return given
    # What a merge or a script hands on has a plan, and is none itself.
    own = getattr(given, "plan", None)
    if isinstance(own, Plan):
        return own
    read = as_pandas(given, what)
    columns = getattr(read, "columns", ())
    records = isinstance(read, list) and all(isinstance(x, Mapping) for x in read)
    if records or set(columns) & _OURS:
        return make_plan(read, owner=owner)
    file = isinstance(read, str | Path | Intake) or is_open_file(read)
    if file or len(columns):
        return read_plan(read, owner=owner)
    msg = (
        f"{what} is a {type(given).__name__}; expected a plan, as "
        "kkbpk_geo.read_plan(path) gives it, its file, or a frame of its lines."
    )
    raise PlanError(msg)


def combine_plans(plans: Iterable[Plan]) -> Plan:
    """Put several plans into one; ids that repeat get a number behind them.

    Raises
    ------
    PlanError
        If there is none.
    """
    import pandas as pd

    parts = list(plans)
    if not parts:
        msg = "no plan was given; give at least one."
        raise PlanError(msg)
    if len(parts) == 1:
        return parts[0]
    filled = [part.data for part in parts if len(part.data)] or [parts[0].data]
    codes = [part.province_code for part in parts]
    sources = dict.fromkeys(part.source for part in parts if part.source)
    plan = make_plan(
        pd.concat(filled, ignore_index=True),
        province_code=next(filter(None, codes), ""),
        owner=parts[0].owner,
        source=", ".join(sources),
        findings=chain.from_iterable(part.findings for part in parts),
        marks=Marks.of(*parts),
    )
    settled = ChainMap(*(dict(part.settled) for part in reversed(parts)))
    read = chain.from_iterable(part.sources for part in parts)
    return replace(plan, settled=dict(settled), sources=tuple(read))
