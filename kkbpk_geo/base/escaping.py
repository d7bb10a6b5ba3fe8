"""The one place where text from tables becomes part of a page or of a sheet.

Why: a district named ``<img src=x onerror=...>`` or ``${7*7}`` must show as text.
folium places strings inside JavaScript template literals, so HTML escaping alone is
not enough; spreadsheets run cells that begin with ``=``.

In:     any value. Out: text that is inert where it is going.
"""

from __future__ import annotations

import html
import json
import re

# What JavaScript reads inside a template literal.
_TEMPLATE = {ord(ch): f"&#{ord(ch)};" for ch in "`${\\"}
_SCRIPT = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
# Excel, LibreOffice and Google Sheets each run some of these.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# A number may begin with a sign and is no formula.
_NUMBER = re.compile(r"[+-]?\d[\d.,]*\s*%?")


def for_html(value: object) -> str:
    """Text for an element or attribute; also inert inside a JS template literal."""
    return html.escape(str(value), quote=True).translate(_TEMPLATE)


def for_script(value: object) -> str:
    """JSON that can stand inside a ``<script>`` element; no tag can end it early.

    Keys keep the order given, floats their shortest form; the same value gives the
    same text. NaN and infinities are refused: write ``None`` for missing.

    Raises
    ------
    ValueError
        If a number is not finite or a value is not JSON.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_SCRIPT)


def for_sheet(value: object) -> object:
    """Return a cell value that no spreadsheet program runs as a formula.

    Text that begins with ``= + - @`` (or a control character) gets an apostrophe in
    front, unless it is only a number such as ``-5`` or ``+3,5 %``.
    """
    if not isinstance(value, str) or not value.startswith(_FORMULA):
        return value
    return value if _NUMBER.fullmatch(value) else "'" + value
