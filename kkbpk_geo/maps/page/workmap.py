"""The work map as a folium map: add folium layers, show it in Jupyter, save one file.

Why: people know folium, and want their own markers on our map; but folium's own page
needs a dozen files from the internet. So the map *is* a ``folium.Map``, and its page is
ours: everything inside, nothing asked for.

In:     a :class:`MapDescription`, and whatever folium layers a user adds.
Out:    the page of :mod:`kkbpk_geo.maps.page`.
        Inside a ``folium.Figure`` of the caller's it is a frame that holds the page.
What works: markers with tooltips and popups, ``folium.Icon`` (its colour, not its
        glyph), circles, lines, GeoJSON, FeatureGroup, LayerControl, MarkerCluster. What
        cannot: base maps from the internet; plugins with files of their own, unless
        ``MapOptions.assets`` says where these files are
        (:mod:`kkbpk_geo.maps.page.plugins`); pictures by address. All are
        refused by name (:mod:`kkbpk_geo.maps.page.blocked`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, Figure

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.base.escaping import for_html
from kkbpk_geo.io import write_text
from kkbpk_geo.maps.content.catalogue_words import Wanted
from kkbpk_geo.maps.content.needs import Gaps
from kkbpk_geo.maps.content.options import MapOptions
from kkbpk_geo.maps.describe import MapDescription, describe_map
from kkbpk_geo.maps.page.blocked import refuse_blocked
from kkbpk_geo.maps.page.page import Extras, build_page
from kkbpk_geo.maps.page.plugins import plugin_files

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

_RANDOM_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_NAME = "kkbpk_map"
# Pixels in a notebook: ranking and choices in view; a map alone beside its text.
_HEIGHT = 640
_HEIGHT_ALONE = 420


def draw_work_map(
    boundaries: gpd.GeoDataFrame,
    table: pd.DataFrame,
    *,
    indicators: Wanted | None = None,
    points: Any = None,  # noqa: ANN401 (what join_points takes)
    gaps: Gaps | None = None,
    options: MapOptions | Mapping[str, Any] | None = None,
) -> WorkMap:
    """Draw the interactive work map; ``.save(path)`` writes one HTML file.

    Parameters
    ----------
    boundaries, table, indicators, points, gaps, options
        As in :func:`kkbpk_geo.maps.describe.describe_map`.

    Returns
    -------
    WorkMap
        A ``folium.Map``: ``folium.Marker(...).add_to(it)`` works, and Jupyter shows it.

    Raises
    ------
    CrsError, MapError
        As ``describe_map``; when the page is made, also for a layer that needs the
        internet.

    Examples
    --------
    >>> from kkbpk_geo import load_boundaries
    >>> lampung = load_boundaries("Lampung")
    >>> draw_work_map(lampung, lampung, indicators=["area_km2"]).page.count("<svg") > 0
    True
    """
    return WorkMap(
        describe_map(
            boundaries,
            table,
            indicators=indicators,
            points=points,
            gaps=gaps,
            options=options,
        )
    )


class WorkMap(folium.Map):
    """A folium map whose page is one file that needs no network."""

    def __init__(self, description: MapDescription) -> None:
        west, south, east, north = description.boundaries.total_bounds.tolist()
        super().__init__(
            location=[(south + north) / 2, (west + east) / 2], tiles=None, zoom_start=8
        )
        self.description = description
        self._bounds: list[list[float | None]] = [[south, west], [north, east]]
        self._page = _PageFigure(self)

    @property
    def _template(self) -> Any:  # type: ignore[override]  # noqa: ANN401 (folium's own)
        """Refuse to be drawn by folium's own script, which has no district."""
        msg = (
            "a work map is a whole page and no bare Leaflet map (st_folium asks for "
            "one). Show it with components.html(work_map.page, height=640), "
            "folium_static(work_map) or work_map.save('map.html')."
        )
        raise MapError(msg)

    def get_name(self) -> str:
        """Return the name of the map in the page's script."""
        return _NAME

    def get_bounds(self) -> list[list[float | None]]:
        """Return ``[[south, west], [north, east]]`` of the regions, in degrees."""
        return self._bounds

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401
        """Write the parts of the layers; in a figure of the caller's, show the page."""
        root: Any = self.get_root()
        if root is not self._page:
            height = self.description.options.height
            frame = _Frame(
                self.page,
                str(self.description.title["id"]),
                f"{height}px" if height else "100vh",
            )
            root.html.add_child(frame, name=f"{_NAME}_{self._id}")
            return ""
        for child in self._children.values():
            child.render(**kwargs)
        return ""

    def save(self, outfile: Any, close_file: bool = True, **kwargs: Any) -> None:  # noqa: ANN401 (folium's own)
        """Write the page to a path, whole or not at all, or to an open file."""
        if isinstance(outfile, str | Path):
            write_text(outfile, str(self._page.render(**kwargs)))
            return
        outside, self._parent = self._parent, self._page
        try:
            super().save(outfile, close_file, **kwargs)
        finally:
            self._parent = outside

    @property
    def page(self) -> str:
        """The HTML of the page."""
        return str(self._page.render())

    def _repr_html_(self, **kwargs: Any) -> str:  # noqa: ANN401
        """Show the page in Jupyter, also where the map was put into a figure."""
        return str(self._page._repr_html_(**kwargs))


