"""The grid in sentences: how many reports are in, who is to be asked, and for what.

Why: what is missing is a call to an office. A sentence says who, what and when, what
happened to it, and what to ask for.

In:     a :class:`~kkbpk_geo.submissions.cells.CellGrid`. Out: texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.periods import format_period
from kkbpk_geo.catalogue.labels import has_label, label
from kkbpk_geo.catalogue.programme import groups
from kkbpk_geo.catalogue.tables import table_kinds
from kkbpk_geo.findings import Finding, finding_sentence, remedy_text
from kkbpk_geo.submissions.cells import Cell, CellGrid, Stray, is_month
from kkbpk_geo.submissions.evidence import NO_TIME

# Parts of the second line: more is read in the list below it.
_PARTS = 3
_CANDIDATES = 4  # districts that are named as possible; more are anybody
_NAMED = 4  # districts, tables or files that a sentence names; of more, how many
_ALIKE = ("bkb_families",)  # of a group that has another report, too


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """One thing to ask for.

    Attributes
    ----------
    period : str
        That it is listed under.
    state : str
        A state, or ``"whole"`` where no district sent a table.
    who : str
        District, name as written, or file.
    text : str
        What happened, and what to ask for.
    codes : tuple of str
        Districts that it is about, as far as known.
    tables : tuple of str
    found : Finding, optional
        That tells why something is refused.
    """

    period: str
    state: str
    who: str
    text: str
    codes: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    found: Finding | None = None

    @property
    def sentence(self) -> str:
        """Who and what in one line."""
        return f"{self.who}: {self.text}"


def table_word(kind: str, language: Language) -> str:
    """Return the short name of a kind of table; ``""`` is one that is not known."""
    known = table_kinds().get(kind)
    if known and known.group and kind not in _ALIKE:
        return groups()[known.group].short
    return label(f"submission_table_{kind}", language)


def mark_of(cell: Cell, language: Language) -> str:
    """Return what stands in the box of a cell."""
    key: str = cell.state
    if cell.state == "absent" and cell.rows > 0:
        key = "blank"
    elif cell.reason in ("undated", "timeless", "other_time"):
        key = "time"
    return label(f"submission_mark_{key}", language)


def tables_word(kinds: Sequence[str], language: Language) -> str:
    """Name several tables; of many, how many they are."""
    kinds = list(dict.fromkeys(kinds))
    if len(kinds) > _NAMED:
        number = format_number(len(kinds), 0, language)
        return label("submission_tables", language).format(n=number)
    return listed([table_word(kind, language) for kind in kinds], language)


def period_word(period: str, language: Language) -> str:
    """Return a period as it is read; what has none says so."""
    if not period:
        return label("submission_undated", language)
    return format_period(period, language)


def of_period(period: str, language: Language) -> str:
    """Return a period as it follows what is of it: ``of November 2025``."""
    said = period_word(period, language)
    if not period:
        return said
    return label("submission_of", language).format(period=said)


def listed(words: Iterable[str], language: Language, joint: str = "and") -> str:
    """Return words as a list: ``BKB, BKR dan PUS``."""
    *most, last = words
    if not most:
        return last
    return ", ".join(most) + label(f"submission_{joint}", language) + last


def say_grid(grid: CellGrid, language: Language) -> list[str]:
    """Return the answer in a sentence, and the line below it."""
    if not grid.cells:
        return [label("submission_nothing", language), *_second(grid, language)]
    period = grid.newest
    sent, every = grid.count(period)
    call = len(grid.to_call(period))
    key = "submission_all_in" if sent == every else "submission_some_in"
    key = "submission_to_call" if call else key
    said = label(key, language).format(
        n=format_number(sent, 0, language),
        all=format_number(every, 0, language),
        call=format_number(call, 0, language),
        period=of_period(period, language),
    )
    return [said, *_second(grid, language)]


def _second(grid: CellGrid, language: Language) -> list[str]:
    parts = list(_parts(grid, language))
    said = []
    if parts:
        over = len(parts) - _PARTS
        shown = parts[:_PARTS]
        if over > 0:
            more = label("submission_part_more", language)
            shown.append(more.format(n=format_number(over, 0, language)))
        text = ", ".join(shown)
        said.append(f"{text[0].upper()}{text[1:]}.")
    if earlier := _earlier(grid):
        text = label("submission_earlier", language)
        said.append(text.format(n=format_number(earlier, 0, language)))
    return [" ".join(said)] if said else []


def _earlier(grid: CellGrid) -> int:
    """Count the reports of all other periods that are not in, or not used."""
    counts = [grid.count(period) for period in grid.periods if period != grid.newest]
    return sum(every - sent for sent, every in counts)


def _parts(grid: CellGrid, language: Language) -> Iterator[str]:
    """Say each exception of the newest month in a few words, alike ones together."""
    period = grid.newest
    whole = grid.whole_lacks(period)
    if whole:
        yield _part("whole", "", whole, language)
    kinds: Sequence[str]
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for code in grid.exceptions(period):
        for state, kinds in _by_state(grid.row(code, period), whole).items():
            alike.setdefault((state, tuple(kinds)), []).append(grid.regions[code])
    for (state, kinds), names in alike.items():
        yield _part(state, _names(names, language), kinds, language)
    for stray in grid.strays_of(period):
        key = "unknown_name" if stray.state == "unknown_name" else "file"
        yield _part(key, stray.written, [stray.table], language)


def _by_state(row: Mapping[str, Cell], whole: Sequence[str]) -> dict[str, list[str]]:
    """Return the tables of a district by what is with them."""
    found: dict[str, list[str]] = {}
    for kind, cell in row.items():
        # A name that nobody knows is told once, by itself.
        if cell.state in ("sent", "unknown_name") or kind in whole:
            continue
        found.setdefault(_what(cell), []).append(kind)
    return found


def _what(cell: Cell) -> str:
    """Return a cell's state; of what is blank or has no time, that."""
    if cell.state == "absent" and cell.rows:
        return "blank"
    if cell.reason == "other_time":
        return cell.reason
    undated = cell.found is not None and cell.found.code in NO_TIME
    undated = undated or cell.reason in ("undated", "timeless")
    return "undated" if undated else cell.state


