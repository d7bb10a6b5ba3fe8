"""One HTML file that needs nothing else: data, styles, scripts, and the policy.

Why: the head of office opens the map on a laptop with no connection, and a name from a
sheet must never become code. So every asset is in the file, the policy in its head
forbids every request, and scripts run only if their hash is listed there: nothing that
comes in with data can.

In:     the page's data (:mod:`kkbpk_geo.maps.page.payload`); optionally scripts and
        elements that folium layers add.
Out:    the text of the page, the same for the same input.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.base.escaping import for_html, for_script
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.io import Family, write_text
from kkbpk_geo.maps.choices import require_path
from kkbpk_geo.maps.describe import MapDescription
from kkbpk_geo.maps.first.ways import ways_html
from kkbpk_geo.maps.page.payload import page_data
from kkbpk_geo.maps.page.scripts import join_scripts, lean

_SLOT = re.compile(r"<!--(\w+)-->")
_IMAGE = re.compile(r"url\(images/([\w.-]+)\)")
# A browser with its tools open would ask for it.
_SOURCE_MAP = re.compile(r"\n?//# sourceMappingURL=\S*\s*$")
_FONT = 'url("data:font/'
_TILES = "https://tile.openstreetmap.org"
_AROUND_MARKS = re.compile(r"\s*([{};,])\s*")
_AFTER_COLON = re.compile(r":[ \t]+")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{[^{}]*\}")
# Of Leaflet's style: what only layers of folium show, and browsers without SVG.
_UNUSED = re.compile(r"oldie|vml|control-layers|attribution|default-icon|div-icon")
_PINS = ("marker-icon.png", "marker-icon-2x.png", "marker-shadow.png")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """What folium layers bring: text for head and body, libraries, their script.

    ``top`` stands above the page's own head line, ``body`` below its foot.
    ``name`` is the JavaScript variable that their script expects the map to be.
    """

    name: str
    head: str = ""
    top: str = ""
    body: str = ""
    libraries: tuple[str, ...] = ()
    script: str = ""


def write_work_map(
    path: str | Path, description: MapDescription, *, family: Family | None = None
) -> Path:
    """Write the page of a map; one file, no network, the same bytes each time.

    Parameters
    ----------
    path : str or Path
        Where to; the folder must exist.
    description : MapDescription
        From :func:`kkbpk_geo.maps.describe.describe_map`.
    family : Family, optional
        The other pages of the run: the ways to them stand in the head of the page.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    MapError
        If ``path`` is none, or ``description`` was not described.
    """
    instead = "The page as text: draw_work_map(...).get_root().render()."
    target = require_path(path, instead)
    given: object = description
    if not isinstance(given, MapDescription):
        msg = (
            f"description is a {type(given).__name__}; expected what "
            "describe_map(boundaries, table) gives."
        )
        raise MapError(msg)
    return write_text(target, build_page(description, family=family))


def build_page(
    description: MapDescription,
    extras: Extras | None = None,
    *,
    family: Family | None = None,
) -> str:
    """Return the page as text."""
    data = page_data(description)
    language = description.options.language
    basemap = description.options.basemap
    optional = {
        "basemap.js": bool(basemap),
        "needs.js": any(one["needs"] for one in data["levels"]),
        "lines.js": "lines" in data,
        "plan.js": "plans" in data,
        "isles.js": "paper" in data,
        "levels.js": "drill" in data,
        "provinces.js": "provinces" in data,
        # After those: they ask the ones before for what they do not change.
        "compare.js": "compare" in data,
        "priority.js": "first" in data,
        "folium.js": extras is not None,
    }
    entries = [name for name, wanted in optional.items() if wanted]
    scripts = [library("leaflet", "leaflet.js"), join_scripts(*entries, "main.js")]
    ways = ways_html(family, has_first="first" in data)
    sheets = {
        "workmap.css": True,
        "ways.css": bool(ways),
        "plan.css": "plans" in data,
        "isles.css": "paper" in data,
        "levels.css": "drill" in data,
        "provinces.css": "provinces" in data,
        "lines.css": "compare" in data,
        "priority.css": "first" in data,
    }
    rules = [lean_style(_asset(name)) for name, wanted in sheets.items() if wanted]
    styles = [_leaflet_style(with_images=extras is not None), "".join(rules)]
    if extras is not None:
        scripts.append(f"kkbpk.pins({for_script(_pins())});")
        scripts += [text for text in extras.libraries if text not in scripts]
        scripts.append(f"var {extras.name} = kkbpk.map;\n{extras.script}")
    has_fonts = _FONT in getattr(extras, "head", "")
    alone = "" if description.options.panel else ' class="kg-alone"'
    slots = {
        # The policy lists each script by its hash: one more letter and it does not run.
        "policy": _policy(scripts, tiles=bool(basemap), fonts=has_fonts),
        "language": language,
        "alone": alone,
        "title": for_html(data["title"][language]),
        "styles": _elements("style", styles),
        "head": getattr(extras, "head", ""),
        "no_script": for_html(label("map_page_no_script", language)),
        "top": getattr(extras, "top", ""),
        "ways": ways,
        "body": getattr(extras, "body", ""),
        "data": for_script(data),
        "scripts": _elements("script", scripts),
    }
    return _SLOT.sub(lambda found: slots[found[1]], _asset("page.html"))


def _elements(tag: str, texts: list[str]) -> str:
    return "\n".join(f"<{tag}>{text}</{tag}>" for text in texts)


@cache
def library(package: str, name: str) -> str:
    """Return a file of an XStatic package as text, without its source-map comment."""
    folder = Path(import_module(f"xstatic.pkg.{package}").BASE_DIR)
    text = (folder / name).read_text(encoding="utf-8")
    return _SOURCE_MAP.sub("", text)


@cache
def _asset(name: str) -> str:
    """Return a file of ours as the page carries it."""
    text = (files("kkbpk_geo.maps.page") / "assets" / name).read_text(encoding="utf-8")
    return lean(text)


def lean_style(text: str) -> str:
    """Leave out of a style sheet what only a person reads.

    The spaces around ``{ } ; ,`` and after ``:``, and the last ``;`` of a rule.
    """
    close = _AROUND_MARKS.sub(r"\1", lean(text)).replace(";}", "}")
    return _AFTER_COLON.sub(":", close).strip()


def _policy(scripts: list[str], *, tiles: bool, fonts: bool) -> str:
    """Forbid every request but tiles; allow these scripts, pictures, fonts inside."""
    pictures = f"img-src data: {_TILES}" if tiles else "img-src data:"
    letters = "font-src data:; " if fonts else ""
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    hashes = " ".join(f"'sha256-{_base64(digest)}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; "
        f"{pictures}; {letters}base-uri 'none'; form-action 'none'"
    )


def _image(name: str) -> str:
    folder = Path(import_module("xstatic.pkg.leaflet").BASE_DIR)
    return f"data:image/png;base64,{_base64((folder / 'images' / name).read_bytes())}"


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


@cache
def _pins() -> dict[str, str]:
    icon, retina, shadow = (_image(name) for name in _PINS)
    return {"iconUrl": icon, "iconRetinaUrl": retina, "shadowUrl": shadow}


def _without_unused(rule: re.Match[str]) -> str:
    """Return a rule, or nothing where each of its selectors is of what is unused."""
    used = [one for one in rule[1].split(",") if not _UNUSED.search(one)]
    return rule[0] if used else ""


@cache
def _leaflet_style(*, with_images: bool) -> str:
    """Leaflet's style; its pictures inside it, or none where nothing shows them."""
    css = lean_style(_COMMENT.sub("", library("leaflet", "leaflet.css")))
    if not with_images:
        css = _RULE.sub(_without_unused, css)

    def inside(found: re.Match[str]) -> str:
        name = found[1]
        return f"url({_image(name)})" if with_images and "layers" in name else "none"

    return _IMAGE.sub(inside, css)
