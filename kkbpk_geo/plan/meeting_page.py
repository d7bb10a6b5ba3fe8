"""The page of the meeting: what is agreed, and what to decide, district by district.

Layer:  7 (plan).
In:     an :class:`~kkbpk_geo.plan.alignment.Alignment`, the paragraph for the minutes.
Out:    HTML text without scripts or outside requests, all text escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language, format_number
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.plan.alignment_table import CONFLICTS
from kkbpk_geo.plan.alignment_words import number_text
from kkbpk_geo.plan.model import rupiah_text

if TYPE_CHECKING:
    import pandas as pd

    from kkbpk_geo.plan.alignment import Alignment

_COLUMNS = ("kind", "work", "period", "field", "base", "province", "district", "note")
_COUNTS = (
    "lines", "agreed", "aligned_share", "decisions", "conflicts", "double_funding",
    "unfunded_need",
)  # fmt: skip
_STYLE = """
:root{color-scheme:light}
body{font:16px/1.5 system-ui,"Segoe UI",Roboto,Arial,sans-serif;color:#1a1a1a;
margin:0 auto;max-width:80rem;padding:1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid #b5b5b5;padding:.35rem .5rem;text-align:left;
vertical-align:top;overflow-wrap:break-word}
thead th{background:#e8eef5}
td.n{text-align:right;white-space:nowrap}
section table{table-layout:fixed;min-width:60rem}
section th:nth-child(1){width:9rem}section th:nth-child(3),
section th:nth-child(4){width:6.5rem}
td.grave{border-left:.5rem solid #b3261e}
td.other{border-left:.5rem solid #1f5fa8}
.minutes{border-left:.25rem solid #767676;padding-left:1rem;max-width:60rem}
small{color:#4a4a4a}
a{color:#1f4e8c}a:focus-visible{outline:3px solid #1f4e8c}
@media print{body{max-width:none;font-size:9pt;padding:0}section table{min-width:0}
h2{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}}
"""


def meeting_html(alignment: Alignment, minutes: str, *, title: str = "") -> str:
    """Lay a comparison out as one page to show, print or mail.

    Parameters
    ----------
    alignment : Alignment
        Its language is that of the page.
    minutes : str
        The paragraph for the minutes.
    title : str, optional

    Returns
    -------
    str
        HTML that needs no script, network or other file.
    """
    language = alignment.language
    head = for_html(title or label("meeting_title", language))
    sections = [
        _section(str(code), rows, language)
        for code, rows in alignment.table.groupby("region_code", sort=True)
    ]
    body = [
        f"<h1>{head}</h1>",
        f"<p>{for_html(alignment.summary(language))}</p>",
        f'<h2 id="h-ringkasan">{_say("summary", language)}</h2>',
        _regions(alignment, language),
        *sections,
        f"<h2>{_say('minutes', language)}</h2>",
        f'<p class="minutes">{for_html(minutes)}</p>',
    ]
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{head}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(body)
        + "\n</main>\n</body>\n</html>\n"
    )


def _say(key: str, language: Language) -> str:
    return for_html(label(f"meeting_{key}", language))


def _anchor(code: str) -> str:
    return f"r{code.replace('.', '-')}"


def _table(titled_by: str, heads: Iterable[str], body: str) -> str:
    cells = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return (
        f'<div class="scroll"><table aria-labelledby="{titled_by}">'
        f"<thead><tr>{cells}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )


def _count(value: Any, name: str, language: Language) -> str:  # noqa: ANN401
    import pandas as pd

    if pd.isna(value):
        return "–"
    digits = 1 if name == "aligned_share" else 0
    return format_number(float(value), digits, language)


def _regions(alignment: Alignment, language: Language) -> str:
    here = set(alignment.table["region_code"])
    rows = []
    for code, line in alignment.regions.iterrows():
        name = for_html(line["name"])
        if code in here:
            name = f'<a href="#{_anchor(str(code))}">{name}</a>'
        cells = "".join(
            f'<td class="n">{_count(line[key], key, language)}</td>' for key in _COUNTS
        )
        rows.append(f'<tr><th scope="row">{name}</th>{cells}</tr>\n')
    heads = [_say("region", language), *(_say(key, language) for key in _COUNTS)]
    return _table("h-ringkasan", heads, "".join(rows))


def _section(code: str, rows: pd.DataFrame, language: Language) -> str:
    records = rows.to_dict("records")
    body = "".join(_row(record, language) for record in records)
    anchor = _anchor(code)
    name = for_html(records[0]["region"])
    total = number_text(len(records), language)
    return (
        f'<section id="{anchor}"><h2 id="h-{anchor}">{name} ({total})</h2>\n'
        + _table(f"h-{anchor}", [_say(key, language) for key in _COLUMNS], body)
        + "</section>"
    )


def _row(record: dict[Any, Any], language: Language) -> str:
    grave = "grave" if record["kind"] in CONFLICTS else "other"
    kind = for_html(label(f"align_kind_{record['kind']}", language))
    if record["rupiah"]:
        amount = for_html(rupiah_text(int(record["rupiah"]), language))
        kind += f"<br><small>{amount}</small>"
    field = for_html(label(f"align_field_{record['field']}", language))
    texts = {**{key: for_html(record[key]) for key in _COLUMNS}, "field": field}
    cells = "".join(f"<td>{texts[key]}</td>" for key in _COLUMNS[1:])
    return f'<tr><td class="{grave}">{kind}</td>{cells}</tr>\n'
