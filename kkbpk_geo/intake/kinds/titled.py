"""A title that alone names the measure stands over the headings that need it.

Why: PESERTA KB BARU MENURUT METODE is printed once, above IUD, MOW and PIL; JUMLAH PUS
PER BULAN over JAN to DES; TARGET and REALISASI stand alone in many a table. None of
these headings is a figure of its own, and the title says of what.

In:     a header, what its headings mean without the title, the sheet's other names.
Out:    the header with the measure of the title over those columns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kkbpk_geo.base.formats import month_number
from kkbpk_geo.base.text import fold_words
from kkbpk_geo.catalogue.headings import Heading, as_said, find_said, phrase, words
from kkbpk_geo.catalogue.programme import is_column
from kkbpk_geo.intake.cells.titles import LONGEST_NAME, PLACE_WORDS
from kkbpk_geo.intake.recognise.abreast import times_of, without_times
from kkbpk_geo.intake.recognise.columns import UNKNOWN, Column, targets_of
from kkbpk_geo.intake.recognise.headers import Header
from kkbpk_geo.intake.recognise.headings import find_candidate, says_now, says_other
from kkbpk_geo.intake.recognise.meanings import find_lines
from kkbpk_geo.intake.recognise.spelling import plain, says_sum

_FIGURES = ("number", "blank")
# Of several methods, or a target: no part of a sum beside those methods.
_OVERLAPPING = ("_modern", "_long_acting", "_private", "_target")
_FEWEST_PARTS = 2  # what a JUMLAH beside a measure of its own may be the sum of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Title:
    """The measure that a title names, in its words; ``planned``: a target, too."""

    text: str
    target: str
    planned: bool

    def holds(self, name: str) -> bool:
        """Whether a field is the measure, or a part of it."""
        return name == self.target or name.startswith(f"{self.target}_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Titled:
    """A header with what its title says over the headings that need it.

    ``sums``: a column JUMLAH that only the title explains, and the parts beside it.
    """

    header: Header
    sums: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


def under_title(
    header: Header,
    columns: Sequence[Column],
    contents: Sequence[str],
    hints: Sequence[str],
) -> Titled:
    """Put the measure of the title over the headings that only it explains.

    Parameters
    ----------
    header : Header
    columns : what its headings mean without the title
    contents : what each column holds
    hints : names of the sheet and the file: a stock is no measure of persons
    """
    title = _title_of(header.titles)
    said = as_said(" ".join([*header.titles, *hints]))
    if title is None or find_said(said, "stock"):
        return Titled(header=header)
    times = times_of(header)
    bare = without_times(header, times).paths
    figures = [c for c in columns if contents[c.position] in _FIGURES and c.printed]
    needing = [c.position for c in figures if _is_explained(title, c, bare)]
    parts = _parts(title, figures)
    sums = _sums(title, figures, [*needing, *parts], bare)
    if not needing and not sums:
        return Titled(header=header)
    paths = list(header.paths)
    for i in {*needing, *sums, *(parts if sums else ())}:
        paths[i] = (title.text, *paths[i])
    under = replace(header, paths=tuple(paths))
    # The sum of months is held against them elsewhere.
    own = () if times else _added(figures, {*needing, *parts})
    return Titled(header=under, sums=dict.fromkeys(sums if own else (), own))


def _parts(title: _Title, figures: Sequence[Column]) -> list[int]:
    """Return columns that are parts of the measure by their own headings."""
    below = [c for c in figures if c.target != title.target]
    return [c.position for c in below if title.holds(c.target)]


def _added(figures: Sequence[Column], own: Collection[int]) -> tuple[int, ...]:
    """Return the parts that add up to JUMLAH; none where they are fewer than two."""
    apart = [c for c in figures if not c.target.endswith(_OVERLAPPING)]
    added = tuple(c.position for c in apart if c.position in own)
    return added if len(added) >= _FEWEST_PARTS else ()


def as_printed(
    columns: Sequence[Column], header: Header, titled: Titled
) -> list[Column]:
    """Give the columns their headings as they are printed, and sums their parts."""
    settled = []
    for column, path in zip(columns, header.paths, strict=True):
        named = replace(column, printed=" > ".join(path))
        own = titled.sums.get(column.position, column.parts)
        settled.append(replace(named, parts=own) if column.counts else named)
    return settled


def _needs(column: Column) -> bool:
    """Whether a column has no meaning, or one that the title itself denies."""
    return (column.role == UNKNOWN and not column.why) or column.why == "kind_unclear"


def _is_explained(title: _Title, column: Column, bare: Sequence[Sequence[str]]) -> bool:
    """Whether the title alone makes a heading a part, a phase or a time of it."""
    path = bare[column.position]
    leaf = path[-1] if path else ""
    if not _needs(column) or says_sum(leaf):  # a sum only beside its parts: _sums
        return False
    phased = says_now(leaf) or says_other(leaf)
    if title.planned and not phased:
        return False  # TARGET DAN REALISASI: which of them is IUD?
    under = (title.text, *path)
    found = find_candidate(column.position, under, "number", frozenset()).entries
    fields = {entry.field for entry in found if not entry.where}
    if not path or phased:
        return title.target in fields or fields == {"keep"}
    # A heading that repeats the title is no part of it: STUNTING, KELUARGA.
    return any(title.holds(f) for f in fields - {title.target})


def _sums(
    title: _Title,
    figures: Sequence[Column],
    own: Collection[int],
    bare: Sequence[Sequence[str]],
) -> list[int]:
    """Return the one column JUMLAH of the table, where it is that of the title.

    Beside a column that nobody understands, or a measure of its own and no parts, it
    may be the sum of anything: berisiko, tidak berisiko and JUMLAH.
    """
    needing = [c.position for c in figures if _needs(c)]
    sums = [i for i in needing if bare[i] and says_sum(bare[i][-1])]
    others = [c for c in figures if c.position not in {*own, *sums}]
    measures = targets_of(others)
    if title.planned or len(sums) != 1 or title.target in measures:
        return []
    alone = not own and not measures
    proved = alone or len(own) >= _FEWEST_PARTS
    return sums if proved and all(map(_is_clear, others)) else []


def _is_clear(column: Column) -> bool:
    return column.role != UNKNOWN and not column.why


# --- what a title names ---------------------------------------------------------------


def _title_of(titles: Sequence[str]) -> _Title | None:
    """Return the one measure that the lines above a table name, and nothing else."""
    found = {title.target: title for line in titles for title in _measures_of(line)}
    return found.popitem()[1] if len(found) == 1 else None


def _measures_of(line: str) -> Iterator[_Title]:
    """Yield the measure of one line, if all its other words are idle or a frame.

    ``REKAP JUMLAH PUS PER BULAN TAHUN 2025 KABUPATEN MESUJI`` is PUS; a word that says
    more (YANG TIDAK BER-KB) makes it another thing.
    """
    tokens = phrase(plain(line)).split()
    before, planned = 0, False
    while before < len(tokens) and tokens[before] in words("title_idle"):
        planned |= tokens[before] in words("title_planned")
        before += 1
    realised = any(says_now(token) for token in tokens[:before])
    for end in range(len(tokens), before, -1):
        text = " ".join(tokens[before:end])
        target = _field_of(find_lines(text))
        if target and _is_frame(tokens[end:]):
            if realised or not planned:
                yield _Title(text=text, target=target, planned=planned)
            return


def _field_of(entries: Sequence[Heading]) -> str:
    """Return the measure that a phrase stands for where nothing denies it."""
    fields = {e.field for e in entries if not e.where and is_column(e.field)}
    return fields.pop() if len(fields) == 1 else ""


def _is_frame(tokens: Sequence[str]) -> bool:
    """Whether words only say how a table is cut, of when and of where it is."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token in PLACE_WORDS or token in words("title_place"):
            # The name of a place ends where the next word of the frame begins.
            at += 1
            start = at
            while at < len(tokens) and at < start + LONGEST_NAME:
                if _frames(tokens[at]) or tokens[at] in PLACE_WORDS:
                    break
                at += 1
        elif _frames(token):
            at += 1
        else:
            return False
    return True


def _frames(token: str) -> bool:
    known = token in words("title_frame") or token.isdigit()
    return known or month_number(fold_words(token)) is not None
