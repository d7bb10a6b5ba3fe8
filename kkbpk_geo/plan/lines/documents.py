"""Several documents of one budget: its money counts once.

Why: a RKA, a DPA and a changed DPA of one office lie in one folder, the cash plan
prints the same rupiah by month and the report of realisation once more. Added, a budget
is three budgets.

In:     tables of plans as they were read, each in its form.
Out:    the same tables without what another one replaces or only completes; findings.
Rule:   of documents that plan the money of one place, kegiatan and year the highest
        counts (order and stages in plan_forms.toml). Cash plans and reports complete
        the lines of their code; without such lines they stand for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.catalogue.work.plan_forms import plan_forms
from kkbpk_geo.findings import Finding, finding
from kkbpk_geo.io import as_records
from kkbpk_geo.plan.lines.words import rupiah_text

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.intake import Intake

_Key = tuple[str, str, str]
# What a document completes, beside the budget that both print.
_COMPLETED = (
    "spent", "physical", "realised", "cash_1", "cash_2", "cash_3", "cash_4",
)  # fmt: skip
_KEGIATAN = 5  # parts of its code: 2.14.03.2.02
# A ministry prints an output as 3331.QDB.001 and as QDB.001.
_KL_KEGIATAN = re.compile(r"^\d{4}\.(?=[A-Z]{3})")


@dataclass(slots=True, eq=False)
class _Document:
    """One table: its rank among documents, and its lines with their keys."""

    table: Intake
    data: pd.DataFrame
    rank: int
    gives: str
    keys: list[_Key] = field(default_factory=list)
    kept: list[bool] = field(default_factory=list)


_Line = tuple[_Document, int]


def count_once(tables: Sequence[Intake]) -> tuple[list[Intake], list[Finding]]:
    """Let the money of each line count once, whatever the number of documents.

    Returns
    -------
    list of Intake
        Those with a line left, each with its lines that count.
    list of Finding
    """
    known = [table for table in tables if table.form is not None]
    if len(known) < 2:  # noqa: PLR2004
        return list(tables), []
    documents = {id(table): _document(table) for table in known}
    told = _replaced(list(documents.values()))
    told += _completed(list(documents.values()))
    out = []
    for table in tables:
        document = documents.get(id(table))
        if document is None:
            out.append(table)
        elif any(document.kept):
            data = document.data[document.kept].reset_index(drop=True)
            out.append(replace(table, data=data))
    return out, told


def _document(table: Intake) -> _Document:
    form = plan_forms()[table.form.key]  # type: ignore[union-attr]
    stage = form.stages.get(table.form.stage, 0)  # type: ignore[union-attr]
    data = table.data.copy()
    keys = [_key(row) for row in as_records(data)]
    return _Document(
        table=table, data=data, rank=form.order + stage, gives=form.gives, keys=keys,
        kept=[True] * len(keys),
    )  # fmt: skip


def _key(row: Mapping[Any, Any]) -> _Key:
    year = str(row["period"] or "")[:4]
    code = _KL_KEGIATAN.sub("", row["code"])
    return str(row["region_code"] or ""), code, year


def _office_key(key: _Key) -> _Key:
    """Return place, kegiatan and year: what one document plans as a whole."""
    region, code, year = key
    return region, ".".join(code.split(".")[:_KEGIATAN]), year


def _replaced(documents: Sequence[_Document]) -> list[Finding]:
    """Drop the lines of documents that a higher one replaces."""
    planned = [document for document in documents if document.gives == "budget"]
    best: dict[_Key, int] = {}
    for document in planned:
        for key in filter(_is_known, document.keys):
            office = _office_key(key)
            best[office] = max(best.get(office, 0), document.rank)
    told = []
    for document in planned:
        lower = [
            _is_known(key) and best[_office_key(key)] > document.rank
            for key in document.keys
        ]
        document.kept = [not each for each in lower]
        if any(lower):
            told.append((document, lower, _money(document, lower)))
    return _tell("plan_form_replaced", told)


def _is_known(key: _Key) -> bool:
    return bool(key[0] and key[1] and key[2])


def _tell(
    code: str, lines: Sequence[tuple[_Document, Sequence[bool], int]]
) -> list[Finding]:
    """Tell of the lines of each file once: how many, and how much money."""
    files: dict[str, list[tuple[_Document, Sequence[bool], int]]] = {}
    for each in lines:
        files.setdefault(each[0].table.source, []).append(each)
    found = []
    for file, same in files.items():
        document, chosen, _ = same[0]
        first = document.data[list(chosen)].iloc[0]
        amount = sum(money for *_, money in same)
        found.append(
            finding(
                code,
                file=file,
                sheet=str(first["source_sheet"] or ""),
                row=int(first["source_row"]),
                value=rupiah_text(amount),
                count=sum(sum(flags) for _, flags, _ in same),
            )
        )
    return found


def _money(document: _Document, chosen: Sequence[bool]) -> int:
    return sum(map(_rupiah, document.data["budget"][list(chosen)]))


def _completed(documents: Sequence[_Document]) -> list[Finding]:
    """Let cash plans and reports complete the lines of their code."""
    lines: dict[_Key, list[_Line]] = {}
    for document in documents:
        if document.gives == "budget":
            _add(lines, document, [])
    told, same = [], []
    for document in documents:
        if document.gives == "budget":
            continue
        work = {key: rows for key, rows in _by_key(document).items() if key in lines}
        rows = {row for each in work.values() for row in each}
        moved = [i in rows for i in range(len(document.keys))]
        if any(moved):
            same.append((document, moved, _money(document, moved)))
        for key, own in work.items():
            told += _complete(document, own, lines[key])
        # What no budget plans stands for itself; the next report completes it.
        _add(lines, document, moved)
    return [*told, *_tell("plan_form_same_money", same)]


def _by_key(document: _Document) -> dict[_Key, list[int]]:
    """Return the rows of each work of a document that is known by place and code."""
    found: dict[_Key, list[int]] = {}
    for i, key in enumerate(document.keys):
        if document.kept[i] and _is_known(key):
            found.setdefault(key, []).append(i)
    return found


def _add(
    lines: dict[_Key, list[_Line]], document: _Document, moved: Sequence[bool]
) -> None:
    for key, rows in _by_key(document).items():
        own = [(document, row) for row in rows if not (moved and moved[row])]
        if own:
            lines.setdefault(key, []).extend(own)


def _complete(
    document: _Document, rows: Sequence[int], targets: Sequence[_Line]
) -> list[Finding]:
    """Move what the rows of one work add to its lines; their money is the same.

    Row by row, where there are as many and their money is the same; else nobody says
    how much of each fund was spent, and the rows stay without their money.
    """
    mine = [document.data["budget"].iloc[row] for row in rows]
    theirs = [other.data["budget"].iloc[at] for other, at in targets]
    one = len(rows) == len(targets) == 1
    if one or list(map(_rupiah, mine)) == list(map(_rupiah, theirs)):
        for row, (other, at) in zip(rows, targets, strict=True):
            _fill(other.data, at, document.data.iloc[row])
            document.kept[row] = False
    else:
        document.data.loc[document.data.index[list(rows)], "budget"] = None
        named = {str(other.data["activity"].iloc[at]) for other, at in targets}
        if len(named) == 1:  # the report says the code only
            document.data.loc[document.data.index[list(rows)], "activity"] = named.pop()
    whole, printed = sum(map(_rupiah, theirs)), sum(map(_rupiah, mine))
    if printed == whole or all(map(is_missing, mine)):
        return []
    first = document.data.iloc[rows[0]]
    return [
        finding(
            "plan_form_budget_differs",
            file=str(first["source_file"]),
            sheet=str(first["source_sheet"] or ""),
            row=int(first["source_row"]),
            region=str(first["region_code"]),
            value=rupiah_text(printed),
            expected=rupiah_text(whole),
        )
    ]


def _rupiah(amount: Any) -> int:  # noqa: ANN401
    return 0 if is_missing(amount) else int(amount)


def _fill(data: pd.DataFrame, at: int, own: pd.Series[Any]) -> None:
    for name in _COMPLETED:
        if is_missing(data.at[at, name]):
            data.at[at, name] = own[name]
