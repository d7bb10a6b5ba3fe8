"""The one place where text from tables becomes part of a page, a sheet or a terminal.

Why: a district named ``<img src=x onerror=...>`` or ``${7*7}`` must show as text.
folium places strings inside JavaScript template literals, so HTML escaping alone is
not enough; spreadsheets run cells that begin with ``=``; a terminal obeys control
characters, and characters of direction make any text read as another.

In:     any value. Out: text that is inert where it is going.
"""

from __future__ import annotations

import html
import json
import re
from functools import lru_cache

# What JavaScript reads inside a template literal.
_TEMPLATE = {ord(ch): f"&#{ord(ch)};" for ch in "`${\\"}
_SCRIPT = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
# What a terminal obeys (but line ends and tabs, which every text has), what turns the
# direction of a text, and the halves of letters that stand for bytes of no encoding.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_STANDS_FOR = "\ufffd"  # what a reader sees in the place of one of them
_ESCAPED = re.compile(r"\\(?:u00[0-9a-f]{2}|.)")  # in JSON
_UNSEEN_ESCAPED = re.compile(r"\\(?:b|f|u00.*)")
_LINE = re.compile(r"[\t\n\r]")
# Excel, LibreOffice and Google Sheets each run some of these.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# A number may begin with a sign and is no formula.
_NUMBER = re.compile(r"[+-]?\d[\d.,]*\s*%?")
# What begins a cell for whoever separates by one of ; , tab or a line end: a formula,
# unless it is a number ("2;-5") or a dash alone ("Rp 1.000,-"). Quotes do not count: a
# quote is doubled in a file, and two of them are an empty text to such a program.
# A run is taken whole, and from its beginning only, so that many blanks cost little.
_CELL_FORMULA = re.compile(
    r"((?<![;,\s\"])[;,\s\"]++|^)(?=[=+\-@])"
    r"(?!(?:[+-]?\d[\d.,]*+\s*+(?:%\s*+)?|-\s*+)(?:[;,\t\r\n]|$))"
)
_SEPARATORS = frozenset(";,\t\r\n")


def seen(text: str) -> str:
    r"""Return a text in which nothing acts unseen: ``\ufffd`` stands in its place.

    Control characters but line ends and tabs, characters of direction, and halves of
    letters (a file name of another encoding has them) are replaced.

    Examples
    --------
    >>> seen("Mesu\x1b[2Jji")
    'Mesu\ufffd[2Jji'
    """
    return _UNSEEN.sub(_STANDS_FOR, text)


def seen_in_line(text: str) -> str:
    """Return a text as :func:`seen` does, and on one line: the name of a file."""
    return _LINE.sub(_STANDS_FOR, seen(text))


def for_html(value: object) -> str:
    """Text for an element or attribute; also inert inside a JS template literal."""
    return _escape(str(value))


# A page of thousands of rows says the same few kinds, times and dashes in each.
@lru_cache(maxsize=4096)
def _escape(text: str) -> str:
    return html.escape(seen(text), quote=True).translate(_TEMPLATE)


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
    return seen(_ESCAPED.sub(_seen_escape, text)).translate(_SCRIPT)


def _seen_escape(escape: re.Match[str]) -> str:
    """Return an escape of JSON, or what stands for the sign that it hides."""
    return _STANDS_FOR if _UNSEEN_ESCAPED.fullmatch(escape[0]) else escape[0]


def for_sheet(value: object) -> object:
    """Return a cell value that no spreadsheet program runs as a formula.

    Text that begins with ``= + - @`` (or a control character) gets an apostrophe in
    front, unless it is only a number such as ``-5`` or ``+3,5 %``.
    """
    if not isinstance(value, str):
        return value
    inert = seen(value)
    if not inert.startswith(_FORMULA):
        return inert
    return inert if _NUMBER.fullmatch(inert) else "'" + inert


def for_csv(value: object) -> object:
    """Return a cell of a text file that is no formula under any separator.

    As :func:`for_sheet`; and what follows a ``;``, a comma, a tab or a line end within
    the text gets an apostrophe too: a program that separates by another sign than the
    file does begins a cell there.

    Examples
    --------
    >>> for_csv("Antah,=1+1"), for_csv("Rp 1.000,-")
    ("Antah,'=1+1", 'Rp 1.000,-')
    """
    inert = for_sheet(value)
    return _CELL_FORMULA.sub(_inert, inert) if isinstance(inert, str) else inert


def _inert(before: re.Match[str]) -> str:
    """Return what stands before a formula, and an apostrophe where a cell begins."""
    run = before[0]
    begins = before.start() == 0 and not run.strip()
    return f"{run}'" if begins or _SEPARATORS.intersection(run) else run
