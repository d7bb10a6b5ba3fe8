"""The page of the meeting: what is agreed, what to decide, and each district's year.

In:     an :class:`~kkbpk_geo.plan.alignment.Alignment`, the paragraph for the minutes.
Out:    HTML text without scripts or outside requests, all text escaped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label, marked
from kkbpk_geo.io import build_page, build_table
from kkbpk_geo.plan.align.table import CONFLICTS, NO_PLANS, region_name
from kkbpk_geo.plan.align.words import number_text
from kkbpk_geo.plan.lines.words import rupiah_text
from kkbpk_geo.plan.year.outlook import look_ahead
from kkbpk_geo.plan.year.parts import PARTS_STYLE, plan_parts, year_cells, year_heads

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.plan.align.alignment import Alignment
    from kkbpk_geo.plan.year.outlook import Outlook

_COLUMNS = ("kind", "work", "period", "field", "base", "province", "district", "note")
_COUNTS = (
    "lines", "agreed", "aligned_share", "decisions", "conflicts", "double_funding",
    "unfunded_need",
)  # fmt: skip
_STYLE = (
    """
body{max-width:80rem}
table.due{table-layout:fixed;min-width:60rem}
.due th:nth-child(1){width:9rem}
.due th:nth-child(3),.due th:nth-child(4){width:6.5rem}
@media screen{.due th:nth-child(2){width:11rem}.due th:last-child{width:14rem}}
td.grave{border-left:.5rem solid #b3261e}
td.other{border-left:.5rem solid #1f5fa8}
.minutes{border-left:.25rem solid #767676;padding-left:1rem;max-width:60rem}
small{color:#4a4a4a;font-weight:400}
"""
    + PARTS_STYLE
    + "@media print{table.due{min-width:0}"
    "table.overview :is(th,td){padding:.06rem .3rem;line-height:1.15}}"
    + "@media print,(min-width:64rem){.overview th:first-child{width:18rem}}"
)


def meeting_html(
    alignment: Alignment,
    minutes: str,
    *,
    title: str = "",
    outlook: Outlook | None = None,
) -> str:
    """Lay a comparison out as one page to show, print or mail.

    Parameters
    ----------
    alignment : Alignment
        Its language is that of the page.
    minutes : str
        The paragraph for the minutes.
    title : str, optional
    outlook : Outlook, optional
        The year of the districts' plans, where it is at hand.

    Returns
    -------
    str
        HTML that needs no script, network or other file.
    """
    language = alignment.language
    head = title or label("meeting_title", language)
    head = marked(head, alignment.marks, language)
    outlook = outlook or look_ahead(alignment.districts)
    due = dict(iter(alignment.table.groupby("region_code", sort=True)))
    codes = sorted({*map(str, due), *(outlook.regions if outlook else ())})
    sections = []
    for code in codes:
        parts = plan_parts(outlook, code, _anchor(code), language) if outlook else ""
        sections.append(_section(code, due.get(code), parts, language))
    body = [
        f"<h1>{for_html(head)}</h1>",
        f"<p>{for_html(alignment.summary(language))}</p>",
        *(f"<p>{for_html(said)}</p>" for said in alignment.absence(language)),
        f'<h2 id="h-ringkasan">{_say("summary", language)}</h2>',
        _regions(alignment, outlook, set(codes)),
        *sections,
        f"<h2>{_say('minutes', language)}</h2>",
        f'<p class="minutes">{for_html(minutes)}</p>',
    ]
    return build_page(head, "\n".join(body), language=language, style=_STYLE)


def _say(key: str, language: Language) -> str:
    return for_html(label(f"meeting_{key}", language))


def _anchor(code: str) -> str:
    return f"r{code.replace('.', '-')}"


def _count(value: Any, name: str, language: Language) -> str:  # noqa: ANN401
    import pandas as pd

    if pd.isna(value):
        return "–"
    digits = 1 if name == "aligned_share" else 0
    return format_number(float(value), digits, language)


def _regions(alignment: Alignment, outlook: Outlook | None, here: set[str]) -> str:
    language = alignment.language
    rows = []
    for code, line in alignment.regions.iterrows():
        name = for_html(line["name"])
        if code in here:
            name = f'<a href="#{_anchor(str(code))}">{name}</a>'
        if line["status"]:
            status = label(f"align_kind_{line['status']}", language)
            name += f"<br><small>{for_html(status)}</small>"
        cells = "".join(
            f'<td class="n">{_count(line[key], key, language)}</td>' for key in _COUNTS
        )
        cells += "".join(
            f'<td class="n">{cell}</td>'
            for cell in year_cells(outlook, str(code), language)
        )
        rows.append(f'<tr><th scope="row">{name}</th>{cells}</tr>\n')
    heads = [_say("region", language), *(_say(key, language) for key in _COUNTS)]
    heads += year_heads(language)
    return build_table("h-ringkasan", heads, "".join(rows), kind="overview")


def _section(
    code: str, rows: pd.DataFrame | None, parts: str, language: Language
) -> str:
    records = [] if rows is None else rows.to_dict("records")
    body = "".join(_row(record, language) for record in records)
    anchor = _anchor(code)
    total = number_text(len(records), language)
    title = f"h-{anchor}"
    return (
        f'<section id="{anchor}"><h2 id="{title}">{for_html(region_name(code))} '
        f"({total})</h2>\n"
        + (
            build_table(
                title, [_say(key, language) for key in _COLUMNS], body, kind="due"
            )
            if records
            else f"<p>{_say('nothing', language)}</p>"
        )
        + f"\n{parts}</section>"
    )


def _row(record: dict[Any, Any], language: Language) -> str:
    grave = "grave" if record["kind"] in (*NO_PLANS, *CONFLICTS) else "other"
    kind = for_html(label(f"align_kind_{record['kind']}", language))
    if record["rupiah"]:
        amount = for_html(rupiah_text(int(record["rupiah"]), language))
        kind += f"<br><small>{amount}</small>"
    field = for_html(label(f"align_field_{record['field']}", language))
    texts = {**{key: for_html(record[key]) for key in _COLUMNS}, "field": field}
    cells = "".join(f"<td>{texts[key]}</td>" for key in _COLUMNS[1:])
    return f'<tr><td class="{grave}">{kind}</td>{cells}</tr>\n'
