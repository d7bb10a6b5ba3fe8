"""The classes and colours of a map as styles of QGIS, which a GeoPackage carries.

Why: a layer that opens in grey makes everyone class it anew, and two offices then show
two maps of the same figures. The styles say what the page says: the same breaks, the
same colours, the same words, and a hatch for what has no figure.

In:     a layer of the map and the name of its column.
Out:    QML, the XML in which QGIS keeps a style: rules, one a class and one a state.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from xml.etree import ElementTree as ET

from kkbpk_geo.base.formats import Language
from kkbpk_geo.maps.content.layers import Layer
from kkbpk_geo.maps.gis.frames import status_texts

_WRITTEN_FOR = "3.28.0"  # the long-term release from which on styles of this form open
_EDGE = "#5c666d"
_WIDTH = "0.2"  # of an outline, in millimetres
_NO_FIGURE = "#ffffff"


def style_of(layer: Layer, column: str, language: Language) -> str:
    """Return the style that colours a layer by one of its columns.

    Parameters
    ----------
    layer : Layer
        Its classes and states.
    column : str
        Name of the column of values; that of states is ``<column>_status``.
    language : {"id", "en"}
        Of the words in the legend.
    """
    root = ET.Element("qgis", version=_WRITTEN_FOR, styleCategories="Symbology")
    renderer = ET.SubElement(
        root, "renderer-v2", type="RuleRenderer", symbollevels="0", forceraster="0"
    )
    rules = ET.SubElement(renderer, "rules", key="{map}")
    symbols = ET.SubElement(renderer, "symbols")
    said = [*_classes(layer, column, language), *_states(layer, column, language)]
    for number, (words, asked, colour, hatched) in enumerate(said):
        ET.SubElement(
            rules, "rule", key=f"{{rule-{number}}}", symbol=str(number), label=words,
            filter=asked,
        )  # fmt: skip
        _symbol(symbols, str(number), colour, hatched=hatched)
    ET.indent(root, " ")
    return ET.tostring(root, encoding="unicode")


def _classes(
    layer: Layer, column: str, language: Language
) -> Iterator[tuple[str, str, str, bool]]:
    """Yield words, condition and colour of each class, the highest first."""
    classes = layer.classes
    if not classes.k:
        return
    words = classes.labels(language)
    if classes.names:
        asked = [f'"{column}" = {_quoted(word)}' for word in words]
    else:
        edges = [None, *classes.breaks, None]
        asked = [_between(column, low, high) for low, high in pairwise(edges)]
    found = zip(words, asked, classes.colours, strict=True)
    for word, condition, colour in reversed(list(found)):
        yield word, condition, colour, False


def _between(column: str, low: float | None, high: float | None) -> str:
    """Return the condition of a class; a value equal to a break is in the one above."""
    parts = [f'"{column}" IS NOT NULL']
    if low is not None:
        parts.append(f'"{column}" >= {low!r}')
    if high is not None:
        parts.append(f'"{column}" < {high!r}')
    return " AND ".join(parts)


def _states(
    layer: Layer, column: str, language: Language
) -> Iterator[tuple[str, str, str, bool]]:
    """Yield the states that occur and have no figure, in the order of a legend."""
    cells = list(layer.cells.values())[-1]
    pairs = zip(cells.status, cells.values, strict=True)
    bare = {state for state, value in pairs if value is None}
    for name, words in status_texts(layer, language).items():
        if name in bare:
            asked = f'"{column}" IS NULL AND "{column}_status" = {_quoted(words)}'
            yield words, asked, _NO_FIGURE, True


def _quoted(text: str) -> str:
    """Return a text as an expression of QGIS writes it."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def _symbol(parent: ET.Element, name: str, colour: str, *, hatched: bool) -> None:
    symbol = ET.SubElement(
        parent, "symbol", name=name, type="fill", alpha="1", clip_to_extent="1"
    )
    _layer(
        symbol,
        "SimpleFill",
        {
            "color": _rgba(colour), "style": "solid", "outline_color": _rgba(_EDGE),
            "outline_style": "solid", "outline_width": _WIDTH,
            "outline_width_unit": "MM",
        },
    )  # fmt: skip
    if hatched:
        hatch = {"color": _rgba(_EDGE), "style": "b_diagonal", "outline_style": "no"}
        _layer(symbol, "SimpleFill", hatch)


def _layer(parent: ET.Element, kind: str, options: dict[str, str]) -> None:
    layer = ET.SubElement(
        parent, "layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"}
    )
    told = ET.SubElement(layer, "Option", type="Map")
    for key, value in options.items():
        ET.SubElement(told, "Option", name=key, type="QString", value=value)


def _rgba(colour: str) -> str:
    """Return ``#75220f`` as QGIS writes it: ``117,34,15,255``.

    Examples
    --------
    >>> _rgba("#75220f")
    '117,34,15,255'
    """
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return ",".join(map(str, [*parts, 255]))
