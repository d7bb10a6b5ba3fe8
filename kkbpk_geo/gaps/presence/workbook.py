"""The presence matrix as a workbook: a summary, each kecamatan, a sheet per kabupaten.

Why: a kabupaten gets its own sheet back and filters it; the colours are the page's, so
that nobody has to learn them twice.

In:     a :class:`~kkbpk_geo.gaps.presence.matrix.PresenceMatrix`.
Out:    an XLSX file; every number is a number, and what is not known is a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.catalogue.labels import label, mark_words
from kkbpk_geo.gaps.presence.kinds import presence_states
from kkbpk_geo.gaps.presence.matrix import (
    FIVE_KINDS,
    HAS,
    NONE,
    PresenceMatrix,
    by_code,
)
from kkbpk_geo.io import (
    AS_TEXT,
    GIVEN,
    HEAD_CELL,
    NOTE,
    WHOLE,
    Book,
    Column,
    Look,
    Styled,
    as_records,
    columns,
    workbook_path,
)

_TEXT, _COUNT = replace(GIVEN, number=AS_TEXT), replace(GIVEN, number=WHOLE)
# White on what is as dark as a refusal.
_DARK = "#4F5D68"
_NARROW = 11.0
_VILLAGE = "villages_without"  # the key of the heading over names of villages
_WIDTHS = {"district": 26, "subdistrict": 26, _VILLAGE: 26, "code": 15,
           "of_five": _NARROW, "five": 15}  # fmt: skip
# What is asked for stands first.
_FIVE_ORDER = ("none", "some", "all", "unknown")
_NOTE_HEIGHT = 36  # of two lines across the summary


def write_presence_workbook(
    matrix: PresenceMatrix, path: str | Path, *, language: Language = "id"
) -> Path:
    """Write a presence matrix as a workbook to filter, print and send.

    Parameters
    ----------
    matrix : PresenceMatrix
    path : str or Path
        A name ending in ``.xlsx``; replaced if it exists.
    language : {"id", "en"}

    Returns
    -------
    Path
        The file. The same matrix gives the same bytes.

    Raises
    ------
    PlanError
        If the path does not end in ``.xlsx``.
    OutputError
        If it cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> import kkbpk_geo as kg
    >>> rows = {"KABUPATEN": "PRINGSEWU", "KECAMATAN": "GADING REJO",
    ...         "KELURAHAN": ["WONODADI", "TEGALSARI"], "JUMLAH BKB": [2, 0]}
    >>> matrix = kg.gaps.presence_matrix(kg.read_table(pd.DataFrame(rows), year=2025))
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_presence_workbook(matrix, folder / "keberadaan.xlsx").name
    'keberadaan.xlsx'
    """
    path = workbook_path(path, "the presence matrix")
    with Book.create(path, title=matrix.title(language)) as book:
        sheets = _Sheets(book, matrix, language)
        sheets.summary()
        sheets.lacking()
        sheets.subdistricts()
        for code, name in matrix.names().items():
            sheets.district(code, name)
    return path


@dataclass(frozen=True, slots=True)
class _Sheets:
    """Sheets of one workbook, in one style."""

    book: Book
    matrix: PresenceMatrix
    language: Language

    def say(self, key: str) -> str:
        return label(f"presence_{key}", self.language)

    @property
    def mark(self) -> str:
        return mark_words(self.matrix.marks, self.language)

    def summary(self) -> None:
        """Write the answer, each kabupaten in numbers, and what the colours mean."""
        sheet = self.book.sheet(self.say("sheet_summary"))
        row = sheet.mark(self.mark)
        sheet.put(row, 0, self.matrix.title(self.language), Look(bold=True, size=14))
        shown = self._counted("district")
        last = len(shown) - 1
        for said in self.matrix.sentences(self.language):
            row += 1
            sheet.note(row, said, last, height=_NOTE_HEIGHT)
        names = self.matrix.names()
        counts = by_code(self.matrix.counts())
        rows = [{"district": names[code], **row} for code, row in counts.items()]
        whole = as_records(self.matrix.counts("provinsi"))
        rows += [{"district": self.say("all"), **each} for each in whole]
        area = sheet.table(shown, rows, at=row + 2)
        row = area.end + 1
        for key, state in presence_states().items():
            sheet.put(row, 0, state.name(self.language), _look(key))
            row += 1
        sheet.put(row, 0, label("presence_sources", self.language).format(
            files=", ".join(self.matrix.sources)), NOTE)  # fmt: skip
        sheet.for_print()
        sheet.print_only(row, last)

    def lacking(self) -> None:
        """Write the villages that have none of the five groups."""
        found = self.matrix.without_any()
        names = self.matrix.names()
        shown = self._fixed("district", "subdistrict", _VILLAGE, "code")
        rows = [
            {
                **row, "code": code, "district": names[row["district_code"]],
                _VILLAGE: row["name"],
            }
            for code, row in by_code(found).items()
        ]  # fmt: skip
        self._table(self.say("sheet_lacking"), shown, rows)

    def subdistricts(self) -> None:
        """Write each kecamatan in numbers."""
        shown = self._counted("district", "subdistrict")
        own = self.matrix.names("kecamatan")
        places = as_records(self.matrix.villages)
        district = {row["subdistrict_code"]: row["district_code"] for row in places}
        names = self.matrix.names()
        rows = [
            {"district": names[district[code]], "subdistrict": own[code], **row}
            for code, row in by_code(self.matrix.counts("kecamatan")).items()
        ]
        self._table(self.say("sheet_subdistricts"), shown, rows, held=2)

    def district(self, code: str, name: str) -> None:
        """Write the matrix of one kabupaten."""
        shown = self._fixed("subdistrict", _VILLAGE, "code", "of_five", "five")
        shown += [
            Column(key=kind.key, heading=kind.short(self.language), width=_NARROW,
                   head=HEAD_CELL)
            for kind in self.matrix.kinds
        ]  # fmt: skip
        self._table(name, shown, self._villages(code), held=2)

    def _fixed(self, *keys: str) -> list[Column]:
        """Return columns that every matrix has."""
        return columns(
            {key: _WIDTHS[key] for key in keys},
            "presence_",
            self.language,
            look=_TEXT,
            looks={"of_five": _COUNT},
            head=HEAD_CELL,
        )

    def _counted(self, *names: str) -> list[Column]:
        """Return columns of names, of the five groups, and of each kind."""
        numbers = {"villages": self.say("villages")}
        numbers |= {f"five_{s}": self.say(f"five_{s}") for s in _FIVE_ORDER}
        for kind in self.matrix.kinds:
            short = kind.short(self.language)
            numbers[f"{kind.key}_has"] = short
            unknown = f"{short}: {self.say('five_unknown').lower()}"
            # Where every village is known, a column of zeros says nothing.
            if self.matrix.counts("provinsi")[f"{kind.key}_unknown"].any():
                numbers[f"{kind.key}_unknown"] = unknown
        return self._fixed(*names) + [
            Column(key=key, heading=text, width=_NARROW, head=HEAD_CELL, look=_COUNT)
            for key, text in numbers.items()
        ]

    def _villages(self, district: str) -> Iterator[dict[str, object]]:
        matrix = self.matrix
        here = matrix.villages["district_code"].eq(district)
        own = [key for key in FIVE_KINDS if key in matrix.states]
        states, numbers = by_code(matrix.states[here]), by_code(matrix.numbers[here])
        five_of = matrix.five[here].tolist()
        rows = by_code(matrix.villages[here])
        for (code, row), five in zip(rows.items(), five_of, strict=True):
            cells = {
                key: self._cell(state, numbers[code][key])
                for key, state in states[code].items()
            }
            has = sum(states[code][key] == HAS for key in own)
            word = Styled(self.say(f"five_{five}"), _FIVE_LOOKS.get(five, _TEXT))
            name = row["name"] if row["listed"] else f"{row['name']} *"
            yield {
                **row, _VILLAGE: name, "code": code, "of_five": has, "five": word,
                **cells,
            }  # fmt: skip

    def _cell(self, state: str, number: Any) -> Styled:  # noqa: ANN401
        if state == NONE:
            return Styled(0, _look(state))
        if state == HAS and not is_missing(number) and number > 0:
            return Styled(int(number), _look(state))
        known = presence_states()[state]
        word = known.sign if state == HAS else known.name(self.language)
        return Styled(word, _look(state))

    def _table(
        self,
        name: str,
        shown: Sequence[Column],
        rows: Iterable[Mapping[str, object]],
        held: int = 0,
    ) -> None:
        """Write a sheet of one table under the mark."""
        sheet = self.book.free_sheet(name)
        area = sheet.table(shown, rows, at=sheet.mark(self.mark))
        sheet.keep_in_sight(area, columns=held, filtered=True, printed=True)
        sheet.for_print()
        sheet.print_only(area.end - 1, len(shown) - 1)


def _look(state: str) -> Look:
    fill = presence_states()[state].fill
    return replace(GIVEN, fill=fill, colour="#FFFFFF" if fill == _DARK else "")


_FIVE_LOOKS = {"none": replace(_TEXT, fill="#75220F", colour="#FFFFFF", bold=True)}
