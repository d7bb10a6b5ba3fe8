"""The audit trail of a merge: every change, what it was, what it became, who, why.

Why: a merged plan is signed by people who were not at every meeting. Each line and
figure that differs from the last agreed plan can be traced to a decision, and the
merged plan is nothing but that plan with the trail applied.

In:     steps of a merge. Out: a frame, a workbook; on the base, the merged plan.
Law:    replaying the trail on the base gives the merged plan, line by line; a trail
        that does not fit its base is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.marks import Marks, mark_frame
from kkbpk_geo.catalogue.labels import label, mark_words, marked
from kkbpk_geo.io import NOTE as NOTE_LOOK
from kkbpk_geo.io import Book, Form, as_records, columns, headings, make_folder, plain
from kkbpk_geo.plan.align.words import value_text
from kkbpk_geo.plan.lines.plan import Plan, Record, make_plan

if TYPE_CHECKING:
    import pandas as pd

NOTE, LINE = "note", "line"
COLUMNS = (
    "step", "line_id", "region_code", "field", "was", "became", "how", "side", "kind",
    "decision_id", "who", "why",
)  # fmt: skip
SHEET = "Jejak"
_PARTS = {
    "period": ("year", "quarter", "month"),
    "target": ("target", "unit"),
    "fund": ("fund", "fund_text"),
}
_TEXTS = ("responsible", "status", "unit", "fund", "fund_text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change of a merge, or one decision that changes nothing.

    ``field``: one of the fields compared, ``line`` (a line comes or goes) or ``note``
    (a decision on record only). ``was, became``: the values as JSON; of a line, all of
    it, or ``null``. ``how``: ``agreed``, ``only_province``, ``only_district``,
    ``decided`` or ``rule``. ``side``: whose word it is: ``province``, ``district``,
    ``base``, ``other`` or ``""``.
    """

    line_id: str
    region_code: str
    field: str
    was: str = "null"
    became: str = "null"
    how: str = "agreed"
    side: str = ""
    kind: str = "agreed"
    decision_id: str = ""
    who: str = ""
    why: str = ""


def encode(value: Any) -> str:  # noqa: ANN401
    """Write a value as JSON; the same value gives the same text."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def audit_frame(steps: Iterable[Step]) -> pd.DataFrame:
    """Lay steps out in the order in which they are applied.

    Returns
    -------
    DataFrame, index 0..n-1
        Columns :data:`COLUMNS`; all text but ``step`` (int64, from 1).
    """
    import pandas as pd

    rows = [{"step": i, **asdict(step)} for i, step in enumerate(steps, 1)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"step": "int64"})


def replay_audit(base: Plan, audit: pd.DataFrame) -> Plan:
    """Apply an audit trail to the plan it starts from.

    Parameters
    ----------
    base : Plan
        The plan that was last agreed; a plan without lines if there was none.
    audit : DataFrame
        As :func:`audit_frame` makes it.

    Returns
    -------
    Plan
        Lines of the base in their order, then those that were added.

    Raises
    ------
    PlanError
        If the trail does not fit: a line that should be there is not, or says
        something else than the trail has on record. Nothing is overwritten.
    """
    lines = {str(row["line_id"]): row for row in base.records()}
    for row in as_records(audit):
        if row["field"] == NOTE:
            continue
        line_id, step = str(row["line_id"]), row["step"]
        was, became = json.loads(str(row["was"])), json.loads(str(row["became"]))
        if row["field"] == LINE:
            if not _is_as_said(lines.get(line_id), was):
                raise _misfit(step, line_id, LINE)
            lines.pop(line_id, None)
            if became is not None:
                lines[line_id] = became
            continue
        if line_id not in lines:
            raise _misfit(step, line_id, LINE)
        if read_field(lines[line_id], str(row["field"])) != was:
            raise _misfit(step, line_id, str(row["field"]))
        lines[line_id] = set_field(lines[line_id], str(row["field"]), became)
    return make_plan(
        _frame(base, lines),
        province_code=base.province_code,
        owner=base.owner,
        source=base.source,
        marks=Marks.of(base, audit),
    )


def _is_as_said(line: Record | None, said: Record | None) -> bool:
    """Whether a line is what a trail has on record.

    A trail written before a column existed says nothing of it: then it must be empty.
    """
    if line is None or said is None:
        return line is said
    later = (line[name] for name in line.keys() - said.keys())
    known = {name: line.get(name) for name in said}
    return known == said and all(value in (None, "") for value in later)


def _misfit(step: object, line_id: str, field: str) -> PlanError:
    msg = (
        f"audit trail, step {step}: line {line_id!r} has another {field} than the "
        "trail has on record. Replay it on the plan that it was made from."
    )
    return PlanError(msg)


def _frame(base: Plan, lines: dict[str, dict[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    rows = list(lines.values())
    names = dict.fromkeys([*map(str, base.data.columns), *(n for r in rows for n in r)])
    frame = pd.DataFrame(rows, columns=list(names))
    for name in names:
        if name not in base.data.columns:
            frame[name] = frame[name].fillna("")
    return frame


def read_field(record: dict[str, Any], name: str) -> Any:  # noqa: ANN401
    """Return a field of a line as JSON has it."""
    if name in _PARTS:
        return [record[part] for part in _PARTS[name]]
    return record[name]


def set_field(record: dict[str, Any], name: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a line with one field changed; None makes it state nothing."""
    parts = _PARTS.get(name, (name,))
    values = value if name in _PARTS else [value]
    if value is None:
        values = [None] * len(parts)
    changed = dict(zip(parts, values, strict=True))
    for part in parts:
        if changed[part] is None and part in _TEXTS:
            changed[part] = ""
    return {**record, **changed}


