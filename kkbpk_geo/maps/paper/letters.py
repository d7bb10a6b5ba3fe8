"""Words on paper: measured before they are written, so that none runs into another.

In:     text from tables, sizes in points. Out: lines that fit; text on axes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from kkbpk_geo.maps.paper.style import INK, SOFT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Side = Literal["left", "center", "right"]
LEADING = 1.25  # height of a line, in sizes of its letters
_BOX = "□"  # stands for a character that the font does not have
# Smaller letters than that share of the usual size are not read at arm's length.
_SMALLEST = 0.6
_MEASURED = 96.0  # points: large, so that hinting does not matter
_SLACK = 1.007  # measured letters are hinted, drawn ones are not
_NEARLY = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """How words look; ``size`` in points."""

    size: float
    colour: str = INK
    bold: bool = False

    def of(self, size: float) -> Letter:
        """Return the same letters in another size."""
        return Letter(size=size, colour=self.colour, bold=self.bold)


def plain(size: float) -> Letter:
    """Return letters for what is read second."""
    return Letter(size=size, colour=SOFT)


def printable(text: object) -> str:
    """Return one line of text that the font can show; emoji become a box."""
    font = _font(bold=False)
    kept = []
    for character in " ".join(str(text).split()):
        kind = unicodedata.category(character)
        # A joiner or an accent of its own would be a box that nobody typed.
        if kind in ("Cc", "Cf", "Cs", "Mn", "Me") and not font.get_char_index(
            ord(character)
        ):
            continue  # an invisible character the font does not have
        kept.append(character if font.get_char_index(ord(character)) else _BOX)
    return "".join(kept)


def width_of(text: str, letter: Letter) -> float:
    """Return the width of a line in points."""
    return _SLACK * letter.size * _width(text, bold=letter.bold)


def wrapped(
    text: str, letter: Letter, width: float, *, lines: int = 99
) -> tuple[str, ...]:
    """Break text into lines no wider than ``width``; what is too much becomes …."""
    found: list[str] = []
    line = ""
    for word in printable(text).split():
        for piece in _pieces(word, letter, width):
            longer = f"{line} {piece}".strip()
            if line and width_of(longer, letter) > width:
                found.append(line)
                line = piece
            else:
                line = longer
    if line:
        found.append(line)
    if len(found) > lines:
        found[lines - 1] = shortened(f"{found[lines - 1]} …", letter, width, end=" …")
    return tuple(found[:lines])


def shortened(text: str, letter: Letter, width: float, *, end: str = "…") -> str:
    """Cut a line so that it fits, and say so with ``…``."""
    if width_of(text, letter) <= width * (1 + _NEARLY):
        return text
    text = text.removesuffix(end)
    while text and width_of(text + end, letter) > width:
        text = text[:-1]
    return text.rstrip() + end


def fitted(text: str, letter: Letter, width: float) -> tuple[str, Letter]:
    """Return one line and letters small enough for it, down to 60 %; then cut."""
    text = printable(text)
    # An empty text has no width, and fits.
    share = min(1.0, width / max(width_of(text, letter), 1e-6))
    smaller = letter.of(letter.size * max(share, _SMALLEST))
    return shortened(text, smaller, width), smaller


def write(
    axes: Axes,
    lines: Sequence[str],
    y: float,
    letter: Letter,
    x: float = 0.0,
    ha: Side = "left",
) -> float:
    """Write lines on paper below ``y``; return where the next may begin."""
    for line in lines:
        axes.text(
            x,
            y + letter.size,
            line,
            size=letter.size,
            color=letter.colour,
            weight="bold" if letter.bold else "normal",
            ha=ha,
            va="baseline",
            parse_math=False,
        )
        y += LEADING * letter.size
    return y


def _pieces(word: str, letter: Letter, width: float) -> list[str]:
    """Break a word that is wider than a line."""
    found = []
    while len(word) > 1 and width_of(word, letter) > width:
        n = len(word) - 1
        while n > 1 and width_of(word[:n], letter) > width:
            n -= 1
        found.append(word[:n])
        word = word[n:]
    return [*found, word]


@lru_cache(maxsize=4096)
def _width(text: str, *, bold: bool) -> float:
    """Return the width in sizes of the letters, so that widths grow with the size."""
    font = _font(bold=bold)
    font.set_size(_MEASURED, 72)
    font.set_text(text, 0.0)
    return float(font.get_width_height()[0]) / 64 / _MEASURED  # 64ths of a pixel


@lru_cache(maxsize=2)
def _font(*, bold: bool) -> Any:  # noqa: ANN401
    from matplotlib.font_manager import FontProperties, findfont, get_font

    weight = "bold" if bold else "normal"
    return get_font(findfont(FontProperties(family="DejaVu Sans", weight=weight)))
