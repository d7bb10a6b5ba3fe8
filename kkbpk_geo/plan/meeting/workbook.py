"""The workbook of the meeting: the agenda, a sheet per district, choices from lists.

Why: a meeting decides in a spreadsheet on a projector. What the plans say is locked;
only the decision, another value and the reason can be typed, and what is typed is read
back by :func:`~kkbpk_geo.plan.decide.resolve.resolve`, on whichever sheet it stands.

In:     an :class:`~kkbpk_geo.plan.alignment.Alignment`. Out: an XLSX file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.base.text import as_text, fold_words
from kkbpk_geo.base.words import LANGUAGES
from kkbpk_geo.catalogue.labels import label, marked
from kkbpk_geo.io import (
    AS_TEXT,
    GIVEN,
    HEAD_CELL,
    OPEN,
    TENTHS,
    WHOLE,
    Book,
    BookSheet,
    Column,
    Rule,
    Styled,
    as_records,
    columns,
    forced,
    plain,
    workbook_path,
)
from kkbpk_geo.plan.align.alignment import Alignment
from kkbpk_geo.plan.align.matching import VOICES
from kkbpk_geo.plan.decide.choices import (
    ABOUT,
    answers_in,
    choice_words,
    choices_of,
)
from kkbpk_geo.plan.meeting.agenda import (
    budget_known,
    in_agenda_order,
    side_lines,
    voices_of,
)

if TYPE_CHECKING:
    import pandas as pd

# Column of a district's sheet -> width; the last one, the id, is hidden.
WIDTHS = {
    "number": 6, "kind": 24, "work": 34, "period": 14, "field": 14, "base": 24,
    "province": 28, "district": 28, "proposal": 14, "rupiah": 16, "note": 36,
    "choice": 18, "value": 18, "why": 36, "decision_id": 0,
}  # fmt: skip
# The same of the agenda, with where, and with what either side pays; narrow, so that
# a sheet of paper still holds them in 7 points.
AGENDA_WIDTHS = {
    "number": 4, "region": 14, "kind": 17, "work": 22, "period": 10, "field": 10,
    "base": 14, "province": 18, "province_rupiah": 13, "district": 18,
    "district_rupiah": 13, "rupiah": 13, "proposal": 12, "choice": 14, "value": 11,
    "why": 18, "decision_id": 0,
}  # fmt: skip
_TEXT = replace(OPEN, number=AS_TEXT)
_MONEY = replace(GIVEN, number=WHOLE)
LOOKS = {
    "rupiah": _MONEY, "province_rupiah": _MONEY, "district_rupiah": _MONEY,
    "choice": OPEN, "value": _TEXT, "why": _TEXT,
}  # fmt: skip
SHOWN = (
    "status", "lines", "agreed", "aligned_share", "decisions", "conflicts",
    "double_funding", "need_without_activity", "unfunded_need",
)  # fmt: skip
# What was typed into a row, as it was typed.
_Answer: TypeAlias = Mapping[str, Any]
# Decisions on the agenda's sheet: more than any meeting takes, and a sheet that opens.
MOST_ON_AGENDA = 1000
HEAD_ROW = 2  # of a district's sheet, below its title and the instructions
# Heights for the lines that a text takes in a row that is one page wide.
_SUMMARY_HEIGHT, _MORE_HEIGHT, _HOW_HEIGHT = 62, 30, 48


def write_meeting_workbook(
    alignment: Alignment,
    path: str | Path,
    *,
    decisions: pd.DataFrame | None = None,
    title: str = "",
) -> Path:
    """Write the workbook in which a meeting takes its decisions.

    Parameters
    ----------
    alignment : Alignment
    path : str or Path
        A name ending in ``.xlsx``. One that was filled in is kept beside it, and its
        answers stand in the new one where the same is asked again.
    decisions : DataFrame, optional
        Rows of ``alignment.table``: those still open, say. All of them if left out.
    title : str, optional

    Returns
    -------
    Path
        The file. The same comparison gives the same bytes.

    Raises
    ------
    PlanError
        If the path does not end in ``.xlsx``.
    IntakeError
        If it cannot be written.
    """
    path = workbook_path(path, "the meeting's workbook")
    table = alignment.table if decisions is None else decisions
    language, marks = alignment.language, alignment.marks
    shown = marked(title or label("meeting_title", language), marks, language)
    before = {} if forced() or not path.exists() else answers_in(path)
    answers = _still_apply(before, alignment)
    carried = len(answers.keys() & set(table["decision_id"]))
    with Book.create(path, title=shown, form=True, carried=carried) as book:
        _Writer(book, alignment, table, answers).write(shown)
    return path


def _still_apply(
    answers: Mapping[str, Sequence[_Answer]], alignment: Alignment
) -> dict[str, list[_Answer]]:
    """Return the answers to questions that are asked again in the same words.

    "As the province says" is another answer once the province says something else.
    """
    if not answers:
        return {}
    # The workbook may have been written in the other language.
    tables = [as_records(alignment.in_language(x).table) for x in LANGUAGES]
    found: dict[str, list[_Answer]] = {}
    for row in chain.from_iterable(tables):
        key = str(row["decision_id"])
        for answer in answers.get(key, ()):
            if all(plain(answer.get(name, "")) == as_text(row[name]) for name in ABOUT):
                found.setdefault(key, []).append(answer)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Writer:
    """One workbook being written."""

    book: Book
    alignment: Alignment
    table: pd.DataFrame
    answers: Mapping[str, Sequence[_Answer]]

    @property
    def language(self) -> Language:
        """Language of headings and choices; both languages are read back."""
        return self.alignment.language

    def say(self, key: str) -> str:
        """Return a word of the meeting pack."""
        return label(f"meeting_{key}", self.language)

    def write(self, title: str) -> None:
        """Write the agenda, the summary, the province's sheet, and one per district."""
        self._agenda(title)
        self._summary(title)
        regions = self.alignment.regions
        here = set(self.table["region_code"])
        codes = sorted(here - set(regions.index))  # the province's own lines
        codes += [
            str(code)
            for code, lines in regions["lines"].fillna(0).items()
            if lines or code in here
        ]
        for code in codes:
            rows = self.table[self.table["region_code"] == code]
            name = regions["name"].get(code) or self.say("province_sheet")
            self._district(self.book.free_sheet(f"{code} {name}"), str(name), rows)

    def _columns(self, widths: Mapping[str, float]) -> list[Column]:
        return columns(
            widths, "meeting_", self.language, look=GIVEN, looks=LOOKS, head=HEAD_CELL
        )

    def _summary(self, title: str) -> None:
        sheet = self.book.sheet(self.say("summary"))
        widths = {"region": 30, **dict.fromkeys(SHOWN, 14)}
        cells = self._columns(widths)
        text = [self.alignment.summary(self.language)]
        text += self.alignment.absence(self.language)
        height = _SUMMARY_HEIGHT + _MORE_HEIGHT * len(text)
        sheet.title(title)
        sheet.note(1, "\n".join(text), len(SHOWN), height=height)
        sheet.note(2, self.say("how"), len(SHOWN), height=_HOW_HEIGHT)
        rows = []
        for code, line in self.alignment.regions.iterrows():
            known = {name: self._summed(name, line[name]) for name in SHOWN}
            rows.append({"region": f"{code} {line['name']}", **known})
        sheet.keep_in_sight(sheet.table(cells, rows, at=4), columns=1)
        sheet.for_print()
        sheet.lock("format_columns")

    def _summed(self, name: str, value: Any) -> object:  # noqa: ANN401
        """Return a cell of the summary; a dash where nothing is known."""
        if name == "status":
            return label(f"align_kind_{value}", self.language) if value else ""
        if is_missing(value):
            return "–"
        if name == "aligned_share":
            return Styled(float(value), replace(GIVEN, number=TENTHS))
        return float(value)

    def _agenda(self, title: str) -> None:
        """Write what is to be decided, in the order of the page."""
        name = self.say("agenda")
        every = in_agenda_order(self.table)
        # What was answered here stays here; the rest stands with the districts.
        kept = set(every["decision_id"].head(MOST_ON_AGENDA)) | self._answered()
        due = every[every["decision_id"].isin(kept)]
        voices = voices_of(self.alignment)
        rows = []
        for decision in as_records(due):
            paid = {}
            for side in VOICES:
                lines = side_lines(voices, decision["decision_id"], side)
                cost = budget_known(lines)
                paid[f"{side}_rupiah"] = "" if cost is None else cost
            rows.append({**decision, **paid})
        sheet = self.book.sheet(name)
        sheet.title(title)
        self._decisions(sheet, rows, AGENDA_WIDTHS, agenda=True)
        if left := len(every) - len(due):
            count = format_number(left, 0, self.language)
            sheet.put(1, 0, self.say("how_left").format(count=count))

    def _answered(self) -> set[str]:
        """Return the decisions that were answered on the sheet of the agenda."""
        name = self.say("agenda")
        found = set()
        for key, answers in self.answers.items():
            if name in [given.get("sheet") for given in answers]:
                found.add(key)
        return found

    def _district(self, sheet: BookSheet, region: str, rows: pd.DataFrame) -> None:
        sheet.title(marked(region, self.alignment.marks, self.language))
        self._decisions(sheet, as_records(rows), WIDTHS)

    def _decisions(
        self,
        sheet: BookSheet,
        decisions: Sequence[Mapping[Any, Any]],
        widths: Mapping[str, float],
        *,
        agenda: bool = False,
    ) -> None:
        """Write decisions below the title of a sheet, each with the choices it has."""
        cells = self._columns(widths)
        sheet.put(1, 0, self.say("how_short" if decisions else "nothing"))
        lines = (self._cells(i, each, agenda) for i, each in enumerate(decisions, 1))
        area = sheet.table(cells, lines, at=HEAD_ROW)
        for row, decision in enumerate(decisions, HEAD_ROW + 1):
            cell = (row, list(widths).index("choice"))
            sheet.accept(self._choices(str(decision["decision_id"])), cell, cell)
        sheet.keep_in_sight(area, columns=3, filtered=True, printed=True)
        sheet.for_print()
        sheet.lock("format_columns", "format_rows", "autofilter")

    def _cells(
        self, number: int, decision: Mapping[Any, Any], agenda: bool
    ) -> dict[Any, object]:
        """Return a decision in words; what is decided is for the meeting to write."""
        proposal = decision["proposal"]
        answer: _Answer = {}
        # An answer stays on the sheet that it was written on; two that differ stay two.
        for given in self.answers.get(str(decision["decision_id"]), ()):
            if (given.get("sheet") == self.say("agenda")) is agenda:
                answer = given
        said = fold_words(str(answer.get("choice", "")))
        choice = choice_words().get(said)
        decided = label(f"choice_{choice}", self.language) if choice else ""
        return {
            **decision,
            "number": number,
            "kind": label(f"align_kind_{decision['kind']}", self.language),
            "field": label(f"align_field_{decision['field']}", self.language),
            "proposal": label(f"choice_{proposal}", self.language) if proposal else "",
            "rupiah": int(decision["rupiah"]) or "",
            "choice": decided,
            "value": answer.get("value", ""),
            "why": plain(answer.get("why", "")),
        }

    def _choices(self, decision_id: str) -> Rule:
        """Return the choices that fit a decision."""
        field = decision_id.rpartition("|")[2]
        about = field if field in ("note", "line") else "field"
        return Rule(
            choices=[
                label(f"choice_{key}", self.language) for key in choices_of(decision_id)
            ],
            title=self.say("choice"),
            text=self.say(f"help_{about}"),
            wrong_title=self.say("choice"),
            wrong=label("template_bad_choice", self.language),
        )
