"""The page a run begins with: what was made, of what, what is missing, what next.

Why: whoever opens a folder with twenty files asks which one to open, and whether it is
all there; one screen answers.

In:     :class:`IndexSaid` in each language, the family of the run.
Out:    HTML text without scripts or outside requests, all text escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.marks import UNMARKED, Marks
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import Family, render_page

_WORDS = (
    "made", "sources", "file", "known_as", "rows", "state", "lacking", "next", "all",
    "open",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexNumber:
    """One of the four numbers: what it is, and what it is made of."""

    text: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexFile:
    """A file beside another: how it is called, where it is, how large."""

    kind: str
    href: str
    size: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """Something that was made.

    Attributes
    ----------
    kind, href, size : str
        Of its first file.
    title, note : str
    more : sequence of IndexFile
        The other files that say the same.
    """

    kind: str
    href: str
    size: str
    title: str
    note: str = ""
    more: Sequence[IndexFile] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSource:
    """A file that was read, or several of one kind; ``sign`` is that of its state."""

    file: str
    known_as: str
    rows: str
    sign: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexStep:
    """What to do next: words, a link within them, words."""

    before: str
    link: str = ""
    href: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSaid:
    """What the page says in one language.

    Attributes
    ----------
    title, message, second : str
    numbers : sequence of IndexNumber
    entries : sequence of IndexEntry
    sources : sequence of IndexSource
        As many as a screen holds.
    every : sequence of IndexSource
        All of them, where ``sources`` are not all.
    lacking : sequence of str
    lacking_more : str
        How many are not shown, and where they are; a link to ``lacking_href``.
    steps : sequence of IndexStep
    start : str
        Link to the page to begin with; without a map there is none.
    """

    title: str
    message: str
    second: str = ""
    numbers: Sequence[IndexNumber] = ()
    entries: Sequence[IndexEntry] = ()
    sources: Sequence[IndexSource] = ()
    every: Sequence[IndexSource] = ()
    lacking: Sequence[str] = ()
    lacking_more: str = ""
    lacking_href: str = ""
    steps: Sequence[IndexStep] = ()
    start: str = ""


def index_html(
    say: Callable[[Language], IndexSaid],
    language: Language = "id",
    *,
    marks: Marks = UNMARKED,
    family: Family | None = None,
) -> str:
    """Lay the index of a run out as a page.

    Parameters
    ----------
    say : callable
        Gives what it says in a language.
    language : {"id", "en"}
        The one that is seen first.
    marks : Marks
    family : Family, optional

    Examples
    --------
    >>> page = index_html(lambda _: IndexSaid(title="Peta", message="Selesai."))
    >>> "<h1>Selesai.</h1>" in page
    True
    """

    def content(language: Language) -> dict[str, object]:
        said = say(language)
        told = {each.name: getattr(said, each.name) for each in fields(said)}
        words = {word: label(f"index_page_{word}", language) for word in _WORDS}
        none = label("index_page_none_lacking", language)
        return {**told, "words": words, "none_lacking": none}

    return render_page("index", content, language=language, marks=marks, family=family)
