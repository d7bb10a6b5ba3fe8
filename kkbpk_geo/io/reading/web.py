"""Web pages that are called Excel: their tables, as a spreadsheet program shows them.

Why: many office applications export "Excel" files that are HTML, often without ``html``
around it. The heading above a table (``<h3>``) is all that says which month it is.

In:     the text of a page, or of a web archive (MHTML).
Out:    grids: the lines above a table, then the table; several where the tables of a
        page begin anew with headings of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from kkbpk_geo.io.reading import grid as limits
from kkbpk_geo.io.reading.grid import Grid, check_size, make_grid
from kkbpk_geo.io.reading.text import decode

# A table may begin below a long style sheet, so all of what begins as a page is read;
# what begins as something else is one if it holds a table early (a warning of PHP
# stands before it, or the name of the office).
_EARLY = 16_384
_STYLED = 1_000_000
_TABLE = re.compile(r"<(?:html|table|!doctype html)[\s>]", re.IGNORECASE)
_ARCHIVE = re.compile(r"content-type:\s*(?:multipart/related|text/html)", re.IGNORECASE)
_SKIPPED = frozenset(["script", "style", "title", "noscript", "template", "select"])
_BREAKS = frozenset(
    ["address", "article", "blockquote", "br", "center", "dd", "div", "dl", "dt",
     "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
     "nav", "ol", "p", "pre", "section", "ul", "caption"]
)  # fmt: skip
_UNSEEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_FIGURE = re.compile(r"[-+(]?\d[\d\s.,]*\)?\s*%?")
_MOST_DEEP = 50  # tables within tables; no page of an office has more than five


def is_page(text: str) -> bool:
    """Whether a text is a web page with a table, or one without."""
    start = text[:_STYLED] if text.lstrip()[:1] == "<" else text[:_EARLY]
    return bool(_TABLE.search(start))


def is_archive(text: str) -> bool:
    """Whether a text is a web page saved as one file with its pictures (MHTML)."""
    head = text[:_EARLY]
    named = re.search(r"^mime-version:", head, re.IGNORECASE | re.MULTILINE)
    return bool(named and _ARCHIVE.search(head))


def load_page(name: str, text: str) -> list[Grid]:
    """Return the tables of a page; none where it has no table.

    Raises
    ------
    IntakeError
        If a table is beyond the limits.
    """
    reader = _Page(name)
    reader.feed(text)
    reader.close()
    return _as_grids(name, _parts(reader.finish()))


def load_archive(name: str, data: bytes) -> list[Grid]:
    """Return the tables of the pages in a web archive."""
    # Mail and its policies read no file and no network; a broken part is a broken part.
    import email
    import email.policy

    message = email.message_from_bytes(data, policy=email.policy.compat32)
    parts: list[_Part] = []
    for part in message.walk():
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        body = part.get_payload(decode=True)
        if not isinstance(body, bytes):
            continue
        reader = _Page(name)
        reader.feed(_decoded(body, part.get_content_charset()))
        reader.close()
        parts += _parts(reader.finish())
    return _as_grids(name, parts)


def _decoded(body: bytes, charset: str | None) -> str:
    try:
        return body.decode(charset) if charset else decode(body)
    except (LookupError, UnicodeDecodeError):
        return decode(body)


# --- tables as they stand -------------------------------------------------------------


@dataclass(slots=True)
class _Table:
    """A table while it is read: rows by number, spans that reach into later rows."""

    rows: list[dict[int, str]] = field(default_factory=list)
    merged: list[limits.Merged] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    taken: dict[int, int] = field(default_factory=dict)  # column -> last row of a span
    column: int = 0
    span: tuple[int, int] = (1, 1)
    cell: list[str] | None = None
    nested: bool = False  # it holds tables, and only lays them out
    cells: int = 0

    def begin_row(self, *, hidden: bool) -> None:
        self.rows.append({})
        self.column = 0
        if hidden:
            self.hidden.add(len(self.rows) - 1)

    def begin_cell(self, span: tuple[int, int]) -> None:
        if not self.rows:
            self.begin_row(hidden=False)
        here = len(self.rows) - 1
        while self.taken.get(self.column, -1) >= here:
            self.column += 1
        self.cell, self.span = [], span

    def end_cell(self) -> None:
        if self.cell is None:
            return
        row, column = len(self.rows) - 1, self.column
        down, across = self.span
        self.rows[row][column] = " ".join("".join(self.cell).split())
        last = column + across - 1
        if down > 1:
            for each in range(column, last + 1):
                self.taken[each] = row + down - 1
        if down > 1 or across > 1:
            self.merged.append(((row, column), (row + down - 1, last)))
        self.column, self.cell = last + 1, None
        self.cells = max(self.cells, self.column)


@dataclass(frozen=True, slots=True)
class _Part:
    """What one table adds: the lines of text above it, its rows, its merged ranges."""

    titles: list[str]
    rows: list[list[str]]
    merged: list[limits.Merged]
    hidden: set[int]

    @property
    def has_figures(self) -> bool:
        return any(map(_holds_figure, self.rows))

    @property
    def begins_anew(self) -> bool:
        """Whether it has headings of its own: rows, of which the first are texts."""
        return len(self.rows) > 1 and not _holds_figure(self.rows[0])


def _holds_figure(row: Sequence[str]) -> bool:
    return len(row) > 1 and any(_FIGURE.fullmatch(cell) for cell in row)


class _Page(HTMLParser):
    """Reads a page: lines of text and tables in their order."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.found: list[str | _Table] = []
        self.open: list[_Table] = []
        self.line: list[str] = []
        self.skipping = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.skipping:
            return
        if tag in _SKIPPED:
            self.skipping = tag
        elif tag == "table":
            self._begin_table()
        elif tag in ("tr", "td", "th") and self.open:
            self._begin(tag, dict(attrs))
        elif tag in _BREAKS:
            self._break()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:  # <script src="..."/> holds nothing
            return
        self.handle_starttag(tag, attrs)
        if tag in ("td", "th", "table"):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.skipping:
            if tag == self.skipping:
                self.skipping = ""
        elif tag in ("td", "th") and self.open:
            self._end_cell()
        elif tag == "table" and self.open:
            self._end_table()
        elif tag in _BREAKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if self.skipping:
            return
        cell = self.open[-1].cell if self.open else None
        (self.line if cell is None else cell).append(data)

    def finish(self) -> list[str | _Table]:
        """Return lines and tables in the order in which they end."""
        while self.open:
            self._end_table()
        self._break()
        return self.found

    def _begin_table(self) -> None:
        if len(self.open) >= _MOST_DEEP:
            return
        if self.open:
            self._lay_out(self.open[-1])
        self._break()
        self.open.append(_Table())

    def _lay_out(self, outer: _Table) -> None:
        """Take the texts of a table that holds another for lines above that one."""
        outer.nested = True
        rows = [" ".join(filter(None, row.values())) for row in outer.rows]
        self.found += [row for row in rows if row]
        outer.rows = []
        self.line.extend(outer.cell or ())
        outer.cell = None

    def _begin(self, tag: str, attrs: dict[str, str | None]) -> None:
        table = self.open[-1]
        self._end_cell()
        if tag == "tr":
            unseen = _UNSEEN.search(attrs.get("style") or "") or "hidden" in attrs
            table.begin_row(hidden=bool(unseen))
            check_size(self.name, len(table.rows), max(table.cells, 1))
            return
        span = _span(attrs.get("rowspan")), _span(attrs.get("colspan"))
        table.begin_cell(span)

    def _end_cell(self) -> None:
        table = self.open[-1]
        if table.nested:
            self.line.extend(table.cell or ())
            table.cell = None
            self._break()
        table.end_cell()

    def _end_table(self) -> None:
        self._end_cell()
        table = self.open.pop()
        self._break()
        if not table.nested:
            self.found.append(table)

    def _break(self) -> None:
        if self.open and self.open[-1].cell is not None:
            self.open[-1].cell.append(" ")
            return
        text = " ".join("".join(self.line).split())
        self.line.clear()
        if text:
            self.found.append(text)