def _part(key: str, who: str, kinds: Sequence[str], language: Language) -> str:
    tables = tables_word(kinds, language)
    return label(f"submission_part_{key}", language).format(who=who, tables=tables)


def _names(names: Sequence[str], language: Language) -> str:
    if len(names) > _NAMED:
        number = format_number(len(names), 0, language)
        return label("submission_several", language).format(n=number)
    return listed(names, language)


# --- everything that is lacking -------------------------------------------------------


def lacks(grid: CellGrid, language: Language) -> list[Lack]:
    """Return everything that is to be asked for, of the newest month first."""
    told: dict[tuple[str, str], None] = {}
    found: list[Lack] = []
    for period in in_order(grid):
        found += _lacks_of(grid, period, language, told)
    return found


def in_order(grid: CellGrid) -> list[str]:
    """Return the periods as they are told: newest month, years, earlier months."""
    newest = [grid.newest] if grid.expected or grid.strays else []
    others = [p for p in reversed(grid.periods) if p != grid.newest]
    years = [p for p in others if not is_month(p)]
    return [*newest, *years, *(p for p in others if is_month(p))]


def _lacks_of(
    grid: CellGrid,
    period: str,
    language: Language,
    told: dict[tuple[str, str], None],
) -> Iterator[Lack]:
    say = _Say(grid, period, language)
    strays = grid.strays_of(period)
    if whole := grid.whole_lacks(period):
        yield say.whole(whole)
    yield from _of_districts(grid, period, say, whole)
    # What a file as a whole is refused for is said once, not at each of its cells.
    for stray in strays:
        if stray.state == "refused":
            told[stray.files, _why_code(stray.found)] = None
    refused: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for code in grid.there(period):
        for kind in grid.expected.get(period, ()):
            cell = grid.cells[code, kind, period]
            key = _same_cause(cell)
            if cell.state == "refused" and key not in told:
                refused.setdefault(key, []).append((code, kind))
    for key, cells in refused.items():
        told[key] = None
        yield say.refused(cells)
    yield from map(say.stray, strays)


def _same_cause(cell: Cell) -> tuple[str, str]:
    """Return what cells that are refused for one cause have in common."""
    code = cell.reason or _why_code(cell.found)
    # One option says the year of all files.
    return ("" if code in NO_TIME else cell.files, code)


def _why_code(found: Finding | None) -> str:
    return "" if found is None else found.code


def _of_districts(
    grid: CellGrid, period: str, say: _Say, whole: Sequence[str]
) -> Iterator[Lack]:
    for code in grid.there(period):
        row = grid.row(code, period)
        absent = [k for k, c in row.items() if c.state == "absent" and not c.rows]
        absent = [kind for kind in absent if kind not in whole]
        if absent:
            yield say.absent(code, absent)
        for kind, cell in row.items():
            if cell.state == "absent" and cell.rows:
                yield say.cell(cell.reason or "blank", code, kind, cell)
            elif cell.state == "two_versions":
                yield say.cell("two_versions", code, kind, cell)


