"""The plain pages that are read, printed and mailed: one frame, one style, no scripts.

Why: findings, analyses, meetings and plans go to the same desks; what their pages share
stands here once, so that they look alike and are equally closed. A builder hands over
data; HTML stands in ``templates/``, rules of style in ``styles/``, nowhere else.

A page says everything in both languages, a side for each. That of the language that was
asked for is seen first; the other one is a link away (``#en``), without a script, and
the ways to the other pages keep it.

In:     the name of a page, its data in each language as plain text, its family.
Out:    the text of a page that asks for nothing and runs nothing.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.marks import UNMARKED, Marks
from kkbpk_geo.base.words import LANGUAGES, Words, both
from kkbpk_geo.catalogue.labels import label, mark_words, marked

if TYPE_CHECKING:
    from jinja2 import Environment

# What a template asks for, by language.
Content = Callable[[Language], Mapping[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind:
    """What a page may hold, and the paper it is made for.

    Attributes
    ----------
    landscape : bool
        Its tables need the breadth of the paper.
    styles : tuple of str
        Its rules beside those of the frame, in ``styles/``.
    way : str
        Key of the way to it, where that is not the page's own name.
    """

    landscape: bool = False
    styles: tuple[str, ...] = ()
    way: str = ""


# Every page there is. Its name is that of its template and the class of its body; the
# tests of policy, escaping and accessibility walk this table.
PAGES = {
    "findings": PageKind(styles=("findings",)),
    "analysis": PageKind(styles=("analysis",)),
    "meeting": PageKind(landscape=True, styles=("meeting",)),
    "plan": PageKind(landscape=True, styles=("gantt", "plan"), way="calendar"),
    "boundaries": PageKind(landscape=True),
    "presence": PageKind(styles=("presence",)),
    "index": PageKind(landscape=True, styles=("index",)),
    "submissions": PageKind(landscape=True, styles=("submissions",)),
}
# The ways between the pages of a run, in their order; the map's two are no plain pages.
WAYS = (
    "priorities", "indicators", "submissions", "findings", "analysis", "meeting",
    "calendar", "plan_map", "presence", "index",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The way to a page of a run.

    Attributes
    ----------
    key : str
        One of :data:`WAYS`.
    path : str
        Of its file below the folder of the run, with ``/``; an anchor may follow.
    count : int, optional
        Stands beside its name: how many findings there are.
    book : str
        Path of the workbook that says the same, if there is one.
    """

    key: str
    path: str
    count: int | None = None
    book: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """What the pages of a run share: the head, the ways between them, the foot.

    Attributes
    ----------
    title : Words
        Of the work, with its province.
    subtitle : Words
        Period, and how many regions.
    credit : Words
        Sources of numbers and boundaries.
    ways : tuple of Way
        To the pages that there are, in the order of :data:`WAYS`.
    """

    title: Words
    subtitle: Words = ""
    credit: Words = ""
    ways: tuple[Way, ...] = ()

    def links(self, page: str, language: Language) -> list[Link]:
        """Return the ways as they stand on a page; from one in a folder they lead out.

        Parameters
        ----------
        page : str
            Key of the page they stand on.
        language : {"id", "en"}
        """
        own = next((way.path for way in self.ways if way.key == page), "")
        return [
            Link(
                href=_href(way, own, language),
                title=label(f"way_{way.key}", language),
                count=_count(way, language),
                current=way.key == page,
            )
            for way in self.ways
        ]

    def book(self, page: str) -> str:
        """Return the link to the workbook of a page; without one, nothing."""
        own = next((way for way in self.ways if way.key == page), None)
        return _from(own.path, own.book) if own and own.book else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A way as it stands on a page, all of it text."""

    href: str
    title: str
    count: str
    current: bool


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A region's line in the table at the head of a page.

    Attributes
    ----------
    name : str
    cells : sequence of str
        Numbers, written out.
    anchor : str
        The section that the name leads to; without one there is no link.
    note : str
        Stands small below the name.
    """

    name: str
    cells: Sequence[str]
    anchor: str = ""
    note: str = ""


