"""A work plan: one line per activity, region and time, words as keys, rupiah exact.

Why: everything done with a plan (calendar, apportioning, comparing, merging) needs the
same columns with the same types, whether it came from a sheet or from a merge.

In:     a frame with some of the columns. Out: :class:`Plan`, complete and canonical,
        line by line :class:`PlanLine`; making a plan of a plan changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeAlias

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import UNMARKED, Marks, mark_frame
from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.base.results import OneLine, shown_html
from kkbpk_geo.catalogue.activities import plain
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.findings import Finding
from kkbpk_geo.io import as_pandas, as_records, text_column
from kkbpk_geo.plan.lines.naming import fill_words, line_ids
from kkbpk_geo.plan.lines.sources import PlanSource
from kkbpk_geo.plan.lines.words import rupiah_text

if TYPE_CHECKING:
    import pandas as pd


Record: TypeAlias = dict[str, Any]  # a line by the names of its columns
CASH = ("cash_1", "cash_2", "cash_3", "cash_4")
WHOLE = ("year", "quarter", "month", "budget", "spent", "source_row", *CASH)
REAL = ("target", "realised", "physical")
MOST = 1e15  # of a target; a float holds every whole number up to it


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One line of a plan: the columns that :class:`Plan` describes, numbers or None.

    ``more``: other columns of the source, as text.
    """

    line_id: str
    programme: str
    activity: str
    activity_text: str
    indicator: str
    region_code: str
    year: int | None
    quarter: int | None
    month: int | None
    target: float | None
    unit: str
    budget: int | None
    fund: str
    responsible: str
    status: str
    realised: float | None
    spent: int | None
    source_file: str
    source_sheet: str
    source_row: int | None
    programme_text: str
    indicator_text: str
    fund_text: str
    code: str
    edition: str
    detail: str
    physical: float | None
    cash_1: int | None
    cash_2: int | None
    cash_3: int | None
    cash_4: int | None
    more: Mapping[str, str]

    def as_record(self) -> Record:
        """Return its columns as a mapping, those of the source last."""
        return {**{name: getattr(self, name) for name in COLUMNS}, **self.more}


# The columns of a plan's frame, in order.
COLUMNS = tuple(each.name for each in fields(PlanLine) if each.name != "more")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Plan(OneLine):
    """Lines of a work plan, and what reading them found.

    Attributes
    ----------
    data : DataFrame, one row per line, index 0..n-1
        ``line_id`` (text, unique), ``programme, activity, indicator, fund, status``
        (keys of the catalogue, ``""`` where there is none), ``activity_text,
        programme_text, indicator_text, fund_text`` (as written), ``region_code``
        (dotted; that of the province for its own lines; ``""`` unknown), ``year,
        quarter, month`` (Int64), ``target, realised`` (Float64), ``unit`` (key, or the
        text where it is none), ``budget, spent`` (Int64, rupiah), ``responsible`` (an
        office), ``source_file, source_sheet, source_row``. Of lines that a form of an
        office states: ``code, edition`` (text; the code as the nomenclature writes it,
        and the key of the edition in which it stands, ``""`` where it stands in none),
        ``detail`` (what the line is in its form: ``sub_kegiatan``, ``kegiatan``,
        ``ro`` ...), ``physical`` (Float64, per cent of the work that is done),
        ``cash_1`` ... ``cash_4`` (Int64, rupiah planned for each quarter). Other
        columns of the source follow as text.
    findings : tuple of Finding
    source : str
    province_code : str
    owner : str
        ``"province"``, ``"district"`` or ``""``.
    settled : mapping of str to str
        Of a merged plan: what was decided in making it, fingerprint of what the sides
        said -> decision id. While they say the same, no rule decides it anew.
    marks : Marks
        Whether any of its lines is sample data.
    sources : tuple of PlanSource
        What was read of each sheet, before money that several print was counted once.
    """

    data: pd.DataFrame
    findings: tuple[Finding, ...] = ()
    source: str = ""
    province_code: str = ""
    owner: str = ""
    settled: Mapping[str, str] = field(default_factory=dict)
    marks: Marks = UNMARKED
    sources: tuple[PlanSource, ...] = ()

    @property
    def table(self) -> pd.DataFrame:
        """The main frame: ``data``."""
        return self.data

    @property
    def regions(self) -> tuple[str, ...]:
        """Codes of the regions with at least one line, sorted."""
        return tuple(sorted({*self.data["region_code"].unique()} - {""}))

    def records(self) -> list[Record]:
        """Return the lines as mappings of plain values; missing numbers are None."""
        return as_records(self.data)

    def lines(self) -> list[PlanLine]:
        """Return the lines, typed."""
        more = [str(name) for name in self.data.columns if name not in COLUMNS]
        found = []
        for record in self.records():
            others = {name: record.pop(name) for name in more}
            found.append(PlanLine(**record, more=others))
        return found

    def summary(self, language: Language = "id") -> str:
        """Say in one sentence what the plan holds."""
        named = self.data["activity"].where(
            self.data["activity"] != "", self.data["activity_text"].map(plain)
        )
        return label("plan_sheet_summary", language).format(
            lines=format_number(len(self.data), 0, language),
            regions=len({*self.regions} - {self.province_code}),
            activities=named[named != ""].nunique(),
            budget=rupiah_text(int(self.data["budget"].sum()), language),
            findings=len(self.findings),
        )

    def _repr_html_(self) -> str:
        shown = self.data.drop(columns=["source_file", "source_sheet", "source_row"])
        return shown_html(self.summary(), shown, max_rows=20)


