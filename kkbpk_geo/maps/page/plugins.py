"""The files of folium plugins, put into the page; what is absent is named at once.

Why: a plugin's script and style sheet lie on the internet, and so do the pictures and
fonts that the style sheet names. A page that opens without the internet needs every
one of them inside; one that is forgotten is a button without its sign.

In:     the head that layers have filled, and ``MapOptions.assets``: where files lie, by
        the name folium gives them, their address, or their own name. What lies beside
        a style sheet as the sheet says needs no entry of its own.
Out:    :class:`PluginFiles`; else MapError with all files that nobody gave.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

from branca.element import CssLink, Element, JavascriptLink

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.maps.page.page import library

Assets = Mapping[str, str | Path]

_CLUSTER = "leaflet_markercluster"
_INSIDE = {  # what folium's cluster asks for, from our packages
    "markerclusterjs": "leaflet.markercluster.js",
    "markerclustercss": "MarkerCluster.css",
    "markerclusterdefaultcss": "MarkerCluster.Default.css",
}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r"@import\b[^;]*;", re.IGNORECASE)
_URL = re.compile(
    r"""url\(\s*(?P<quote>["']?)(?P<address>[^"')]+)(?P=quote)\s*\)""", re.IGNORECASE
)
_HELD = ("data:", "#")
_AFTER_NAME = re.compile(r"[?#].*", re.DOTALL)  # of "a.eot?#iefix", "signs.svg#star"
# A table of our own: the system's would differ from machine to machine.
_TYPES = {
    ".png": "image/png",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
    ".cur": "image/x-icon",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".eot": "application/vnd.ms-fontobject",
}


@dataclass(slots=True)
class PluginFiles:
    """What layers bring: elements of the head with styles inside, and scripts."""

    assets: Assets
    head: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    absent: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, element: Element) -> None:
        """Take over one element of the head."""
        if isinstance(element, JavascriptLink):
            self.scripts.append(self._text(name, element.url))
        elif isinstance(element, CssLink):
            style = self._style(self._text(name, element.url), name, element.url)
            self.head.append(f"<style>{style}</style>")
        else:
            self.head.append(str(element.render()))

    def _text(self, name: str, url: str) -> str:
        """Return the text of a file that a layer wants, from this machine only."""
        path = self._path(name, url)
        if path is not None:
            return path.read_text(encoding="utf-8")
        if name in _INSIDE:
            return library(_CLUSTER, _INSIDE[name])
        self.absent[name] = url
        return ""

    def _path(self, *names: str) -> Path | None:
        """Return where a file lies that is known by one of these names."""
        for name in names:
            if name not in self.assets:
                continue
            path = Path(self.assets[name])
            if not path.is_file():
                msg = (
                    f"assets says that {name!r} lies at {str(path)!r}, and there is no "
                    "file; expected the path of the file that was saved."
                )
                raise MapError(msg)
            return path
        return None

    def _style(self, css: str, name: str, url: str) -> str:
        """Return a style sheet with its pictures and fonts inside."""
        # What a comment names nobody needs.
        css = _COMMENT.sub("", css)
        if imported := _IMPORT.search(css):
            msg = (
                f"the style sheet {url} begins with {imported[0]!r}, and the page may "
                "not load it. Put the text of that sheet in its place, in the file "
                f"that MapOptions(assets={{{name!r}: …}}) names."
            )
            raise MapError(msg)
        sheet = self._path(name, url)
        beside = sheet.parent if sheet else None

        def inside(found: re.Match[str]) -> str:
            address = found["address"].strip()
            if address.startswith(_HELD):
                return found[0]
            return f'url("{self._data(address, url, beside)}")'

        return _URL.sub(inside, css)

    def _data(self, address: str, sheet_url: str, beside: Path | None) -> str:
        """Return a file that a style sheet names as an address that holds it."""
        plain = _AFTER_NAME.sub("", address)
        whole = urljoin(sheet_url, plain)
        own_name = plain.rpartition("/")[2]
        path = self._path(address, plain, whole, own_name)
        if path is None and beside is not None:
            path = _picture_beside(beside, plain)
        if path is None:
            self.absent[own_name] = whole
            return ""
        kind = _TYPES.get(path.suffix.lower(), "application/octet-stream")
        held = base64.b64encode(path.read_bytes()).decode()
        # A part of a drawing is still chosen by what follows "#".
        part = address.partition("#")[2] if path.suffix.lower() == ".svg" else ""
        return f"data:{kind};base64,{held}" + (f"#{part}" if part else "")


def _picture_beside(folder: Path, name: str) -> Path | None:
    """Return a picture or font that lies where a style sheet says, if there is one.

    Nothing else: a sheet from the internet may name a letter of its reader's, and a
    page is handed on.
    """
    path = folder / name
    return path if path.suffix.lower() in _TYPES and path.is_file() else None


def plugin_files(header: Element, assets: Assets) -> PluginFiles:
    """Return the files that the elements of a head want.

    Parameters
    ----------
    header : Element
        Filled by the layers.
    assets : mapping name or address -> path

    Raises
    ------
    MapError
        Names every file that nobody gave.
    """
    files = PluginFiles(assets)
    for name, element in header._children.items():
        files.add(name, element)
    if files.absent:
        raise MapError(_refusal(files.absent))
    return files


def _refusal(absent: Mapping[str, str]) -> str:
    """Name what nobody gave, and say how it is given."""
    files, are = ("these files", "they are")
    if len(absent) == 1:
        files, are = ("that file", "it is")
    paths = ", ".join(f"{name!r}: 'path/to/file'" for name in absent)
    beside = ""
    if any(url.partition("?")[0].endswith(".css") for url in absent.values()):
        beside = " Pictures and fonts that a style sheet names may lie beside it."
    return (
        f"a layer of the map wants {', '.join(absent.values())}, and the page may not "
        f"load it. Save {files} and say where {are}: MapOptions(assets={{{paths}}}), "
        f"or remove the layer.{beside}"
    )
