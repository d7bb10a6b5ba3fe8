"""Workbooks, written in one way: columns as data, looks, locks, choices, print set-up.

Why: a workbook comes back the way it was handed out. What may be typed is open and says
what it accepts, all else is locked, and no text of a table ever runs as a formula.

In:     a path, columns, and rows as mappings of their keys.
Out:    an XLSX file, the same bytes for the same content on every day; or an error that
        says why it cannot be written.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from kkbpk_geo.base.errors import PlanError
from kkbpk_geo.base.escaping import for_sheet
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.missing import is_missing
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io.filled import BLANK_DIGEST, PROPERTY, sign, write_form
from kkbpk_geo.io.saving import make_folder, write_file

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_PIXEL = 0.75  # points, as Excel counts them on a screen of 96 dots an inch
# In memory: a half-written part must not stay in the folder for temporary files.
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "in_memory": True,
}
CREATED = datetime(2000, 1, 1)  # fixed: the same bytes on every day
SHEET_NAME_LIMIT = 31  # of the file format, as are the two below
RULE_TITLE_LIMIT, RULE_TEXT_LIMIT = 32, 255
# Inches: left, right, top, bottom; and of the foot.
NARROW_MARGINS, FOOT = (0.3, 0.3, 0.4, 0.55), 0.25
A4 = 9  # the file format's number for the paper
# Number formats: text as it was typed, whole numbers, tenths, days.
AS_TEXT, WHOLE, TENTHS, DAY = "@", "#,##0", "0.0", "dd/mm/yyyy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a cell looks, and whether it is open in a sheet that is locked.

    Attributes
    ----------
    number : str
        Number format; empty for the program's own choice.
    fill, colour : str
        Behind the text and of the text, as ``#RRGGBB``.
    size : int
        Of the letters; 0 for the program's own.
    border : bool
        A cell with a border is drawn also where it is empty.
    """

    number: str = ""
    bold: bool = False
    wrap: bool = False
    top: bool = False
    border: bool = False
    fill: str = ""
    colour: str = ""
    size: int = 0
    open: bool = False

    def properties(self) -> dict[str, object]:
        """Return the look in the words of the library that writes it."""
        named = {
            "num_format": self.number,
            "bold": self.bold,
            "text_wrap": self.wrap,
            "valign": "top" if self.top else "",
            "border": int(self.border),
            "bg_color": self.fill,
            "font_color": self.colour,
            "font_size": self.size,
        }
        found: dict[str, object] = {name: said for name, said in named.items() if said}
        return {**found, "locked": not self.open}


TITLE = Look(bold=True)
NOTE = Look(top=True, wrap=True)
HEAD = Look(bold=True, border=True, fill="#DDEBF7")
GIVEN = Look(top=True, wrap=True, border=True)  # computed or stated, not to be typed
HEAD_CELL = replace(GIVEN, bold=True, fill=HEAD.fill)
SUM = replace(GIVEN, bold=True, number=WHOLE)
OPEN = replace(GIVEN, open=True, fill="#FFF9E5")  # yellow: here something is decided


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a cell accepts, and what it says while and after somebody types.

    Attributes
    ----------
    choices : sequence of str, or str
        Words to choose from, or the range of cells that holds them.
    number : {"", "integer", "decimal", "date"}
        A number from ``least`` (to ``most``), where it is no choice; days are counted
        as sheets do.
    title, text : str
        Shown beside the cell that is being filled in.
    wrong_title, wrong : str
        Shown where something else was typed.
    strict : bool
        Whether something else is refused; otherwise it is asked about.
    """

    choices: Sequence[str] | str = ()
    number: Literal["", "integer", "decimal", "date"] = ""
    least: float = 0
    most: float | None = None
    title: str = ""
    text: str = ""
    wrong_title: str = ""
    wrong: str = ""
    strict: bool = True

    def options(self) -> dict[str, Any]:
        """Return the rule in the words of the library that writes it."""
        said = {
            "input_title": self.title[:RULE_TITLE_LIMIT],
            "input_message": self.text[:RULE_TEXT_LIMIT],
            "error_title": self.wrong_title[:RULE_TITLE_LIMIT],
            "error_message": self.wrong,
        }
        words: dict[str, Any] = {name: text for name, text in said.items() if text}
        if not self.strict:
            words["error_type"] = "warning"
        return {**words, **self._accepted()}

    def _accepted(self) -> dict[str, Any]:
        if self.choices:
            return {"validate": "list", "source": self.choices}
        if not self.number:
            return {"validate": "any"}
        if self.most is None:
            return {"validate": self.number, "criteria": ">=", "value": self.least}
        return {
            "validate": self.number,
            "criteria": "between",
            "minimum": self.least,
            "maximum": self.most,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    key : str
        Of its cells in a row.
    heading : str
    width : float, optional
        As wide as the program makes it if left out; 0 hides the column.
    look : Look, optional
        Of its cells; that of the whole column if left out.
    whole : Look, optional
        Of the whole column, also where no row is.
    head : Look
        Of the heading.
    rule : Rule, optional
        What its cells accept.
    """

    key: str
    heading: str
    width: float | None = None
    look: Look | None = None
    whole: Look | None = None
    head: Look = HEAD
    rule: Rule | None = None


