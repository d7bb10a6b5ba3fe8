"""What pages say of one district's plan: its calendar, its continuity, its progress.

In:     an :class:`~kkbpk_geo.plan.outlook.Outlook` and a region.
Out:    HTML parts, all text escaped; the style they need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.base.missing import as_int, is_missing
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import scroll
from kkbpk_geo.plan.align.words import number_text
from kkbpk_geo.plan.lines.words import rupiah_text, unit_text
from kkbpk_geo.plan.year.continuity import PARTS
from kkbpk_geo.plan.year.gantt import GANTT_STYLE, gantt_html, gantt_key
from kkbpk_geo.plan.year.lines import work_name
from kkbpk_geo.regions import place_name

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.plan.year.outlook import Outlook

# A sign beside the word of a class, so that it is not told by colour alone.
CLASS_SIGNS = {
    "critical": "✕", "behind": "▼", "on_track": "=", "above": "▲",
    "not_reported": "?", "no_target": "–",
}  # fmt: skip
_HEADS = (
    "work", "target", "realised", "physical", "budget", "spent", "absorption", "class",
)  # fmt: skip
PARTS_STYLE = (
    GANTT_STYLE
    + """
h3{font-size:1rem;margin:1.2rem 0 .2rem}h3+p{margin:.2rem 0 .6rem}
section table.gantt{min-width:44rem;max-width:62rem;table-layout:auto}
section table.done{min-width:50rem;table-layout:auto}
section table.gantt{margin-top:.8rem}.done tbody th{font-weight:400}
.breaks{margin:.3rem 0;padding-left:1.2rem}
.parts{margin:.3rem 0}
td.k{white-space:nowrap}
td.k-critical{border-left:.5rem solid #b3261e}
td.k-behind{border-left:.5rem solid #b26a00}
td.k-on_track,td.k-above{border-left:.5rem solid #2c6e49}
td.k-not_reported,td.k-no_target{border-left:.5rem solid #767676}
@media screen and (max-width:40rem){
section table.gantt{min-width:0;font-size:.8rem}
.gantt tbody th{min-width:5rem;padding-right:.2rem}
.gantt :is(td,thead th){padding:.1rem 0;font-size:.6rem;vertical-align:middle}
.gantt tbody td{width:1rem}.gantt thead tr+tr th{font-weight:400}}
@page{size:A4 landscape;margin:10mm}
@media print{section table.gantt,section table.done{min-width:0}
h1{font-size:14pt}h2{font-size:12pt}h3{font-size:10pt}
section:has(.gantt){break-before:page}.breaks{line-height:1.35}
section table.gantt{break-inside:avoid}.scroll{overflow:visible}
:is(h2,h3,.gantt-key,.parts,.breaks){margin-top:.4rem}p{margin:.3rem 0}
table:not(.gantt) :is(th,td){padding:.12rem .3rem;line-height:1.3}
.gantt :is(th,td){padding:0 .15rem;line-height:1.35}}
"""
)


def plan_parts(outlook: Outlook, code: str, anchor: str, language: Language) -> str:
    """Return what is known of a region's plan; nothing where it has no line.

    Parameters
    ----------
    outlook : Outlook
    code : str
        Code of the region.
    anchor : str
        Unique on the page: the heading of the section has the id ``h-<anchor>``.
    language : {"id", "en"}
    """
    if code not in outlook.regions:
        return ""
    return (
        _calendar(outlook, code, anchor, language)
        + _continuity(outlook, code, language)
        + _progress(outlook, code, anchor, language)
    )


def year_heads(language: Language) -> list[str]:
    """Return the headings of :func:`year_cells`."""
    return [_say(key, language) for key in ("continuity", "physical", "absorption")]


def year_cells(outlook: Outlook | None, code: str, language: Language) -> list[str]:
    """Return a region's continuity, physical and money realisation for a table."""
    values: list[float | None] = [None, None, None]
    if outlook and code in outlook.continuity.scores.index:
        values[0] = 100 * outlook.continuity.scores.loc[code].to_dict()["score"]
    if outlook and code in outlook.monitoring.regions.index:
        own = outlook.monitoring.regions.loc[code].to_dict()
        values[1:] = [own["physical"], own["absorption"]]
    return [percent_text(value, language, 0) for value in values]


def _say(key: str, language: Language) -> str:
    return for_html(label(f"plan_page_{key}", language))


def _calendar(outlook: Outlook, code: str, anchor: str, language: Language) -> str:
    table = gantt_html(outlook.continuity, code, language)
    return scroll(table, f"h-{anchor}") + gantt_key(language)


def percent_text(value: float | None, language: Language, digits: int = 1) -> str:
    """Write a percentage; an en dash where there is none."""
    shown = format_number(value, digits, language)
    return shown if shown == "–" else f"{shown} %"


def _continuity(outlook: Outlook, code: str, language: Language) -> str:
    scores = outlook.continuity.scores.loc[code]
    percent = {
        name: percent_text(100 * scores[name], language, 0) for name in scores.index
    }
    parts = "; ".join(
        f"{_say(f'part_{part}', language)} {percent[part]}" for part in PARTS
    )
    total = percent["score"]
    place = place_name(code)
    said = [
        one.removeprefix(f"{place}, ").removeprefix(f"{place}: ")
        for one in outlook.continuity.sentences(code, language)
    ]
    listed = "".join(f"<li>{for_html(one)}</li>" for one in said)
    return (
        f'<p class="parts"><b>{_say("continuity", language)} {total}</b> '
        f"({_say('mean_of', language)}: {parts}).</p>\n"
        + (f'<ul class="breaks">{listed}</ul>\n' if said else "")
    )


def _progress(outlook: Outlook, code: str, anchor: str, language: Language) -> str:
    """Plan against realisation to date, work by work; a sentence where none is told."""
    rows = outlook.monitoring.at()
    rows = rows[rows["region_code"] == code]
    title = f"progress-{anchor}"
    heading = f'<h3 id="{title}">{_say("progress", language)}</h3>\n'
    if code not in outlook.reporting:
        said = label("plan_page_no_report", language).format(
            works=format_number(len(rows), 0, language)
        )
        return f"{heading}<p>{for_html(said)}</p>\n"
    body = "".join(_work(row, language) for _, row in rows.iterrows())
    heads = "".join(f'<th scope="col">{_say(key, language)}</th>' for key in _HEADS)
    return (
        heading
        + f"<p>{for_html(_to_date(outlook, code, language))}</p>\n"
        + scroll(
            f'<table class="done" aria-labelledby="{title}"><thead><tr>{heads}</tr>'
            f"</thead>\n<tbody>{body}</tbody></table>",
            title,
        )
    )


def _to_date(outlook: Outlook, code: str, language: Language) -> str:
    own = outlook.monitoring.regions.loc[code].to_dict()
    said = label("plan_page_to_date", language).format(
        physical=percent_text(own["physical"], language),
        absorption=percent_text(own["absorption"], language),
        klass=label(f"plan_class_{own['klass']}", language),
        reported=int(own["reported"]),
        works=int(own["works"]),
    )
    if own["pattern"]:
        said += f" {label('plan_pattern_' + own['pattern'], language).capitalize()}."
    return said


def _work(row: pd.Series[Any], language: Language) -> str:
    unit = unit_text(row["unit"], language)
    klass = row["klass"]
    sign = CLASS_SIGNS[klass]
    cells = [
        _count(row["target"], unit, language),
        _count(row["realised"], unit, language),
        percent_text(row["physical"], language),
        rupiah_text(as_int(row["budget"]), language),
        rupiah_text(as_int(row["spent"]), language),
        percent_text(row["absorption"], language),
    ]
    name = for_html(work_name(row["work"], row["text"], language))
    numbers = "".join(f'<td class="n">{for_html(cell)}</td>' for cell in cells)
    word = for_html(label(f"plan_class_{klass}", language))
    return (
        f'<tr><th scope="row">{name}</th>{numbers}<td class="k k-{klass}">'
        f'<span aria-hidden="true">{sign}</span> {word}</td></tr>\n'
    )


def _count(value: float, unit: str, language: Language) -> str:
    if is_missing(value):
        return "–"
    return f"{number_text(float(value), language)} {unit}".strip()
