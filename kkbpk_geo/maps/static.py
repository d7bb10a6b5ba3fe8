"""The print map: indicators on paper, in the classes and colours of the page.

Layer:  8 (maps). Imports matplotlib without pyplot: nothing global is touched.
In:     what :func:`kkbpk_geo.maps.describe.describe_map` takes, and which indicator.
Out:    a matplotlib ``Figure``; :func:`save_figure` saves it as PNG, SVG or PDF and
        writes the same bytes each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kkbpk_geo.base.errors import MapError
from kkbpk_geo.base.formats import format_period
from kkbpk_geo.catalogue.labels import label
from kkbpk_geo.maps.describe import MapDescription, describe_map
from kkbpk_geo.maps.layers import Cells, Layer
from kkbpk_geo.maps.options import MapIndicator, MapOptions, both
from kkbpk_geo.maps.prints import (
    HATCHES,
    PrintOptions,
    Sheet,
    blank,
    lay_out,
    own_settings,
    paper,
    placed_axes,
)
from kkbpk_geo.maps.prints_furniture import (
    draw_foot,
    draw_head,
    draw_inset,
    draw_scale,
)
from kkbpk_geo.maps.prints_ground import Fill, draw_graticule, draw_ground, fills_of
from kkbpk_geo.maps.prints_names import draw_names
from kkbpk_geo.maps.prints_panels import (
    axes_legend,
    draw_legend,
    draw_reading,
    draw_worst,
)
from kkbpk_geo.maps.prints_words import printable

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = (".png", ".svg", ".pdf")
ALL = "all"
__all__ = ["HATCHES", "draw_figure", "draw_static_map", "save_figure"]