def columns(  # noqa: PLR0913 (each is one property of a column)
    widths: Mapping[str, float],
    prefix: str,
    language: Language,
    *,
    look: Look | None = None,
    looks: Mapping[str, Look] = MappingProxyType({}),
    whole: Look | None = None,
    head: Look = HEAD,
) -> list[Column]:
    """Return columns whose headings are labels; :func:`headings` finds them again.

    Parameters
    ----------
    widths : mapping key -> width
        In the order of the columns.
    prefix : str
        Of their labels, before the key.
    language : {"id", "en"}
    look : Look, optional
        Of the cells that ``looks`` does not name.
    looks : mapping key -> Look
    whole, head : Look
        As of a :class:`Column`.
    """
    return [
        Column(
            key=key,
            heading=label(f"{prefix}{key}", language),
            width=width,
            look=looks.get(key, look),
            whole=whole,
            head=head,
        )
        for key, width in widths.items()
    ]


class Styled(NamedTuple):
    """A cell with another look than its column has."""

    value: object
    look: Look


class Area(NamedTuple):
    """Where a table stands: the row of its headings, the row after it, its columns."""

    head: int
    end: int
    columns: int


class BookSheet:
    """One sheet of a workbook; rows and columns are counted from 0."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self._book, self._sheet = book, sheet
        self._marked = False

    # Cells.

    def put(
        self, row: int, column: int, value: object, look: Look | None = None
    ) -> None:
        """Write a number as a number, and a text as a text that is never a formula.

        What is missing or empty leaves the cell empty; with a border it is drawn.
        """
        if isinstance(value, Styled):
            value, look = value
        style = self._book.style(look)
        empty = value == "" if isinstance(value, str) else is_missing(value)
        if empty:
            if look is not None and look.border:
                self._sheet.write_blank(row, column, None, style)
        elif isinstance(value, (int, float)):
            self._sheet.write_number(row, column, value, style)
        else:
            self._sheet.write_string(row, column, str(for_sheet(value)), style)

    def put_row(
        self, row: int, cells: Iterable[object], look: Look | None = None
    ) -> None:
        """Write cells side by side."""
        for column, cell in enumerate(cells):
            self.put(row, column, cell, look)

    def put_rows(
        self, at: int, rows: Iterable[Iterable[object]], look: Look | None = None
    ) -> int:
        """Write rows one below the other; return the row after them."""
        row = at
        for cells in rows:
            self.put_row(row, cells, look)
            row += 1
        return row

    def title(self, text: str, look: Look = TITLE) -> None:
        """Write what the sheet is, into its first row."""
        self.put(0, 0, text, look)

    def mark(self, words: str) -> int:
        """Write a mark above what follows, such as that it is sample data.

        Returns
        -------
        int
            The row after it: 0 where there is nothing to say.
        """
        self._marked = bool(words)
        self.title(words)
        return int(self._marked)

    def note(
        self, row: int, text: str, last: int, *, height: float = 0, look: Look = NOTE
    ) -> None:
        """Write a text across the columns up to ``last``."""
        inert = str(for_sheet(text))
        self._sheet.merge_range(row, 0, row, last, inert, self._book.style(look))
        if height:
            self.height(row, height)

    # Tables.

    def table(
        self,
        columns: Sequence[Column],
        rows: Iterable[Mapping[Any, object]],
        *,
        at: int = 0,
        room: int = 0,
    ) -> Area:
        """Write headings, rows, widths, and what the cells accept.

        Parameters
        ----------
        columns : sequence of Column
        rows : iterable of mappings
            Cells by the key of their column; what is not there stays empty.
        at : int
            Row of the headings.
        room : int
            For how many rows there is room at least: for those that are filled in.
        """
        self.heads(columns, at=at)
        for i, column in enumerate(columns):
            self.width(i, column.width, column.whole)
        row = at
        for row, cells in enumerate(rows, at + 1):
            self.line(row, columns, cells)
        last = max(row, at + room)
        self._accept(columns, at + 1, last)
        return Area(at, last + 1, len(columns))

    def heads(self, columns: Iterable[Column], *, at: int = 0) -> None:
        """Write headings as they are: by them a column is found when it comes back."""
        for i, column in enumerate(columns):
            style = self._book.style(column.head)
            self._sheet.write_string(at, i, column.heading, style)

    def line(
        self, row: int, columns: Sequence[Column], cells: Mapping[Any, object]
    ) -> None:
        """Write one row of a table."""
        for i, column in enumerate(columns):
            self.put(row, i, cells.get(column.key), column.look)

    def _accept(self, columns: Sequence[Column], first: int, last: int) -> None:
        """Give cells their rules; neighbours with the same rule share it."""
        if last < first:
            return
        at = 0
        for rule, alike in groupby(columns, key=lambda column: column.rule):
            after = at + len(list(alike))
            if rule is not None:
                self.accept(rule, (first, at), (last, after - 1))
            at = after

    def accept(self, rule: Rule, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Let the cells between two corners accept what a rule says."""
        self._sheet.data_validation(*first, *last, rule.options())

    # The sheet as a whole.

    def width(self, column: int, width: float | None, look: Look | None = None) -> None:
        """Set the width of a column; 0 hides it."""
        hidden = {"hidden": width == 0}
        style = self._book.style(look)
        self._sheet.set_column(column, column, width or None, style, hidden)

    def widths(self, widths: Iterable[float]) -> None:
        """Set the widths of the first columns."""
        for column, width in enumerate(widths):
            self.width(column, width)

    def height(self, row: int, height: float) -> None:
        """Set the height of a row, in whole pixels of a screen."""
        # Some versions of the library round by themselves, others do not.
        self._sheet.set_row(row, round(height / _PIXEL) * _PIXEL)

    def keep_in_sight(
        self,
        area: Area,
        *,
        columns: int = 0,
        filtered: bool = False,
        printed: bool = False,
    ) -> None:
        """Keep headings, and first columns, in sight while rows are gone through.

        Parameters
        ----------
        area : Area
        columns : int
            How many columns stay.
        filtered : bool
            With a filter in the headings.
        printed : bool
            The headings again on each page, and the mark above them.
        """
        self._sheet.freeze_panes(area.head + 1, columns)
        if filtered:  # over one empty row at least, so that there is something to open
            last = max(area.end - 1, area.head + 1)
            self._sheet.autofilter(area.head, 0, last, area.columns - 1)
        if printed:
            self._sheet.repeat_rows(0 if self._marked else area.head, area.head)

    def for_print(self, *, upright: bool = False, footer: str = "") -> None:
        """Set the sheet up for A4, as wide as one page.

        Parameters
        ----------
        upright : bool
        footer : str
            In the codes of sheets, ``&A``: the name of the sheet. With one the margins
            are as narrow as printers allow.
        """
        if not upright:
            self._sheet.set_landscape()
        self._sheet.set_paper(A4)
        self._sheet.fit_to_pages(1, 0)
        if footer:
            self._sheet.set_margins(*NARROW_MARGINS)
            self._sheet.set_footer(footer, {"margin": FOOT})

    def print_only(self, last_row: int, last_column: int) -> None:
        """Print the cells up to a corner, and nothing that is beside them."""
        self._sheet.print_area(0, 0, last_row, last_column)

    def lock(self, *allowed: str) -> None:
        """Lock what is not open; ``allowed`` may be done nevertheless."""
        self._sheet.protect("", dict.fromkeys(allowed, True))


