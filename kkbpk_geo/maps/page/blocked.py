"""What a caller adds to a page and the page's policy would silently not show.

Why: the policy forbids every request and every script that is not listed. A picture by
its address would be a broken picture in the saved page, and a script in a popup would
do nothing: both are said when the page is made, with what to do instead.

In:     the texts that folium layers bring, and the layers. Out: nothing, or MapError.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from branca.element import Element

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.maps.page.page import Extras

_QUOTE = r"""\\?["'`]?"""
_ADDRESS = r"""(?P<address>[^"'`\s>)\\]+)"""
# Where an address makes the browser load something; one in <a href> does not.
_LOADED = re.compile(
    "|".join(
        (
            rf"""<link\b[^>]*?\bhref\s*=\s*{_QUOTE}""",
            rf"""(?:\bsrc|\bsrcset|\bposter)\s*=\s*{_QUOTE}""",
            rf"""\burl\(\s*{_QUOTE}""",
            rf"""(?:icon|shadow)(?:Retina)?Url{_QUOTE}\s*:\s*{_QUOTE}""",
            r"""L\.(?:imageOverlay|videoOverlay)\w*\(\s*\[?\s*["'`]""",
        )
    ).join(("(?:", ")"))
    + _ADDRESS,
    re.IGNORECASE,
)
_FRAME = re.compile(r"<(?:iframe|object|embed)\b", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b|<[a-z][^>]*\son\w+\s*=", re.IGNORECASE)
_INSIDE = ("data:", "#", "blob:")
_SHOWN = 80  # letters of an address: enough to know it by


def refuse_blocked(extras: Extras, layers: Sequence[Element]) -> None:
    """Refuse what the page would not show.

    Raises
    ------
    MapError
        Names the layer and the address; the frame; the script.
    """
    texts = (extras.head, extras.top, extras.body, extras.script)
    for text in texts:
        for found in _LOADED.finditer(text):
            address = found["address"]
            if not address.startswith(_INSIDE):
                raise MapError(_picture(address, layers))
        if _FRAME.search(text):
            msg = (
                "the map has a frame (folium.IFrame), which its page may not open. "
                "Give the HTML itself: folium.Popup('<b>…</b>')."
            )
            raise MapError(msg)
    for text in texts[:-1]:
        if script := _SCRIPT.search(text):
            msg = (
                f"the map has {script[0][:_SHOWN]!r} among its elements, and the page "
                "runs no script from there. Add the code itself with "
                "work_map.get_root().script.add_child(folium.Element('…'))."
            )
            raise MapError(msg)


def _picture(address: str, layers: Sequence[Element]) -> str:
    """Say which layer has a picture that cannot show, and what to give instead."""
    named = [type(layer).__name__ for layer in layers if _has(layer, address)]
    who = f"the layer {named[-1]}" if named else "an element"
    return (
        f"{who} of the map shows {address[:_SHOWN]!r}; a work map opens without the "
        "internet and loads no picture. Save it and give folium.CustomIcon or "
        "ImageOverlay the path of the file, which puts it into the page; elsewhere "
        "write the picture itself as 'data:image/png;base64,…'."
    )


def _has(layer: Element, address: str) -> bool:
    """Whether a text, or a text in the options, of a layer is the address."""
    for held in vars(layer).values():
        if isinstance(held, str | dict) and address in str(held):
            return True
    return False