def _span(text: str | None) -> int:
    digits = (text or "1").strip()
    wide = int(digits) if digits.isdecimal() and len(digits) < 6 else 1  # noqa: PLR2004
    return min(max(wide, 1), limits.MAX_WIDTH)


# --- from tables to grids -------------------------------------------------------------


def _parts(found: Sequence[str | _Table]) -> list[_Part]:
    """Return the tables of a page with the lines above each."""
    parts: list[_Part] = []
    titles: list[str] = []
    for each in found:
        if isinstance(each, str):
            titles.append(each)
        elif any(each.rows):
            rows = [_row(row) for row in each.rows]
            parts.append(_Part(titles, rows, each.merged, each.hidden))
            titles = []
    if titles and parts:  # what stands under the last table: sources, signatures
        parts.append(_Part([], [[line] for line in titles], [], set()))
    return parts


def _row(cells: dict[int, str]) -> list[str]:
    row = [""] * (max(cells, default=-1) + 1)
    for column, text in cells.items():
        row[column] = text
    return row


def _as_grids(name: str, parts: Sequence[_Part]) -> list[Grid]:
    """Stack the tables of a page; one with headings of its own begins a grid."""
    groups: list[list[_Part]] = []
    filled = False
    for part in parts:
        if not groups or (filled and part.begins_anew):
            groups.append([])
            filled = False
        groups[-1].append(part)
        filled = filled or part.has_figures
    if len(groups) == 1:
        return [_stacked(name, "", groups[0])]
    _share_titles(groups)
    return [_stacked(name, f"tabel {i}", group) for i, group in enumerate(groups, 1)]


def _share_titles(groups: list[list[_Part]]) -> None:
    """Let what stands over all tables stand over those without a line of their own."""
    titles = groups[0][0].titles if groups else []
    for group in groups[1:]:
        if not group[0].titles:
            group[0] = replace(group[0], titles=titles)


def _stacked(name: str, sheet: str, parts: Sequence[_Part]) -> Grid:
    rows: list[list[str]] = []
    merged: list[limits.Merged] = []
    hidden: set[int] = set()
    for part in parts:
        rows += [[line] for line in part.titles]
        top = len(rows)
        rows += part.rows
        hidden |= {top + row for row in part.hidden}
        merged += _moved(part.merged, top, len(rows) - 1)
    check_size(name, len(rows), max(map(len, rows), default=0))
    grid = make_grid(
        rows, file=name, sheet=sheet, merged=merged, notes=["web_page_read"]
    )
    return replace(grid, hidden_rows=frozenset(hidden))


def _moved(
    merged: Sequence[limits.Merged], top: int, last: int
) -> Iterator[limits.Merged]:
    for (first, left), (bottom, right) in merged:
        yield (top + first, left), (min(top + bottom, last), right)
