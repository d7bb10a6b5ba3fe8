"""Who has sent what, as a page: the newest month whole, the year as small matrices.

Why: the usual is quiet and the exception is outlined, says itself in a word, and leads
to what is to be asked. All months are read without a script.

In:     a :class:`~kkbpk_geo.submissions.grid.SubmissionGrid`. Out: HTML text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import Family, region_anchor, render_page
from kkbpk_geo.submissions.cells import STATES, Cell, Key, Stray
from kkbpk_geo.submissions.grid import SubmissionGrid
from kkbpk_geo.submissions.matrix import BOX, NAMES_END, matrices, sign
from kkbpk_geo.submissions.words import (
    Lack,
    in_order,
    lacks,
    listed,
    mark_of,
    of_period,
    period_word,
    table_word,
)

# Districts up to which earlier months show every row; of a country only exceptions.
MOST_ROWS = 60
# How the states look; each has its word as well.
LOOKS = {
    "absent": "h-absent", "two_versions": "h-versions", "unknown_name": "h-unknown",
    "refused": "dark",
}  # fmt: skip
# What the template says.
_WORDS = (
    "key", "only", "periods", "other", "head_region", "head_whole", "finding",
    "none_to_call",
)  # fmt: skip
_YEAR = 3  # months; of two the second grid says as much
# Anchors of findings that are of no district, on the page of findings.
_GENERAL, _UNPLACED = "umum", "lain"


class Box(NamedTuple):
    """A cell as it is drawn; without a look it is quiet."""

    mark: str
    look: str = ""
    table: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    boxes: Sequence[Box]
    share: str
    full: bool
    stray: bool = False


@dataclass(frozen=True, slots=True)
class _Call:
    anchor: str
    who: str
    text: str
    finding: str


@dataclass(frozen=True, slots=True)
class _Block:
    """One period: its grid, and what is to be asked."""

    anchor: str
    title: str
    short: str
    heads: Sequence[str]
    lines: Sequence[_Line]
    foot: Sequence[str]
    complete: str
    calls_title: str
    calls: Sequence[_Call]
    newest: bool
    open: bool


def submissions_html(
    grid: SubmissionGrid, language: Language = "id", *, family: Family | None = None
) -> str:
    """Lay the grid out as one page.

    Parameters
    ----------
    grid : SubmissionGrid
    language : {"id", "en"}
    family : Family, optional
        The other pages of the run.

    Returns
    -------
    str
        HTML that needs no script, network or other file.

    Examples
    --------
    >>> import kkbpk_geo as kg
    >>> from kkbpk_geo.submissions import submission_grid
    >>> rows = [["KABUPATEN", "JUMLAH BKB", "BULAN"], ["Mesuji", 4, "MEI 2025"]]
    >>> grid = submission_grid([kg.read_table(rows)])
    >>> "1 dari 15 laporan Mei 2025" in submissions_html(grid)
    True
    """

    def said(language: Language) -> dict[str, object]:
        return _Page(grid, language, family).content()

    return render_page(
        "submissions", said, language=language, marks=grid.marks, family=family
    )


class _Page:
    """The page in one language."""

    def __init__(
        self, grid: SubmissionGrid, language: Language, family: Family | None
    ) -> None:
        self.grid, self.language = grid, language
        self.lacks = lacks(grid, language)
        self.findings = _way_to_findings(family, language)
        self.anchors = _anchors(self.lacks)
        self.many = len(grid.regions) > MOST_ROWS
        self.drawn, self.undrawn = matrices(grid, language, MOST_ROWS)

    def say(self, key: str, **values: object) -> str:
        return label(f"submission_{key}", self.language).format(**values)

    def number(self, number: int) -> str:
        return format_number(number, 0, self.language)

    def share(self, sent: int, every: int) -> str:
        return self.say("share", n=self.number(sent), all=self.number(every))

    def content(self) -> dict[str, object]:
        """Return what the template asks for."""
        message, *second = self.grid.sentences(self.language)
        blocks = list(map(self.block, in_order(self.grid)))
        others = blocks[1:]
        words = {name: self.say(name) for name in _WORDS}
        year = self.drawn if self.is_year else []
        return {
            "title": self.say("title", place=self.grid.region_name),
            "message": message,
            "second": " ".join(second),
            "key": self.key(),
            "foot": self.say("foot", place=self.grid.region_name),
            "folded": not all(block.open for block in others),
            "signs": self.signs(),
            "names_end": NAMES_END,
            "blocks": blocks,
            "drawn": year,
            "year": self.year(),
            "left": self.left(self.undrawn),
            "many": self.many,
            "words": words,
        }

    def left(self, number: int) -> str:
        """Say how many districts no matrix shows."""
        return self.say("not_shown", n=self.number(number)) if number else ""

    def key(self) -> list[dict[str, str]]:
        """Return how each state looks in the grid, and what it means."""
        looks = [(LOOKS.get(state, ""), f"key_{state}") for state in STATES]
        return [{"look": look, "text": self.say(key)} for look, key in looks]

    def signs(self) -> list[dict[str, object]]:
        """Return what stands in the small matrices, and what it means."""
        return [
            {
                "text": self.say(f"key_{state}"),
                "mark": sign(state),
                "box": BOX,
                "dark": state == "refused",
            }
            for state in STATES
        ]

    @property
    def is_year(self) -> bool:
        """Whether there are months enough, and rows few enough, to see a year."""
        rows = max((len(one.names) for one in self.drawn), default=0)
        return len(self.grid.months) >= _YEAR and rows <= MOST_ROWS

    def year(self) -> str:
        """Return the heading over the matrices."""
        months = self.grid.months
        if not months:
            return ""
        ends = [period_word(p, self.language) for p in (months[0], months[-1])]
        return self.say("year", first=ends[0], last=ends[1])

    def block(self, period: str) -> _Block:
        """Lay out one period."""
        grid = self.grid
        newest = period == grid.newest
        kinds = grid.expected.get(period, ())
        counts = [self.share(*grid.count_table(kind, period)) for kind in kinds]
        sent, every = grid.count(period)
        name = period_word(period, self.language)
        calls = [one for one in enumerate(self.lacks) if one[1].period == period]
        told = [self.call(at, lack) for at, lack in calls]
        exceptions = [lack for _, lack in calls if lack.state != "whole"]
        heads = [table_word(kind, self.language) for kind in kinds]
        key = "calls" if newest else "calls_of"
        return _Block(
            anchor=f"m{period}",
            title=self.say("grid", period=of_period(period, self.language)),
            short=name[:1].upper() + name[1:],
            heads=heads,
            lines=[*self.lines(period, newest=newest), *self.strays(period)],
            foot=[*counts, self.share(sent, every)],
            complete=self.complete(period),
            calls_title=self.say(key, period=name),
            calls=told,
            newest=newest,
            # What no matrix shows is seen at once where something is with it.
            open=bool(exceptions) and not (self.is_year and period in grid.months),
        )

    def lines(self, period: str, *, newest: bool) -> list[_Line]:
        """Lay out the districts, all of them or those with an exception."""
        few = newest or not self.many
        lines = [self.line(code, period) for code in self.grid.there(period)]
        return [line for line in lines if few or not line.full]

    def line(self, code: str, period: str) -> _Line:
        row = self.grid.row(code, period)
        boxes = [self.box((code, k, period), cell) for k, cell in row.items()]
        sent = sum(cell.state == "sent" for cell in row.values())
        full = sent == len(row)
        return _Line(self.grid.regions[code], boxes, self.share(sent, len(row)), full)

    def box(self, key: Key, cell: Cell) -> Box:
        """Draw a cell."""
        if cell.state == "sent":
            return _SENT
        code, kind, period = key
        mark = mark_of(cell, self.language)
        link = self.anchors.get((period, cell.state, code, kind))
        # Of a file that is refused as a whole its own line tells, under its month.
        link = link or self.anchors.get((period, cell.state, code, ""))
        word = table_word(kind, self.language)
        return Box(mark, LOOKS[cell.state], word, link or f"hubungi-m{period}")

    def strays(self, period: str) -> list[_Line]:
        """Lay out names that nobody knows and files that are of no district."""
        found = []
        for stray in self.grid.loose(period):
            kinds = self.grid.expected.get(period, ())
            boxes = [self.stray(stray, kind, period) for kind in kinds]
            name = f"“{stray.written}”"
            found.append(_Line(name, boxes, "–", full=False, stray=True))
        return found

    def stray(self, stray: Stray, kind: str, period: str) -> Box:
        if stray.table not in (kind, ""):
            return _NOTHING
        if not stray.table and kind != self.grid.expected[period][0]:
            return _NOTHING
        mark = self.say(f"mark_{stray.state}")
        link = self.anchors.get((period, stray.state, stray.written, stray.table))
        word = table_word(stray.table, self.language)
        return Box(mark, LOOKS[stray.state], word, link or f"hubungi-m{period}")

    def complete(self, period: str) -> str:
        """Name the districts that have sent everything: on a phone they are no rows."""
        kinds = self.grid.expected.get(period, ())
        there = self.grid.there(period)
        codes = [code for code in there if self.grid.is_full(code, period)]
        full = [self.grid.regions[code] for code in codes]
        if not (full and kinds):
            return ""
        return self.say(
            "complete_many" if self.many else "complete",
            n=self.number(len(full)),
            tables=self.number(len(kinds)),
            names=listed(full, self.language),
        )

    def call(self, at: int, lack: Lack) -> _Call:
        """Say what is to be asked, with the way to its finding."""
        anchor = self.anchor_of(lack) if self.findings else ""
        finding = f"{self.findings}{anchor}" if anchor else ""
        return _Call(f"k{at + 1}", lack.who, lack.text, finding)

    def anchor_of(self, lack: Lack) -> str:
        """Return where its finding stands; of what was not sent there is none."""
        if lack.state == "two_versions":
            return region_anchor(lack.codes[0])
        if lack.found is None:
            return ""
        region = lack.found.region
        if region in self.grid.regions:
            return region_anchor(region)
        return _UNPLACED if region else _GENERAL


_SENT = Box("✓")
_NOTHING = Box("")


def _way_to_findings(family: Family | None, language: Language) -> str:
    """Return the link to the page of findings, up to an anchor; ``""`` without one."""
    ways = family.ways if family else ()
    links = family.links("submissions", language) if family else []
    for way, link in zip(ways, links, strict=True):
        if way.key == "findings":
            page = link.href.partition("#")[0]
            return f"{page}#{'en-' if language == 'en' else ''}"
    return ""


def _anchors(every: Iterable[Lack]) -> dict[tuple[str, str, str, str], str]:
    """Return (period, state, district or name, table) -> the line that tells of it."""
    found: dict[tuple[str, str, str, str], str] = {}
    for at, lack in enumerate(every):
        # A table that nobody sent is each district's cell.
        state = "absent" if lack.state == "whole" else lack.state
        names = (*lack.codes, lack.who.strip("“”"))
        for name in names:
            for table in lack.tables:
                key = (lack.period, state, name, table)
                found.setdefault(key, f"k{at + 1}")
    return found