class _Frame(Element):
    """The page of a map inside another page."""

    def __init__(self, page: str, title: str, height: str) -> None:
        super().__init__()
        self._text = (
            f'<iframe srcdoc="{for_html(page)}" title="{for_html(title)}" '
            f'style="display:block;width:100%;height:{height};border:0"></iframe>'
        )

    def render(self, **_: Any) -> str:  # noqa: ANN401
        """Return the frame as it is: a page may hold what Jinja would read."""
        return self._text


class _PageFigure(Figure):
    """The root that folium renders and saves: our page, with the layers' parts."""

    def __init__(self, work_map: WorkMap) -> None:
        options = work_map.description.options
        usual = _HEIGHT if options.panel else _HEIGHT_ALONE
        super().__init__(width="100%", height=f"{options.height or usual}px")
        self._map = work_map
        self.header._children.clear()  # branca's own head: the page has one
        self.add_child(work_map)

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401
        """Return the page as text; the same map gives the same text."""
        work_map = self._map
        parts = (self.header, self.html, self.script)
        own = [part._children.copy() for part in parts]
        outside, work_map._parent = work_map._parent, self
        try:
            return self._build(own[1], kwargs)
        finally:
            # What rendering adds goes again: a map is shown twice, and is the same.
            work_map._parent = outside
            for part, children in zip(parts, own, strict=True):
                part._children = children

    def _build(self, top: Mapping[str, Element], kwargs: dict[str, Any]) -> str:
        work_map = self._map
        _render_once(work_map, self, kwargs)
        if not any(
            one._children for one in (work_map, self.header, self.html, self.script)
        ):
            return build_page(work_map.description)
        above = "\n".join(str(one.render(**kwargs)) for one in top.values())
        for name in top:
            del self.html._children[name]
        files = plugin_files(self.header, work_map.description.options.assets)
        extras = Extras(
            name=_NAME,
            head="\n".join(files.head),
            top=above,
            body=self.html.render(**kwargs),
            libraries=tuple(files.scripts),
            script=self.script.render(**kwargs),
        )
        _refuse_requests(work_map)
        refuse_blocked(extras, list(_below(self)))
        return build_page(work_map.description, _stable(extras))


def _render_once(work_map: WorkMap, root: Figure, options: dict[str, Any]) -> None:
    """Render the layers; what rendering adds to them (icons, say) goes again."""
    # A map is shown twice in Jupyter, and must be the same map then.
    before = [(one, one._children.copy()) for one in (work_map, *_below(root))]
    # A legend is often added to the root instead of the map.
    for child in tuple(root._children.values()):
        child.render(**options)
    for one, children in before:
        one._children = children


def _refuse_requests(work_map: WorkMap) -> None:
    for child in _below(work_map):
        if isinstance(child, folium.TileLayer | folium.WmsTileLayer):
            msg = (
                f"the map has the layer {child._name!r}, which loads pictures from "
                "the internet; a work map opens without it and forbids it. Remove the "
                "layer, or ask for the one base map with MapOptions(basemap='osm')."
            )
            raise MapError(msg)


def _below(element: Element) -> Iterator[Element]:
    for child in element._children.values():
        yield child
        yield from _below(child)


def _stable(extras: Extras) -> Extras:
    """Replace folium's random ids by their order of appearance."""
    order = count(1)
    seen: dict[str, str] = {}

    def rename(found: re.Match[str]) -> str:
        if found[0] not in seen:
            seen[found[0]] = f"{next(order):032d}"
        return seen[found[0]]

    return replace(
        extras,
        head=_RANDOM_ID.sub(rename, extras.head),
        top=_RANDOM_ID.sub(rename, extras.top),
        body=_RANDOM_ID.sub(rename, extras.body),
        script=_RANDOM_ID.sub(rename, extras.script),
    )
