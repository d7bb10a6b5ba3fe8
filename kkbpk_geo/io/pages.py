"""The plain pages that are read, printed and mailed: one frame, one style, no scripts.

Why: findings, analyses, meetings and plans go to the same desks; what their pages share
stands here once, so that they look alike and are equally closed. A builder hands over
data; HTML stands in ``templates/``, rules of style in ``pages.css``, nowhere else.

In:     the name of a page, its language and title, data as plain text.
Out:    the text of a page that asks for nothing and runs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language
from kkbpk_geo.catalogue.labels import label

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind:
    """What a page may hold, and the paper it is made for.

    Attributes
    ----------
    pictures : bool
        Pictures may stand in it, as data.
    landscape : bool
        Its tables need the breadth of the paper.
    """

    pictures: bool = False
    landscape: bool = False


# Every page there is. Its name is that of its template and the class of its body; the
# tests of policy, escaping and accessibility walk this table.
PAGES = {
    "findings": PageKind(),
    "analysis": PageKind(pictures=True),
    "meeting": PageKind(landscape=True),
    "plan": PageKind(landscape=True),
    "presence": PageKind(),
}


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
    *,
    language: Language,
    title: str,
    sample: bool = False,
    **content: object,
) -> str:
    """Return a whole page.

    Parameters
    ----------
    name : str
        One of :data:`PAGES`.
    language : {"id", "en"}
    title : str
        As written; of the tab and of the page.
    sample : bool, default False
        Whether it carries the mark of sample data.
    **content : object
        What its template asks for, as plain text: it is made inert on its way in.
    """
    from markupsafe import Markup

    return _render(
        f"{name}.html",
        page=name,
        kind=PAGES[name],
        style=Markup(page_style()),
        language=language,
        title=title,
        mark=_mark(language, sample=sample),
        **content,
    )


def render_part(name: str, **content: object) -> str:
    """Return a part of a page, marked as HTML: a template takes it as it is.

    Parameters
    ----------
    name : str
        Of a template.
    **content : object
        What it asks for, as plain text.
    """
    from markupsafe import Markup

    return Markup(_render(f"{name}.html", **content))


@cache
def page_style() -> str:
    """Return the rules of style of all pages; a part needs them to be read."""
    return files("kkbpk_geo.io").joinpath("pages.css").read_text(encoding="utf-8")


def region_anchor(code: str) -> str:
    """Return the anchor of a region's section: ``r18-10`` for ``18.10``."""
    return f"r{code.replace('.', '-')}"


def _render(template: str, **content: object) -> str:
    return _environment().get_template(template).render(content)


def _mark(language: Language, *, sample: bool) -> str:
    return label("sample_data", language) if sample else ""


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
