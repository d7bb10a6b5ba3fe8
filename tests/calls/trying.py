"""One call, tried: it works, or is refused in a sentence; nothing else may happen.

In:     a way to call a public function, and things that a caller may hold.
Out:    :class:`Outcome` of each; a page in Markdown.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kkbpk_geo.base.errors import KkbpkGeoError

WORKS, ANOTHER = "works", "another answer"


@dataclass(frozen=True)
class Outcome:
    """What came of one call: ``works``, or the sentence of the refusal.

    ``fault``: what is wrong with it, where it is neither.
    """

    said: str
    fault: str = ""


@dataclass(frozen=True)
class Table:
    """One argument, all that may be given for it, and the calls that take it.

    Attributes
    ----------
    title, about : str
        Heading, and one sentence below it.
    given : mapping words -> thing
        The first is what the documents show: its answer is the right one for all.
    calls : mapping words -> function of the thing, whose answer can be compared
    otherwise : mapping (words, call) -> what the page says
        Of calls whose answer is another one, and is meant to be.
    """

    title: str
    about: str
    given: Mapping[str, Any]
    calls: Mapping[str, Callable[[Any], Any]]
    otherwise: Mapping[tuple[str, str], str] = field(default_factory=dict)


def try_table(table: Table) -> dict[tuple[str, str], Outcome]:
    """Return what came of each thing and call."""
    found = {}
    for name, call in table.calls.items():
        right = call(next(iter(table.given.values())))
        for words, thing in table.given.items():
            outcome = _try(call, thing, right)
            meant = table.otherwise.get((words, name))
            if meant is not None:
                surprise = "" if outcome.said == ANOTHER else outcome.said
                outcome = Outcome(meant, surprise)
            found[words, name] = outcome
    return found


def _try(call: Callable[[Any], Any], thing: Any, right: Any) -> Outcome:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # What can be read once only (an open file, a generator) is made anew.
            answer = call(thing() if callable(thing) else thing)
    except KkbpkGeoError as err:
        return Outcome(" ".join(str(err).split()))
    except Exception as err:
        fault = f"{type(err).__name__}: {err}"
        return Outcome(fault, fault)
    if answer != right:
        return Outcome(ANOTHER, f"{answer!r} instead of {right!r}")
    return Outcome(WORKS)


Outcomes = Mapping[tuple[str, str], Outcome]


def page_of(tried: Sequence[tuple[Table, Outcomes]]) -> str:
    """Return tables and what came of them as a page in Markdown."""
    parts = [INTRODUCTION]
    for table, outcomes in tried:
        parts.append(_part_of(table, outcomes))
    return "\n".join(parts)


# With these words a refusal begins.
ARGUMENTS = (
    "boundaries", "events", "frame", "groups", "neighbours", "options", "population",
    "shares", "table", "targets", "values", "weights",
)  # fmt: skip
INTRODUCTION = """\
# What may be given

Every call of these tables is tried by a test (`tests/test_calls.py`), which also
writes this page (`make calls`). *works*: the answer is the same as that of the first
row. A number: the call is refused, in the sentence below the table (… is the argument).
Nothing else happens.

Wherever a frame may be given, it may be one of polars, pyarrow, DuckDB or any other
library that hands on an Arrow stream; no extra is needed. Names of regions are matched
exactly or by a recorded alias, never by likeness.
"""


def _part_of(table: Table, outcomes: Outcomes) -> str:
    sentences: dict[str, int] = {}
    rows = []
    for words in table.given:
        cells = []
        for name in table.calls:
            said = outcomes[words, name].said
            if said not in (WORKS, *table.otherwise.values()):
                said = _without_argument(said)
                said = f"[{sentences.setdefault(said, len(sentences) + 1)}]"
            cells.append(said)
        rows.append(f"| {words} | {' | '.join(cells)} |")
    head = f"| | {' | '.join(f'`{name}`' for name in table.calls)} |"
    line = "|---" * (len(table.calls) + 1) + "|"
    notes = [f"{number}. {_plain(said)}" for said, number in sentences.items()]
    parts = [f"## {table.title}\n"]
    if table.about:
        parts.append(f"{table.about}\n")
    parts.append("\n".join([head, line, *rows]))
    if notes:
        parts.append("\n" + "\n".join(notes))
    return "\n".join(parts) + "\n"


def _without_argument(sentence: str) -> str:
    """Return a sentence without the name of the argument, which the column says."""
    return re.sub(rf"^({'|'.join(ARGUMENTS)})\b", "…", sentence)


def _plain(sentence: str) -> str:
    """Return a sentence that Markdown shows as it is."""
    for mark in "\\*_[]<>|":
        sentence = sentence.replace(mark, f"\\{mark}")
    return sentence
