"""The page of one plan: every district's calendar, continuity and progress.

Why: whoever checks a plan looks before they read; the tables beside this page hold the
same figures.

In:     a Plan. Out: HTML text without scripts or outside requests, all text escaped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label, marked
from kkbpk_geo.io import build_page, build_table
from kkbpk_geo.plan.year.outlook import Outlook, look_ahead
from kkbpk_geo.plan.year.parts import PARTS_STYLE, plan_parts, year_cells, year_heads
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    from kkbpk_geo.plan.lines.plan import Plan

_STYLE = "body{max-width:66rem}" + PARTS_STYLE


def plan_html(
    plan: Plan,
    language: Language = "id",
    *,
    outlook: Outlook | None = None,
    title: str = "",
) -> str:
    """Lay one plan out as a page: what it says, then each district's year.

    Parameters
    ----------
    plan : Plan
    language : {"id", "en"}
    outlook : Outlook, optional
        As :func:`kkbpk_geo.plan.outlook.look_ahead` gives it, where it is at hand.
    title : str, optional

    Returns
    -------
    str
        HTML that needs no script, network or other file.
    """
    outlook = outlook or look_ahead(plan)
    year = "" if outlook is None else str(outlook.year)
    head = title or label("plan_page_title", language).format(year=year).strip()
    head = marked(head, plan.marks, language)
    body = [f"<h1>{for_html(head)}</h1>", _paragraph(plan.summary(language))]
    if outlook is None:
        body.append(_paragraph(label("plan_page_nothing", language)))
        return build_page(head, "\n".join(body), language=language, style=_STYLE)
    body += [
        _paragraph(outlook.continuity.summary(language)),
        _paragraph(outlook.monitoring.summary(language)),
        _regions(outlook, language),
    ]
    for code in sorted((*outlook.regions, *outlook.idle)):
        anchor = _anchor(code)
        said = plan_parts(outlook, code, anchor, language)
        said = said or _paragraph(label("plan_page_no_work", language))
        body.append(
            f'<section id="{anchor}"><h2 id="h-{anchor}">'
            f"{for_html(place_name(code))}</h2>\n{said}</section>"
        )
    return build_page(head, "\n".join(body), language=language, style=_STYLE)


def _paragraph(text: str) -> str:
    return f"<p>{for_html(text)}</p>"


def _anchor(code: str) -> str:
    return f"r{code.replace('.', '-')}"


def _regions(outlook: Outlook, language: Language) -> str:
    def say(key: str) -> str:
        return for_html(label(f"plan_page_{key}", language))

    works = outlook.continuity.calendar.index.get_level_values("region_code")
    rows = []
    for code in sorted((*outlook.regions, *outlook.idle)):
        cells = [format_number(int((works == code).sum()), 0, language)]
        cells += year_cells(outlook, code, language)
        numbers = "".join(f'<td class="n">{cell}</td>' for cell in cells)
        name = f'<a href="#{_anchor(code)}">{for_html(place_name(code))}</a>'
        rows.append(f'<tr><th scope="row">{name}</th>{numbers}</tr>\n')
    heads = [say("region"), say("works"), *year_heads(language)]
    title = f'<h2 id="h-ringkasan">{say("summary")}</h2>\n'
    return title + build_table("h-ringkasan", heads, "".join(rows))