# --- for readers ----------------------------------------------------------------------


def readable(field: str, text: str, language: Language = "id") -> str:
    """Write the JSON of a step for a person."""
    value = json.loads(text)
    if field == LINE:
        if value is None:
            return label("align_no_line", language)
        parts = [value["activity_text"] or value["indicator_text"]]
        for name in ("period", "target", "budget", "fund"):
            part = read_field(value, name)
            if part not in (None, [None, ""], ["", ""]):
                parts.append(value_text(name, part, language))
        return ", ".join(parts)
    if field == NOTE or value in (None, [None, ""], ["", ""]):
        return "–"
    return value_text(field, value, language)


def write_audit(
    audit: pd.DataFrame, path: str | Path, *, language: Language = "id"
) -> Path:
    """Write an audit trail as a workbook: for people, and to be replayed.

    The trail of sample plans says so above its headings.

    Returns
    -------
    Path
        The file. The same trail gives the same bytes.

    Raises
    ------
    IntakeError
        If it cannot be written.
    """
    path = Path(path)
    make_folder(path.parent)
    shown = {"was_text": "was", "became_text": "became"}
    widths = {**dict.fromkeys(COLUMNS, 16), **dict.fromkeys(shown, 40)}
    steps = columns(widths, "audit_", language, look=NOTE_LOOK, whole=NOTE_LOOK)
    rows = as_records(audit)
    for step in rows:
        for name, of in shown.items():
            step[name] = readable(str(step["field"]), str(step[of]), language)
    marks = Marks.of(audit)
    title = marked(label("audit_title", language), marks, language)
    with Book.create(path, title=title) as book:
        sheet = book.sheet(SHEET)
        head = sheet.mark(mark_words(marks, language))
        area = sheet.table(steps, rows, at=head)
        sheet.keep_in_sight(area, columns=2, filtered=True)
        sheet.lock("autofilter", "sort")
    return path


def read_audit(path: str | Path) -> pd.DataFrame:
    """Read back what :func:`write_audit` wrote.

    Raises
    ------
    PlanError
        If the sheet is not an audit trail.
    IntakeError
        If the file cannot be read.
    """
    import pandas as pd

    from kkbpk_geo.intake import find_marks, first_row

    form = Form.read(path, sheet=SHEET)
    table = next(form.tables(headings("audit_", COLUMNS), COLUMNS), None)
    if table is None:
        msg = f"{form.name}: sheet {SHEET!r} is no audit trail of this package."
        raise PlanError(msg)
    rows = []
    for row in table.rows():
        line: dict[str, object] = {key: plain(table.cell(row, key)) for key in COLUMNS}
        rows.append({**line, "step": table.whole(row, "step", least=1)})
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"step": "int64"})
    # The trail of a sample has its mark in the row above the headings.
    return mark_frame(frame, find_marks(table.grid, first_row(table.grid)))
