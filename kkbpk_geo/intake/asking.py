"""What a heading leads to, asked without a table: for who wonders why it was not read.

In:     headings as printed, storeys joined by " > ", and what stands around them.
Out:    :class:`Answer` for each: the lines of the catalogue that speak of it, what they
        make of figures and of texts here, and headings near it where none does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from kkbpk_geo.base.errors import IntakeError
from kkbpk_geo.catalogue.headings import (
    Heading,
    groups_in,
    headings,
    is_personal,
    may_name_persons,
    phrase,
)
from kkbpk_geo.catalogue.programme import groups
from kkbpk_geo.intake.cells.values import Content
from kkbpk_geo.intake.recognise.columns import UNKNOWN, Column
from kkbpk_geo.intake.recognise.headers import Header
from kkbpk_geo.intake.recognise.headings import find_candidate, read_headings

STOREYS = " > "
# Near matches are read by a person, who judges them; they decide nothing.
_MOST_NEAR, _NEAR = 5, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one heading leads to.

    Attributes
    ----------
    heading : str
        As asked.
    phrase : str
        How it is compared with the catalogue.
    lines : tuple of Heading
        Lines that speak of it, the first whose conditions hold being taken.
    figures, texts : Column
        What it means here over figures, and over texts.
    near : tuple of str
        Phrases of the catalogue that are spelled like it, where it has no line.
    personal : bool
        Whether it is about a person and never read.
    """

    heading: str
    phrase: str
    lines: tuple[Heading, ...]
    figures: Column
    texts: Column
    near: tuple[str, ...]
    personal: bool

    @property
    def known(self) -> bool:
        """Whether it means something here, over figures or over texts."""
        meant = (self.figures, self.texts)
        return any(column.role != "unknown" and not column.why for column in meant)


def ask_headings(
    asked: Sequence[str], *, group: str | None = None, title: str = ""
) -> tuple[Answer, ...]:
    """Say what headings lead to, standing beside each other in one table.

    Parameters
    ----------
    asked : sequence of str
    group : str, optional
        Key or name of the group that the table is about.
    title : str
        A title line of the table.

    Raises
    ------
    IntakeError
        If no group has that name.

    Examples
    --------
    >>> (answer,) = ask_headings(["PUS ANGGOTA BER-KB"], group="bkb")
    >>> answer.figures.target
    'bkb_member_couples_using'
    """
    paths = tuple(tuple(map(str.strip, one.split(STOREYS.strip()))) for one in asked)
    titles = (title,) if title else ()
    header = Header(titles=titles, paths=paths, start=0, stop=1)
    about = None if group is None else _group_named(group)
    figures = _meant(header, "number", about)
    texts = _meant(header, "text", about)
    found = []
    for at, (one, path) in enumerate(zip(asked, paths, strict=True)):
        candidate = find_candidate(at, path, "number", frozenset())
        said = phrase(" ".join(path))
        found.append(
            Answer(
                heading=one,
                phrase=said,
                lines=candidate.entries,
                figures=figures[at],
                texts=texts[at],
                near=() if candidate.entries else near_phrases(said),
                personal=_is_personal(path[-1], (figures[at], texts[at])),
            )
        )
    return tuple(found)


def _is_personal(heading: str, meant: Sequence[Column]) -> bool:
    """Whether a heading is about a person: in so many words, or as nothing else."""
    alone = all(column.role == UNKNOWN for column in meant)
    return is_personal(heading) or (alone and may_name_persons(heading))


def _group_named(text: str) -> str:
    named = groups_in(text)
    if len(named) != 1:
        msg = f"group is {text!r}; expected one of {', '.join(groups())}."
        raise IntakeError(msg)
    return named[0]


def _meant(header: Header, content: Content, group: str | None) -> list[Column]:
    contents = [content] * len(header.paths)
    return read_headings(header, contents, hints=(), group=group).columns


def near_phrases(text: str) -> tuple[str, ...]:
    """Return phrases of the catalogue that are spelled like a text, best first."""
    known = dict.fromkeys(each.phrase for each in headings() if not each.below)
    return tuple(get_close_matches(text, known, n=_MOST_NEAR, cutoff=_NEAR))
