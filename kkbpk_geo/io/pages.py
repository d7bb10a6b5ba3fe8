"""The plain pages that are read, printed and mailed: one frame, one style, no scripts.

Why: findings, meetings and plans go to the same desks; what their pages share stands
here once, so that they look alike and are equally closed.

In:     a title as written; HTML that is escaped already; style of the page's own.
Out:    the text of a page that asks for nothing and runs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.base.formats import Language

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root{color-scheme:light}
body{font:16px/1.5 system-ui,"Segoe UI",Roboto,Arial,sans-serif;color:#1a1a1a;
margin:0 auto;padding:1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid #b5b5b5;padding:.35rem .5rem;text-align:left;
vertical-align:top;overflow-wrap:break-word}
thead th{background:#e8eef5}
td.n{text-align:right;white-space:nowrap}
a{color:#1f4e8c}
:is(a,summary,.scroll):focus-visible{outline:3px solid #1f4e8c}
"""
# After the page's own style, because it takes widths back that are for the screen.
_PRINT = """
@media print{body{max-width:none;font-size:9pt;padding:0}section table{min-width:0}
h2,h3{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}}
"""


def build_page(title: str, body: str, *, language: Language, style: str) -> str:
    """Return a whole page.

    Parameters
    ----------
    title : str
        As written; of the tab.
    body : str
        HTML, escaped.
    language : {"id", "en"}
    style : str
        The page's own rules.
    """
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{for_html(title)}</title>\n<style>{_STYLE}{style}{_PRINT}</style>\n"
        f"</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def build_table(
    titled_by: str, heads: Iterable[str], body: str, *, kind: str = ""
) -> str:
    """Return a table that scrolls within itself.

    Parameters
    ----------
    titled_by : str
        The id of its heading.
    heads : iterable of str
    body : str
        HTML as the heads, escaped.
    kind : str, optional
        Its class.
    """
    cells = "".join(f'<th scope="col">{head}</th>' for head in heads)
    named = f' class="{kind}"' if kind else ""
    return scroll(
        f'<table{named} aria-labelledby="{titled_by}">'
        f"<thead><tr>{cells}</tr></thead>\n<tbody>{body}</tbody></table>",
        titled_by,
    )


def scroll(table: str, titled_by: str) -> str:
    """Let a table scroll within itself, for the keyboard too."""
    return (
        f'<div class="scroll" role="group" tabindex="0" aria-labelledby="{titled_by}">'
        f"{table}</div>"
    )