class _Say:
    """Words what is lacking in one period."""

    def __init__(self, grid: CellGrid, period: str, language: Language) -> None:
        self.grid, self.period, self.language = grid, period, language

    def _text(self, key: str, kinds: Sequence[str], **values: object) -> str:
        period = str(values.pop("period", self.period))
        return label(f"submission_lack_{key}", self.language).format(
            tables=tables_word(kinds, self.language),
            period=of_period(period, self.language),
            **values,
        )

    def _number(self, number: int) -> str:
        return format_number(number, 0, self.language)

    def whole(self, kinds: Sequence[str]) -> Lack:
        """Say that no district sent a table."""
        return Lack(
            period=self.period,
            state="whole",
            who=label("submission_everyone", self.language),
            text=self._text("whole", kinds),
            codes=tuple(self.grid.regions),
            tables=tuple(kinds),
        )

    def absent(self, code: str, kinds: Sequence[str]) -> Lack:
        """Say what a district has not sent."""
        return Lack(
            period=self.period,
            state="absent",
            who=self.grid.regions[code],
            text=self._text("absent", kinds),
            codes=(code,),
            tables=tuple(kinds),
        )

    def cell(self, key: str, code: str, kind: str, cell: Cell) -> Lack:
        """Say what is with one report."""
        rows = self._number(cell.rows)
        return Lack(
            period=self.period,
            state=cell.state,
            who=self.grid.regions[code],
            text=self._text(key, [kind], rows=rows, files=cell.files),
            codes=(code,),
            tables=(kind,),
        )

    def refused(self, cells: Sequence[tuple[str, str]]) -> Lack:
        """Say why reports of one file are refused; of many districts, once."""
        codes = tuple(dict.fromkeys(code for code, _ in cells))
        kinds = [kind for _, kind in cells]
        found = [self.grid.cells[code, kind, self.period] for code, kind in cells]
        who = _names([self.grid.regions[code] for code in codes], self.language)
        rows = sum(cell.rows for cell in found)
        text = self._text(
            "refused" if rows else "unread",
            kinds,
            rows=self._number(rows),
            files=self._files(found),
            why=self._why_cell(found[0]),
        )
        return Lack(
            period=self.period,
            state="refused",
            who=who,
            text=text,
            codes=codes,
            tables=tuple(dict.fromkeys(kinds)),
            found=found[0].found,
        )

    def _files(self, cells: Iterable[Cell]) -> str:
        names = [name for cell in cells for name in cell.files.split("; ")]
        names = list(dict.fromkeys(names))
        more = f" (+{len(names) - _NAMED})" if len(names) > _NAMED else ""
        return ", ".join(names[:_NAMED]) + more

    def _why_cell(self, cell: Cell) -> str:
        if not cell.reason:
            return self._why(cell.found)
        text = label(f"submission_why_{cell.reason}", self.language)
        if cell.reason == "aside":
            key = f"account_{cell.instead}"
            # Of supplies there are more reasons than the account has words for.
            known = key if has_label(key) else "account_other"
            return text.format(why=label(known, self.language))
        return text.format(
            time=period_word(cell.instead, self.language),
            period=period_word(self.period, self.language),
        )

    def _why(self, found: Finding | None) -> str:
        if found is None:
            return label("submission_lack_unusable", self.language)
        found = replace(found, count=1)  # how many rows it is of is said before it
        said = finding_sentence(found, self.language)
        # A reason that an error gives may end without one.
        stop = "" if said.endswith((".", ")", "!", "?")) else "."
        return f"{said}{stop} {remedy_text(found, self.language)}"

    def stray(self, stray: Stray) -> Lack:
        """Say what is with a name or a file that belongs nowhere."""
        if stray.state == "refused":
            text = self._why(stray.found)
        else:
            text = self._text(
                "unknown_name",
                [stray.table],
                rows=self._number(stray.rows),
                files=stray.files,
                may=self._may_be(stray.candidates),
                period=stray.period,
            )
        return Lack(
            period=self.period,
            state=stray.state,
            who=f"“{stray.written}”",
            text=text,
            codes=stray.candidates,
            tables=(stray.table,),
            found=stray.found,
        )

    def _may_be(self, codes: Sequence[str]) -> str:
        if not 0 < len(codes) <= _CANDIDATES:
            return label("submission_may_be_any", self.language)
        names = [self.grid.regions[code] for code in codes]
        said = listed(names, self.language, "or")
        return label("submission_may_be", self.language).format(names=said)