def make_plan(
    frame: pd.DataFrame | Iterable[Mapping[str, Any]],
    *,
    province_code: str = "",
    owner: str = "",
    source: str = "",
    findings: Iterable[Finding] = (),
    marks: Marks | None = None,
) -> Plan:
    """Make a plan of a frame with some of the columns; the rest is filled in.

    Texts get their keys from the catalogue where a key is absent, keys without a text
    get their label; a month gives its quarter; lines without ``line_id`` get one from
    what they are about. The caller's frame is not touched.

    Parameters
    ----------
    frame : DataFrame or records
        See :class:`Plan`; ``region_code`` and ``year`` should be there.
    province_code : str
        Code of the province whose plan it is.
    owner : {"", "province", "district"}
        What a bare APBD means.
    source : str
    findings : iterable of Finding
    marks : Marks, optional
        Of the lines; by default those that the frame carries.

    Raises
    ------
    PlanError
        If a column that holds numbers does not, or a quarter, month or target is none.
    """
    data = _whole_frame(frame)
    for name in REAL:
        _check_range(data, name, MOST, least=-MOST)
    _check_range(data, "quarter", 4)
    _check_range(data, "month", 12)
    data["quarter"] = ((data["month"] - 1) // 3 + 1).fillna(data["quarter"])
    fill_words(data, owner)
    data["line_id"] = _texts(line_ids(data))
    extra = [name for name in data.columns if name not in COLUMNS]
    own = Marks.of(frame) if marks is None else marks
    return Plan(
        data=mark_frame(data[[*COLUMNS, *extra]], own),
        findings=tuple(findings),
        source=source,
        province_code=province_code,
        owner=owner,
        marks=own,
    )


def _given(frame: Any) -> pd.DataFrame:  # noqa: ANN401
    """Return lines of a plan as a frame of pandas.

    Raises
    ------
    PlanError
        If they are none, or have none of our columns.
    """
    import pandas as pd

    given = as_pandas(frame, "frame")
    if isinstance(given, Plan):
        given = given.data
    if isinstance(given, list | tuple) and all(isinstance(r, Mapping) for r in given):
        given = pd.DataFrame(list(given), columns=None if given else list(COLUMNS))
    elif isinstance(given, Iterator):
        given = pd.DataFrame(list(given))
    if not isinstance(given, pd.DataFrame):
        msg = (
            f"frame is a {type(frame).__name__}; expected a frame of the lines of a "
            "plan, or a list of mappings. Read a file with kkbpk_geo.read_plan."
        )
        raise PlanError(msg)
    if len(given.columns) and not set(given.columns) & set(COLUMNS):
        msg = (
            "frame has none of the columns of a plan (region_code, year, "
            f"activity_text …); it has {', '.join(map(str, given.columns[:6]))}. Read "
            "a sheet with an office's headings with kkbpk_geo.read_plan(frame)."
        )
        raise PlanError(msg)
    return given


def _whole_frame(frame: pd.DataFrame | Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return a copy that has every column of a plan, each of its type."""
    import pandas as pd

    given = _given(frame)
    data = given.reset_index(drop=True).copy()
    rows = len(data)
    for name in COLUMNS:
        if name not in data:
            missing = pd.NA if _is_number(name) else ""
            data[name] = [missing] * rows
            if name == "source_row":
                data[name] = range(1, rows + 1)
    for name in data.columns:
        cells = data[name]
        data[name] = _numbers(cells, name) if _is_number(name) else _words(cells)
    return data


def _is_number(name: str) -> bool:
    return name in WHOLE or name in REAL


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    return "" if is_missing(value) else str(value)


def _words(column: pd.Series[Any]) -> pd.Series[str]:
    """Return a column as text, without anything missing."""
    if str(column.dtype) == "str":
        return column.fillna("")
    # Cell by cell, pandas asks each what it is.
    return _texts(column.to_numpy(dtype=object))


def _texts(values: Iterable[object]) -> pd.Series[str]:
    return text_column(_text(value) for value in values).fillna("")


def _numbers(column: pd.Series[Any], name: str) -> pd.Series[Any]:
    kind: Any = "Int64" if name in WHOLE else "Float64"
    try:
        numbers: pd.Series[Any] = column.astype(object).astype(kind)
    except (TypeError, ValueError) as err:
        what = "whole numbers" if name in WHOLE else "numbers"
        msg = f"column {name!r} of the plan must hold {what} or missing: {err}."
        raise PlanError(msg) from err
    return numbers


def _check_range(
    data: pd.DataFrame, name: str, most: float, *, least: float = 1
) -> None:
    bad = data[name].notna() & ~data[name].between(least, most)
    if bad.any():
        row = int(bad.to_numpy().argmax())
        msg = (
            f"row {data['source_row'].iloc[row]} of the plan: {name} is "
            f"{data[name].iloc[row]}; expected {least:g} to {most:g}, or missing."
        )
        raise PlanError(msg)
