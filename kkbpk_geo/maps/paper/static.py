"""The print map: indicators on paper, in the classes and colours of the page.

In:     what :func:`kkbpk_geo.maps.describe.describe_map` takes, and which indicator.
Out:    a matplotlib ``Figure``; :func:`save_figure` saves it as PNG, SVG or PDF and
        writes the same bytes each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.base.periods import canonical
from kkbpk_geo.io import write_file
from kkbpk_geo.maps.choices import as_choices, require_path
from kkbpk_geo.maps.content.bivariate import pair_layers
from kkbpk_geo.maps.content.catalogue_words import Wanted, read_wanted
from kkbpk_geo.maps.content.layers import Layer
from kkbpk_geo.maps.content.options import MapOptions
from kkbpk_geo.maps.describe import MapDescription, describe_map
from kkbpk_geo.maps.paper.bivariate import draw_pair
from kkbpk_geo.maps.paper.multiples import draw_multiples
from kkbpk_geo.maps.paper.pages import draw_into, draw_page
from kkbpk_geo.maps.paper.sheet import PrintOptions
from kkbpk_geo.maps.paper.style import own_settings

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from matplotlib.figure import Figure

# What each format would write of clocks and versions, and shall not.
_UNDATED: dict[str, dict[str, None]] = {
    ".png": {"Software": None},
    ".svg": {"Date": None, "Creator": None},
    ".pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
FORMATS = tuple(_UNDATED)
ALL = "all"
_PAIR = 2


def draw_static_map(
    boundaries: gpd.GeoDataFrame,
    table: pd.DataFrame,
    *,
    indicator: Wanted,
    period: object = None,
    options: MapOptions | Mapping[str, Any] | None = None,
    layout: PrintOptions | Mapping[str, Any] | None = None,
) -> Figure:
    """Draw a map for print: one indicator, small multiples, or two read together.

    Parameters
    ----------
    boundaries, table, options
        As in :func:`kkbpk_geo.maps.describe.describe_map`.
    indicator : str, MapIndicator, sequence of them, or dict
        Which one, said as ``indicators`` of ``describe_map``; several are drawn as
        small multiples, two with ``layout.bivariate`` as one map of nine colours.
    period : text, year, date, Timestamp, Period, or sequence of them, optional
        Which period, such as ``"2025-11"``; the newest unless asked. Several, or
        ``"all"``, are drawn as small multiples in common classes.
    layout : PrintOptions, or dict of its fields, optional
        A4 or A3, landscape or portrait, table, date; by default A4 landscape.

    Returns
    -------
    matplotlib.figure.Figure
        Of ``layout.axes`` where given. Save it with :func:`save_figure`.

    Raises
    ------
    MapError
        As ``describe_map``; if there is no such period; if there are several
        indicators *and* periods, more than 24 maps, or not two indicators to read
        together.

    Examples
    --------
    >>> from kkbpk_geo import load_boundaries
    >>> shapes, layout = load_boundaries("Lampung"), PrintOptions(page="A3")
    >>> figure = draw_static_map(shapes, shapes, indicator="area_km2", layout=layout)
    >>> figure.get_size_inches().round(1).tolist()
    [16.5, 11.7]
    """
    wanted = read_wanted(indicator, "indicator")
    if not wanted:
        msg = "indicator is empty; expected at least one."
        raise MapError(msg)
    description = describe_map(boundaries, table, indicators=wanted, options=options)
    keys = [layer.indicator.key for layer in description.layers]
    return draw_figure(description, keys, period=period, layout=layout)


def draw_figure(
    description: MapDescription,
    key: str | Sequence[str] = "",
    *,
    period: object = None,
    layout: PrintOptions | Mapping[str, Any] | None = None,
) -> Figure:
    """Draw layers of a described map.

    Parameters
    ----------
    description : MapDescription
        From :func:`kkbpk_geo.maps.describe.describe_map`.
    key : str or sequence of str
        Layers of the description, also those of gaps; the first unless asked.
    period, layout
        As in :func:`draw_static_map`.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    MapError
        As :func:`draw_static_map`; if there is no such layer.
    """
    layout = as_choices(PrintOptions, layout, "layout", "page='A3'")
    keys = [key] if isinstance(key, str) else list(key)
    layers = [description.layer(k) for k in keys]
    periods = _periods(description, layers[0], period)
    with own_settings():
        if layout.bivariate:
            _require_pair(layers, periods, layout)
            return draw_pair(description, pair_layers(*layers), periods[0], layout)
        if layout.axes is not None:
            _require_single(layers, periods)
            return draw_into(layout.axes, description, layers[0], periods[0], layout)
        if len(layers) * len(periods) > 1:
            return draw_multiples(description, layers, periods, layout)
        return draw_page(description, layers[0], periods[0], layout)


def save_figure(figure: Figure, path: str | Path) -> Path:
    """Save a figure as PNG, SVG or PDF, without clocks and random ids in it.

    Vectors stay vectors; a PDF carries its fonts.

    Parameters
    ----------
    figure : Figure
    path : str or Path
        Where to; its ending says the format, its folder must exist.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    MapError
        If the name does not end in ``.png``, ``.svg`` or ``.pdf``.
    """
    target = require_path(
        path, "Into an open file: figure.savefig(file, format='png')."
    )
    kind = target.suffix.lower()
    if kind not in FORMATS:
        msg = f"{target.name}: a map is saved as {', '.join(FORMATS)}; found {kind!r}."
        raise MapError(msg)
    return write_file(target, figure_bytes(figure, kind))


def figure_bytes(figure: Figure, kind: str) -> bytes:
    """Return a figure as a file; ``kind`` is the ending of :func:`save_figure`."""
    buffer = BytesIO()
    with own_settings():
        figure.savefig(buffer, format=kind[1:], metadata=_UNDATED[kind])
    return buffer.getvalue()


def save_pages(figures: Iterable[Figure], path: str | Path) -> Path:
    """Save figures as the pages of one PDF, as :func:`save_figure` saves one.

    Parameters
    ----------
    figures : iterable of Figure
    path : str or Path
        Where to; its folder must exist.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    MapError
        If the name does not end in ``.pdf``.
    """
    from matplotlib.backends.backend_pdf import PdfPages

    target = Path(path)
    if target.suffix.lower() != ".pdf":
        msg = f"{target.name}: several pages are saved as .pdf; end the name in it."
        raise MapError(msg)
    buffer = BytesIO()
    with own_settings(), PdfPages(buffer, metadata=_UNDATED[".pdf"]) as pages:
        for figure in figures:
            pages.savefig(figure)
    return write_file(target, buffer.getvalue())


def _periods(description: MapDescription, layer: Layer, period: object) -> list[str]:
    if period is None:
        return [description.periods[-1]]
    if isinstance(period, str) and period == ALL:
        return list(description.periods)
    asked: list[object] = [period]
    # A text and a date are one period, however many letters it has.
    if isinstance(period, Iterable) and not isinstance(period, str):
        asked = list(period)
    found = [canonical(one) for one in asked]
    for one in found:
        if one not in layer.cells:
            msg = f"the map has no period {one!r}; it has {list(layer.cells)}."
            raise MapError(msg)
    if not found:
        msg = f"period is empty; the map has {list(layer.cells)}."
        raise MapError(msg)
    return found


def _require_pair(
    layers: Sequence[Layer], periods: Sequence[str], layout: PrintOptions
) -> None:
    if len(layers) != _PAIR or len(periods) != 1 or layout.axes is not None:
        msg = (
            f"bivariate with {len(layers)} indicators and {len(periods)} periods"
            f"{' in given axes' if layout.axes is not None else ''}; expected two "
            "indicators and one period, on a sheet of their own."
        )
        raise MapError(msg)


def _require_single(layers: Sequence[Layer], periods: Sequence[str]) -> None:
    if len(layers) != 1 or len(periods) != 1:
        msg = (
            f"given axes take one map; there are {len(layers)} indicators and "
            f"{len(periods)} periods."
        )
        raise MapError(msg)
