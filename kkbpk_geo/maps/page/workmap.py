"""The work map as a folium map: add folium layers, show it in Jupyter, save one file.

Why: people know folium, and want their own markers on our map; but folium's own page
needs a dozen files from the internet. So the map *is* a ``folium.Map``, and its page is
ours: everything inside, nothing asked for.

In:     a :class:`MapDescription`, and whatever folium layers a user adds.
Out:    the page of :mod:`kkbpk_geo.maps.page`.
What works: markers with tooltips and popups, ``folium.Icon`` (its colour, not its
        glyph), circles, lines, GeoJSON, FeatureGroup, LayerControl, MarkerCluster. What
        cannot: base maps from the internet; plugins with files of their own, unless
        ``MapOptions.assets`` says where these files are. Both are refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.io import write_text
from kkbpk_geo.maps.content.catalogue_words import Wanted
from kkbpk_geo.maps.content.needs import Gaps
from kkbpk_geo.maps.content.options import MapOptions
from kkbpk_geo.maps.describe import MapDescription, describe_map
from kkbpk_geo.maps.page.page import Extras, build_page, library

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

_RANDOM_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_NAME = "kkbpk_map"
_CLUSTER = "leaflet_markercluster"
_INSIDE = {  # what folium's cluster asks for, from our packages
    "markerclusterjs": "leaflet.markercluster.js",
    "markerclustercss": "MarkerCluster.css",
    "markerclusterdefaultcss": "MarkerCluster.Default.css",
}


def draw_work_map(
    boundaries: gpd.GeoDataFrame,
    table: pd.DataFrame,
    *,
    indicators: Wanted | None = None,
    points: pd.DataFrame | None = None,
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
        _PageFigure(self)

    def get_name(self) -> str:
        """Return the name of the map in the page's script."""
        return _NAME

    def get_bounds(self) -> list[list[float | None]]:
        """Return ``[[south, west], [north, east]]`` of the regions, in degrees."""
        return self._bounds

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401
        """Let the layers that were added write their parts; the map has its own."""
        for child in self._children.values():
            child.render(**kwargs)
        return ""

    def save(self, outfile: Any, close_file: bool = True, **kwargs: Any) -> None:  # noqa: ANN401 (folium's own)
        """Write the page to a path, whole or not at all, or to an open file."""
        if isinstance(outfile, str | Path):
            write_text(outfile, str(self.get_root().render(**kwargs)))
        else:
            super().save(outfile, close_file, **kwargs)

    @property
    def page(self) -> str:
        """The HTML of the page."""
        return str(self.get_root().render())


class _PageFigure(Figure):
    """The root that folium renders and saves: our page, with the layers' parts."""

    def __init__(self, work_map: WorkMap) -> None:
        super().__init__(width="100%", height="640px")
        self._map = work_map
        self.add_child(work_map)

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401
        """Return the page as text; the same map gives the same text."""
        work_map = self._map
        for part in (self.header, self.html, self.script):
            part._children.clear()  # what an earlier call left
        _render_once(work_map, kwargs)
        if not (work_map._children or self.script._children):
            return build_page(work_map.description)
        assets = work_map.description.options.assets
        extras = Extras(
            name=_NAME,
            head="\n".join(_head(self.header, assets)),
            body=self.html.render(**kwargs),
            libraries=tuple(_libraries(self.header, assets)),
            script=self.script.render(**kwargs),
        )
        _refuse_requests(work_map)
        return build_page(work_map.description, _stable(extras))


def _render_once(work_map: WorkMap, options: dict[str, Any]) -> None:
    """Render the layers; what rendering adds to them (icons, say) goes again."""
    # A map is shown twice in Jupyter, and must be the same map then.
    before = [(one, one._children.copy()) for one in (work_map, *_below(work_map))]
    work_map.render(**options)
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


def _head(header: Element, assets: Mapping[str, str | Path]) -> Iterator[str]:
    """Styles and plain elements that layers put in the head."""
    for name, element in header._children.items():
        if isinstance(element, CssLink):
            yield f"<style>{_content(name, element.url, assets)}</style>"
        elif not isinstance(element, JavascriptLink):
            yield str(element.render())


def _libraries(header: Element, assets: Mapping[str, str | Path]) -> Iterator[str]:
    for name, element in header._children.items():
        if isinstance(element, JavascriptLink):
            yield _content(name, element.url, assets)


def _content(name: str, url: str, assets: Mapping[str, str | Path]) -> str:
    """Return the text of a file that a layer wants, from this machine only."""
    for key in (name, url):
        if key in assets:
            return Path(assets[key]).read_text(encoding="utf-8")
    if name in _INSIDE:
        return library(_CLUSTER, _INSIDE[name])
    msg = (
        f"a layer of the map wants {url}, and the page may not load it. Save that file "
        f"and say where it is: MapOptions(assets={{{name!r}: 'path/to/file'}}), or "
        "remove the layer."
    )
    raise MapError(msg)


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
        body=_RANDOM_ID.sub(rename, extras.body),
        script=_RANDOM_ID.sub(rename, extras.script),
    )
