"""The ways of a run in the head of its map, in each language.

Why: the map is one page of a family; from it one goes to the others as from them. It
has two ways of its own, to its first screen and to its indicators, and these lead to
an anchor of the page itself, so that a copy of the file under another name keeps them.

In:     the family of a run, if any; whether the map has a first screen.
Out:    HTML: a list of links for each language; the style shows that of the page.
"""

from __future__ import annotations

from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language
from kkbpk_geo.base.words import LANGUAGES
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import Family, Way

# What follows ``#`` in the address of the map; scripts/priority.js reads the same.
PRIORITIES_ANCHOR = "view=priorities"
INDICATORS_ANCHOR = "view=indicators"
_OWN = {"priorities": PRIORITIES_ANCHOR, "indicators": INDICATORS_ANCHOR}


def ways_html(family: Family | None, *, has_first: bool) -> str:
    """Return the ways from the map as HTML; nothing where it leads nowhere.

    Parameters
    ----------
    family : Family, optional
        The pages of the run.
    has_first : bool
        Whether the map has a first screen; else no way leads to it.

    Examples
    --------
    >>> ways_html(None, has_first=False)
    ''
    >>> ways_html(None, has_first=True).count('<a href="#view=priorities"')
    2
    """
    given = family.ways if family else ()
    ways = tuple(way for way in given if has_first or way.key != "priorities")
    if has_first:
        ways = _with_own(ways)
    if not ways:
        return ""
    known = Family(title="", ways=ways)
    return "".join(_nav(known, language, has_first) for language in LANGUAGES)


def _with_own(ways: tuple[Way, ...]) -> tuple[Way, ...]:
    """Put the map's own two ways before the others, where nobody gave them."""
    there = {way.key for way in ways}
    absent = [Way(key=key, path=".") for key in _OWN if key not in there]
    return (*absent, *ways)


def _nav(family: Family, language: Language, has_first: bool) -> str:
    here = "priorities" if has_first else "indicators"
    # The map of plans is a page of a meeting, not of a run.
    if here not in {way.key for way in family.ways}:
        here = "plan_map"
    links = family.links("indicators", language)
    found = []
    for way, link in zip(family.ways, links, strict=True):
        own = _OWN.get(way.key)
        href = f"#{own}" if own else link.href
        current = ' aria-current="page"' if way.key == here else ""
        count = f" <small>{for_html(link.count)}</small>" if link.count else ""
        name = for_html(link.title)
        attributes = f'href="{for_html(href)}" data-way="{way.key}"{current}'
        found.append(f"<a {attributes}>{name}{count}</a>")
    title = for_html(label("page_ways", language))
    return (
        f'<nav class="kg-ways" lang="{language}" aria-label="{title}">'
        f"{''.join(found)}</nav>"
    )
