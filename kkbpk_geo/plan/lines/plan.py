"""A work plan: one line per activity, region and time, words as keys, rupiah exact.

Why: everything done with a plan (calendar, apportioning, comparing, merging) needs the
same columns with the same types, whether it came from a sheet or from a merge.

In:     a frame with some of the columns. Out: :class:`Plan`, complete and canonical;
        making a plan of a plan changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import UNMARKED, Marks, mark_frame
from kkbpk_geo.catalogue.activities import (
    activities,
    activity_of,
    fund_of,
    funds,
    indicator_of,
    plain,
    term_of,
    terms,
)
from kkbpk_geo.catalogue.indicators import indicators
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.findings import Finding
from kkbpk_geo.io import text_column
from kkbpk_geo.plan.lines.words import period_key, rupiah_text

if TYPE_CHECKING:
    import pandas as pd


WHOLE = ("year", "quarter", "month", "budget", "spent", "source_row")
REAL = ("target", "realised")
COLUMNS = (
    "line_id", "programme", "activity", "activity_text", "indicator", "region_code",
    "year", "quarter", "month", "target", "unit", "budget", "fund", "responsible",
    "status", "realised", "spent", "source_file", "source_sheet", "source_row",
    "programme_text", "indicator_text", "fund_text",
)  # fmt: skip


MOST = 1e15  # of a target; a float holds every whole number up to it
_SLUG = 40


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Plan:
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
        office), ``source_file, source_sheet, source_row``. Other columns of the source
        follow as text.
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
    """

    data: pd.DataFrame
    findings: tuple[Finding, ...] = ()
    source: str = ""
    province_code: str = ""
    owner: str = ""
    settled: Mapping[str, str] = field(default_factory=dict)
    marks: Marks = UNMARKED

    @property
    def table(self) -> pd.DataFrame:
        """The main frame: ``data``."""
        return self.data

    @property
    def regions(self) -> tuple[str, ...]:
        """Codes of the regions with at least one line, sorted."""
        return tuple(sorted({code for code in self.data["region_code"] if code}))

    def records(self) -> list[dict[str, Any]]:
        """Return the lines as mappings of plain values; missing numbers are None."""
        names = [str(name) for name in self.data.columns]
        columns = [
            self.data[name].array.to_numpy(dtype=object, na_value=None)
            if name in WHOLE or name in REAL
            else self.data[name].to_numpy(dtype=object)
            for name in names
        ]
        rows = zip(*columns, strict=True)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def summary(self, language: Language = "id") -> str:
        """Say in one sentence what the plan holds."""
        named = self.data["activity"].where(
            self.data["activity"] != "", self.data["activity_text"].map(plain)
        )
        return label("plan_sheet_summary", language).format(
            lines=format_number(len(self.data), 0, language),
            regions=len([c for c in self.regions if c != self.province_code]),
            activities=named[named != ""].nunique(),
            budget=rupiah_text(int(self.data["budget"].sum()), language),
            findings=len(self.findings),
        )

    def _repr_html_(self) -> str:
        shown = self.data.drop(columns=["source_file", "source_sheet", "source_row"])
        return f"<p>{for_html(self.summary())}</p>" + shown.to_html(
            escape=True, max_rows=20
        )


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
    import pandas as pd

    given = frame if isinstance(frame, pd.DataFrame) else pd.DataFrame(list(frame))
    data = given.reset_index(drop=True).copy()
    n = len(data)
    for name in COLUMNS:
        if name in data:
            continue
        missing = pd.NA if name in WHOLE or name in REAL else ""
        data[name] = range(1, n + 1) if name == "source_row" else [missing] * n
    for name in data.columns:
        if name in WHOLE or name in REAL:
            data[name] = _numbers(data[name], name)
        else:
            data[name] = _texts(data[name])
    for name in REAL:
        _check_range(data, name, MOST, least=-MOST)
    _check_range(data, "quarter", 4)
    _check_range(data, "month", 12)
    data["quarter"] = ((data["month"] - 1) // 3 + 1).fillna(data["quarter"])
    _name(data, owner)
    data["line_id"] = _texts(_line_ids(data))
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


def _text(value: object) -> str:
    import pandas as pd

    if isinstance(value, str):
        return value
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]


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


def _name(data: pd.DataFrame, owner: str) -> None:
    """Fill keys from texts and texts from keys, column by column."""
    rows = data[list(COLUMNS)].to_dict("records")
    for row in rows:
        row["activity"] = row["activity"] or activity_of(row["activity_text"])
        own = activities().get(row["activity"])
        row["activity_text"] = row["activity_text"] or (own.id if own else "")
        served, kind = (own.indicator, own.programme) if own else ("", "")
        text = row["indicator_text"]
        key = row["indicator"] or indicator_of(text) or served
        if key in indicators() and key not in (served, indicator_of(text)):
            text = indicators()[key].id
        row["indicator"], row["indicator_text"] = key, text
        text = row["programme_text"]
        key = row["programme"] or term_of("programme", text) or ("" if text else kind)
        if key in terms("programme") and not text and key != kind:
            text = terms("programme")[key].id
        row["programme"], row["programme_text"] = key, text
        key = row["fund"] or fund_of(row["fund_text"])
        key = funds()[key].own.get(owner, key) if key in funds() else key
        if key in funds() and fund_of(row["fund_text"]) != key:
            row["fund_text"] = funds()[key].id
        row["fund"] = key
        row["unit"] = term_of("unit", row["unit"]) or row["unit"]
        row["status"] = term_of("status", row["status"]) or row["status"]
    for name in (
        "activity", "activity_text", "indicator", "indicator_text", "programme",
        "programme_text", "fund", "fund_text", "unit", "status",
    ):  # fmt: skip
        data[name] = _texts(row[name] for row in rows)


def _line_ids(data: pd.DataFrame) -> list[str]:
    """Keep ids that are there; make the others of region, work and time; all unique."""
    made = []
    for row in data.to_dict("records"):
        what = row["activity"] or plain(row["activity_text"]).replace(" ", "_")
        what = what or row["indicator"] or plain(row["indicator_text"])
        when = period_key(row["year"], row["quarter"], row["month"])
        made.append(row["line_id"] or f"{row['region_code']}:{what[:_SLUG]}:{when}")
    return unique_ids(made, ())


def unique_ids(wanted: Iterable[str], taken: Iterable[str]) -> list[str]:
    """Return ids in the order given, a repeated one with ``~2``, ``~3`` behind it."""
    used = set(taken)
    out = []
    for each in wanted:
        name, number = each, 1
        while name in used:
            number += 1
            name = f"{each}~{number}"
        used.add(name)
        out.append(name)
    return out
