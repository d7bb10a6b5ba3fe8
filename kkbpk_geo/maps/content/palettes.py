"""Colours of the maps, once for the page, the print and the report.

Why: a planner reads twenty maps in one meeting; one rule must hold in all of them.
The rule: **the darker, the more it needs attention**. Indicators with a direction use
the warm palette, dark at the bad end (low values where higher is better). Context
(neither good nor bad) uses the cool palette, dark where there is more. A change is
warm where it is for the worse, blue where it is for the better, grey where there is
none; in context it is purple downwards and blue upwards. Kinds that have no order have
hues of their own, each of another lightness, so that grey print keeps them apart.

In:     a number of classes and a direction. Out: hex colours, lowest class first.
Method: own anchor colours, interpolated in OKLab (Ottosson 2020), so that lightness
        falls evenly: readable in grey print and for colour-blind readers.
"""

from __future__ import annotations

from kkbpk_geo.base.look.colours import ATTENTION, CLUSTERS, GOOD, LESS, MORE, PLANS
from kkbpk_geo.catalogue.indicators import Direction

# Each anchor is darker than the one before, so that a grey print keeps their order.
WARM = ("#fff0c9", "#fbc777", "#ee8a3c", "#c4501f", "#75220f")
COOL = ("#dcebf3", "#a9cde2", "#6aa3c8", "#2f729f", "#123f66")

WARM_SIDE = (ATTENTION, "#f2a765", "#e9e9e6", "#8db9d6", GOOD)
PURPLE_SIDE = (LESS, "#bda3d3", "#e9e9e6", "#8db9d6", MORE)

# In the order of lightness; the order in which kinds take them is that of the table.
KINDS = (
    "#1f2f66", "#8a2f6b", "#2c74b3", "#d5622d",
    "#5fae7e", "#f2a65a", "#a9d3ec", "#f9efb4",
)  # fmt: skip
MOST_KINDS = len(KINDS)
# What our own analyses find, in the colours of their figures.
OWN_KINDS = CLUSTERS | PLANS

# Names on a fill: white or dark, whichever is told from it better.
INK, LIGHT, DARKEST = "#1d2a33", "#ffffff", "#000000"
READABLE = 4.5  # to 1: what WCAG 2.2 (1.4.3) asks of small letters

Triple = tuple[float, float, float]


def colours_for(k: int, direction: Direction) -> tuple[str, ...]:
    """Return ``k`` colours, lowest class first, dark where attention is needed."""
    if direction == "context":
        return ramp(COOL, k)
    found = ramp(WARM, k)
    return found[::-1] if direction == "better" else found


def kinds_for(k: int, direction: Direction) -> tuple[str, ...]:
    """Return ``k`` colours for kinds; those that are steps to good or bad are a ramp.

    Without a direction each is a hue of its own, as far apart in lightness as it goes;
    there are :data:`MOST_KINDS` of them.
    """
    if direction != "context":
        return colours_for(k, direction)
    # Few kinds lie far apart in lightness: the first and the last are always used.
    last = MOST_KINDS - 1
    return tuple(KINDS[round(i * last / max(k - 1, 1))] for i in range(k))


def diverging(k: int, direction: Direction) -> tuple[str, ...]:
    """Return 5, 3 or no colours from fall to rise, the middle one for no change."""
    whole = PURPLE_SIDE if direction == "context" else WARM_SIDE
    if not k:
        return ()
    found = whole if k == len(whole) else whole[::2]
    return found[::-1] if direction == "worse" else found


def parted(below: int, above: int, direction: Direction) -> tuple[str, ...]:
    """Return colours for classes below and above a standard, darkest at the ends.

    Warm is the side that misses the standard, blue the one that meets it.
    """
    low, high = diverging(5, direction)[:2], diverging(5, direction)[:2:-1]
    return low[:below] + high[:above][::-1]


def ramp(anchors: tuple[str, ...], k: int) -> tuple[str, ...]:
    """Return ``k`` colours evenly along a palette; a single one is its middle."""
    if k == 1:
        return (anchors[len(anchors) // 2],)
    labs = [_to_oklab(anchor) for anchor in anchors]
    found = []
    for step in range(k):
        place = step * (len(labs) - 1) / (k - 1)
        left = min(int(place), len(labs) - 2)
        part = place - left
        pairs = zip(labs[left], labs[left + 1], strict=True)
        mixed = [a + (b - a) * part for a, b in pairs]
        found.append(_to_hex((mixed[0], mixed[1], mixed[2])))
    return tuple(found)


def lightness(colour: str) -> float:
    """Return the OKLab lightness of a hex colour: 0 is black, 1 is white."""
    return _to_oklab(colour)[0]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two hex colours by WCAG 2.2: from 1 to 21."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def ink_on(fill: str) -> str:
    """Return the colour of letters on a fill; their contrast is at least 4.5 to 1.

    On a middle tone neither white nor our dark ink may reach that. Black does: its
    contrast times that of white is 21 on any fill, so one of them is above 4.58.
    """
    best = max((INK, LIGHT), key=lambda ink: contrast(ink, fill))
    return best if contrast(best, fill) >= READABLE else DARKEST


def _luminance(colour: str) -> float:
    r, g, b = _channels(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _channels(colour: str) -> Triple:
    r, g, b = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return r, g, b


def _to_oklab(colour: str) -> Triple:
    # Matrices of Ottosson (2020), "A perceptual color space for image processing".
    r, g, b = _channels(colour)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    mid = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * mid - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * mid + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * mid - 0.8086757660 * short,
    )


def _to_hex(lab: Triple) -> str:
    light, a, b = lab
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    mid = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    channels = (
        4.0767416621 * long - 3.3077115913 * mid + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * mid - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * mid + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _gamma(c)):02x}" for c in channels)


def _linear(channel: float) -> float:
    """Undo the gamma of sRGB (IEC 61966-2-1)."""
    if channel <= 0.04045:  # noqa: PLR2004
        return channel / 12.92
    return float(((channel + 0.055) / 1.055) ** 2.4)


def _gamma(channel: float) -> float:
    channel = min(1.0, max(0.0, channel))
    if channel <= 0.0031308:  # noqa: PLR2004
        return 12.92 * channel
    return float(1.055 * channel ** (1 / 2.4) - 0.055)
