"""What a plan's line is called: keys from its words, words from its keys, and its id.

Why: a line is compared by keys and shown by words. A sheet brings words, a merge keys;
whatever is absent comes from the catalogue, and nothing that is written is lost.

In:     a frame with the columns of a plan. Out: the same columns, filled.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING, Any

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
from kkbpk_geo.catalogue.work.nomenclature import activity_of_work
from kkbpk_geo.io import as_records, text_column
from kkbpk_geo.plan.lines.words import period_key

if TYPE_CHECKING:
    import pandas as pd

_Row = dict[Hashable, Any]
# Before the id of a line that is only proposed; an office that adopts the line takes it
# off, or gives the line another id.
DRAFT = "draf:"
_SLUG = 40  # characters of the work in an id: told apart, and short enough to read
_NAMED = (
    "activity", "activity_text", "indicator", "indicator_text", "programme",
    "programme_text", "fund", "fund_text", "unit", "status", "code", "edition",
)  # fmt: skip


_IDENTIFYING = (
    "line_id", "activity", "code", "activity_text", "indicator", "indicator_text",
    "region_code", "year", "quarter", "month",
)  # fmt: skip


def fill_words(data: pd.DataFrame, owner: str) -> None:
    """Fill keys from texts and texts from keys; ``owner`` says what a bare APBD is."""
    rows = as_records(data[list(_NAMED)])
    for row in rows:
        row["activity"] = row["activity"] or _activity(row)
        _fill_from_activity(row)
        _fill_fund(row, owner)
        for name in ("unit", "status"):
            row[name] = term_of(name, row[name]) or row[name]
    for name in _NAMED:
        data[name] = text_column(row[name] for row in rows).fillna("")


def _activity(row: _Row) -> str:
    """Return the activity of a line: by its code where it has one, else by its name."""
    if not row["code"]:
        return activity_of(row["activity_text"])
    texts = (row["indicator_text"], row["activity_text"])
    return activity_of_work(row["code"], row["edition"], texts)


def _fill_from_activity(row: _Row) -> None:
    """Fill the words of an activity, and the indicator and programme it belongs to."""
    served, kind = "", ""
    if own := activities().get(row["activity"]):
        served, kind = own.indicator, own.programme
        row["activity_text"] = row["activity_text"] or own.id
    text = row["indicator_text"]
    key = row["indicator"] or indicator_of(text) or served
    # Neither the activity nor the text says this indicator: its label has to.
    if key in indicators() and key not in (served, indicator_of(text)):
        row["indicator_text"] = indicators()[key].id
    row["indicator"] = key
    row["programme"] = _programme(row, kind)
    # The programme of the activity goes without saying; another one is written out.
    named = terms("programme").get(row["programme"])
    if named and not row["programme_text"] and row["programme"] != kind:
        row["programme_text"] = named.id


def _programme(row: _Row, kind: str) -> str:
    """Return the programme's key; a text that is none keeps the activity's away."""
    text = row["programme_text"]
    fallback = "" if text else kind
    return row["programme"] or term_of("programme", text) or fallback


def _fill_fund(row: _Row, owner: str) -> None:
    """Fill the source of funds; a bare APBD is that of the plan's owner."""
    key = row["fund"] or fund_of(row["fund_text"])
    if key in funds():
        key = funds()[key].own.get(owner, key)
        if fund_of(row["fund_text"]) != key:
            row["fund_text"] = funds()[key].id
    row["fund"] = key


def line_ids(data: pd.DataFrame) -> list[str]:
    """Keep ids that are there; make the others of region, work and time; all unique."""
    made = []
    for row in as_records(data[list(_IDENTIFYING)]):
        what = row["activity"] or row["code"]
        what = what or plain(row["activity_text"]).replace(" ", "_")
        what = what or row["indicator"] or plain(row["indicator_text"])
        when = period_key(row["year"], row["quarter"], row["month"])
        made.append(row["line_id"] or f"{row['region_code']}:{what[:_SLUG]}:{when}")
    return unique_ids(made, ())


def unique_ids(wanted: Iterable[str], taken: Iterable[str]) -> list[str]:
    """Return ids in the order given, a repeated one with ``~2``, ``~3`` behind it."""
    used = set(taken)
    # What is taken stays taken: the search for the next goes on from the last number.
    last: dict[str, int] = {}
    found = []
    for each in wanted:
        name, last[each] = _free(each, last.get(each, 1), used.__contains__)
        used.add(name)
        found.append(name)
    return found


def free_id(wanted: str, is_taken: Callable[[str], bool]) -> str:
    """Return an id, or the first of it with a number behind that is not taken."""
    name, _ = _free(wanted, 1, is_taken)
    return name


def _free(wanted: str, number: int, is_taken: Callable[[str], bool]) -> tuple[str, int]:
    """Return the first free name from a number on, and its number; 1 is bare."""
    name = wanted if number == 1 else f"{wanted}~{number}"
    while is_taken(name):
        number += 1
        name = f"{wanted}~{number}"
    return name, number