def render_page(
    name: str,
    content: Content,
    *,
    language: Language,
    marks: Marks = UNMARKED,
    family: Family | None = None,
) -> str:
    """Return a whole page.

    Parameters
    ----------
    name : str
        One of :data:`PAGES`.
    content : callable
        Gives what the template asks for in a language, as plain text: it is made inert
        on its way in. ``title`` is asked for always: of the tab, and of the head of a
        page without family. ``message`` is the answer in one sentence, and the page's
        heading (without it the title is); ``second`` is the line below it.
    language : {"id", "en"}
        The one that is seen first.
    marks : Marks
    family : Family, optional
        The other pages of the run.
    """
    from markupsafe import Markup

    order = sorted(LANGUAGES, key=lambda each: each != language)
    said = {each: dict(content(each)) for each in order}
    sides = [_side(name, each, order, said[each], marks, family) for each in order]
    return _render(
        "frame.html",
        page=name,
        kind=PAGES[name],
        style=Markup(page_style(name)),
        language=language,
        title=marked(str(said[language]["title"]), marks, language),
        sides=sides,
    )


def render_part(name: str, *, language: Language, **content: object) -> str:
    """Return a part of a page, marked as HTML: a template takes it as it is.

    Parameters
    ----------
    name : str
        Of a template.
    language : {"id", "en"}
        Of the side of the page that it will stand on.
    **content : object
        What it asks for, as plain text.
    """
    from markupsafe import Markup

    return Markup(_render(f"{name}.html", at=_AT[language], **content))


@cache
def page_style(name: str) -> str:
    """Return the rules of style of a page; a part of it needs them to be read."""
    folder = files("kkbpk_geo.io").joinpath("styles")
    sheets = ("frame", "parts", *PAGES[name].styles, "paper")
    return "".join(
        folder.joinpath(f"{sheet}.css").read_text(encoding="utf-8") for sheet in sheets
    )


def region_anchor(code: str) -> str:
    """Return the anchor of a region's section: ``r18-10`` for ``18.10``."""
    return f"r{code.replace('.', '-')}"


# Before the ids of a side: both sides have the same sections.
_AT: dict[Language, str] = {"id": "", "en": "en-"}


def _side(
    name: str,
    language: Language,
    order: Sequence[Language],
    said: dict[str, object],
    marks: Marks,
    family: Family | None,
) -> str:
    """Return the page in one language, marked as HTML."""
    from markupsafe import Markup

    family = family or Family(title=str(said["title"]))
    way = PAGES[name].way or name
    first = language == order[0]
    frame = {
        "at": _AT[language],
        "language": language,
        "other": next(each for each in order if each != language),
        "first": first,
        "mark": mark_words(marks, language),
        "mark_note": label("sample_note", language),
        "work": both(family.title)[language],
        "period": both(family.subtitle)[language],
        "credit": both(family.credit)[language],
        "offline": label("page_offline", language),
        "ways": family.links(way, language),
        "ways_title": label("page_ways", language),
        "book": family.book(way),
        "book_title": label("page_book", language),
        "message": said["title"],
        "second": "",
    }
    return Markup(_render(f"{name}.html", **{**frame, **said}))


def _count(way: Way, language: Language) -> str:
    return "" if way.count is None else format_number(way.count, 0, language)


def _from(page: str, path: str) -> str:
    """Return the link from a page to a path, both below the folder of the run."""
    return posixpath.relpath(path, posixpath.dirname(page) or ".")


def _href(way: Way, page: str, language: Language) -> str:
    """Return the link to a page, which opens in the language that it is asked in."""
    path, _, anchor = way.path.partition("#")
    link = _from(page, path)
    # The map keeps its own address, and an anchor of ours would be none of its views.
    if "=" in anchor:
        return f"{link}#{anchor}&lang={language}"
    if anchor:
        return f"{link}#{anchor}"
    return f"{link}#{language}"


def _render(template: str, **content: object) -> str:
    return _environment().get_template(template).render(content)


@cache
def _environment() -> Environment:
    """Set jinja2 up so that a template cannot let text through as HTML."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("kkbpk_geo.io"),
        autoescape=True,
        finalize=_inert(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    # Without filters there is no ``safe``, and no ``join`` with an escaping of its own.
    made.filters.clear()
    return made


def _inert() -> Callable[[object], str]:
    """Return the house's escaping for everything that is not a template's own HTML.

    jinja2 escapes for HTML only; ours is inert in scripts, too. What has passed here
    is marked, so jinja2 leaves it as it is.
    """
    from markupsafe import Markup

    def inert(value: object) -> str:
        if isinstance(value, Markup):
            return value
        return Markup(for_html(value))

    return inert