class Book:
    """A workbook that is being written.

    Attributes
    ----------
    taken : set of str
        Names that no further sheet may get, casefolded.
    """

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._styles: dict[Look, Format] = {}
        self.taken: set[str] = set()

    @classmethod
    @contextmanager
    def create(
        cls,
        path: Path,
        *,
        title: str,
        subject: str = "",
        form: bool = False,
        carried: int = 0,
    ) -> Iterator[Book]:
        """Open a workbook to write; it is saved when left.

        Parameters
        ----------
        path : Path
        title, subject : str
        form : bool
            Whether it is to be filled in: then one that was is kept beside it.
        carried : int
            How many answers of that one are in the new one.

        Raises
        ------
        OutputError
            If the file cannot be written; names it and the remedy.
        """
        import xlsxwriter

        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
            book.set_properties(
                {
                    "title": title,
                    "subject": subject,
                    "author": "kkbpk_geo",
                    "created": CREATED,
                }
            )
            if form:
                book.set_custom_property(PROPERTY, BLANK_DIGEST, "text")
            yield cls(book)
        if form:
            write_form(path, sign(buffer.getvalue()), carried=carried)
        else:
            write_file(path, buffer.getvalue())

    def sheet(self, name: str) -> BookSheet:
        """Add a sheet with a name that is known to be legal."""
        self.taken.add(name.casefold())
        return BookSheet(self, self._book.add_worksheet(name))

    def free_sheet(self, wanted: str) -> BookSheet:
        """Add a sheet with the name that is wanted, or the nearest that is free."""
        name = sheet_name(wanted, self.taken)
        return BookSheet(self, self._book.add_worksheet(name))

    def style(self, look: Look | None) -> Format | None:
        """Return the format of a look, made once; None for no look."""
        if look is None:
            return None
        if look not in self._styles:
            self._styles[look] = self._book.add_format(look.properties())
        return self._styles[look]


def workbook_path(path: str | Path, what: str) -> Path:
    """Return where a workbook goes, its folder made.

    Raises
    ------
    PlanError
        If the name does not end in ``.xlsx``; ``what`` says which workbook.
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        msg = f"{path.name}: {what} needs a name ending in .xlsx."
        raise PlanError(msg)
    make_folder(path.parent)
    return path


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a legal sheet name of at most 31 characters, and add it to ``taken``.

    Parameters
    ----------
    wanted : str
    taken : set of str
        Names in use, casefolded; changed.
    """
    base = re.sub(r"[\[\]:*?/\\\x00-\x1f]+", " ", wanted).strip(" '") or "-"
    name, number = base[:SHEET_NAME_LIMIT].strip(" '"), 1
    while name.casefold() in taken:
        number += 1
        tail = f" ({number})"
        name = base[: SHEET_NAME_LIMIT - len(tail)].strip(" '") + tail
    taken.add(name.casefold())
    return name
