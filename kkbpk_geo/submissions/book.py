"""Who has sent what, as files: the page, and a workbook to work through and print.

Why: calls are made from a list; who was called, and when, is written beside it.

In:     a :class:`~kkbpk_geo.submissions.grid.SubmissionGrid`.
Out:    ``laporan-masuk.html`` and ``laporan-masuk.xlsx``: whom to contact, then a sheet
        for each month, the newest first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label, mark_words
from kkbpk_geo.io import (
    AS_TEXT,
    GIVEN,
    HEAD_CELL,
    SUM,
    Book,
    BookSheet,
    Column,
    Family,
    Look,
    Styled,
    columns,
    workbook_path,
    write_text,
    writing,
)
from kkbpk_geo.submissions.cells import STATES, Cell
from kkbpk_geo.submissions.grid import SubmissionGrid
from kkbpk_geo.submissions.page import submissions_html
from kkbpk_geo.submissions.words import (
    in_order,
    lacks,
    mark_of,
    period_word,
    table_word,
)

PAGE, BOOK = "laporan-masuk.html", "laporan-masuk.xlsx"
_TEXT = replace(GIVEN, number=AS_TEXT)
# Quiet where all is well; the exception is bold, and says itself in a word.
_LOOKS = {
    "sent": replace(_TEXT, colour="#1D5F4A"),
    "absent": replace(_TEXT, bold=True, fill="#E4E8EA"),
    "two_versions": replace(_TEXT, bold=True, fill="#C9D1D6"),
    "unknown_name": replace(_TEXT, bold=True, fill="#E4E8EA"),
    "refused": replace(_TEXT, bold=True, fill="#1D2A33", colour="#FFFFFF"),
}
_TITLE = Look(bold=True, size=14)
_WIDTHS = {"period": 16, "who": 24, "state": 13, "text": 62, "done": 17}
_NAME, _MARK, _SHARE = 26, 11, 12
_NOTE_HEIGHT = 36  # pixels, of two lines


def write_submissions(
    grid: SubmissionGrid,
    folder: str | Path,
    language: Language = "id",
    *,
    family: Family | None = None,
) -> list[Path]:
    """Write page and workbook into a folder.

    Parameters
    ----------
    grid : SubmissionGrid
    folder : str or Path
    language : {"id", "en"}
    family : Family, optional
        The other pages of the run.

    Returns
    -------
    list of Path
        ``laporan-masuk.html`` and ``laporan-masuk.xlsx``. The same grid gives the same
        bytes.

    Raises
    ------
    OutputError
        If one cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import kkbpk_geo as kg
    >>> from kkbpk_geo.submissions import submission_grid
    >>> rows = [["KABUPATEN", "JUMLAH BKB", "BULAN"], ["Mesuji", 4, "MEI 2025"]]
    >>> grid = submission_grid([kg.read_table(rows)])
    >>> [path.name for path in write_submissions(grid, tempfile.mkdtemp())]
    ['laporan-masuk.html', 'laporan-masuk.xlsx']
    """
    target = Path(folder)
    with writing(target):
        page = submissions_html(grid, language, family=family)
        return [
            write_text(target / PAGE, page),
            write_submission_book(grid, target / BOOK, language),
        ]


def write_submission_book(
    grid: SubmissionGrid, path: str | Path, language: Language = "id"
) -> Path:
    """Write the workbook: whom to contact, then a sheet for each period.

    Raises
    ------
    PlanError
        If the path does not end in ``.xlsx``.
    OutputError
        If it cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import kkbpk_geo as kg
    >>> from kkbpk_geo.submissions import submission_grid
    >>> rows = [["KABUPATEN", "JUMLAH BKB", "BULAN"], ["Mesuji", 4, "MEI 2025"]]
    >>> grid = submission_grid([kg.read_table(rows)])
    >>> write_submission_book(grid, Path(tempfile.mkdtemp()) / "a.xlsx").name
    'a.xlsx'
    """
    path = workbook_path(path, "who has sent what")
    title = label("submission_title", language).format(place=grid.region_name)
    with Book.create(path, title=title) as book:
        sheets = _Sheets(book, grid, language)
        sheets.calls()
        for period in in_order(grid):
            if period in grid.expected:
                sheets.period(period)
    return path


class _Sheets:
    """The sheets of one workbook."""

    def __init__(self, book: Book, grid: SubmissionGrid, language: Language) -> None:
        self.book, self.grid, self.language = book, grid, language
        self.mark = mark_words(grid.marks, language)

    def say(self, key: str) -> str:
        return label(f"submission_{key}", self.language)

    def head(self, period: str = "") -> str:
        """Return what stands over a sheet: by it the program knows its own work."""
        title = self.say("title").format(place=self.grid.region_name)
        return " · ".join(filter(None, (title, period, "kkbpk_geo")))

    def calls(self) -> None:
        """Write the answer, and whom to contact, with room for when it was done."""
        sheet = self.book.sheet(self.say("sheet"))
        row = sheet.mark(self.mark)
        sheet.put(row, 0, self.head(), _TITLE)
        last = len(_WIDTHS) - 1
        for said in self.grid.sentences(self.language):
            row += 1
            sheet.note(row, said, last, height=_NOTE_HEIGHT)
        rows = [
            {
                "period": period_word(one.period, self.language),
                "who": one.who,
                "state": self.say(f"mark_{_state_of(one.state)}"),
                "text": one.text,
                "done": "",
            }
            for one in lacks(self.grid, self.language)
        ]
        shown = columns(_WIDTHS, "submission_column_", self.language, look=_TEXT)
        area = sheet.table(shown, rows, at=row + 2)
        sheet.keep_in_sight(area, printed=True)
        sheet.for_print()

    def period(self, period: str) -> None:
        """Write one period: districts, tables, how much of each is in."""
        kinds = self.grid.expected[period]
        name = period_word(period, self.language)
        sheet = self.book.free_sheet(name[:1].upper() + name[1:])
        row = sheet.mark(self.mark)
        sheet.put(row, 0, self.head(name), _TITLE)
        widths = {"name": _NAME, **dict.fromkeys(kinds, _MARK), "share": _SHARE}
        heads = [table_word(kind, self.language) for kind in kinds]
        names = [self.say("head_region"), *heads, self.say("head_whole")]
        shown = [
            Column(key=key, heading=head, width=width, look=_TEXT, head=HEAD_CELL)
            for (key, width), head in zip(widths.items(), names, strict=True)
        ]
        area = sheet.table(shown, self.rows(period), at=row + 1)
        self.legend(sheet, area.end + 1)
        sheet.keep_in_sight(area, columns=1, printed=True)
        sheet.for_print()

    def legend(self, sheet: BookSheet, row: int) -> None:
        """Say what the marks mean, below the table."""
        for at, state in enumerate(STATES):
            sheet.put(row + at, 0, self.say(f"mark_{state}"), _LOOKS[state])
            sheet.put(row + at, 1, self.say(f"key_{state}"))

    def rows(self, period: str) -> Iterator[dict[str, object]]:
        """Yield the rows of a period: districts, strays, how much is in."""
        for code, name in self.grid.there(period).items():
            row = self.grid.row(code, period)
            marks = {kind: self.cell(cell) for kind, cell in row.items()}
            sent = sum(cell.state == "sent" for cell in row.values())
            yield {"name": name, **marks, "share": self.share(sent, len(row))}
        for stray in self.grid.loose(period):
            mark = Styled(self.say(f"mark_{stray.state}"), _LOOKS[stray.state])
            at = stray.table if stray.table in self.grid.expected[period] else "share"
            yield {"name": f"“{stray.written}”", at: mark}
        foot = self.say("foot").format(place=self.grid.region_name)
        kinds = self.grid.expected[period]
        count = self.grid.count_table
        counts = {kind: self.share(*count(kind, period)) for kind in kinds}
        whole = self.share(*self.grid.count(period))
        cells = {"name": foot, **counts, "share": whole}
        yield {key: Styled(text, SUM) for key, text in cells.items()}

    def cell(self, cell: Cell) -> Styled:
        return Styled(mark_of(cell, self.language), _LOOKS[cell.state])

    def share(self, sent: int, every: int) -> str:
        return self.say("share").format(n=sent, all=every)


def _state_of(state: str) -> str:
    return "absent" if state == "whole" else state
